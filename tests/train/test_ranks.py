"""Several processes that share each batch train what one process trains, and one of them may be lost."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.events import Finished
from attngan.nn import ranks
from attngan.run.folder import RunFolder
from tests import several

SECONDS = 400  # that a busy machine may take
ALIKE = 1e-6  # of losses and weights; most differ by 1e-12, those divided by a singular value by 1e-9


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What two processes, and one alone, found in all cases."""
    folder = tmp_path_factory.mktemp("cases")
    started = several.start(free_port(), folder)
    try:
        said = [process.communicate(timeout=SECONDS)[1] for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0, several.DIED], said
    found: dict[str, Any] = torch.load(folder / "found.pt", weights_only=True)
    return found


@pytest.mark.parametrize("case", several.CASES)
def test_two_ranks_train_what_one_trains(found: dict[str, Any], case: str):
    one, two = found["one"][case], found["two"][case]
    assert len(one["losses"]) >= several.STEPS
    torch.testing.assert_close(two, one, rtol=ALIKE, atol=ALIKE)


def test_a_lost_rank_is_told_in_a_sentence_and_leaves_the_last_whole_step_to_go_on_from(
    found: dict[str, Any],
):
    lost, resumed, straight = (found[name] for name in ("lost", "resumed", "straight"))
    assert lost["ending"]["event"] == "failed"
    assert "has ended" in lost["ending"]["reason"]
    assert "Step 2 is saved: go on with --resume " in lost["ending"]["reason"]
    assert lost["ending"]["step"] == lost["step"] == 2
    assert resumed["ending"]["event"] == straight["ending"]["event"] == "finished"
    assert resumed["step"] == straight["step"] == several.STEPS
    torch.testing.assert_close(resumed["weights"], straight["weights"], rtol=ALIKE, atol=ALIKE)


def test_torchrun_has_two_processes_train_one_run_that_one_goes_on_with(tmp_path: Path):
    train = [sys.executable, "-m", "attngan", "train"]
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    torchrun += ["--master-port", str(free_port()), "-m", "attngan", "train"]
    new = ["--data", "gaussians", "--run-dir", "run", "--no-meter", "--json"]
    for command in ([*torchrun, *new, "--steps", "3"], [*train, "--resume", "run", "--steps", "5", "--json"]):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        assert done.returncode == 0, done.stderr
    events = RunFolder(tmp_path / "run").read_all()
    assert [event.step for event in events if isinstance(event, Finished)] == [5]
    begun = next(event for event in events if event.event == "started")
    assert "2 processes share each batch." in begun.notes
    assert json.loads((tmp_path / "run" / "config.json").read_text())["train"]["batch"] == 256


def test_a_batch_that_would_part_a_group_is_refused_with_the_numbers_that_suit():
    ranks.check(64, 8)
    with pytest.raises(
        AttnGanError, match=r"A batch of 48 cannot .* 4 processes .* start as many as 1, 2, 3, 6"
    ):
        ranks.check(48, 4)


def test_a_process_alone_gets_back_the_very_same():
    given = torch.ones(12, 2)
    share = ranks.Share(12)
    assert all(
        same(given) is given for same in (share.of, share.spread, share.whole, ranks.of_all, ranks.total)
    )
    assert ranks.averaged([given])[0] is given
    assert (ranks.known(), ranks.count()) == (1, 1)
