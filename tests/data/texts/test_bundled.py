"""The bundled pairs: every output is right, what is held out is never learnt from, sources are true."""

import datetime
import re
from collections.abc import Callable

import pytest

from attngan.data import pairs
from attngan.data.texts import dates, notes, numbers
from attngan.data.texts.pairset import PairSet
from attngan.nn.pair import Pair

NAMES = ("dates", "numbers", "numbers-large", "notes")


@pytest.fixture(scope="module", params=NAMES)
def bundled(request: pytest.FixtureRequest) -> PairSet:
    return pairs(request.param)


def spelled(words: str) -> int:
    """The number that English words say, by another way than they were made."""
    ones = dict(zip(numbers.SMALL, range(20), strict=True))
    tens = dict(zip(numbers.TENS, range(20, 100, 10), strict=True))
    total = part = 0
    for word in re.findall("[a-z]+", words):
        if word == "thousand":
            total, part = 1000 * part, 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += ones.get(word, 0) + tens.get(word, 0)
    return total + part


def day_of_note(text: str) -> str:
    """The day of a journey or the amount of an invoice, found by a pattern."""
    owed = re.search(r"(?:pay|owe us) (\d+) euros", text)
    if owed:
        return owed[1]
    day, month = re.search(rf"(\d+) ({'|'.join(notes.ENGLISH_MONTHS)})", text).groups()  # type: ignore[union-attr]
    return f"{notes.ENGLISH_MONTHS.index(month) + 1:02}-{int(day):02}"


def iso(text: str) -> str:
    """What a date says, read by trying all months' names."""
    lower = text.lower()
    names = {
        name: number for names in dates.MONTHS.values() for number, name in enumerate(names.split(), 1)
    } | {name[:3]: number for number, name in enumerate(dates.MONTHS["en"].split(), 1)}
    found = [name for name in names if re.search(rf"(?<![^\W\d_]){name}(?![^\W\d_])", lower)]
    figures = re.findall(r"\d+", text)
    if len(figures) == 1:
        figures = [text[:2], text[2:4], text[4:]]
    year = figures.pop(next((place for place, figure in enumerate(figures) if len(figure) == 4), -1))
    if len(year) == 2:
        year = ("19" if int(year) >= 50 else "20") + year
    if found:  # the year is behind the day, or has four digits
        figures.append(str(names[max(found, key=len)]))
    elif "年" in text or re.match(r"\d{4}[-/]", text):
        figures.reverse()
    day, month = figures
    return datetime.date(int(year), int(month), int(day)).isoformat()


RIGHT: dict[str, Callable[[str], str]] = {
    "dates": iso,
    "numbers": lambda text: str(spelled(text)),
    "numbers-large": lambda text: str(spelled(text)),
    "notes": day_of_note,
}


def test_every_output_is_right(bundled: PairSet) -> None:
    for pair in bundled.pairs[::7] + bundled.held_out:
        assert RIGHT[bundled.name](pair.input) == pair.output, pair


def test_what_is_held_out_is_never_learnt_from(bundled: PairSet) -> None:
    assert len(bundled.held_out) == 2000
    assert len(bundled) == 40_000
    assert not {pair.input for pair in bundled.held_out} & {pair.input for pair in bundled.pairs}
    if bundled.name != "notes":  # where a day and an amount may have the same digits
        assert not {pair.output for pair in bundled.held_out} & {pair.output for pair in bundled.pairs}


def test_the_same_pairs_come_each_time(bundled: PairSet) -> None:
    assert pairs(bundled.name).pairs == bundled.pairs


def test_a_digit_that_is_copied_comes_from_the_same_digit(bundled: PairSet) -> None:
    copied = 0
    for pair in bundled.held_out:
        assert len(pair.spans) == len(pair.output)
        for character, span in zip(pair.output, pair.spans, strict=True):
            if span is None:
                continue
            source = pair.input[slice(*span)]
            assert source
            if source.isdigit():
                assert source == character
                copied += 1
    assert copied > 1000 or bundled.name.startswith("numbers")


@pytest.mark.parametrize(
    ("number", "words", "sources"),
    [
        (0, "zero", ("zero",)),
        (13, "thirteen", ("thirteen", "thirteen")),
        (40, "forty", ("forty", None)),
        (507, "five hundred (and )?seven", ("five", None, "seven")),
        (7_011, "seven thousand (and )?eleven", ("seven", None, "eleven", "eleven")),
        (
            640_320,
            "six hundred (and )?forty thousand three hundred (and )?twenty",
            ("six", "forty", None, "three", "twenty", None),
        ),
    ],
)
def test_a_digit_comes_from_its_word(number: int, words: str, sources: tuple[str | None, ...]) -> None:
    import random

    pair = numbers._pair(number, random.Random(3))
    assert re.fullmatch(words, pair.input)
    assert pair.output == str(number)
    assert tuple(span and pair.input[slice(*span)] for span in pair.spans) == sources


def test_a_month_comes_from_its_name_and_a_missing_zero_from_nowhere() -> None:
    pair = next(pair for pair in pairs("dates").pairs if re.fullmatch(r"[1-9]\. mai \d{4}", pair.input))
    assert [span and pair.input[slice(*span)] for span in pair.spans] == [
        *(pair.input[-4:]),
        None,
        *("mai", "mai"),
        *(None, None, pair.input[0]),
    ]


def test_a_batch_has_ones_at_the_characters_of_its_outputs() -> None:
    given = PairSet("own", (Pair("ab", "21"), Pair("b", ""), Pair("é", "1")))
    batch = given.batch([0, 1])
    assert given.alphabets[0].characters == "abé"
    assert batch.items.tolist() == [[[0, 0, 1], [0, 1, 0]], [[1, 0, 0], [1, 0, 0]]]
    assert batch.condition is not None
    assert batch.condition.texts == (("a", "b"), ("b",))  # type: ignore[union-attr]
