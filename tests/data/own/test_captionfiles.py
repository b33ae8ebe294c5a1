"""Captions that a table, or text files beside the pictures, give to a person's own pictures."""

import contextlib
import json
import re
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attngan import data
from attngan.data.own import tables
from attngan.data.own.captionfiles import LARGEST_PACKED_BYTES, MOST_BYTES, MOST_LETTERS, Captioned, captioned
from attngan.data.own.pictureindex import PictureIndex
from attngan.data.own.tables import NoLabelsError
from attngan.nn.places import Words
from tests.data.own.files import SIZE, fill, values
from tests.data.own.sets import pictures, zipped

PICTURES = [PurePosixPath(f"{name}.png") for name in ("a", "b", "c", "d")]
SAID = ["a red star", "a blue star", "a red star", "an orange circle"]
CAPTIONS = dict(zip(PICTURES, SAID, strict=True))


def told(content: str | bytes, name: str = "captions.csv") -> Captioned | None:
    path, raw = PurePosixPath(name), content if isinstance(content, bytes) else content.encode()
    table = tables.read(path.suffix, raw)
    return captioned(table, PictureIndex(path, PICTURES), sure="caption" in name.casefold())


def captions_of(content: str | bytes, name: str = "captions.csv") -> dict[PurePosixPath, str]:
    found = told(content, name)
    return found.captions if found else {}


ROWS = "a.png{0}a red star\nb.png{0}a blue star\nc.png{0}a red star\nd.png{0}an orange circle\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("file,caption\n" + ROWS.format(","), "captions.csv"),
        ("\ufeffFile Name;Text\r\n" + ROWS.format(";").replace("\n", "\r\n"), "x.csv"),
        ("image\tprompt\n" + ROWS.format("\t"), "x.tsv"),
        ("sep=;\nfilename;description\n" + ROWS.format(";"), "x.csv"),
        (ROWS.format(","), "captions.csv"),
        (ROWS.format("|"), "Captions_en.csv"),
        ("caption,file\n" + "\n".join(f'"{text}",{path.stem}' for path, text in CAPTIONS.items()), "x.csv"),
        ("file,label,caption\n" + ROWS.format(",x,"), "x.csv"),
        ("file,caption\n" + ROWS.format(",  "), "x.csv"),
        (json.dumps([{"file_name": str(path), "text": text} for path, text in CAPTIONS.items()]), "x.json"),
    ],
)
def test_tables_of_many_programs_give_the_same_captions(content: str, name: str) -> None:
    assert captions_of(content, name) == CAPTIONS


def test_lines_of_json_as_hugging_face_has_them_give_captions() -> None:
    lines = [json.dumps({"file_name": str(path), "text": text}) for path, text in CAPTIONS.items()]
    assert captions_of("\n".join(lines), "metadata.jsonl") == CAPTIONS


@pytest.mark.parametrize(
    ("encoding", "caption"),
    [("utf-8", "Größe über 7"), ("cp1252", "Größe über 7"), ("gbk", "一颗红色的星"), ("utf-16", "Größe")],
)
def test_captions_are_read_in_their_encoding(encoding: str, caption: str) -> None:
    content = f"file;caption\na.png;{caption}\nb.png;a star\n".encode(encoding)
    assert captions_of(content)[PICTURES[0]] == caption


def test_a_table_without_a_header_has_captions_if_they_are_sentences_of_their_own() -> None:
    assert captions_of("a.png,one red star\nb.png,two stars\n", "x.csv")
    assert not captions_of(ROWS.format(","), "x.csv")  # some are equal: these may be classes
    assert not captions_of("a.png,cat\nb.png,dog\n", "x.csv")
    assert captions_of("a.png,cat\nb.png,dog\n", "captions.csv")


@pytest.mark.parametrize(
    "content",
    ["file,label\na.png,cat\nb.png,dog", "width,height\n3,5", "x.png,a star\ny.png,a dot", "file,caption"],
)
def test_other_tables_give_no_captions(content: str) -> None:
    assert told(content, "captions.csv") is None


