"""Trainings kept in an account of the hub, where the server's drive forgets them: ATTNGAN_KEEP=OWNER/NAME.

That is a private repository, made when it is not there. A training lies in it as one .zip, put there when it
has ended, and now and then while it goes on. What a person deletes on the page is deleted there, with its
history; what only makes room here stays there.
"""

import os
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from attngan.errors import AttnGanError
from attngan.model import hub
from attngan.run.cluster import KEY
from demo.jobs import room
from demo.jobs.folder import JobFolder
from demo.jobs.place import DELETED, KEEP, KEPT

LOOK_SECONDS = 20.0  # between two looks at what there is
MEANWHILE_SECONDS = 300.0  # between two times that one is kept which goes on
MOST_BYTES = 2**30  # of one that is kept, unpacked


class Kept(NamedTuple):
    """Of a training that is kept: when the newest in it was written, and when it was kept, since 1970."""

    written: float
    at: float


class Keeper:
    """Brings trainings back that are kept, and keeps those that are there."""

    def __init__(self, runs: Path, repo: str) -> None:
        self.runs = runs
        self.place = hub.address(repo)
        self._kept: dict[str, Kept] = {}

    def bring(self) -> None:
        """Brings back what is kept and not here, as far as there is room; a damaged one stays there.

        Raises AttnGanError where the hub cannot be asked, or the repository is not private.
        """
        from huggingface_hub import HfApi

        api = HfApi()
        with hub.told(self.place, writing=True):
            api.create_repo(self.place.repo, private=True, exist_ok=True)
            private = api.repo_info(self.place.repo).private
            names = [Path(name) for name in api.list_repo_files(self.place.repo)]
        if not private:
            raise AttnGanError(
                f"{self.place.repo} is public: name a repository for trainings that is private."
            )
        deleted = _lines(self.runs / DELETED)
        for name in names:
            wanted = name.suffix == ".zip" and JobFolder.is_id(name.stem) and name.stem not in deleted
            if not wanted or (self.runs / name.stem).exists() or room.is_tight(self.runs):
                continue
            with tempfile.TemporaryDirectory() as folder:
                with hub.told(self.place):
                    file = api.hf_hub_download(self.place.repo, name.name, local_dir=folder)
                if tried(lambda file=file, name=name: _unpack(Path(file), self.runs / name.stem)):  # type: ignore[misc]
                    self._kept[name.stem] = Kept(_written(self.runs / name.stem), time.time())

    def look(self) -> None:
        """Keeps what has changed and is not too large, and deletes what somebody has deleted.

        Raises AttnGanError, OSError.
        """
        from huggingface_hub import HfApi

        api = HfApi()
        self._delete()
        for path in [
            path for path in self.runs.iterdir() if JobFolder.is_id(path.name) and self._is_due(path)
        ]:
            found = Kept(_written(path), time.time())
            if room.bytes_of(path) > MOST_BYTES:
                _log(f"{path.name} holds more than {MOST_BYTES:,} bytes: it is not kept.")
            else:
                with tempfile.TemporaryDirectory() as folder:
                    file = _packed(path, Path(folder) / f"{path.name}.zip")
                    with hub.told(self.place, writing=True):
                        api.upload_file(path_or_fileobj=file, path_in_repo=file.name, repo_id=self.place.repo)
            self._kept[path.name] = found

    def _delete(self) -> None:
        from huggingface_hub import CommitOperationDelete, HfApi

        asked = _lines(self.runs / DELETED)
        if not asked:
            return
        api = HfApi()
        with hub.told(self.place, writing=True):
            there = api.list_repo_files(self.place.repo)
            drop = [CommitOperationDelete(f"{one}.zip") for one in asked if f"{one}.zip" in there]
            if drop:
                api.create_commit(self.place.repo, drop, commit_message="Deleted by their owners")
            api.super_squash_history(self.place.repo)  # again where that failed the last time
        left = [one for one in _lines(self.runs / DELETED) if one not in asked]
        (self.runs / DELETED).write_text("".join(f"{one}\n" for one in left))

    def _is_due(self, path: Path) -> bool:
        written, kept = _written(path), self._kept.get(path.name, Kept(0.0, 0.0))
        goes_on = JobFolder(path).run.ending() is None
        return written > kept.written and (not goes_on or time.time() - kept.at > MEANWHILE_SECONDS)


def note_deleted(jobs: Iterable[JobFolder]) -> None:
    """Writes down that a person has deleted these, so that they are deleted where they are kept; OSError."""
    if os.environ.get(KEEP):
        for one in jobs:
            with (one.path.parent / DELETED).open("a") as file:
                file.write(f"{one.id}\n")


def start(runs: Path) -> None:
    """Where somebody wants that: bring back what is kept, and from now on keep what is there.

    What the hub says against it stands in the log: the page does without, and does not say that it keeps.
    """
    if repo := os.environ.get(KEEP):
        runs.mkdir(parents=True, exist_ok=True)
        one = Keeper(runs, repo)
        brought = turn(one, brought=None)
        threading.Thread(target=_work, args=(one, brought), name="keeper", daemon=True).start()


def turn(one: Keeper, brought: bool | None) -> bool:
    """One look; whether what is kept has been brought back by now. `brought` is None at the very first, which
    only brings.
    """
    works = bool(brought) or tried(one.bring)
    if works and brought is not None:
        works = tried(one.look)
        brought = True
    flag = one.runs / KEPT
    with suppress(OSError):
        flag.touch() if works else flag.unlink(missing_ok=True)
    return works if brought is None else brought


def _work(one: Keeper, brought: bool) -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        brought = turn(one, brought)


def tried(act: Callable[[], None]) -> bool:
    """Whether the act succeeded; if not, the log tells why, and the page goes on."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whatever the hub's client may raise
        told = error if isinstance(error, AttnGanError | OSError) else type(error).__name__
        _log(told)
        return False
    return True


def _log(what: object) -> None:
    print(f"{KEEP}: {what}", file=sys.stderr)  # noqa: T201 - an operator reads it


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def _written(path: Path) -> float:
    """When anything in a job's folder was last written; 0 of one that is being put together or deleted."""
    job = JobFolder(path)
    times = [0.0]
    for file in (job.record_file, job.run.events_file, job.run.resume_file):
        with suppress(OSError):
            times.append(file.stat().st_mtime)
    return max(times) if job.record_file.exists() else 0.0


def _packed(path: Path, file: Path) -> Path:
    """The .zip of a job's folder, without the key of a run that goes on elsewhere."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one in path.rglob("*"):
            if one.is_file() and one.name != KEY:
                archive.write(one, one.relative_to(path))
    return file


def _unpack(file: Path, folder: Path) -> None:
    """The folder, whole or not at all; raises AttnGanError for a .zip that is damaged or too large."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                    raise AttnGanError(f"{file.name} holds more than {MOST_BYTES:,} bytes: it stays there.")
                archive.extractall(made)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise AttnGanError(f"{file.name} is damaged: it stays there.") from error
        Path(made).chmod(0o700)
        Path(made).rename(folder)
        Path(made).mkdir()  # which the block takes away
