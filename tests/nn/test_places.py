"""What places are, where they lie in one another and how far apart, by hand and by counting a raster."""

from typing import Any

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.nn.places import Columns, Grid, Places, Words, distances, from_json, index_at, overlaps, to_json

TEXT = Words.of_texts([["a", "red", "house"], ["snow"], ["a", "dog", "in", "a", "car"]])
NAMES = Columns(("age", "height"))


def test_words_are_codes_padded_to_the_longest_with_their_lengths():
    assert TEXT.vocabulary == ("a", "car", "dog", "house", "in", "red", "snow")
    assert TEXT.codes.tolist() == [[0, 5, 3, 0, 0], [6, 0, 0, 0, 0], [0, 2, 4, 0, 1]]
    assert TEXT.lengths.tolist() == [3, 1, 5]
    assert TEXT.present.tolist() == [[True] * 3 + [False] * 2, [True] + [False] * 4, [True] * 5]
    assert TEXT.texts == (("a", "red", "house"), ("snow",), ("a", "dog", "in", "a", "car"))
    assert (len(TEXT), TEXT.shape) == (5, (5,))
    assert (len(Grid(3, 7)), Grid(3, 7).shape) == (21, (3, 7))
    assert (len(NAMES), NAMES.shape) == (2, (2,))


def test_a_vocabulary_of_ones_own_gives_the_codes_and_refuses_what_it_lacks():
    made = Words.of_texts([["b", "a"]], ("a", "b", "c"))
    assert (made.codes.tolist(), made.vocabulary) == ([[1, 0]], ("a", "b", "c"))
    with pytest.raises(AttnGanError, match="'d' is not known here; known are: a b c"):
        Words.of_texts([["a", "d"]], ("a", "b", "c"))


def test_words_without_any_text_or_token_are_words_too():
    assert (len(Words.of_texts([])), Words.of_texts([]).texts) == (0, ())
    assert Words.of_texts([[], ["x"]]).texts == ((), ("x",))


def test_equal_texts_are_equal_whatever_their_codes_and_padding():
    other = Words.of_texts([["snow"]], ("x", "snow"))
    assert TEXT.of(1) == other
    assert len(TEXT.of(1)) == 5  # padded as in its batch
    assert len(TEXT.of(1).trimmed()) == 1
    assert TEXT.of(0) != TEXT.of(1)
    assert TEXT.rows(torch.tensor([2, 0])).texts == (TEXT.texts[2], TEXT.texts[0])
    assert TEXT.rows(slice(0)).trimmed().texts == ()


def test_grids_and_columns_are_the_same_for_every_item():
    for places in (Grid(3, 5), NAMES):
        assert places.of(7) is places


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (Grid(3, 7), [3, 7]),
        (NAMES, {"columns": ["age", "height"]}),
        (TEXT, {"words": [["a", "red", "house"], ["snow"], ["a", "dog", "in", "a", "car"]]}),
    ],
)
def test_places_go_to_json_and_back(places: Places, said: Any):
    assert to_json(places) == said
    assert from_json(said) == places


@pytest.mark.parametrize(
    "said",
    [
        None, 3, "3x7", [3], [3, 7, 1], [-1, 3], [3.5, 7], {}, {"words": "a red house"}, {"words": ["a"]},
        {"words": [[3]]}, {"columns": [3]}, {"columns": "age"}, {"grid": [3, 7]},
    ],
)  # fmt: skip
def test_what_is_no_places_is_refused(said: Any):
    with pytest.raises(AttnGanError, match="These are no places"):
        from_json(said)


@pytest.mark.parametrize(
    ("one", "other"), [((2, 3), (4, 6)), ((4, 6), (2, 3)), ((5, 7), (3, 2)), ((1, 1), (3, 7))]
)
def test_cells_overlap_as_products_of_rows_and_columns(one: tuple[int, int], other: tuple[int, int]):
    """Against a raster that both grids divide, counted in plain Python."""
    tall, wide = 60, 42
    expected = torch.zeros(one[0] * one[1], other[0] * other[1])
    for y in range(tall):
        for x in range(wide):
            row, column = (
                y * one[0] // tall * one[1] + x * one[1] // wide,
                (y * other[0] // tall * other[1] + x * other[1] // wide),
            )
            expected[row, column] += one[0] * one[1] / (tall * wide)
    found = overlaps(Grid(*one), Grid(*other))
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=0)
    torch.testing.assert_close(found.sum(1), torch.ones(len(found)))


def test_words_and_columns_lie_in_themselves_alone():
    assert torch.equal(overlaps(NAMES, Columns(("age", "height"))), torch.eye(2))
    assert torch.equal(overlaps(TEXT, TEXT), torch.eye(5))
    for one, other in (
        (NAMES, TEXT),
        (Grid(2, 3), TEXT),
        (NAMES, Columns(("age", "weight"))),
        (TEXT, TEXT.of(0)),
    ):
        with pytest.raises(AttnGanError, match="do not lie in one another"):
            overlaps(one, other)


def test_distances_are_between_middles_by_hand():
    # cells of 1 x 2 over a picture of 6 x 8 pixels have their middles at x = 2 and 6, y = 3
    found = distances(Grid(1, 2), Grid(2, 1), Grid(6, 8))
    torch.testing.assert_close(found, torch.full((2, 2), 2.5))
    torch.testing.assert_close(distances(Grid(1, 2), Grid(1, 2)), torch.tensor([[0.0, 0.5], [0.5, 0.0]]))
    words = Words.of_texts([["a", "b", "c"]])
    assert distances(words, words).tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    assert distances(NAMES, NAMES) is None
    assert distances(Grid(2, 3), TEXT) is None


@pytest.mark.parametrize(
    ("places", "place", "whole", "index"),
    [
        (Grid(2, 3), (10, 12), Grid(13, 11), 5),
        (Grid(2, 3), (3, 6), Grid(13, 11), 0),
        (Grid(2, 3), (4, 6), Grid(13, 11), 1),
        (NAMES, 1, NAMES, 1),
        (TEXT, 4, TEXT, 4),
    ],
)
def test_a_place_of_an_item_is_found(places: Places, place: Any, whole: Places, index: int):
    assert index_at(places, place, whole) == index


@pytest.mark.parametrize(
    ("places", "place", "whole", "told"),
    [
        (Grid(2, 3), (11, 0), Grid(13, 11), "x is 0 to 10, y is 0 to 12"),
        (Grid(2, 3), 3, Grid(13, 11), "given as column and row"),
        (TEXT, (1, 1), Grid(13, 11), "lies on a grid"),
        (NAMES, 2, NAMES, "whole number from 0 to 1, not 2"),
        (NAMES, -1, NAMES, "whole number from 0 to 1, not -1"),
        (NAMES, (0, 0), NAMES, "whole number from 0 to 1"),
        (TEXT, 0, NAMES, "Columns do not lie in Words"),
        (Grid(2, 3), 0, TEXT, "Words do not lie in Grid"),
    ],
)
def test_a_place_that_is_not_there_is_told(places: Places, place: Any, whole: Places, told: str):
    with pytest.raises(AttnGanError, match=told):
        index_at(places, place, whole)
