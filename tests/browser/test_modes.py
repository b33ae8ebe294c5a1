"""What a map can show, in a real browser: each mode against the library, for grids of any shape."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import frames
from attngan.explain.contribution import carried_lengths, contributions
from attngan.explain.rollout import rollout
from attngan.model import checkpoints, sampling
from tests.browser import canvas

HALF_LEVEL = 0.5 / 255  # a painted weight may differ by this part of its row's largest


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    return one


def test_through_all_layers_is_the_library_s_rollout_within_the_quantisation(page: Any, models: Path) -> None:
    attention = sampling.sample(checkpoints.load(models / "faces"), [0]).attention
    page.locator("#explorer-mode").get_by_text("All layers").click()
    canvas.hover(page, 5.5 / 8, 2.5 / 8)
    for layer, cells in (("4", 4), ("8", 8)):
        page.locator("#explorer-layer").get_by_text(layer).click()
        canvas.hover(page, 5.5 / 8, 2.5 / 8)
        shown = canvas.shown_map(page)
        assert (shown.rows, shown.columns, shown.cell) == (cells, cells, 2 * 8 + 5)
        truth = rollout(attention, layer)[0, shown.cell].numpy()
        assert abs(sum(shown.values) - 1) < 1e-4
        assert np.abs(np.array(shown.values) - truth).max() <= 2 * HALF_LEVEL
    expect(page.locator("#explorer-head")).to_be_hidden()


def test_flow_draws_the_strongest_links_of_the_whole_picture(page: Any, models: Path) -> None:
    attention = sampling.sample(checkpoints.load(models / "faces"), [0]).attention
    page.locator("#explorer-head").get_by_text("2", exact=True).click()
    page.locator("#explorer-mode").get_by_text("Flow").click()
    page.locator("#explorer-picture").focus()
    before = canvas.pixels(page)
    page.locator("#explorer-links input").fill("15")
    canvas.settle(page)
    assert canvas.pixels(page) != before
    shown = page.evaluate(f"() => {{ {canvas.FIND}; return one.attentionCanvas.links() }}")
    truth = attention[-1].weights[0, 1].numpy()  # (64, 64), a look at itself is no link
    np.fill_diagonal(truth, 0)
    strongest = np.sort(truth.ravel())[::-1][:15]
    found = [truth[link["query"], link["key"]] for link in shown]
    assert len(shown) == 15
    np.testing.assert_allclose(found, strongest, atol=2 * HALF_LEVEL)
    carried = float(np.sum(strongest)) / 64  # of all weights, which sum to 1 in each of 64 rows
    said = canvas.part(page, ".sentence")
    expect(said).to_contain_text("Drawn are the 15 strongest of 4032 links, with ")
    told = re.search(r"with ([\d.]+)% of this layer's attention", said.inner_text())
    assert told is not None
    assert abs(float(told[1]) / 100 - carried) < 0.01 * carried + 5e-3
    page.wait_for_function("() => location.search.endsWith('&mode=flow&links=15')")


def test_frames_of_any_shape_are_painted_true(visit: Callable[..., Any]) -> None:
    page = visit().page
    canvas.ready(page)
    sample, truth = odd_sample()
    body = gzip.decompress(frames.encode(sample))
    page.route("**/attngan/frame/**", lambda route: route.fulfill(body=body))
    page.locator("#explorer-seed input").fill("5")
    page.wait_for_selector("#explorer-grid [title='Sample 2, seed 13']")
    canvas.hover(page, 4.5 / 7, 3.5 / 5)
    shown = canvas.shown_map(page)
    assert (shown.rows, shown.columns, shown.cell) == (3, 11, 3 * 7 + 4)
    assert np.abs(np.array(shown.values) - truth[0, :, shown.cell].mean(0)).max() <= HALF_LEVEL
    page.keyboard.press("Tab")
    page.locator("#explorer-mode").get_by_text("Seen by").click()
    canvas.hover(page, 9.5 / 11, 1.5 / 3)
    shown = canvas.shown_map(page)
    assert (shown.rows, shown.columns, shown.cell) == (5, 7, 1 * 11 + 9)
    assert np.abs(np.array(shown.values) - truth[0, :, :, shown.cell].mean(0)).max() <= HALF_LEVEL
    page.locator("#explorer-mode").get_by_text("Receives").click()
    canvas.hover(page, 4.5 / 7, 3.5 / 5)
    shown = canvas.shown_map(page)
    assert (shown.rows, shown.columns, shown.cell) == (3, 11, 3 * 7 + 4)
    layer = sample.attention[0]
    received = contributions(layer)[0, :, shown.cell].mean(0).numpy()
    longest = carried_lengths(layer)[0].max().item()
    allowed = HALF_LEVEL * truth[0, :, shown.cell].max() * longest
    assert received.max() > 20 * allowed
    assert np.abs(np.array(shown.values) - received).max() <= allowed
    page.locator("#explorer-mode").get_by_text("All layers").click()
    canvas.hover(page, 4.5 / 7, 3.5 / 5)
    shown = canvas.shown_map(page)
    assert (shown.rows, shown.columns, shown.cell) == (5, 7, 3 * 7 + 4)
    assert np.abs(np.array(shown.values) - rollout([layer])[0, shown.cell].numpy()).max() <= HALF_LEVEL


def odd_sample() -> tuple[sampling.Sample, np.ndarray]:
    """Two pictures of 13 x 17 pixels with 5 x 7 queries and 3 x 11 keys; weights (2, 2, 35, 33)."""
    import torch

    from attngan.kinds.pictures.kind import PICTURES
    from attngan.nn.attention import AttentionMap
    from attngan.nn.places import Grid

    random = torch.Generator().manual_seed(3)
    rows = torch.randn(2, 2, 35, 33, generator=random).mul(2).softmax(-1)
    layer = AttentionMap(
        name="odd",
        weights=rows,
        query_places=Grid(5, 7),
        key_places=Grid(3, 11),
        gate=torch.tensor(0.5),
        queries=torch.zeros(2, 2, 35, 3),
        keys=torch.zeros(2, 2, 33, 3),
        values=torch.randn(2, 2, 33, 3, generator=random),
        output=torch.randn(2, 3, 5, generator=random),
    )
    images = torch.randint(0, 256, (2, 13, 17, 3), generator=random).to(torch.uint8)
    return sampling.Sample(PICTURES, images, (layer,), (11, 13), None), rows.numpy()
