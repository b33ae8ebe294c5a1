"""Captions become words that a network knows, whatever a person writes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attngan.errors import AttnGanError
from attngan.tokeniser import MOST_LETTERS, MOST_WORDS, PADDING, UNKNOWN, Tokeniser, pieces_of, split

COLOURS = Tokeniser.of(["a red star", "a blue star", "an orange circle", "a red square"])


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("A Red  star.", ["a", "red", "star"]),
        ("don't over-eat it's", ["don't", "over-eat", "it's"]),
        ("-- 'red' --", ["red"]),
        ("", []),
        (" \t\n ", []),
        ("!?…", []),
        ("<b>red</b> {{ star }}", ["b", "red", "b", "star"]),
        ("ＲＥＤ ①", ["red", "1"]),
        ("cafe\u0301 café", ["café", "café"]),
        ("हिन्दी", ["हिन्दी"]),
        ("كلب أحمر", ["كلب", "أحمر"]),
        ("红色的星 red星", ["红", "色", "的", "星", "red", "星"]),
        ("ネコ", ["ネ", "コ"]),
        ("😀 red🙂", ["😀", "red", "🙂"]),
        ("\u0301", []),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("\u202ered\u202c \u200bstar", ["red", "star"]),
        ("a\0b", ["a", "b"]),
        ("7 stars", ["7", "stars"]),
    ],
)
def test_a_caption_is_split_into_its_words(caption: str, words: list[str]) -> None:
    assert [*split(caption)] == words
    assert [piece.word for piece in pieces_of(caption)] == words


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=53) | st.text("aB7'’-_ .é", max_size=53))
def test_any_text_is_split_and_each_word_is_written_where_it_says(caption: str) -> None:
    pieces = pieces_of(caption)
    assert split(caption) == tuple(piece.word for piece in pieces)
    stops = [0, *(piece.stop for piece in pieces)]
    assert all(stop <= piece.start < piece.stop for stop, piece in zip(stops, pieces, strict=False))
    assert not {PADDING, UNKNOWN} & {piece.word for piece in pieces}
    assert all(split(piece.word) for piece in pieces)


def test_a_vocabulary_has_padding_and_the_unknown_first_and_the_words_in_order() -> None:
    assert COLOURS.vocabulary == (
        PADDING,
        UNKNOWN,
        "a",
        "an",
        "blue",
        "circle",
        "orange",
        "red",
        "square",
        "star",
    )
    assert COLOURS.tokens("A red cube") == ("a", "red", UNKNOWN)
    assert COLOURS.tokens("") == ()


def test_of_too_many_words_the_most_frequent_are_known() -> None:
    assert Tokeniser.of(["b a", "c a", "b"], most=4).vocabulary == (PADDING, UNKNOWN, "a", "b")
    assert Tokeniser.of([]).vocabulary == (PADDING, UNKNOWN)


@pytest.mark.parametrize("words", [(), ("red",), (UNKNOWN, PADDING), (PADDING, UNKNOWN, "a", "a")])
def test_what_is_no_vocabulary_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="padding"):
        Tokeniser(words)


def test_an_unknown_word_is_marked_with_the_nearest_known_one() -> None:
    read = COLOURS.read("A rde Star, zebra!")
    assert [word.written for word in read.words] == ["A", "rde", "Star", "zebra"]
    assert [word.word for word in read.words] == ["a", UNKNOWN, "star", UNKNOWN]
    assert [word.nearest for word in read.words] == ["", "red", "", ""]
    assert read.left_out == 0


@pytest.mark.parametrize(
    ("caption", "told"),
    [
        ("", "has no words"),
        ("!!", "has no words"),
        ("sqare circel", "none of the words of this caption: did you mean square, circle"),
        ("😀 كلب 红", "it knows a, an, blue"),
    ],
)
def test_a_caption_of_which_nothing_is_known_is_told_in_a_sentence(caption: str, told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        COLOURS.read(caption)


def test_of_many_known_words_a_few_are_told_and_how_many_there_are_besides() -> None:
    with pytest.raises(AttnGanError, match=r"it knows b0, b3, b6, b9, c2, c5, c8 and 13 more\.$"):
        Tokeniser.of([f"{letter}{number}" for letter in "bc" for number in range(10)]).read("😀")


def test_a_caption_of_ten_thousand_words_is_cut_and_it_is_told_by_how_much() -> None:
    read = COLOURS.read("a red star " * 3333)
    assert (len(read.words), read.left_out) == (MOST_WORDS, 9999 - MOST_WORDS)
    assert len(COLOURS.tokens("red " * 9973)) == MOST_WORDS


def test_a_caption_without_an_end_costs_little() -> None:
    start = time.process_time()
    (word, more) = COLOURS.read("red " + "ä" * 10_000_019).words
    assert (word.word, more.word, len(more.written)) == ("red", UNKNOWN, MOST_LETTERS)
    many = Tokeniser.of([f"word{number}" for number in range(7919)])
    assert (
        many.read("word7 " + " ".join(f"wrod{number}" for number in range(9973))).words[1].nearest == "word0"
    )
    assert split("x" * 10_000_019) == ("x" * MOST_LETTERS,)
    assert time.process_time() - start < 5
