"""A picture follows its seed and label alone, whatever else is drawn with it."""

from typing import Any

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.kinds.pictures.kind import PICTURES
from attngan.model.sampling import (
    LARGEST_SEED,
    MOST_AT_ONCE,
    interpolate,
    items,
    latents,
    sample,
    spherical,
)
from attngan.nn.attention import AttentionEdit
from tests import tiny

SEEDS = (3, 1, 4, 1, 5, 9, 2)


def assert_nearly(one: torch.Tensor, other: torch.Tensor) -> None:
    """Equal but for one level of grey: sums are taken in another order in another batch."""
    assert one.dtype == other.dtype == torch.uint8
    assert one.shape == other.shape
    assert (one.int() - other.int()).abs().max() <= 1


def test_pictures_come_as_bytes_with_their_attention_and_seeds():
    drawn = sample(tiny.model(channels=1), SEEDS)
    assert drawn.images.shape == (7, 16, 16, 1)
    assert drawn.images.dtype == torch.uint8
    assert [seen.weights.shape for seen in drawn.attention] == [(7, 3, 16, 16), (7, 3, 64, 64)]
    assert (drawn.seeds, drawn.labels) == (SEEDS, None)


def test_a_picture_does_not_depend_on_its_batch():
    model = tiny.model()
    together = sample(model, SEEDS)
    assert together.images[0].int().sub(together.images[2].int()).abs().max() > 1  # seeds differ
    assert_nearly(together.images[1], together.images[3])  # seeds are the same
    for index, seed in enumerate(SEEDS):
        alone = sample(model, [seed])
        assert_nearly(alone.images[0], together.images[index])
        torch.testing.assert_close(alone.attention[1].weights[0], together.attention[1].weights[index])


def test_late_noise_comes_from_the_seed_too():
    model = tiny.model(generator_noise=(8,))
    drawn = sample(model, SEEDS)
    assert_nearly(drawn.images[2], sample(model, [SEEDS[2]]).images[0])
    model.generator.noise["8"].strength.data.zero_()
    assert (drawn.images.int() - sample(model, SEEDS).images.int()).abs().max() > 1
    assert interpolate(model, 3, 5, count=3).images.shape == (3, 16, 16, 3)


def test_an_edit_of_attention_that_a_convolution_replaced_is_refused():
    with pytest.raises(AttnGanError, match="no attention layer '8'"):
        sample(tiny.model(generator_block="convolution"), [3], edits={"8": AttentionEdit()})


def test_noise_depends_on_the_seed_alone_and_is_standard_normal():
    many = latents(range(1009), 7)
    assert many.shape == (1009, 7)
    assert torch.equal(latents([5], 7)[0], many[5])
    assert abs(many.mean()) < 0.05
    assert abs(many.std() - 1) < 0.05


def test_many_pictures_are_those_of_few():
    model = tiny.model(classes=5)
    many = items(model, range(67))
    assert many.shape == (67, 16, 16, 3)
    assert_nearly(many[64:], sample(model, [64, 65, 66], [4, 0, 1]).images)


def test_without_a_label_each_class_is_drawn_in_turn():
    model = tiny.model(classes=3)
    drawn = sample(model, SEEDS)
    assert drawn.labels == (0, 1, 2, 0, 1, 2, 0)
    assert torch.equal(drawn.images, sample(model, SEEDS, [0, 1, 2, 0, 1, 2, 0]).images)


def test_no_truncation_is_all_the_noise_and_nothing_left_is_the_same_picture():
    model = tiny.model()
    assert torch.equal(sample(model, SEEDS, truncation=1).images, sample(model, SEEDS).images)
    mean = sample(model, SEEDS, truncation=0).images
    assert_nearly(mean, mean[:1].expand_as(mean))


def test_an_edit_reaches_the_picture_and_an_empty_one_does_not():
    model = tiny.model()
    plain = sample(model, SEEDS).images
    assert torch.equal(sample(model, SEEDS, edits={"8": AttentionEdit()}).images, plain)
    assert not torch.equal(sample(model, SEEDS, edits={"8": AttentionEdit(gate_gain=0)}).images, plain)


