"""The player in a real browser: pause, single steps, slow motion, other settings with undo, a moment kept."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_train_watched import PANEL, PATIENCE, await_end, await_frames, choose, open_tab, start

STEP = f"{PANEL}.known().step"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """A training that has drawn something, in view; it is stopped at the end."""
    one = visit(reduced_motion="reduce")
    open_tab(one.page)
    choose(one.page)
    start(one.page)
    await_frames(one.page, 2)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def pause(page: Any) -> int:
    """Pause, and the step at which it rests."""
    page.click("#train-pause")
    expect(page.locator("#train-told")).to_contain_text("Paused at step", timeout=PATIENCE)
    return int(page.evaluate(STEP))


def test_single_steps_of_one_network_say_what_they_did(page: Any) -> None:
    box = page.locator("#train-curves").bounding_box()
    at = pause(page)
    expect(page.locator("#train-pause")).to_have_text("Go on")
    expect(page.locator("#train-status")).to_contain_text("Paused")
    page.wait_for_timeout(700)
    assert page.evaluate(STEP) == at, "it rests"
    told = page.locator("#train-told")
    page.click("#train-step-discriminator")
    expect(told).to_contain_text(f"Step {at + 1}: the discriminator learnt", timeout=PATIENCE)
    expect(told).to_contain_text(re.compile(r"real ones \S+ → \S+, of drawn ones \S+ → \S+\."))
    page.click("#train-step-generator")
    expect(told).to_contain_text(f"Step {at + 2}: the generator learnt", timeout=PATIENCE)
    expect(told).to_contain_text(re.compile(r"Changed most: number \d+(, \d+)*\.|None changed"))
    page.locator("#train-live .timeline input").press("Home")
    moment = page.locator("#train-live .timeline output")
    expect(moment).to_have_text("step 0")
    line = page.locator("#train-curves .moment")
    assert line.get_attribute("hidden") is None
    assert float(line.get_attribute("x1")) < 100  # early in the curves, too
    page.click("#train-step-both")  # from an earlier moment too
    expect(told).to_contain_text(f"Step {at + 3}: both learnt", timeout=PATIENCE)
    expect(moment).to_have_text("as it is now")
    assert line.get_attribute("hidden") is not None
    assert page.locator("#train-curves").bounding_box() == box, "nothing moved"
    page.click("#train-pause")
    page.wait_for_function(f"() => {STEP} > {at + 6}", timeout=PATIENCE)
    expect(page.locator("#train-pause")).to_have_text("Pause")
    page.reload()
    open_tab(page)
    await_frames(page, 1)
    expect(told).to_have_text("")  # of what was done long ago
    pause(page)
    page.click("#train-stop")
    await_end(page)
    expect(told).to_have_text("")
    expect(page.locator("#train-pause")).to_have_text("Pause")


def test_a_step_whose_frame_came_before_the_word_of_it_says_what_it_did(page: Any) -> None:
    at = pause(page)
    held: list[Any] = []
    released: list[bool] = []

    def without_the_word(route: Any) -> None:
        answer = route.fetch()
        news = answer.json()
        held.extend(filter(None, [news["stepped"]]))
        news["stepped"] = held[-1] if held and released else None
        route.fulfill(response=answer, json=news)

    page.evaluate("() => addEventListener('attngan-frame', ({ detail }) => (window.framed = detail.step))")
    page.route("**/attngan/news/**", without_the_word)
    page.click("#train-step-both")
    page.wait_for_function(f"() => window.framed === {at + 1}", timeout=PATIENCE)
    expect(page.locator("#train-told")).not_to_contain_text("Step")
    released.append(True)
    expect(page.locator("#train-told")).to_contain_text(f"Step {at + 1}: both learnt", timeout=PATIENCE)
    page.unroute_all(behavior="wait")


@pytest.mark.parametrize("rests", [True, False])
def test_slow_motion_goes_through_the_parts_of_a_step_in_turn(page: Any, rests: bool) -> None:
    if rests:
        pause(page)
    told = page.locator("#train-told")
    page.click("#train-slow")
    expect(page.locator("#train-status")).to_contain_text("Paused")
    gradient = "3 Gradient: which way must the {}'s"
    for said in ("1 Sample", "2 Score", gradient.format("discriminator"), "the discriminator learnt"):
        expect(told).to_contain_text(said, timeout=PATIENCE)
    for said in ("1 Sample", gradient.format("generator"), "the generator learnt"):
        expect(told).to_contain_text(said, timeout=PATIENCE)
    page.click("#train-slow")
    expect(page.locator("#train-slow")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#train-pause")).to_have_text("Pause")


def test_a_setting_is_changed_while_it_learns_and_the_change_undone(page: Any) -> None:
    page.click("#train-knobs summary")
    slider = page.locator("#train-knob-generator_rate")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("-1")
    changes = page.locator("#train-knobs .changes li")
    expect(changes).to_have_count(1, timeout=PATIENCE)
    expect(changes.first).to_contain_text("Learning rate, generator 0.002 → 0.001")
    changes.first.get_by_role("button", name="Undo").click()
    expect(changes).to_have_count(2, timeout=PATIENCE)
    expect(changes.first).to_contain_text("0.001 → 0.002")
    expect(slider).to_have_value("0")


def test_attention_is_held_at_a_gate_and_learnt_again(page: Any) -> None:
    page.click("#train-knobs summary")
    slider, learnt = page.locator("#train-knob-gate"), page.locator("#train-gate-learnt")
    expect(learnt).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    expect(slider).to_have_value("10")  # a gate begins open, at 1
    box = slider.bounding_box()
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#train-gates")).to_contain_text("0.60", timeout=PATIENCE)
    expect(learnt).to_have_attribute("aria-pressed", "false")
    assert slider.bounding_box() == box, "nothing moved"
    learnt.click()
    changes = page.locator("#train-knobs .changes li")
    expect(changes.first).to_contain_text("gate 0.6 → learnt", timeout=PATIENCE)
    expect(learnt).to_have_attribute("aria-pressed", "true")
    changes.first.get_by_role("button", name="Undo").click()
    expect(changes.first).to_contain_text("gate learnt → 0.6", timeout=PATIENCE)


def test_the_generator_learns_seldom_and_the_change_is_in_steps(page: Any) -> None:
    page.click("#train-knobs summary")
    slider = page.locator("#train-knob-discriminator_steps")
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    newest = page.locator("#train-knobs .changes li").first
    expect(newest).to_contain_text("Steps of D for each of G", timeout=PATIENCE)
    expect(newest).to_contain_text("→ 4")


def test_a_slider_stays_where_it_was_put_until_the_change_is_granted(page: Any) -> None:
    page.click("#train-knobs summary")
    slider = page.locator("#train-knob-discriminator_rate")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#train-knobs .changes li").first).to_contain_text("→ 0.00025", timeout=PATIENCE)
    expect(slider).to_have_value("-3")


def test_the_next_training_of_the_same_page_says_what_its_steps_did(page: Any) -> None:
    page.click("#train-stop")
    await_end(page)
    page.click("#train-start")
    page.wait_for_function(f"() => {PANEL}.known().state === 'running' && {STEP} > 1", timeout=PATIENCE)
    at = pause(page)
    page.click("#train-step-both")
    expect(page.locator("#train-told")).to_contain_text(f"Step {at + 1}: both learnt", timeout=PATIENCE)


def test_a_moment_is_kept_and_a_reload_finds_it_paused(page: Any) -> None:
    at = pause(page)
    page.click("#train-mark")
    expect(page.locator("#train-told")).to_have_text(f"Kept: step {at}.", timeout=PATIENCE)
    page.reload()
    open_tab(page)
    expect(page.locator("#train-pause")).to_have_text("Go on", timeout=PATIENCE)
    page.click("#train-pause")
    page.wait_for_function(f"() => {STEP} > {at + 1}", timeout=PATIENCE)
