"""From a caption to the facts that it tells, and what each of its words tells of which thing."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from attngan.data.scenes.grammar import ALONE, IN_CELL, SAID, THING, TOGETHER
from attngan.data.scenes.scene import CELLS, COLOURS, SHAPES, SIZES, Scene, Thing
from attngan.tokeniser import split

# Words of a relation, and those of its opposite.
TURNED = {
    "left": "right",
    "above": "below",
    "over": "under",
    "right": "left",
    "below": "above",
    "under": "over",
}
_USUAL = {said: word for word, several in SAID.items() for said in several}


class Word(NamedTuple):
    """A word of a caption: what it tells ("colour", "shape", "size", "cell", "relation", or "" for nothing)
    and the number of the thing of which it tells this, None where it is of none or of both.
    """

    text: str
    tells: str = ""
    thing: int | None = None


class Parsed(NamedTuple):
    """What a caption tells."""

    scene: Scene
    words: tuple[Word, ...]


@lru_cache(2**15)
def parsed(caption: str) -> Parsed | None:
    """The facts of a caption of this grammar, None for any other text.

    Capitals, punctuation and "a" or "an" do not matter, and articles may be missing.
    """
    words = split(caption)
    text = " ".join(words)
    for relation, sentence in _sentences():
        if not (found := sentence.fullmatch(text)):
            continue
        told = [thing for part in found.groups() if (thing := _thing(part))]
        if len(told) < len(found.groups()):
            continue
        marks = [_word(word, "relation" if relation and word in TURNED else "") for word in words]
        for number, (_, tells) in enumerate(told):
            first = text[: found.start(number + 1)].count(" ")
            last = first + found[number + 1].count(" ")
            for place in range(first, last + 1):
                what = tells.get(place - first, "")
                marks[place] = _word(words[place], what, number if what else None)
        return Parsed(Scene(tuple(thing for thing, _ in told), relation), tuple(marks))
    return None


@cache
def sorts() -> dict[str, str]:
    """What each word for a colour, a shape or a size tells: "colour", "shape" or "size"."""
    named = {"colour": COLOURS, "shape": SHAPES, "size": SIZES}
    usual = {word: sort for sort, words in named.items() for word in words}
    return usual | {said: usual[word] for said, word in _USUAL.items() if word in usual}


@cache
def _word(text: str, tells: str, thing: int | None = None) -> Word:
    """One value for all captions: there are many captions and few words."""
    return Word(text, tells, thing)


def _thing(text: str) -> tuple[Thing, dict[int, str]] | None:
    """The thing that a part of a caption tells of, and what its words tell by their places."""
    for form in _things():
        if found := form.fullmatch(text):
            said = {name: word for name, word in found.groupdict().items() if word}
            tells: dict[int, str] = {}
            for name, word in said.items():
                first = text[: found.start(name)].count(" ")
                tells |= {first + place: name for place in range(word.count(" ") + 1)}
            return Thing(**{name: _USUAL.get(word, word) for name, word in said.items()}), tells
    return None


@cache
def _things() -> tuple[re.Pattern[str], ...]:
    """How a thing can be told of."""
    told = {"size": SIZES, "colour": COLOURS, "shape": SHAPES, "cell": CELLS}
    marks = {name: f"(?P<{name}>{_any(words)})" for name, words in told.items()}
    texts = []
    for form in (*THING[False], *THING[True]):
        if form.startswith("a "):  # the others differ in the article alone
            thing = f"(?:(?:an?|one|the) )?{form[2:]}"
            texts += [thing, IN_CELL.format(thing=thing, cell="{cell}")]
    return tuple(re.compile(text.format(**marks)) for text in texts)


@cache
def _sentences() -> tuple[tuple[str | None, re.Pattern[str]], ...]:
    """How the things of a caption can stand together, and which relation that tells."""
    return tuple((relation, re.compile(form.format("(.+?)", "(.+?)"))) for relation, form in _forms())


def _forms() -> Iterator[tuple[str | None, str]]:
    yield from ((None, form) for form in ALONE)
    for relation, forms in TOGETHER.items():
        yield from ((relation, form) for form in forms)


def _any(words: tuple[str, ...]) -> str:
    said = [one for word in words for one in SAID.get(word, (word,))]
    return "|".join(sorted(said, key=len, reverse=True))
