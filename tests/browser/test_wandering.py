"""The Wander panel and the test of a map's truth in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import faithfulness
from attngan.model import checkpoints, sampling
from tests.browser import canvas

LINE = "#explorer-way"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit("?picture=2&pixel=5,9", reduced_motion="reduce").page
    canvas.ready(one)
    one.get_by_role("tab", name="Wander").click()
    return one


def await_picture(page: Any, images: Any, what: str) -> None:
    """Wait until the picture in the chosen one's stead, or the first sample, is this one."""
    wanted = np.asarray(images).ravel().tolist()
    page.wait_for_function(
        f"([wanted, what]) => {{ {canvas.FIND}; const frame = one.attentionCanvas.view[what];"
        "const shown = frame?.pictures.subarray(0, wanted.length);"
        "return shown && wanted.every((value, at) => Math.abs(shown[at] - value) < 2) }",
        arg=[wanted, what],
    )


def test_a_way_is_one_request_that_the_time_line_plays_and_attention_follows(
    visit: Callable[..., Any], models: Path
) -> None:
    one = visit("?picture=2&pixel=5,9", reduced_motion="reduce")
    page = one.page
    canvas.ready(page)
    page.get_by_role("tab", name="Wander").click()
    page.locator("#explorer-to").select_option("6")
    asked = one.settled()
    page.locator(f"{LINE} select").evaluate("(node) => (node.value = '8')")
    page.locator("#explorer-go").click()
    page.get_by_text("2 → 7: 100%").wait_for()
    assert [url.split("/")[-2] for url in one.requests[asked:]] == ["way"]
    model = checkpoints.load(models / "faces")
    way = sampling.interpolate(model, 1, 6, 25)
    page.locator(f"{LINE} input").fill("12")
    await_picture(page, way.images[12], "stand")
    shown = canvas.shown_map(page)
    truth = way.attention[-1].weights[12, :, shown.cell].mean(0).numpy()
    assert np.abs(np.array(shown.values) - truth).max() < 1 / 255
    assert len(one.requests) == asked + 1
    page.locator("#explorer-picture").press("n")
    page.locator(LINE).wait_for(state="hidden")


def test_truncation_is_drawn_and_linked(page: Any, visit: Callable[..., Any], models: Path) -> None:
    page.locator("#explorer-truncation").fill("0.5")
    drawn = sampling.sample(checkpoints.load(models / "faces"), range(16), truncation=0.5)
    await_picture(page, drawn.images[0], "frame")
    page.wait_for_function("() => location.search.includes('truncation=0.5')")
    second = visit("?truncation=0.5").page
    canvas.ready(second)
    await_picture(second, drawn.images[0], "frame")
    expect(canvas.part(second, ".note")).to_be_hidden()
    third = visit("?truncation=7").page
    canvas.ready(third)
    expect(canvas.part(third, ".note")).to_contain_text("nearest view")


def test_training_pictures_that_are_not_here_are_told(page: Any) -> None:
    page.locator("#explorer-nearest").click()
    page.get_by_text("are not kept here").wait_for()


def test_the_test_of_a_map_s_truth_is_the_library_s(page: Any, models: Path) -> None:
    page.get_by_role("tab", name="Edit").click()
    page.locator("#explorer-truth summary").click()
    page.locator("#explorer-truth button").click()
    page.locator("#explorer-truth tbody tr").first.wait_for()
    found = faithfulness.faithfulness(checkpoints.load(models / "faces"), "8")
    expect(page.locator("#explorer-truth td")).to_have_text(
        [f"{value:.1f}" for value in (found.own.most, found.own.random, found.own.nearest)]
    )
    expect(page.locator("#explorer-truth .verdict")).to_contain_text(f"{found.trials} trials")
