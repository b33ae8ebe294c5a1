"""What a job learns from: data of a known name, or a person's own."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attngan.data import sources
from attngan.data.own import UNNAMED
from attngan.errors import AttnGanError
from demo.glimpse import Glimpse
from demo.jobs.request import Request
from demo.uploads.sets import OwnSet, staged_name, the_sets

GLIMPSE = "glimpse.json"  # in the job's folder: what was shown of a person's own data


class OwnDataError(AttnGanError):
    """A person's own data cannot be learnt from."""


@dataclass(frozen=True)
class Material:
    """What `train --data` is given, and the set whose file has to be in the job's folder under that name."""

    name: str
    own: OwnSet | None = None

    def put(self, folder: Path) -> None:
        """Copy the set into the job's folder; raises OSError."""
        if self.own:
            shutil.copyfile(self.own.file, folder / self.name)
            (folder / GLIMPSE).write_text(json.dumps(self.own.glimpse), "utf-8")


def material_of(request: Request, files: Sequence[str | Path], visitor: str = "") -> Material:
    """What a request is to learn from, read where that is the person's own `files`.

    Raises OwnDataError for data that cannot be learnt, and AttnGanError where classes are wanted that are not
    there.
    """
    source = sources.find(request.data)
    try:
        own = None if source else the_sets().read(files, request.image_size, request.square, visitor)
    except AttnGanError as error:
        raise OwnDataError(str(error)) from error
    labelled = source.labelled if source else own is not None and own.glimpse["classes"] > 0
    if request.conditional and not labelled:
        raise AttnGanError("These data have no classes to choose from: switch 'one class at a time' off.")
    if own is None:
        return Material(request.data)
    return Material(_plain(Path(staged_name(files)).stem) + own.file.suffix, own)


def glimpse_in(folder: Path) -> Glimpse | None:
    """What was shown of the person's own data in a job's folder; None where that is not known."""
    try:
        found: Glimpse = json.loads((folder / GLIMPSE).read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _plain(name: str) -> str:
    """A name that no command takes for an option, and no file system refuses."""
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".-")[-80:].lstrip(".-") or UNNAMED
