"""Short notes of which one thing matters: of a journey or meeting its day, of an invoice its amount.

"your flight on 3 march leaves gate 14 at seven" is written as 03-03, "invoice 4417: please pay 250 euros by
9 may" as 250. What else a note has is there to distract. A tenth of the days and amounts is never learnt
from.
"""

import datetime
import random

from attngan.data.texts.dates import MONTHS, digits
from attngan.data.texts.making import Writing, drawn, slots, split
from attngan.nn.pair import Pair

COUNT, HELD_OUT_COUNT = 40_000, 2000
HELD_OUT = 0.1  # of all days of a year, and of all amounts
LARGEST_AMOUNT = 9999
LEAP_YEAR = 2024
ENGLISH_MONTHS = MONTHS["en"].split()
HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
# {day}: what matters of a day; {sum}: what matters of an invoice; all others distract.
DAYS = (
    "your flight on {day} leaves gate {number} at {hour}",
    "train {number} on {day} departs from platform {small} at {hour}",
    "we meet on {day} at {hour} in room {number}",
    "the concert is on {day}, doors open at {hour}, row {small}, seat {small}",
    "dentist on {day} at {hour}, please bring {number} euros",
    "at {hour} on {day} bus {number} takes {small} of us home",
    "ticket {number}: your ferry sails on {day} at {hour}",
)
SUMS = (
    "invoice {number}: please pay {sum} euros by {date}",
    "please pay {sum} euros for order {number} before {date}",
    "your bill of {date} for {small} books: pay {sum} euros",
    "pay {sum} euros to account {number} until {date}, at {hour} at the latest",
    "invoice of {date}, customer {number}: you owe us {sum} euros",
    "room {number}, {small} nights until {date}: to pay {sum} euros",
)


def notes() -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from, and pairs of days and amounts that are in none of these."""
    days, held_out_days = split(range(366), HELD_OUT, "days of notes")
    sums, held_out_sums = split(range(1, LARGEST_AMOUNT + 1), HELD_OUT, "amounts of notes")

    def both(count: int, days: list[int], sums: list[int], seed: str) -> list[Pair]:
        half = count // 2
        pairs = drawn(half, days, _of_a_day, seed) + drawn(count - half, sums, _of_a_sum, seed)
        random.Random(seed).shuffle(pairs)
        return pairs

    learnt = both(COUNT, days, sums, "notes to learn")
    return learnt, both(HELD_OUT_COUNT, held_out_days, held_out_sums, "notes held out")


def _of_a_day(number: int, chance: random.Random) -> Pair:
    date = _date(number)
    writing = _written(chance.choice(DAYS), chance, day=date)
    month, day = writing.places["month"], digits(writing.places["day"])
    return Pair(writing.text, f"{date:%m-%d}", (month, month, None, *day))


def _of_a_sum(amount: int, chance: random.Random) -> Pair:
    writing = _written(chance.choice(SUMS), chance, amount=amount)
    first, after = writing.places["sum"]
    return Pair(writing.text, str(amount), tuple((place, place + 1) for place in range(first, after)))


def _written(form: str, chance: random.Random, day: datetime.date | None = None, amount: int = 0) -> Writing:
    writing = Writing()
    for plain, slot in slots(form):
        writing.add(plain)
        match slot:
            case "day":
                assert day is not None
                writing.add(str(day.day), "day")
                writing.add(" ")
                writing.add(ENGLISH_MONTHS[day.month - 1], "month")
            case "sum":
                writing.add(str(amount), "sum")
            case "date":
                other = _date(chance.randrange(366))
                writing.add(f"{other.day} {ENGLISH_MONTHS[other.month - 1]}")
            case "number":
                writing.add(str(chance.randint(10, 9999)))
            case "small":
                writing.add(str(chance.randint(2, 30)))
            case "hour":
                writing.add(chance.choice(HOURS))
    return writing


def _date(day_of_year: int) -> datetime.date:
    return datetime.date(LEAP_YEAR, 1, 1) + datetime.timedelta(day_of_year)
