"""A kind that no room has heard of trains, is saved, drawn from, explained and measured (tests/sums.py)."""

import gzip
from pathlib import Path

import numpy as np
import pytest
import torch

from attngan import events
from attngan.config import About
from attngan.errors import AttnGanError
from attngan.explain import edits, frames
from attngan.explain.arithmetic import arithmetic
from attngan.explain.exploring import explore
from attngan.explain.facts import facts
from attngan.explain.faithfulness import faithfulness
from attngan.explain.rollout import rollout
from attngan.kinds import registry
from attngan.measure import evaluation
from attngan.measure.neighbours import Gallery
from attngan.model import checkpoints, judging, sampling
from attngan.model.checkpoints import Model
from attngan.nn.places import Columns, Words
from attngan.run import runs, wishes
from attngan.run.folder import RunFolder
from attngan.run.runs import RunConfig
from attngan.train.loop import train
from attngan.train.state import TrainState
from tests import sums, tiny

TEXTS = ["3+5+11", "1+2+3", "12+12+9"]  # 6, 5 and 7 characters


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.ROOMS, "sums", sums.ROOM)


@pytest.fixture
def model() -> Model:
    torch.set_num_threads(1)
    return sums.model(tiny.train_config(steps=7, batch=8))


def run_config(**train: object) -> RunConfig:
    config = tiny.train_config(batch=8, meter=True, **train)
    return RunConfig(model=sums.SumsConfig(), train=config, data="sums", pictures=13**3)


def test_it_trains_is_saved_and_goes_on_to_the_bit(tmp_path: Path):
    data, settings = sums.Sums(), run_config(steps=11)
    whole = TrainState(settings.model, settings.train)
    list(train(whole, data))
    state = runs.create(tmp_path / "run", settings)
    stop = lambda: state.step == 5  # noqa: E731
    assert list(runs.record(tmp_path / "run", settings, state, data, stop))[-1].reason == "stopped"
    told = list(runs.record(tmp_path / "run", settings, runs.resume(tmp_path / "run", settings), data))
    assert isinstance(told[-1], events.Finished)
    saved = torch.load(RunFolder(tmp_path / "run").resume_file, weights_only=True)
    tiny.assert_same(saved["generator"], whole.generator.state_dict())
    assert runs.read_config(tmp_path / "run") == settings
    assert isinstance(told[0], events.Started)
    assert registry.parse_config(told[0].model) == settings.model

    loaded = checkpoints.load(tmp_path / "run")
    assert loaded.config == settings.model
    assert loaded.kind is sums.SUMS
    assert "sums" in (tmp_path / "run" / "model" / "README.md").read_text()
    frame = frames.decode((tmp_path / "run" / "frames" / "00000011.frame.gz").read_bytes())
    assert (frame.header["kind"], frame.items.shape) == ("sums", (16, 2, 1))


def test_it_learns_something_and_is_steered_like_any_other(tmp_path: Path):
    settings = run_config(steps=60)
    state = runs.create(tmp_path / "run", settings)
    run = RunFolder(tmp_path / "run")
    wishes.append(run, wishes.of("step", players="discriminator", count=3), settings.train)
    wishes.append(run, wishes.of("resume"), settings.train)
    told = list(runs.record(run.path, settings, state, sums.Sums()))
    assert [event.left for event in told if isinstance(event, events.Stepped)] == [2, 1, 0]
    assert told[-1].step == 60


def test_texts_of_unequal_length_are_drawn_alone_or_together_the_same(model: Model):
    together = sampling.sample(model, [3, 5, 7], TEXTS)
    assert (together.items.shape, together.items.dtype) == ((3, 2, 1), torch.int32)
    assert together.labels == tuple(TEXTS)
    seen = together.attention[0]
    assert seen.query_places == Columns(("tens", "ones"))
    assert seen.key_places == Words.made_of([[*text] for text in TEXTS])
    for item, (seed, text) in enumerate(zip([3, 5, 7], TEXTS, strict=True)):
        alone = sampling.sample(model, [seed], [text])
        assert torch.equal(alone.items[0], together.items[item])
        torch.testing.assert_close(alone.attention[0].weights[0], seen.weights[item, ..., : len(text)])
        assert (seen.weights[item, ..., len(text) :] == 0).all()
    turned = sampling.sample(model, [7, 3, 5], [TEXTS[2], TEXTS[0], TEXTS[1]])
    torch.testing.assert_close(turned.attention[0].weights[1], seen.weights[0])
    with pytest.raises(AttnGanError, match="'x' is not known here"):
        sampling.sample(model, [3], ["1+x"])


