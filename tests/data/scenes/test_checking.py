"""Pictures are read back into facts, and captions checked against them, without a network."""

import numpy as np
import pytest
from scipy import ndimage

from attngan.data.scenes.checking import check, compare
from attngan.data.scenes.drawing import GROUND, PALETTE
from attngan.data.scenes.made import made
from attngan.data.scenes.placement import LAYOUTS
from attngan.data.scenes.scene import SHAPES, SIZES, Scene, Thing, Things
from attngan.data.scenes.seeing import MOST, read
from attngan.data.scenes.shapes import STEPS, covers
from attngan.errors import AttnGanError

ONE = Scene((Thing("red", "star", "small"),))
TWO = Scene((Thing("red", "star", "small"), Thing("blue", "circle", "large")), "left of")


def things(*rows: tuple[int, int, int, float, float]) -> Things:
    """Of one picture: colour, shape, size, x and y each."""
    columns = [*zip(*rows, strict=True)]
    return Things(*(np.array([column]) for column in columns))


RED_STAR, BLUE_CIRCLE = (0, 3, 0, 0.25, 0.5), (4, 0, 1, 0.75, 0.5)


def shown(*rows: tuple[int, int, int, float, float]) -> np.ndarray:
    from attngan.data.scenes.drawing import drawn

    return drawn(things(*rows), 32)


@pytest.mark.parametrize("layout", [*LAYOUTS])
@pytest.mark.parametrize("size", [32, 48])
def test_real_pictures_are_read_as_their_captions_say(layout: str, size: int) -> None:
    scenes = made(397, 3, layout)
    assert check(scenes.pictures(size), scenes.facts).shares() == dict.fromkeys(
        ("count", "colour", "shape", "binding", "size", "place", "all"), 1.0
    )


def test_held_out_pairs_are_read_too() -> None:
    scenes = made(397, 3, held_out=True)
    assert check(scenes.pictures(32), scenes.facts).all.all()


def test_other_pictures_captions_are_true_by_chance_alone() -> None:
    one, two = (made(797, 5, things=count) for count in (1, 2))
    assert check(np.roll(one.pictures(32), 1, 0), one.facts).all.mean() < 0.06
    assert check(np.roll(two.pictures(32), 1, 0), two.facts).all.mean() < 0.01


@pytest.mark.parametrize("levels", [10, 30])
def test_noise_changes_little(levels: int) -> None:
    scenes = made(199, 3)
    noise = np.random.default_rng(0).normal(0, levels, (199, 32, 32, 3))
    noisy = (scenes.pictures(32) + noise).clip(0, 255).astype(np.uint8)
    assert check(noisy, scenes.facts).all.mean() > 0.97


def test_blur_changes_little() -> None:
    scenes = made(199, 3)
    blurred = ndimage.gaussian_filter(scenes.pictures(32), (0, 0.75, 0.75, 0))
    assert check(blurred, scenes.facts).all.mean() > 0.97


@pytest.mark.parametrize("radius", [0.11, 0.125, 0.14])
def test_a_shape_between_two_sizes_is_read_as_that_shape(radius: float) -> None:
    middle = 16
    for kind, shape in enumerate(SHAPES):
        for step in range(STEPS):
            cover = covers(32, (radius,))[kind, 0, step, 0]
            border = len(cover) // 2
            around = slice(middle - border, middle + border + 1)
            picture = np.broadcast_to(GROUND, (32, 32, 3)).copy()
            picture[around, around] += (PALETTE[4] - GROUND) * cover[..., None]
            seen = read(np.rint(picture)[None].astype(np.uint8))
            assert (seen.count[0], SHAPES[seen.things.shape[0, 0]]) == (1, shape)
            if radius != 0.125:
                assert SIZES[seen.things.size[0, 0]] == ("small" if radius < 0.125 else "large")


def test_a_stray_pixel_changes_nothing() -> None:
    scenes = made(397, 3)
    pictures = scenes.pictures(32)
    random = np.random.default_rng(0)
    rows = np.arange(len(pictures))
    for colour in (np.array([255, 255, 255]), PALETTE[3], np.zeros(3)):
        pictures[rows, random.integers(32, size=397), random.integers(32, size=397)] = colour
    assert check(pictures, scenes.facts).all.all()


