"""With how many threads a process computes: asked for, quickest, or one a core that is not spared."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.nn import threads

SPARED, TOLD = "ATTNGAN_SPARED_CORES", "OMP_NUM_THREADS"


@pytest.fixture(autouse=True)
def eight_of_sixteen_cores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A container that may use eight cores of a computer with sixteen."""
    before = torch.get_num_threads()
    monkeypatch.delenv(SPARED, raising=False)
    monkeypatch.delenv(TOLD, raising=False)
    monkeypatch.setattr(threads, "cpu_count", lambda: 8)
    monkeypatch.setattr(threads, "AT_FIRST", 16)
    yield
    torch.set_num_threads(before)


def chosen(asked: int | None = None, quickest: int | None = None) -> int:
    threads.set_threads(asked, quickest)
    return torch.get_num_threads()


def test_what_is_asked_for_comes_first_then_what_is_quickest() -> None:
    assert chosen(3, 1) == 3
    assert chosen(None, 1) == 1
    assert chosen() == 8, "what was chosen before does not matter"


@pytest.mark.parametrize(("spared", "left"), [("", 8), ("0", 8), ("1", 7), ("7", 1), ("8", 1), ("100", 1)])
def test_spared_cores_are_left_but_one_thread_stays(
    monkeypatch: pytest.MonkeyPatch, spared: str, left: int
) -> None:
    monkeypatch.setenv(SPARED, spared)
    assert chosen() == chosen() == left
    assert chosen(5) == 5


def test_where_torch_counts_fewer_cores_they_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "AT_FIRST", 4)  # physical ones
    monkeypatch.setenv(SPARED, "1")
    assert chosen() == 3


def test_a_number_of_threads_in_the_environment_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOLD, "16")
    monkeypatch.setenv(SPARED, "1")
    assert chosen() == 16


@pytest.mark.parametrize(("spared", "left"), [("0", 2), ("3", 1)])
def test_ranks_of_one_machine_share_its_cores(
    monkeypatch: pytest.MonkeyPatch, spared: str, left: int
) -> None:
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "3")
    monkeypatch.setenv(TOLD, "1")  # by torchrun
    monkeypatch.setattr(threads, "AT_FIRST", 1)
    monkeypatch.setenv(SPARED, spared)
    assert chosen() == left


@pytest.mark.parametrize("given", ["-1", "some", "1.5"])
def test_what_is_no_number_of_cores_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(SPARED, given)
    with pytest.raises(AttnGanError, match="ATTNGAN_SPARED_CORES is a number of cores from 0 on"):
        chosen()


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="it takes two cores to spare one")
@pytest.mark.parametrize("command", ["train", "race"])
def test_what_is_trained_by_a_command_spares_as_many_as_the_environment_says(
    tmp_path: Path, command: str
) -> None:
    small = "--size 16 --attention 8 --run-dir"
    arms = [*small.split(), "0"] if command == "train" else ["--arm", f"{small} 0", "--arm", f"{small} 1"]
    said = {}
    for spared in ("0", "1"):
        home = tmp_path / spared
        home.mkdir()
        subprocess.run(
            [sys.executable, "-m", "attngan", command, "--data", "faces", "--steps", "1", *arms],
            cwd=home,
            check=True,
            capture_output=True,
            env=os.environ | {SPARED: spared, "LOKY_MAX_CPU_COUNT": "2", "PYTHONPATH": str(Path.cwd())},
        )
        first, *_ = (home / "0" / "events.jsonl").read_text("utf-8").splitlines()
        said[spared] = json.loads(first)["threads"]
    assert said == {"0": 2, "1": 1}
