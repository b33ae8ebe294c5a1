"""Characters as numbers."""

import pytest

from attngan.nn.characters import UNKNOWN, Alphabet


def test_the_commonest_characters_have_codes_in_the_order_of_unicode() -> None:
    alphabet = Alphabet.of(["banana", "bab", "ü"], 3)
    assert alphabet.characters == "abn"
    assert len(alphabet) == 4
    assert alphabet.codes(["nab", "", "ünx"], 5).tolist() == [[3, 1, 2, 0, 0], [0] * 5, [0, 3, 0, 0, 0]]
    assert alphabet.points.tolist() == [0, 97, 98, 110]
    with pytest.raises(ValueError, match="more than 2"):
        alphabet.codes(["nab"], 2)


def test_what_is_not_known_is_marked_in_what_is_read() -> None:
    words = Alphabet("ab").words(["axb", "b"], 3)
    assert words.texts == (("a", UNKNOWN, "b"), ("b",))
    assert words.lengths.tolist() == [3, 1]
    assert words.codes.tolist() == [[1, 0, 2], [2, 0, 0]]
