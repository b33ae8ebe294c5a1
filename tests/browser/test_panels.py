"""The panels beside the picture: one open at a time, by keys too, and nothing that shuts people out."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import canvas

PANELS = ("map", "effect", "edit", "wander", "compare", "keep")


def test_arrows_walk_through_the_tabs_and_one_panel_is_open(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Map").focus()
    for name in (*PANELS[1:], PANELS[0]):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#explorer-tabs [data-name={name}]")).to_be_focused()
        shown = page.locator("#explorer-canvas .panel:visible")
        assert [one.get_attribute("data-panel") for one in shown.all()] == [name]


def test_on_a_phone_the_picture_stays_in_sight(visit: Callable[..., Any]) -> None:
    page = visit(viewport={"width": 390, "height": 844}).page
    canvas.ready(page)
    page.evaluate(
        "window.scrollTo(0, document.querySelector('#explorer-discriminator').getBoundingClientRect().top)"
    )
    canvas.settle(page)
    box = page.locator("#explorer-picture").bounding_box()
    assert page.evaluate("window.scrollY") > 200
    assert 0 <= box["y"] < 20


def test_on_a_phone_a_panel_that_the_address_opens_leaves_the_picture_in_sight(
    visit: Callable[..., Any],
) -> None:
    page = visit("?edit=8*g0.5", viewport={"width": 390, "height": 844}).page
    canvas.ready(page)
    page.wait_for_selector("#explorer-edit:visible")
    picture = page.locator("#explorer-picture").bounding_box()
    sheet = page.locator("#explorer-canvas .inspector").bounding_box()
    assert picture["y"] >= 0
    assert picture["y"] + picture["height"] <= sheet["y"] + 1
