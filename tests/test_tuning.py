"""A process that trains keeps its memory and waits shortly."""

import os
import platform
import subprocess
import sys

import pytest

from attngan import tuning

FAULTS = """
import resource
from attngan.tuning import tune_process
if {tuned}: tune_process()
def work(): del [bytearray(30_000_000) for _ in range(3)][:]
work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5): work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc's malloc is told anything")
def test_freed_memory_is_used_again_without_asking_the_system() -> None:
    faults = {
        tuned: int(subprocess.check_output([sys.executable, "-c", FAULTS.format(tuned=tuned)]))
        for tuned in (False, True)
    }
    assert faults[True] < faults[False] / 10


@pytest.mark.parametrize(("given", "expected"), [(None, "10000"), ("7", "7")])
def test_threads_wait_shortly_unless_told_otherwise(given: str | None, expected: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "GOMP_SPINCOUNT"}
    if given:
        environment["GOMP_SPINCOUNT"] = given
    script = (
        "import os; from attngan import tuning; tuning.tune_process(); print(os.environ['GOMP_SPINCOUNT'])"
    )
    told = subprocess.check_output([sys.executable, "-c", script], env=environment, text=True)
    assert told.strip() == expected


def test_a_server_s_threads_share_two_heaps_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    class Libc:
        def mallopt(self, parameter: int, value: int) -> None:
            told.append((parameter, value))

    monkeypatch.setattr(tuning.ctypes, "CDLL", lambda _: Libc())
    monkeypatch.setattr(tuning.platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setenv("ATTNGAN_SPARED_CORES", "0")
    tuning.tune_server()
    assert told == [(-8, 2)]  # M_ARENA_MAX of malloc.h
    monkeypatch.setenv("MALLOC_ARENA_MAX", "5")
    tuning.tune_server()
    assert told == [(-8, 2)]


@pytest.mark.parametrize(("given", "spared"), [(None, 1), ("0", 0), ("2", 2)])
def test_what_a_server_trains_spares_a_core_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str | None, spared: int
) -> None:
    monkeypatch.setattr(tuning, "_tell_malloc", lambda _: None)
    monkeypatch.setenv("ATTNGAN_SPARED_CORES", given or "")
    if given is None:
        monkeypatch.delenv("ATTNGAN_SPARED_CORES")
    assert tuning.spared_cores() == int(given or 0), "a training that no server began takes all cores"
    tuning.tune_server()
    assert tuning.spared_cores() == spared
