"""The probe that chooses a precision: by the processor's time, and no longer than the answer needs."""

import pytest
import torch

from attngan.nn import precision

PREPARATION = 7.0  # seconds, of the first call in each precision


class Clock:
    """A processor that takes the given seconds for each run, and longer for the first in each precision."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: dict[str, float]) -> None:
        self.seconds, self.now = seconds, 0.0
        self.runs: list[str] = []
        monkeypatch.setattr(precision.time, "process_time", lambda: self.now)

    def run(self) -> None:
        kind = "bfloat16" if torch.is_autocast_enabled("cpu") else "float32"
        self.now += self.seconds[kind] + (0 if kind in self.runs else PREPARATION)
        self.runs.append(kind)


@pytest.mark.parametrize(
    ("bfloat16", "chosen", "ratio"),
    [
        (3.0, "bfloat16", "1.67"),
        (4.4, "bfloat16", "1.14"),
        (4.6, "float32", "1.09"),
        (7.5, "float32", "0.67"),
    ],
)
def test_the_faster_one_is_chosen_if_it_is_clearly_faster_and_the_ratio_told(
    monkeypatch: pytest.MonkeyPatch, bfloat16: float, chosen: str, ratio: str
):
    clock = Clock(monkeypatch, {"float32": 5.0, "bfloat16": bfloat16})
    found, told = precision.fastest_precision(clock.run)
    assert found == chosen
    assert f"{ratio} times" in told
    assert f"{chosen} is used" in told


def test_a_clear_answer_is_believed_at_once_and_a_close_one_measured_again(monkeypatch: pytest.MonkeyPatch):
    clear = Clock(monkeypatch, {"float32": 5.0, "bfloat16": 3.0})
    precision.fastest_precision(clear.run)
    assert clear.runs == ["float32", "bfloat16"] * 2
    close = Clock(monkeypatch, {"float32": 5.0, "bfloat16": 4.4})
    precision.fastest_precision(close.run)
    assert close.runs == ["float32", "bfloat16"] * 7


def test_threads_are_as_many_afterwards_as_before():
    threads = torch.get_num_threads()
    seen = []
    precision.fastest_precision(lambda: seen.append(torch.get_num_threads()))
    assert set(seen) == {1}
    assert torch.get_num_threads() == threads
