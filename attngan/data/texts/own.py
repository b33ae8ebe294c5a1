"""A person's own pairs of texts: two columns of a .csv or .tsv, or a .jsonl with two texts a line.

What comes from outside is not trusted: sizes are judged first, and what cannot be used is told.
"""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attngan.data.own.encodings import decoded
from attngan.data.own.tables import delimiter_of
from attngan.errors import AttnGanError
from attngan.nn.pair import Pair
from attngan.storage import read_file
from attngan.text import plain, printable, writable

MOST_BYTES = 64 * 2**20
MOST_PAIRS = 200_000
FEWEST_PAIRS = 8
LONGEST_INPUT, LONGEST_OUTPUT = 256, 128  # characters
HELD_OUT, MOST_HELD_OUT = 0.02, 200  # of the inputs, to measure with
FEWEST_TO_HOLD_OUT = 100  # inputs
# What the two columns are called, for tables whose first line is no pair.
INPUTS = ("input", "source", "src", "text", "question", "prompt", "from", "x", "in", "reads")
OUTPUTS = ("output", "target", "tgt", "answer", "response", "to", "y", "out", "label", "result", "writes")


def read(path: Path) -> tuple[list[Pair], list[Pair], tuple[str, ...]]:
    """Pairs to learn from, pairs that are held out, and a note "name: why" on all that is not learnt from.

    Texts are composed (Unicode's NFC), and runs of white space are one space. Raises AttnGanError for a file
    that cannot be read, or of which too few pairs can be used.
    """
    name = printable(path.name)
    try:
        text = decoded(read_file(path, MOST_BYTES))
    except OSError as error:
        raise AttnGanError(f"{name} could not be read: {error.strerror or error}.") from error
    try:
        rows = [
            *(_of_json(text) if path.suffix.lower() == ".jsonl" else _of_table(text, path.suffix.lower()))
        ]
    except (ValueError, csv.Error, RecursionError) as error:
        raise AttnGanError(
            f"{name} is no table of two columns, an input and an output a line: {error}."
        ) from error
    pairs, skipped = _usable(rows)
    _check(name, pairs, skipped)
    learnt, held_out = _apart(pairs)
    if held_out:
        skipped = (*skipped, f"held out: {len(held_out)} pairs, to measure with")
    return learnt, held_out, skipped


def _of_table(text: str, suffix: str) -> Iterator[Sequence[str]]:
    """The two columns of every line that is not empty; the first one may name them."""
    delimiter = "\t" if suffix == ".tsv" else delimiter_of(text.splitlines(), wanted=2)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = (row for row in table if any(cell.strip() for cell in row) and row[0][:4] != "sep=")
    first = next(rows, None)
    if first is None:
        return
    named = named_columns(first)
    if named is None:
        yield _two(first, (0, 1))
    for row in rows:
        yield _two(row, named or (0, 1))


def _of_json(text: str) -> Iterator[Sequence[str]]:
    """The two texts of every line: an object with two names that are known, or a list of two."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ValueError(f"line {number} is not JSON") from error
        if isinstance(value, dict):
            named = named_columns([*value])
            if named is None:
                raise ValueError(f"a line needs names such as input and output, not {', '.join(value)!s:.80}")
            value = [*value.values()]
            yield _two([*map(_said, value)], named)
        elif isinstance(value, list):
            yield _two([*map(_said, value)], (0, 1))
        else:
            raise ValueError("a line is an object or a list of two texts")


def _said(value: Any) -> str:
    """A value of JSON as a text; of null there is nothing to say."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def named_columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Which columns are the input and the output, where names say so."""
    plain = [name.strip().casefold() for name in names]
    found = [
        next((plain.index(known) for known in called if known in plain), None) for called in (INPUTS, OUTPUTS)
    ]
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def _two(row: Sequence[str], columns: tuple[int, int]) -> Sequence[str]:
    if len(row) <= max(columns):
        columns_there = "1 column" if len(row) == 1 else f"{len(row)} columns"
        raise ValueError(f"a line has {columns_there}: {row!s:.60}")
    return [row[column] for column in columns]


def _usable(rows: Sequence[Sequence[str]]) -> tuple[list[Pair], tuple[str, ...]]:
    """The pairs that can be learnt, and notes on those that cannot."""
    pairs, left_out = [], Counter[str]()
    for row in rows:
        pair = Pair(plain(writable(row[0])), plain(writable(row[1])))
        if not pair.input:
            left_out["have an empty input"] += 1
        elif len(pair.input) > LONGEST_INPUT or len(pair.output) > LONGEST_OUTPUT:
            left_out[f"are longer than {LONGEST_INPUT} or {LONGEST_OUTPUT} characters"] += 1
        else:
            pairs.append(pair)
    if len(pairs) > MOST_PAIRS:
        left_out[f"are more than {MOST_PAIRS}"] = len(pairs) - MOST_PAIRS
        pairs = random.Random("own pairs").sample(pairs, MOST_PAIRS)
    return pairs, tuple(f"pairs: {count} {why}, so they are left out" for why, count in left_out.items())


def _check(name: str, pairs: Sequence[Pair], skipped: Sequence[str]) -> None:
    """Raise AttnGanError where nothing can be learnt from the pairs."""
    if len(pairs) < FEWEST_PAIRS:
        there = "1 pair" if len(pairs) == 1 else f"{len(pairs)} pairs"
        why = f" Not used: {'; '.join(note.removeprefix('pairs: ') for note in skipped)}." if skipped else ""
        raise AttnGanError(f"{name}: {there}, and at least {FEWEST_PAIRS} are needed.{why}")
    if not any(pair.output for pair in pairs):
        raise AttnGanError(f"{name}: all outputs are empty, so there is nothing to learn.")
    if len({pair.output for pair in pairs}) == 1:
        raise AttnGanError(f"{name}: all outputs are the same, so there is nothing to learn.")


def _apart(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from, and pairs of some inputs that are held out where there are enough."""
    inputs = sorted({pair.input for pair in pairs})
    if len(inputs) < FEWEST_TO_HOLD_OUT:
        return [*pairs], []
    count = min(MOST_HELD_OUT, round(HELD_OUT * len(inputs)))
    kept = {*random.Random("own pairs held out").sample(inputs, count)}
    return [pair for pair in pairs if pair.input not in kept], [pair for pair in pairs if pair.input in kept]
