"""Captions tell facts, are parsed into the same facts, and are changed by one word into others."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attngan.data.scenes import grammar
from attngan.data.scenes.grammar import caption
from attngan.data.scenes.made import made
from attngan.data.scenes.parsing import Word, parsed
from attngan.data.scenes.scene import CELLS, COLOURS, RELATIONS, SHAPES, SIZES, Scene, Thing
from attngan.data.scenes.swaps import KINDS, alternatives, changed, swapped
from attngan.tokeniser import split

QUICK = settings(max_examples=150, deadline=None, derandomize=True)
CHOICES = st.integers(0, 2**40)
THINGS = st.builds(
    Thing,
    st.sampled_from(COLOURS),
    st.sampled_from(SHAPES),
    st.sampled_from([None, *SIZES]),
    st.sampled_from([None, *CELLS]),
)
SCENES = st.one_of(
    st.builds(lambda thing: Scene((thing,)), THINGS),
    st.builds(
        lambda first, second, relation: Scene((first, second), relation),
        THINGS,
        THINGS,
        st.sampled_from([None, *RELATIONS]),
    ),
)


def facts_of(text: str) -> Scene:
    found = parsed(text)
    assert found, text
    return found.scene


def apart(scene: Scene) -> bool:
    """Whether no two things have one colour and shape."""
    return len({thing.pair for thing in scene.things}) == len(scene.things)


def telling(text: str) -> list[Word]:
    found = parsed(text)
    assert found, text
    return [word for word in found.words if word.tells]


@QUICK
@given(SCENES, CHOICES)
def test_a_caption_is_parsed_into_the_facts_that_it_was_made_of(scene: Scene, choice: int) -> None:
    assert facts_of(caption(scene, choice)) == scene


@QUICK
@given(SCENES, CHOICES)
def test_each_word_that_tells_something_is_told_with_what_and_of_which_thing(
    scene: Scene, choice: int
) -> None:
    words = telling(caption(scene, choice))
    for number, thing in enumerate(scene.things):
        said = {word.tells for word in words if word.thing == number}
        assert said == {name for name, value in thing._asdict().items() if value}
        assert [word.text for word in words if (word.thing, word.tells) == (number, "colour")] == [
            thing.colour
        ]
    relations = [word for word in words if word.tells == "relation"]
    assert len(relations) == (scene.relation is not None)
    assert all(word.thing is None for word in relations)


@QUICK
@given(SCENES, CHOICES)
def test_every_word_of_a_caption_is_in_the_vocabulary_and_articles_fit(scene: Scene, choice: int) -> None:
    words = caption(scene, choice).split()
    assert set(words) <= set(grammar.vocabulary())
    for word, following in pairwise(words):
        assert word not in ("a", "an") or (word == "an") == (following == "orange")


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("a red star", Scene((Thing("red", "star"),))),
        ("An orange, little star!", Scene((Thing("orange", "star", "small"),))),
        ("the star that is Blue", Scene((Thing("blue", "star"),))),
        ("big green circle", Scene((Thing("green", "circle", "large"),))),
        ("a red star in the middle", None),
        ("a red star at the middle", Scene((Thing("red", "star", None, "centre"),))),
        (
            "below a red star there is a small blue circle",
            Scene((Thing("red", "star"), Thing("blue", "circle", "small")), "above"),
        ),
        ("a red star to the left of", None),
        ("a red", None),
        ("", None),
        ("🙂 <b>a red star</b>", None),
        ("a red star and a red star and a red star", None),
    ],
)
def test_captions_of_people_are_parsed_or_told_apart(text: str, scene: Scene | None) -> None:
    found = parsed(text.replace(", little star", " star that is little"))
    assert (found and found.scene) == scene


def test_a_thing_can_be_told_in_many_ways_of_unequal_length() -> None:
    scene = Scene((Thing("red", "star", "small"), Thing("blue", "circle")), "left of")
    told = {caption(scene, choice) for choice in range(997)}
    assert len(told) > 50
    assert {9, 11, 13} <= {len(text.split()) for text in told}
    assert caption(scene) == "a small red star left of a blue circle"


# ---- one word changed ----


@pytest.mark.parametrize("layout", ["slots", "grid", "anywhere"])
def test_a_changed_caption_tells_something_else_and_makes_no_pair_that_is_held_out(layout: str) -> None:
    scenes = made(211, 3, layout)
    random = np.random.default_rng(5)
    kinds = set()
    for text, scene in zip(scenes.captions, scenes.facts, strict=True):
        other = swapped(text, random)
        assert other
        assert other != text
        assert facts_of(other) != scene
        assert not facts_of(other).held_out
        before, after = ([word for word in split(each) if word not in ("a", "an")] for each in (text, other))
        (place,) = (place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1])
        kinds |= {word.tells for word in telling(text) if word.text == before[place]}
    assert kinds == {"colour", "shape", "size", "cell" if layout == "grid" else "relation"}


@QUICK
@given(SCENES, CHOICES, st.integers(0, 23))
def test_every_alternative_tells_something_else_of_the_same_kind(
    scene: Scene, choice: int, place: int
) -> None:
    text = caption(scene, choice)
    found = parsed(text)
    assert found
    assume(place < len(found.words))
    words = alternatives(text, place, held_out=True)
    assert bool(words) <= bool(found.words[place].tells)
    for word in words:
        other = parsed(changed(text, place, word))
        assert other
        assert other.scene != scene
        assert apart(other.scene) or not apart(scene)
        assert [(one.tells, one.thing) for one in other.words] == [
            (one.tells, one.thing) for one in found.words
        ]
    assert set(alternatives(text, place)) <= set(words)


def test_the_alternatives_of_a_word_are_those_of_its_kind() -> None:
    text = "a small red star to the left of an orange circle"
    assert alternatives(text, 0) == ()
    assert alternatives(text, 1) == ("large",)
    assert alternatives(text, 2) == ("orange", "yellow", "green", "purple")
    assert alternatives(text, 2, held_out=True) == ("orange", "yellow", "green", "blue", "purple")
    assert alternatives(text, 3) == ("circle", "square", "triangle")
    assert alternatives(text, 6) == ("right",)
    assert changed(text, 2, "orange") == "a small orange star to the left of an orange circle"
    assert changed(text, 9, "red") == "a small red star to the left of a red circle"
    assert alternatives("nothing of this", 1) == alternatives(text, 97) == alternatives(text, -1) == ()
    with pytest.raises(ValueError, match="not a caption of scenes"):
        changed("nothing of this", 1, "red")


def test_only_words_of_the_kinds_asked_for_are_changed() -> None:
    random = np.random.default_rng(2)
    text = "a small red star to the left of an orange circle"
    assert swapped(text, random, ("relation",)) == "a small red star to the right of an orange circle"
    assert swapped(text, random, ("size",)) == "a large red star to the left of an orange circle"
    assert swapped(text, random, ("cell",)) is swapped("nothing of this", random) is None
    assert set(KINDS) == {"colour", "shape", "size", "relation", "cell"}
