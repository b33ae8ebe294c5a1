"""What the page says of a training in a real browser: advice, a lesson, and what a busy machine cost."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_train_watched import PANEL, PATIENCE, await_end, choose, open_tab, start


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """The page with its Train tab open; at the end no training runs on."""
    one = visit(reduced_motion="reduce")
    open_tab(one.page)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def test_a_training_is_made_to_collapse_and_what_the_guard_does_is_told(page: Any) -> None:
    page.fill("#train-seconds input", "1200")  # whose first half even a busy machine spends on enough steps
    page.locator("#train-seconds input").blur()
    start(page)
    advice, told = page.locator("#train-advice"), page.locator("#train-told")
    box = page.locator("#train-curves").bounding_box()
    expect(advice).to_contain_text(
        re.compile("First seconds|normal in the first ten seconds|machine is busy"), timeout=PATIENCE
    )
    page.click("#train-lesson summary")
    press = page.locator("#train-collapse")
    expect(press).to_be_enabled(timeout=3 * PATIENCE)
    press.click()
    expect(page.locator("#train-lesson")).not_to_have_attribute("open", "")
    expect(told).to_contain_text("within 40 steps", timeout=PATIENCE)
    expect(advice).to_be_hidden()
    page.click("#train-knobs summary")
    changes = page.locator("#train-knobs .changes li")
    expect(changes).to_have_count(2, timeout=PATIENCE)
    expect(changes.nth(1)).to_contain_text("Learning rate, discriminator 0.002 → 0.016")
    expect(changes.nth(0)).to_contain_text("Gradient penalty 3 → 0")
    outcome = page.locator("#train-lesson-told")
    expect(outcome).to_contain_text("the guard stepped in", timeout=3 * PATIENCE)
    expect(outcome).to_contain_text(re.compile(r"Back to step \d+, now with: .*Gradient penalty 1"))
    expect(page.locator("#train-remark")).to_contain_text("went wrong")
    assert page.locator("#train-curves").bounding_box() == box, "nothing moved"


def test_the_time_that_a_busy_machine_cost_is_offered_when_it_ends(page: Any) -> None:
    """The news are those of a training that other programs left a quarter of the processor."""

    def slowed(route: Any) -> None:
        answer = route.fetch()
        if answer.status != 200:
            return route.fulfill(response=answer)
        news = answer.json()
        shares = [[seconds, 0.25] for seconds, _ in news["shares"]]
        return route.fulfill(response=answer, json=news | {"shares": shares})

    page.route("**/attngan/news/**", slowed)
    choose(page, 20)
    start(page)
    expect(page.locator("#train-advice")).to_contain_text("gets about 25%", timeout=PATIENCE)
    await_end(page)
    expect(page.locator("#train-advice")).to_contain_text("Train longer is set to 15 sec", timeout=PATIENCE)
    expect(page.locator("#train-more input")).to_have_value("15")
    assert page.evaluate(f"() => {PANEL}.known().state") == "finished"
