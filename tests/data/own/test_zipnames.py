"""The true names of a zip's entries, as many programs write them."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from attngan import data
from attngan.data.own.zipnames import true_names
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE
from tests.data.own.sets import picture, zipped_raw

UTF8 = 0x800


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return true_names(archive.infolist())


def _classes(path: Path) -> tuple[str, ...]:
    pictures = data.load(str(path), SIZE)
    assert pictures.skipped == ()
    return pictures.label_names


def _entries(*folders: bytes) -> list[tuple[bytes, bytes]]:
    names = [folder + f"{number}.png".encode() for folder in folders for number in range(5)]
    return [(name, picture(seed)) for seed, name in enumerate(names)]


@pytest.mark.parametrize(
    ("encoding", "folders"),
    [
        ("utf-8", ("猫", "犬")),
        ("gbk", ("狗", "猫", "花")),
        ("cp932", ("ソ", "表")),  # both end in the byte of a backslash
        ("cp932", ("人", "猫")),
        ("cp437", ("café", "Élan")),
        ("cp866", ("кошка", "собака")),
    ],
)
@pytest.mark.parametrize("slash", ["/", "\\"])
def test_class_names_of_every_program_are_true(
    encoding: str, folders: tuple[str, ...], slash: str, tmp_path: Path
) -> None:
    raw = [f"photos{slash}{folder}{slash}".encode(encoding) for folder in folders]
    path = zipped_raw(tmp_path / "photos.zip", [(raw[0], b""), *_entries(*raw)])
    assert sorted(_classes(path)) == sorted(folders)


def test_names_that_say_utf_8_are_read_so(tmp_path: Path) -> None:
    path = zipped_raw(tmp_path / "photos.zip", _entries("猫/".encode(), "è/".encode()), UTF8)
    assert _classes(path) == ("è", "猫")


def test_names_that_say_utf_8_and_are_not_are_read_all_the_same(tmp_path: Path) -> None:
    path = zipped_raw(tmp_path / "photos.zip", _entries("猫/".encode("cp932"), "犬/".encode("cp932")), UTF8)
    before = path.read_bytes()
    assert _classes(path) == ("犬", "猫")
    assert path.read_bytes() == before


def _unicode_path(replaced: bytes, name: bytes) -> bytes:
    field = b"\x01" + struct.pack("<L", zlib.crc32(replaced)) + name
    return struct.pack("<HHH", 0x9999, 2, 7) + struct.pack("<HH", 0x7075, len(field)) + field


def test_a_name_beside_the_name_is_used_where_it_belongs_to_it(tmp_path: Path) -> None:
    extra = _unicode_path(b"??.png", "猫.png".encode())
    assert _names(zipped_raw(tmp_path / "a.zip", [(b"??.png", b"x")], extra=extra)) == ["猫.png"]
    assert _names(zipped_raw(tmp_path / "b.zip", [(b"renamed.png", b"x")], extra=extra)) == ["renamed.png"]


def test_a_broken_name_beside_the_name_costs_nothing(tmp_path: Path) -> None:
    entries = [(b"a/%d.png" % number, picture(number)) for number in range(8)]
    path = zipped_raw(tmp_path / "a.zip", entries, extra=_unicode_path(b"a/3.png", b"\xff\xfe"))
    pictures = data.load(str(path), SIZE)
    assert (len(pictures), pictures.skipped) == (8, ())


def test_names_are_composed_as_people_type_them(tmp_path: Path) -> None:
    assert _names(zipped_raw(tmp_path / "a.zip", [("cafe\u0301.png".encode(), b"x")])) == ["caf\u00e9.png"]


@pytest.mark.parametrize("local", [b"other.png", b"caf\xc3\xa9.png", b"\xff", b""])
def test_an_entry_whose_second_name_differs_is_read(local: bytes, tmp_path: Path) -> None:
    path = zipped_raw(tmp_path / "a.zip", _entries("猫/".encode("gbk"), "狗/".encode("gbk")), local=local)
    assert sorted(_classes(path)) == ["狗", "猫"]


def test_a_path_that_climbs_out_only_once_its_name_is_known_is_refused(tmp_path: Path) -> None:
    extra = _unicode_path(b"a.png", b"../a.png")
    with pytest.raises(AttnGanError, match="leads out of the zip"):
        data.load(str(zipped_raw(tmp_path / "a.zip", [(b"a.png", b"x")], extra=extra)))
