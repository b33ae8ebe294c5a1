"""The history lessons are built, trained and drawn as their papers say, by the loop that trains all else."""

import itertools
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from attngan import presets
from attngan.config import ModelConfig
from attngan.errors import AttnGanError
from attngan.events import Finished
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.pictures.sagan import SaganAttention
from attngan.kinds.registry import parse_config
from attngan.model import checkpoints, sampling
from attngan.nn.attention import AttentionEdit, attention_weights
from attngan.nn.players import gates
from attngan.train.draws import Draw
from attngan.train.guard import guarded
from attngan.train.state import TrainState
from tests import tiny

LESSONS = ("dcgan-2015", "sagan-2018")


def model_of(preset: str, **changes: Any) -> ModelConfig:
    return presets.find(preset, PRESETS).model_config(16).with_(**{"width": 4, "latent_size": 7} | changes)


def state_of(preset: str, steps: int = 3, **changes: Any) -> TrainState:
    train = presets.find(preset, PRESETS).train_config(None, steps, seed=5).with_(batch=8)
    return TrainState(model_of(preset, **changes), train)


def noise(count: int, size: int = 7) -> Tensor:
    return torch.randn(count, size, generator=torch.Generator().manual_seed(3))


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("size", [16, 32, 64])
@pytest.mark.parametrize("channels", [1, 3])
def test_pictures_have_the_size_that_was_asked_for(name: str, size: int, channels: int):
    config = presets.find(name, PRESETS).model_config(size).with_(width=4, channels=channels)
    generator, discriminator = PICTURES.build(config)
    output = generator(noise(5, config.latent_size))
    assert output.items.shape == (5, channels, size, size)
    assert 0 < output.items.abs().max() <= 1
    assert discriminator(output.items).logits.shape == (5,)
    assert [seen.name for seen in output.attention] == (
        [] if name == "dcgan-2015" else [str(min(16, size // 2))]
    )


def test_the_first_lesson_draws_from_uniform_noise_and_starts_as_the_paper_says():
    config = presets.find("dcgan-2015", PRESETS).model_config()
    generator, discriminator = PICTURES.build(config)
    heard: list[Tensor] = []
    generator.project.register_forward_pre_hook(lambda module, given: heard.append(given[0]))
    generator(noise(200, config.latent_size))
    uniform = heard[0].flatten()
    assert uniform.abs().max() <= 1
    expected = torch.linspace(-1, 1, 11)
    torch.testing.assert_close(uniform.quantile(torch.linspace(0, 1, 11)), expected, atol=0.02, rtol=0)
    for network in (generator, discriminator):
        weights = [
            layer.weight for layer in network.modules() if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d)
        ]
        assert all(abs(weight.std() - 0.02) < 0.002 for weight in weights)
    norms = [
        sum(isinstance(layer, nn.BatchNorm2d) for layer in one.modules())
        for one in (generator, discriminator)
    ]
    assert norms == [3, 2]  # all layers but the last of the one and the first of the other


def test_the_first_lesson_is_trained_as_its_paper_trains():
    data, state, other = tiny.pictures(), state_of("dcgan-2015"), state_of("dcgan-2015")
    assert isinstance(list(guarded(state, data))[-1], Finished)
    generator, discriminator = other.generator, other.discriminator
    adam = {"lr": 2e-4, "betas": (0.5, 0.999)}
    generator_adam = torch.optim.Adam(generator.parameters(), **adam)
    discriminator_adam = torch.optim.Adam(discriminator.parameters(), **adam)
    ones, zeros = torch.ones(8), torch.zeros(8)
    for step in range(3):
        draw = Draw(5, step)
        reals = data.batch(draw.indices(8, len(data))).items
        fakes = generator(draw.noise(8, 7)).items
        discriminator_adam.zero_grad()
        F.binary_cross_entropy_with_logits(discriminator(reals).logits, ones).backward()
        F.binary_cross_entropy_with_logits(discriminator(fakes.detach()).logits, zeros).backward()
        discriminator_adam.step()
        generator_adam.zero_grad()
        F.binary_cross_entropy_with_logits(discriminator(fakes).logits, ones).backward()
        generator_adam.step()
    for trained, expected in ((state.generator, generator), (state.discriminator, discriminator)):
        found = trained.state_dict()
        for name, value in expected.state_dict().items():
            torch.testing.assert_close(found[name], value, atol=1e-5, rtol=1e-4, msg=name)
    for averaged, current in zip(state.ema.parameters(), state.generator.parameters(), strict=True):
        torch.testing.assert_close(averaged, current)  # no average


def test_the_second_lesson_is_trained_as_its_paper_trains():
    data, state, other = tiny.pictures(), state_of("sagan-2018"), state_of("sagan-2018")
    assert isinstance(list(guarded(state, data))[-1], Finished)
    generator, discriminator = other.generator, other.discriminator
    generator_adam = torch.optim.Adam(generator.parameters(), lr=1e-4, betas=(0.0, 0.9))
    discriminator_adam = torch.optim.Adam(discriminator.parameters(), lr=4e-4, betas=(0.0, 0.9))
    for step in range(3):
        draw = Draw(5, step)
        reals = data.batch(draw.indices(8, len(data))).items
        fakes = generator(draw.noise(8, 7)).items
        discriminator_adam.zero_grad()
        real_logits, fake_logits = discriminator(reals).logits, discriminator(fakes.detach()).logits
        ((1 - real_logits).clamp(min=0).mean() + (1 + fake_logits).clamp(min=0).mean()).backward()
        discriminator_adam.step()
        generator_adam.zero_grad()
        (-discriminator(fakes).logits.mean()).backward()
        generator_adam.step()
    for trained, expected in ((state.generator, generator), (state.discriminator, discriminator)):
        found = trained.state_dict()
        for name, value in expected.state_dict().items():
            if value.ndim > 1:  # a bias before a normalisation has no gradient but rounding
                torch.testing.assert_close(found[name], value, atol=1e-5, rtol=1e-4, msg=name)


def test_every_weight_of_the_second_lesson_has_a_largest_singular_value_of_one():
    generator, discriminator = PICTURES.build(model_of("sagan-2018", classes=3))
    labels = torch.arange(4) % 3
    for _ in range(30):  # the estimate comes nearer with every pass
        discriminator(generator(noise(4), labels).items, labels)
    for network in (generator.eval(), discriminator.eval()):
        layers = [layer for layer in network.modules() if hasattr(layer, "parametrizations")]
        assert len(layers) > 8
        for layer in layers:
            largest = torch.linalg.matrix_norm(layer.weight.flatten(1), 2).item()
            assert largest == pytest.approx(1, abs=0.05)


def test_the_gate_of_the_second_lesson_starts_shut_and_its_map_tells_its_arithmetic():
    layer = SaganAttention(24, (5, 3))
    features = torch.randn(2, 24, 5, 3, generator=torch.Generator().manual_seed(1))
    attended, seen = layer(features)
    torch.testing.assert_close(attended, features)
    assert seen.gate == 0
    tokens = features.flatten(2).transpose(1, 2)
    layer.eval()
    scores = layer.queries(tokens) @ layer.keys(tokens).transpose(1, 2)  # the paper's, not scaled
    torch.testing.assert_close(seen.weights[:, 0], scores.softmax(-1), atol=1e-3, rtol=1e-2)
    torch.testing.assert_close(attention_weights(seen.queries, seen.keys), seen.weights)
    layer.gate.data.fill_(0.7)
    attended, seen = layer(features)
    carried = (seen.weights @ seen.values @ seen.output).sum(1).transpose(1, 2).unflatten(2, (5, 3))
    torch.testing.assert_close(attended, features + 0.7 * carried)


def test_an_edit_reaches_the_second_lesson_too():
    generator, _ = PICTURES.build(model_of("sagan-2018"))
    generator.attention["8"].gate.data.fill_(0.5)
    generator.eval()
    plain, edited = generator(noise(4)), generator(noise(4), edits={"8": AttentionEdit(gate_gain=0)})
    assert not torch.equal(plain.items, edited.items)
    assert dict(gates(generator)) == {"8": 0.5}


@pytest.mark.parametrize(("name", "classes"), [("dcgan-2015", 0), ("sagan-2018", 0), ("sagan-2018", 3)])
def test_a_lesson_goes_through_a_file_and_on_exactly(tmp_path: Path, name: str, classes: int):
    data = tiny.pictures(classes=classes)
    whole, first, second = (state_of(name, steps=4, classes=classes) for _ in range(3))
    list(guarded(whole, data))
    list(itertools.islice(guarded(first, data), 3))
    second.load_state_dict(first.state_dict())
    list(guarded(second, data))
    tiny.assert_same(second.state_dict() | {"seconds": 0}, whole.state_dict() | {"seconds": 0})
    about = checkpoints.About(name=name)
    saved = checkpoints.Model(whole.model, whole.ema.eval(), whole.discriminator.eval(), about)
    checkpoints.save(tmp_path / "model", saved)
    loaded = checkpoints.load(tmp_path / "model")
    assert loaded.config == whole.model
    one, other = (sampling.sample(model, range(5)) for model in (saved, loaded))
    assert torch.equal(one.items, other.items)
    white, zero = torch.ones(4, 3, 16, 16), torch.zeros(4).long()
    judged = [model.discriminator(white, zero).logits for model in (saved, loaded)]
    assert torch.equal(*judged)


def test_a_class_changes_what_the_second_lesson_draws_and_judges():
    generator, discriminator = PICTURES.build(model_of("sagan-2018", classes=3))
    generator.eval()
    discriminator.eval()
    nn.init.normal_(generator.grow["8"].first_norm.affine.weight)  # classes start alike
    zero, two = torch.zeros(4).long(), torch.full((4,), 2)
    pictures = generator(noise(4), zero).items
    assert (pictures - generator(noise(4), two).items).abs().max() > 0.001
    assert (discriminator(pictures, zero).logits - discriminator(pictures, two).logits).abs().max() > 1e-4
    for network, given in ((generator, noise(4)), (discriminator, pictures)):
        with pytest.raises(ValueError, match="labels"):
            network(given)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"architecture": "dcgan-2015", "generator_attention": (), "classes": 3}, "knows no classes"),
        ({"architecture": "dcgan-2015", "generator_attention": (8,)}, "has no attention"),
        ({"architecture": "sagan-2018", "heads": 2}, "of 1 head, not 2"),
        ({"architecture": "sagan-2018", "heads": 1, "generator_noise": (8,)}, "neither generator_noise"),
        ({"architecture": "sagan-2018", "heads": 1, "generator_block": "convolution"}, "nor another"),
    ],
)
def test_what_a_lesson_cannot_do_is_told(changes: dict[str, Any], said: str):
    with pytest.raises(AttnGanError, match=said):
        parse_config(changes)
