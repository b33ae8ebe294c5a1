"""The glossary in the real page: terms are told with an example to pointer, keyboard and finger."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from demo import words
from demo.words import glossary
from tests.browser import canvas

MARKED = ":is([data-explain^='term_'], a[href^='#term_']):visible"
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
TOLD = "[role=tooltip]:popover-open"


def arrive(visit: Callable[..., Any], door: str, **settings: Any) -> Any:
    """The page at a door, once its terms are there."""
    page = visit(f"?door={door}", reduced_motion="reduce", **settings).page
    if door != "train":
        canvas.ready(page)
    place = {"learn": "#learn-stops .stop", "train": "#train-form", "explore": "#explorer-canvas"}[door]
    page.locator(f"{place} {MARKED}").first.wait_for()
    return page


def key_of(term: Any) -> str:
    return str(term.get_attribute("data-explain") or term.get_attribute("href").removeprefix("#"))


def assert_told(page: Any, term: Any, language: str = "en") -> None:
    """That exactly one tooltip tells this term, wholly on the screen, and not over it."""
    name = key_of(term).removeprefix("term_")
    entry = glossary.TERMS[language][name]
    tip = page.locator(TOLD)
    expect(tip).to_have_count(1)
    expect(tip.locator(".name")).to_have_text(entry.name)
    expect(tip.locator(".means")).to_have_text(entry.means)
    assert tip.locator(".example .cell").count() == entry.example.count("[") >= 2
    expect(term).to_have_attribute("aria-describedby", tip.get_attribute("id"))
    told, own = tip.bounding_box(), term.bounding_box()
    size = page.viewport_size
    assert told["x"] >= 0
    assert told["x"] + told["width"] <= size["width"]
    assert told["y"] >= 0
    assert told["y"] + told["height"] <= size["height"]
    assert told["y"] >= own["y"] + own["height"] or told["y"] + told["height"] <= own["y"], "beside it"


@pytest.mark.parametrize("door", ["learn", "train", "explore"])
def test_every_term_of_a_door_is_told_to_pointer_and_keyboard(visit: Callable[..., Any], door: str) -> None:
    page = arrive(visit, door)
    terms = page.locator(MARKED).all()
    assert len(terms) >= 4
    for term in terms:
        term.focus()
        assert_told(page, term)
        page.keyboard.press("Escape")
        expect(page.locator(TOLD)).to_have_count(0)
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    for term in terms:
        term.hover()
        assert_told(page, term)
    page.keyboard.press("Escape")
    expect(page.locator(TOLD)).to_have_count(0)


@pytest.mark.parametrize("door", ["learn", "train", "explore"])
def test_every_term_of_a_door_is_told_to_a_finger(visit: Callable[..., Any], door: str) -> None:
    page = arrive(visit, door, locale="zh-CN", **PHONE)
    for term in page.locator(MARKED).all():
        term.scroll_into_view_if_needed()
        term.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        term.tap()
        assert_told(page, term, "zh-CN")
        page.locator(TOLD).tap()
        expect(page.locator(TOLD)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("location.hash") == "", "a link of gradio's leads nowhere"


def test_a_finger_that_hits_beside_a_term_means_the_nearest(visit: Callable[..., Any]) -> None:
    page = arrive(visit, "learn", **PHONE)
    term = page.locator(f"#learn-stops .stop {MARKED}").first
    box = term.bounding_box()
    line = page.locator("#learn-stops .stop p").evaluate("(one) => one.getBoundingClientRect().height")
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 16)
    assert_told(page, term)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] - 60)
    assert (
        page.locator("#learn-stops .stop p").evaluate("(one) => one.getBoundingClientRect().height") == line
    )


def test_every_stop_marks_what_it_speaks_of(visit: Callable[..., Any]) -> None:
    page = arrive(visit, "learn")
    buttons = page.locator("#learn-stops ol button").all()
    marked = set()
    for button in buttons:
        button.click()
        marked |= {key_of(term) for term in page.locator(f"#learn-stops .stop {MARKED}").all()}
    assert {"term_generator", "term_attention", "term_head", "term_ablation", "term_discriminator"} <= marked


def test_what_is_told_can_be_pointed_at_and_stays(visit: Callable[..., Any]) -> None:
    page = arrive(visit, "explore")
    page.locator(f"#explorer-layer {MARKED}").hover()
    box = page.locator(TOLD).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=5)
    page.wait_for_timeout(400)
    expect(page.locator(TOLD)).to_have_count(1)
    moves = page.locator(TOLD).evaluate("(one) => getComputedStyle(one).transitionDuration")
    assert moves == "0s", "whoever wants less motion sees none"
    page.mouse.move(640, 790)
    expect(page.locator(TOLD)).to_have_count(0)


def test_the_label_of_a_slider_is_still_its_name(visit: Callable[..., Any]) -> None:
    page = arrive(visit, "explore")
    page.locator("#explorer-tabs [data-name=wander]").click()
    expect(page.get_by_role("slider", name="Truncation")).to_have_id("explorer-truncation")
    page.locator("#explorer-mode").get_by_text("Flow").click()
    expect(page.get_by_role("slider", name="Strongest links")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_all_words_can_be_read_in_one_place(visit: Callable[..., Any], width: int) -> None:
    page = arrive(visit, "learn", viewport={"width": width, "height": 800})
    listed = page.locator("#learn-words dl > div")
    expect(listed.first).to_be_hidden()
    page.locator("#learn-words summary").click()
    expect(listed).to_have_count(len(glossary.KEYS))
    said = words.merged(words.LEARN)["en"]
    for one, key in zip(listed.all(), glossary.KEYS, strict=True):
        expect(one.locator("dt")).to_have_text(said[f"{key}_name"])
        expect(one.locator("dd")).to_contain_text(said[key])
        assert one.locator(".cell").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#learn-words dl").evaluate("(one) => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_glossary(visit: Callable[..., Any], theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"?door=learn&__theme={theme}", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#learn-words summary").click()
    page.locator(f"#learn-stops .stop {MARKED}").first.focus()
    found = Axe().run(page, context="#learn-stops").response
    assert found["passes"]
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []
