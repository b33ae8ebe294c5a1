"""The Compare panel in a real browser: the same noise drawn by another network, under one pointer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import edits, frames
from attngan.explain.changes import change
from attngan.model import checkpoints, sampling
from tests.browser import canvas
from tests.browser.serving import STEPS

OTHER = "#explorer-other"
AGAINST = "#explorer-against"


def await_other(page: Any, expected: np.ndarray) -> None:
    """Wait until the other picture is this one, uint8 (16, 16, 3)."""
    page.wait_for_function(
        """(expected) => {
          const node = document.querySelectorAll("#explorer-compare .trio canvas")[1];
          const { data } = node.getContext("2d").getImageData(0, 0, 16, 16);
          return expected.every((value, index) => data[index] === value);
        }""",
        arg=np.pad(expected, ((0, 0), (0, 0), (0, 1)), constant_values=255).ravel().tolist(),
    )


def painted(page: Any) -> list[str]:
    """What the canvases of both pictures hold."""
    canvases = ("#explorer-picture", OTHER)
    return [page.locator(one).evaluate("(node) => node.toDataURL()") for one in canvases]


def test_an_address_still_compares_with_attention_off_and_the_difference_is_the_library_s(
    visit: Callable[..., Any], models: Path
) -> None:
    one = visit("?picture=3&pixel=5,9&compare=off", reduced_motion="reduce")
    page = one.page
    canvas.ready(page)
    page.locator(OTHER).wait_for()
    expect(page.locator(AGAINST)).to_have_value("off")
    model = checkpoints.load(models / "faces")
    closed = edits.without_attention(model.generator).on(model.generator)
    before, after = (sampling.sample(model, [2], edits=edit).images for edit in (None, closed))
    told = change(model.kind, before, after)
    expect(canvas.part(page, "#explorer-apart")).to_contain_text(
        f"of the pixels differ noticeably, by {told.largest} of 255 at most"
    )
    asked = one.settled()
    before_moving = page.locator(OTHER).screenshot()
    page.keyboard.press("Escape")
    canvas.hover(page, 0.2, 0.2)
    canvas.hover(page, 0.8, 0.7)
    assert page.locator(OTHER).screenshot() != before_moving
    assert one.requests[asked:] == []
    page.wait_for_function("() => location.search.includes('compare=off')")


def test_the_other_picture_stands_beside_this_one_in_the_discriminator_s_place(
    visit: Callable[..., Any],
) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    judged = page.locator("#explorer-judged").bounding_box()
    page.get_by_role("tab", name="Compare").click()
    page.locator(OTHER).wait_for()
    expect(page.locator("#explorer-discriminator")).to_be_hidden()
    assert page.locator(OTHER).bounding_box() == pytest.approx(judged, abs=1)
    expect(page.locator("#explorer-canvas .compared h2")).to_have_text("signs")
    page.get_by_role("tab", name="Map").click()
    expect(page.locator("#explorer-discriminator")).to_be_visible()
    expect(page.locator(OTHER)).to_be_hidden()


def test_networks_alone_are_offered_and_those_of_the_same_data_first(visit: Callable[..., Any]) -> None:
    page = visit("?model=signs", reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Compare").click()
    page.locator(OTHER).wait_for()
    groups = page.locator(f"{AGAINST} optgroup")
    listed = {
        one.get_attribute("label"): [option.get_attribute("value") for option in one.locator("option").all()]
        for one in groups.all()
    }
    assert list(listed) == ["Same data", "Other data"]
    assert listed == {"Same data": ["faces"], "Other data": ["plain", "words"]}, "no texts beside pictures"
    expect(page.locator(AGAINST)).to_have_value("faces")
    expect(page.get_by_text("do not compare")).to_be_hidden()
    page.locator(AGAINST).select_option("plain")
    page.get_by_text("do not compare").wait_for()


def test_both_pictures_are_bare_until_somebody_points(visit: Callable[..., Any]) -> None:
    page = visit("?compare=signs", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator(OTHER).wait_for()
    page.get_by_text("Point at either picture").wait_for()
    bare = painted(page)
    page.locator(OTHER).hover()
    page.get_by_text("layer 8 px, most").wait_for()
    canvas.settle(page)
    assert all(one != before for one, before in zip(painted(page), bare, strict=True))
    page.mouse.move(1, 1)
    page.get_by_text("Point at either picture").wait_for()
    canvas.settle(page)
    assert painted(page) == bare
    page.locator("#explorer-picture").press("ArrowRight")
    page.get_by_text("layer 8 px, most").wait_for()


def test_another_model_is_drawn_from_the_same_seed_and_linked(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?seed=7&compare=signs&pixel=5,9").page
    canvas.ready(page)
    page.locator(OTHER).wait_for()
    expect(page.locator(AGAINST)).to_have_value("signs")
    expected = sampling.sample(checkpoints.load(models / "signs"), [7], [0]).images[0].numpy()
    await_other(page, expected)
    page.locator(AGAINST).select_option("plain")
    page.get_by_text("It has no map").wait_for()


def test_a_link_that_compares_with_nobody_shows_the_nearest_and_says_so(visit: Callable[..., Any]) -> None:
    page = visit("?compare=nobody").page
    canvas.ready(page)
    page.get_by_text("is not here; this is the nearest").wait_for()
    expect(page.locator(AGAINST)).to_have_value("signs")


def test_a_link_compares_with_a_training_of_its_visitor(
    visit: Callable[..., Any], runs: Path, finished: str
) -> None:
    page = visit(f"?picture=3&compare=run-{finished}").page
    canvas.ready(page)
    page.locator(OTHER).wait_for()
    expect(page.locator(AGAINST)).to_have_value(f"run-{finished}")
    expected = sampling.sample(checkpoints.load(runs / finished / "run" / "model"), [2]).images[0].numpy()
    await_other(page, expected)


def test_a_finished_training_is_scrubbed_and_its_figures_stand_beside_another_s(
    visit: Callable[..., Any], runs: Path, finished: str
) -> None:
    page = visit(
        f"?model=run-{finished}&step={STEPS[1]}&picture=2&pixel=5,9&head=3", reduced_motion="reduce"
    ).page
    canvas.ready(page)
    for key, step in ((None, STEPS[1]), ("ArrowRight", STEPS[2]), ("Home", STEPS[0])):
        if key:
            page.locator("#explorer-timeline input").press(key)
            page.wait_for_function(f"() => location.search.endsWith('step={step}')")
        frame = frames.decode((runs / finished / "run" / "frames" / f"{step:08d}.frame.gz").read_bytes())
        canvas.await_map(page, frame.layers[0].weights[1, 2, 4 * 8 + 2])
    page.locator("#explorer-timeline input").press("End")
    page.get_by_role("tab", name="Compare").click()
    page.locator(AGAINST).select_option("signs")
    cards = page.locator("#explorer-cards")
    expect(cards.locator("thead th")).to_have_text([f"signs {finished[:6]}", "signs"])
    expect(cards.locator("tbody th")).to_have_text(["steps", "seconds"])
