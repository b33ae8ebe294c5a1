"""The panels beside the picture: one open at a time, by keys too, and nothing that shuts people out."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import canvas

PANELS = ("samples", "edit", "wander", "compare", "keep")


def test_arrows_walk_through_the_tabs_and_one_panel_is_open(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Samples").focus()
    for name in (*PANELS[1:], PANELS[0]):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.dataset.name") == name
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


def test_nothing_scrolls_sideways_at_phone_width_in_chinese(visit: Callable[..., Any]) -> None:
    page = visit("?edit=8*x3_4*g0.5", locale="zh-CN", viewport={"width": 390, "height": 844}).page
    canvas.ready(page)
    for name in PANELS:
        page.locator(f"#explorer-tabs [data-name={name}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390, name
        assert not any(f"{one}_" in page.locator("#explorer-canvas").inner_text() for one in PANELS)
