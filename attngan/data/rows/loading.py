"""From a name or a path to a RowSet, with every wrong input told in one sentence."""

from pathlib import Path

import torch
from torch import Tensor

from attngan.data.rows import own, points, tables
from attngan.data.rows.rowset import RowSet
from attngan.data.sources import Source
from attngan.text import printable

HELD_OUT, MOST_HELD_OUT = 0.2, 2000  # of the rows, to measure with
FEWEST_TO_HOLD_OUT = 100  # rows


def bundled(source: Source) -> RowSet:
    """The points or the table of a known name."""
    if source.name in points.RULES:
        return points.points(source)
    table = own.learnable(source.name, tables.TABLES[source.name]())
    return _rowset(source.name, table, source.licence, source.attribution)


def of_file(path: Path) -> RowSet:
    """The rows of a person's own file; raises AttnGanError for what cannot be learnt from."""
    name = printable(path.resolve().stem) or "rows"
    return _rowset(name, own.read(path), "not stated", f"Own rows: {name}")


def _rowset(name: str, table: own.Table, licence: str, source: str) -> RowSet:
    """The table as rows to learn from, with some held out."""
    learnt, held_out = _apart(torch.from_numpy(table.rows).float())
    told = (f"held out: {len(held_out)} rows, to measure with",) if len(held_out) else ()
    labelled, names = own.classes(table.columns)
    return RowSet(
        name=name,
        columns=table.columns,
        values=learnt,
        held_out=held_out,
        labels=None if labelled is None else learnt[:, labelled].long(),
        label_names=names,
        licence=licence,
        source=source,
        skipped=table.notes + told,
    )


def _apart(rows: Tensor) -> tuple[Tensor, Tensor]:
    """Rows to learn from and rows that are held out, drawn by chance, where there are enough."""
    count = min(MOST_HELD_OUT, round(HELD_OUT * len(rows))) if len(rows) >= FEWEST_TO_HOLD_OUT else 0
    order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(0))
    return rows[order[count:].sort().values], rows[order[:count]]
