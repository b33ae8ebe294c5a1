"""Dates as people write them, in many forms and six languages, to be written as ISO 8601: 2026-11-25.

A year of two digits is of 1950 to 2049. Where all is numbers, the day stands before the month unless the
year stands first. A tenth of all calendar dates is never learnt from.
"""

import datetime
import random

from attngan.data.texts.making import Writing, drawn, slots, split
from attngan.nn.pair import Pair, Span

FIRST, LAST = datetime.date(1950, 1, 1).toordinal(), datetime.date(2049, 12, 31).toordinal()
COUNT, HELD_OUT_COUNT = 40_000, 2000
HELD_OUT = 0.1  # of all calendar dates
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
# Y and y: a year of four and of two digits; M and m: a month as a number, with a zero before it or not;
# D and d the same for the day; B: the month's name; b: its first three letters; o: a day such as 1st.
NUMERIC = (
    "{Y}-{M}-{D}",
    "{Y}/{m}/{d}",
    "{D}.{M}.{Y}",
    "{d}/{m}/{Y}",
    "{d}.{m}.{y}",
    "{D}/{M}/{y}",
    "{Y}年{m}月{d}日",
    "{D}{M}{Y}",
)
NAMED = {
    "en": ("{d} {B} {Y}", "{B} {d}, {Y}", "{b} {d}, {Y}", "{d} {b} {y}", "{o} of {B} {Y}", "{d}-{b}-{Y}"),
    "de": ("{d}. {B} {Y}", "den {d}. {B} {y}"),
    "fr": ("{d} {B} {Y}", "le {d} {B} {y}"),
    "es": ("{d} de {B} de {Y}", "{d} {B} {y}"),
    "it": ("{d} {B} {Y}", "il {d} {B} {y}"),
    "nl": ("{d} {B} {Y}", "{d} {B} {y}"),
}


def dates() -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from, and pairs of calendar dates that are in none of these."""
    known, held_out = split(range(FIRST, LAST + 1), HELD_OUT, "dates")
    return drawn(COUNT, known, _pair, "dates to learn"), drawn(
        HELD_OUT_COUNT, held_out, _pair, "dates held out"
    )


def _pair(ordinal: int, chance: random.Random) -> Pair:
    date = datetime.date.fromordinal(ordinal)
    language = chance.choice(("", "", "", "en", "en", "de", "fr", "es", "it", "nl"))
    form = chance.choice(NAMED.get(language, NUMERIC))
    writing = Writing()
    for plain, slot in slots(form):
        writing.add(plain)
        _fill(slot, date, language, writing)
    places = writing.places
    text = _cased(writing.text, chance)
    year: tuple[Span, ...]
    if "year" in places:
        year = tuple((places["year"][0] + digit, places["year"][0] + digit + 1) for digit in range(4))
    else:
        first = places["end of year"][0]
        year = (None, None, (first, first + 1), (first + 1, first + 2))
    month = digits(places["month"]) if "month" in places else (places["month's name"],) * 2
    spans = (*year, None, *month, None, *digits(places["day"]))
    return Pair(text, date.isoformat(), spans)


def _fill(slot: str, date: datetime.date, language: str, writing: Writing) -> None:
    month = MONTHS[language or "en"].split()[date.month - 1]
    pieces = {
        "Y": (f"{date.year}", "year"),
        "y": (f"{date.year % 100:02}", "end of year"),
        "M": (f"{date.month:02}", "month"),
        "m": (f"{date.month}", "month"),
        "D": (f"{date.day:02}", "day"),
        "d": (f"{date.day}", "day"),
        "o": (f"{date.day}", "day"),
        "B": (month, "month's name"),
        "b": (month[:3], "month's name"),
    }
    writing.add(*pieces.get(slot, ("", "")))
    if slot == "o":
        last = {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10, "th")
        writing.add("th" if date.day in (11, 12, 13) else last)


def digits(place: tuple[int, int]) -> tuple[Span, Span]:
    """From where the two digits of a day or month come: a zero that is not written has no source."""
    first, after = place
    return (None, place) if after - first == 1 else ((first, first + 1), (first + 1, after))


def _cased(text: str, chance: random.Random) -> str:
    return chance.choice((text, text.title() if text.isascii() else text, text.upper()))
