"""The way between a run's folder here and its copy on a node: what is written comes, what is wished goes.

Whoever goes it holds the lock of the run, so that nobody else writes there, and whoever asks the run for
something is heard. Names and sizes that the node tells are checked before anything is written.
"""

import hashlib
import http.client
import json
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from attngan import storage
from attngan.errors import AttnGanError, shown
from attngan.model import folder as models
from attngan.run.backends import LOG
from attngan.run.cargo import STAY
from attngan.run.folder import FRAME, RunFolder

SECONDS = 5.0  # that the node has to answer
MOST_FILES = 50_000
MOST_BYTES = 512 * 1024**2  # of a file
MOST_LISTED = 16 * 1024**2  # bytes of the list of files
MOST_WISHES = 32 * 1024  # bytes at once
WATCHED_SECONDS = 3.0  # after somebody asked for glances (run.glances)
GROWING = ("events.jsonl", LOG)  # these only grow, but for what a run that is resumed takes back


class File(NamedTuple):
    """A file of the node."""

    name: str  # below the folder that holds the run's, with forward slashes
    size: int
    changed: int  # nanoseconds since 1970, by the clock there; 0 where it lies as it came


class Landing(NamedTuple):
    """What the node tells of a run."""

    code: int | None
    root: str
    files: list[File]


_landing: TypeAdapter[Landing] = TypeAdapter(Landing)


