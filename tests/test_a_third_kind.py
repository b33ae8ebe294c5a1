"""A kind that no room has heard of trains, is saved, drawn, explained, framed and measured by all of them."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

import attngan
from attngan.errors import AttnGanError
from attngan.events import Finished, FrameSaved, QualityMeasured, SnapshotSaved, Started, StepDone
from attngan.explain import frames
from attngan.explain.arithmetic import arithmetic
from attngan.explain.edits import parse_text
from attngan.explain.facts import facts
from attngan.explain.faithfulness import faithfulness
from attngan.kinds.registry import KINDS, kind_of, parse_config
from attngan.measure import evaluation, metering
from attngan.measure.neighbours import Gallery
from attngan.model import checkpoints, sampling
from attngan.model.checkpoints import Model
from attngan.model.judging import judge
from attngan.nn.places import Columns, Words
from attngan.run import recorder, runs
from attngan.run.folder import RunFolder
from attngan.train.state import TrainState
from tests import sums, tiny
from tests.tiny_runs import kinds, snapshot_at_once

TEXTS = ["3+5+1", "12+70+99", "4+44+4", "0+0+0", "99+99+99"]
SEEDS = (2, 3, 5, 7, 11)


@pytest.fixture(autouse=True)
def third_kind() -> Iterator[None]:
    with sums.known():
        yield
    assert "sums" not in KINDS


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run."""
    folder = tmp_path_factory.mktemp("third") / "run"
    with sums.known():
        sums.write_run(folder, steps=60)
    return folder


@pytest.fixture(scope="module")
def model(run: Path) -> Model:
    with sums.known():
        return checkpoints.load(run)


def test_a_run_has_events_frames_snapshots_and_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0)
    snapshot_at_once(monkeypatch)
    settings = sums.run_config(steps=5)
    told = list(runs.record(tmp_path, settings, runs.create(tmp_path, settings), sums.Sums()))
    assert told == runs.read_events(tmp_path)
    assert {Started, StepDone, FrameSaved, SnapshotSaved, Finished} <= set(map(type, told))
    assert kind_of(parse_config(told[0].model)).name == "sums"
    assert [event.gates.keys() for event in told if isinstance(event, StepDone)] == [{"digits"}] * 5
    run = RunFolder(tmp_path)
    assert run.frames.steps() == run.snapshots.steps() == [0, 1, 2, 3, 4, 5]
    with Image.open(run.reals_file) as reals:
        assert reals.height == 12 * sums.SUMS.together
    assert runs.read_config(tmp_path) == settings
    assert json.loads(run.config_file.read_text())["model"] == {
        "architecture": "sums", "latent_size": 5, "classes": 0, "clusters": 0, "width": 22, "heads": 2,
    }  # fmt: skip


def test_going_on_gives_the_weights_of_never_having_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0)
    settings = sums.run_config(steps=7)
    whole = runs.create(tmp_path / "whole", settings)
    list(runs.record(tmp_path / "whole", settings, whole, sums.Sums()))
    first = runs.record(tmp_path / "parts", settings, runs.create(tmp_path / "parts", settings), sums.Sums())
    for event in first:
        if isinstance(event, StepDone) and event.step == 3:
            break
    first.close()
    state = runs.resume(tmp_path / "parts", runs.read_config(tmp_path / "parts"))
    assert state.step == 3
    assert kinds(runs.record(tmp_path / "parts", settings, state, sums.Sums()))[-1] == "finished"
    tiny.assert_same(state.state_dict() | {"seconds": 0}, whole.state_dict() | {"seconds": 0})


def test_its_folder_says_what_it_is(run: Path, model: Model):
    said = json.loads((run / "model" / "config.json").read_text())
    assert said["model"]["architecture"] == "sums"
    assert (said["about"]["data"], said["about"]["steps"]) == ("sums", 60)
    card = (run / "model" / "README.md").read_text()
    assert "A generator that makes sums from noise" in card
    assert "| Sums | of three numbers from 0 to 99 |" in card
    assert "| Attribution | Nobody's sums |" in card
    assert (model.kind, model.config) == (sums.SUMS, sums.SumsConfig())
    assert model.about.images == 60 * 8


def test_training_brings_the_hundreds_near_to_the_right_ones(model: Model):
    data = sums.Sums()
    batch = data.batch(torch.arange(997))
    z = sampling.latents(range(997), model.config.z_size)
    start = TrainState(model.config, sums.run_config().train).generator
    wrong = [
        (network(z, batch.condition).items - batch.items).abs().mean(0)
        for network in (start, model.generator)
    ]
    assert wrong[1][0] < wrong[0][0] / 3


