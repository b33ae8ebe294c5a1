"""A person's own pictures on the page: read in a process of their own, kept, counted, swept."""

import io
import os
import sys
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import data
from attngan.errors import AttnGanError
from demo.uploads import process, sets
from demo.uploads.allowance import Allowance
from demo.uploads.sets import OwnSet, Sets, staged_name
from demo.web import BusyError
from tests.demo.pictures import HUGE, huge, png


def own(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{index}.png" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_bytes(png(index))
    return paths


def counted(found: OwnSet) -> tuple[int, int]:
    """How many pictures there are, and classes of them."""
    return found.glimpse["count"], found.glimpse["classes"]


@pytest.fixture
def keeper(tmp_path: Path) -> Sets:
    return Sets(tmp_path / "read")


def test_what_fits_is_used_and_what_does_not_is_named(keeper: Sets, tmp_path: Path):
    files = own(tmp_path / "own", 11)
    for name, kind in (("saved.jfif", "JPEG"), ("plain", "PNG"), ("odd.pjpeg", "JPEG")):
        path = tmp_path / "own" / name
        Image.open(io.BytesIO(png(len(name)))).save(path, kind)
        files.append(path)
    for name, content in (("notes.txt", b"words"), ("huge.png", huge("PNG")), ("more.zip", b"PK")):
        (tmp_path / "own" / name).write_bytes(content)
        files.append(tmp_path / "own" / name)
    found = keeper.read(files, 16)
    assert (*counted(found), found.skipped_count) == (14, 0, 3)
    told = "\n".join(found.skipped)
    assert "notes.txt: not a picture" in told
    assert "huge.png: 8000 x 4000 pixels are more than 12 megapixels" in told
    assert "more.zip: a zip among other files" in told


def test_what_is_kept_is_what_a_training_reads(keeper: Sets, tmp_path: Path):
    archive = tmp_path / "pets.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for index in range(22):
            file.writestr(f"{('10', '9')[index % 2]}/{index:02}.png", png(index))
    found = keeper.read([archive], 16)
    kept, direct = data.load(str(found.file), 16), data.load(str(archive), 16)
    assert kept.images.equal(direct.images)
    assert kept.label_names == direct.label_names == ("9", "10")
    assert kept.labels.tolist() == direct.labels.tolist()
    assert counted(found) == (22, 2)


@pytest.mark.parametrize("form", ["captions.csv", "metadata.jsonl", "texts beside", "zip"])
def test_captions_that_were_uploaded_with_pictures_are_kept(keeper: Sets, tmp_path: Path, form: str):
    said = [f"star {index}" for index in range(11)]
    contents = {f"{index:02}.png": png(index) for index in range(11)}
    match form:
        case "texts beside":
            contents |= {f"{index:02}.txt": text.encode() for index, text in enumerate(said)}
        case "metadata.jsonl":
            lines = [
                f'{{"file_name": "{index:02}.png", "text": "{text}"}}' for index, text in enumerate(said)
            ]
            contents[form] = "\n".join(lines).encode()
        case _:
            rows = [f"{index:02}.png,{text}\n" for index, text in enumerate(said)]
            contents["captions.csv"] = "".join(["file,caption\n", *rows]).encode()
    files = [tmp_path / name for name in contents]
    for file in files:
        file.write_bytes(contents[file.name])
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "own.zip", "w") as archive:
            for file in files:
                archive.write(file, f"own/{file.name}")
        files = [tmp_path / "own.zip"]
    found = keeper.read(files, 16)
    kept = data.load(str(found.file), 16)
    assert kept.captions == tuple(said)
    assert kept.words is not None
    assert found.glimpse["src"] == "", "each picture stands with its caption"
    assert [caption for _, caption in found.glimpse["captioned"]] == [*kept.captions]
    assert all(src.startswith("data:image/webp") for src, _ in found.glimpse["captioned"])


