"""In every door, mode and panel nothing jumps, overflows, is too small to touch or shuts people out."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import canvas
from tests.browser.views import ADDRESS, DOORS, open_door, walk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABLET = PHONE | {"viewport": {"width": 1180, "height": 820}}
WIDTHS = (360, 412, 600, 641, 768, 900, 981, 1024, 1200, 1366, 1680, 1920, 2560)
MOST_SHIFT = 0.05  # cumulative layout shift

WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      const what = one.sources.map(({ node }) => node?.id || node?.className);
      if (!one.hadRecentInput) window.shifts.push([one.value, what]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""
SETTLE = 700  # ms: what comes later than half a second after a press is a shift of the page's own


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_jumps(visit: Callable[..., Any], settings: dict[str, Any]) -> None:
    page = visit(ADDRESS, **settings).page
    page.evaluate(WATCH_SHIFTS)
    canvas.ready(page)
    for where in walk(page):
        page.wait_for_timeout(SETTLE)
        expect_no_shift(page, where)
    open_door(page, "explore")
    page.locator("#explorer-model label", has_text="signs").click()
    page.wait_for_selector("#explorer-grid [title='Sample 2, seed 1, cross']")
    page.wait_for_timeout(SETTLE)
    expect_no_shift(page, "another model")
    page.reload()
    page.evaluate(WATCH_SHIFTS)
    canvas.ready(page)
    page.wait_for_timeout(SETTLE)
    expect_no_shift(page, "loaded again")


def expect_no_shift(page: Any, where: str) -> None:
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) <= MOST_SHIFT, (where, shifts)


# What can be pressed, and how large it is with the area around it that takes presses too.
TOO_SMALL = """() => {
  const [smallest, found] = [39.5, []];
  const size = (one) => {
    const box = one.getBoundingClientRect();
    const more = getComputedStyle(one, "::after");
    const drawn = more.content !== "none" && more.position === "absolute";
    const [wide, tall] = drawn ? [parseFloat(more.width), parseFloat(more.height)] : [0, 0];
    return [Math.max(box.width, wide), Math.max(box.height, tall)];
  };
  const pressed = "button, select, summary, a, input, textarea, [role=tab], [role=option]";
  for (const one of document.querySelectorAll(pressed)) {
    const target = one.matches("input") ? one.closest("label") ?? one : one;
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    if (one.matches(".term:not(.why), a[href^='#']")) continue; // words of a text
    if (one.closest("[inert], [aria-hidden=true]") || getComputedStyle(one).clipPath !== "none") continue;
    const [width, height] = size(target);
    if (!width || !height) continue;
    if (Math.min(width, height) < smallest) {
      const name = target.id || target.className || target.textContent.trim();
      found.push(`${name} ${width.toFixed(0)} x ${height.toFixed(0)}`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize(
    ("settings", "language"), [(PHONE, "zh-CN"), (TABLET, "en-US")], ids=["phone", "tablet"]
)
def test_a_finger_finds_everything(visit: Callable[..., Any], settings: Any, language: str) -> None:
    page = visit(ADDRESS, locale=language, reduced_motion="reduce", **settings).page
    canvas.ready(page)
    for where in walk(page):
        assert (where, page.evaluate(TOO_SMALL)) == (where, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= settings["viewport"]["width"], where


def test_no_width_scrolls_sideways(visit: Callable[..., Any]) -> None:
    page = visit(ADDRESS, reduced_motion="reduce").page
    canvas.ready(page)
    for door in DOORS:
        page.set_viewport_size({"width": 1280, "height": 800})
        open_door(page, door)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            canvas.settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (door, width)


@pytest.mark.parametrize("width", [1280, 1600])
def test_time_is_in_sight_without_scrolling(visit: Callable[..., Any], width: int) -> None:
    page = visit(viewport={"width": width, "height": 800}, reduced_motion="reduce").page
    canvas.ready(page)
    box = page.locator("#explorer-timeline").bounding_box()
    assert box["y"] + box["height"] <= 800


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(visit: Callable[..., Any], theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"{ADDRESS}&__theme={theme}", reduced_motion="reduce").page
    canvas.ready(page)
    axe = Axe()
    for where in walk(page):
        found = axe.run(page).response
        assert found["passes"]
        wrong = [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found["violations"]]
        assert (where, wrong) == (where, [])


# Everything that can be used; radio buttons, tabs and options of one group count as one.
USABLE = """() => [...document.querySelectorAll(
    "button, select, summary, a[href], input, textarea, [role=tab], [role=option], [tabindex='0']")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
  .filter((one) => !one.closest("[inert], [aria-hidden=true]"))
  .filter((one) => one.type !== "file" && one.getBoundingClientRect().width > 0)"""
MOST_TABS = 300
NAME = """(one) => {
  const group = one.closest("[role=tablist], [role=radiogroup], [role=listbox]");
  if (group && one.matches("[role=tab], [type=radio], [role=option]")) {
    return group.id || group.getAttribute("aria-label") || group.className;
  }
  if (one.type === "radio") return `radio ${one.name}`;
  const label = one.getAttribute("aria-label") || one.title || one.textContent.trim();
  return one.id || label || one.outerHTML.slice(0, 80);
}"""


def test_the_keyboard_reaches_everything(visit: Callable[..., Any]) -> None:
    page = visit(ADDRESS, reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#door-explore").focus()
    for _ in range(page.locator("#explorer-tabs button").count()):
        expect_all_reached(page)
        page.locator("#explorer-tabs [aria-selected=true]").focus()
        page.keyboard.press("ArrowRight")
    page.locator("#door-explore").focus()
    for _ in DOORS[1:]:
        page.keyboard.press("ArrowLeft")
        canvas.settle(page)
        expect_all_reached(page)
        page.locator("nav [aria-selected=true]").focus()


def expect_all_reached(page: Any) -> None:
    """The key Tab alone, from the beginning of the page on, comes to everything that can be used."""
    page.evaluate("() => { document.activeElement.blur(); window.getSelection().removeAllRanges(); }")
    reached: set[str] = set()
    missing: set[str] = set()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here, usable = page.evaluate(f"() => [({NAME})(document.activeElement), ({USABLE})().map({NAME})]")
        reached.add(here)
        missing = set(usable) - reached  # of what is there now: more may have come meanwhile
        if not missing:
            return
    assert missing == set()


MOVING = """() => [
  ...document.getAnimations().map((one) => one.animationName ?? one.transitionProperty),
  ...[...document.querySelectorAll(".gradio-container, .gradio-container *")].filter((one) => {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
    return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth";
  }).map((one) => one.id || one.className),
]"""


def test_nothing_moves_for_those_who_want_no_motion(visit: Callable[..., Any]) -> None:
    page = visit(ADDRESS.replace("pixel=4,8&", ""), reduced_motion="reduce").page
    canvas.ready(page)
    before = canvas.view(page)["point"]
    page.wait_for_timeout(600)  # more than two steps of the cell that wanders for others
    assert canvas.view(page)["point"] == before
    for door in DOORS:
        open_door(page, door)
        assert (door, page.evaluate(MOVING)) == (door, [])
