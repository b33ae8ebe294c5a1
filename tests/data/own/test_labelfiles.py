"""Labels that a table or a dataset.json gives to pictures."""

import contextlib
import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attngan import data
from attngan.data.own import tables
from attngan.data.own.labelfiles import named
from attngan.data.own.pictureindex import PictureIndex
from attngan.data.own.tables import NoLabelsError
from tests.data.own.files import SIZE, fill

PICTURES = [PurePosixPath(f"{name}.png") for name in ("a", "b", "c", "d")]
LABELS = dict(zip(PICTURES, ["cat", "dog", "cat", "dog"], strict=True))


def _named(content: str | bytes, name: str = "labels.csv", pictures: list[PurePosixPath] = PICTURES) -> dict:
    path, raw = PurePosixPath(name), content if isinstance(content, bytes) else content.encode()
    return named(tables.read(path.suffix, raw), PictureIndex(path, pictures)).labels


@pytest.mark.parametrize(
    "content",
    [
        "file,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n",
        "\ufefffile_name,class\r\na.png,cat\r\nb.png,dog\r\nc.png,cat\r\nd.png,dog\r\n",
        "Image ID;Diagnosis\na;cat\nb;dog\nc;cat\nd;dog",
        "sep=;\nfilename;y\na.png;cat\nb.png;dog\nc.png;cat\nd.png;dog",
        ",width,filename,label\n0,17,a.png,cat\n1,17,b.png,dog\n2,17,c.png,cat\n3,17,d.png,dog",
        "id,image,species\n1,a.png,cat\n2,b.png,dog\n3,c.png,cat\n4,d.png,dog",
        "a.png,cat\nb.png,dog\nc.png,cat\nd.png,dog",
        '"a.png","cat"\n"b.png","dog"\n\n"c.png"," cat"\n"d.png","dog"',
        "path\tlabel\n./img/a.png\tcat\nimg\\b.png\tdog\nc.jpg\tcat\nD.PNG\tdog",
        "filepaths,kind,data set\na.png,cat,train\nb.png,dog,train\nc.png,cat,valid\nd.png,dog,test",
        "file|label\na.png|cat\nb.png|dog\nc.png|cat\nd.png|dog",
        "image,split,fruit\na,train,cat\nb,train,dog\nc,test,cat\nd,test,dog",
        "image,fruit\na,cat\nb,dog\nc,cat\nd,dog",
        "image,cat,dog\na,1.0,0.0\nb,0.0,1.0\nc,1.0,0.0\nd,0.0,1.0",
        "label,file\ncat,a.png\ndog,b.png\ncat,c.png\ndog,d.png\nbird,elsewhere.png",
    ],
)
def test_tables_of_many_programs_give_the_same_labels(content: str) -> None:
    assert _named(content) == LABELS


@pytest.mark.parametrize(
    "content",
    [
        {"labels": [["a.png", "cat"], ["b.png", "dog"], ["c.png", "cat"], ["d.png", "dog"]]},
        {"labels": {"a.png": "cat", "b.png": "dog", "c.png": "cat", "d.png": "dog"}},
        {"a.png": "cat", "b.png": "dog", "c": "cat", "d": "dog"},
        [
            {"file_name": f"{name}.png", "label": label}
            for name, label in zip("abcd", ["cat", "dog"] * 2, strict=True)
        ],
    ],
)
def test_json_gives_the_same_labels(content: object) -> None:
    assert _named(json.dumps(content), "dataset.json") == LABELS


def test_lines_of_json_give_the_same_labels() -> None:
    lines = [json.dumps({"file_name": str(path), "label": label}) for path, label in LABELS.items()]
    assert _named("\n".join(lines), "metadata.jsonl") == LABELS


def test_classes_may_be_numbers_and_one_hot_numbers() -> None:
    pairs = [["00000/img0.png", 6], ["00000/img1.png", 10], ["00000/img2.png", [0, 0, 1]]]
    paths = [PurePosixPath(str(name)) for name, _ in pairs]
    found = _named(json.dumps({"labels": pairs}), "dataset.json", paths)
    assert list(found.values()) == ["6", "10", "2"]


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-8", "größe"), ("cp1252", "größe"), ("gbk", "熊猫"), ("cp932", "写真"), ("utf-16", "größe")],
)
def test_labels_of_spreadsheets_are_read_in_their_encoding(encoding: str, label: str) -> None:
    content = f"file;label\na.png;{label}\nb.png;dog\n".encode(encoding)
    assert _named(content) == {PICTURES[0]: label, PICTURES[1]: "dog"}


