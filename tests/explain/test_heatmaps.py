"""Heatmaps of weights made by hand, cells at the corners, colours over pictures."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from attngan.errors import AttnGanError
from attngan.explain import heatmaps
from attngan.kinds.pictures.sheet import sheet as side_by_side
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid, index_at
from tests import tiny

HQ, WQ, HK, WK = 2, 3, 5, 7


def made(heads: int = 2, pictures: int = 3) -> AttentionMap:
    """Query q of head n in picture b looks at key 5 q + n + 2 b alone."""
    weights = torch.zeros(pictures, heads, HQ * WQ, HK * WK)
    for picture in range(pictures):
        for head in range(heads):
            for query in range(HQ * WQ):
                weights[picture, head, query, 5 * query + head + 2 * picture] = 1
    return tiny.attention_map("2", Grid(HQ, WQ), Grid(HK, WK), weights)


@pytest.mark.parametrize(
    ("pixel", "cell"),
    [((0, 0), 0), ((10, 0), 2), ((0, 12), 3), ((10, 12), 5), ((3, 6), 0), ((4, 6), 1), ((3, 7), 3)],
)
def test_a_pixel_lies_in_its_cell_also_where_cells_are_not_whole_pixels(pixel: tuple[int, int], cell: int):
    # 11 pixels in 3 columns: cells begin at 0, 3.67, 7.33. 13 pixels in 2 rows: at 0, 6.5.
    assert index_at(Grid(HQ, WQ), pixel, Grid(13, 11)) == cell


def test_every_cell_has_its_pixels():
    cells = [index_at(Grid(5, 7), (x, y), Grid(13, 11)) for y in range(13) for x in range(11)]
    assert set(cells) == set(range(35))
    assert cells[0] == 0
    assert cells[-1] == 34


@pytest.mark.parametrize("pixel", [(-1, 0), (0, -1), (11, 0), (0, 13), (11, 13)])
def test_a_pixel_outside_is_refused(pixel: tuple[int, int]):
    with pytest.raises(AttnGanError, match="x is 0 to 10, y is 0 to 12"):
        index_at(Grid(HQ, WQ), pixel, Grid(13, 11))


def test_a_heatmap_is_where_the_pixels_query_looks():
    heat = heatmaps.heatmap(made(), 2, (10, 12), Grid(13, 11), head=1)  # query 5: key 25 + 1 + 4 = 30
    assert heat.shape == (HK, WK)
    assert heat.dtype == np.float32
    assert heat[30 // WK, 30 % WK] == heat.sum() == 1


def test_the_mean_of_the_heads_shares_the_weight():
    heat = heatmaps.heatmap(made(), 0, (0, 0), Grid(13, 11))
    assert heat[0, :3].tolist() == [0.5, 0.5, 0]
    assert heat.sum() == 1


def test_who_looks_at_a_pixel_is_a_column_of_the_weights():
    # The pixel at key 16 of a 7 x 5 picture: query 3 of head 1 looks there in picture 0.
    heat = heatmaps.received(made(), 0, (16 % WK, 16 // WK), Grid(HK, WK), head=1)
    assert heat.shape == (HQ, WQ)
    assert heat[1].tolist() == [1, 0, 0]
    assert heat.sum() == 1


def test_a_heatmap_of_a_model_sums_to_one_for_every_pixel():
    drawn = sample(tiny.model(), [3, 5])
    for seen in drawn.attention:
        for pixel in ((0, 0), (7, 11), (15, 15)):
            assert heatmaps.heatmap(seen, 1, pixel, Grid(16, 16)).sum() == pytest.approx(1, abs=1e-5)


def test_a_layer_is_found_by_name_else_the_finest():
    attention = sample(tiny.model(), [3]).attention
    assert heatmaps.find_layer(attention, "4").name == "4"
    assert heatmaps.find_layer(attention).name == "8"
    with pytest.raises(AttnGanError, match="no attention layer 16: it has 4, 8"):
        heatmaps.find_layer(attention, "16")
    with pytest.raises(AttnGanError, match="without attention"):
        heatmaps.find_layer(())


def test_a_head_or_picture_that_is_not_there_is_refused():
    with pytest.raises(AttnGanError, match="heads 0 to 1, not 2"):
        heatmaps.weights_of(made(), 0, 2)
    with pytest.raises(AttnGanError, match="heads 0 to 1, not -1"):
        heatmaps.weights_of(made(), 0, -1)
    with pytest.raises(AttnGanError, match="pictures 0 to 2, not 3"):
        heatmaps.weights_of(made(), 3)


def test_entropy_is_none_for_one_key_all_for_every_key_and_half_between():
    seen = made(heads=3)
    seen.weights[:, 1] = 1 / (HK * WK)
    seen.weights[:, 2] = 0
    seen.weights[:, 2, :, :5] = 1 / 5
    expected = [0, 1, math.log(5) / math.log(HK * WK)]
    assert heatmaps.entropy(seen).tolist() == pytest.approx(expected, abs=1e-6)


def test_an_overlay_darkens_where_nothing_looks_and_tints_only_above_the_even_share():
    image = np.full((10, 14, 1), 200, np.uint8)
    heat = np.full((HK, WK), 0.01, np.float32)
    heat[4, 6] = 0.36
    heat[0, 0] = 0  # even: (33 * 0.01 + 0.36) / 35 of 0.36 are 0.0548
    mixed = heatmaps.overlay(image, heat, strength=0.5)
    assert (mixed.shape, mixed.dtype) == ((10, 14, 3), np.uint8)
    assert (mixed[:2, :2] == 140).all()  # 200 * (1 - 0.5 * 0.6)
    assert (mixed[7, 13] == 150).all(), "grey: 200 * (1 - 0.3 * (1 - 1 / 6)) = 150"
    high = np.array([252, 253, 191])  # the end of magma
    np.testing.assert_allclose(mixed[8:, 12:].reshape(-1, 3), np.tile(125 + 0.375 * high, (4, 1)), atol=1)


def test_on_a_black_picture_what_lacks_the_even_share_is_hatched():
    heat = np.full((HK, WK), 1 / 35, np.float32)
    heat[0, 0], heat[4, 6] = 0, 2 / 35
    mixed = heatmaps.overlay(np.zeros((150, 140, 1), np.uint8), heat)  # cells of 30 x 20 pixels
    lines = mixed[:30, :20].max(-1) > 0
    assert 0.2 < lines.mean() < 0.3  # one pixel in 150 // 36
    assert not mixed[30:60, 20:40].any()
    assert mixed[-1, -1].min() > 100


def test_an_overlay_of_no_strength_is_the_picture_and_nothing_to_see_is_no_error():
    image = np.arange(10 * 14 * 3, dtype=np.uint8).reshape(10, 14, 3)
    assert np.array_equal(heatmaps.overlay(image, np.zeros((HK, WK), np.float32), strength=0), image)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_figure_shows_picture_heatmap_and_both(channels: int, tmp_path: Path):
    drawn = heatmaps.figure(
        np.zeros((13, 11, channels), np.uint8), np.ones((5, 7)) / 35, (3, 4), "seed 3", credit="By $ and $"
    )
    drawn.savefig(tmp_path / "figure.png")
    titles = [axes.get_title() for axes in drawn.axes]
    assert titles[:3] == ["pixel 3, 4", "where it looks", "both"]
    assert (drawn.get_suptitle(), drawn.get_supxlabel()) == ("seed 3", "By $ and $")
    with Image.open(tmp_path / "figure.png") as image:
        assert image.width > image.height > 100


def test_a_sheet_lays_pictures_out_row_by_row_and_enlarges_them_by_whole_steps():
    images = np.arange(5, dtype=np.uint8)[:, None, None, None].repeat(2, 1).repeat(3, 2)  # 5 of 2 x 3 pixels
    sheet = np.asarray(side_by_side(images, columns=3))
    times = 512 // 9 + 1
    assert sheet.shape == (4 * times, 9 * times)
    centres = sheet[times :: 2 * times, times * 3 // 2 :: 3 * times]
    assert centres.tolist() == [[0, 1, 2], [3, 4, 255]]
    assert side_by_side(images.repeat(3, 3)).mode == "RGB"
