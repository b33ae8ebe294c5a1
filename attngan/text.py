"""Text that can be written anywhere: names of files may hold bytes that are no text at all."""

import io
import sys
import unicodedata
from typing import Any


def writable(value: Any) -> Any:
    """The value with "?" for what no file can hold in the texts in it; also inside dicts, lists and tuples.

    A file's name in another encoding than the system's reaches Python with such characters (PEP 383).
    """
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {writable(name): writable(one) for name, one in value.items()}
        case list():
            return [writable(one) for one in value]
        case tuple():
            return tuple(writable(one) for one in value)
    return value


def printable(text: object) -> str:
    """The text with "?" for what a terminal would obey or cannot show; spaces of every width are spaces."""
    return "".join(
        letter if letter.isprintable() else " " if unicodedata.category(letter) == "Zs" else "?"
        for letter in str(text)
    )


def plain(text: str) -> str:
    """The text as networks read it: characters composed (Unicode's NFC), one space between two words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def one_line(text: str) -> str:
    """The same on one line, with one space between two words."""
    return printable(" ".join(text.split()))


def forgive_output() -> None:
    """Let standard output and error write "?" for what they cannot show: not all consoles know UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
