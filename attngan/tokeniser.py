"""Captions as the words that a network knows; of one that it does not, the nearest that it does."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from attngan.errors import AttnGanError

PADDING, UNKNOWN = "", "?"  # the first two words of every vocabulary; no caption can hold them
KNOWN = 2  # the code of the first word after these
MOST_WORDS = 48  # of a caption that are read
MOST_LETTERS = 32  # of a word that are looked at
MOST_KNOWN = 8192  # words of a vocabulary
MOST_CHARACTERS = 100_000  # of a caption that are split
_MOST_ADVICE = 8  # unknown words of a caption for which a known one is looked for
# Scripts that are written without spaces, so that each character counts as a word.
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
_INNER = "'’-_"  # part of a word between two of its letters
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['_-]+[a-z0-9]+)*")


class Piece(NamedTuple):
    """A word of a caption: the word, and from which character to which it was written."""

    word: str
    start: int
    stop: int


class Read(NamedTuple):
    """A word of a caption as a network reads it."""

    written: str
    word: str  # UNKNOWN where it is not known
    nearest: str  # the known word that it is like, "" where it is known itself or like none


class Reading(NamedTuple):
    """A caption as a network reads it, and how many words behind these it does not."""

    words: tuple[Read, ...]
    left_out: int


@dataclass(frozen=True)
class Tokeniser:
    """Reads captions as the words of a vocabulary, which begins with PADDING and UNKNOWN."""

    vocabulary: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.vocabulary[:2] != (PADDING, UNKNOWN) or len(set(self.vocabulary)) != len(self.vocabulary):
            raise ValueError("a vocabulary begins with padding and the unknown word, and has each word once")

    @staticmethod
    def of(captions: Iterable[str], most: int = MOST_KNOWN) -> "Tokeniser":
        """The one that knows these captions' words, of more than `most` the most frequent ones."""
        counts = Counter(chain.from_iterable(split(caption)[:MOST_WORDS] for caption in captions))
        common = sorted(counts, key=lambda word: (-counts[word], word))[: most - 2]
        return Tokeniser((PADDING, UNKNOWN, *sorted(common)))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.vocabulary[2:])

    def tokens(self, caption: str) -> tuple[str, ...]:
        """The words of a caption, MOST_WORDS at most, with UNKNOWN in place of those that are not known."""
        return tuple(word if word in self._known else UNKNOWN for word in split(caption)[:MOST_WORDS])

    def read(self, caption: str) -> Reading:
        """A person's caption, word by word; raises AttnGanError where it has none that is known."""
        pieces = pieces_of(caption)
        if not pieces:
            raise AttnGanError("The caption has no words: write what the picture is to show.")
        words = []
        advised = 0
        for word, start, stop in pieces[:MOST_WORDS]:
            written = caption[start : min(stop, start + MOST_LETTERS)]
            if word in self._known:
                words.append(Read(written, word, ""))
                continue
            advised += 1
            words.append(Read(written, UNKNOWN, self.nearest(word) if advised <= _MOST_ADVICE else ""))
        if all(read.word == UNKNOWN for read in words):
            near = ", ".join(dict.fromkeys(read.nearest for read in words if read.nearest))
            advice = f"did you mean {near}?" if near else f"it knows {_some(self.vocabulary[2:])}."
            raise AttnGanError(f"The model knows none of the words of this caption: {advice}")
        return Reading(tuple(words), len(pieces) - len(words))

    def nearest(self, word: str) -> str:
        """The known word that is most like this one, "" where none is."""
        return _nearest(self.vocabulary, word)


@lru_cache(2**12)
def _nearest(vocabulary: tuple[str, ...], word: str) -> str:
    alike = [known for known in vocabulary[2:] if abs(len(known) - len(word)) <= 1 + len(word) // 3]
    return next(iter(difflib.get_close_matches(word, alike, n=1)), "")


def split(caption: str) -> tuple[str, ...]:
    """The words of a caption in small letters (NFKC, case folded)."""
    caption = caption[:MOST_CHARACTERS]
    if caption.isascii():  # most are, and this is many times faster
        return tuple(word[:MOST_LETTERS] for word in _ASCII_WORD.findall(caption.casefold()))
    return tuple(piece.word for piece in pieces_of(caption))


def pieces_of(caption: str) -> list[Piece]:
    """The words of a caption and where they are written.

    Letters and numbers with their marks make a word, also with an apostrophe or a hyphen between them; a
    Chinese or Japanese character is a word, and so is a pictograph. All else separates.
    """
    found: list[Piece] = []
    start = -1  # of the word that is being read
    caption = caption[:MOST_CHARACTERS]
    for place, letter in enumerate(f"{caption} "):
        kind = unicodedata.category(letter)
        alone = kind == "So" or (
            not letter.isascii() and any(first <= letter <= last for first, last in _UNSPACED)
        )
        goes_on = not alone and (kind[0] in "LNM" or (start >= 0 and letter in _INNER))
        if start >= 0 and not goes_on:
            found.append(_piece(caption, start, place))
            start = -1
        if alone:
            found.append(_piece(caption, place, place + 1))
        elif goes_on and start < 0 and kind[0] != "M":
            start = place
    return [piece for piece in found if piece.word]


def _piece(caption: str, start: int, stop: int) -> Piece:
    written = caption[start:stop].rstrip(_INNER)
    word = unicodedata.normalize("NFKC", written[:MOST_LETTERS]).casefold()[:MOST_LETTERS]
    return Piece(word, start, start + len(written))


def _some(words: tuple[str, ...]) -> str:
    """A few of the words, evenly spread, and how many there are besides."""
    some = words[:: max(1, -(-len(words) // 8))]
    more = len(words) - len(some)
    return ", ".join(some) + (f" and {more} more" if more else "")
