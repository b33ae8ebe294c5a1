"""In a job of a cluster: runs a command in a copy of the folder that came along, and hands out its files.

`python -m attngan.run.ferry` begins in the folder where attngan.run.cargo was unpacked. It knows the standard
library alone, so that it can say in one sentence that this is not the Python, or not the torch, it should be.
Whoever has the key that came along may list and read the files of the run, add wishes, and end it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

CARRIED = "carried"  # the folder of what came along
ORDER = "order.json"  # in it: what is to be done with that
SAYS = "attngan listens on port "  # what the job's log tells
KEEP_SECONDS = 600  # that it waits for somebody to bring home the rest
SOCKET_SECONDS = 30
MOST_WISHES = 64 * 1024  # bytes at once
CHUNK = 1024 * 1024
EVENTS, WISHES, WATCHED, CONFIG = "events.jsonl", "wishes.jsonl", ".watched", "config.json"  # as run.folder
WRONG = 3  # exit code where this is no place for the run
KILLED = 128  # and the signal: exit code where one ended the command

Stamp = tuple[int, int]  # size, time of the last change in nanoseconds


def main() -> int:
    """Run what was ordered; the exit code of the command, KILLED and more, or WRONG after a sentence."""
    carried = Path(CARRIED).absolute()
    order = json.loads((carried / ORDER).read_bytes())
    (carried / ORDER).unlink()  # it has the key
    if wrong := difference(order["python"], order["torch"]):
        print(wrong, flush=True)  # noqa: T201 - the log of the job
        return WRONG
    root = Path(tempfile.mkdtemp(prefix="attngan-")).resolve()
    try:
        for one in carried.iterdir():
            shutil.move(str(one), str(root / one.name))
        for name in order["folders"]:
            (root / name).mkdir(exist_ok=True)  # an empty one is not in the package
        for config in (*root.glob(f"*/{CONFIG}"), *root.glob(f"*/*/{CONFIG}")):
            move_in(config, root, order["paths"])
        return Ferry(root, order).run()
    finally:
        shutil.rmtree(root, ignore_errors=True)


def difference(python: str, torch: str) -> str:
    """Why a run from this Python and this torch cannot be here, as a sentence; "" where it can."""
    here = "{}.{}".format(*sys.version_info)
    try:
        found = metadata.version("torch").split("+")[0]
    except metadata.PackageNotFoundError:
        found = ""
    if (here, found) == (python, torch):
        return ""
    has = f"Python {here} and {f'torch {found}' if found else 'no torch'}"
    return (
        f"The cluster has {has}, this computer Python {python} and torch {torch}: give both the same, and "
        "have `python` on the path of the nodes."
    )


def move_in(config: Path, root: Path, paths: list[list[str]]) -> None:
    """Have the settings of a run name its data where they are here; `paths` are those of there and here."""
    settings = json.loads(config.read_bytes())
    data = settings.get("data") if isinstance(settings, dict) else None
    for there, here in paths:
        if isinstance(data, str) and (data == there or data.startswith(there + "/")):
            settings["data"] = str(root / here) + data[len(there) :]
            config.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
            return


class Ferry:
    """A command that runs below `root`, and what may be asked of it."""

    def __init__(self, root: Path, order: dict[str, Any]) -> None:
        self.root, self.order = root, order
        self.key: str = order["key"]
        self.code: int | None = None  # of the command, once it has ended
        self.child: subprocess.Popen[bytes] | None = None
        self.landed = threading.Event()  # somebody has all there is
        self.adding = threading.Lock()
        self._before = dict(self._stamps())

    def run(self) -> int:
        """Run the command to its end, and wait until somebody has fetched what it wrote."""
        server = ThreadingHTTPServer((own_host(), 0), handler_of(self))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = self.root / self.order["home"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
        environment["OMP_NUM_THREADS"] = str(self.order["cpus"])
        environment["ATTNGAN_DEVICE"] = "cpu"  # other jobs may have its accelerator; --device asks for one
        with (home / self.order["log"]).open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, *self.order["words"]],
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        print(f"{SAYS}{server.server_address[1]}", flush=True)  # noqa: T201 - as above
        self.code = self.child.wait()
        self.landed.wait(KEEP_SECONDS)
        return self.code if self.code >= 0 else KILLED - self.code

    def state(self) -> dict[str, Any]:
        """How the command stands, and all files: name, size, time of change; 0 where it lies as it came."""
        code = self.code  # first: of a command that has ended all files are final
        files = [
            (name, size, 0 if self._before.get(name) == (size, changed) else changed)
            for name, (size, changed) in self._stamps()
        ]
        return {"code": code, "root": str(self.root), "files": files}

    def _stamps(self) -> list[tuple[str, Stamp]]:
        """All files; events are looked at first: what they tell of is there when the others are."""
        found: dict[str, Stamp] = {}
        for pattern in (EVENTS, f"*/{EVENTS}", f"*/*/{EVENTS}", "**/*"):
            for path in self.root.glob(pattern):
                name = path.relative_to(self.root).as_posix()
                if any(part.startswith(".") for part in name.split("/")) or path.is_symlink():
                    continue
                try:
                    told = path.stat()
                except OSError:  # it has just gone
                    continue
                if path.is_file():
                    found.setdefault(name, (told.st_size, told.st_mtime_ns))
        return list(found.items())

    def file(self, name: str) -> Path | None:
        """The file of this name, if there is one below the root."""
        try:
            path = (self.root / name).resolve()
        except (OSError, ValueError):
            return None
        return path if self.root in path.parents and path.is_file() else None

    def run_folder(self, name: str) -> Path | None:
        """The folder of this name, if a run lies there."""
        path = self.file(f"{name}/{CONFIG}")
        return path.parent if path else None

    def add_wishes(self, folder: Path, start: int, lines: bytes) -> int:
        """Add lines that begin at byte `start` of all wishes; how many bytes of wishes are there now."""
        file = folder / WISHES
        with self.adding:
            size = file.stat().st_size if file.exists() else 0
            if size == start:
                with file.open("ab", buffering=0) as stream:
                    stream.write(lines)
                size += len(lines)
        return size

    def stop(self) -> None:
        """Ask the command to save and end."""
        if self.child is not None and self.code is None:
            self.child.send_signal(signal.SIGTERM)


def handler_of(ferry: Ferry) -> type[BaseHTTPRequestHandler]:
    """What answers for it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = SOCKET_SECONDS

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            asked = self._asked()
            if asked is None:
                return
            path, values, _ = asked
            file = ferry.file(values.get("name", ""))
            if path == "/state":
                self._answer(200, json.dumps(ferry.state()).encode())
            elif path == "/file" and file is not None:
                self._send(file, number(values.get("start")))
            else:
                self._answer(404)

        def do_POST(self) -> None:
            asked = self._asked()
            if asked is None:
                return
            path, values, body = asked
            folder = ferry.run_folder(values.get("name", ""))
            if path == "/stop":
                ferry.stop()
            elif path == "/landed":
                ferry.landed.set()
            elif path == "/watched" and folder is not None:
                (folder / WATCHED).touch()
            elif path == "/wishes" and folder is not None:
                ferry.add_wishes(folder, number(values.get("start")), body)
            else:
                self._answer(404)
                return
            self._answer(200)

        def _asked(self) -> tuple[str, dict[str, str], bytes] | None:
            """Path, values and body of a request, None where it was refused."""
            given = self.headers.get("Authorization", "").encode()
            size = number(self.headers.get("Content-Length"))
            known = hmac.compare_digest(given, f"Bearer {ferry.key}".encode())
            if not known or size > MOST_WISHES:
                self.close_connection = True
                self._answer(413 if known else 403)
                return None
            parts = urlsplit(self.path)
            values = {name: texts[-1] for name, texts in parse_qs(parts.query).items()}
            return parts.path, values, self.rfile.read(size)

        def _answer(self, code: int, body: bytes = b"") -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _send(self, file: Path, start: int) -> None:
            """The bytes from `start` on, with the time of change, and the hash of those before."""
            with file.open("rb") as stream:
                told = os.fstat(stream.fileno())
                before = hashlib.blake2b(stream.read(start)).hexdigest()
                left = max(0, told.st_size - start)
                self.send_response(200)
                self.send_header("Content-Length", str(left))
                self.send_header("X-Changed", str(told.st_mtime_ns))
                self.send_header("X-Before", before)
                self.end_headers()
                while left and (chunk := stream.read(min(CHUNK, left))):
                    self.wfile.write(chunk)
                    left -= len(chunk)
                if left:  # it was cut meanwhile
                    self.close_connection = True

    return Handler


def number(text: str | None) -> int:
    """The whole number of a text, 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0


def own_host() -> str:
    """The address of this node in the cluster's own network, so that no other network is listened to."""
    head = os.environ.get("RAY_ADDRESS", "").rpartition("://")[2].rpartition(":")[0]
    try:
        family = socket.AF_INET6 if ":" in head else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((head.strip("[]"), 9))  # sends nothing
            return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1"


if __name__ == "__main__":
    sys.exit(main())
