"""attngan.explore: one picture, where it looked, and what an edit does to it."""

import io

import numpy as np
import pytest
import tiny
import torch

import attngan
from attngan.edits import parse_text
from attngan.errors import AttnGanError
from attngan.sampling import sample


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
    assert len(seen.figure((5, 11)).axes) == 4


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


@pytest.mark.parametrize(
    "wrong",
    [{"seed": -1}, {"label": 3}, {"truncation": float("nan")}, {"edit": "9*g0"}, {"model": "nowhere"}],
)
def test_what_is_wrong_is_told(wrong: dict):
    with pytest.raises(AttnGanError):
        attngan.explore(**({"model": tiny.model(classes=3)} | wrong))


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'explain'"):
        attngan.explain  # noqa: B018
