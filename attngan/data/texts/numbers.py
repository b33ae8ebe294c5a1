"""Numbers in English words, with and without "and" and hyphens, to be written in digits.

A tenth of all numbers is never learnt from.
"""

import random

from attngan.data.texts.making import Writing, drawn, split
from attngan.nn.pair import Pair, Span

LARGEST, LARGEST_OF_ALL = 9_999, 999_999
COUNT, HELD_OUT_COUNT = 40_000, 2000
HELD_OUT = 0.1  # of all numbers
EVEN = 0.25  # of the pairs to learn from, spread evenly over the numbers of digits
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def numbers(largest: int = LARGEST) -> tuple[list[Pair], list[Pair]]:
    """Pairs of numbers from 0 to `largest` to learn from, and pairs of numbers in none of these.

    Of those to learn from, a quarter is spread evenly over the numbers of digits, so that short ones are not
    rare.
    """
    known, held_out = split(range(largest + 1), HELD_OUT, f"numbers to {largest}")
    chance, even = random.Random(f"numbers of even lengths to {largest}"), round(EVEN * COUNT)
    by_length = [[number for number in known if len(str(number)) == digits] for digits in range(1, 7)]
    lengths = [numbers for numbers in by_length if numbers]
    spread = [chance.choice(lengths[index % len(lengths)]) for index in range(even)]
    chosen = spread + known * -(-(COUNT - even) // len(known))
    return drawn(COUNT, chosen[:COUNT], _pair, f"numbers to {largest} to learn"), drawn(
        HELD_OUT_COUNT, held_out, _pair, f"numbers to {largest} held out"
    )


def numbers_large() -> tuple[list[Pair], list[Pair]]:
    """The same to 999,999."""
    return numbers(LARGEST_OF_ALL)


def _pair(number: int, chance: random.Random) -> Pair:
    joint, with_and = chance.choice("- "), chance.random() < 0.5
    writing = Writing()
    sources: dict[int, str] = {}  # power of ten -> name of the word that its digit comes from
    thousands, rest = divmod(number, 1000)
    if thousands:
        _below_thousand(thousands, 3, joint, with_and, writing, sources)
        writing.add(" thousand")
    if rest or not thousands:
        writing.add(" " if thousands else "")
        if thousands and rest < 100 and with_and:
            writing.add("and ")
        _below_thousand(rest, 0, joint, with_and, writing, sources)
    digits = str(number)
    powers = range(len(digits) - 1, -1, -1)
    spans: tuple[Span, ...] = tuple(writing.places.get(sources.get(power, "")) for power in powers)
    return Pair(writing.text, digits, spans)


def _below_thousand(
    number: int, power: int, joint: str, with_and: bool, writing: Writing, sources: dict[int, str]
) -> None:
    """Write a number below 1000, whose ones stand for so many tens to the `power`."""
    hundreds, rest = divmod(number, 100)
    if hundreds:
        _word(SMALL[hundreds], power + 2, writing, sources)
        writing.add(" hundred")
        if rest:
            writing.add(" and " if with_and else " ")
    if rest >= 20:
        _word(TENS[rest // 10 - 2], power + 1, writing, sources)
        if rest % 10:
            writing.add(joint)
            _word(SMALL[rest % 10], power, writing, sources)
    elif rest or not hundreds:
        _word(SMALL[rest], power, writing, sources)
        if rest >= 10:
            sources[power + 1] = sources[power]


def _word(word: str, power: int, writing: Writing, sources: dict[int, str]) -> None:
    sources[power] = str(power)
    writing.add(word, str(power))
