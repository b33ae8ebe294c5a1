"""Look-alike groups: found in the data, asked for by noise, judged by the discriminator."""

import pytest
import torch
from torch import Tensor

from attngan.data import ImageSet
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.pictures.networks import PictureDiscriminator, PictureGenerator
from attngan.train.groups import look_alikes
from attngan.train.loop import train
from tests.tiny import model_config, pictures, state


def two_kinds(dark: int = 30, bright: int = 10) -> ImageSet:
    """Dark pictures, then bright ones, each with a little noise."""
    rng = torch.Generator().manual_seed(3)
    levels = torch.cat([torch.full((dark,), 20), torch.full((bright,), 220)])
    noise = torch.randint(20, (dark + bright, 1, 16, 16), generator=rng)
    return ImageSet(name="two kinds", images=(levels[:, None, None, None] + noise).to(torch.uint8))


def generator(shares: Tensor) -> PictureGenerator:
    made = PictureGenerator(model_config(clusters=len(shares)))
    made.get_buffer("shares").copy_(shares)
    return made


def test_pictures_that_look_alike_are_of_one_group_and_shares_tell_how_many():
    groups, shares = look_alikes(PICTURES, two_kinds(), 2)
    assert len(groups[:30].unique()) == len(groups[30:].unique()) == 1
    assert groups[0] != groups[-1]
    assert shares[groups[0]] == 0.75
    assert shares.sum() == 1


@pytest.mark.parametrize("size", [16, 32, 64])
def test_edges_count_more_than_the_pixels_they_cross(size: int):
    """Lines across and down, near the middle: two of one kind may share no pixel, two kinds always do."""
    images = torch.zeros(40, 3, size, size, dtype=torch.uint8)
    for number in range(20):
        place = round(size * (0.4 + 0.01 * number))
        images[number, :, place : place + 2] = 250
        images[20 + number, :, :, place : place + 2] = 250
    groups, shares = look_alikes(PICTURES, ImageSet(name="lines", images=images), 2)
    assert shares.tolist() == [0.5, 0.5]
    assert len(groups[:20].unique()) == 1


def test_the_same_pictures_give_the_same_groups():
    first, again = (look_alikes(PICTURES, pictures(40), 5)[0] for _ in range(2))
    assert torch.equal(first, again)


def test_a_constant_set_is_one_group():
    same = ImageSet(name="same", images=torch.full((20, 3, 16, 16), 7, dtype=torch.uint8))
    groups, shares = look_alikes(PICTURES, same, 4)
    assert len(groups.unique()) == 1
    assert shares.max() == 1


def test_noise_asks_for_clusters_as_often_as_their_shares():
    shares = torch.tensor([0.5, 0.0, 0.2, 0.3])
    z = torch.randn(20_000, 7, generator=torch.Generator().manual_seed(0))
    found = generator(shares).groups_of(z).bincount(minlength=4) / len(z)
    assert torch.allclose(found, shares, atol=0.02)
    assert found[1] == 0


def test_truncated_noise_asks_for_the_same_clusters():
    made = generator(torch.full((9,), 1 / 9))
    z = torch.randn(100, 7)
    assert torch.equal(made.groups_of(z), made.groups_of(0.3 * z))


def test_a_picture_of_unknown_cluster_is_judged_by_the_one_that_suits_it_best():
    made = PictureDiscriminator(model_config(clusters=3)).eval()
    images = torch.rand(4, 3, 16, 16)
    each = torch.stack([made(images, torch.full((4,), cluster)).logits for cluster in range(3)])
    assert torch.allclose(made(images).logits, each.amax(0))
    assert not torch.allclose(each[0], each[1])


def test_training_finds_the_groups_and_the_model_keeps_their_shares():
    trained = state({"clusters": 2, "channels": 1}, batch=8)
    list(train(trained, two_kinds()))
    assert sorted(trained.ema.get_buffer("shares").tolist()) == [0.25, 0.75]
    assert trained.groups is not None
    assert len(trained.groups) == 40


def test_few_pictures_get_few_clusters_or_none():
    wanted = model_config(clusters=20)
    assert PICTURES.fit(wanted, pictures(19), conditional=False).clusters == 0
    assert PICTURES.fit(wanted, pictures(40), conditional=False).clusters == 8
    assert PICTURES.fit(wanted, pictures(101), conditional=False).clusters == 20
    assert PICTURES.fit(wanted, pictures(2000), conditional=False).clusters == 20
    assert PICTURES.fit(wanted, pictures(2000, classes=3), conditional=True).clusters == 0
