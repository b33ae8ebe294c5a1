"""The panels beside the picture: one open at a time, by keys too, and nothing that shuts people out."""

from collections.abc import Callable
from typing import Any

import pytest
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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_panel(visit: Callable[..., Any], theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"?__theme={theme}&pixel=4,8&edit=8*x3_4*g0.5", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#explorer-truth summary").click()
    for name in PANELS[1:]:
        page.locator(f"#explorer-tabs [data-name={name}]").click()
        found = Axe().run(page, context=f"#explorer-{name}").response
        assert found["passes"]
        serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert [(name, one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []


# What a finger has to hit; numbers in running text explain themselves and may be smaller.
FOR_FINGERS = ":is(button, select, summary, .choice span, .quiet, input[type=range])"
TOO_SMALL = f"""() => [...document.querySelectorAll("#explorer-canvas {FOR_FINGERS}")]
  .filter((one) => one.checkVisibility() && !one.matches(".term:not(.why), .grid *"))
  .map((one) => [one.id || one.className || one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 39.9).map(([name]) => name)"""


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_on_a_phone_nothing_scrolls_sideways_and_fingers_find_everything(
    visit: Callable[..., Any], language: str
) -> None:
    query = "?edit=8*x3_4*g0.5&pixel=4,8;9,9"
    page = visit(query, locale=language, viewport={"width": 390, "height": 844}).page
    canvas.ready(page)
    page.locator("#explorer-truth summary").evaluate("(one) => one.click()")
    page.locator("#explorer-tabs [data-name=map]").click()
    page.locator("#explorer-canvas .view summary").click()
    for name in (*PANELS[1:], PANELS[0]):
        page.locator(f"#explorer-tabs [data-name={name}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390, name
        assert page.evaluate(TOO_SMALL) == [], name
        assert not any(f"{one}_" in page.locator("#explorer-canvas").inner_text() for one in PANELS)


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
