"""What a person uploaded, pictures or pairs of texts: read once, told, and kept small for a training."""

import contextlib
import hashlib
import json
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attngan.config import Square
from attngan.data import own
from attngan.data.sources import TABLES
from attngan.errors import AttnGanError
from attngan.storage import new_folder
from demo.glimpse import Glimpse
from demo.uploads.allowance import Allowance
from demo.uploads.folder import uploads_folder
from demo.uploads.process import Places, ask

MOST_FILES = 5000
MOST_BYTES = 200 * 2**20  # of the files together
MOST_DECODED = 320 * 10**6  # bytes of pixels of one set
MOST_KEPT = 2**30  # bytes of all sets that are kept
KEPT_SECONDS = 3600  # that a set is kept after its last use, as gradio keeps the files themselves
SWEEP_SECONDS = 600  # between two looks for older ones
READ_SECONDS = 30  # of one set: what is left then is not used
VISITOR_SECONDS, VISITOR_WITHIN = 120.0, 600.0  # of reading for one visitor
MEMORY = 640 * 2**20  # bytes, of the process that reads
FACTS = "facts.json"


@dataclass(frozen=True)
class OwnSet:
    """A set that was read; what is to be learnt of it lies in `file`, for attngan.data.load."""

    file: Path
    glimpse: Glimpse
    skipped: tuple[str, ...]  # why some were not used, a line each: the first of them
    skipped_count: int


@cache
def the_sets() -> "Sets":
    """The one keeper of this server's uploads, which sweeps them by itself."""
    sets = Sets(uploads_folder() / "read")
    threading.Thread(target=sets.keep_sweeping, name="uploads", daemon=True).start()
    return sets


class Sets:
    """Reads uploads, one at a time, and keeps the last results for the same files at the same size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places = Places(count=1, waiting=12, patience=2 * READ_SECONDS)
        self._keeping = threading.Lock()
        self._allowance = Allowance(VISITOR_SECONDS, VISITOR_WITHIN)

    def read(
        self, files: Sequence[str | Path], size: int, square: Square = "crop", visitor: str = ""
    ) -> OwnSet:
        """The set of these files, each picture `size` pixels square, for whom `visitor` names.

        Raises AttnGanError for no file, for files that are gone, and for what attngan.data.load refuses;
        BusyError when others are being read for too long, or when this visitor has had a lot read.
        """
        used, notes = _chosen([Path(file) for file in files])
        how = {"files": [str(path) for path, _ in used], "size": size, "square": square}
        key = hashlib.blake2b(json.dumps([how, [state for _, state in used]]).encode(), digest_size=16)
        place = self.folder / key.hexdigest()
        if not place.exists():
            with self._places.one():
                if not place.exists():  # nobody else had it read meanwhile
                    self._allowance.check(visitor)
                    began = time.monotonic()
                    try:
                        self._read(place, how)
                    finally:
                        self._allowance.spend(visitor, time.monotonic() - began)
        with self._keeping:
            return self._kept(place, notes)

    def _read(self, place: Path, how: dict[str, Any]) -> None:
        most = max(1, MOST_DECODED // (how["size"] ** 2 * 3))
        try:
            with new_folder(place) as new:
                wanted = how | {"most": most, "seconds": READ_SECONDS, "out": str(new)}
                facts = ask("set", wanted, MEMORY, READ_SECONDS)
                (new / FACTS).write_text(json.dumps(facts), "utf-8")
            self.sweep()
        except OSError as error:
            raise AttnGanError(f"These files cannot be kept here just now: {error.strerror}.") from error

    def _kept(self, place: Path, notes: list[str]) -> OwnSet:
        try:
            place.touch()  # what was used last is kept longest
            facts = json.loads((place / FACTS).read_bytes())
        except OSError as error:
            raise AttnGanError("These files have just made room for others: choose them again.") from error
        skipped, count = [*notes, *facts.pop("skipped")], len(notes) + facts.pop("skipped_count")
        return OwnSet(place / facts.pop("file"), skipped=tuple(skipped), skipped_count=count, **facts)

    def keep_sweeping(self) -> None:
        """Sweeps now and then, for ever."""
        while True:
            time.sleep(SWEEP_SECONDS)
            with contextlib.suppress(OSError):  # the next sweep tries again
                self.sweep()

    def sweep(self) -> None:
        """Removes the sets that were not used for KEPT_SECONDS, and the oldest beyond MOST_KEPT but one."""
        with self._keeping:
            used = [(place.stat().st_mtime, place) for place in self.folder.glob("[!.]*")]
            total = 0
            for number, (when, place) in enumerate(sorted(used, reverse=True)):
                total += sum(file.stat().st_size for file in place.iterdir())
                if time.time() - when > KEPT_SECONDS or (total > MOST_KEPT and number):
                    shutil.rmtree(place, ignore_errors=True)


def staged_name(files: Sequence[str | Path]) -> str:
    """What a person's command calls these files: the one archive or table, else a folder of pictures."""
    only = Path(files[0]) if len(files) == 1 else None
    return only.name if only and only.suffix.lower() in (*own.SUFFIXES, *TABLES) else own.UNNAMED


def _chosen(paths: list[Path]) -> tuple[list[tuple[Path, list[int]]], list[str]]:
    """The files that fit, each with its size and time, and what there is to say of the others.

    Raises AttnGanError where there is none, or where one is gone.
    """
    if not paths:
        raise AttnGanError(
            "Nothing of your own was given: choose several pictures, one .zip, .npz or .npy of them, or one "
            ".csv, .tsv or .jsonl of pairs of texts."
        )
    used, notes, total = [], [], 0
    for path in paths[:MOST_FILES]:
        try:
            found = path.stat()
        except OSError as error:
            raise AttnGanError("These files are not here any more: choose them again.") from error
        if total + found.st_size > MOST_BYTES:
            notes.append(f"{path.name}: more than {MOST_BYTES // 2**20} MB together")
        else:
            total += found.st_size
            used.append((path, [found.st_size, found.st_mtime_ns]))
    if len(paths) > MOST_FILES:
        notes.append(f"{len(paths) - MOST_FILES} files: more than {MOST_FILES}; a zip takes more")
    if not used:
        raise AttnGanError(f"{paths[0].name} has more than {MOST_BYTES // 2**20} MB: use a smaller one.")
    return used, notes
