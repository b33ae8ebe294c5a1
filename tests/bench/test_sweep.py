"""A sweep over the values of a setting runs the same command once for each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import sweep


def test_each_value_is_a_command_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Sequence[str]] = []

    def pretend(backend: object, parts: Mapping[str, Sequence[str]], folder: Path) -> list[tuple[str, Path]]:
        seen.extend(parts.values())
        for name in parts:
            (folder / name).mkdir()
            (folder / name / "log.txt").write_text(f"a note\nthe line of {name}\n")
        return [(name, folder / name) for name in parts]

    monkeypatch.setattr(sweep, "spread", pretend)
    words = ["train.seed=7", "--each", "train.loss=hinge,logistic", "--steps", "13", "--where", "local"]
    sweep.run_each("train.loss=hinge,logistic", "local", words)
    rest = ["train.seed=7", "--steps", "13"]
    assert seen == [["bench/sweep.py", f"train.loss={loss}", *rest] for loss in ("hinge", "logistic")]
    assert capsys.readouterr().out.splitlines() == ["the line of 0", "the line of 1"]
