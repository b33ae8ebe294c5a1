"""A person's own pairs of texts: what is read, and what of it is told in a sentence."""

import json
from pathlib import Path

import pytest

from attngan.data import load
from attngan.data.sources import kind_at
from attngan.data.texts import own
from attngan.data.texts.pairset import PairSet
from attngan.errors import AttnGanError

ROWS = [(f"word {number}", str(number)) for number in range(11)]


def written(folder: Path, text: str | bytes, name: str = "own.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def table(rows: list[tuple[str, str]], sign: str = ",") -> str:
    return "".join(f"{one}{sign}{other}\n" for one, other in rows)


def read(file: Path) -> list[tuple[str, str]]:
    given = load(str(file))
    assert isinstance(given, PairSet)
    return [pair[:2] for pair in given.pairs]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", table(ROWS)),
        ("a.csv", "input,output\n" + table(ROWS)),
        ("a.csv", "id,Target,Source\n" + "".join(f"7,{b},{a}\n" for a, b in ROWS)),
        ("a.CSV", table(ROWS, ";")),
        ("a.csv", "\n\n" + table(ROWS).replace("\n", "\r\n")),
        ("a.csv", "".join(f'"word\n{b}","{b}"\n' for _, b in ROWS)),
        ("a.csv", b"\xef\xbb\xbf" + table(ROWS).encode()),
        ("a.csv", table(ROWS).encode("utf-16")),
        ("a.tsv", table(ROWS, "\t")),
        ("a.jsonl", "".join(json.dumps({"input": a, "output": b}) + "\n" for a, b in ROWS)),
        ("a.jsonl", "".join(json.dumps({"output": int(b), "x": 1, "input": a}) + "\n" for a, b in ROWS)),
        ("a.jsonl", "".join(json.dumps([a, b]) + "\n\n" for a, b in ROWS)),
    ],
)
def test_two_columns_are_read_with_a_header_or_without(tmp_path: Path, name: str, text: str | bytes) -> None:
    assert kind_at(name) == "text"
    assert read(written(tmp_path, text, name)) == ROWS


def test_texts_are_composed_and_white_space_is_one_space(tmp_path: Path) -> None:
    rows = [("cafe\u0301 \t\u00a0 noir ", " 1 "), *ROWS]
    assert read(written(tmp_path, table(rows, ";")))[0] == ("caf\u00e9 noir", "1")


def test_any_characters_are_texts_and_nothing_more(tmp_path: Path) -> None:
    odd = ["<script>alert(1)</script>", "{{ 7 * 7 }}", "שלום עולם", "👩‍👩‍👧 family", "a\u0323\u0302", "=1+1"]
    rows = [(text, str(number)) for number, text in enumerate(odd)] + ROWS
    found = read(written(tmp_path, table(rows, "\t"), "odd.tsv"))
    assert [text for text, _ in found[: len(odd)]] == [*odd[:4], "\u1ead", odd[5]]


def test_some_inputs_are_held_out_where_there_are_enough(tmp_path: Path) -> None:
    rows = [(f"word {number % 150}", str(number)) for number in range(300)]
    given = load(str(written(tmp_path, table(rows))))
    assert isinstance(given, PairSet)
    assert len(given.held_out) == 6
    assert len(given) == 294
    assert not {pair.input for pair in given.held_out} & {pair.input for pair in given.pairs}
    assert given.skipped == ("held out: 6 pairs, to measure with",)
    assert given.name == "own"


def test_what_is_too_long_or_empty_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [("x" * 257, "1"), ("x", "1" * 129), ("", "3"), ("nothing", ""), *ROWS]
    given = load(str(written(tmp_path, table(rows))))
    assert isinstance(given, PairSet)
    assert [pair[:2] for pair in given.pairs] == [("nothing", ""), *ROWS]
    assert given.skipped == (
        "pairs: 2 are longer than 256 or 128 characters, so they are left out",
        "pairs: 1 have an empty input, so they are left out",
    )


