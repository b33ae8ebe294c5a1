"""A table of numbers that a person uploads: what is kept of it, and what is told."""

from pathlib import Path

import pytest
import torch

from attngan import data
from attngan.errors import AttnGanError
from demo.uploads.sets import Sets


@pytest.fixture
def keeper(tmp_path: Path) -> Sets:
    return Sets(tmp_path / "read")


def test_a_table_of_numbers_is_kept_as_what_can_be_learnt_of_it(keeper: Sets, tmp_path: Path):
    path = tmp_path / "own.tsv"
    lines = (f"{row / 4}\t{row * row}\t{'=a' if row // 3 % 2 else 'b'}\tnote {row}\n" for row in range(31))
    path.write_text("x (mm)\tn\tclass\tnote\n" + "".join(lines).replace(".", ","))
    found = keeper.read([path], 16)
    kept, plain = data.load(str(found.file)), data.load(str(path))
    assert isinstance(kept, data.RowSet)
    assert isinstance(plain, data.RowSet)
    assert torch.equal(kept.values, plain.values)
    assert [column.name for column in kept.columns] == ["x", "n", "class"]
    assert (found.glimpse["kind"], found.glimpse["count"], found.glimpse["classes"]) == ("rows", 31, 2)
    assert found.glimpse["table"][:2] == [["x (mm)", "n", "class"], ["0.00", "0", "b"]]
    assert found.skipped == ("column 'note': it has text or dates, 31 different ones, left out",)
    assert kept.columns == plain.columns


def test_rows_that_cannot_be_learnt_are_told(keeper: Sets, tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text("a,b,c\n1.5,2,x\n")
    with pytest.raises(AttnGanError, match=r"own\.csv: 1 row, and at least 16 are needed"):
        keeper.read([path], 16)
    assert list(keeper.folder.iterdir()) == []


def test_large_coordinates_are_learnt_as_they_are(keeper: Sets, tmp_path: Path):
    path = tmp_path / "places.csv"
    lines = (f"{389318.5 + row},{5819134.5 + row * row / 2}\n" for row in range(31))
    path.write_text("x,y\n" + "".join(lines))
    kept, plain = data.load(str(keeper.read([path], 16).file)), data.load(str(path))
    assert isinstance(kept, data.RowSet)
    assert isinstance(plain, data.RowSet)
    assert kept.columns == plain.columns
    assert torch.equal(kept.values, plain.values)
