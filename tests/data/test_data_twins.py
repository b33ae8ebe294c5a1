"""Twins and mirror pictures, and the exact rates at which pictures are right."""

import numpy as np
import pytest

from attngan.data import twins
from attngan.errors import AttnGanError


def _shuffled_halves(images: np.ndarray) -> np.ndarray:
    """Each left half with the right half of the next picture."""
    middle = images.shape[2] // 2
    return np.concatenate([images[:, :, :middle], np.roll(images[:, :, middle:], 1, 0)], 2)


@pytest.mark.parametrize("size", [16, 24, 32, 64])
def test_real_twins_always_agree(size: int) -> None:
    images = twins.twins(size).images[:509]
    assert twins.agreement_rate(images) == 1.0


@pytest.mark.parametrize("size", [16, 32])
def test_halves_paired_at_random_agree_by_chance(size: int) -> None:
    images = _shuffled_halves(twins.twins(size).images[:2003])
    deviation = np.sqrt(twins.CHANCE * (1 - twins.CHANCE) / len(images))
    assert twins.agreement_rate(images) == pytest.approx(twins.CHANCE, abs=4 * deviation)


def test_the_rate_counts_each_picture_once() -> None:
    images = twins.twins(16).images[:523].copy()
    images[300:511, :, 8:] = 128  # 211 pictures lose their right half
    assert twins.agreement_rate(images) == (523 - 211) / 523


def test_colour_alone_and_kind_alone_are_not_enough() -> None:
    shapes = twins._shapes(32)

    def pair(left: tuple[int, int], right: tuple[int, int]) -> float:
        image = np.full((1, 32, 32, 3), 128, np.uint8)
        for (colour, kind), column in ((left, 2), (right, 19)):
            where = np.s_[0, 5 : 5 + shapes.shape[1], column : column + shapes.shape[1]]
            image[where][shapes[kind] >= 0.5] = twins.COLOURS[colour]
        return twins.agreement_rate(image)

    assert pair((2, 1), (2, 1)) == 1
    assert pair((2, 1), (2, 3)) == 0
    assert pair((2, 1), (4, 1)) == 0


def test_pictures_without_shapes_agree_with_nothing() -> None:
    random = np.random.default_rng(0)
    assert twins.agreement_rate(random.integers(0, 256, (101, 32, 32, 3), np.uint8)) == 0
    assert twins.agreement_rate(np.full((3, 32, 32, 3), 128, np.uint8)) == 0
    assert twins.agreement_rate(np.broadcast_to(twins.COLOURS[0], (3, 32, 32, 3))) == 0


def test_a_slight_blur_does_not_hide_the_twins() -> None:
    images = twins.twins(32).images[:307].astype(np.float32)
    blurred = (images + np.roll(images, 1, 1) + np.roll(images, 1, 2)) / 3
    assert twins.agreement_rate(blurred.astype(np.uint8)) > 0.95


def test_each_half_by_itself_says_nothing_about_the_other() -> None:
    """All colours and kinds stand on either side, and the twins' heights are unrelated."""
    images = twins.twins(32).images
    left, right = (twins._recognised(half) for half in (images[:, :, :16], images[:, :, 16:]))
    for side in (left, right):
        assert np.bincount(side, minlength=24).min() > 100
    rows = [(np.abs(half.astype(int) - 128).max(3) > 45).any(2).argmax(1) for half in np.split(images, 2, 2)]
    assert abs(np.corrcoef(rows)[0, 1]) < 0.07


@pytest.mark.parametrize("size", [16, 32, 64])
def test_real_mirror_pictures_agree_in_every_cell_and_shuffled_halves_in_half_of_them(size: int) -> None:
    images = twins.mirror(size).images
    assert twins.mirror_rate(images) == 1.0
    assert twins.mirror_rate(_shuffled_halves(images)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("rate", [twins.agreement_rate, twins.mirror_rate])
@pytest.mark.parametrize(
    "images",
    [
        np.zeros((0, 32, 32, 3), np.uint8),
        np.zeros((5, 32, 32, 1), np.uint8),
        np.zeros((5, 32, 32, 3), np.float32),
        np.zeros((32, 32, 3), np.uint8),
    ],
    ids=["none", "grey", "float", "one"],
)
def test_rates_tell_what_pictures_they_need(rate: object, images: np.ndarray) -> None:
    assert callable(rate)
    with pytest.raises(AttnGanError, match=r"needs pictures uint8 \(N, S, S, 3\)"):
        rate(images)


def test_sizes_that_do_not_suit_are_told() -> None:
    with pytest.raises(AttnGanError, match="16 pixels or more, not 13"):
        twins.twins(13)
    with pytest.raises(AttnGanError, match="multiple of 8, not 23"):
        twins.mirror(23)
