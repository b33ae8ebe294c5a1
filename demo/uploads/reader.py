"""Reads what a person uploaded, in a process of its own: `python -m demo.uploads.reader set|picture`.

A line of JSON on standard input says what is wanted, a line of JSON on standard output what came of it, or
`problem`, a sentence. The process has bounds of memory and time of its own, and ends when it has answered:
whatever a file does to it, the server stays as it was.
"""

import base64
import contextlib
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from attngan.columns import exactly, names_of, written
from attngan.data import own
from attngan.data.found import Found, Wanted
from attngan.data.own import folders
from attngan.data.own.decoding import UnreadableError, decoded
from attngan.data.pixels import stacked
from attngan.data.rows import own as tables
from attngan.data.sources import TABLES
from attngan.data.tablekind import kind_of_table
from attngan.data.texts import own as texts
from attngan.data.usable import usable
from attngan.errors import AttnGanError
from attngan.spreadsheet import csv_of
from attngan.text import printable, writable
from demo import glimpse
from demo.glimpse import Glimpse

PICTURES = "pictures"  # what loose files are called together
MOST_TOLD = 20  # files that could not be used, by name
MOST_NAME = 160  # characters of such a line
Bound = dict[str, Any]


def read_set(wanted: Bound, _: bytes) -> dict[str, Any]:
    """What there is to say of the set of `files`; what is to be learnt of it is written into the folder
    `out`, as the file that the answer names.

    `size`, `square`, `most` and `seconds` are those of attngan.data.found.Wanted.
    """
    files, out = [Path(file) for file in wanted["files"]], Path(wanted["out"])
    if len(files) == 1 and files[0].suffix.lower() in TABLES:
        read = _rows if kind_of_table(files[0]) == "rows" else _pairs
        file, shown, skipped = read(files[0], out)
    else:
        file, shown, skipped = _pictures(files, wanted, out)
    return {
        "file": file.name,
        "glimpse": shown,
        "skipped": [line[:MOST_NAME] for line in skipped[:MOST_TOLD]],
        "skipped_count": len(skipped),
    }


def _pairs(own_file: Path, out: Path) -> tuple[Path, Glimpse, Sequence[str]]:
    """The pairs of a table, those that can be learnt alone, as lines of JSON."""
    learnt, held_out, skipped = texts.read(own_file)
    lines = (json.dumps(writable(pair[:2]), ensure_ascii=False) for pair in learnt + held_out)
    content = "\n".join(lines).encode()
    if len(content) > texts.MOST_BYTES:
        raise AttnGanError(
            f"{printable(own_file.name)} has more than {texts.MOST_BYTES // 2**20} MB: use a smaller one."
        )
    file = out / "pairs.jsonl"
    file.write_bytes(content)
    return file, glimpse.of_pairs(learnt), skipped


def _rows(own_file: Path, out: Path) -> tuple[Path, Glimpse, Sequence[str]]:
    """The rows of a table, those that can be learnt alone, as a table."""
    table = tables.read(own_file)
    names, cells = names_of(table.columns), written(table.columns, table.rows)
    file = out / "rows.csv"
    file.write_bytes(csv_of(names, exactly(table.columns, table.rows), own=True))
    return file, glimpse.of_rows(names, cells, classes=len(tables.classes(table.columns)[1])), table.notes


def _pictures(files: Sequence[Path], wanted: Bound, out: Path) -> tuple[Path, Glimpse, Sequence[str]]:
    """The pictures, small as they are to be learnt, as an .npz."""
    how = Wanted(wanted["size"], wanted["most"], wanted["square"], wanted["seconds"])
    if len(files) == 1 and files[0].suffix.lower() in own.SUFFIXES:
        name, found = own.source(files[0]).name, own.read(files[0], how)
    else:
        name, found = PICTURES, folders.read_loose(files, how)
    found = usable(name, found, wanted["most"])
    file = out / "pictures.npz"
    _write(file, found)
    classes = len(found.label_names) if found.labels is not None else 0
    captions = () if classes else found.captions  # what is not learnt from is not shown
    shown = glimpse.of_pictures(found.images, captions, len(found.images), classes)
    return file, shown, found.skipped


def read_picture(wanted: Bound, file: bytes) -> dict[str, Any]:
    """The pixels of one picture's file, uint8 (S, S, C) in base64, and their `shape`."""
    try:
        pixels = stacked([decoded(io.BytesIO(file), Wanted(wanted["size"]))])[0][0]
    except UnreadableError as error:
        raise AttnGanError(f"This picture cannot be judged: {error}.") from error
    return {"pixels": base64.b64encode(pixels.tobytes()).decode(), "shape": pixels.shape}


WORKS: dict[str, Callable[[Bound, bytes], dict[str, Any]]] = {"set": read_set, "picture": read_picture}


def main() -> None:
    """Answer one request."""
    wanted = json.loads(sys.stdin.buffer.readline())
    _bound(wanted["memory"], wanted["processor_seconds"])
    try:
        answer = WORKS[sys.argv[1]](wanted, sys.stdin.buffer.read())
    except AttnGanError as error:
        answer = {"problem": str(error)}
    except OSError as error:
        answer = {"problem": f"These files cannot be kept here just now: {error.strerror}."}
    except MemoryError:
        answer = {"problem": "These files need more memory than there is for them here: use smaller ones."}
    sys.stdout.write(json.dumps(answer))


def _bound(memory: int, seconds: int) -> None:
    """Has the system refuse more memory (bytes) or processor time."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has none of it
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _write(file: Path, found: Found) -> None:
    arrays: dict[str, Any] = {"images": found.images}
    if found.labels is not None:
        arrays |= {"labels": found.labels, "label_names": np.array(found.label_names)}
    if found.captions:
        arrays["captions"] = np.array(found.captions)
    with file.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
