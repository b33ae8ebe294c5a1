"""One vocabulary of measures: the same name and arrow wherever one stands."""

import re
from pathlib import Path

from attngan import vocabulary
from attngan.data import load
from demo import words

HOME = Path(__file__).parents[1]


def test_a_measure_has_its_arrow_and_an_unknown_one_keeps_its_key() -> None:
    assert vocabulary.title("fd") == "FD ↓"
    assert vocabulary.title("memorisation") == "newness → 1"
    assert vocabulary.title("recall_class 2") == "recall of class 2 ↑"
    assert vocabulary.title("odd") == "odd"
    assert vocabulary.meaning("odd") == ""
    assert len({one.name for one in vocabulary.MEASURES.values()}) == len(vocabulary.MEASURES)


def test_every_exact_check_is_a_measure_that_the_page_can_name() -> None:
    for name in ("twins", "mirror", "scenes", "gaussians", "moons"):
        check = load(name, 16, max_pictures=11).check
        assert check
        for measure in check.rates:
            assert measure in vocabulary.MEASURES
            assert f"measure_{measure}" in words.merged(words.LIVE)["en"]
    assert load("faces", 16).check is None


def test_the_page_says_what_the_library_says() -> None:
    texts = words.merged(words.CANVAS)
    assert texts["en"]["measure_kd"] == vocabulary.title("kd")
    for language in words.LANGUAGES:
        for key, one in vocabulary.MEASURES.items():
            assert texts[language].get(f"measure_{key}", one.better).endswith(one.better)


def test_the_bundled_cards_speak_it() -> None:
    titles = {one.title for one in vocabulary.MEASURES.values()}
    cards = list((HOME / "checkpoints").glob("*/README.md"))
    assert cards
    for card in cards:
        named = re.findall(r"\| Measured: (.*?) \|", card.read_text("utf-8"))
        assert named
        assert not [one for one in named if one not in titles and not one.startswith("recall of ")], card
