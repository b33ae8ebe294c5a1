"""The Compare panel in a real browser: the same noise by another model, or without attention."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from attngan import checkpoints, edits, sampling
from attngan.changes import change
from tests.browser import canvas

OTHER = "#explorer-other"


def test_without_attention_is_the_default_and_its_difference_is_the_library_s(
    visit: Callable[..., Any], models: Path
) -> None:
    one = visit("?picture=3&pixel=5,9", reduced_motion="reduce")
    page = one.page
    canvas.ready(page)
    page.get_by_role("tab", name="Compare").click()
    page.locator(OTHER).wait_for()
    model = checkpoints.load(models / "faces")
    closed = edits.without_attention(model.generator).on(model.generator)
    before, after = (sampling.sample(model, [2], edits=edit).images for edit in (None, closed))
    told = change(before, after)
    assert f"mean change {told.mean:.1f} of 255, at most {told.largest}" in canvas.text(
        page, "#explorer-apart"
    )
    asked = len(one.requests)
    before_moving = page.locator(OTHER).screenshot()
    page.keyboard.press("Escape")
    canvas.hover(page, 0.2, 0.2)
    canvas.hover(page, 0.8, 0.7)
    assert page.locator(OTHER).screenshot() != before_moving
    assert one.requests[asked:] == []
    page.wait_for_function("() => location.search.includes('compare=off')")


def test_another_model_is_drawn_from_the_same_seed_and_linked(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?seed=7&compare=signs&pixel=5,9").page
    canvas.ready(page)
    page.locator(OTHER).wait_for()
    assert page.locator("#explorer-against").input_value() == "signs"
    drawn = page.locator("#explorer-compare .trio canvas").nth(1)
    shown = drawn.evaluate("(node) => [...node.getContext('2d').getImageData(0, 0, 16, 16).data]")
    expected = sampling.sample(checkpoints.load(models / "signs"), [7], [0]).images[0].numpy()
    assert (np.array(shown).reshape(16, 16, 4)[..., :3] == expected).all()
    page.locator("#explorer-against").select_option("plain")
    page.get_by_text("It has no map").wait_for()


def test_a_link_that_compares_with_nobody_shows_the_nearest_and_says_so(visit: Callable[..., Any]) -> None:
    page = visit("?compare=nobody").page
    canvas.ready(page)
    page.get_by_text("is not here; this is the nearest").wait_for()
    assert page.locator("#explorer-against").input_value() == "off"
