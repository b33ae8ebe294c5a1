"""Generator and discriminator: shapes, ranges, attention returned, classes heard, second derivatives."""

from typing import Any

import pytest
import torch

from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.pictures.networks import PictureDiscriminator, PictureGenerator
from attngan.nn.attention import AttentionEdit
from attngan.nn.places import Grid
from attngan.nn.players import gates
from tests import tiny


def noise(config: AttnganConfig, count: int = 4) -> torch.Tensor:
    return torch.randn(count, config.z_size, generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [16, 32, 64])  # the narrowest networks do not halve their last channels
def test_pictures_have_the_size_that_was_asked_for_and_lie_in_range(size: int, channels: int):
    config = tiny.model_config(image_size=size, channels=channels)
    images = PictureGenerator(config)(noise(config)).items
    assert images.shape == (4, channels, size, size)
    assert images.dtype == torch.float32
    assert images.abs().max() <= 1
    assert images.std() > 0.001
    assert PictureDiscriminator(config)(images).logits.shape == (4,)


def test_attention_is_returned_with_its_sizes_small_maps_first():
    config = tiny.model_config(image_size=32, generator_attention=(16, 4, 8))
    maps = PictureGenerator(config)(noise(config)).attention
    assert [(seen.name, seen.query_places, seen.key_places) for seen in maps] == [
        ("4", Grid(4, 4), Grid(4, 4)),
        ("8", Grid(8, 8), Grid(8, 8)),
        ("16", Grid(16, 16), Grid(8, 8)),
    ]
    assert maps[2].weights.shape == (4, 3, 256, 64)
    for seen in maps:
        torch.testing.assert_close(seen.weights.sum(-1), torch.ones(seen.weights.shape[:-1]))


def test_the_discriminator_returns_its_attention_large_maps_first():
    config = tiny.model_config(discriminator_attention=(4, 8))
    maps = PictureDiscriminator(config)(torch.zeros(4, 3, 16, 16)).attention
    assert [seen.name for seen in maps] == ["8", "4"]


def test_without_attention_there_is_none():
    config = tiny.model_config(generator_attention=())
    generator, discriminator = PictureGenerator(config), PictureDiscriminator(config)
    assert generator(noise(config)).attention == ()
    assert discriminator(torch.zeros(4, 3, 16, 16)).attention == ()
    assert dict(gates(generator)) == {}


def test_gates_are_told_by_the_names_of_their_maps():
    config = tiny.model_config()
    generator = PictureGenerator(config)
    generator.attention["8"].gate.data.fill_(0.5)
    assert dict(gates(generator)) == {"4": 1.0, "8": 0.5}
    assert [seen.name for seen in generator(noise(config)).attention] == ["4", "8"]


def test_a_class_changes_the_picture_and_the_judgement():
    loaded = tiny.model(classes=5)
    zero, three = torch.tensor([0, 0, 0, 0]), torch.tensor([3, 3, 3, 3])
    z = noise(loaded.config)
    pictures = [loaded.generator(z, labels).items for labels in (zero, three)]
    assert (pictures[0] - pictures[1]).abs().max() > 0.001
    logits = [loaded.discriminator(pictures[0], labels).logits for labels in (zero, three)]
    assert (logits[0] - logits[1]).abs().max() > 1e-6


def test_a_conditional_network_without_labels_says_so():
    config = tiny.model_config(classes=5)
    with pytest.raises(ValueError, match="labels"):
        PictureGenerator(config)(noise(config))
    with pytest.raises(ValueError, match="labels"):
        PictureDiscriminator(config)(torch.zeros(4, 3, 16, 16))


