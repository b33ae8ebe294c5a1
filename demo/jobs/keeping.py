"""Trainings kept in an account of the hub, where the server's drive forgets them: ATTNGAN_KEEP=OWNER/NAME.

That is a private repository, made when it is not there. A training lies in it as one .zip, put there when it
has ended, and now and then while it goes on; what is deleted here is deleted there, with its history.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.model import hub
from demo.jobs.folder import JobFolder
from demo.jobs.place import KEEP

LOOK_SECONDS = 20.0  # between two looks at what there is
MEANWHILE_SECONDS = 300.0  # between two times that one is kept which goes on
MOST_BYTES = 2**30  # of one that is brought back, unpacked


class Keeper:
    """Brings trainings back that are kept, and keeps those that are there."""

    def __init__(self, runs: Path, repo: str) -> None:
        self.runs = runs
        self.place = hub.address(repo)
        self._kept: dict[str, float] = {}  # when what is kept of each was last written, in seconds since 1970

    def bring(self) -> None:
        """Brings back what is kept and not here; raises AttnGanError where the hub cannot be asked."""
        from huggingface_hub import HfApi

        api = HfApi()
        with hub.told(self.place, writing=True):
            api.create_repo(self.place.repo, private=True, exist_ok=True)
            names = [Path(name) for name in api.list_repo_files(self.place.repo)]
        for name in names:
            if name.suffix != ".zip" or not JobFolder.is_id(name.stem):
                continue
            if (self.runs / name.stem).exists():
                self._kept[name.stem] = 0.0  # what is here may be newer
            else:
                with hub.told(self.place), tempfile.TemporaryDirectory() as folder:
                    file = api.hf_hub_download(self.place.repo, name.name, local_dir=folder)
                    _unpack(Path(file), self.runs / name.stem)
                self._kept[name.stem] = _written(self.runs / name.stem)

    def look(self) -> None:
        """Keeps what has changed, and forgets what is gone; raises AttnGanError, OSError."""
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

        there = {path.name: path for path in self.runs.iterdir() if JobFolder.is_id(path.name)}
        gone = [name for name in self._kept if name not in there]
        due = {name: _written(path) for name, path in there.items() if self._is_due(path)}
        if not gone and not due:
            return
        api = HfApi()
        with hub.told(self.place, writing=True), tempfile.TemporaryDirectory() as folder:
            add = [
                CommitOperationAdd(f"{name}.zip", _packed(there[name], Path(folder) / name)) for name in due
            ]
            drop = [CommitOperationDelete(f"{name}.zip") for name in gone]
            said = f"{len(add)} kept, {len(drop)} deleted"
            api.create_commit(self.place.repo, [*add, *drop], commit_message=said)
            if drop:
                api.super_squash_history(self.place.repo)
        self._kept = {name: at for name, at in (self._kept | due).items() if name in there}

    def _is_due(self, path: Path) -> bool:
        written, kept = _written(path), self._kept.get(path.name, 0.0)
        goes_on = JobFolder(path).run.ending() is None
        return written > kept + (MEANWHILE_SECONDS if goes_on and kept else 0.0)


def start(runs: Path) -> None:
    """Where somebody wants that: bring back what is kept, and from now on keep what is there.

    What the hub says against it stands in the log: the page does without.
    """
    if repo := os.environ.get(KEEP):
        one = Keeper(runs, repo)
        runs.mkdir(parents=True, exist_ok=True)
        threading.Thread(target=_work, args=(one, _tried(one.bring)), name="keeper", daemon=True).start()


def _work(one: Keeper, brought: bool) -> None:
    """Look again and again; what could not be asked for what it keeps is asked again first."""
    while True:
        time.sleep(LOOK_SECONDS)
        brought = brought or _tried(one.bring)
        if brought:
            _tried(one.look)


def _tried(act: Callable[[], None]) -> bool:
    """Whether the act succeeded; if not, the log tells why."""
    try:
        act()
    except (AttnGanError, OSError) as error:
        print(f"{KEEP}: {error}", file=sys.stderr)  # noqa: T201 - an operator reads it
        return False
    return True


def _written(path: Path) -> float:
    """When anything in a job's folder was last written; 0 of one that is being put together or deleted."""
    job = JobFolder(path)
    times = [0.0]
    for file in (job.record_file, job.run.events_file, job.run.resume_file):
        with suppress(OSError):
            times.append(file.stat().st_mtime)
    return max(times) if job.record_file.exists() else 0.0


def _packed(path: Path, stem: Path) -> str:
    return shutil.make_archive(str(stem), "zip", path)


def _unpack(file: Path, folder: Path) -> None:
    """The folder, whole or not at all; raises AttnGanError for a .zip that is damaged or too large."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                    raise AttnGanError(f"{file.name} holds more than {MOST_BYTES:,} bytes: it stays there.")
                archive.extractall(made)
        except zipfile.BadZipFile as error:
            raise AttnGanError(f"{file.name} is damaged: it stays there.") from error
        Path(made).chmod(0o700)
        Path(made).rename(folder)
        Path(made).mkdir()  # which the block takes away
