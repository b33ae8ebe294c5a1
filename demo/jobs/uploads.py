"""A person's own pictures, put where a training can read them."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from attngan.data import sources
from attngan.errors import AttnGanError
from demo.jobs.request import UPLOADED, Request

MOST_FILES = 5000
MOST_BYTES = 200 * 1024 * 1024


def stage(files: Sequence[str | Path], folder: Path) -> str:
    """Name, relative to `folder`, of the copy that data.load() can read: a zip, or a folder of pictures.

    The names of the copies are made safe; which pictures can be read is for data.load() to say.
    Raises AttnGanError for no file, too many, too large, or a zip among pictures.
    """
    paths = [Path(file) for file in files]
    if not paths:
        raise AttnGanError("No pictures were given: choose a zip or several pictures first.")
    if len(paths) > MOST_FILES:
        raise AttnGanError(f"{len(paths)} files are too many: at most {MOST_FILES} pictures, or one zip.")
    size = sum(path.stat().st_size for path in paths)
    if size > MOST_BYTES:
        raise AttnGanError(f"{size / 1e6:.0f} MB are too large: at most {MOST_BYTES / 1e6:.0f} MB together.")
    zips = [path for path in paths if path.suffix.lower() == ".zip"]
    if zips and len(paths) > 1:
        raise AttnGanError(f"{zips[0].name} is a zip among other files: give one zip, or several pictures.")
    folder.mkdir(parents=True, exist_ok=True)
    name = staged_name(paths)
    if zips:
        shutil.copyfile(zips[0], folder / name)
        return name
    pictures = folder / name
    pictures.mkdir()
    for index, path in enumerate(paths):
        shutil.copyfile(path, pictures / _free_name(path.name, index, pictures))
    return "pictures"


def check(request: Request, copy: Path) -> None:
    """Reads a person's own pictures once, from their copy, so that what is wrong with them is told at once.

    Raises AttnGanError, for classes too where the request's pictures have none.
    """
    source = sources.find(request.data)
    if source is None or request.data == UPLOADED:
        from attngan import data  # brings torch, which the page's first sight need not wait for

        labelled = data.load(str(copy), request.image_size).labels is not None
    else:
        labelled = source.labelled
    if request.conditional and not labelled:
        raise AttnGanError("These pictures have no classes to choose from: switch 'one class at a time' off.")


def staged_name(files: Sequence[str | Path]) -> str:
    """The name that stage() gives these files."""
    first = Path(files[0]).name
    return _plain(first) if len(files) == 1 and first.lower().endswith(".zip") else "pictures"


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".-")[-100:].lstrip(".-") or "picture"


def _free_name(name: str, index: int, folder: Path) -> str:
    """A plain name that is not yet in the folder, as near to the given one as is safe."""
    plain = _plain(name)
    return plain if not (folder / plain).exists() else f"{index}-{plain}"
