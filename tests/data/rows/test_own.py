"""A person's own table: how it is read, and what of it is told in a sentence."""

from pathlib import Path

import pytest
import torch

from attngan.columns import Category, Number
from attngan.data import RowSet, load
from attngan.data.rows import own
from attngan.data.sources import kind_at
from attngan.errors import AttnGanError

COUNT = 31
NUMBERS = [(0.5 * row, 100 - row * row) for row in range(COUNT)]


def written(folder: Path, text: str | bytes, name: str = "own.csv") -> str:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


def table(*names: str, sign: str = ",", rows: int = COUNT) -> str:
    """A number, a whole number, a category and a text that tells nothing, as far as there are names."""
    lines = [sign.join(names)]
    for row in range(rows):
        cells = [f"{0.5 * row}", f"{row * row}", ("red", "green")[row // 3 % 2], f"note {row}"]
        lines.append(sign.join(cells[: len(names)]))
    return "\n".join(lines) + "\n"


def read(file: str) -> RowSet:
    found = load(file)
    assert isinstance(found, RowSet)
    return found


def test_numbers_and_categories_are_learnt_and_texts_are_told(tmp_path: Path):
    found = read(written(tmp_path, table("a", "b", "colour", "note")))
    a, b, colour = found.columns
    assert isinstance(a, Number)
    assert isinstance(b, Number)
    assert (a.name, a.decimals, b.decimals) == ("a", 1, 0)
    assert colour == Category(name="colour", values=("green", "red"))
    assert found.values[:3].tolist() == [[0, 0, 1], [0.5, 1, 1], [1, 4, 1]]
    assert found.skipped == ("column 'note': it has text or dates, 31 different ones, left out",)
    assert (found.name, found.licence, found.source) == ("own", "not stated", "Own rows: own")
    assert (found.label_names, found.labels is not None) == (("green", "red"), True)
    assert len(found.held_out) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", table("a", "b", "colour", sign=";").encode()),
        ("a.tsv", table("a", "b", "colour", sign="\t").encode()),
        ("a.CSV", b"sep=;\r\n" + table("a", "b", "colour", sign=";").replace("\n", "\r\n").encode()),
        ("a.csv", b"\xef\xbb\xbf" + table("a", "b", "colour").encode()),
        ("a.csv", table("a", "b", "colour").encode("utf-16")),
        ("a.csv", table("a", "b", "colour", sign=";").replace(".", ",").encode()),
        ("a.csv", table("a", "b", "colour").replace(",", ", ").encode()),
        ("a.csv", table('"a"', '"b"', '"colour"').replace(",", ", ").encode()),
    ],
    ids=["semicolons", "tabs", "sep", "bom", "utf-16", "decimal commas", "spaces", "quotes"],
)
def test_however_a_table_is_written_it_is_the_same(tmp_path: Path, name: str, content: bytes):
    found = read(written(tmp_path, content, name))
    plain = read(written(tmp_path, table("a", "b", "colour"), "plain.csv"))
    assert found.columns == plain.columns
    assert torch.equal(found.values, plain.values)


def test_two_columns_of_numbers_are_points_in_one_scale_where_their_spans_are_alike(tmp_path: Path):
    near = read(written(tmp_path, "x,y\n" + "".join(f"{row},{2 * row % 29}\n" for row in range(COUNT))))
    far = read(written(tmp_path, "x,y\n" + "".join(f"{row},{1000 * row}\n" for row in range(COUNT)), "b.csv"))
    assert [(column.knots, column.decimals) for column in near.columns] == [((0, 30), None), ((-1, 29), None)]
    assert [column.knots for column in far.columns] == [((0, 30)), ((0, 30_000))]


def test_a_table_without_a_header_has_counted_columns(tmp_path: Path):
    found = read(
        written(tmp_path, "".join(f"{row * row},{row % 7 / 3:.2f},{-row}\n" for row in range(COUNT)))
    )
    assert [column.name for column in found.columns] == ["column 1", "column 2", "column 3"]
    assert len(found) == COUNT