def test_an_edit_reaches_the_layer_of_its_name_alone():
    loaded = tiny.model()
    z = noise(loaded.config)
    plain = loaded.generator(z)
    edited = loaded.generator(z, edits={"8": AttentionEdit(gate_gain=0)})
    nothing = loaded.generator(z, edits={"8": AttentionEdit(), "4": AttentionEdit()})
    assert torch.equal(nothing.items, plain.items)
    assert not torch.equal(edited.items, plain.items)
    assert torch.equal(edited.attention[0].weights, plain.attention[0].weights)
    assert (edited.attention[0].gate, edited.attention[1].gate) == (1, 0)


def test_the_discriminators_gradient_can_be_differentiated_through_attention():
    config = tiny.model_config(discriminator_attention=(8,))
    discriminator = PictureDiscriminator(config)
    images = torch.rand(4, 3, 16, 16, generator=torch.Generator().manual_seed(1)).requires_grad_()
    (gradient,) = torch.autograd.grad(discriminator(images).logits.sum(), images, create_graph=True)
    gradient.square().sum().backward()
    reached = discriminator.attention["8"].queries.weight.grad
    assert torch.isfinite(reached).all()
    assert reached.abs().sum() > 0


@pytest.mark.parametrize("width", [4, 24, 64])
@pytest.mark.parametrize("size", [4, 8, 16, 32])
def test_a_convolution_has_as_many_parameters_as_the_attention_whose_place_it_takes(size: int, width: int):
    config = AttnganConfig(image_size=64, width=width, generator_attention=(size,))
    attention = PictureGenerator(config).attention[str(size)]
    convolution = PictureGenerator(config.with_(generator_block="convolution")).convolution[str(size)]
    counts = [sum(value.numel() for value in block.parameters()) for block in (attention, convolution)]
    assert 0.95 * counts[0] < counts[1] <= counts[0]


def test_a_convolution_in_attentions_place_changes_the_pictures_and_returns_no_maps():
    config = tiny.model_config(generator_block="convolution")
    generator = PictureGenerator(config)
    assert set(generator.convolution) == {"4", "8"}
    assert not generator.attention
    before = generator(noise(config))
    assert before.items.shape == (4, 3, 16, 16)
    assert before.attention == ()
    assert dict(gates(generator)) == {}
    generator.convolution["8"].expand.weight.data.zero_()
    assert not torch.equal(generator(noise(config)).items, before.items)


def test_late_noise_moves_its_own_neighbourhood_and_z_moves_everything():
    config = tiny.model_config(image_size=32, generator_attention=(), generator_noise=(16, 8))
    generator = PictureGenerator(config).eval()
    z = noise(config)
    assert z.shape == (4, 7 + 64 + 256)
    plain = generator(z).items
    for place, rows in ((0, None), (7 + 64, 4)):  # the latent vector; the first cell at 16 pixels
        moved = z.clone()
        moved[:, place] += 1
        changed = (generator(moved).items - plain).abs().amax((0, 1)) > 1e-7  # (H, W)
        assert changed[:rows, :rows].any()
        assert changed[16:, 16:].any() == (rows is None)


def test_noise_at_8_stands_before_that_at_16_in_z():
    config = tiny.model_config(image_size=32, generator_attention=(), generator_noise=(16, 8))
    generator = PictureGenerator(config).eval()
    generator.noise["16"].strength.data.zero_()
    z = noise(config)
    plain = generator(z).items
    for place, heard in ((7, True), (7 + 63, True), (7 + 64, False), (7 + 64 + 255, False)):
        moved = z.clone()
        moved[:, place] += 1
        assert torch.equal(generator(moved).items, plain) != heard


@pytest.mark.parametrize("changes", [{}, {"generator_block": "convolution", "generator_noise": (4, 8)}])
def test_the_generator_hears_all_of_its_parameters(changes: dict[str, Any]):
    config = tiny.model_config(classes=5, **changes)
    generator = PictureGenerator(config)
    generator(noise(config), torch.arange(4)).items.square().sum().backward()
    silent = [name for name, value in generator.named_parameters() if not value.grad.abs().sum() > 0]
    assert not silent
