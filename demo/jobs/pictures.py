"""The pictures that a job learns from: of a known name, or a person's own."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attngan.data import sources
from attngan.data.own import UNNAMED
from attngan.errors import AttnGanError
from demo.jobs.request import Request
from demo.uploads.sets import staged_name, the_sets


class OwnPicturesError(AttnGanError):
    """A person's own pictures cannot be learnt from."""


@dataclass(frozen=True)
class Pictures:
    """What `train --data` is given, and the file of that name where it has to be in the job's folder."""

    name: str
    file: Path | None = None

    def put(self, folder: Path) -> None:
        """Copy the file into the job's folder; raises OSError."""
        if self.file:
            shutil.copyfile(self.file, folder / self.name)


def pictures_of(request: Request, files: Sequence[str | Path], visitor: str = "") -> Pictures:
    """The pictures of a request, read where they are the person's own `files`.

    Raises OwnPicturesError for pictures that cannot be learnt, and AttnGanError where classes are wanted that
    are not there.
    """
    source = sources.find(request.data)
    try:
        own = None if source else the_sets().read(files, request.image_size, request.square, visitor)
    except AttnGanError as error:
        raise OwnPicturesError(str(error)) from error
    labelled = source.labelled if source else own is not None and own.classes > 0
    if request.conditional and not labelled:
        raise AttnGanError("These pictures have no classes to choose from: switch 'one class at a time' off.")
    return (
        Pictures(_plain(Path(staged_name(files)).stem) + ".npz", own.file) if own else Pictures(request.data)
    )


def _plain(name: str) -> str:
    """A name that no command takes for an option, and no file system refuses."""
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".-")[-80:].lstrip(".-") or UNNAMED
