"""The attention study: its arms, its arithmetic by hand, and that a rerun makes only what is missing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import study
import study_figures
import study_report
from study_report import Run

from attngan import data
from attngan.errors import AttnGanError
from attngan.kinds.pictures.presets import PRESETS, PicturePreset
from tests import tiny


def run(arm: str, seed: int, **result: Any) -> Run:
    images = np.full((8, 16, 16, 3), 100 * (arm == "attention"), np.uint8)
    return Run("twins", arm, "none", seed, result, images)


def finished(arm: str, seed: int, rate: float, fd: float) -> Run:
    others = {"kd": 0.5, "recall": 0.25, "steps": 700, "images_per_second": 801.7, "parameters": 12345}
    return run(arm, seed, rate=rate, fd=fd, **others)


RUNS = [
    *(finished("attention", seed, rate, 7.0) for seed, rate in enumerate((0.5, 0.6, 0.7))),
    *(finished("nothing", seed, rate, fd) for seed, (rate, fd) in enumerate(((0.1, 5), (0.2, 9), (0.31, 7)))),
]
ANCHORS = {"twins": {"real pictures": {"rate": 1.0, "fd": 0.3, "kd": 0.0, "recall": 0.9}}}


def test_a_table_has_a_row_an_arm_and_the_references() -> None:
    table = study_report.tables([*RUNS, run("nothing", 3, failed="not finite")], ANCHORS)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    assert rows[0][:5] == ["arm", "late noise", "runs", "agreement ↑", "FD ↓"]
    assert rows[2][:5] == ["attention", "none", "3", "0.600 ± 0.248", "7.000 ± 0.000"]
    assert rows[3][:4] == ["nothing", "none", "3 (1 failed)", "0.203 ± 0.261"]
    assert rows[2][-2:] == ["802 ± 0", "12,345"]
    assert rows[4][:5] == ["*real pictures*", "", "", "1.000", "0.300"]


def test_attention_is_compared_seed_by_seed_and_only_a_clear_difference_has_a_word() -> None:
    table = study_report.comparisons(RUNS)
    assert "| twins | none | nothing | agreement ↑ | +0.397 ± 0.014 | better |" in table
    assert "| twins | none | nothing | FD ↓ | +0.000 ± 4.968 | not clearly different |" in table


def test_the_report_is_put_between_the_marks_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "attention-study.md"
    document.write_text("before\n<!-- study main -->\nold\n<!-- /study main -->\nafter\n")
    monkeypatch.setattr(study_report, "DOCUMENT", document)
    for _ in range(2):
        study_report.report(tmp_path, RUNS, ANCHORS, "python bench/study.py", "main")
    before, text, after = document.read_text().partition("**twins**")
    assert before == "before\n<!-- study main -->\n\n`python bench/study.py`\n\n"
    assert after.endswith("(attention-study-main.png)\n<!-- /study main -->\nafter\n")
    assert text
    assert "old" not in document.read_text()
    assert (tmp_path / "attention-study-main.png").stat().st_size > 1000
    with pytest.raises(AttnGanError, match="no section 'other'"):
        study_report.check_section("other")


def test_the_page_s_figures_are_those_of_the_report() -> None:
    text = (
        f"`study.py --seconds 13`\n\n{study_report.tables(RUNS, ANCHORS)}\n{study_report.comparisons(RUNS)}"
    )
    (found,) = study_figures.figures(f"before\n<!-- study main -->\n{text}<!-- /study main -->\nafter")
    assert found == {
        "data": "twins", "noise": "none", "seconds": 13, "runs": 3, "measure": "agreement",
        "arms": {"attention": [0.6, 0.248], "nothing": [0.203, 0.261]},
        "against": {"nothing": {"difference": [0.397, 0.014], "attention_is": "better"}},
    }  # fmt: skip


def test_the_page_has_the_figures_of_the_document_as_it_is() -> None:
    found = study_figures.figures(study_report.DOCUMENT.read_text("utf-8"))
    assert json.loads(study_figures.FILE.read_text("utf-8")) == found, "run: python bench/study_figures.py"
    assert {one["data"] for one in found} == {
        *("twins", "faces", "letters", "digits"),
        *("dates", "numbers", "notes", "scenes"),
        *("gaussians", "spiral", "penguins", "wine"),
    }


def test_the_document_has_the_section_that_the_command_fills() -> None:
    study_report.check_section("main")


def test_arms_differ_in_the_block_alone_and_late_noise_is_an_arm_of_its_own() -> None:
    chosen = study.options().parse_args(["--data", "twins", "--seeds", "2", "--noise", "none", "late-only"])
    found = study.plans(chosen, {"twins": tiny.pictures()})
    assert [(one.arm, one.noise, one.train.seed) for one in found[:4]] == [
        ("attention", "none", 0), ("convolution", "none", 0), ("nothing", "none", 0),
        ("attention", "late-only", 0),
    ]  # fmt: skip
    assert len(found) == 2 * 2 * 3
    assert [one.model.attention_layers for one in found[:3]] == [("8", "16"), (), ()]
    assert found[1].model.with_(generator_block="attention") == found[0].model
    assert found[2].model.with_(generator_attention=(8, 16)) == found[0].model
    assert found[3].model.z_size == 1 + 256
    assert len({one.picture for one in found}) == len(found)


def test_a_rerun_makes_only_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny.model_config(generator_attention=(8,)).model_dump()
    small = PicturePreset("tiny", "tiny", "tiny", model, {"batch": 4, "precision": "float32"})
    monkeypatch.setitem(PRESETS, "default", small)
    load = data.load
    monkeypatch.setattr(data, "load", lambda name, size: load(name, size, max_pictures=61))
    made = []
    together = study.together

    def watched(group: list[study.Plan], pictures: data.ImageSet) -> Any:
        made.append([(plan.arm, plan.train.seed) for plan in group])
        return together(group, pictures)

    monkeypatch.setattr(study, "together", watched)
    asked = f"--data mirror --noise none --seconds 1 --samples 16 --size 16 --out {tmp_path}".split()

    def ask(*more: str) -> None:
        study.study(study.options().parse_args([*asked, *more]))

    ask("--seeds", "1", "--arms", "attention", "nothing")
    assert made == [[("attention", 0), ("nothing", 0)]]
    ask("--seeds", "1", "--arms", "attention", "nothing")
    assert len(made) == 1
    ask("--seeds", "2", "--arms", "attention", "convolution")
    assert made[1:] == [[("convolution", 0)], [("attention", 1), ("convolution", 1)]]
    table = (tmp_path / "study.md").read_text()
    assert "| attention | none | 2 |" in table
    assert "| *halves paired at random* |" in table
    assert len((tmp_path / "runs.jsonl").read_text().splitlines()) == 5
    assert (tmp_path / "study.png").stat().st_size > 1000