def test_where_a_digit_looked_is_explained_in_characters(model: Model):
    seen = explore(model, 3, "3+5+11", edit="characters*x1.3q0*h1-0")
    assert seen.original.attention[0].weights[0, :, 0, 1].min() > 0
    heat = seen.heatmap(0, head=0)
    assert (heat.shape, heat[1], heat[3]) == ((6,), 0, 0)
    assert heat.sum() == pytest.approx(1)
    assert seen.heatmap(1, mode="seen").shape == (2,)
    assert {mode: seen.heatmap(1, mode=mode).shape for mode in ("contribution", "flow", "rollout")} == {
        "contribution": (6,),
        "flow": (6,),
        "rollout": (2,),
    }
    assert seen.change.largest >= 0
    worked = arithmetic(seen.original.attention[0], 0, 1, 1, count=2)
    assert worked.rest == 4
    assert sum(term.weight for term in worked.terms) + worked.rest_weight == pytest.approx(1)
    kept = rollout(seen.original.attention)[0]
    gate = seen.original.attention[0].gate.item()
    torch.testing.assert_close(kept, torch.eye(2) / (1 + abs(gate)))  # the text is no part of the digits
    with pytest.raises(AttnGanError, match="A place is a whole number from 0 to 1, not 2"):
        seen.heatmap(2)
    with pytest.raises(AttnGanError, match="characters has keys 0 to 5, not 6"):
        explore(model, 3, "3+5+11", edit="characters*x6")
    with pytest.raises(AttnGanError, match="no attention layer words; it has: characters"):
        explore(model, 3, edit="words*g0")


def test_what_attention_does_and_whether_it_tells_the_truth_is_told_of_it(model: Model):
    found = facts(model, 3, "3+5+11")
    assert [layer.name for layer in found.layers] == ["characters"]
    assert found.layers[0].even_distance is None  # characters and digits lie in different things
    assert [head.distance for head in found.layers[0].heads] == [None, None]
    told = faithfulness(model, seeds=[3, 5], labels=["3+5+11", "12+9+1"], queries=2)
    assert (told.layer, told.trials) == ("characters", 4)
    assert told.own.nearest is None
    none = edits.without_attention(model.generator)
    assert none.text == "characters*g0"


def test_its_frames_carry_digits_texts_and_places(model: Model):
    sample = sampling.sample(model, [3, 5, 7], TEXTS)
    data = frames.encode(sample, attended=2)
    frame = frames.decode(data)
    assert frame.items.dtype == np.dtype("<i4")
    assert (frame.items == sample.items.numpy()).all()
    assert frame.header["item"]["places"] == {"columns": ["tens", "ones"]}
    assert frame.header["labels"] == TEXTS
    (layer,) = frame.layers
    assert layer.query_places == Columns(("tens", "ones"))
    assert layer.key_places == Words.made_of([[*text] for text in TEXTS[:2]])
    assert abs(layer.weights - sample.attention[0].weights[:2, ..., :6].numpy()).max() < 0.5 / 255
    assert "pictures" not in frame.header["offsets"]
    thinned = frames.decode(frames.thin(data, 1))
    assert (thinned.items == frame.items).all()
    assert len(thinned.layers[0].weights) == 1
    assert gzip.decompress(data)


def test_it_is_judged_measured_and_compared_with_what_it_learnt_from(model: Model):
    found = evaluation.evaluate(model, sums.Sums(), count=64)
    assert {"fd", "kd", "precision", "recall", "coverage", "memorisation"} <= found.keys()
    items = sampling.items(model, [3, 5], TEXTS[:2])
    assert len(judging.judge(model, items, "3+5+11")) == 2
    nearest = Gallery.of(sums.SUMS, sums.Sums()).nearest(items, 3)
    assert nearest.items.shape == (2, 3, 2, 1)


def test_a_model_folder_of_it_is_read_with_its_own_settings_and_not_without_its_room(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    checkpoints.save(tmp_path / "model", model)
    assert checkpoints.load(tmp_path / "model").config == sums.SumsConfig()
    assert checkpoints.load(tmp_path / "model").about == About(name="sums", data="sums")
    monkeypatch.delitem(registry.ROOMS, "sums")
    with pytest.raises(AttnGanError, match="no architecture 'sums': known: attngan"):
        checkpoints.load(tmp_path / "model")
