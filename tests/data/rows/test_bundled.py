"""Bundled tables: what their entries promise, and whose they are."""

import pytest
import torch

from attngan import data
from attngan.columns import Category, Number


@pytest.mark.parametrize(
    ("name", "rows", "columns", "classes"),
    [("iris", 150, 5, 3), ("wine", 178, 14, 3), ("penguins", 333, 7, 3)],
)
def test_a_bundled_table_is_whole_and_has_its_classes(name: str, rows: int, columns: int, classes: int):
    found = data.load(name)
    assert isinstance(found, data.RowSet)
    assert (found.name, found.kind) == (name, "rows")
    assert len(found) + len(found.held_out) == rows
    assert len(found.columns) == found.values.shape[1] == columns
    assert len(found.label_names) == classes
    assert found.labels is not None
    assert found.labels.unique().tolist() == [*range(classes)]
    (source,) = (one for one in data.catalogue("rows") if one.name == name)
    assert source.labelled
    assert (found.licence, found.source) == (source.licence, source.attribution)


def test_penguins_have_units_and_say_how_many_are_left_out():
    found = data.load("penguins")
    assert isinstance(found, data.RowSet)
    units = {one.name: one.unit for one in found.columns if isinstance(one, Number)}
    assert units == {"bill length": "mm", "bill depth": "mm", "flipper length": "mm", "body mass": "g"}
    assert [one.name for one in found.columns if isinstance(one, Category)] == ["species", "island", "sex"]
    assert found.skipped[0] == "rows: 11 with missing values, left out"


def test_a_batch_has_the_rows_and_classes_of_its_numbers():
    found = data.load("iris")
    assert isinstance(found, data.RowSet)
    batch = found.batch([3, 100])
    assert batch.items.shape == (2, 4 + 3)
    assert isinstance(batch.condition, torch.Tensor)
    assert batch.condition.tolist() == batch.items[:, 4:].argmax(1).tolist()
