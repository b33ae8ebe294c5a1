"""Items made of texts in blocks: always of one shape, and put together again as if there were no blocks."""

import torch
from torch import Tensor

from attngan.nn.attention import AttentionEdit, Edits
from attngan.nn.blocks import in_blocks
from attngan.nn.places import Grid, Words
from attngan.nn.players import GeneratorOutput
from tests import tiny

ROWS, LENGTH = 3, 6
TEXTS = Words.of_texts([["a", "b"], ["b"], ["a", "b", "b", "a"], ["b", "b"], ["a"]])


class Drawing:
    """Draws each item as its noise and the sum of its codes, and notes what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self.masks: list[Tensor | None] = []
        self.gains: list[Tensor] = []

    def __call__(self, z: Tensor, text: Words, edits: Edits | None) -> GeneratorOutput:
        self.given.append((tuple(z.shape), tuple(text.codes.shape)))
        for edit in (edits or {}).values():
            self.masks.append(edit.allowed(4, LENGTH))
            if edit.key_gains:
                self.gains.append(edit.key_gains(LENGTH))
        worded = torch.arange(ROWS * 4 * LENGTH).view(ROWS, 1, 4, LENGTH).float()
        plain = torch.ones(ROWS, 1, 4, 4)
        maps = (
            tiny.attention_map("words", Grid(2, 2), text, worded),
            tiny.attention_map("cells", Grid(2, 2), Grid(2, 2), plain),
        )
        return GeneratorOutput(z[:, :1] + text.codes.sum(1, keepdim=True), maps, z)


def test_every_block_has_one_shape_and_its_items_and_maps_come_back_in_order() -> None:
    draw, z = Drawing(), torch.arange(10.0).view(5, 2)
    found = in_blocks(draw, z, TEXTS, None, ROWS, LENGTH, ["words"])
    assert draw.given == [((ROWS, 2), (ROWS, LENGTH))] * 2
    assert found.items.equal(z[:, :1] + TEXTS.codes.sum(1, keepdim=True))
    assert found.logits is not None
    assert found.logits.equal(z)
    worded, plain = found.attention
    assert worded.key_places == TEXTS
    assert worded.weights.shape == (5, 1, 4, 4)
    assert worded.weights[3, 0, 0].tolist() == [0, 1, 2, 3]
    assert plain.weights.shape == (5, 1, 4, 4)
    assert plain.key_places == Grid(2, 2)


def test_edits_are_of_the_items_and_words_that_there_are() -> None:
    draw = Drawing()
    mask = torch.ones(5, 1, 4, 4, dtype=torch.bool)
    mask[4, 0, 2, 1] = False
    edits = {"words": AttentionEdit(mask=mask, key_gains=lambda keys: torch.full((keys,), 2.0))}
    in_blocks(draw, torch.zeros(5, 2), TEXTS, edits, ROWS, LENGTH, ["words"])
    first, last = draw.masks
    assert first is not None
    assert last is not None
    assert first.shape == last.shape == (ROWS, 1, 4, LENGTH)
    assert first.all()
    assert (~last).nonzero().tolist() == [[1, 0, 2, 1]]
    assert draw.gains[0].tolist() == [2, 2, 2, 2, 1, 1]
    asked = []
    ruled = AttentionEdit(mask=lambda queries, keys: asked.append((queries, keys)))
    in_blocks(Drawing(), torch.zeros(5, 2), TEXTS, {"cells": ruled}, ROWS, LENGTH, ["words"])
    in_blocks(Drawing(), torch.zeros(5, 2), TEXTS, {"words": ruled}, ROWS, LENGTH, ["words"])
    assert asked == [(4, LENGTH)] * 2 + [(4, 4)] * 2
