"""Which encoding the bytes of names or texts are in, where nothing says so."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

# In order: of equally plausible ones the first is taken. cp437 reads any bytes.
ENCODINGS = ("gbk", "cp932", "cp437", "cp850", "cp1252", "cp866")
SAMPLE = 1000  # texts that are judged, evenly spread over all

_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = "ƒªºµ"  # letters to Unicode, but not in words
_SURE = 1.0  # common characters of Chinese and Japanese, two bytes each: chance seldom makes one
_WESTERN = 0.8


def encoding_of(texts: Iterable[bytes], encodings: Sequence[str] = ENCODINGS) -> str:
    """The encoding in which all these texts are plausible together: utf-8 where they are that, else the best
    of `encodings`, else the last one.

    Only texts that are not ASCII tell something, so without any it is utf-8.
    """
    pool = sorted({text for text in texts if not text.isascii()})
    if not pool:
        return "utf-8"
    sample = pool[:: len(pool) // SAMPLE + 1]
    fitting = [name for name in encodings if _fits(pool, name)]
    if _fits(pool, "utf-8"):
        if not fitting or any(_sure(text.decode()) for text in pool):
            return "utf-8"
        fitting.insert(0, "utf-8")
    if not fitting:
        return encodings[-1]
    return max(fitting, key=lambda name: _plausible(sample, name))


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else what other spreadsheets write."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", errors="replace")
    encoding = encoding_of(content.splitlines(), ("gbk", "cp932", "cp1252"))
    return content.decode(encoding, errors="replace")


def _fits(texts: Sequence[bytes], encoding: str) -> bool:
    try:
        for text in texts:
            text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sure(text: str) -> bool:
    """True for a path in which a part is surely UTF-8; chance makes single letters of two bytes of GBK."""
    composed = unicodedata.normalize("NFC", text)
    return any(_sure_part(part.rpartition(".")[0] or part) for part in re.split(r"[/\\]", composed))


def _sure_part(part: str) -> bool:
    if max(part, default="") >= "\u0800":  # three bytes or more
        return True
    spelt = re.search("[A-Za-z]", part) is not None
    words = [word for word in _WORD.findall(part) if not word.isascii() and len(_scripts(word)) == 1]
    return any(spelt if _scripts(word) == {"LATIN"} else len(word) > 2 for word in words)


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in word}


def _plausible(texts: Sequence[bytes], encoding: str) -> float:
    """How plausible the characters that are not ASCII are, on average over their bytes: -1 to 1."""
    total, count = 0.0, 0
    score = _SCORES.get(encoding, _letters)
    for text in texts:
        for value, width in score(text.decode(encoding)):
            total, count = total + value * width, count + width
    return total / count


def _letters(text: str) -> Iterator[tuple[float, int]]:
    """(plausibility, 1) of every character of an alphabet, by the word that it stands in."""
    text = unicodedata.normalize("NFC", text)
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        scripts = _scripts(word)
        sound = len(scripts) == 1 and scripts <= {"LATIN", "CYRILLIC"}
        # A word of accented letters alone is no word of a western language.
        best = 0.3 if scripts == {"LATIN"} and len(word) > 1 and not re.search("[A-Za-z]", word) else _WESTERN
        for before, letter, after in zip(" " + word, word, word[1:] + " ", strict=False):
            if letter in _NO_LETTERS or "GREEK" in unicodedata.name(letter, ""):
                yield -1, 1
            elif not letter.isascii():
                turned = (before.islower() and letter.isupper()) or (letter.islower() and after.isupper())
                yield (best if sound and not turned else 0), 1
    yield from ((-1, 1) for character in _WORD.sub("", text) if not character.isascii())


def _chinese(text: str) -> Iterator[tuple[float, int]]:
    """(plausibility, width in bytes) of GBK characters: the common ones are GB2312's level 1, 3755 hanzi."""
    for character, beside in _with_neighbours(text):
        first, second = character.encode("gbk")
        value = 0.3
        if second >= 0xA1:
            value = _SURE if 0xB0 <= first <= 0xD7 else 0.5 if 0xD8 <= first <= 0xF7 else 0.3
        if not character.isalpha():
            value = 0.2
        yield (value * 0.4 if beside else value), 2


def _japanese(text: str) -> Iterator[tuple[float, int]]:
    """(plausibility, width in bytes) of Shift-JIS characters: kana, and the 2965 kanji of JIS level 1."""
    for character, beside in _with_neighbours(text):
        code = int.from_bytes(character.encode("cp932"), "big")
        if code < 0x100:
            value = 0.1 if 0xA1 <= code <= 0xDF else -1.0  # half-width katakana, or nothing
        elif 0x829F <= code <= 0x8396 or 0x889F <= code <= 0x9872 or character in "ー々":
            value = _SURE
        else:
            value = 0.5 if 0x989F <= code <= 0xEAA4 else 0.2
        yield (value * 0.4 if beside else value), 1 if code < 0x100 else 2


def _with_neighbours(text: str) -> Iterator[tuple[str, bool]]:
    """Every character that is not ASCII, and whether it stands directly beside an ASCII letter."""
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if not character.isascii():
            yield character, any(other.isascii() and other.isalpha() for other in (before, after))


_SCORES = {"gbk": _chinese, "cp932": _japanese}
