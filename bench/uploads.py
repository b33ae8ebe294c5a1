"""What small uploads that are made to exhaust the machine cost: memory of the server, and others' waiting.

python bench/uploads.py             all attacks, one after another, each with another visitor who draws
python bench/uploads.py --only zip-of-png

The attacks are made here: 12 looks at once at a small zip of 1500 pictures of 32 megapixels (PNG, then JPEG),
eight clients that have a picture of 32 megapixels judged, bodies of JSON of 20 MB, half-open connections.
"""

import argparse
import contextlib
import http.client
import io
import json
import os
import secrets
import socket
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import psutil
from browsing import served
from PIL import Image

WIDTH, HEIGHT = 8000, 4000  # of a picture of the attacks
PICTURES, LOOKS, JUDGES, HALF_OPEN = 1500, 12, 8, 60
QUIET_SECONDS = 60  # after an attack, until memory is looked at again
WARM_UP = 300  # frames drawn before, more than the server remembers
ASK_SECONDS = 0.25  # between two frames that the other visitor asks for


def main() -> None:
    """Print a line an attack."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=ATTACKS, help="one attack alone")
    parser.add_argument("--quiet-seconds", type=float, default=QUIET_SECONDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as runs, served(Path(runs)) as (address, pid):
        time.sleep(15)  # it loads torch and a model by itself
        for index in range(WARM_UP):
            draw(address, 10**6 + 16 * index)
        for name in [chosen.only] if chosen.only else ATTACKS:
            measure(name, ATTACKS[name], address, pid, chosen.quiet_seconds)


def measure(name: str, attack: Callable[[str], str], address: str, pid: int, quiet_seconds: float) -> None:
    """Run one attack beside a visitor who draws, and print what it cost."""
    before = megabytes(pid)
    over = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        most, waits = pool.submit(watch, pid, over), pool.submit(visit, address, over)
        began = time.monotonic()
        told = attack(address)
        seconds = time.monotonic() - began
        time.sleep(max(0.0, 5 - seconds))  # a short one is seen for a while, too
        over.set()
    time.sleep(quiet_seconds)
    after = megabytes(pid)
    p95 = float(np.quantile(waits.result(), 0.95))
    print(
        f"{name}: {seconds:.1f} s; server and children {before:.0f} MB before, {most.result():.0f} at most, "
        f"{after:.0f} after ({after / before:.2f}); another's frame p95 {p95:.3f} s, longest "
        f"{max(waits.result()):.3f}; {told}",
        flush=True,
    )


def watch(pid: int, over: threading.Event) -> float:
    """The most megabytes that the server and its children ever had."""
    most = 0.0
    while not over.wait(0.1):
        most = max(most, megabytes(pid))
    return most


def megabytes(pid: int) -> float:
    """MB of memory of a process and all its children."""
    server = psutil.Process(pid)
    total = 0
    for one in (server, *server.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            total += one.memory_info().rss
    return total / 1e6


def visit(address: str, over: threading.Event) -> list[float]:
    """Seconds that another visitor waited for each of their frames."""
    waits: list[float] = []
    seed = 10_000
    while not over.wait(ASK_SECONDS):
        seed += 16
        began = time.monotonic()
        draw(address, seed)
        waits.append(time.monotonic() - began)
    return waits


def draw(address: str, seed: int) -> None:
    """Ask for a frame that nobody asked for before."""
    urllib.request.urlopen(
        f"{address}gradio_api/attngan/frame/digits?seed={seed}&count=16", timeout=60
    ).read()


# Attacks: each says in a few words what the server answered.


def zip_of_png(address: str) -> str:
    """Looks at a zip of pictures whose headers say how large they are."""
    return looks(address, encoded(Image.new("L", (WIDTH, HEIGHT), 200), "PNG"), "png")


def zip_of_jpeg(address: str) -> str:
    """Looks at a zip of pictures that can be read reduced, and cost time."""
    return looks(address, encoded(Image.new("RGB", (WIDTH, HEIGHT), (9, 90, 200)), "JPEG"), "jpg")


def judged(address: str) -> str:
    """Clients that have a large picture judged, again and again for ten seconds."""
    picture = encoded(Image.new("RGB", (WIDTH, HEIGHT), (9, 90, 200)), "PNG")
    until = time.monotonic() + 10

    def judge(_: int) -> list[str]:
        answers = []
        while time.monotonic() < until:
            answers.append(posted(f"{address}gradio_api/attngan/judged/faces?seed=3", picture))
        return answers

    with ThreadPoolExecutor(JUDGES) as pool:
        answers = [answer for some in pool.map(judge, range(JUDGES)) for answer in some]
    return f"{len(picture) / 1e3:.0f} kB each, {len(answers)} answers: {said(answers)}"


def bodies(address: str) -> str:
    """JSON of 20 MB, some at once."""
    body = json.dumps({"data": [1.5] * 4_000_000}).encode()

    def send(_: int) -> str:
        return posted(f"{address}gradio_api/call/sample", body, "application/json")

    with ThreadPoolExecutor(JUDGES) as pool:
        return said(list(pool.map(send, range(JUDGES))))


def half_open(address: str) -> str:
    """Connections that never finish what they ask; how many are still held after 30 seconds."""
    place = urlsplit(address)
    heads = [
        b"POST /gradio_api/attngan/judged/faces HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    ]
    sockets = []
    for index in range(HALF_OPEN):
        one = socket.create_connection((place.hostname, place.port))
        one.sendall(heads[index % 2])
        sockets.append(one)
    time.sleep(30)
    held = 0
    for one in sockets:
        one.settimeout(0.5)
        try:
            while one.recv(4096):
                pass
        except TimeoutError:
            held += 1
        except OSError:
            pass
        one.close()
    return f"{held} of {HALF_OPEN} still held after 30 s"


ATTACKS = {
    "zip-of-png": zip_of_png,
    "zip-of-jpeg": zip_of_jpeg,
    "judged": judged,
    "bodies": bodies,
    "half-open": half_open,
}


def looks(address: str, picture: bytes, ending: str) -> str:
    """Choose a zip of PICTURES such pictures, LOOKS times at once, each a new one."""
    content = zipped(picture, ending)

    def look(_: int) -> str:
        return chosen(address, another(content))

    with ThreadPoolExecutor(LOOKS) as pool:
        answers = list(pool.map(look, range(LOOKS)))
    return f"{len(content) / 1e6:.1f} MB each: {said(answers)}"


def zipped(picture: bytes, ending: str) -> bytes:
    """A zip of PICTURES such pictures."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for index in range(PICTURES):
            archive.writestr(f"{index:04}.{ending}", picture)
    return file.getvalue()


