"""Tokens of any kind attend to any other: padding, the order in a batch, masks that are functions."""

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from attngan.nn.attention import Attention, AttentionEdit, Tokens
from attngan.nn.batch import joined, only
from attngan.nn.places import Columns, Grid, Words

B, N, D, C, E = 3, 2, 5, 7, 11  # E channels of the context
TEXTS = [["a", "red", "house"], ["snow"], ["a", "dog", "in", "a", "car"]]
COLUMNS = Columns(("age", "height"))


class Cross(Attention):
    """Tokens of C channels look at a context of E channels."""

    def __init__(self, name: str = "words", gate: float = 0.7) -> None:
        super().__init__(name, heads=N, head_width=D, gate=gate)
        self.queries = nn.Linear(C, N * D)
        self.keys, self.values = nn.Linear(E, N * D), nn.Linear(E, N * D)
        self.output = nn.Linear(N * D, C, bias=False)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return (
            self._split(self.queries(tokens)),
            self._split(self.keys(context)),
            self._split(self.values(context)),
        )


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(3)


def columns() -> Tokens:
    return Tokens(torch.randn(B, 2, C), COLUMNS)


def words(padding: float = 0.0) -> Tokens:
    places = Words.of_texts(TEXTS)
    values = torch.randn(B, 5, E)
    values[~places.present] = padding
    return Tokens(values, places, places.present)


def test_queries_of_one_kind_look_at_keys_of_another_as_torchs_own_attention_does():
    layer, tokens, context = Cross(), columns(), words()
    attended, seen = layer.attend(tokens, context)
    queries, keys, values = layer.project(tokens.values, context.values)
    found = scaled_dot_product_attention(queries, keys, values, context.present[:, None, None])
    expected = tokens.values + 0.7 * layer.output(found.transpose(1, 2).flatten(2))
    torch.testing.assert_close(attended.values, expected)
    assert (seen.name, seen.query_places, seen.key_places) == ("words", COLUMNS, context.places)
    assert seen.weights.shape == (B, N, 2, 5)
    assert attended.places == COLUMNS
    assert seen.of(1).key_places.texts == (("snow",),)
    assert torch.equal(seen.of(1).weights, seen.weights[1:2])


@pytest.mark.parametrize("padding", [0.0, 1000.0, -3.0])
def test_padding_is_looked_at_with_exactly_nothing_whatever_lies_there(padding: float):
    layer, tokens = Cross(), columns()
    _, seen = layer.attend(tokens, words(padding))
    assert (seen.weights[0, :, :, 3:] == 0).all()
    assert (seen.weights[1, :, :, 1:] == 0).all()
    assert (seen.weights[1, :, :, 0] == 1).all()
    torch.testing.assert_close(seen.weights.sum(-1), torch.ones(B, N, 2))


def test_a_text_alone_gives_what_it_gives_in_a_padded_batch():
    layer, tokens, context = Cross(), columns(), words(7.0)
    together, seen = layer.attend(tokens, context)
    for item, text in enumerate(TEXTS):
        row, length = slice(item, item + 1), len(text)
        alone, seen_alone = layer.attend(
            Tokens(tokens.values[row], COLUMNS),
            Tokens(context.values[row, :length], Words.of_texts([text])),
        )
        torch.testing.assert_close(alone.values, together.values[row])
        torch.testing.assert_close(seen_alone.weights, seen.weights[row, ..., :length])


def test_the_order_in_the_batch_changes_nothing():
    layer, tokens, context = Cross(), columns(), words()
    order = torch.tensor([2, 0, 1])
    attended, seen = layer.attend(tokens, context)
    places = context.places.rows(order)
    moved, seen_moved = layer.attend(
        Tokens(tokens.values[order], COLUMNS), Tokens(context.values[order], places, places.present)
    )
    torch.testing.assert_close(moved.values, attended.values[order])
    torch.testing.assert_close(seen_moved.weights, seen.weights[order])
    assert seen_moved.key_places == seen.key_places.rows(order)


