"""In which encoding names are that do not say it: single words, and whole lists, in many scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attngan.data.own.encodings import encoding_of

WORDS = {
    "cp932": "猫 犬 人 表 ソ 予定表 写真 ねこ ネコ 能力 十 構造 申請",
    "gbk": "猫 狗 花 照片 图片 貓 熊猫 新建文件夹 小 一一",
    "cp437": "café Müller naïve été Élan größe Bär piñata château Übung Äpfel straße niño Ça",
    "cp850": "João Ação Ângela Área",
    "cp1252": "café Müller naïve größe João",
    "cp866": "кошка кот Собаки Рука",
    "utf-8": "猫 café été naïve 狗 ねこ кот папка 고양이 γάτα قطة 🐱 cafe\u0301",
}
FORMS = ["{}", "{}.png", "{}/0001.png", "{}1.jpg", "a/{}\\x.png", "{}/IMG_7.jpg"]


@pytest.mark.parametrize(
    ("encoding", "word"), [(name, word) for name in WORDS for word in WORDS[name].split()]
)
def test_a_single_word_is_read_in_its_encoding(encoding: str, word: str) -> None:
    for form in FORMS:
        raw = form.format(word).encode(encoding)
        assert raw.decode(encoding_of([raw])) == form.format(word)


def test_nothing_is_guessed_of_plain_names() -> None:
    assert encoding_of([b"cat/1.png", b"dog\\2.png"]) == "utf-8"
    assert encoding_of([]) == "utf-8"


def test_all_names_are_read_in_one_encoding() -> None:
    names = ["\u732b/1.png", "\u8868/2.png", "caf\u00e9/3.png"]
    assert encoding_of([name.encode() for name in names]) == "utf-8"
    unsure = "è".encode("cp437")  # half a character of Shift-JIS
    assert encoding_of([unsure, b"chaton", "château".encode("cp437")]) == "cp437"


def test_bytes_that_no_encoding_knows_are_read_in_the_last_one() -> None:
    assert encoding_of([b"\x81\xff"], ("gbk", "cp932")) == "cp932"


def _characters(encoding: str, first: range, second: range) -> str:
    pairs = [bytes([a, b]) for a in first for b in second]
    return "".join(pair.decode(encoding, errors="ignore") for pair in pairs)


HANZI = _characters("gbk", range(0xB0, 0xD8), range(0xA1, 0xFF))  # level 1 of GB2312
KANJI = _characters("cp932", range(0x89, 0x98), [*range(0x40, 0x7F), *range(0x80, 0xFD)])  # of JIS level 1
KANA = "".join(map(chr, [*range(0x3042, 0x3094), *range(0x30A2, 0x30F4), 0x30FC]))
WESTERN = (
    (
        "café élan été naïve château crème brûlée forêt hôtel garçon Noël œufs maïs Müller größe Bär Übung "
        "Äpfel Straße Vögel Käfer Schlüssel piñata niño corazón árbol pájaro león Ñandú fågel björn älg "
        "smörgås Ångström où déjà voilà cane città perché virtù Märchen Tür Öl fuß cigüeña"
    )
    .replace("œufs ", "")
    .split()
)


def _lists(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    plain = st.sampled_from(["", "1", "_2", " (3)", ".png", "/0007.jpg", "\\IMG_11.png"])
    return st.lists(st.tuples(words, plain).map("".join), min_size=1, max_size=11)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_lists(st.text(HANZI, min_size=2, max_size=5)))
def test_any_list_of_chinese_names_is_read_right(names: list[str]) -> None:
    _check(names, "gbk")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_lists(st.text(KANJI + 31 * KANA, min_size=2, max_size=5)))
def test_any_list_of_japanese_names_is_read_right(names: list[str]) -> None:
    _check(names, "cp932")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_lists(st.lists(st.sampled_from(WESTERN), min_size=1, max_size=3).map(" ".join)))
def test_any_list_of_western_names_is_read_right(names: list[str]) -> None:
    _check(names, "cp437")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    _lists(
        st.text(HANZI + KANA, min_size=1, max_size=5) | st.sampled_from([w for w in WESTERN if len(w) > 3])
    )
)
def test_any_list_in_utf_8_is_read_right(names: list[str]) -> None:
    _check(names, "utf-8")


def _check(names: list[str], encoding: str) -> None:
    raw = [name.encode(encoding) for name in names]
    found = encoding_of(raw)
    assert [name.decode(found) for name in raw] == names