def test_what_is_missing_constant_doubled_or_counts_the_rows_is_told(tmp_path: Path):
    head = ",a,hole,same,a ,answer"
    rows = [
        f"{row},{row / 4},{'' if row % 2 else row},7,{row / 8},{('yes', 'no', '')[row % 3]}"
        for row in range(60)
    ]
    found = read(written(tmp_path, "\n".join([head, *rows])))
    assert [column.name for column in found.columns] == ["a", "answer"]
    assert len(found) == 40
    assert [note.split(",")[0] for note in found.skipped] == [
        "column 'Unnamed: 0': it counts the rows",
        "column 'hole': 50% of it is missing",
        "column 'a': there are two of this name",
        "rows: 20 with missing values",
        "column 'same': all of it is the same",
    ]


def test_units_in_brackets_are_units(tmp_path: Path):
    found = read(written(tmp_path, table("length (mm)", "mass [g]", "colour")))
    assert [(one.name, one.unit) for one in found.columns if isinstance(one, Number)] == [
        ("length", "mm"), ("mass", "g"),
    ]  # fmt: skip


def test_a_fifth_is_held_out_and_never_learnt(tmp_path: Path):
    found = read(written(tmp_path, table("a", "b", "colour", rows=211)))
    assert (len(found), len(found.held_out)) == (169, 42)
    assert not set(found.values[:, 0].tolist()) & set(found.held_out[:, 0].tolist())
    assert found.labels is not None
    assert torch.equal(found.labels, found.values[:, 2].long())
    assert found.skipped == ("held out: 42 rows, to measure with",)


def test_the_column_that_is_called_so_says_the_classes(tmp_path: Path):
    text = "Species,n,place\n" + "".join(
        f"{'ab'[row % 2]},{row / 3:.2f},{'uvw'[row % 3]}\n" for row in range(COUNT)
    )
    assert read(written(tmp_path, text)).label_names == ("a", "b")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b,c\n" + "one,two,three\n" * 20, "no column of numbers that differ"),
        ("a,b,c\n1.5,2,x\n", "1 row, and at least 16 are needed"),
        ("a,b,c\n" + "1.5,2,x\n" * 20, "no column of numbers that differ. Not used: column 'a': all of it"),
        (
            "a,b,c\n" + "1.5,2,3\n" * 20 + "1,2,3,4\n",
            "as many cells in each line: Expected 3 fields in line 22, saw 4",
        ),
        (
            "length,mass,kind\n" + "".join(f"{row},{row / 3},{row / 7},x\n" for row in range(20)),
            "as many cells in each line: some have more than the first",
        ),
        ("a,b\n" + "1,2\n" * 30 + f'1,"{"2" * 140_000}\n', "as many cells in each line: field larger"),
        (",".join(f"n{column}" for column in range(513)) + "\n", "has 513 columns: at most 512 are read"),
        ("", "no table"),
        ("a,b,c\n", "0 rows, and at least 16 are needed"),
        ("a,b,c\n" + "".join(f"{row}e300,{row}e39,x\n" for row in range(20)), "beyond 1e\\+30"),
    ],
    ids=["text", "one row", "constant", "ragged", "unnamed", "long", "wide", "empty", "header", "huge"],
)
def test_what_cannot_be_learnt_is_told_in_a_sentence(tmp_path: Path, text: str, sentence: str):
    with pytest.raises(AttnGanError, match=sentence):
        load(written(tmp_path, text), kind="rows")


def test_of_a_long_table_evenly_spread_rows_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own, "MOST_ROWS", 97)
    found = own.read(Path(written(tmp_path, table("a", "b", "colour", rows=307))))
    assert len(found.rows) == 76
    assert found.rows[:3, 0].tolist() == [1.5, 3.5, 5.5]
    assert found.notes == ("rows: every 4th is used, of about 308",)


def test_a_file_that_is_too_large_or_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = written(tmp_path, table("a", "b"))
    monkeypatch.setattr(own, "MOST_BYTES", 10)
    with pytest.raises(AttnGanError, match=r"own\.csv could not be read: File too large"):
        load(file)
    with pytest.raises(AttnGanError, match="There is nothing at"):
        load(str(tmp_path / "none.csv"), kind="rows")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (table("a", "b", "colour"), "rows"),
        ("x,y\n" + "1,2\n" * 9, "rows"),
        ("1.5;2\n" * 9, "rows"),
        ("one,1\ntwo,2\n" * 9, "text"),
        ("output,extra,input\n" + "1,2,one\n" * 9, "text"),
        ("a,b,c\n" + "x,y,z\n" * 9, "text"),
        ("", "text"),
    ],
)
def test_the_first_lines_say_which_kind_a_table_is(tmp_path: Path, text: str, kind: str):
    assert kind_at(written(tmp_path, text)) == kind