def test_sampling_twice_is_the_same_and_leaves_the_worlds_random_numbers_alone():
    model = tiny.model()
    torch.manual_seed(3)
    expected = torch.rand(5)
    torch.manual_seed(3)
    first = sample(model, SEEDS).images
    assert torch.equal(torch.rand(5), expected)
    assert torch.equal(sample(model, SEEDS).images, first)


def test_colours_are_rounded_and_cut_at_the_ends():
    given = torch.tensor([-1.5, -1.0, -1 + 0.6 / 127.5, 0.0, 1.0, 1.5]).reshape(1, 1, 2, 3)
    assert PICTURES.decode(given).flatten().tolist() == [0, 0, 1, 128, 255, 255]
    assert PICTURES.decode(torch.zeros(2, 3, 5, 7)).shape == (2, 5, 7, 3)


@pytest.mark.parametrize(
    ("classes", "wish", "said"),
    [
        (0, {"seeds": []}, "From 1 to"),
        (0, {"seeds": range(MOST_AT_ONCE + 1)}, "not 1025"),
        (0, {"seeds": [-1]}, "A seed is a whole number from 0 to"),
        (0, {"seeds": [LARGEST_SEED + 1]}, "A seed is a whole number from 0 to"),
        (0, {"seeds": [1.5]}, "A seed is a whole number"),
        (0, {"seeds": ["1"]}, "A seed is a whole number"),
        (0, {"seeds": [1], "labels": [0]}, "no classes"),
        (0, {"seeds": [1], "truncation": float("nan")}, "Truncation"),
        (0, {"seeds": [1], "truncation": 2.1}, "Truncation"),
        (0, {"seeds": [1], "edits": {"16": AttentionEdit()}}, "no attention layer '16'"),
        (3, {"seeds": [1], "labels": [3]}, "from 0 to 2, one a picture"),
        (3, {"seeds": [1], "labels": [-1]}, "from 0 to 2"),
        (3, {"seeds": [1, 2], "labels": [1]}, "one a picture"),
        (3, {"seeds": [1], "labels": [0.5]}, "A label is a whole number"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(classes: int, wish: dict[str, Any], said: str):
    with pytest.raises(AttnGanError, match=said):
        sample(tiny.model(classes=classes), **wish)


def test_no_seeds_give_no_pictures_but_a_sentence():
    with pytest.raises(AttnGanError, match="at least one seed"):
        items(tiny.model(), [])


def test_an_arc_keeps_its_ends_to_the_bit_and_turns_evenly():
    first, last = latents((3, 5), 7)
    way = spherical(first, last, torch.linspace(0, 1, 5))
    assert torch.equal(way[0], first)
    assert torch.equal(way[-1], last)
    corner = spherical(torch.tensor([2.0, 0]), torch.tensor([0, 2.0]), torch.tensor([1 / 3, 1 / 2]))
    torch.testing.assert_close(corner, torch.tensor([[3**0.5, 1], [2**0.5, 2**0.5]]))


def test_parallel_ends_are_joined_by_a_line():
    ends = torch.tensor([1.0, 2]), torch.tensor([3.0, 6])
    torch.testing.assert_close(spherical(*ends, torch.tensor([0.5])), torch.tensor([[2.0, 4]]))


def test_a_way_begins_and_ends_with_the_pictures_of_its_seeds():
    model = tiny.model(classes=3)
    way = interpolate(model, 3, 11, count=5, label=2, truncation=0.5)
    ends = sample(model, (3, 11), labels=(2, 2), truncation=0.5)
    assert way.images.shape == (5, 16, 16, 3)
    assert (way.seeds, way.labels) == ((), (2,) * 5)
    assert (
        way.images[[0, -1]].int() - ends.images.int()
    ).abs().max() <= 1  # another size of batch rounds otherwise
    torch.testing.assert_close(way.attention[0].weights[[0, -1]], ends.attention[0].weights)
    assert interpolate(model, 3, 11).labels == (0,) * 16


@pytest.mark.parametrize(
    "wrong", [{"count": 1}, {"count": 5000}, {"label": 3}, {"truncation": 3.0}, {"first": -1}]
)
def test_a_way_that_cannot_be_drawn_is_told(wrong: dict):
    with pytest.raises(AttnGanError):
        interpolate(tiny.model(classes=3), **({"first": 1, "last": 2} | wrong))