@pytest.mark.parametrize(
    ("name", "line"),
    [("own.csv", "word {0},{0}\n"), ("OWN.TSV", "word {0}\t{0}\n"), ("own.jsonl", '["word {0}", "{0}"]\n')],
)
def test_a_table_of_two_columns_is_pairs_of_texts(keeper: Sets, tmp_path: Path, name: str, line: str):
    path = tmp_path / name
    path.write_text("".join(line.format(number) for number in range(150)))
    found = keeper.read([path], 16)
    kept = data.load(str(found.file))
    assert isinstance(kept, data.PairSet)
    assert kept.pairs == data.load(str(path)).pairs
    assert found.glimpse["kind"] == "text"
    assert found.glimpse["count"] == len(kept) == 147
    assert found.glimpse["pairs"][0] == [kept.pairs[0].input, kept.pairs[0].output]
    assert found.skipped == ("held out: 3 pairs, to measure with",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "0 pairs, and at least 8 are needed"),
        ("one,1\n", "1 pair, and at least 8 are needed"),
        ("".join(f"word {number},\n" for number in range(11)), "all outputs are empty"),
        ("word\n" * 11, "no table of two columns, an input and an output a line: a line has 1 column"),
        (f"{'x' * 10**7},1\n", "no table of two columns.*field limit"),
        ("\x00\x01\x02", "no table|0 pairs|1 column"),
    ],
)
def test_pairs_that_cannot_be_learnt_are_told(keeper: Sets, tmp_path: Path, text: str, told: str):
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(AttnGanError, match=told):
        keeper.read([path], 16)
    assert list(keeper.folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["npy", "npz"])
def test_arrays_are_read_like_pictures(keeper: Sets, tmp_path: Path, ending: str):
    images = np.random.default_rng(3).integers(0, 256, (11, 17, 19, 3), np.uint8)
    path = tmp_path / f"drawn.{ending}"
    np.save(path, images) if ending == "npy" else np.savez(path, images=images, labels=np.arange(11) % 3)
    found = keeper.read([path], 16)
    assert counted(found) == (11, 3 if ending == "npz" else 0)
    assert data.load(str(found.file), 16).images.equal(data.load(str(path), 16).images)


def test_a_picture_that_is_not_square_is_made_so_as_was_asked(keeper: Sets, tmp_path: Path):
    files = []
    for index in range(8):
        picture = Image.new("RGB", (40, 20), (index, 0, 0))
        picture.paste((255, 255, 255), (0, 0, 5, 20))  # its left edge
        files.append(tmp_path / f"{index}.png")
        picture.save(files[-1])
    sides = {}
    for square in ("crop", "pad", "stretch"):
        images = data.load(str(keeper.read(files, 20, square).file), 20).images
        sides[square] = images[0, 0, 10, 0].item(), images[0, 0, 1, 10].item()
    assert sides["crop"][0] < 20, "the edge is cut away"
    assert sides["stretch"][0] > 235, "the edge is there, from top to bottom"
    assert sides["pad"][0] > 235