def test_a_table_that_is_not_there_and_lines_of_json_are_texts(tmp_path: Path):
    assert kind_at(str(tmp_path / "none.csv")) == "text"
    assert kind_at(written(tmp_path, "[1, 2]\n" * 9, "a.jsonl")) == "text"


def test_one_can_say_which_kind_a_table_is(tmp_path: Path):
    file = written(tmp_path, "".join(f"word {row},{row / 8}\n" for row in range(COUNT)))
    assert load(file).kind == "text"
    with pytest.raises(AttnGanError, match=r"own\.csv is no data set"):
        load(file, kind="pictures")
    found = load(file, kind="rows")
    assert isinstance(found, RowSet)
    assert [column.name for column in found.columns] == ["column 2"]


def test_formulas_are_text_like_any_other(tmp_path: Path):
    text = "a,b,c\n" + "".join(
        f"{row / 3:.2f},{('=cmd()', '@x')[row % 2]},{row * row}\n" for row in range(COUNT)
    )
    _, formulas, _ = read(written(tmp_path, text)).columns
    assert formulas == Category(name="b", values=("=cmd()", "@x"))


def test_a_few_whole_numbers_in_a_short_table_are_numbers(tmp_path: Path):
    text = "a,b,c\n" + "".join(f"{row / 3:.2f},{row % 6},{row % 3}\n" for row in range(20))
    a, b, c = read(written(tmp_path, text)).columns
    assert (isinstance(a, Number), isinstance(b, Number)) == (True, True)
    assert c == Category(name="c", values=("0", "1", "2"))


def test_values_that_differ_far_behind_are_one(tmp_path: Path):
    long = "x" * 90
    text = "a,b\n" + "".join(f"{row / 3:.2f},{(long + 'a', long + 'b', 'y')[row % 3]}\n" for row in range(30))
    found = load(written(tmp_path, text), kind="rows")
    assert isinstance(found, RowSet)
    assert found.columns[1] == Category(name="b", values=("x" * 80, "y"))


def test_numbers_too_large_for_whole_ones_stay_numbers_or_are_told(tmp_path: Path):
    large = "".join(f"{(1e20, 2e20, 3)[row % 3]},{row / 3}\n" for row in range(COUNT))
    first, _ = read(written(tmp_path, "a,b\n" + large)).columns
    assert isinstance(first, Number)
    seconds = "".join(f"{1_700_000_000 + 7 * row},{row / 3},{row * row}\n" for row in range(COUNT))
    found = read(written(tmp_path, "when,b,c\n" + seconds))
    assert [column.name for column in found.columns] == ["b", "c"]
    assert found.skipped == (
        "column 'when': its numbers are so large that float32 hardly tells them apart, left out",
    )


def test_few_numbers_with_decimals_are_not_rounded_away(tmp_path: Path):
    some = "".join(f"{0.3 if row % 25 == 0 else 0},{row / 3}\n" for row in range(10 * COUNT))
    column = read(written(tmp_path, "a,b\n" + some)).columns[0]
    assert isinstance(column, Number)
    assert column.decimals is None


@pytest.mark.parametrize("head", ["n,id,x,y\n", "id,n,x,y\n", ""])
def test_a_column_that_counts_is_left_out_of_a_thinned_table_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str
):
    monkeypatch.setattr(own, "MOST_ROWS", 97)
    lines = [(row, row * row % 31) if head[:2] != "n," else (row * row % 31, row) for row in range(307)]
    text = head + "".join(f"{one},{other},{one / 7},{other / 3}\n" for one, other in lines)
    found = own.read(Path(written(tmp_path, text)))
    assert len(found.columns) == 3
    assert any("it counts the rows" in note for note in found.notes)


def test_lines_that_end_as_old_macs_ended_them_are_counted_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(own, "MOST_ROWS", 30)
    found = own.read(Path(written(tmp_path, table("a", "b", rows=99).replace("\n", "\r"))))
    assert len(found.rows) <= 30
