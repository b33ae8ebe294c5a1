"""The tour: offered once, over real controls, by mouse or keys, left at any time."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import canvas

SEEN = "() => localStorage.getItem('attngan-tour') !== null"


def test_it_is_offered_once_and_a_no_is_remembered(visit: Callable[..., Any]) -> None:
    page = visit().page
    canvas.ready(page)
    page.get_by_role("button", name="No, thanks").click()
    assert page.evaluate(SEEN)
    page.reload()
    canvas.ready(page)
    page.locator("#explorer-tour").wait_for()
    expect(page.get_by_text("First time here?")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_keys_lead_through_at_most_six_steps_within_the_page(visit: Callable[..., Any], width: int) -> None:
    page = visit(viewport={"width": width, "height": 800}, reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("button", name="Show me around").press("Enter")
    box = page.get_by_role("dialog", name="Tour")
    seen = []
    while box.count():
        seen.append(box.locator("p").first.inner_text())
        place = box.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        expect(canvas.part(page, ".toured")).to_have_count(1)
        page.keyboard.press("Enter")
    assert 4 <= len(set(seen)) == len(seen) <= 6
    assert page.evaluate(SEEN)
    expect(page.locator(".toured")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_escape_leaves_it_and_the_button_takes_it_again(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("button", name="Show me around").click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 of")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#explorer-tour")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of")).to_have_count(1)
