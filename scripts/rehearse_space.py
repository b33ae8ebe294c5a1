"""Plays a hosted Space on this computer and visits it: what is said of hosting is tried here.

python scripts/rehearse_space.py [--venv FOLDER]    a step a line; ends at the first that does not hold

What scripts/publish_space.py would send runs from a folder that cannot be written, in a new environment of
requirements.txt alone, without a home, on a small drive for temporary files and as nobody (both where this is
run by root), under a path of nginx. A page of another site shows it in a frame, to a browser that blocks
what third parties store. At last a wheel is built, and opens the page from an empty folder.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import publish_space
from playwright.sync_api import Error, FrameLocator, Page, expect, sync_playwright

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = "65534"
AS_NOBODY = (
    *("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"),
    *("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"),  # a Python in root's own home
)
TEMPORARY = "500m"  # bytes of the drive for temporary files
PATH = "/course/page"
PATIENCE = 180.0  # seconds for the server to answer
STOPPED_SECONDS, SECONDS = 60, 5  # of the trainings
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BLOCKING = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
# Both addresses are this computer, and to a browser two sites.
HOST, OTHER_SITE = "127.0.0.1", "localhost"
DRAWN = "[data-version]"
SEEN = Path(tempfile.gettempdir()) / "rehearsal.png"  # where a visit failed
STORES = "() => Object.getOwnPropertyDescriptor(window, 'localStorage')?.value ? 'this tab alone' : 'kept'"


def said(step: str) -> None:
    """Tell that a step holds."""
    print(f"ok: {step}", flush=True)


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


def environment_of(folder: Path) -> Path:
    """The Python of a new environment of requirements.txt alone."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    retries = os.environ | {"PIP_RETRIES": "1"}  # where an index cannot be reached, another may be
    subprocess.run([*pip, "-r", publish_space.HOME / "requirements.txt"], check=True, env=retries,
                   stderr=subprocess.DEVNULL)  # fmt: skip
    return folder / "bin" / "python"


def wrapped(command: list[str], drive: Path) -> list[str]:
    """The command as nobody, with a small drive in the place of a folder, where this is run by root."""
    if not ROOT:
        return command
    if subprocess.run(["unshare", "--mount", "true"], check=False, stderr=subprocess.DEVNULL).returncode:
        return [*AS_NOBODY, *command]  # a container that may mount nothing
    mount = f'mount -t tmpfs -o size={TEMPORARY},mode=1777 none "$1" && shift && exec "$@"'
    return ["unshare", "--mount", "sh", "-c", mount, "sh", str(drive), *AS_NOBODY, *command]


