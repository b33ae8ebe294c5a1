"""What is read of attention to words: edits by free names, and maps whose keys lie in no picture."""

import numpy as np
import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain import heatmaps
from attngan.explain.contribution import contributions
from attngan.explain.edits import Edit, LayerEdit, Rule, parse_text
from attngan.explain.facts import mean_distance
from attngan.explain.readings import reading
from attngan.explain.rollout import rollout
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Columns, Grid, Places, Words
from tests import tiny

B, N = 2, 3
TEXT = Words.of_texts([["a", "red", "house"], ["snow"]])
PICTURE = Grid(12, 18)


def a_map(name: str, queries: Places, keys: Places, gate: float = 0.6) -> AttentionMap:
    random = torch.Generator().manual_seed(len(name))
    shape = (B, N, len(queries), len(keys))
    weights = torch.randn(shape, generator=random).mul(2)
    if isinstance(keys, Words):
        weights = weights.masked_fill(~keys.present[:, None, None], -torch.inf)
    values = torch.randn((B, N, len(keys), 5), generator=random)
    output = torch.randn((N, 5, 7), generator=random)
    return tiny.attention_map(name, queries, keys, weights.softmax(-1), values, output, gate)


def layers() -> tuple[AttentionMap, ...]:
    """Self-attention on a small grid, a look at words, self-attention on a finer grid."""
    return (
        a_map("4", Grid(2, 3), Grid(2, 3)),
        a_map("words", Grid(2, 3), TEXT, -1.7),
        a_map("8", Grid(4, 6), Grid(2, 3), 0.3),
    )


@pytest.mark.parametrize("text", ["words*g0.5*x0-1q5", "text-to-columns*h1-0_4*o3", "第一层*x7", "<b>*g0"])
def test_an_edit_names_layers_freely(text: str):
    assert parse_text(text).text == text
    assert Edit.parse(parse_text(text).model_dump_json()) == parse_text(text)


@pytest.mark.parametrize("name", ["a b", "a*b", "a_b", "a&b", "a#b", "50%", "a+b", "a=b", "", "x" * 41])
def test_a_name_that_an_address_cannot_carry_is_refused(name: str):
    with pytest.raises(AttnGanError, match="layer: String should match"):
        LayerEdit.of(layer=name)


def test_a_rule_is_checked_when_the_text_says_how_many_words_there_are():
    edit = LayerEdit(layer="words", rules=(Rule(keys=(0, 2), queries=(1,)),))
    assert edit.mask(2, 3).tolist() == [[True] * 3, [False, True, False]]
    with pytest.raises(AttnGanError, match="Layer words has keys 0 to 1, not 2"):
        edit.mask(2, 2)
    with pytest.raises(AttnGanError, match="Layer words has queries 0 to 0, not 1"):
        edit.mask(1, 3)
    assert LayerEdit(layer="words", gate_gain=0.5).mask(2, 3) is None


def test_where_a_pixel_looks_in_a_text_is_a_number_a_word():
    _, words, _ = layers()
    heat = heatmaps.heatmap(words, 0, (17, 11), PICTURE, head=1)
    assert heat.shape == (3,)
    np.testing.assert_allclose(heat, words.weights[0, 1, 5])
    assert heatmaps.heatmap(words, 1, (0, 0), PICTURE).tolist() == [1, 0, 0]
    with pytest.raises(AttnGanError, match="lies on a grid"):
        heatmaps.received(words, 0, (0, 0), PICTURE)


def test_every_mode_reads_a_layer_of_words_or_says_why_not():
    all_of = tuple(layer.of(0) for layer in layers())
    found = {
        mode: reading(all_of, (17, 11), PICTURE, "words", None, mode)
        for mode in ("looks", "contribution", "flow", "rollout")
    }
    words = all_of[1]
    np.testing.assert_allclose(found["looks"], words.weights[0, :, 5].mean(0), rtol=1e-5)
    np.testing.assert_allclose(found["contribution"], contributions(words)[0, :, 5].mean(0), rtol=1e-5)
    np.testing.assert_allclose(found["flow"], words.weights[0].mean((0, 1)), rtol=1e-5)
    assert found["rollout"].shape == (2, 3)
    with pytest.raises(AttnGanError, match="lies on a grid"):
        reading(all_of, (17, 11), PICTURE, "words", None, "seen")


def test_a_look_at_words_keeps_of_each_cell_what_the_gate_leaves_and_adds_no_cell():
    coarse, words, fine = layers()
    torch.testing.assert_close(rollout((coarse, fine)).sum(-1), torch.ones(B, 24))
    found = rollout((coarse, words, fine))
    torch.testing.assert_close(found, rollout((coarse, fine)) / (1 + 1.7))
    torch.testing.assert_close(rollout((words,)), torch.eye(6).expand(B, 6, 6) / 2.7)


def test_there_is_no_distance_from_a_cell_to_a_word_but_one_between_words():
    coarse, words, _ = layers()
    assert mean_distance(words, PICTURE) is None
    assert mean_distance(coarse, PICTURE) is not None
    text = Words.of_texts([["a", "b", "c"], ["d", "e", "f"]])
    within = a_map("within", text, text)
    apart = torch.tensor([[0.0, 1, 2], [1, 0, 1], [2, 1, 0]])
    expected = (within.weights * apart).sum(-1).mean((0, 2))
    torch.testing.assert_close(torch.from_numpy(mean_distance(within, text)), expected)


def test_one_word_to_look_at_is_no_spread_at_all():
    alone = a_map("alone", Columns(("age", "height")), Words.of_texts([["snow"], ["rain"]]))
    assert heatmaps.entropy(alone).tolist() == [0] * N
