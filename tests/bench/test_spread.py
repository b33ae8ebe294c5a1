"""Commands of bench are spread over a backend, as many at once as it takes, and what failed is told."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import study
from spread import spread

from attngan.errors import AttnGanError
from attngan.run.backends import Local, Ticket


class Wide(Local):
    """Processes of this computer, two at once."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0

    def width(self) -> int:
        return 2

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        ticket = super().start(folder, command, beside)
        self.most = max(self.most, sum(self.state(one).running for one in self._children))
        return ticket


def test_every_part_comes_back_and_never_more_run_at_once_than_there_is_room_for(tmp_path: Path) -> None:
    backend = Wide()
    code = "import sys, time; time.sleep(0.3); open('said', 'w').write(sys.argv[1])"
    parts = {name: ["-c", code, name] for name in ("one", "two", "three", "four", "five")}
    found = {name: (folder / "said").read_text() for name, folder in spread(backend, parts, tmp_path)}
    assert found == {name: name for name in parts}
    assert backend.most == 2
    assert (tmp_path / "one" / "bench" / "study.py").exists()


def test_what_failed_is_told_after_the_others(tmp_path: Path) -> None:
    parts = {"bad": ["-c", "raise SystemExit('no luck')"], "good": ["-c", "pass"]}
    spreading = spread(Wide(), parts, tmp_path)
    assert next(spreading)[0] == "good"
    with pytest.raises(AttnGanError, match=r"These failed: bad \(no luck\)"):
        next(spreading)


def test_whoever_ends_early_ends_all_that_run(tmp_path: Path) -> None:
    backend = Wide()
    parts = {"quick": ["-c", "pass"], "slow": ["-c", "import time; time.sleep(600)"]}
    spreading = spread(backend, parts, tmp_path)
    assert next(spreading)[0] == "quick"
    spreading.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 120
    while any(backend.state(ticket).running for ticket in backend._children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_study_elsewhere_makes_each_data_set_and_seed_in_one_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}

    def pretend(backend: object, parts: dict[str, list[str]], folder: Path) -> list[tuple[str, Path]]:
        for name in parts:
            (folder / name / "pictures").mkdir(parents=True)
            (folder / name / "pictures" / f"{name}.npy").touch()
            (folder / name / "runs.jsonl").write_text(f"{name}\n")
        seen.update(parts)
        return [(name, folder / name) for name in parts]

    monkeypatch.setattr(study, "spread", pretend)
    words = [
        "--data",
        "penguins",
        "wine",
        "--seeds",
        "2",
        "--noise",
        "none",
        "--seconds",
        "7",
        "--out",
        str(tmp_path),
    ]
    chosen = study.options().parse_args([*words, "--where", "ray:http://head:8265"])
    (tmp_path / "pictures").mkdir()
    items = {name: study.data.load(name) for name in chosen.data}
    study.elsewhere(chosen, study.plans(chosen, items))
    assert sorted(seen) == ["penguins-0", "penguins-1", "wine-0", "wine-1"]
    there = study.options().parse_args(seen["wine-1"][1:])
    assert [plan.train.seed for plan in study.plans(there, items)] == [1] * len(study.plans(there, items))
    own = [plan for plan in study.plans(chosen, items) if (plan.data, plan.train.seed) == ("wine", 1)]
    assert [plan.settings for plan in study.plans(there, items)] == [plan.settings for plan in own]
    assert sorted((tmp_path / "runs.jsonl").read_text().split()) == sorted(seen)
    assert len([*(tmp_path / "pictures").iterdir()]) == 4