@contextmanager
def running(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block."""
    with (
        log.open("wb") as stream,
        subprocess.Popen(
            command, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True, **options
        ) as child,
    ):
        try:
            yield child
        finally:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(60)
            child.kill()


def answered(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the address answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    sys.exit(f"{address} does not answer:\n{log.read_text()[-2000:]}")


def nginx_settings(folder: Path, page: int, front: int, other: int) -> Path:
    """The settings of a proxy at `front` for the page, and of another site at `other` that shows it."""
    (folder / "site").mkdir()
    frame = f'<iframe src="http://{HOST}:{front}{PATH}/" style="width: 100%; height: 95vh"></iframe>'
    (folder / "site" / "index.html").write_text(
        f"<!doctype html><title>A course</title><link rel='icon' href='data:,'>{frame}"
    )
    file = folder / "nginx.conf"
    file.write_text(f"""
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off; client_max_body_size 200m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; types {{ text/html html; }}
  server {{
    listen {HOST}:{front};
    location {PATH}/ {{
      proxy_pass http://{HOST}:{page}/; proxy_http_version 1.1; proxy_buffering off;
      proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
  server {{ listen {HOST}:{other}; root {folder}/site; }}
}}
""")
    return file


def train(place: Page | FrameLocator, seconds: int) -> None:
    """Begin a training of the usual pictures, and wait for its first ones."""
    place.locator("#door-train").click()
    place.locator("#train-reals-picture[src]").wait_for(timeout=60_000)
    expect(place.locator("#train-status")).to_contain_text("a restart takes all trainings")
    place.locator("#train-seconds input").fill(str(seconds))
    place.locator("#train-seconds input").blur()
    place.locator("#train-start").click()
    place.locator(f"#train-live .attention{DRAWN}").wait_for(timeout=120_000)


def visit_framed(page: Page, other: int) -> None:
    """Explore, train, stop and come back, in the frame of the other site."""
    frame = page.frame_locator("iframe")
    page.goto(f"http://{OTHER_SITE}:{other}/")
    frame.locator(f"#explorer-canvas .attention{DRAWN}").wait_for(timeout=60_000)
    frame.locator("#explorer-picture").hover()
    expect(frame.locator("#explorer-canvas .saying").first).to_contain_text("%", timeout=30_000)
    said("a frame of another site shows where a pixel looks")
    train(frame, STOPPED_SECONDS)
    said("it tells that a restart takes all trainings, and trains")
    frame.locator("#train-stop").click()
    status = frame.locator("#train-status")
    expect(status).to_contain_text("Stopped at step", timeout=60_000)
    said("it stops, and the model is saved")
    frame.locator("#train-explore").click()
    expect(frame.locator("#explorer-model label:has(:checked)")).to_contain_text("Smileys", timeout=30_000)
    frame.locator("#door-train").click()
    expect(status).to_contain_text("Stopped at step")
    said("the model can be explored, and who comes back to the tab finds the training")


def visit_alone(page: Page, front: int) -> None:
    """Train in a tab of its own, close it, and come back."""
    page.goto(f"http://{HOST}:{front}{PATH}/")
    page.locator(f"#explorer-canvas .attention{DRAWN}").wait_for(timeout=60_000)
    train(page, SECONDS)
    page.goto("about:blank")
    page.goto(f"http://{HOST}:{front}{PATH}/?door=train")
    expect(page.locator("#train-status")).to_contain_text("Done at step", timeout=60_000)
    said("in a tab of its own a training goes on without it, and is found again")


def browse(folder: Path, front: int, other: int) -> None:
    """Visit the page with a browser that blocks what third parties store; no error may be on its console."""
    profile = folder / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(BLOCKING))
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        sys.exit("no Chromium was found")
    errors: list[str] = []
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=[*FLAGS], viewport={"width": 1280, "height": 900}
        )
        page = context.new_page()
        page.on(
            "console",
            lambda one: errors.append(f"{one.text} {one.location['url']}") if one.type == "error" else None,
        )
        page.on("pageerror", lambda one: errors.append(one.stack or str(one)))
        try:
            visit_framed(page, other)
            stored = page.frames[-1].evaluate(STORES)
            visit_alone(page, front)
        except (AssertionError, Error) as error:
            page.screenshot(path=SEEN)
            sys.exit("\n".join([*errors, str(error), f"see {SEEN}"]))
        context.close()
    if errors:
        sys.exit("on the console: " + "\n".join(errors))
    if stored != "this tab alone":
        sys.exit("this browser lets third parties store, so nothing is known of those that do not")
    said("nothing is on the console, though the browser keeps nothing for third parties")


def try_wheel(python: Path, folder: Path) -> None:
    """Build the wheel, install it, and open the page by its command from an empty folder."""
    (folder / "empty").mkdir()
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    built = [*pip, "wheel", "--no-deps", "--wheel-dir", folder, publish_space.HOME]
    subprocess.run(built, check=True, stderr=subprocess.DEVNULL)
    (wheel,) = folder.glob("attngan-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "wheel", wheel], check=True)
    port, log = free_port(), folder / "wheel.log"
    settings = {"PATH": os.environ["PATH"], "HOME": str(folder), "GRADIO_SERVER_PORT": str(port)}
    settings["PYTHONPATH"] = str(folder / "wheel")
    command = [str(python), "-m", "attngan", "demo"]
    with running(command, log, cwd=folder / "empty", env=settings) as child:
        answered(f"http://{HOST}:{port}/gradio_api/attngan/frame/faces?seed=0&count=16", child, log)
    said(f"a wheel of {wheel.stat().st_size / 1e6:.0f} MB: `attngan demo` shows its models from anywhere")


def main() -> None:
    """Set the stage, visit it, look at what is left."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--venv", type=Path, help="an environment of requirements.txt that is there")
    given = parser.parse_args().venv
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        folder.chmod(0o755)
        python = given / "bin" / "python" if given else environment_of(folder / "venv")
        said("an environment of requirements.txt alone")
        checkout, home, drive, proxy = (folder / name for name in ("checkout", "home", "drive", "proxy"))
        for one in (checkout, home, drive, proxy):
            one.mkdir()
        drive.chmod(0o1777)
        publish_space.gathered(checkout, "owner/page", [], zero_gpu=False)
        subprocess.run(["chmod", "-R", "a-w,a+rX", checkout, home], check=True)
        stack.callback(subprocess.run, ["chmod", "-R", "u+w", checkout, home])
        page, front, other = free_port(), free_port(), free_port()
        settings = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(drive),
            "SPACE_ID": "owner/page",
            "SYSTEM": "spaces",
            "GRADIO_SERVER_PORT": str(page),
            "GRADIO_ROOT_PATH": PATH,
            "ATTNGAN_FRAME_HOSTS": f"http://{OTHER_SITE}:{other}",
        }
        log = folder / "page.log"
        server = stack.enter_context(
            running(wrapped([str(python), "app.py"], drive), log, cwd=checkout, env=settings)
        )
        answered(f"http://{HOST}:{page}/", server, log)
        who = "nobody, on a small drive," if ROOT else "this user"
        said(f"the page answers: {who} with a home and a checkout that cannot be written")
        nginx = nginx_settings(proxy, page, front, other)
        proxied = running(["nginx", "-c", str(nginx), "-p", str(proxy)], proxy / "out.txt")
        child = stack.enter_context(proxied)
        answered(f"http://{HOST}:{front}{PATH}/", child, proxy / "out.txt")
        said("it answers under a path of a proxy")
        browse(folder, front, other)
        told = log.read_text()
        if "Traceback" in told or "Error" in told:
            sys.exit(f"the page's log:\n{told[-3000:]}")
        said(f"no traceback in the log of {len(re.findall('.+', told))} lines")
        try_wheel(python, folder)


if __name__ == "__main__":
    main()
