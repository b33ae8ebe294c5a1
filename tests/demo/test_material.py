"""What a job of the page learns from: put into its folder, and shown again to whoever comes back."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from attngan import data
from attngan.errors import AttnGanError
from demo.jobs import UPLOADED, Jobs, Request, glimpse_in, shown_command
from demo.jobs.material import OwnDataError, material_of

PRETENDED = (sys.executable, str(Path(__file__).with_name("pretend_training.py")))


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    one = Jobs(tmp_path / "runs", PRETENDED)
    yield one
    one.close()


def table(folder: Path, count: int = 150) -> Path:
    path = folder / "my pairs.csv"
    path.write_text("input,output\n" + "".join(f"<b>word</b> {number},{number}\n" for number in range(count)))
    return path


def test_own_pairs_are_learnt_from_the_job_s_folder_and_shown_again(jobs: Jobs, tmp_path: Path) -> None:
    request = Request(data=UPLOADED, own_kind="text", seconds=5, preset="pooled")
    run = jobs.start(request, [table(tmp_path)])
    folder = jobs.find(run)
    assert folder.record().data == "my_pairs.jsonl"
    found = data.load(str(folder.path / "my_pairs.jsonl"))
    assert isinstance(found, data.PairSet)
    assert len(found) == 147
    shown = glimpse_in(folder.path)
    assert shown
    assert (shown["kind"], shown["count"]) == ("text", 147)
    assert shown["pairs"][0][0] == found.pairs[0].input == "<b>word</b> 0"
    assert jobs.news(run).kind == "text"
    assert shown_command(folder.record().request, folder.record().data) == (
        "python -m attngan train --data my_pairs.jsonl --seconds 5 --preset pooled --seed 0 --run-dir run"
    )


def test_data_of_a_known_name_need_no_file(tmp_path: Path) -> None:
    material = material_of(Request(data="dates"), [])
    material.put(tmp_path)
    assert material.name == "dates"
    assert [*tmp_path.iterdir()] == []
    assert glimpse_in(tmp_path) is None


def test_pairs_that_cannot_be_learnt_are_refused_and_leave_nothing(jobs: Jobs, tmp_path: Path) -> None:
    request = Request(data=UPLOADED, own_kind="text", seconds=5)
    with pytest.raises(OwnDataError, match="1 pair, and at least 8 are needed"):
        jobs.start(request, [table(tmp_path, 1)])
    assert [*jobs.runs.glob("*")] == []


def test_a_kind_that_is_none_is_told() -> None:
    with pytest.raises(AttnGanError, match="own_kind 'sound' is not known"):
        Request.of(data=UPLOADED, own_kind="sound")