def test_too_many_pairs_are_thinned_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST_PAIRS", 10)
    given = load(str(written(tmp_path, table(ROWS))))
    assert len(given) == 10
    assert given.skipped == ("pairs: 1 are more than 10, so they are left out",)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "0 pairs, and at least 8 are needed"),
        ("one,1\n", "1 pair, and at least 8 are needed"),
        (table([("x" * 300, "1")] * 9), "Not used: 9 are longer than 256 or 128 characters"),
        (table([(a, "") for a, _ in ROWS]), "all outputs are empty"),
        (table([(a, "7") for a, _ in ROWS]), "all outputs are the same"),
        ("one\ntwo\n", "no table of two columns"),
        ("x" * 200_000 + ",1\n", "no table of two columns"),
        (b"\x00\xff\xfe" * 100, "own.csv"),
        (b"\xff\xfe\x00", "own.csv"),
    ],
)
def test_what_cannot_be_learnt_is_told_in_a_sentence(tmp_path: Path, text: str | bytes, wanted: str) -> None:
    with pytest.raises(AttnGanError, match=wanted):
        load(str(written(tmp_path, text)))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_signs_within_sentences_are_no_delimiter(tmp_path: Path, sign: str) -> None:
    sentences = [(f"your flight, gate {number}, row {number}", f"03-{number}") for number in range(11, 22)]
    for quote in ("", '"'):
        if sign == "," and not quote:
            continue
        text = "".join(f"{quote}{one}{quote}{sign}{other}\n" for one, other in sentences)
        assert read(written(tmp_path, text)) == sentences


def test_quoted_signs_of_another_sort_are_no_delimiter(tmp_path: Path) -> None:
    rows = [(f"{number} march; gate 4; row 7", f"03-{number}") for number in range(11, 22)]
    assert read(written(tmp_path, table(rows))) == rows


def test_a_spreadsheet_may_name_its_delimiter(tmp_path: Path) -> None:
    text = "sep=|\n" + "".join(f"a; {number}|b, {number}\n" for number in range(11, 22))
    assert read(written(tmp_path, text))[0] == ("a; 11", "b, 11")


def test_half_characters_of_json_become_question_marks(tmp_path: Path) -> None:
    lines = "".join(f'["{number} \\ud800 \\udfff", "{number}"]\n' for number in range(11, 22))
    assert read(written(tmp_path, lines, "own.jsonl"))[0] == ("11 ? ?", "11")


def test_an_output_ends_before_a_character_that_is_too_rare(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("attngan.data.texts.pairset.MOST_WRITTEN", 2)
    rows = [(str(number), "ababa"[: 2 + number % 3]) for number in range(9)]
    given = load(str(written(tmp_path, table([*rows, ("10", "abXba")]))))
    assert isinstance(given, PairSet)
    codes = given.batch([9, 2]).items.argmax(-1)
    assert codes.tolist() == [[1, 2, 0, 0, 0], [1, 2, 1, 2, 0]]


@pytest.mark.parametrize("line", ["{", "7", '{"name": "x", "age": 3}', '["alone"]', '{"input": "x"}'])
def test_json_lines_that_are_no_pairs_are_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(AttnGanError, match="no table of two columns"):
        load(str(written(tmp_path, line + "\n", "own.jsonl")))


def test_a_line_of_jsonl_that_is_none_is_named_by_its_number(tmp_path: Path) -> None:
    lines = [json.dumps([one, other]) for one, other in ROWS]
    lines[2:2] = ["", "not json"]
    with pytest.raises(AttnGanError, match="line 4 is not JSON"):
        load(str(written(tmp_path, "\n".join(lines), "own.jsonl")))


def test_a_file_that_is_too_large_or_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST_BYTES", 100)
    with pytest.raises(AttnGanError, match="could not be read: File too large"):
        load(str(written(tmp_path, table(ROWS * 3))))
    with pytest.raises(AttnGanError, match="nothing at"):
        load(str(tmp_path / "none.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(AttnGanError, match="could not be read"):
        load(str(tmp_path / "folder.csv"))
