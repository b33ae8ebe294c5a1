"""The person's own pictures: a folder, a .zip of one, a .npz or a .npy."""

from pathlib import Path

from attngan.data.found import Found, Wanted
from attngan.data.own import archives, arrays, folders
from attngan.data.sources import Source
from attngan.errors import AttnGanError
from attngan.text import printable

UNNAMED = "pictures"  # what is called so has no name of its own
SUFFIXES = (".zip", ".npz", ".npy")


def source(path: Path) -> Source:
    """What can be said of pictures that somebody brought along; the path itself is not told on."""
    name = path.resolve().stem if path.suffix.lower() in SUFFIXES else path.resolve().name
    name = printable(name) or UNNAMED
    return Source(
        name=name,
        title=name,
        about="Your own pictures.",
        licence="not stated",
        attribution="Own pictures" if name == UNNAMED else f"Own pictures: {name}",
        needs_network=False,
        labelled=True,
        default_channels=3,
        captioned=True,
    )


def read(path: Path, wanted: Wanted) -> Found:
    """The pictures at an existing path, each (size, size, C); raises AttnGanError where there are none.

    C is 1 if all are grey. In a folder and in a zip the names of sub-folders are the labels.
    """
    try:
        if path.is_dir():
            return folders.read(path, wanted)
        match path.suffix.lower() if path.is_file() else "":  # a pipe might never end
            case ".zip":
                return archives.read(path, wanted)
            case ".npz":
                return arrays.read_npz(path, wanted)
            case ".npy":
                return arrays.read_npy(path, wanted)
    except PermissionError as error:
        raise AttnGanError(f"{printable(path.name)} may not be read: change its permissions.") from error
    except OSError as error:
        raise AttnGanError(f"{printable(path.name)} could not be read: {error.strerror or error}.") from error
    raise AttnGanError(
        f"{printable(path.name)} is no data set: give a folder of pictures, a .zip of one, .npz or .npy."
    )
