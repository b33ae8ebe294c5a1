"""With how many threads a process computes: asked for, quickest, or one a core that is not spared."""

from collections.abc import Iterator

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.nn import threads


@pytest.fixture(autouse=True)
def eight_of_sixteen_cores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A container that may use eight cores of a computer with sixteen."""
    before = torch.get_num_threads()
    monkeypatch.delenv("ATTNGAN_SPARED_CORES", raising=False)
    monkeypatch.setattr(threads, "cpu_count", lambda: 8)
    torch.set_num_threads(16)
    yield
    torch.set_num_threads(before)


def chosen(asked: int | None = None, quickest: int | None = None) -> int:
    threads.set_threads(asked, quickest)
    return torch.get_num_threads()


def test_what_is_asked_for_comes_first_then_what_is_quickest() -> None:
    assert chosen(3, 1) == 3
    assert chosen(None, 1) == 1
    assert chosen() == 1, "torch had been told one thread, as by OMP_NUM_THREADS"


def test_a_container_counts_the_cores_that_it_may_use() -> None:
    assert chosen() == 8


@pytest.mark.parametrize(("spared", "left"), [("0", 8), ("1", 7), ("7", 1), ("8", 1), ("100", 1)])
def test_spared_cores_are_left_but_one_thread_stays(
    monkeypatch: pytest.MonkeyPatch, spared: str, left: int
) -> None:
    monkeypatch.setenv("ATTNGAN_SPARED_CORES", spared)
    assert chosen() == left
    assert chosen(5) == 5


def test_ranks_of_one_machine_share_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "3")
    torch.set_num_threads(1)  # as torchrun has it
    assert chosen() == 2


@pytest.mark.parametrize("given", ["", "-1", "some", "1.5"])
def test_what_is_no_number_of_cores_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ATTNGAN_SPARED_CORES", given)
    with pytest.raises(AttnGanError, match="ATTNGAN_SPARED_CORES is a number of cores from 0 on"):
        chosen()
