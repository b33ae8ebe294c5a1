"""Every view of the page, for what must hold in all of them: modes, panels, what unfolds there, and doors."""

from collections.abc import Iterator
from typing import Any

ADDRESS = "?pixel=4,8&edit=8*x3_4*g0.5"  # pinned and edited, so that everything is offered
DOORS = ("explore", "learn", "train")


def walk(page: Any) -> Iterator[str]:
    """Goes from view to view as a person does, and says where it is; the page has opened at ADDRESS."""
    page.locator("#explorer-tabs [aria-selected=true]").click()  # on a phone, the sheet goes down
    for mode in page.locator("#explorer-mode label").all():
        mode.click()
        yield f"mode {mode.inner_text()}"
    page.locator("#explorer-mode label").first.click()
    page.locator("#explorer-arithmetic summary").click()
    page.wait_for_selector("#explorer-arithmetic table")
    yield "arithmetic"
    tabs = page.locator("#explorer-tabs button").all()
    for tab in tabs[1:] + tabs[:1]:
        tab.click()
        panel = page.locator(f"#explorer-canvas .panel[data-panel={tab.get_attribute('data-name')}]")
        for summary in panel.locator("summary").all():
            summary.click()
        yield f"panel {tab.inner_text()}"
    for door in DOORS:
        open_door(page, door)
        yield f"door {door}"


def open_door(page: Any, door: str) -> None:
    page.locator(f"#door-{door}").click()
    page.wait_for_function("(door) => document.body.dataset.door === door", arg=door)
    page.wait_for_selector("#train-start:visible" if door == "train" else "#explorer-picture:visible")