def test_padding_among_the_tokens_looks_nowhere_and_stays_what_it_is():
    layer, text = Cross(), Words.of_texts(TEXTS)
    tokens = Tokens(torch.randn(B, 5, C), text, text.present)
    attended, seen = layer.attend(tokens, Tokens(torch.randn(B, 6, E), Grid(2, 3)))
    assert torch.equal(attended.values[~text.present], tokens.values[~text.present])
    assert (seen.weights[1, :, 1:] == 0).all()
    torch.testing.assert_close(seen.weights.sum(-1), text.present[:, None].expand(B, N, 5).float())
    assert torch.equal(attended.present, text.present)


def test_a_mask_that_is_a_function_is_told_how_many_there_are_and_joins_the_padding():
    layer, tokens, context = Cross(), columns(), words()
    asked = []

    def not_the_first(queries: int, keys: int) -> Tensor:
        asked.append((queries, keys))
        mask = torch.ones(queries, keys, dtype=torch.bool)
        mask[1, 0] = False
        return mask

    free, edited = (
        layer.attend(tokens, context, edit)[1] for edit in (AttentionEdit(), AttentionEdit(not_the_first))
    )
    assert asked == [(2, 5)]
    assert torch.equal(edited.weights[:, :, 0], free.weights[:, :, 0])
    assert (edited.weights[:, :, 1, 0] == 0).all()
    assert (edited.weights[1, :, 1] == 0).all()  # a text of one word has nothing left
    rest = free.weights[2, :, 1, 1:] / free.weights[2, :, 1, 1:].sum(-1, keepdim=True)
    torch.testing.assert_close(edited.weights[2, :, 1, 1:], rest)
    given = layer.attend(tokens, context, AttentionEdit(not_the_first(2, 5)))[1]
    assert torch.equal(given.weights, edited.weights)
    nothing = layer.attend(tokens, context, AttentionEdit(lambda queries, keys: None))[1]
    assert torch.equal(nothing.weights, free.weights)


@pytest.mark.parametrize(
    "name", ["", "a b", "a*b", "a_b", "a&b", "a#b", "50%", "a+b", "a=b", "x" * 41, "a\n"]
)
def test_a_name_that_an_address_cannot_carry_is_refused(name: str):
    with pytest.raises(ValueError, match="1 to 40 characters"):
        Cross(name)


@pytest.mark.parametrize("name", ["8", "words", "text-to-columns", "第一层", "<b>", "x" * 40])
def test_other_names_are_free(name: str):
    assert Cross(name).name == name


def test_texts_of_two_batches_are_joined_and_padded_to_the_longest_of_both():
    first, second = (
        Words.of_texts(TEXTS[:2], ["a", "house", "red", "snow"]),
        Words.of_texts([["a", "red", "red", "house"]], ["a", "house", "red", "snow"]),
    )
    for one, other in ((first, second), (second, first)):
        both = joined(one, other)
        assert both == Words.of_texts([*one.texts, *other.texts])
        assert both.codes.shape == (3, 4)
        assert both.lengths.tolist() == [*one.lengths.tolist(), *other.lengths.tolist()]
    with pytest.raises(ValueError, match="different vocabularies"):
        joined(first, Words.of_texts([["a"]]))


def test_classes_are_joined_and_with_nothing_there_is_nothing():
    assert joined(torch.tensor([3, 5]), torch.tensor([7])).tolist() == [3, 5, 7]
    for none in ((None, torch.tensor([3])), (torch.tensor([3]), None), (None, None), (words().places, None)):
        assert joined(*none) is None


def test_only_some_rows_of_a_condition():
    text, classes = Words.of_texts(TEXTS), torch.tensor([3, 5, 7])
    assert only(text, 1).texts == (("snow",),)
    assert only(text, 1).codes.shape == (1, 1)  # without the padding that others needed
    assert only(text, slice(2)).texts == text.texts[:2]
    assert only(text, torch.tensor([2, 2, 0])).texts == (text.texts[2], text.texts[2], text.texts[0])
    assert only(classes, 1).tolist() == [5]
    assert only(classes, slice(1, 3)).tolist() == [5, 7]
    assert only(classes, torch.zeros(5, dtype=torch.int64)).tolist() == [3] * 5