class Crossing:
    """The way to one run. Raises OSError where the node does not answer, AttnGanError for a wrong answer."""

    def __init__(self, host: str, port: int, key: str, folder: Path, beside: Sequence[str] = ()) -> None:
        self.host, self.port, self._key = host, port, key
        self.folder, self.names = folder, (folder.name, *beside)
        self._seen: dict[str, tuple[int, int]] = {}  # of files that are here as they are there
        self._locks: dict[Path, FileLock] = {}
        self._asked: dict[Path, float] = {}  # when glances were last asked for
        self._line: http.client.HTTPConnection | None = None

    def cross(self) -> int | None:
        """Bring what is new, take wishes along; the command's exit code, once it ended and all is here."""
        try:
            landing = self._listed()
            files = {file.name: file for file in landing.files}
            runs = [file for file in landing.files if file.name.endswith("/events.jsonl")]
            if not all(self._hold(self._place(run.name).parent) for run in runs):
                return None  # another process brings it
            self._bring_whole(landing)
            grown = (file for file in landing.files if file.name.rpartition("/")[2] in GROWING)
            whole = [self._bring_grown(file) for file in grown if file.changed]
            for run in runs:
                if run.changed:  # it listens
                    self._take_wishes(run.name.rpartition("/")[0], files)
            return landing.code if all(whole) else None
        finally:
            if self._line is not None:
                self._line.close()
            self._line = None

    def ask(self, what: str) -> None:
        """Tell the node something without more words: stop, or landed. Any thread may."""
        other = Crossing(self.host, self.port, self._key, self.folder)
        other._request("POST", f"/{what}")
        if other._line is not None:
            other._line.close()

    def leave(self) -> None:
        """Let others write here, where nobody glances any more."""
        for place, lock in self._locks.items():
            run = RunFolder(place)
            for file in (run.glances_file, run.watched_file):
                with suppress(OSError):
                    file.unlink(missing_ok=True)
            lock.release()
        self._locks.clear()

    def _listed(self) -> Landing:
        _, body = self._request("GET", "/state", most=MOST_LISTED)
        try:
            landing = _landing.validate_json(body)
        except ValidationError as error:
            raise AttnGanError(f"The node at {self.host} does not answer as attngan does.") from error
        if len(landing.files) > MOST_FILES:
            raise AttnGanError(f"The node at {self.host} has more than {MOST_FILES} files for this run.")
        for file in landing.files:
            if file.changed:
                self._place(file.name)
                if not 0 <= file.size <= MOST_BYTES:
                    raise AttnGanError(f"{file.name} has more than {MOST_BYTES // 1024**2} MB on its node.")
        return landing

    def _place(self, name: str) -> Path:
        """Where a file of the node belongs here; raises AttnGanError for a name that leads out of the run."""
        parts = name.split("/")
        first, *rest = parts
        path = self.folder.parent.joinpath(*parts) if first in self.names else self.folder
        odd = any(part == "" or part.startswith(".") or {*part} & set("\\:\0") for part in rest)
        odd = odd or parts[-1] in STAY
        within = (self.folder.parent / first).resolve()
        if not rest or odd or first not in self.names or within not in path.resolve().parents:
            raise AttnGanError(f"The node at {self.host} names a file outside of the run: {shown(name)}.")
        return path

    def _hold(self, place: Path) -> bool:
        """Whether this process is the one that writes a run here."""
        if place in self._locks:
            return True
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(RunFolder(place).lock_file, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        except NotImplementedError:  # a drive that knows no locks
            return True
        except OSError as error:
            if error.errno in storage.UNKNOWN:
                return True
            raise
        self._locks[place] = lock
        return True

    def _bring_whole(self, landing: Landing) -> None:
        """Bring files and the folders of models as a whole each, and remove what is there no more."""
        groups: dict[str, list[File]] = {}
        for file in landing.files:
            place, _, last = file.name.rpartition("/")
            if last not in (*GROWING, "wishes.jsonl") or place.count("/") > 1:
                groups.setdefault(place if _is_model(place) else file.name, []).append(file)
        for name, files in groups.items():
            if all(not file.changed or self._is_here(file) for file in files):
                continue
            data = [(file, self._bytes(file)) for file in files]
            if any(one is None for _, one in data):
                continue  # it changed just now: the next time
            if _is_model(name):
                with storage.new_folder(self._place(f"{name}/{models.CONFIG}").parent) as new:
                    for file, one in data:
                        (new / file.name.rpartition("/")[2]).write_bytes(one or b"")
            else:
                [(file, one)] = data
                path = self._place(name)
                storage.write_file(path, self._at_home(path, one or b"", landing.root))
            self._seen |= {file.name: (file.size, file.changed) for file, _ in data}
        self._thin(landing.files, groups)

    def _is_here(self, file: File) -> bool:
        return self._seen.get(file.name) == (file.size, file.changed)

    def _thin(self, files: Iterable[File], groups: Iterable[str]) -> None:
        """Remove frames and models here that are not on the node any more."""
        there = {*groups}
        for run in {file.name.rpartition("/")[0] for file in files if file.name.endswith("/events.jsonl")}:
            place = self._place(f"{run}/events.jsonl").parent
            run_folder = RunFolder(place)
            for path in run_folder.frames.path.glob(f"*{FRAME}"):
                if f"{run}/frames/{path.name}" not in there:
                    path.unlink(missing_ok=True)
            for path in (*run_folder.snapshots.path.glob("[0-9]*"), run_folder.finished):
                if path.is_dir() and f"{run}/{path.relative_to(place).as_posix()}" not in there:
                    shutil.rmtree(path, ignore_errors=True)
            if f"{run}/glances.bin" not in there:
                run_folder.glances_file.unlink(missing_ok=True)

    def _bytes(self, file: File) -> bytes | None:
        """A whole file, None where it is another one by now."""
        if not file.changed:  # it came from here
            return self._place(file.name).read_bytes()
        try:
            headers, data = self._request("GET", "/file", name=file.name, most=file.size)
        except AttnGanError:
            return None
        same = headers.get("X-Changed") == str(file.changed) and len(data) == file.size
        return data if same else None

    def _bring_grown(self, file: File) -> bool:
        """Bring what was added to a file; whether it is here as it was when it was listed."""
        if self._is_here(file):
            return True
        place = self._place(file.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        own = place.read_bytes() if place.exists() else b""
        known = own[: file.size]
        headers, more = self._request("GET", "/file", name=file.name, start=len(known), most=MOST_BYTES)
        if headers.get("X-Before") != hashlib.blake2b(known).hexdigest():  # the run went back
            _, whole = self._request("GET", "/file", name=file.name, most=MOST_BYTES)
            storage.write_file(place, whole)
        elif len(own) > file.size:
            storage.write_file(place, known + more)
        else:
            with place.open("ab") as stream:
                stream.write(more)
        self._seen[file.name] = (file.size, file.changed)
        return True

    def _take_wishes(self, run: str, files: dict[str, File]) -> None:
        """Add to the wishes there what was added here, and ask for glances where somebody watches."""
        place = RunFolder(self._place(f"{run}/events.jsonl").parent)
        there = files.get(f"{run}/wishes.jsonl", File("", 0, 0)).size
        with suppress(FileNotFoundError), place.wishes_file.open("rb") as stream:
            stream.seek(there)
            lines = stream.read(MOST_WISHES)
            if lines := lines[: lines.rfind(b"\n") + 1]:
                self._request("POST", "/wishes", lines, name=run, start=there)
        with suppress(FileNotFoundError):
            asked = place.watched_file.stat().st_mtime
            if asked != self._asked.get(place.path) and time.time() - asked < WATCHED_SECONDS:
                self._request("POST", "/watched", name=run)
                self._asked[place.path] = asked

    def _at_home(self, place: Path, data: bytes, root: str) -> bytes:
        """The bytes of a file; settings of a run name their data where they are here."""
        if place.name != models.CONFIG or place.parent not in (self.folder, *place.parents[1:2]):
            return data
        settings = _settings(data)
        named = settings.get("data")
        if not isinstance(named, str) or not named.startswith(f"{root}/") or ".." in named.split("/"):
            return data
        first, _, _ = (rest := named.removeprefix(f"{root}/")).partition("/")
        with suppress(OSError):
            before = _settings(place.read_bytes()).get("data")
            named = before if isinstance(before, str) else named
        settings["data"] = str(self.folder.absolute().parent / rest) if first in self.names else named
        return json.dumps(settings, indent=2).encode() + b"\n"

    def _request(
        self, method: str, path: str, body: bytes = b"", most: int = 0, **values: object
    ) -> tuple[dict[str, str], bytes]:
        """Headers and body of an answer; raises OSError, AttnGanError."""
        if self._line is None:
            self._line = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        asked = f"{path}?{urlencode(values)}" if values else path
        try:
            self._line.request(method, asked, body, {"Authorization": f"Bearer {self._key}"})
            answer = self._line.getresponse()
            data = answer.read(most + 1)
        except http.client.HTTPException as error:
            self._line.close()
            raise ConnectionError("The node broke off.") from error
        except OSError:
            self._line.close()
            raise
        if answer.status != 200 or len(data) > most:
            self._line.close()
            raise AttnGanError(f"The node at {self.host} does not answer as attngan does.")
        return dict(answer.headers), data


def _is_model(place: str) -> bool:
    """Whether a folder of the node is a model, which is whole or not there."""
    parts = place.split("/")
    return parts[-1] == models.FINISHED or (len(parts) > 2 and parts[-2] == models.SNAPSHOTS)


def _settings(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