def test_rows_of_other_pictures_and_second_captions_are_counted() -> None:
    found = told("file,caption\na.png,one\na.png,two\nx.png,three\nb.png,\nb.png,four\ny.png,five\n")
    assert found == Captioned({PICTURES[0]: "one", PICTURES[1]: "four"}, elsewhere=2, again=1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  a\t red \n star ", "a red star"),
        ("<b>{{ red }}</b>", "<b>{{ red }}</b>"),
        ("cafe\u0301", "café"),
        ("خط \u200cفارسی", "خط \u200cفارسی"),
        ("a\x1b[31m\x07 star", "a[31m star"),
        ("half \ud83d a face", "half ? a face"),
        ("x" * 10_007, "x" * MOST_LETTERS),
    ],
)
def test_a_caption_is_kept_on_one_line_as_it_can_be_written_anywhere(written: str, kept: str) -> None:
    content = json.dumps({"file": "a.png", "caption": written})
    assert captions_of(content, "x.jsonl") == {PICTURES[0]: kept}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.binary(max_size=97) | st.text(',;\t"\n\r0ab.pngcaptionfile', max_size=97).map(str.encode),
    st.sampled_from(["csv", "tsv", "json", "jsonl"]),
)
def test_any_bytes_give_captions_or_none(content: bytes, kind: str) -> None:
    with contextlib.suppress(NoLabelsError):
        assert told(content, f"captions.{kind}") is None or captions_of(content, f"captions.{kind}")


# ---- with their pictures ----


def table(numbers: range, header: str = "file,caption") -> str:
    return f"{header}\n" + "".join(f"{number:03}.png,a star of {number % 7} rays\n" for number in numbers)