def test_the_same_files_are_read_once(keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = own(tmp_path / "own", 8)
    first = keeper.read(files, 16)
    monkeypatch.setattr(sets, "ask", lambda *_: pytest.fail("read again"))
    assert keeper.read(files, 16) == first


def test_files_that_changed_are_read_again(keeper: Sets, tmp_path: Path):
    files = own(tmp_path / "own", 8)
    first = keeper.read(files, 16)
    files[3].write_bytes(png(99, 17))
    os.utime(files[3], ns=(1, 1))
    assert keeper.read(files, 16).file != first.file


def test_files_that_are_gone_are_told(keeper: Sets, tmp_path: Path):
    files = own(tmp_path / "own", 8)
    files[5].unlink()
    with pytest.raises(AttnGanError, match="not here any more: choose them again"):
        keeper.read(files, 16)


def test_no_file_and_too_large_ones_are_told(keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(AttnGanError, match="Nothing of your own was given"):
        keeper.read([], 16)
    files = own(tmp_path / "own", 17)
    monkeypatch.setattr(sets, "MOST_FILES", 13)
    monkeypatch.setattr(sets, "MOST_BYTES", sum(path.stat().st_size for path in files[:11]))
    found = keeper.read(files, 16)
    assert counted(found) == (11, 0)
    assert [line.partition(":")[0] for line in found.skipped] == ["11.png", "12.png", "4 files"]
    monkeypatch.setattr(sets, "MOST_BYTES", 5)
    with pytest.raises(AttnGanError, match=r"0\.png has more than"):
        keeper.read(files[:3], 16)


def test_a_failed_reading_leaves_nothing(keeper: Sets, tmp_path: Path):
    with pytest.raises(AttnGanError, match="at least 8"):
        keeper.read(own(tmp_path / "own", 7), 16)
    assert list(keeper.folder.iterdir()) == []


def test_what_was_used_longest_ago_makes_room(keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = own(tmp_path / "own", 8)
    first = keeper.read(files, 16)
    second = keeper.read(files, 17)
    os.utime(first.file.parent, (1, 1))
    monkeypatch.setattr(sets, "MOST_KEPT", 1)
    third = keeper.read(files, 19)
    assert [one.file.exists() for one in (first, second, third)] == [False, False, True]


def test_what_nobody_uses_any_more_is_swept(keeper: Sets, tmp_path: Path):
    files = own(tmp_path / "own", 8)
    first, second = keeper.read(files, 16), keeper.read(files, 17)
    long_ago = time.time() - sets.KEPT_SECONDS - 100
    os.utime(second.file.parent, (long_ago, long_ago))
    keeper.sweep()
    assert [one.file.exists() for one in (first, second)] == [True, False]


def test_pictures_larger_than_the_bound_cost_no_memory_and_are_named(keeper: Sets, tmp_path: Path):
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for index in range(101):
            file.writestr(f"{index}.png", huge("PNG") if not index else zipped_huge())
    with pytest.raises(AttnGanError, match=r"0 pictures.*more than 12 megapixels"):
        keeper.read([archive], 16)


def zipped_huge() -> bytes:
    file = io.BytesIO()
    Image.new("1", HUGE).save(file, "png")
    return file.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_reading_that_needs_too_much_memory_is_told(
    keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sets, "MEMORY", 40 * 2**20)
    with pytest.raises(AttnGanError, match="memory"):
        keeper.read(own(tmp_path / "own", 8), 256)


def test_a_reader_that_dies_is_told(keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process.sys, "executable", "/bin/false")
    with pytest.raises(AttnGanError, match="too much time or memory"):
        keeper.read(own(tmp_path / "own", 8), 16)


def test_who_waits_for_the_same_pictures_gets_them_without_another_reading(
    keeper: Sets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = []

    def slow(*given: object) -> dict[str, object]:
        asked.append(given)
        time.sleep(0.2)
        return process.ask(*given)

    monkeypatch.setattr(sets, "ask", slow)
    files = own(tmp_path / "own", 8)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(keeper.read(files, 16).glimpse["count"]))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, len(asked)) == ([8] * 5, 1)


def test_a_visitor_who_had_a_lot_read_waits_and_others_do_not(keeper: Sets, tmp_path: Path):
    keeper._allowance = Allowance(most=0.0, within=60)
    files = own(tmp_path / "own", 8)
    keeper.read(files, 16, visitor="one")
    with pytest.raises(BusyError, match="Others need the machine too"):
        keeper.read(files, 17, visitor="one")
    assert keeper.read(files, 16, visitor="one").glimpse["count"] == 8, "what is read already costs nothing"
    assert keeper.read(files, 17, visitor="two").glimpse["count"] == 8


def test_the_command_names_what_the_person_has():
    assert staged_name(["/a/My own.ZIP"]) == "My own.ZIP"
    assert staged_name(["/a/drawn.npy"]) == "drawn.npy"
    assert staged_name(["/a/pairs.TSV"]) == "pairs.TSV"
    assert staged_name(["/a/1.png", "/a/b.zip"]) == staged_name(["/a/1.png"]) == "pictures"
