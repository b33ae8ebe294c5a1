"""Pairs of texts whose outputs depend on two places of the input that lie far apart, as a person's own file.

    python bench/farpairs.py own.csv
    python -m attngan train --data own.csv --seconds 120 --run-dir runs/own
    python -m attngan evaluate runs/own --data own.csv --json

The first word says which of two numbers is the month, the last one whether an hour is of the morning.
"""

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

PAIRS = 12_000
NAMES = ("hugo", "rosa", "jonas", "carla", "ines", "pavel", "lucia", "otto")


def pairs() -> Iterator[tuple[str, str]]:
    """Inputs and outputs without end, the same every time; some come again."""
    chance = random.Random(5)
    while True:
        name = chance.choice(NAMES)
        if chance.random() < 0.5:
            style = chance.choice(("us", "eu"))
            first, second, year = chance.randint(1, 12), chance.randint(1, 12), chance.randint(20, 49)
            month, day = (first, second) if style == "us" else (second, first)
            yield f"{style} style note by {name}: {first:02}/{second:02}/{year}", f"{year}{month:02}{day:02}"
        else:
            hour, minute = chance.randint(1, 11), chance.randint(0, 59)
            late = chance.random() < 0.5
            when = "afternoon" if late else "morning"
            yield (
                f"{name} comes at {hour}:{minute:02} in the {when}",
                f"{hour + 12 * late:02}{minute:02}{name[0]}",
            )


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    with parser.parse_args().file.open("w", newline="", encoding="utf-8") as file:
        rows: dict[str, str] = {}
        for text, answer in pairs():
            rows[text] = answer
            if len(rows) == PAIRS:
                break
        csv.writer(file).writerows([("input", "output"), *rows.items()])


if __name__ == "__main__":
    main()
