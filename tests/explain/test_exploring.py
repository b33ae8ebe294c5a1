"""attngan.explore: one picture, where it looked, and what an edit does to it."""

import dataclasses
import io

import numpy as np
import pytest
import torch

import attngan
from attngan.config import About
from attngan.errors import AttnGanError
from attngan.explain.contribution import carried_lengths, contributions
from attngan.explain.edits import parse_text
from attngan.explain.readings import MODES
from attngan.explain.rollout import rollout
from attngan.model.sampling import sample
from attngan.nn.places import Grid, Words, index_at
from tests import tiny, tiny_scenes, tiny_texts


def test_without_an_edit_nothing_changes_and_the_attention_is_the_sample_s():
    model = tiny.model()
    seen = attngan.explore(model, seed=7)
    drawn = sample(model, [7])
    assert (seen.image == drawn.images[0].numpy()).all()
    assert torch.equal(seen.attention[1].weights, drawn.attention[1].weights)
    assert (seen.change.moved, seen.change.largest) == (0, 0)


def test_an_edit_as_text_or_value_is_drawn_beside_the_original():
    model = tiny.model(classes=3)
    seen = attngan.explore(model, 7, label=2, truncation=0.5, edit="8*g0")
    assert seen.change.moved > 0
    expected = sample(model, [7], [2], 0.5, parse_text("8*g0").on(model.generator))
    assert (seen.image == expected.images[0].numpy()).all()
    assert seen.edit == parse_text("8*g0")
    assert (attngan.explore(model, 7, 2, 0.5, seen.edit).image == seen.image).all()


def test_a_heatmap_is_a_row_of_the_weights():
    seen = attngan.explore(tiny.model(), seed=7)
    heat = seen.heatmap((5, 11))
    assert heat.shape == (8, 8)
    expected = seen.attention[1].weights[0, :, (11 // 2) * 8 + 5 // 2].mean(0)
    np.testing.assert_allclose(heat.ravel(), expected, rtol=1e-6)
    assert seen.heatmap((5, 11), layer="4", head=2).shape == (4, 4)
    drawn = seen.figure((5, 11))
    assert len(drawn.axes) == 4
    assert drawn.get_supxlabel() == ""


def test_a_word_has_a_figure_of_who_looks_at_it():
    seen = attngan.explore(tiny_scenes.trained(), seed=7, label="a red star")
    drawn = seen.word_figure(1, head=1)
    (shown,) = drawn.axes[1].images
    layer = next(one for one in reversed(seen.attention) if isinstance(one.key_places, Words))
    np.testing.assert_allclose(
        shown.get_array(), layer.weights[0, 1, :, 1].reshape(layer.query_places.shape), rtol=1e-6
    )
    assert drawn.axes[1].get_title() == "who looks at “red”"

    seen = attngan.explore(tiny_texts.trained(), seed=7, label="ab7q")
    (axes,) = seen.word_figure(2, "round-1").axes
    assert axes.get_title() == "who looks at “7”"
    assert [label.get_text() for label in axes.get_xticklabels()] == list(seen.text or "")
    weights = seen.attention[0].weights[0].mean(0)[:, 2]
    np.testing.assert_allclose([bar.get_height() for bar in axes.patches], weights[: len(seen.text or "")])


def test_a_figure_says_who_drew_it_and_whose_pictures_were_learnt_from():
    model = tiny.model()
    model = dataclasses.replace(model, about=About.of(attribution="Nobody, CC0"))
    drawn = attngan.explore(model, seed=7).figure((5, 11))
    assert drawn.get_supxlabel() == "Made by a network. Learnt from: Nobody, CC0"


def test_all_of_it_goes_into_an_npz_and_comes_back():
    seen = attngan.explore(tiny.model(classes=3), 7, label=1, edit="4*x3")
    file = io.BytesIO()
    np.savez(file, **seen.arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as kept:
        assert (str(kept["edit"]), int(kept["seed"]), int(kept["label"])) == ("4*x3", 7, 1)
        assert (kept["4_weights"][:, :, 3] == 0).all()
        assert (kept["original"] == seen.original.images[0].numpy()).all()
        assert kept["8_query_size"].tolist() == [8, 8]
        np.testing.assert_allclose(kept["8_lengths"], carried_lengths(seen.attention[1])[0], rtol=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [{"seed": -1}, {"label": 3}, {"truncation": float("nan")}, {"edit": "9*g0"}, {"model": "nowhere"}],
)
def test_what_is_wrong_is_told(wrong: dict):
    with pytest.raises(AttnGanError):
        attngan.explore(**({"model": tiny.model(classes=3)} | wrong))


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'paint'"):
        attngan.paint  # noqa: B018


def test_every_mode_is_the_map_of_its_own_module():
    """Heads, layers and grids of all different sizes, against what each mode is defined by."""
    seen = attngan.explore(tiny.model(), seed=7)
    coarse, fine = seen.attention
    pixel, query, coarse_query = (5, 11), (11 // 2) * 8 + 5 // 2, (11 // 4) * 4 + 5 // 4
    expected = {
        "looks": fine.weights[0, :, query].mean(0),
        "seen": fine.weights[0, :, :, index_at(fine.key_places, pixel, Grid(16, 16))].mean(0),
        "contribution": contributions(fine)[0, :, query].mean(0),
        "rollout": rollout(seen.attention)[0, query],
        "flow": fine.weights[0].mean((0, 1)),
    }
    assert expected.keys() == MODES.keys()
    for mode, values in expected.items():
        found = seen.heatmap(pixel, mode=mode)
        np.testing.assert_allclose(found.ravel(), values, rtol=1e-5, atol=1e-8, err_msg=mode)
        assert len(seen.figure(pixel, mode=mode).axes) == 4
    assert seen.heatmap(pixel, mode="rollout").shape == coarse.query_places.shape
    one = seen.heatmap(pixel, layer="4", head=2, mode="contribution")
    np.testing.assert_allclose(one.ravel(), contributions(coarse)[0, 2, coarse_query], rtol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"mode": "stares"}, "one of looks, seen, contribution, rollout, flow"),
        ({"mode": "contribution", "head": 3}, "heads 0 to 2"),
        ({"mode": "flow", "head": -1}, "heads 0 to 2"),
        ({"mode": "rollout", "layer": "9"}, "no attention layer 9"),
        ({"mode": "seen", "place": (16, 0)}, "outside the picture"),
    ],
)
def test_a_map_that_is_not_there_is_told(wrong: dict, told: str):
    with pytest.raises(AttnGanError, match=told):
        attngan.explore(tiny.model(), seed=7).heatmap(**({"place": (5, 11)} | wrong))
