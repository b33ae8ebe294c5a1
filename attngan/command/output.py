"""The file that a command writes, as --out names it."""

from pathlib import Path

from attngan.errors import AttnGanError
from attngan.storage import write_file


def check(out: Path, *endings: str) -> None:
    """Raise AttnGanError unless the name ends in one of these, capitals or not, and is not a folder's."""
    if out.suffix.lower() not in endings:
        raise AttnGanError(f"--out must end in {' or '.join(endings)}, not {out.name!r:.80}.")
    if out.is_dir():
        raise AttnGanError(f"--out {out} is a folder: give the name of a file.")


def write(out: Path, data: bytes) -> None:
    """Make the file, and the folders above it; raises AttnGanError where that cannot be."""
    try:
        write_file(out, data)
    except (OSError, ValueError) as error:  # ValueError: a null character
        why = getattr(error, "strerror", None) or error
        raise AttnGanError(f"--out {out} cannot be written: {why}.") from error