def test_sums_are_drawn_from_their_texts(model: Model):
    drawn = sampling.sample(model, SEEDS, TEXTS)
    assert (drawn.items.shape, drawn.items.dtype) == ((5, 3, 1), torch.int32)
    assert (drawn.seeds, drawn.labels) == (SEEDS, tuple(TEXTS))
    (seen,) = drawn.attention
    assert isinstance(seen.key_places, Words)
    assert ["".join(text) for text in seen.key_places.texts] == TEXTS
    assert seen.query_places == drawn.places == Columns(("hundreds", "tens", "ones"))
    assert seen.weights.shape == (5, 2, 3, 8)
    for item, text in enumerate(TEXTS):
        assert (seen.weights[item, :, :, len(text) :] == 0).all()
        alone = sampling.sample(model, [SEEDS[item]], [text])
        torch.testing.assert_close(alone.attention[0].weights[0], seen.weights[item, :, :, : len(text)])
    assert sampling.sample(model, [2]).labels == ("3+5+1",)
    assert sampling.items(model, range(67)).shape == (67, 3, 1)
    assert sampling.interpolate(model, 2, 3, count=7).labels == ("3+5+1",) * 7
    assert sampling.interpolate(model, 2, 3, count=7, label="1+2+3").labels == ("1+2+3",) * 7


@pytest.mark.parametrize("wrong", [["1+2"], ["100+1+1"], ["1+2+x"], ["1+2+3"] * 2])
def test_what_is_no_sum_is_refused_in_words(model: Model, wrong: list[str]):
    with pytest.raises(AttnGanError, match=r"three numbers, such as 3\+15\+1|as many texts"):
        sampling.sample(model, [2], wrong)


def test_where_a_digit_looks_is_a_map_over_the_text(model: Model):
    seen = attngan.explore(model, 7, "12+70+9")
    heat = seen.heatmap(1)
    assert heat.shape == (7,)
    np.testing.assert_allclose(heat, seen.attention[0].weights[0, :, 1].mean(0), rtol=1e-6)
    assert heat.sum() == pytest.approx(1)
    assert seen.heatmap(2, head=1, mode="contribution").shape == (7,)
    assert seen.heatmap(2, mode="flow").sum() == pytest.approx(1)
    gate = abs(seen.attention[0].gate.item())
    assert seen.heatmap(2, mode="rollout").tolist() == pytest.approx([0, 0, 1 / (1 + gate)])
    assert (seen.change.moved, seen.image.shape) == (0, (3, 1))
    for wrong in ({"place": 3}, {"place": (1, 1)}, {"place": -1}):
        with pytest.raises(AttnGanError, match="whole number from 0 to 2"):
            seen.heatmap(**wrong)
    with pytest.raises(AttnGanError, match="Columns do not lie in Words"):
        seen.heatmap(1, mode="seen")
    (bars,) = seen.figure(1, mode="contribution").axes
    assert [label.get_text() for label in bars.get_xticklabels()] == list("12+70+9")