def test_a_name_that_fits_two_pictures_is_told_apart_by_its_folder_or_not_used() -> None:
    paths = [PurePosixPath(path) for path in ("x/1.png", "y/1.png", "y/2.png")]
    assert _named("file,label\nx/1.png,a\n1.png,b\n2.png,b\n", pictures=paths) == {
        paths[0]: "a",
        paths[2]: "b",
    }
    assert _named(
        "file,label\n1.png,a\n2.png,b\n", pictures=[*PICTURES, paths[2], PurePosixPath("1.png"), paths[0]]
    ) == {
        PurePosixPath("1.png"): "a",
        paths[2]: "b",
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("file,label\nx.png,cat\ny.png,dog", "names no picture that is here"),
        ("file,label\na.png,cat\nb.png,cat", "gives all pictures the same label"),
        ("width,height\n3,5\n7,11", "not a picture"),
        ("image_id,partition\na,0\nb,1\nc,0\nd,1", "has no column of labels"),
        ("a.png,a red cat\nb.png,a blue dog", "has no column of labels"),
        ("", "not a table that can be read"),
        ("file,label\n\0", "names no picture|not a table"),
        ("file,label\n" + "x" * 200_003, "not a table that can be read"),
        ("file,caption\na.png,one\nb.png,two\nc.png,one\nd.png,two", "^$"),
        ("file_name,text,other\na.png,one,1", "^$"),
    ],
)
def test_a_table_without_labels_says_why(content: str, told: str) -> None:
    with pytest.raises(NoLabelsError, match=told):
        _named(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"labels": null}', "^$"),
        ('{"images": [], "annotations": []}', "names no picture|not a picture"),
        ('{"info": {}, "images": [{"file_name": "a.png"}], "annotations": []}', "not a picture"),
        ("{", "not a table that can be read"),
        ("[" * 9973, "not a table that can be read"),
        ("7", "not a picture"),
    ],
)
def test_json_without_labels_says_why(content: str, told: str) -> None:
    with pytest.raises(NoLabelsError, match=told):
        _named(content, "dataset.json")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.binary(max_size=97) | st.text(',;\t"\n\r0ab.png', max_size=97).map(str.encode),
    st.sampled_from(["csv", "tsv", "json", "jsonl"]),
)
def test_any_bytes_give_labels_or_a_reason(content: bytes, kind: str) -> None:
    with contextlib.suppress(NoLabelsError):
        assert _named(content, f"labels.{kind}")


# ---- with their pictures ----


def _labelled(folder: Path) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    found = data.load(str(folder), SIZE)
    return len(found), found.label_names, found.skipped


def _table(numbers: range, header: str = "file,label") -> str:
    return f"{header}\n" + "".join(f"{number:03}.png,{10 - number % 3 * 5}\n" for number in numbers)


def test_a_table_goes_before_folders_and_pictures_that_it_does_not_name_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path / "set" / "x", 7)
    fill(tmp_path / "set" / "y", 4, 7)
    (tmp_path / "set" / "labels.csv").write_text(_table(range(10)))
    found = data.load(str(tmp_path), SIZE)
    assert found.label_names == ("0", "5", "10")
    assert found.labels is not None
    assert found.labels.tolist() == [2, 1, 0] * 3 + [2]
    assert found.skipped == ("labels: from set/labels.csv", "set/y/010.png: has no label")


def test_folders_are_no_classes_where_a_file_says_that_there_are_none(tmp_path: Path) -> None:
    fill(tmp_path / "00000", 7)
    fill(tmp_path / "00001", 4, 7)
    (tmp_path / "dataset.json").write_text('{"labels": null}')
    assert _labelled(tmp_path) == (11, (), ("labels: dataset.json says that there are none",))
    (tmp_path / "labels.csv").write_text(_table(range(11)))
    assert _labelled(tmp_path) == (11, ("0", "5", "10"), ("labels: from labels.csv",))


def test_a_table_of_few_pictures_is_not_used_and_it_is_told(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    (tmp_path / "labels.csv").write_text(_table(range(5)))
    assert _labelled(tmp_path) == (11, (), ("labels: labels.csv names 5 of 11 pictures, so it is not used",))


def test_tables_of_the_parts_of_a_set_are_joined(tmp_path: Path) -> None:
    fill(tmp_path / "train", 7)
    fill(tmp_path / "test", 4, 7)
    (tmp_path / "train.csv").write_text(_table(range(7)))
    (tmp_path / "test.csv").write_text(_table(range(7, 11)))
    (tmp_path / "sample_submission.csv").write_text(_table(range(11), "id,label").replace(",10", ",0"))
    count, names, skipped = _labelled(tmp_path)
    assert (count, names) == (11, ("0", "5", "10"))
    assert "labels: from train.csv, test.csv" in skipped


def test_tables_of_parts_whose_pictures_have_the_same_names_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path / "train", 7)
    fill(tmp_path / "test", 7)
    (tmp_path / "train.csv").write_text(_table(range(7)))
    (tmp_path / "test.csv").write_text(_table(range(7)).replace(",0", ",3"))
    assert _labelled(tmp_path)[:2] == (14, ("0", "3", "5", "10"))


def test_a_table_may_lie_in_a_folder_beside_the_pictures(tmp_path: Path) -> None:
    fill(tmp_path / "images", 11)
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "labels.csv").write_text(_table(range(11)))
    assert _labelled(tmp_path) == (11, ("0", "5", "10"), ("labels: from annotations/labels.csv",))


def test_broken_and_foreign_tables_are_named_and_folders_give_the_labels(tmp_path: Path) -> None:
    fill(tmp_path / "x", 5)
    fill(tmp_path / "y", 5, 5)
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "prices.csv").write_text("item,price\nbread,3\n")
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1"}')
    (tmp_path / "x" / "000.json").write_text("{}")
    count, names, skipped = _labelled(tmp_path)
    assert (count, names) == (10, ("x", "y"))
    assert [note.split(":")[0] for note in skipped] == ["x/000.json", "a.csv", "package.json", "prices.csv"]
