"""A finger on a phone: it scrolls the page also where it begins on a picture, unless a tool paints there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import canvas

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
UP = 180  # pixels that a finger moves


def swipe(page: Any, selector: str, rest_milliseconds: int = 0) -> float:
    """A finger moves up, beginning on the middle of an element; how far the page has scrolled then."""
    target = page.locator(selector)
    target.scroll_into_view_if_needed()
    canvas.settle(page)
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 640 - max(0, box["y"])) / 2
    session = page.context.new_cdp_session(page)
    before = page.evaluate("scrollY")
    touch = "Input.dispatchTouchEvent"
    session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_timeout(rest_milliseconds)
    for part in range(1, 13):
        session.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y - UP * part / 12}]})
        page.wait_for_timeout(16)
    session.send(touch, {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)
    return float(page.evaluate("scrollY")) - before


def scrolls(page: Any, selector: str, most: float) -> bool:
    """Whether a quick swipe scrolls so far; on a busy machine one may come as a finger that rests."""
    return any(swipe(page, selector) > most for _ in range(3))


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce", **PHONE).page
    canvas.ready(one)
    return one


def test_a_swipe_that_begins_on_the_picture_scrolls_the_page(page: Any) -> None:
    assert scrolls(page, "#explorer-picture", UP / 3)


def test_two_pictures_stand_side_by_side_and_a_swipe_on_the_other_scrolls_the_page(
    visit: Callable[..., Any],
) -> None:
    page = visit("?compare=signs", reduced_motion="reduce", **PHONE).page
    canvas.ready(page)
    page.wait_for_selector("#explorer-other:visible")
    one, other = (page.locator(name).bounding_box() for name in ("#explorer-picture", "#explorer-other"))
    assert (one["y"], one["height"]) == (other["y"], other["height"])
    assert one["x"] + one["width"] < other["x"]
    assert scrolls(page, "#explorer-other", UP / 6)


def test_a_finger_that_rests_first_looks_around_and_does_not_scroll(page: Any) -> None:
    page.evaluate("scrollTo(0, 0)")
    assert swipe(page, "#explorer-picture", rest_milliseconds=400) == 0


def test_on_a_phone_the_sentences_are_in_sight_and_the_sheet_is_put_away(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce", **PHONE | {"viewport": {"width": 390, "height": 844}}).page
    canvas.ready(page)
    expect(page.locator("#page-header p")).to_be_visible()
    said, bar = (page.locator(f"#explorer-{one}").bounding_box() for one in ("sentence", "timeline"))
    assert said["y"] + said["height"] <= bar["y"]
    sheet, tab = page.locator("#explorer-canvas .inspector"), page.get_by_role("tab", name="Effect")
    panel, close = sheet.locator(".panel.effect"), sheet.get_by_role("button", name="Close")
    for put_away in (close.tap, lambda: page.keyboard.press("Escape")):
        tab.tap()
        expect(panel).to_be_visible()
        close.focus()
        put_away()
        expect(panel).to_be_hidden()
        expect(tab).to_be_focused()
    tab.tap()
    page.evaluate("scrollTo(0, 0)")
    page.locator("#door-learn").tap()
    expect(panel).to_be_hidden()


def test_a_finger_that_paints_does_not_scroll(visit: Callable[..., Any]) -> None:
    one = visit(reduced_motion="reduce", **PHONE).page
    canvas.ready(one)
    one.get_by_role("tab", name="Edit").tap()
    one.locator("#explorer-whom").get_by_text("all", exact=True).tap()
    one.locator("#explorer-tool").get_by_text("forbid", exact=True).tap()
    assert swipe(one, "#explorer-picture") == 0
    one.wait_for_function("() => /edit=.*x/.test(location.search)")
