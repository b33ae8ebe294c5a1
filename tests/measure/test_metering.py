"""Quality is measured now and then, seldom enough, and on the pictures of the averaged generator."""

import dataclasses
import itertools
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from attngan.config import About
from attngan.data import ImageSet
from attngan.events import Event, Finished, QualityMeasured, StepDone
from attngan.kinds.pictures.kind import PICTURES
from attngan.measure import evaluation, metering, scenes
from attngan.measure.metering import FIRST_SECONDS, REALS, SHARE, metered
from attngan.measure.metrics import Meter
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.batch import Check
from attngan.train.state import TrainState
from tests import tiny, tiny_scenes

SEEDS = range(PICTURES.measured)


class Clock:
    """Time that passes only when told to: a step takes `step` seconds, a measurement `look`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: float, look: float) -> None:
        self.now, self.step, self.look = 0.0, step, look
        measure = Meter.measure

        def slow(meter: Meter, images: Any) -> dict[str, float]:
            self.now += self.look
            return measure(meter, images)

        monkeypatch.setattr(metering, "time", SimpleNamespace(perf_counter=lambda: self.now))
        monkeypatch.setattr(Meter, "measure", slow)

    def steps(self, state: TrainState, until: float) -> Iterator[Event]:
        start = self.now - state.seconds
        while self.now < until:
            self.now += self.step
            state.step += 1
            state.seconds = self.now - start
            yield StepDone(
                step=state.step, seconds=state.seconds, progress=0, images=0, images_per_second=1,
                generator_loss=1, discriminator_loss=1,
            )  # fmt: skip
        yield Finished(step=state.step, seconds=state.seconds, reason="budget")


def measured(clock: Clock, until: float, state: TrainState | None = None) -> list[QualityMeasured]:
    state = state or tiny.state()
    told = list(metered(clock.steps(state, until), state, tiny.pictures(31)))
    assert isinstance(told[-1], Finished)
    return [event for event in told if isinstance(event, QualityMeasured)]


@pytest.mark.parametrize("look", [0.001, 0.2, 1.5])
def test_all_measurements_together_cost_little_whatever_one_costs(
    monkeypatch: pytest.MonkeyPatch, look: float
):
    found = measured(Clock(monkeypatch, step=0.25, look=look), until=200)
    assert len(found) >= 4
    assert found[0].seconds >= FIRST_SECONDS, "nothing is measured while one waits for the first pictures"
    assert len(found) * look <= SHARE * found[-1].seconds + look + 1e-6
    assert all(later.seconds - one.seconds >= 2 for one, later in itertools.pairwise(found))


def test_a_run_that_goes_on_pays_anew(monkeypatch: pytest.MonkeyPatch):
    state = tiny.state()
    state.seconds = 100.0
    found = measured(Clock(monkeypatch, step=0.25, look=0.2), until=30, state=state)
    assert found[0].seconds >= 100 + FIRST_SECONDS


@pytest.mark.parametrize("classes", [0, 3])
def test_what_is_measured_are_pictures_of_the_averaged_generator(
    monkeypatch: pytest.MonkeyPatch, classes: int
):
    state, data = tiny.state({"classes": classes}), tiny.pictures(31, classes=classes)
    clock = Clock(monkeypatch, step=7, look=0)
    told = list(metered(clock.steps(state, 7), state, data))
    (found,) = (event for event in told if isinstance(event, QualityMeasured))
    model = Model(state.model, state.ema.eval(), state.discriminator, About())
    labels = evaluation.in_proportion(data.labels, len(SEEDS)).tolist() if classes else None
    drawn = sampling.items(model, SEEDS, labels)
    assert found.values == Meter.of(state.kind, data, REALS).measure(drawn)
    assert (found.step, found.seconds) == (1, 7)


def test_what_can_be_checked_exactly_is_measured_too_and_comes_first(monkeypatch: pytest.MonkeyPatch):
    seen = []

    def rate(items: Any, asked: Any) -> float:
        seen.append((items.shape, asked))
        return 0.25

    checked = dataclasses.replace(tiny.pictures(31), check=Check({"agreement": rate}))
    state = tiny.state()
    told = list(metered(Clock(monkeypatch, step=7, look=0).steps(state, 7), state, checked))
    (found,) = (event for event in told if isinstance(event, QualityMeasured))
    assert list(found.values) == ["agreement", "kd", "variety", "memorisation"]
    assert found.values["agreement"] == 0.25
    assert seen == [((len(SEEDS), 16, 16, 3), None)], "decoded items, made from no text"


def test_where_texts_can_be_right_or_wrong_ones_never_learnt_from_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
):
    seen = []

    def rate(items: Any, asked: Any) -> float:
        seen.append((len(items), asked))
        return 0.25

    pictures = tiny_scenes.pictures()
    assert pictures.check is not None
    checked = dataclasses.replace(
        pictures, check=dataclasses.replace(pictures.check, rates={"all_facts": rate})
    )
    clock = Clock(monkeypatch, step=7, look=0)
    training = tiny_scenes.state()
    (found,) = (
        event for event in metered(clock.steps(training, 7), training, checked)
        if isinstance(event, QualityMeasured)
    )  # fmt: skip
    assert list(found.values)[:4] == ["all_facts", "kd", "variety", "memorisation"]
    sorts = [f"iou_{sort}_{network}" for sort in scenes.TYPES for network in ("generator", "discriminator")]
    overlaps = {*sorts, *(f"{name}_other" for name in sorts), "iou_uniform", "iou_centre"}
    assert {*list(found.values)[4:]} == overlaps, "whether or not a picture is right yet"
    assert 0 < found.values["iou_uniform"] < 1
    assert seen == [(len(SEEDS), pictures.check.asked[: len(SEEDS)])]
    assert not {*seen[0][1]} & {*pictures.captions}
    plain = dataclasses.replace(checked, words=None)
    training = tiny.state()
    told = metered(Clock(monkeypatch, step=7, look=0).steps(training, 7), training, plain)
    (found,) = (event for event in told if isinstance(event, QualityMeasured))
    assert "all_facts" not in found.values


def test_all_events_pass_in_their_order(monkeypatch: pytest.MonkeyPatch):
    state = tiny.state()
    told = list(
        metered(
            Clock(monkeypatch, step=1, look=0).steps(state, 8), state, ImageSet("x", tiny.pictures().images)
        )
    )
    steps = [event for event in told if not isinstance(event, QualityMeasured)]
    assert [event.step for event in steps] == [1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert [event.event for event in told[5:8]] == ["step", "quality", "step"]
