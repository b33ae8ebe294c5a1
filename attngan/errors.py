"""The one error that is meant to be read by a person, and what may stand in it."""

import re

MOST_CHARACTERS = 500  # of a message
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # controls, and halves of characters


class AttnGanError(Exception):
    """What was wrong, where, and what to do, in one or two sentences shown to the person as they are.

    A message often repeats what was given, which may be anything: it is told in MOST_CHARACTERS at most.
    """

    def __str__(self) -> str:
        return short(super().__str__())


def short(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text in `most` characters at most, of which all can be written; what is too much is its middle."""
    first, last = most * 2 // 3, most // 3 - 3
    if len(text) > most:
        text = f"{text[:first]} … {text[-last:]}"
    escaped = UNWRITABLE.sub(lambda found: ascii(found[0])[1:-1], text)
    return escaped if escaped == text else escaped[:most]


def shown(value: object, most: int = 80) -> str:
    """A value as Python writes it, or the beginning of that; where it cannot be written, its type alone."""
    part = value[:most] if isinstance(value, str | bytes | list | tuple) else value
    try:
        return f"{part!r:.{most}}"
    except (ValueError, RecursionError):  # a number of too many digits, a list of too many in each other
        return f"a value of the type {type(value).__name__}"
