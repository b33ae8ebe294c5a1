"""What part of the processor a process gets, as the scheduler tells: by hand, and of this very process."""

import time
from pathlib import Path

import pytest

from attngan.nn import processor
from attngan.nn.processor import Processor


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scheduler that tells what a test writes, and a look at every question."""
    monkeypatch.setattr(processor, "TASKS", tmp_path)
    monkeypatch.setattr(processor, "LOOK_SECONDS", 0.0)
    return tmp_path


def tell(tasks: Path, **threads: tuple[int, int]) -> None:
    for name, (computed, waited) in threads.items():
        (tasks / name).mkdir(exist_ok=True)
        (tasks / name / "schedstat").write_text(f"{computed} {waited} 7\n")


def test_it_is_what_was_computed_since_the_last_look_of_all_that_could_have_been(tasks: Path):
    tell(tasks, one=(500, 900), other=(100, 0))
    looking = Processor()
    tell(tasks, one=(800, 1000), other=(400, 100))
    assert looking.share() == 600 / 800
    tell(tasks, one=(900, 1000))
    assert looking.share() == 1.0


def test_where_the_system_tells_nothing_nothing_is_known(tasks: Path):
    assert Processor().share() is None
    tell(tasks, one=(0, 0))
    looking = Processor()
    tell(tasks, one=(0, 0))
    assert looking.share() is None, "a system that does not count"


def test_between_two_looks_the_last_answer_holds(tasks: Path, monkeypatch: pytest.MonkeyPatch):
    tell(tasks, one=(100, 0))
    looking = Processor()
    tell(tasks, one=(200, 100))
    assert looking.share() == 0.5
    monkeypatch.setattr(processor, "LOOK_SECONDS", 1000.0)
    tell(tasks, one=(900, 100))
    assert looking.share() == 0.5


@pytest.mark.skipif(not processor.TASKS.exists(), reason="this system does not tell")
def test_this_process_computes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processor, "LOOK_SECONDS", 0.0)
    looking = Processor()
    until = time.monotonic() + 0.1
    while time.monotonic() < until:
        pass
    share = looking.share()
    assert share is None or 0 < share <= 1
