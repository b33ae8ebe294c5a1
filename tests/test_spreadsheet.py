"""What is written for spreadsheets cannot run there."""

import csv
import io

import pytest

from attngan.spreadsheet import csv_of, is_number


def test_a_table_is_read_again_as_it_was():
    rows = [["1.5", 'a "quoted" one', "two\nlines"], ["-2", "", "naïve, 中"]]
    read = [*csv.reader(io.StringIO(csv_of(["a", "b", "c"], rows).decode(), newline=""))]
    assert read == [["a", "b", "c"], *rows]


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str):
    (name,), (value,) = csv.reader(io.StringIO(csv_of([cell], [[cell]]).decode(), newline=""))
    assert name == value == f"'{cell}"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("x;=HYPERLINK(1)", "x;'=HYPERLINK(1)"),
        ("x\t=1|  @a", "x\t'=1|'  @a"),
        ('a"=1', "a\"'=1"),
        ("＝1", "'＝1"),
        (" =1", "' =1"),
        ("well-known 3+4", "well-known 3+4"),
    ],
)
def test_where_other_signs_part_cells_nothing_runs_either(text: str, safe: str):
    assert next(csv.reader(io.StringIO(csv_of([text], []).decode(), newline=""))) == [safe]


@pytest.mark.parametrize("number", ["-1.5", "+3", "-1e-7", "-2,5"])
def test_numbers_stay_numbers(number: str):
    assert is_number(number)
    assert next(csv.reader(io.StringIO(csv_of([number], []).decode()))) == [number]
