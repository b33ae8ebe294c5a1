"""Scenes are made by chance, the same for the same seed, and drawn as their facts say."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from attngan.data.scenes.drawing import GROUND, PALETTE, drawn
from attngan.data.scenes.made import Scenes, made
from attngan.data.scenes.placement import LAYOUTS
from attngan.data.scenes.scene import (
    CELLS,
    COLOURS,
    HELD_OUT,
    PAIRS,
    RELATIONS,
    SHAPES,
    SIZES,
    Scene,
    Things,
    cell_of,
    relation_of,
)
from attngan.data.scenes.shapes import RADII, covers, window
from attngan.errors import AttnGanError


@pytest.fixture(scope="module", params=[*LAYOUTS])
def scenes(request: pytest.FixtureRequest) -> Scenes:
    return made(509, 7, request.param)


def one(colour: int, shape: int, size: int, x: float, y: float) -> Things:
    whole = [np.array([[number]]) for number in (colour, shape, size)]
    return Things(*whole, np.array([[x]]), np.array([[y]]))


def test_the_same_seed_gives_the_same_scenes_and_another_one_others() -> None:
    first, again, other = made(53, 11), made(53, 11), made(53, 13)
    assert first.facts == again.facts
    assert first.captions == again.captions
    assert (first.pictures(32) == again.pictures(32)).all()
    assert first.captions != other.captions


def test_half_the_scenes_have_two_things_unless_asked_otherwise() -> None:
    assert 0.4 < np.mean([len(scene.things) == 2 for scene in made(503, 2).facts]) < 0.6
    for things in (1, 2):
        scenes = made(101, 2, things=things)
        assert {len(scene.things) for scene in scenes.facts} == {things}
        assert ((scenes.things.colour >= 0).sum(1) == things).all()


def test_no_scene_to_learn_from_has_a_pair_that_is_held_out_and_all_others_are_there(scenes: Scenes) -> None:
    pairs = Counter(thing.pair for scene in scenes.facts for thing in scene.things)
    assert set(pairs) == set(PAIRS) - HELD_OUT
    assert min(pairs.values()) > 15
    assert {colour for colour, _ in HELD_OUT} | {shape for _, shape in HELD_OUT} <= {
        word for pair in pairs for word in pair
    }


@pytest.mark.parametrize("things", [1, 2])
def test_every_held_out_scene_has_such_a_pair_and_all_of_them_occur(things: int) -> None:
    facts = made(307, 3, things=things, held_out=True).facts
    assert all(scene.held_out for scene in facts)
    assert {thing.pair for scene in facts for thing in scene.things} >= HELD_OUT
    places = {
        number for scene in facts for number, thing in enumerate(scene.things) if thing.pair in HELD_OUT
    }
    assert places == set(range(things))


def test_two_things_are_never_of_one_colour_and_shape(scenes: Scenes) -> None:
    assert all(len({thing.pair for thing in scene.things}) == len(scene.things) for scene in scenes.facts)


def test_what_is_drawn_is_what_the_facts_say(scenes: Scenes) -> None:
    relation, cell = relation_of(scenes.things.x, scenes.things.y), cell_of(scenes.things.x, scenes.things.y)
    for row, scene in enumerate(scenes.facts):
        for number, thing in enumerate(scene.things):
            assert COLOURS[scenes.things.colour[row, number]] == thing.colour
            assert SHAPES[scenes.things.shape[row, number]] == thing.shape
            assert thing.size in (None, SIZES[scenes.things.size[row, number]])
            assert thing.cell in (None, CELLS[cell[row, number]])
        assert scene.relation in (None, RELATIONS[relation[row]])


def test_each_layout_says_what_can_be_said_of_it() -> None:
    slots, grid, anywhere = (made(211, 2, layout, things=2).facts for layout in LAYOUTS)
    assert {scene.relation for scene in slots} == set(RELATIONS)
    assert {scene.relation for scene in anywhere} == {None, *RELATIONS}
    assert {scene.relation for scene in grid} == {None}
    assert {thing.cell for scene in grid for thing in scene.things} == set(CELLS) - {"centre"}
    assert {scene.things[0].cell for scene in made(211, 2, "grid", things=1).facts} == set(CELLS)


def test_things_lie_within_the_picture_and_apart(scenes: Scenes) -> None:
    masks = scenes.masks(32)
    assert masks.shape == (509, 2, 32, 32)
    assert not masks.all(1).any()
    two = scenes.things.colour[:, 1] >= 0
    assert (masks[:, 0].any((1, 2))).all()
    assert (masks[:, 1].any((1, 2)) == two).all()
    wide = masks[two, 0]
    around = wide | np.roll(wide, 1, 1) | np.roll(wide, -1, 1) | np.roll(wide, 1, 2) | np.roll(wide, -1, 2)
    assert not (around & masks[two, 1]).any()  # never side by side
    assert masks[:, :, [0, -1]].mean() < 0.01
    assert masks[..., [0, -1]].mean() < 0.01


def test_a_mask_is_where_the_colour_is(scenes: Scenes) -> None:
    pictures, masks = scenes.pictures(32), scenes.masks(32)
    for number in (0, 1):
        rows = scenes.things.colour[:, number] >= 0
        colours = PALETTE[scenes.things.colour[rows, number]]
        inner = masks[rows, number]
        for shift, axis in ((1, 1), (-1, 1), (1, 2), (-1, 2)):
            inner = inner & np.roll(masks[rows, number], shift, axis)
        picture, y, x = np.nonzero(inner)
        assert np.abs(pictures[rows][picture, y, x] - colours[picture]).mean() < 5
    ground = ~masks.any(1)
    assert np.abs(pictures[ground].astype(float) - GROUND).mean() < 5


def test_captions_are_of_unequal_length(scenes: Scenes) -> None:
    lengths = {len(text.split()) for text in scenes.captions}
    assert min(lengths) <= 6
    assert max(lengths) >= 16


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_a_shape_is_as_large_as_its_size_says_and_moves_with_its_middle(shape: int) -> None:
    areas = covers(64)[shape, :, 0, 0].sum((1, 2))
    assert areas[1] / areas[0] == pytest.approx((RADII[1] / RADII[0]) ** 2, rel=0.01)
    middle = drawn(one(3, shape, 0, 0.5, 0.5), 64)
    assert (np.roll(middle, (5, 7), (1, 2)) == drawn(one(3, shape, 0, 0.5 + 7 / 64, 0.5 + 5 / 64), 64)).all()
    level = drawn(one(3, shape, 1, 0.5, 0.5), 32).astype(float)[0].sum(-1) - GROUND.sum()
    there = np.abs(level) / np.abs(level).sum()
    assert (there.sum(0) @ (np.arange(32) + 0.5), there.sum(1) @ (np.arange(32) + 0.5)) == (
        pytest.approx(16, abs=0.1),
        pytest.approx(16, abs=0.1),
    )
    assert window(64) % 2 == 1


def test_a_larger_picture_shows_the_same() -> None:
    scenes = made(53, 2)
    large = scenes.pictures(64).reshape(53, 32, 2, 32, 2, 3).mean((2, 4))
    assert np.abs(large - scenes.pictures(32)).mean() < 1.5


def test_edges_are_anti_aliased() -> None:
    levels = [
        len(np.unique(picture.reshape(-1, 3), axis=0)) for picture in made(23, 2, things=1).pictures(32)
    ]
    assert min(levels) > 3  # ground, colour, and between


def test_pictures_too_small_to_tell_shapes_apart_are_refused() -> None:
    with pytest.raises(AttnGanError, match="16 pixels or more, not 15"):
        made(7).pictures(15)


def test_relations_and_cells_are_those_of_the_middles() -> None:
    x, y = np.array([[0.2, 0.7], [0.7, 0.2], [0.5, 0.4], [0.4, 0.5]]), np.array([[0.5, 0.4], [0.4, 0.5]] * 2)
    y[2:] = [[0.2, 0.7], [0.7, 0.2]]
    assert [RELATIONS[number] for number in relation_of(x, y)] == [*RELATIONS]
    middles = np.array([0.1, 0.5, 0.9])
    cells = cell_of(np.tile(middles, 3), np.repeat(middles, 3))
    assert [CELLS[number] for number in cells] == [*CELLS]
    assert [pair for pair in pairwise(cells) if pair[1] != pair[0] + 1] == []


def test_a_scene_without_pairs_that_are_held_out_says_so() -> None:
    assert not Scene(made(1).facts[0].things).held_out
