"""What the Explore tab offers to a visitor: the bundled models, and trainings that the browser remembers."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from demo import shelf
from demo.explorer import tab, value
from tests.browser.serving import make_model, make_run

GONE = "0" * 32


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a visitor's training, beside one bundled model."""
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path / "checkpoints"))
    monkeypatch.setenv("ATTNGAN_RUNS", str(tmp_path / "runs"))
    make_model(tmp_path / "checkpoints" / "faces", generator_attention=(8,))
    return make_run(tmp_path / "runs")


def arrive(runs: Any, query: dict[str, str]) -> tuple[list[str], Any]:
    """Keys in the list of models, and what the canvas is told."""
    request: Any = SimpleNamespace(query_params=query)
    model, _, _, _, value, _ = tab._arrive(runs, "faces", 7, request)
    return [key for _, key in model.choices], value


def compared(told: Any) -> list[str]:
    return [one["key"] for one in told["others"]]


def test_a_remembered_training_is_listed_and_can_be_compared_with(finished: str) -> None:
    run = f"run-{finished}"
    listed, value = arrive([GONE, finished, 13], {})
    assert listed == ["faces", run]
    assert compared(value) == ["faces", run]
    assert "seed=7" in value["url"]
    assert compared(tab._show_noise("faces", 5, tab.EVERY_CLASS, "", [finished])) == ["faces", run]
    assert compared(tab._show_noise("faces", 5, tab.EVERY_CLASS, "", "nonsense")) == ["faces"]


def test_who_remembers_nothing_sees_what_the_page_began_with(finished: str) -> None:
    listed, value = arrive([], {})
    assert listed == ["faces"]
    assert "url" not in value, "the canvas is left alone"


def test_who_holds_a_link_may_compare_with_its_training(finished: str) -> None:
    _, value = arrive([], {"model": "faces", "compare": f"run-{finished}"})
    assert compared(value) == ["faces", f"run-{finished}"]
    assert not value["unfit"]
    assert compared(arrive([], {"model": "faces", "compare": f"run-{GONE}"})[1]) == ["faces"]


def test_the_newest_trainings_are_remembered_once_each() -> None:
    many = [f"{number:032x}" for number in range(tab.KEPT_RUNS + 5)]
    assert tab.remembered(many, many[9])[-1] == many[9]
    assert len(set(tab.remembered(many, GONE))) == len(tab.remembered(many, GONE)) == tab.KEPT_RUNS
    assert tab.remembered(None, GONE) == [GONE]


def test_models_of_texts_are_compared_with_those_of_the_same_data_alone() -> None:
    dates, notes = shelf.take("dates"), shelf.take("notes")
    faces, digits = shelf.take("faces"), shelf.take("digits")
    assert not value._make_alike(notes, dates), "it could not read such texts"
    assert value._make_alike(dates, replace(dates, key="run-2"))
    assert value._make_alike(faces, digits)
    assert not value._make_alike(faces, dates)
