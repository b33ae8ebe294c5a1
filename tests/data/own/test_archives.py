"""Zips of pictures: what is used of them, what costs only itself, and what is refused."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attngan import data
from attngan.data.own import archives, entries, folders
from attngan.data.own.decoding import UnreadableError
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE
from tests.data.own.sets import picture, pictures, zipped, zipped_raw


def test_a_zip_of_folders_gives_the_same_as_the_folders(tmp_path: Path) -> None:
    content = pictures(7, "photos/cat/") | pictures(5, "photos/dog/") | {"__MACOSX/photos/._x": b"junk"}
    from_zip = data.load(str(zipped(tmp_path / "photos.zip", content)), SIZE)
    with zipfile.ZipFile(tmp_path / "photos.zip") as archive:
        archive.extractall(tmp_path / "out")
    from_folder = data.load(str(tmp_path / "out"), SIZE)
    assert from_zip.images.equal(from_folder.images)
    assert from_zip.label_names == ("cat", "dog")
    assert from_zip.labels is not None
    assert from_zip.labels.tolist() == [0] * 7 + [1] * 5
    assert (from_zip.name, from_zip.skipped) == ("photos", ())


def test_nothing_of_a_zip_is_written_to_the_disk(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", pictures(8))
    data.load(str(path), SIZE)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "content", [{}, {"folder/": b""}, {"folder\\": b""}], ids=["none", "folder", "windows"]
)
def test_an_empty_zip_is_told(content: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(AttnGanError, match=r"empty\.zip is empty"):
        data.load(str(zipped(tmp_path / "empty.zip", content)))


def test_a_zip_of_hidden_files_alone_is_told(tmp_path: Path) -> None:
    with pytest.raises(AttnGanError, match=r"mac\.zip has only what is hidden, such as '__MACOSX/\._a\.png'"):
        data.load(str(zipped(tmp_path / "mac.zip", {"__MACOSX/._a.png": b"x"})))


# ---- what is refused whole ----


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../evil.png",
            "/evil.png",
            "a/../../evil.png",
            "..\\evil.png",
            "C:\\evil.png",
            "c:/evil.png",
            "..",
        ),
        *(
            "//server/share/evil.png",
            "\\\\server\\evil.png",
            "a/../C:/evil.png",
            "a\\..\\..\\evil.png",
            "../x/",
        ),
    ],
)
def test_a_zip_with_a_path_that_escapes_is_refused(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bad.zip", pictures(8) | {name: picture(0)})
    with pytest.raises(AttnGanError, match=r"bad\.zip is refused.*leads out of the zip"):
        data.load(str(path))


@pytest.mark.parametrize(
    "name", ["C:evil.png", "12:30.png", "./a.png", "a/../b.png", "././b.png", "b..png", "a:..b"]
)
def test_names_that_only_look_as_if_they_escaped_are_used(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "good.zip", pictures(8) | {name: picture(11)})
    pictures_of = data.load(str(path), SIZE)
    assert (len(pictures_of), pictures_of.skipped) == (9, ())


def test_a_colon_is_a_letter_of_a_class(tmp_path: Path) -> None:
    path = zipped(tmp_path / "moods.zip", pictures(5, "A: calm/") | pictures(7, "B: wild/"))
    assert data.load(str(path), SIZE).label_names == ("A: calm", "B: wild")


def test_a_zip_whose_list_of_entries_would_fill_the_memory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "many.zip", pictures(13))
    monkeypatch.setattr(archives, "_LARGEST_TABLE_BYTES", 500)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("read"))
    with pytest.raises(AttnGanError, match="entries: use fewer"):
        data.load(str(path))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_BYTES", 4999)
    with pytest.raises(AttnGanError, match="unpacks to"):
        data.load(str(zipped(tmp_path / "large.zip", pictures(13))))


def test_what_is_no_picture_does_not_count_towards_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pictures(8)
    monkeypatch.setattr(archives, "MAXIMUM_BYTES", sum(map(len, content.values())))
    path = zipped(tmp_path / "film.zip", content | {"film.mp4": bytes(9973), ".hidden": bytes(9973)})
    assert data.load(str(path), SIZE).skipped == ("film.mp4: not a picture",)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        *((part, "is not a whole zip file") for part in (b"words", b"PK\x05\x06", b"PK\x03\x04" + b"x" * 99)),
        (b"", "is an empty file, not a zip file"),
        (b"<!DOCTYPE html><html>Virus scan warning</html>", "is a web page, not a zip file"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer, not a zip file"),
    ],
)
def test_a_file_that_is_no_zip_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(content)
    with pytest.raises(AttnGanError, match=rf"^broken\.zip {told}: pack or download it again\.$"):
        data.load(str(tmp_path / "broken.zip"))


def test_a_cut_off_zip_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "cut.zip", pictures(11))
    path.write_bytes(path.read_bytes()[:-99])
    with pytest.raises(AttnGanError, match=r"cut\.zip is not a whole zip file"):
        data.load(str(path))


# ---- what costs only itself ----


def _loaded(path: Path) -> tuple[int, tuple[str, ...]]:
    pictures_of = data.load(str(path), SIZE)
    return len(pictures_of), pictures_of.skipped


def _marked(path: Path, offset: int, value: bytes) -> Path:
    """The zip with something else in the first entry of its list."""
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02") + offset
    content[start : start + len(value)] = value
    path.write_bytes(bytes(content))
    return path


def test_a_link_is_named_and_not_followed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", pictures(8))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert _loaded(path) == (8, ("link.png: a link, which is not followed in a zip",))


def test_an_encrypted_entry_is_named(tmp_path: Path) -> None:
    path = _marked(zipped(tmp_path / "photos.zip", pictures(11)), 8, b"\1")
    assert _loaded(path) == (10, ("0.png: it is encrypted",))


@pytest.mark.parametrize(
    ("method", "name"),
    [(1, "Shrunk"), (6, "Imploded"), (9, "Deflate64"), (93, "Zstandard"), (98, "PPMd"), (77, "method 77")],
)
def test_an_entry_packed_in_an_unknown_way_is_named(method: int, name: str, tmp_path: Path) -> None:
    path = _marked(zipped(tmp_path / "photos.zip", pictures(11)), 10, struct.pack("<H", method))
    assert _loaded(path) == (10, (f"0.png: packed in a way that cannot be read ({name}): pack it anew",))


def test_where_all_are_packed_in_an_unknown_way_it_is_told_once(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", pictures(11))
    content = path.read_bytes().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x09"
    )
    path.write_bytes(content)
    with pytest.raises(
        AttnGanError, match=r"0 pictures.*11 files \(0\.png, \.\.\.\): packed in .*\(Deflate64\)"
    ):
        data.load(str(path))


def test_an_entry_too_large_is_named_and_the_rest_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pictures(8) | {"large.bmp": picture(0, "BMP", 101, 103)}
    monkeypatch.setattr(entries, "MAXIMUM_ENTRY_BYTES", 9999)
    count, skipped = _loaded(zipped(tmp_path / "photos.zip", content))
    assert count == 8
    assert skipped[0].startswith("large.bmp: larger than")


@pytest.mark.parametrize(
    "compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_flat_drawing_is_no_bomb_however_small_it_packs(compression: int, tmp_path: Path) -> None:
    content = pictures(8) | {"paper.bmp": b"BM" + picture(3, "BMP", 1009, 997)[2:54] + b"\xff" * 3028 * 997}
    count, skipped = _loaded(zipped(tmp_path / "flat.zip", content, compression))
    assert (count, skipped) == (9, ())


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_more_is_unpacked_than_an_entry_says_to_have(compression: int, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"a.png": bytes(9973 * 997)}, compression)
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        (entry,) = archive.infolist()
        assert len(entries.unpacked(file, entry).read()) == 9973 * 997
        entry.file_size = 997
        assert len(entries._inflated(entries._packed(file, entry), entry)) == 997
        with pytest.raises(UnreadableError, match="broken or cut off"):
            entries.unpacked(file, entry)


def test_a_damaged_entry_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", pictures(11), zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    middle = content.index(b"IDAT") + 30
    content[middle : middle + 20] = b"x" * 20
    path.write_bytes(bytes(content))
    assert _loaded(path) == (10, ("0.png: broken or cut off",))


def test_of_more_pictures_than_can_be_read_an_even_part_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MAXIMUM_FILES", 11)
    hidden = {f"__MACOSX/._{number}.png": b"fork" for number in range(23)}
    texts = {f"{number}.txt": b"words" for number in range(2)}
    path = zipped(tmp_path / "many.zip", pictures(11) | hidden | texts)
    assert _loaded(path) == (11, ("0.txt: not a picture", "1.txt: not a picture"))
    path = zipped(tmp_path / "more.zip", pictures(13) | hidden)
    assert _loaded(path) == (11, ("2 files: more than 11",))


def test_a_folder_without_a_slash_after_its_name_is_no_picture(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", pictures(8, "a/"))
    with zipfile.ZipFile(path, "a") as archive:
        folder = zipfile.ZipInfo("a")
        folder.external_attr = 0x10
        archive.writestr(folder, b"")
    assert _loaded(path) == (8, ())


def test_the_packed_folder_itself_may_be_listed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", {"/": b"", "\\": b""} | pictures(8, "a/"))
    assert _loaded(path) == (8, ())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_zip_with_any_wrong_bytes_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, draw: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("zip") / "photos.zip"
    zipped(path, pictures(2, "\u732b/") | pictures(2, "b/"), draw.draw(st.sampled_from([0, 8, 12, 14])))
    content = bytearray(path.read_bytes())
    for _ in range(draw.draw(st.integers(1, 5))):
        content[draw.draw(st.integers(-300, len(content) - 1))] = draw.draw(st.integers(0, 255))
    path.write_bytes(bytes(content))
    with pytest.raises(AttnGanError):  # four pictures are too few in any case
        data.load(str(path), SIZE)


def test_a_path_of_very_many_folders_costs_only_itself(tmp_path: Path) -> None:
    deep = b"a/" * 32_000
    content = [(deep + b"%d.png" % number, picture(number)) for number in range(97)]
    assert _loaded(zipped_raw(tmp_path / "deep.zip", content)) == (97, ())


# ---- zips of arrays ----


def test_a_zip_of_arrays_that_numpy_did_not_pack_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "mine.npz", {"images.npy": b"x"}, zipfile.ZIP_BZIP2)
    with pytest.raises(AttnGanError, match=r"mine\.npz is packed in a way that NumPy does not use"):
        data.load(str(path))


def test_a_zip_of_arrays_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_BYTES", 4999)
    with pytest.raises(AttnGanError, match=r"mine\.npz unpacks to"):
        data.load(str(zipped(tmp_path / "mine.npz", {"images.npy": bytes(5003)})))
