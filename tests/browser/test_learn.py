"""The doors: one stage, to which Learn's stops, a training and an address lead."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from attngan.explain import edits
from attngan.model import checkpoints, judging, sampling
from demo import shelf
from demo.shell.stops import stops_of
from tests.browser import canvas
from tests.browser.serving import STEPS


@pytest.mark.parametrize("width", [1280, 390])
def test_the_stops_lead_over_the_stage_and_end_at_a_training(visit: Callable[..., Any], width: int) -> None:
    page = visit("?door=learn", viewport={"width": width, "height": 800}, reduced_motion="reduce").page
    canvas.ready(page)
    stops = page.locator("#learn-stops ol button")
    titles = []
    for index in range(stops.count()):
        expect(stops.nth(index)).to_have_attribute("aria-current", "step")
        titles.append(page.inner_text("#learn-stops h2"))
        expect(page.locator("#learn-stops .stop p")).to_be_in_viewport(ratio=1)
        expect(page.locator("#explorer-canvas .inspector[data-open]"), "no sheet over it").to_have_count(0)
        if width == 1280:
            expect(page.locator("#explorer-timeline")).to_be_in_viewport(ratio=1)
        page.locator("#learn-stops .next").click()
    assert len(set(titles)) == len(titles) >= 6
    expect(page.locator("#door-train")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#train-start")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_stop_brings_the_stage_to_its_view(visit: Callable[..., Any], models: Path) -> None:
    page = visit("?door=learn", reduced_motion="reduce").page
    canvas.ready(page)
    # the view from before the stop came has an address like it, but a point
    page.wait_for_function(f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.point === null }}")
    page.wait_for_function("() => location.search.includes('mode=looks')")
    assert canvas.view(page)["pin"] is None
    assert canvas.view(page)["point"] is None, "a map is not shown before it is explained"
    page.get_by_role("button", name="The question turned round").click()
    page.wait_for_function("() => location.search.includes('mode=seen')")
    assert canvas.view(page)["pin"] is not None
    page.get_by_role("button", name="Does it use what it sees?").click()
    page.wait_for_selector("#explorer-edit:visible")
    page.wait_for_function("() => location.search.includes('*g0')")
    assert canvas.view(page)["pin"] is None, "a pin would show the map of what is switched off"
    model = checkpoints.load(models / "faces")
    closed = edits.without_attention(model.generator).on(model.generator)
    (judged,) = judging.judge(model, sampling.sample(model, [0], edits=closed).images)
    expect(page.locator("#explorer-word")).to_contain_text(f"{judged.logit:.2f}")
    page.get_by_role("button", name="Where did it look?").click()
    page.wait_for_function("() => !location.search.includes('*g0') && location.search.includes('mode=looks')")


def test_a_stop_keeps_nothing_of_what_was_compared_or_scaled_before(visit: Callable[..., Any]) -> None:
    page = visit("?truncation=0.3&compare=signs", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#explorer-other").wait_for()
    page.locator("#door-learn").click()
    page.get_by_role("button", name="It had to be learnt").click()
    page.wait_for_function(f"() => location.search.includes('step={STEPS[0]}')")
    expect(page.locator("#explorer-timeline")).to_be_visible()
    expect(page.locator("#explorer-other")).to_be_hidden()
    expect(page.locator("#explorer-discriminator")).to_be_visible()
    assert not {"truncation", "compare"} & set(parse_qs(urlsplit(page.url).query))
    page.get_by_role("button", name="Two heads").click()
    page.wait_for_function("() => location.search.includes('head=1') && !location.search.includes('step=')")


def test_of_stops_that_are_pressed_fast_the_last_is_shown(visit: Callable[..., Any]) -> None:
    page = visit("?door=learn", reduced_motion="reduce").page
    page.wait_for_function("() => location.search.includes('head=mean')")
    page.locator("#learn-stops ol").evaluate(
        "(one) => [1, 3, 2].forEach((at) => one.children[at].firstChild.click())"
    )
    expect(page.locator("#learn-stops h2")).to_have_text("Two heads, two questions")
    page.wait_for_function("() => location.search.includes('head=1')")


def test_learning_is_shown_from_its_first_moment_on() -> None:
    (time,) = [one for one in stops_of(shelf.take("digits")) if one["name"] == "time"]
    assert time["query"].endswith(f"&step={shelf.steps_of('digits')[0]}")


def test_the_address_opens_a_door_and_a_browser_comes_back_to_its_last(visit: Callable[..., Any]) -> None:
    one = visit("?door=learn", reduced_motion="reduce")
    third = one.page.locator("#learn-stops ol button").nth(2)
    third.click()
    other = one.context.new_page()
    other.goto(one.address + "?door=train")
    expect(other.locator("#door-train")).to_have_attribute("aria-selected", "true")
    other.close()
    one.page.reload()
    expect(third).to_have_attribute("aria-current", "step")
    one.page.click("#door-train")
    expect(one.page.locator("#door-train")).to_have_attribute("aria-selected", "true")
    one.page.goto(one.address)
    expect(one.page.locator("#train-start")).to_be_visible()
    one.page.goto(one.address + "?seed=3")
    canvas.ready(one.page)
    expect(one.page.locator("#door-explore")).to_have_attribute("aria-selected", "true")


def test_the_doors_are_walked_by_arrows(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#door-explore").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#door-learn")).to_be_focused()
    expect(page.locator("#learn-stops h2")).to_be_visible()