def another(content: bytes) -> bytes:
    """The same zip as another file: no two are the same."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = secrets.token_bytes(16)
    return file.getvalue()


def chosen(address: str, content: bytes) -> str:
    """What the Train tab says of one uploaded zip, as a browser would have it said."""
    boundary = secrets.token_hex(16)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="many.zip"\r\n'
        "Content-Type: application/zip\r\n\r\n"
    ).encode()
    body = head + content + f"\r\n--{boundary}--\r\n".encode()
    uploaded = posted(f"{address}gradio_api/upload", body, f"multipart/form-data; boundary={boundary}")
    try:
        (path,) = json.loads(uploaded)
    except ValueError:
        return uploaded
    config = json.loads(urllib.request.urlopen(f"{address}config", timeout=60).read())
    parts = {one["id"]: one for one in config["components"]}
    ids = {one["props"].get("elem_id"): key for key, one in parts.items()}
    note = ids["train-upload-note"]  # whose event "read" looks at what is chosen
    event = next(one for one in config["dependencies"] if [note, "read"] in one["targets"])
    files = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
    given = {ids["train-upload"]: files, ids["train-data"]: "upload"}
    asked = {
        "fn_index": event["id"],
        "data": [given.get(key, parts[key]["props"].get("value")) for key in event["inputs"]],
        "session_hash": secrets.token_hex(5),
    }
    return posted(f"{address}gradio_api/run/predict", json.dumps(asked).encode(), "application/json")


def posted(url: str, body: bytes, kind: str = "application/octet-stream") -> str:
    """The answer to what is sent, or its status and answer where that is an error."""
    request = urllib.request.Request(url, body, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return str(answer.read(20_000).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(500).decode('utf-8', 'replace')}"
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        return f"no answer ({type(error).__name__})"


def said(answers: list[str]) -> str:
    """The answers, each kind once with how often it came, cut short."""
    kinds: dict[str, int] = {}
    for answer in answers:
        told = problem_in(answer)
        kinds[told] = kinds.get(told, 0) + 1
    return "; ".join(f"{count} x {told}" for told, count in kinds.items())


def problem_in(answer: str) -> str:
    """The sentence in an answer of the Train tab, else its beginning."""
    with contextlib.suppress(ValueError, AttributeError):
        for part in json.loads(answer)["data"]:
            value: Any = part.get("value") if isinstance(part, dict) and "value" in part else part
            if isinstance(value, dict) and value.get("problem"):
                return str(value["problem"])[:200]
    return answer[:120].replace("\n", " ")


def encoded(picture: Image.Image, kind: str) -> bytes:
    """The bytes of a picture's file."""
    file = io.BytesIO()
    picture.save(file, kind, optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    sys.exit(main())
