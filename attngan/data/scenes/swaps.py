"""One word of a caption changed, so that it tells something else.

A critic must learn to notice that, and a person tries it. A changed caption is never true of the picture of
the first one.
"""

from bisect import bisect
from functools import lru_cache

import numpy as np

from attngan.data.scenes.grammar import mended
from attngan.data.scenes.parsing import TURNED, Parsed, Word, parsed
from attngan.data.scenes.scene import CELLS, COLOURS, HELD_OUT, SHAPES, SIZES

KINDS = ("colour", "shape", "size", "relation", "cell")  # of words that can be changed
_OFTEN = (0.08, 0.7, 0.78, 1.0)  # share of a network's lessons that change a kind up to each of these
_WORDS_OF_CELLS = tuple(dict.fromkeys(word for cell in CELLS for word in cell.split()))


def alternatives(caption: str, place: int, held_out: bool = False) -> tuple[str, ...]:
    """The words that can stand in place of this one so that the caption tells something else of the same
    kind.

    Without `held_out` none makes a pair of colour and shape that is held out. Empty for a word that tells
    nothing, and for a caption of another grammar.
    """
    told = parsed(caption)
    if told is None or not 0 <= place < len(told.words):
        return ()
    return tuple(word for word in _same_kind(told.words[place]) if _fits(told, place, word, held_out))


def changed(caption: str, place: int, word: str) -> str:
    """The caption with another word at this place, and with "a" or "an" before it as it asks for."""
    told = parsed(caption)
    if told is None:
        raise ValueError(f"not a caption of scenes: {caption!r:.80}")
    words = [each.text for each in told.words]
    return mended(" ".join([*words[:place], word, *words[place + 1 :]]))


def swapped(caption: str, random: np.random.Generator, kinds: tuple[str, ...] = KINDS) -> str | None:
    """The caption with one word of these kinds changed by chance, no pair held out; None where none can be.

    Each kind that the caption has comes as often as another.
    """
    found = _changes(caption)
    possible = [found[kind] for kind in kinds if kind in found]
    if not possible:
        return None
    places = possible[random.integers(len(possible))]
    place, words = places[random.integers(len(places))]
    return changed(caption, place, words[random.integers(len(words))])


def falsified(caption: str, random: np.random.Generator) -> str | None:
    """The caption with one word changed: often its shape or its relation, which are learnt last."""
    first = KINDS[bisect(_OFTEN, random.random())]
    return swapped(caption, random, (first,)) or swapped(caption, random)


@lru_cache(2**15)
def _changes(caption: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """By kind the places of the words that can be changed, no pair held out, and what can stand there."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    told = parsed(caption)
    for place, word in enumerate(told.words if told else ()):
        if words := alternatives(caption, place):
            found.setdefault(word.tells, []).append((place, words))
    return found


def _same_kind(word: Word) -> tuple[str, ...]:
    match word.tells:
        case "colour":
            return COLOURS
        case "shape":
            return SHAPES
        case "size":
            return SIZES
        case "relation":
            return (TURNED[word.text],)
        case "cell":
            return _WORDS_OF_CELLS
    return ()


def _fits(told: Parsed, place: int, word: str, held_out: bool) -> bool:
    """Whether this word makes it a caption of other facts, and as allowed of no pair held out.

    Two things of one colour and shape could not be told apart, and two in one cell not be drawn.
    """
    old, things = told.words[place], [*told.scene.things]
    if old.thing is None:
        return True  # a relation turned
    others = [thing for number, thing in enumerate(things) if number != old.thing]
    if old.tells == "cell":
        words = [word if number == place else each.text for number, each in enumerate(told.words)]
        cell = " ".join(
            text
            for text, each in zip(words, told.words, strict=True)
            if (each.tells, each.thing) == ("cell", old.thing)
        )
        return cell in CELLS and cell not in [thing.cell for thing in things]
    thing = things[old.thing]._replace(**{old.tells: word})
    allowed = held_out or not any(each.pair in HELD_OUT for each in (thing, *others))
    return thing != things[old.thing] and thing.pair not in [each.pair for each in others] and allowed