def test_where_a_thing_lies_is_told_to_a_fraction_of_a_pixel() -> None:
    scenes = made(199, 3, "anywhere", things=1)
    seen = read(scenes.pictures(32))
    for found, true in ((seen.things.x, scenes.things.x), (seen.things.y, scenes.things.y)):
        assert np.abs(found[:, 0] - true[:, 0]).max() * 32 < 0.25


def test_every_wrong_fact_is_told_alone() -> None:
    right = shown(RED_STAR, BLUE_CIRCLE)
    assert check(right, [TWO]).all.tolist() == [True]

    def wrong(picture: np.ndarray) -> set[str]:
        return {name for name, share in check(picture, [TWO]).shares().items() if not share} - {"all"}

    swapped = shown((4, 3, 0, 0.25, 0.5), (0, 0, 1, 0.75, 0.5))  # a blue star, a red circle
    assert wrong(swapped) == {"binding"}
    assert wrong(shown((2, 3, 0, 0.25, 0.5), BLUE_CIRCLE)) == {"colour", "binding"}
    assert wrong(shown((0, 1, 0, 0.25, 0.5), BLUE_CIRCLE)) == {"shape", "binding"}
    assert wrong(shown((0, 3, 1, 0.25, 0.5), BLUE_CIRCLE)) == {"size"}
    assert wrong(shown((0, 3, 0, 0.75, 0.5), (4, 0, 1, 0.25, 0.5))) == {"place"}
    assert "count" in wrong(shown(RED_STAR))
    assert "count" in wrong(shown(RED_STAR, (4, 0, 1, 0.75, 0.25), (4, 0, 1, 0.75, 0.75)))


def test_what_a_caption_leaves_open_is_right_as_it_is() -> None:
    open_ = Scene((Thing("blue", "circle"), Thing("red", "star")))
    assert check(shown(RED_STAR, BLUE_CIRCLE), [open_]).all.all()
    assert check(shown((0, 3, 1, 0.5, 0.2), (4, 0, 0, 0.5, 0.8)), [open_]).all.all()


def test_things_of_one_pair_are_matched_so_that_most_is_right() -> None:
    both = Scene((Thing("red", "star", "large", "left"), Thing("red", "star", "small", "right")))
    seen = read(shown((0, 3, 0, 0.8, 0.5), (0, 3, 1, 0.2, 0.5)))
    assert compare(seen, [both]).all.all()
    turned = Scene((Thing("red", "star", "small", "left"), Thing("red", "star", "large", "right")))
    assert not compare(seen, [turned]).all.any()


def test_a_picture_of_nothing_or_of_everything_shows_no_scene() -> None:
    plain = np.broadcast_to(GROUND, (3, 32, 32, 3)).astype(np.uint8)
    assert read(plain).count.tolist() == [0, 0, 0]
    assert not check(plain, [ONE, TWO, ONE]).count.any()
    full = np.broadcast_to(PALETTE[0], (1, 32, 32, 3)).astype(np.uint8)
    seen = read(full)
    assert (seen.count[0], seen.things.colour[0, 0], seen.things.shape[0, 0]) == (1, 0, -1)
    noise = np.random.default_rng(0).integers(0, 256, (5, 32, 32, 3)).astype(np.uint8)
    assert not check(noise, [ONE, TWO, ONE, TWO, ONE]).all.any()
    assert read(plain[:0]).count.tolist() == []


def test_only_the_largest_things_are_told_but_all_are_counted() -> None:
    rows = [(index, 1, index % 2, 0.2 + 0.3 * (index % 3), 0.2 + 0.5 * (index // 3)) for index in range(6)]
    seen = read(shown(*rows))
    assert seen.count.tolist() == [6]
    assert seen.things.size.tolist() == [[1, 1, 1, 0]]
    assert seen.things.colour.shape == (1, MOST)


def test_many_pictures_are_read_as_each_alone() -> None:
    pictures = made(263, 3).pictures(32)
    together, alone = read(pictures), read(pictures[262:])
    assert (together.things.x[262:] == alone.things.x).all()
    assert (together.things.shape[262:] == alone.things.shape).all()


def test_what_is_no_picture_in_colour_is_refused() -> None:
    with pytest.raises(AttnGanError, match="uint8"):
        read(np.zeros((3, 32, 32, 1), np.uint8))
    with pytest.raises(AttnGanError, match="16 pixels"):
        read(np.zeros((3, 13, 13, 3), np.uint8))
