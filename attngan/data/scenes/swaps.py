"""One word of a caption changed, so that it tells something else.

A critic must learn to notice that, and a person tries it. A changed caption is never true of the picture of
the first one.
"""

import numpy as np

from attngan.data.scenes.grammar import SAID, mended
from attngan.data.scenes.parsing import TURNED, Parsed, Word, parsed
from attngan.data.scenes.scene import CELLS, COLOURS, SHAPES, SIZES

KINDS = ("colour", "shape", "size", "relation", "cell")  # of words that can be changed
_PLAIN = {"colour": COLOURS, "shape": SHAPES}


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
    return _with(told, place, word)


def swapped(caption: str, random: np.random.Generator, kinds: tuple[str, ...] = KINDS) -> str | None:
    """The caption with one word of these kinds changed by chance, no pair held out; None where none can
    be.
    """
    told = parsed(caption)
    if told is None:
        return None
    there = {word.tells for word in told.words}
    for kind in random.permutation([kind for kind in kinds if kind in there]):
        places = [place for place, word in enumerate(told.words) if word.tells == kind]
        for place in random.permutation(places):
            if words := alternatives(caption, int(place)):
                return _with(told, int(place), words[random.integers(len(words))])
    return None


def _same_kind(word: Word) -> tuple[str, ...]:
    if word.tells in _PLAIN:
        return _PLAIN[word.tells]
    if word.tells == "size":
        (other,) = (size for size in SIZES if word.text not in SAID[size])
        return (other,)
    if word.tells == "relation":
        return (TURNED[word.text],)
    if word.tells == "cell":
        return tuple(dict.fromkeys(" ".join(CELLS).split()))
    return ()


def _with(told: Parsed, place: int, word: str) -> str:
    words = [each.text for each in told.words]
    return mended(" ".join([*words[:place], word, *words[place + 1 :]]))


def _fits(told: Parsed, place: int, word: str, held_out: bool) -> bool:
    """Whether the caption with this word is one of the grammar, of other facts, and as allowed of no pair
    held out.

    Two things of one colour and shape could not be told apart.
    """
    other = parsed(_with(told, place, word))
    if other is None or other.scene == told.scene:
        return False
    pairs = [thing.pair for thing in other.scene.things]
    cells = [thing.cell for thing in other.scene.things if thing.cell]
    apart = len(set(pairs)) == len(pairs) and len(set(cells)) == len(cells)
    return apart and (held_out or not other.scene.held_out)
