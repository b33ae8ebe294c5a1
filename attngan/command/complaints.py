"""What a person is told of an error: one line."""

from attngan.errors import AttnGanError
from attngan.storage import FULL
from attngan.text import one_line

LONGEST = 600  # characters
# What torch says, as a RuntimeError, where there is no memory for a tensor.
TORCH_MEMORY = ("can't allocate memory", "not enough memory")


def complaint(error: BaseException) -> str:
    """What was wrong and what to do, in at most LONGEST characters."""
    said = one_line(_sentence(error))
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 3]}..."


def _sentence(error: BaseException) -> str:
    match error:
        case AttnGanError():
            return str(error)
        case MemoryError():
            return "There is not enough memory for this: ask for less, or end other programs."
        case RuntimeError() if any(words in str(error) for words in TORCH_MEMORY):
            return _sentence(MemoryError())
        case OSError():
            more = ": make room there" if error.errno in FULL else ""
            return f"{error.filename or 'A file'!s:.300}: {error.strerror or error}{more}."
    what = f"{type(error).__name__}: {error}"
    return (
        f"This should not have happened ({what:.300}). Please report it, with the command and what that says "
        "where ATTNGAN_DEBUG=1 is set."
    )