def test_all_of_it_goes_into_an_npz(model: Model):
    file = io.BytesIO()
    np.savez(file, **attngan.explore(model, 7, "12+70+9", edit="digits*x0-1").arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as kept:
        assert (str(kept["edit"]), str(kept["label"])) == ("digits*x0-1", "12+70+9")
        assert (kept["digits_query_size"].tolist(), kept["digits_key_size"].tolist()) == ([3], [7])


def test_an_edit_blocks_words(model: Model):
    seen = attngan.explore(model, 7, "12+70+9", edit="digits*x0-1*o3q2*h1-0.5")
    weights = seen.attention[0].weights[0]  # (N, Q, K)
    assert (weights[:, :2, :2] == 0).all()
    assert (weights[:, 2, 3] == 1).all()
    assert seen.change.largest >= 0
    torch.testing.assert_close(weights[:, 0].sum(-1), torch.ones(2))
    with pytest.raises(AttnGanError, match="keys 0 to 6, not 7"):
        attngan.explore(model, 7, "12+70+9", edit="digits*x7")
    assert attngan.explore(model, 7, "12+70+90", edit="digits*x7").attention[0].weights[0, 0, 0, 7] == 0
    with pytest.raises(AttnGanError, match="no attention layer 8; it has: digits"):
        parse_text("8*g0").on(model.generator)


def test_its_attention_has_facts_arithmetic_and_a_verdict(model: Model):
    found = facts(model, 7, "12+70+9")
    (layer,) = found.layers
    assert (layer.name, layer.even_distance, len(layer.heads)) == ("digits", None, 2)
    assert all(head.distance is None and 0 <= head.spread <= 1.0001 for head in layer.heads)
    assert len(found.regions) == 3
    assert found.removed == layer.removed
    told = arithmetic(attngan.explore(model, 7, "12+70+9").attention[0], 0, 1, 2, count=3)
    assert (len(told.terms), told.rest) == (3, 4)
    assert sum(term.weight for term in told.terms) + told.rest_weight == pytest.approx(1)
    trusted = faithfulness(model, seeds=SEEDS, labels=TEXTS, queries=3)
    assert (trusted.layer, trusted.trials, trusted.own.nearest) == ("digits", 15, None)
    short = faithfulness(model, seeds=(2, 3), labels=["1+2+3", "99+99+99"], queries=3, cells=4)
    alone = faithfulness(model, seeds=(2,), labels=["1+2+3"], queries=3, cells=4)
    assert short.trials == 2 * alone.trials
    with pytest.raises(AttnGanError, match="From 1 to 4 keys can be forbidden"):
        faithfulness(model, seeds=(2, 3), labels=["1+2+3", "99+99+99"], queries=3, cells=5)


@pytest.mark.parametrize(("attended", "longest"), [(None, 8), (1, 5), (3, 8), (0, 0)])
def test_a_frame_comes_back(model: Model, attended: int | None, longest: int):
    drawn = sampling.sample(model, SEEDS, TEXTS)
    frame = frames.decode(frames.encode(drawn, attended, step=1009))
    kept = 5 if attended is None else attended
    assert np.array_equal(frame.items, drawn.items.numpy())
    assert frame.items.dtype == np.int32
    assert (frame.header["kind"], frame.header["labels"], frame.header["step"]) == ("sums", TEXTS, 1009)
    assert frame.header["item"]["places"] == {"columns": ["hundreds", "tens", "ones"]}
    assert ["".join(text) for text in frame.header["item"]["texts"]] == [
        "".join(map(str, item)) for item in drawn.items[..., 0].tolist()
    ]
    (layer,), (seen,) = frame.layers, drawn.attention
    assert frame.header["layers"][0]["key"] == {"words": [list(text) for text in TEXTS[:kept]]}
    assert layer.weights.shape == (kept, 2, 3, longest)
    np.testing.assert_allclose(layer.weights, seen.weights[:kept, ..., :longest], atol=0.003)
    again = frames.decode(frames.thin(frames.encode(drawn), kept))
    assert again.layers[0].key_places == layer.key_places
    assert np.array_equal(again.layers[0].weights, layer.weights)
    assert np.array_equal(again.layers[0].lengths, layer.lengths)


def test_a_run_keeps_frames_of_the_same_sums(run: Path):
    steps = RunFolder(run).frames.steps()
    assert steps[0] == 0
    assert steps[-1] == 60
    for step in steps:
        frame = frames.decode(RunFolder(run).frames.of(step).read_bytes())
        assert frame.header["labels"][:4] == ["3+5+1", "12+7+90", "44+4+4", "3+5+1"]


def test_it_is_judged_and_compared_with_what_it_learnt_from(model: Model):
    given = sampling.items(model, SEEDS[:2], ["1+2+3"] * 2)
    found = judge(model, given, "1+2+3")
    assert [one.attention[0].weights.shape for one in found] == [(1, 2, 3, 5)] * 2
    with pytest.raises(AttnGanError, match="give a label"):
        judge(model, given)
    data = sums.Sums(61)
    reals = sums.SUMS.decode(data.batch(torch.tensor([7, 2])).items)
    near = Gallery.of(sums.SUMS, data).nearest(reals, count=3)
    assert near.items.shape == (2, 3, 3, 1)
    assert torch.equal(near.items[:, 0], reals)


def test_it_is_evaluated_on_the_texts_of_the_data(model: Model, monkeypatch: pytest.MonkeyPatch):
    data, asked = sums.Sums(101), []
    draw = sampling.items

    def watched(model: Model, seeds: Any, labels: Any = None) -> torch.Tensor:
        asked.append(list(map("".join, labels)))
        return draw(model, seeds, labels)

    monkeypatch.setattr(sampling, "items", watched)
    found = evaluation.evaluate(model, data, count=101)
    assert asked[-1] == ["".join(text) for text in data.batch(torch.arange(101)).condition.texts]
    assert {"fd", "kd", "precision", "recall", "coverage", "memorisation"} <= found.keys()
    with pytest.raises(AttnGanError, match="The model adds, but noise has pictures"):
        evaluation.evaluate(model, tiny.pictures(31), count=67)


def test_it_is_metered_while_it_trains(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(metering, "FIRST_SECONDS", 0)
    monkeypatch.setattr(metering, "LEAST_SECONDS", 0)
    monkeypatch.setattr(metering, "SHARE", 1e9)
    settings = sums.run_config(steps=3)
    told = list(runs.record(tmp_path, settings, runs.create(tmp_path, settings), sums.Sums()))
    measured = [event.values for event in told if isinstance(event, QualityMeasured)]
    assert measured
    assert measured[0].keys() == {"kd", "variety", "memorisation"}


def test_without_it_there_is_none():
    del KINDS["sums"]
    try:
        with pytest.raises(AttnGanError, match="no architecture 'sums'"):
            parse_config({"architecture": "sums"})
    finally:
        KINDS["sums"] = sums.Entry((sums.SumsConfig,), lambda: sums.SUMS)


@pytest.mark.parametrize(("given", "stored"), [(torch.int64, "<i4"), (torch.float64, "<f4")])
def test_items_of_any_type_have_a_frame(model: Model, given: torch.dtype, stored: str) -> None:
    sample = sampling.sample(model, [3], ["1+2+3"])
    frame = frames.decode(frames.encode(replace(sample, items=sample.items.to(given))))
    assert frame.items.dtype == np.dtype(stored)
    assert (frame.items == sample.items.numpy()).all()
