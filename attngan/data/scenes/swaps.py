"""One word of a caption changed, so that it tells something else.

A critic must learn to notice that, and a person tries it. A changed caption is never true of the picture of
the first one.
"""

from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from attngan.data.scenes.grammar import mended
from attngan.data.scenes.parsing import TURNED, Parsed, Word, parsed
from attngan.data.scenes.scene import CELLS, COLOURS, HELD_OUT, SHAPES, SIZES

KINDS = ("colour", "shape", "size", "relation", "cell")  # of words that can be changed
_OFTEN = (0.08, 0.62, 0.7, 1.0)  # share of a network's lessons that change a kind up to each of these
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
    match told.words[place]:
        case Word(text=text, tells="relation"):
            return (TURNED[text],)
        case Word(tells="cell"):
            return tuple(word for word in _WORDS_OF_CELLS if _frees_a_cell(told, place, word))
        case Word(tells=("colour" | "shape" | "size") as kind, thing=int(number)):
            return tuple(_others(told, kind, number, held_out))
    return ()


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
    possible = [found for kind in kinds if (found := _changes(caption, kind))]
    if not possible:
        return None
    places = possible[random.integers(len(possible))]
    place, words = places[random.integers(len(places))]
    return changed(caption, place, words[random.integers(len(words))])


def falsified(caption: str, random: np.random.Generator) -> str | None:
    """The caption with one word changed: often its shape or its relation, which are learnt last."""
    first = KINDS[bisect(_OFTEN, random.random())]
    return swapped(caption, random, (first,)) or swapped(caption, random)


@lru_cache(2**16)
def _changes(caption: str, kind: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The places of words of this kind that can be changed, no pair held out, and what can stand there."""
    told = parsed(caption)
    places = [place for place, word in enumerate(told.words if told else ()) if word.tells == kind]
    return tuple((place, words) for place in places if (words := alternatives(caption, place)))


def _others(told: Parsed, kind: str, number: int, held_out: bool) -> Iterator[str]:
    """What colour, shape or size the thing of this number can have instead.

    Two things of one colour and shape could not be told apart.
    """
    thing = told.scene.things[number]
    taken = [each.pair for at, each in enumerate(told.scene.things) if at != number]
    if not held_out:
        if not HELD_OUT.isdisjoint(taken):
            return
        taken += HELD_OUT
    match kind:
        case "colour":
            pairs = {colour: (colour, thing.shape) for colour in COLOURS if colour != thing.colour}
        case "shape":
            pairs = {shape: (thing.colour, shape) for shape in SHAPES if shape != thing.shape}
        case _:
            pairs = {size: thing.pair for size in SIZES if size != thing.size}
    yield from (word for word, pair in pairs.items() if pair not in taken)


def _frees_a_cell(told: Parsed, place: int, word: str) -> bool:
    """Whether with this word at this place its thing lies in another cell, in which none lies."""
    old = told.words[place]
    cell = " ".join(
        word if at == place else each.text
        for at, each in enumerate(told.words)
        if (each.tells, each.thing) == ("cell", old.thing)
    )
    return cell in CELLS and cell not in [thing.cell for thing in told.scene.things]
