"""Several pinned pixels: put, chosen, lifted and averaged, by pointer, by keyboard and from a link."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import canvas

PINS = "#explorer-pins button"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    return one


def press(page: Any, column: int, row: int, **options: Any) -> None:
    """Click the cell of the 8 px layer."""
    x, y = canvas.point(page, (column + 0.5) / 8, (row + 0.5) / 8)
    for key in options.get("modifiers", []):
        page.keyboard.down(key)
    page.mouse.click(x, y)
    for key in options.get("modifiers", []):
        page.keyboard.up(key)
    canvas.settle(page)


def test_pins_are_added_chosen_averaged_and_lifted(page: Any) -> None:
    press(page, 3, 4)
    first = canvas.shown_map(page)
    assert first.cell == 4 * 8 + 3
    page.get_by_role("button", name="+ pin").click()
    press(page, 6, 1)
    second = canvas.shown_map(page)
    assert second.cell == 1 * 8 + 6
    press(page, 5, 2)
    moved = canvas.shown_map(page)
    assert moved.cell == 2 * 8 + 5, "without being asked for one more, the active pin moves"
    page.locator("#explorer-pins").get_by_role("button", name="mean", exact=True).click()
    expected = (np.array(first.values) + np.array(moved.values)) / 2
    canvas.await_map(page, expected)
    np.testing.assert_allclose(canvas.shown_map(page).values, expected, atol=1e-6)
    expect(canvas.part(page, ".sentence")).to_contain_text("The mean of 2 pins looks")
    page.wait_for_function("() => location.search.includes('pixel=7,9;11,5&pin=mean')")
    page.locator("#explorer-pins").get_by_role("button", name="mean", exact=True).click()
    page.get_by_role("button", name="Pin 1: pixel 7, 9").click()
    canvas.await_map(page, np.array(first.values))
    assert canvas.shown_map(page) == first
    page.get_by_role("button", name="Lift pin 1").click()
    canvas.await_map(page, np.array(moved.values))
    assert canvas.shown_map(page) == moved
    assert len(canvas.view(page)["pins"]) == 1


def test_the_keyboard_alone_can_do_all_with_pins(page: Any) -> None:
    page.locator("#explorer-picture").focus()
    for key in ("Enter", "Shift+Enter", "ArrowRight", "ArrowRight", "Shift+Enter", "ArrowDown"):
        page.keyboard.press(key)
    assert canvas.view(page)["active"] == 2
    assert len({(pin["x"], pin["y"]) for pin in canvas.view(page)["pins"]}) == 3
    page.keyboard.press(".")
    assert canvas.view(page)["active"] == 0
    page.keyboard.press(",")
    assert canvas.view(page)["active"] == 2
    page.wait_for_function(
        "() => document.querySelector('#explorer-spoken').textContent.startsWith('Pin 3 (')"
    )
    page.keyboard.press("Delete")
    assert len(canvas.view(page)["pins"]) == 2
    page.locator(PINS).last.focus()
    page.keyboard.press("Enter")
    assert canvas.view(page)["together"] is True
    page.locator("#explorer-picture").press("Escape")
    assert canvas.view(page)["pins"] == []
    expect(page.locator(PINS).first).to_be_hidden()


def test_a_link_brings_all_pins_and_pulls_those_outside_to_the_edge(visit: Callable[..., Any]) -> None:
    page = visit("?pixel=3,4;12,15&pin=2").page
    canvas.ready(page)
    view = canvas.view(page)
    assert [(pin["x"] * 16, pin["y"] * 16) for pin in view["pins"]] == [(3.5, 4.5), (12.5, 15.5)]
    assert view["active"] == 1
    expect(canvas.part(page, ".note")).to_be_hidden()
    page.goto(page.url.split("?")[0] + "?pixel=3,4;99,-5;NaN,2&pin=7&mode=nothing")
    canvas.ready(page)
    assert [(pin["x"] * 16, pin["y"] * 16) for pin in canvas.view(page)["pins"]] == [(3.5, 4.5), (15.5, 0.5)]
    assert canvas.view(page)["active"] == 0
    assert canvas.view(page)["mode"] == "looks"
    expect(canvas.part(page, ".note")).to_contain_text("nearest view")
