"""The grammar of captions: facts told in words, in one of several phrasings.

A phrasing has a mark for each fact that it tells: {size}, {colour} and {shape} of a thing, {cell} where it
lies, {0} and {1} for whole things. attngan.data.scenes.parsing reads the same lists backwards.
"""

from collections.abc import Iterator
from itertools import pairwise

from attngan.data.scenes.scene import CELLS, COLOURS, SHAPES, SIZES, Scene, Thing

# How each word of the facts is said; the first is the usual.
SAID = {
    "small": ("small", "little"),
    "large": ("large", "big"),
    "centre": ("centre", "center", "middle"),
}

THING = {  # by whether the size is told
    False: ("a {colour} {shape}", "one {colour} {shape}", "a {shape} that is {colour}"),
    True: (
        "a {size} {colour} {shape}",
        "one {size} {colour} {shape}",
        "a {size} {shape} that is {colour}",
        "a {colour} {shape} that is {size}",
    ),
}
IN_CELL = "{thing} at the {cell}"
ALONE = (
    "{0}",
    "there is {0}",
    "here is {0}",
    "this is {0}",
    "a picture of {0}",
    "a picture that shows {0} and nothing else",
)
TOGETHER = {
    None: ("{0} and {1}", "there is {0} and {1}", "a picture of {0} and {1}"),
    "left of": (
        "{0} left of {1}",
        "{0} to the left of {1}",
        "there is {0} to the left of {1}",
        "to the right of {0} there is {1}",
    ),
    "right of": (
        "{0} right of {1}",
        "{0} to the right of {1}",
        "there is {0} to the right of {1}",
        "to the left of {0} there is {1}",
    ),
    "above": ("{0} above {1}", "{0} over {1}", "there is {0} above {1}", "below {0} there is {1}"),
    "below": ("{0} below {1}", "{0} under {1}", "there is {0} below {1}", "above {0} there is {1}"),
}


def caption(scene: Scene, choice: int = 0) -> str:
    """The scene in words: in the phrasing of this number, of which there are very many; 0 is a plain one."""
    forms = ALONE if len(scene.things) == 1 else TOGETHER[scene.relation]
    choice, number = divmod(choice, len(forms))
    told = []
    for thing in scene.things:
        choice, text = _thing(thing, choice)
        told.append(text)
    return mended(forms[number].format(*told))


def mended(caption: str) -> str:
    """The caption with "a" and "an" as the word behind each asks for."""
    words = caption.split()
    for place, (word, following) in enumerate(pairwise(words)):
        if word in ("a", "an"):
            words[place] = "an" if following[0] in "aeiou" else "a"
    return " ".join(words)


def vocabulary() -> tuple[str, ...]:
    """Every word that a caption can have, in order."""
    return tuple(sorted({"an", *(word for text in _texts() for word in text.split())}))


def _thing(thing: Thing, choice: int) -> tuple[int, str]:
    """The thing in words, and what is left of the choice."""
    forms = THING[thing.size is not None]
    choice, number = divmod(choice, len(forms))
    said = {}
    for name in ("size", "colour", "shape", "cell"):
        choice, said[name] = _said(getattr(thing, name), choice)
    text = forms[number].format(**said)
    if thing.cell is not None:
        text = IN_CELL.format(thing=text, cell=said["cell"])
    return choice, text


def _said(word: str | None, choice: int) -> tuple[int, str]:
    if word not in SAID:
        return choice, word or ""
    choice, number = divmod(choice, len(SAID[word]))
    return choice, SAID[word][number]


def _texts() -> Iterator[str]:
    """Every word that captions are made of, some together."""
    for forms in (*THING.values(), (IN_CELL,), ALONE, *TOGETHER.values()):
        yield from (" ".join(word for word in form.split() if "{" not in word) for form in forms)
    for words in (COLOURS, SHAPES, SIZES, CELLS, *SAID.values()):
        yield from words
