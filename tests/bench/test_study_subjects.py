"""The study of data with words: what its arms differ in, what is measured, and what the page says of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import study
import study_figures
import study_report
from study_report import Run
from study_subjects import COSTS, SUBJECTS

from attngan import data, vocabulary
from attngan.data.scenes import swaps
from attngan.data.scenes.made import Scenes, made
from attngan.errors import AttnGanError
from attngan.kinds.pictures import presets as picture_presets
from attngan.kinds.pictures.presets import PicturePreset
from attngan.kinds.registry import KINDS, kind_of
from attngan.kinds.text import presets as text_presets
from attngan.kinds.text.presets import TextPreset
from attngan.measure import scenes
from demo import words
from tests import tiny, tiny_scenes, tiny_texts

WORDED = ("dates", "numbers", "notes", "scenes")


def plans(name: str, items: Any, *more: str) -> list[study.Plan]:
    chosen = study.options().parse_args(["--data", name, "--seeds", "2", *more])
    return study.plans(chosen, {name: items})


def parameters(plan: study.Plan) -> list[int]:
    networks = kind_of(plan.model).build(plan.model)
    return [sum(value.numel() for value in network.parameters()) for network in networks]


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_figure_has_a_name_and_attention_is_the_recipe_as_it_is(name: str) -> None:
    subject = SUBJECTS[name]
    assert next(iter(subject.arms.items())) == ("attention", {})
    assert subject.main in vocabulary.MEASURES
    assert {subject.title(figure) for figure in subject.figures if figure not in COSTS} <= {
        measure.title for measure in vocabulary.MEASURES.values()
    }
    assert subject.rate == "" or subject.title("rate").endswith("↑")
    assert set(subject.compared) - {"rate"} <= set(subject.figures)


@pytest.mark.parametrize("name", SUBJECTS)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_page_has_words_for_whatever_can_come_out(name: str, language: str) -> None:
    subject, texts = SUBJECTS[name], words.merged(words.CANVAS)[language]
    others = [arm for arm in subject.arms if arm != "attention"]
    assert f"help_verdict_{'_'.join(others)}" in texts
    assert {f"help_arm_{arm}" for arm in subject.arms} <= texts.keys()
    assert f"measure_{subject.main}" in texts


def test_the_arms_of_texts_are_the_two_presets_in_one_way_of_training() -> None:
    attention, pooled, *other_seeds = plans("dates", tiny_texts.data())
    assert [(one.arm, one.noise, one.train.seed) for one in (attention, pooled)] == [
        ("attention", "none", 0),
        ("pooled", "none", 0),
    ]
    assert [one.train.seed for one in other_seeds] == [1, 1]
    twin = text_presets.PRESETS["pooled"]
    model = twin.model_config()
    assert pooled.model == kind_of(model).fit(model, tiny_texts.data(), conditional=False)
    assert pooled.train == attention.train == twin.train_config(60.0, None, 0)
    gates = len(attention.model.attention_layers)
    assert [a - b for a, b in zip(parameters(attention), parameters(pooled), strict=True)] == [gates, gates]


def test_the_arms_of_scenes_hear_the_caption_and_only_one_looks_at_its_words() -> None:
    attention, pooled = plans("scenes", tiny_scenes.pictures(), "--seeds", "1")
    assert attention.model.attention_layers == ("words-8", "8")
    (asked, _) = plans("scenes", tiny_scenes.pictures(), "--seeds", "1", "--attention", "16")
    assert asked.model.attention_layers == ("words-16", "16")
    assert pooled.model.attention_layers == ()
    assert attention.model.conditional
    assert pooled.model.conditional
    assert pooled.model.with_(generator_block="attention") == attention.model
    assert pooled.train == attention.train
    (ours, ours_judge), (others, others_judge) = map(parameters, (attention, pooled))
    assert 0.99 * ours < others <= ours
    assert others_judge == ours_judge


@pytest.mark.parametrize("name", ["gaussians", "wine"])
def test_the_arms_of_rows_are_the_two_presets_with_as_many_parameters(name: str) -> None:
    items = data.load(name)
    attention, perceptron = plans(name, items, "--seeds", "1")
    assert perceptron.train == attention.train
    assert perceptron.model.with_(looks=attention.model.attention_layers) == attention.model
    twin = KINDS["rows"].presets["perceptron"]
    plain = twin.model_config()
    assert perceptron.model == kind_of(plain).fit(plain, items, conditional=False)
    (ours, ours_judge), (others, others_judge) = map(parameters, (attention, perceptron))
    assert 0.98 * ours < others <= ours
    assert others_judge == ours_judge


def test_real_rows_are_right_and_nobody_tells_them_from_others() -> None:
    points = SUBJECTS["gaussians"].references(data.load("gaussians"), 400)["real rows"]
    assert points["rate"] == pytest.approx(0.99, abs=0.01)
    assert points["modes"] == 25
    table = SUBJECTS["penguins"].references(data.load("penguins"), 400)["real rows"]
    assert table["two_sample"] < 0.65
    assert table["copying"] == pytest.approx(1, abs=0.2)


def test_of_arms_and_noise_each_data_set_has_its_own_and_one_without_any_is_refused(tmp_path: Path) -> None:
    assert not plans("dates", tiny_texts.data(), "--noise", "late")
    assert [one.arm for one in plans("twins", tiny.pictures(), "--noise", "none", "--seeds", "1")] == [
        "attention", "convolution", "nothing",
    ]  # fmt: skip
    asked = ["--data", "dates", "--noise", "late", "--out", str(tmp_path / "out")]
    with pytest.raises(AttnGanError, match=r"leave nothing to do for dates\.$"):
        study.study(study.options().parse_args(asked))
    assert not (tmp_path / "out").exists()


def test_real_scenes_are_right_and_rarely_with_the_captions_of_others() -> None:
    rows = SUBJECTS["scenes"].references(tiny_scenes.pictures(size=32), 400)
    assert rows["real pictures"] == dict.fromkeys(("rate", *scenes.ASKED), 1.0)
    wrong = rows["other pictures' captions"]
    assert wrong["rate"] == pytest.approx(sum(wrong[name] for name in scenes.ASKED) / 4)
    assert wrong["rate"] < 0.1


def test_what_captions_can_be_changed_to_is_known_before_an_arm_has_to_find_it() -> None:
    items = tiny_scenes.pictures()
    swaps._changes.cache_clear()
    SUBJECTS["scenes"].prepare(items)
    found = swaps._changes.cache_info().currsize
    assert len(items) < found <= 5 * len(items), "of every caption those kinds of words that were tried"
    SUBJECTS["twins"].prepare(tiny.pictures())


def test_a_share_is_counted_over_scenes_of_its_own_sort() -> None:
    def one_thing_alone(asked: Scenes) -> Any:
        pictures = asked.pictures(32)
        blank = np.zeros_like(pictures)
        return pictures if all(len(fact.things) == 1 for fact in asked.facts) else blank

    found = scenes.all_right(one_thing_alone, "slots", 80)
    assert found == {"all_one": 1.0, "all_two": 0.0, "held_out_one": 1.0, "held_out_two": 0.0}
    assert len(made(20, scenes.SEED, "slots", 1, held_out=True).captions) == 20


def test_arms_that_a_data_set_lacks_leave_its_place_on_the_sheet_empty(tmp_path: Path) -> None:
    pages = [
        Run("dates", arm, "none", 0, {}, np.zeros((1, 90, 700, 1), np.uint8))
        for arm in ("attention", "pooled")
    ]
    pictures = Run("twins", "attention", "none", 0, {}, np.zeros((8, 16, 16, 3), np.uint8))
    study_report.sheet([pictures, *pages], tmp_path / "study.png")
    assert (tmp_path / "study.png").stat().st_size > 1000


def test_a_study_of_words_reaches_the_document_and_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {"batch": 8, "precision": "float32"}
    drawing = tiny.model_config(generator_attention=(8,)).model_dump()
    writing = {"latent_size": 5, "width": 14, "heads": 2}
    monkeypatch.setitem(picture_presets.PRESETS, "default", PicturePreset("", "", "", drawing, small))
    monkeypatch.setitem(
        text_presets.PRESETS, "default", TextPreset("", "", "", writing, text_presets.GAME | small)
    )
    known = {"dates": tiny_texts.data(), "scenes": tiny_scenes.pictures()}
    monkeypatch.setattr(data, "load", lambda name, _: replace(known[name], name=name))
    document, page = tmp_path / "attention-study.md", tmp_path / "study.json"
    document.write_text("<!-- study words -->\n<!-- /study words -->\n")
    monkeypatch.setattr(study_report, "DOCUMENT", document)
    monkeypatch.setattr(study_figures, "FILE", page)
    assert study_figures.figures(document.read_text()) == []
    asked = f"--data dates scenes --seconds 1 --seeds 1 --samples 16 --out {tmp_path} --write words"
    monkeypatch.setattr("sys.argv", ["study.py", *asked.split()])
    study.main()
    text = document.read_text()
    assert (
        "| arm | late noise | runs | exact match, held out ↑ | exact match ↑ | steps | parameters |" in text
    )
    assert "| scenes | none | pooled | all facts right of one new thing ↑ |" in text
    assert "| *other pictures' captions* |" in text
    dates, drawn = study_figures.figures(text)
    assert (dates["measure"], drawn["measure"]) == ("exact_held_out", "all_facts")
    for found in (dates, drawn):
        assert found["arms"].keys() == {"attention", "pooled"}
        assert found["against"].keys() == {"pooled"}
        assert found["runs"] == 1
    assert (tmp_path / "attention-study-words.png").stat().st_size > 1000
    assert '"exact_held_out"' in page.read_text()