def test_pictures_of_a_folder_have_the_captions_of_its_table_as_their_condition(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    (tmp_path / "captions.csv").write_text(table(range(11)))
    found = data.load(str(tmp_path), SIZE)
    assert found.captions == tuple(f"a star of {number % 7} rays" for number in range(11))
    assert found.skipped == ("captions: from captions.csv",)
    condition = found.batch([8]).condition
    assert isinstance(condition, Words)
    assert condition.texts == (("a", "star", "of", "1", "rays"),)


def test_pictures_without_a_caption_are_left_out_and_rows_without_a_picture_told(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    (tmp_path / "metadata.jsonl").write_text(
        "".join(
            json.dumps({"file_name": f"{number:03}.png", "text": f"star {number}"}) + "\n"
            for number in range(1, 13)
        )
    )
    found = data.load(str(tmp_path), SIZE)
    assert len(found) == len(found.captions) == 10
    assert found.skipped == (
        "captions: from metadata.jsonl",
        "captions: 2 rows of metadata.jsonl name no picture that is here",
        "000.png: has no caption",
    )


def test_a_text_file_beside_each_picture_is_its_caption(tmp_path: Path) -> None:
    fill(tmp_path / "x", 11)
    for number in range(10):
        (tmp_path / "x" / f"{number:03}.txt").write_text(f"star {number}\nin a picture\n")
    (tmp_path / "README.txt").write_text("about")
    (tmp_path / "x" / "009.txt").write_bytes(b"ab " * MOST_BYTES)
    found = data.load(str(tmp_path), SIZE)
    assert found.captions[:9] == tuple(f"star {number} in a picture" for number in range(9))
    assert len(found.captions[9]) <= MOST_LETTERS
    assert found.skipped == (
        "README.txt: not a picture",
        "x/010.png: has no caption",
        "captions: 1 longer than 48 words, of which so many are read",
    )


def test_coordinates_in_text_files_are_no_captions(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    for number in range(11):
        (tmp_path / f"{number:03}.txt").write_text("0 0.5 0.5 0.25 0.25\n")
    found = data.load(str(tmp_path), SIZE)
    assert (len(found), found.captions, found.words) == (11, (), None)
    assert found.skipped[0] == "000.txt: not a picture"


def test_captions_of_few_pictures_are_not_used_and_it_is_told(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    (tmp_path / "captions.csv").write_text(table(range(5)))
    found = data.load(str(tmp_path), SIZE)
    assert (len(found), found.captions) == (11, ())
    assert found.skipped[-1] == "captions: 5 of 11 pictures have one, so they are not used"


def test_captions_that_are_all_equal_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    (tmp_path / "captions.csv").write_text(re.sub(r"of \d", "of 7", table(range(11))))
    found = data.load(str(tmp_path), SIZE)
    assert (found.captions, found.words) == ((), None)
    assert found.skipped[-1] == "captions: all pictures have the same one, so they are left out"


def test_captions_and_classes_can_both_be_told(tmp_path: Path) -> None:
    fill(tmp_path / "x", 7)
    fill(tmp_path / "y", 4, 7)
    (tmp_path / "captions.csv").write_text(table(range(11)))
    found = data.load(str(tmp_path), SIZE)
    assert found.label_names == ("x", "y")
    assert len(found.captions) == 11
    assert not isinstance(found.batch([1]).condition, Words)
    assert isinstance(found.without_labels().batch([1]).condition, Words)


def test_tables_of_the_parts_of_a_set_give_captions_together(tmp_path: Path) -> None:
    fill(tmp_path / "train", 7)
    fill(tmp_path / "test", 4, 7)
    (tmp_path / "train" / "metadata.csv").write_text(table(range(7), "file_name,text"))
    (tmp_path / "test" / "metadata.csv").write_text(table(range(7, 11), "file_name,text"))
    found = data.load(str(tmp_path), SIZE)
    assert len(found.captions) == 11
    assert {"captions: from test/metadata.csv", "captions: from train/metadata.csv"} <= set(found.skipped)


def test_an_npz_may_have_captions(tmp_path: Path) -> None:
    said = np.array([f"star {number}" for number in range(11)])
    np.savez(tmp_path / "set.npz", images=values(11, SIZE, SIZE, 3), captions=said)
    found = data.load(str(tmp_path / "set.npz"), SIZE, max_pictures=9)
    assert found.captions == tuple(said[number * 11 // 9] for number in range(9))
    assert found.skipped == ()
    assert found.words is not None
    for wrong in (said[:7], np.arange(11), np.where(said == "star 3", "3", said)):
        np.savez(tmp_path / "set.npz", images=values(11, SIZE, SIZE, 3), captions=wrong)
        found = data.load(str(tmp_path / "set.npz"), SIZE)
        assert (found.captions, found.skipped) == ((), ("arrays that are not used: captions",))


def test_a_large_text_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    entries = pictures(11) | {f"{number}.txt": f"star {number}".encode() for number in range(11)}
    entries["7.txt"] = b"star " * LARGEST_PACKED_BYTES
    found = data.load(str(zipped(tmp_path / "set.zip", entries)), SIZE)
    assert len(found.captions) == 10
    assert found.skipped == ("7.txt: not a picture", "7.png: has no caption")


@pytest.mark.parametrize("texts", [True, False])
def test_a_zip_gives_the_captions_that_lie_in_it(tmp_path: Path, texts: bool) -> None:
    entries = pictures(11, "set/")
    if texts:
        entries |= {f"set/{number}.txt": f"star {number}".encode() for number in range(11)}
    else:
        lines = "".join(f"{number}.png,star {number}\n" for number in range(11))
        entries["set/captions.csv"] = f"file,caption\n{lines}".encode()
    found = data.load(str(zipped(tmp_path / "set.zip", entries)), SIZE, max_pictures=9)
    assert len(found) == len(found.captions) == 9
    assert all(caption.startswith("star ") for caption in found.captions)
