"""A folder of picture files, or single ones, read with the labels that folders or a table give them."""

import math
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from attngan.data.found import Found, Wanted
from attngan.data.own import captionfiles, layout, tablefiles
from attngan.data.own.decoding import UnreadableError, decoded
from attngan.data.own.files import File, on_disk, reason
from attngan.data.own.names import hidden, no_picture, thumbnail
from attngan.data.own.walk import walked
from attngan.data.pixels import Levels, Pixels, spread, stacked
from attngan.errors import AttnGanError
from attngan.text import printable

MAXIMUM_FILES = 50_000  # pictures that are tried; files that are none by their names do not count


def read(folder: Path, wanted: Wanted) -> Found:
    """All pictures in a folder and below, in order of their paths; links are followed."""
    paths, notes = walked(folder)
    files = [on_disk(path, folder / path) for path in paths]
    return read_files(files, wanted, f"The folder {printable(folder.resolve().name)}", notes)


def read_loose(paths: Sequence[Path], wanted: Wanted) -> Found:
    """The pictures among single files, each known by the last part of its path, in order of these.

    Two of one name both count, and so does a table of labels among them.
    """
    files = [on_disk(PurePosixPath(path.name), path) for path in paths]
    return read_files(sorted(files, key=lambda file: file.path), wanted, "The upload")


def read_files(files: Sequence[File], wanted: Wanted, where: str, notes: Sequence[str] = ()) -> Found:
    """The pictures of files that came together; `skipped` tells of those that are not used, after `notes`.

    Of more than MAXIMUM_FILES, or `wanted.most`, only so many are tried, evenly spread. Raises AttnGanError
    if `where` they come from is nothing, or only what is hidden.
    """
    files = _visible(files, where, empty=not notes)
    pictures = [file for file in files if no_picture(file.path) is None]
    kept, masks = layout.without_masks([file.path for file in pictures])
    pictures = [pictures[index] for index in kept]
    told = tablefiles.told(files, [file.path for file in pictures])
    labels = told.labels
    pictures, strays = _without_strays(pictures, labels)
    skipped = [*masks, *told.notes, *strays]
    most = min(wanted.most or MAXIMUM_FILES, MAXIMUM_FILES)
    if len(pictures) > MAXIMUM_FILES == most:
        skipped.append(f"{len(pictures) - MAXIMUM_FILES} files: more than {MAXIMUM_FILES}")
    chosen = [pictures[index] for index in spread(len(pictures), most)]
    captions, texts, uncaptioned = _captions(files, [file.path for file in chosen], told.captions)
    chosen = [file for file in chosen if not captions or file.path in captions]
    skipped = [
        *notes,
        *_strangers([file for file in files if file.path not in texts]),
        *skipped,
        *uncaptioned,
    ]
    pixels, unread = _read(chosen, wanted)
    used = [chosen[index].path for index in sorted(pixels)]
    images, levels = stacked([pixels.pop(index) for index in sorted(pixels)])
    classes, meant = layout.classes(used) if labels is None else ([labels.get(path) for path in used], ())
    numbers, label_names, less = layout.numbered(classes)
    return Found(
        images,
        numbers,
        label_names,
        captions=tuple(captions[path] for path in used) if captions else (),
        skipped=(*skipped, *unread, *levels, *meant, *less),
    )


def _visible(files: Sequence[File], where: str, empty: bool) -> list[File]:
    """The files that are not hidden, without small copies of others; AttnGanError if there are none."""
    visible = [file for file in files if not hidden(file.path)]
    if not visible and empty:
        if not files:
            raise AttnGanError(f"{where} is empty: put pictures into it.")
        first = printable(files[0].path)[:80]
        raise AttnGanError(f"{where} has only what is hidden, such as {first!r}: put pictures into it.")
    large = [file for file in visible if not thumbnail(file.path)]
    return large if any(no_picture(file.path) is None for file in large) else visible


def _strangers(files: Sequence[File]) -> list[str]:
    """A note on every file that is no picture by its name, and no table either."""
    others = [(file.path, no_picture(file.path)) for file in files if not tablefiles.is_table(file.path)]
    return [f"{printable(path)}: {why}" for path, why in others if why is not None]


def _without_strays(
    pictures: list[File], labels: dict[PurePosixPath, str] | None
) -> tuple[list[File], list[str]]:
    """The pictures without those few that have no label where the others have, and a note on each."""
    paths = [file.path for file in pictures]
    if labels is None:
        strays, why = layout.strays(layout.classes(paths)[0]), "lies in no class folder"
    else:
        strays, why = layout.strays([labels.get(path) for path in paths]), "has no label"
    kept = [file for index, file in enumerate(pictures) if index not in strays]
    return kept, [f"{printable(paths[index])}: {why}" for index in sorted(strays)]


def _captions(
    files: Sequence[File], pictures: Sequence[PurePosixPath], told: dict[PurePosixPath, str]
) -> tuple[dict[PurePosixPath, str], set[PurePosixPath], list[str]]:
    """The captions of most of the pictures, which tables `told` or text files beside them tell, else none.

    Also the text files that are used, and notes: on each picture that has none, or that few have one.
    """
    found = {path: told[path] for path in pictures if path in told}
    texts: set[PurePosixPath] = set()
    if not found and (found := captionfiles.beside(files, pictures)):
        texts = {path.with_suffix(captionfiles.SUFFIX) for path in found}
    if 2 * len(found) > len(pictures):
        return found, texts, [f"{printable(path)}: has no caption" for path in pictures if path not in found]
    few = f"captions: {len(found)} of {len(pictures)} pictures have one, so they are not used"
    return {}, set(), [few] if told else []


def _read(files: Sequence[File], wanted: Wanted) -> tuple[dict[int, Pixels | Levels], list[str]]:
    """The pixels of each file by its place in the sequence, and in order why some have none."""
    deadline = time.monotonic() + wanted.seconds
    order = range(len(files)) if math.isinf(wanted.seconds) else _spread_order(len(files))
    pixels: dict[int, Pixels | Levels] = {}
    unread: dict[int, str] = {}
    for index in order:
        if time.monotonic() >= deadline:
            break
        try:
            with files[index].opened() as file:
                pixels[index] = decoded(file, wanted)
        except UnreadableError as error:
            unread[index] = f"{printable(files[index].path)}: {error}"
        except OSError as error:
            unread[index] = f"{printable(files[index].path)}: {reason(error)}"
    notes = [unread[index] for index in sorted(unread)]
    left = len(files) - len(pixels) - len(unread)
    if left:
        notes.append(f"{left} files: reading took longer than {wanted.seconds:g} seconds")
    return pixels, notes


def _spread_order(count: int) -> list[int]:
    """All indices, in such an order that those up to any of them are spread over all: bits reversed."""
    return sorted(range(count), key=lambda index: f"{index:064b}"[::-1])
