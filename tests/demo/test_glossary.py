"""The glossary: every marked term is in it and every one of it is used; its examples are right."""

import math
import re
from pathlib import Path

import pytest

from demo import words
from demo.words import glossary

DEMO = Path(words.__file__).parents[1]
EVERY = list(dict.fromkeys([*words.MODULES, *words.CANVAS, *words.LIVE, *words.NOTES, *words.LEARN]))
SAME_IN_BOTH = {  # numbers and signs alone
    *(f"term_{name}_example" for name in ("weight", "sum", "gate", "key", "truncation")),
    "term_logit_name",
    "term_softmax_name",
    "explain_measure_fd_name",
    "explain_measure_kd_name",
    "term_spread_example",
}
CELL = re.compile(r"\[([^\]:]+)(?::([\d.]+))?\]")
ENGLISH, CHINESE = (glossary.TERMS[language] for language in words.LANGUAGES)


def marks_of(text: str) -> list[tuple[str, str]]:
    """Name, and how it shows where that is said, of each term that a text marks."""
    return [(name, shown) for name, shown in glossary.MARK.findall(text)]


def texts() -> list[tuple[str, str, str]]:
    """Language, key and text of all that the page says."""
    return [
        (language, key, text)
        for module in EVERY
        for language in words.LANGUAGES
        for key, text in module.WORDS[language].items()
    ]


def test_every_marked_term_is_in_the_glossary_and_shows_in_its_own_language() -> None:
    found = [(language, key, mark) for language, key, text in texts() for mark in marks_of(text)]
    assert len(found) > 60
    assert [one for one in found if one[2][0] not in ENGLISH] == []
    assert [one for one in found if one[0] == "zh-CN" and not one[2][1]] == []
    assert [(key, text) for _, key, text in texts() if "[[" in glossary.MARK.sub("", text)] == []


def test_every_term_of_the_glossary_is_marked_somewhere_in_both_languages() -> None:
    for language in words.LANGUAGES:
        marked = {name for said, _, text in texts() if said == language for name, _ in marks_of(text)}
        assert glossary.TERMS[language].keys() - marked == set()


def test_both_languages_mark_the_same_terms() -> None:
    for module in EVERY:
        for key, text in module.WORDS["en"].items():
            other = module.WORDS["zh-CN"][key]
            assert {name for name, _ in marks_of(text)} == {name for name, _ in marks_of(other)}, key


def test_no_button_holds_a_term_which_is_a_button_itself() -> None:
    held = set()
    for markup in DEMO.rglob("*.html"):
        found = re.findall(r'<(?:button|summary|option)\b[^>]*data-word="(\w+)"', markup.read_text("utf-8"))
        held |= set(found)
    assert len(held) > 20
    assert [key for _, key, text in texts() if key in held and marks_of(text)] == []


def test_gradio_is_given_terms_as_links_and_only_where_it_shows_them() -> None:
    assert glossary.linked("Same [[seed]], [[step|steps]]") == "Same [seed](#term_seed), [steps](#term_step)"
    assert words.offered()["zh"]["train_seed_info"].startswith("[种子](#term_seed)")
    shown = [module for module in words.MODULES if module is not words.shell]
    marked = {key for module in shown for key, text in module.WORDS["en"].items() if marks_of(text)}
    assert marked
    assert [key for key in marked if not key.endswith("_info")] == []


@pytest.mark.parametrize("name", ENGLISH)
def test_an_entry_is_short_and_its_example_has_the_same_cells_in_both_languages(name: str) -> None:
    english, chinese = ENGLISH[name], CHINESE[name]
    assert CELL.findall(english.example) == CELL.findall(chinese.example)
    assert 2 <= len(CELL.findall(english.example)) <= 6
    assert all(0 <= float(shade or shown) <= 1 for shown, shade in CELL.findall(english.example))
    for entry, stop in ((english, r"[.:]( |$)"), (chinese, "[。：]")):
        assert entry.name
        assert 1 <= len(re.findall(stop, entry.means)) <= 3, entry.means
    assert not re.search(r"[\u4e00-\u9fff]", "".join(english))


@pytest.mark.parametrize("key", glossary.KEYS)
def test_all_that_is_to_be_read_in_one_place_has_a_name_a_meaning_and_an_example(key: str) -> None:
    said = words.merged(words.LEARN)
    english, chinese = (said[language] for language in words.LANGUAGES)
    for told in (key, f"{key}_name", f"{key}_example"):
        assert english[told]
        assert re.search(r"[\u4e00-\u9fff]", chinese[told]) or told in SAME_IN_BOTH, told
    assert CELL.findall(english[f"{key}_example"]) == CELL.findall(chinese[f"{key}_example"])


def cells(name: str) -> list[float]:
    """The numbers in the cells of a term's example."""
    entry = ENGLISH.get(name)
    text = entry.example if entry else glossary.measures.EXAMPLES["en"][name]
    return [float(shown) for shown, _ in CELL.findall(text)]


def test_the_examples_are_computed_right() -> None:
    two, zero, more, less = cells("softmax")
    assert more == pytest.approx(math.exp(two) / (math.exp(two) + math.exp(zero)), abs=5e-3)
    assert more + less == pytest.approx(1)
    assert ENGLISH["score"].example.endswith(f"{2 / math.sqrt(2):.2f}")
    picture, attention, both = cells("gate")
    assert both == pytest.approx(picture + 0.5 * attention)
    one, two, three, four, *mean = cells("mean")
    assert mean == pytest.approx([(one + three) / 2, (two + four) / 2])
    assert cells("head")[::-1] == cells("head"), "one looks left, the other right"
    assert sum(cells("weight")) == 1
    high, low, added = cells("sum")
    assert added == pytest.approx(0.9 * high + 0.1 * low)
    *noise, held, nearer = cells("truncation")
    assert [held, nearer] == pytest.approx([0.5 * one for one in noise])
    even, _, most, _ = cells("even")
    assert most / even == pytest.approx(1.8)
    assert cells("spread") == [0.5, 0.5, 1, 0], "all alike, and a single cell"
    kept, looked = cells("rollout")[:2], cells("rollout")[2:4]
    assert cells("rollout")[4:] == pytest.approx(
        [(one + two) / 2 for one, two in zip(kept, looked, strict=True)]
    )
    real, drawn = cells("variety")[:2], cells("variety")[2:]
    assert (drawn[1] - drawn[0]) / (real[1] - real[0]) == pytest.approx(0.5)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_room_of_few_terms_is_given_these_alone(language: str) -> None:
    said = words.explained(words.shell)[language]
    terms = {key.split("_")[1] for key in said if key.startswith("term_")}
    assert terms == {"generator", "discriminator"}
    assert {"term_generator", "term_generator_name", "term_generator_example", "shell_about"} <= said.keys()
