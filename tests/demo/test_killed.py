"""Trainings outlive what kills them: real processes, killed at random moments, and a drive that is full.

bench/kills.py does the same at more moments and prints what was lost.
"""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import exact, kills, mortal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")

SEED = 11
SECONDS = 5.0  # of each training
STEPS = 16


def test_nothing_that_the_page_told_is_lost_and_all_goes_on_from_there(tmp_path: Path) -> None:
    """One story: server and training are killed, then a training, then the server ends, then it is killed."""
    blows = ["both", "worker", "end", "server"]
    with mortal.page_in(tmp_path) as page:
        told = kills.survive(page, blows, random.Random(SEED), SECONDS)
    assert [blow.what for blow in told] == blows
    assert all(blow.lost <= kills.MOST_LOST for blow in told)
    assert sum(blow.told for blow in told) > 0, "there was something to lose"
    assert "interrupted" in {blow.state for blow in told}


def test_a_training_that_finds_the_drive_full_goes_on_once_old_ones_have_made_room(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("there is no `unshare`, to have a small drive")
    tried = subprocess.run(
        kills.on_a_small_drive(tmp_path, ["true"]), capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"this machine lets nobody mount a drive of their own: {tried.stderr.strip()}")
    asked = ["--moments", "1", "--seed", str(SEED), "--seconds", str(SECONDS), "--only", "full"]
    command = [sys.executable, kills.__file__, *asked, "--drive", str(tmp_path)]
    done = subprocess.run(
        kills.on_a_small_drive(tmp_path, command), cwd=mortal.HOME, env=mortal.environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.startswith("full "), done.stdout


def test_a_killed_run_and_a_branch_end_with_the_weights_of_one_that_lived_on_to_the_bit(
    tmp_path: Path,
) -> None:
    whole, marked = exact.unharmed(tmp_path, STEPS)
    assert 0 < marked < STEPS
    exact.branched(tmp_path, whole, marked, STEPS)
    exact.killed(tmp_path, whole, STEPS, random.Random(SEED))
