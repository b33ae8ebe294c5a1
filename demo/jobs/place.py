"""Where trainings of the page run and are kept, and whether they outlast the server's computer."""

import os
import stat
import sys
import tempfile
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from attngan.errors import AttnGanError
from attngan.run.addresses import backend_at
from attngan.run.backends import Backend, Local

SETTING = "ATTNGAN_RUNS"
KEEP = "ATTNGAN_KEEP"  # see demo.jobs.keeping
KEPT = ".kept"  # in the folder of trainings: there while they are kept
DELETED = ".deleted"  # in it: which a person has deleted that are still kept
WHERE = "ATTNGAN_WHERE"
LENDS = "SPACES_ZERO_GPU"  # "true" where a host lends an accelerator (demo.jobs.lent)
NICENESS = 6  # a quarter of the share of what a person looks at: a training is still worth watching


def runs_folder() -> Path:
    """Where trainings of the page are kept: $ATTNGAN_RUNS, or a folder of the platform's user data.

    Where that one cannot be written, a folder for temporary files, which the log then tells.
    """
    given = os.environ.get(SETTING)
    return Path(given).expanduser() if given else _usual(user_data_path("attngan", appauthor=False))


def is_lent() -> bool:
    """Whether there is an accelerator for a minute at a time alone."""
    return os.environ.get(LENDS) == "true"


def where_to_run() -> Backend:
    """Where trainings of the page run: at $ATTNGAN_WHERE, or in processes of this computer.

    Raises AttnGanError where that names no place.
    """
    if is_lent() and not os.environ.get(WHERE):
        from demo.jobs.lent import Lent  # it wants to be there before torch, where it is wanted at all

        return Lent(NICENESS)
    try:
        return backend_at(os.environ.get(WHERE) or Local.name, NICENESS, waits=False)
    except AttnGanError as error:
        raise AttnGanError(f"{WHERE}: {error}") from error


def is_fleeting() -> bool:
    """Whether trainings are lost when the server's computer restarts: a hosted Space keeps nothing but what
    lies on a drive of its own, which somebody has to name.
    """
    if os.environ.get(SETTING) or (os.environ.get(KEEP) and (runs_folder() / KEPT).exists()):
        return False
    return "SPACE_ID" in os.environ or Path(tempfile.gettempdir()) in runs_folder().parents


@cache
def _usual(data: Path) -> Path:
    """`data`/runs, or where nothing can be written there a folder of this user among temporary files."""
    if _can_write(data / "runs"):
        return data / "runs"
    base = Path(tempfile.gettempdir()) / f"attngan-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    if not _is_own(base) or not _can_write(base / "runs"):
        raise AttnGanError(
            f"Neither {data} nor {base} is this user's to write: name a folder for trainings by {SETTING}."
        )
    os.environ.setdefault("MPLCONFIGDIR", str(base / "matplotlib"))  # else it complains of the home, too
    print(  # noqa: T201 - an operator reads it
        f"{data} cannot be written, so trainings are kept in {base / 'runs'} and lost with the computer's "
        f"next start: name another folder by {SETTING}.",
        file=sys.stderr,
    )
    return base / "runs"


def _is_own(folder: Path) -> bool:
    """Whether the folder, which others can see, is this user's alone; made where it is not there."""
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        found = folder.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o77)
    return stat.S_ISDIR(found.st_mode) and mine


def _can_write(folder: Path) -> bool:
    """Whether the folder is there, or can be made, and can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True
