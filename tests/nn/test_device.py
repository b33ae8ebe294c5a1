"""Networks compute on another device what they compute here, and answer here whoever asks here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from attngan.config import About, TrainConfig
from attngan.data import load
from attngan.errors import AttnGanError
from attngan.explain import edits
from attngan.kinds.registry import KINDS
from attngan.kinds.rows.config import RowsConfig
from attngan.model import checkpoints, sampling
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.nn.device import CPU, device_of, moved
from attngan.run import runs
from attngan.train.guard import guarded
from attngan.train.state import TrainState
from tests import tiny, tiny_runs, tiny_scenes, tiny_texts
from tests.nn.far import FAR, Accelerator, Far

TOLERANCE = 1e-3  # of losses after three steps: sums are taken in another order there


def table(name: str, **changes: Any) -> tuple[TrainState, DataSet]:
    rows = load(name)
    kind = KINDS["rows"].load()
    model = kind.fit(RowsConfig(width=8, **changes), rows, conditional=rows.labels is not None)
    return TrainState(
        model, TrainConfig.of(steps=3, batch=8, precision="float32", augmentations=["noise"])
    ), rows


def drawn(**model: Any) -> tuple[TrainState, DataSet]:
    state = tiny.state({"generator_noise": (8,), **model}, batch=8, augmentation_epochs=1, augmentations=[])
    state.config = state.config.with_(augmentations=["translation", "colour"], augmentation_epochs=9)
    return state, tiny.pictures(classes=model.get("classes", 0))


GAMES: dict[str, Callable[[], tuple[TrainState, DataSet]]] = {
    "pictures in groups": lambda: drawn(clusters=3, discriminator_attention=(8,)),
    "pictures of classes": lambda: drawn(classes=3),
    "pictures of captions": lambda: (tiny_scenes.state(), tiny_scenes.pictures()),
    "texts": lambda: (tiny_texts.state(), tiny_texts.data()),
    "points": lambda: table("moons"),
    "a table": lambda: table("iris"),
}


def there(state: TrainState) -> TrainState:
    """The same training on the other device."""
    return TrainState(state.model, state.config, FAR)


@pytest.mark.parametrize("name", GAMES)
def test_each_kind_learns_there_as_it_does_here(name: str) -> None:
    here, items = GAMES[name]()
    told = [losses(event) for event in guarded(here, items)]
    with Accelerator():
        far = there(here)
        assert [losses(event) for event in guarded(far, items)] == told
        kept = moved(far.state_dict(), CPU)
    assert len(told) == here.config.steps + 2
    assert isinstance(next(far.generator.parameters()).data, Far)
    for part in ("generator", "discriminator", "ema", "generator_optimiser"):
        tiny.assert_same(kept[part], here.state_dict()[part])


def losses(event: Any) -> tuple[Any, ...]:
    """What an event says that does not tell of time."""
    return (
        event.event,
        event.step,
        getattr(event, "generator_loss", 0),
        getattr(event, "discriminator_loss", 0),
    )


@pytest.mark.parametrize("name", GAMES)
def test_a_model_there_is_asked_and_answers_here(name: str, tmp_path: Path) -> None:
    state, _ = GAMES[name]()
    here = Model(
        state.model,
        state.ema.eval(),
        state.discriminator.eval(),
        About(name="m", data="d", licence="CC0 1.0"),
    )
    checkpoints.save(tmp_path / "model", here)
    layer = next(iter(here.generator.attention.values()))
    heads = "-".join(["0.5"] * layer.heads)
    changed = edits.parse_text(f"{layer.name}*g0.5*h{heads}*k2x1*x0").on(here.generator)
    wanted = sampling.sample(here, [3, 4, 5], edits=changed)
    around = sampling.surroundings(here, wanted, changed)
    with Accelerator():
        far = checkpoints.load(tmp_path / "model", FAR)
        found = sampling.sample(far, [3, 4, 5], edits=changed)
        assert sampling.surroundings(far, found, changed) == around
    assert isinstance(next(far.generator.parameters()).data, Far)
    assert torch.equal(found.items, wanted.items)
    for one, other in zip(found.attention, wanted.attention, strict=True):
        assert torch.equal(one.weights, other.weights)
        assert torch.equal(one.gate, other.gate)


def test_a_run_goes_on_on_another_device_as_if_it_had_stayed(tmp_path: Path) -> None:
    begun, settings = tiny_runs.config(steps=3), tiny_runs.config(steps=6)
    tiny_runs.recorded(tmp_path / "stayed", begun)
    with Accelerator():
        tiny_runs.recorded(tmp_path / "moved", begun, runs.create(tmp_path / "moved", begun, FAR))
    for name in ("stayed", "moved"):
        tiny_runs.recorded(tmp_path / name, settings, runs.resume(tmp_path / name, settings))
    one, other = (checkpoints.load(tmp_path / name / "model") for name in ("stayed", "moved"))
    tiny.assert_same(one.generator.state_dict(), other.generator.state_dict())


def test_numbers_here_and_there_do_not_mix() -> None:
    with Accelerator(), pytest.raises(AssertionError, match="of values here"):
        torch.ones(3, device=FAR) + torch.ones(3)


def test_a_device_has_a_name_and_is_there() -> None:
    assert device_of("cpu") == CPU
    assert device_of("auto").type in ("cpu", "cuda", "mps")
    with pytest.raises(AttnGanError, match="no device 'tpu': give auto, cpu, cuda or mps"):
        device_of("tpu")
    for name, there in (("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available())):
        if not there:
            with pytest.raises(AttnGanError, match=f"PyTorch finds no device {name} on this computer"):
                device_of(name)


@pytest.mark.skipif(device_of("auto") == CPU, reason="there is no accelerator here")
@pytest.mark.parametrize("name", GAMES)
def test_an_accelerator_learns_what_the_cpu_learns_but_for_rounding(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", False)  # which rounds to 10 bits
    here, items = GAMES[name]()
    far = TrainState(here.model, here.config, device_of("auto"))
    told, seen = ([losses(event) for event in guarded(state, items)] for state in (here, far))
    for one, other in zip(told, seen, strict=True):
        assert one[:2] == other[:2]
        assert other[2:] == pytest.approx(one[2:], rel=TOLERANCE, abs=TOLERANCE)
