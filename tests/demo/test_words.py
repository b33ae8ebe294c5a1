"""Texts of the page: the same keys in both languages, and every key that markup or script asks for."""

import re
from pathlib import Path

import pytest

from demo import words

DEMO = Path(words.__file__).parents[1]
HOLE = re.compile(r"\{(\w+)\}")
EVERY = [*words.MODULES, *words.CANVAS]


@pytest.mark.parametrize("module", EVERY, ids=lambda module: module.__name__)
def test_both_languages_have_the_same_keys_and_holes(module: object) -> None:
    english, chinese = (module.WORDS[language] for language in words.LANGUAGES)
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(HOLE.findall(text)) == set(HOLE.findall(chinese[key])), key


def test_no_chinese_text_was_left_in_english() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for module in EVERY:
        for key, text in module.WORDS["en"].items():
            assert text, key
            assert not chinese.search(text), key


def test_every_word_that_the_canvas_asks_for_is_there() -> None:
    asked = set()
    for markup in (DEMO / "canvas").rglob("*.html"):
        asked |= set(re.findall(r'data-(?:word|label|explain)="(\w+)"', markup.read_text("utf-8")))
    for script in (DEMO / "canvas" / "js").glob("*.js"):
        asked |= set(re.findall(r'(?:speak|term)\("(\w+)"[,)]', script.read_text("utf-8")))
    assert len(asked) > 20
    assert asked <= words.merged(words.CANVAS)["en"].keys()


def test_every_word_that_the_page_asks_for_is_there() -> None:
    asked = set()
    for module in DEMO.rglob("*.py"):
        asked |= set(re.findall(r'\bword\("(\w+)"\)', module.read_text("utf-8")))
    assert len(asked) > 5
    assert asked <= words.merged()["en"].keys()


def test_two_tabs_may_not_use_the_same_key() -> None:
    with pytest.raises(ValueError, match="shell_about"):
        words.merged((words.shell, words.shell))
