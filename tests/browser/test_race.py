"""Trainings beside each other in a real browser: a race and what it allows to say, a branch and its tree."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_train_watched import PANEL, PATIENCE, await_end, await_frames, choose, open_tab, start

RIVAL = "#train-live-other"
# In how many bytes the last frames of the two in a race differ.
DIFFERENT = f"""async () => {{
  const own = localStorage.getItem("attngan-train");
  const {{ relatives }} = await (await fetch(`gradio_api/attngan/family/${{own}}`)).json();
  const bytes = await Promise.all(relatives.map(async ({{ run }}) => {{
    const answer = await fetch(`gradio_api/attngan/step/run-${{run}}/${{{PANEL}.known().frame}}`);
    return new Uint8Array(await answer.arrayBuffer());
  }}));
  const [one, other] = bytes;
  return one.filter((byte, place) => byte !== other[place]).length + Math.abs(one.length - other.length);
}}"""


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """The page with its Train tab open; at the end no training runs on."""
    one = visit(reduced_motion="reduce")
    open_tab(one.page)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def figures(page: Any) -> dict[str, list[str]]:
    """The rows of the table, by their names."""
    rows = page.locator("#train-beside tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}


def test_a_race_against_itself_ends_in_a_draw_and_claims_nothing(page: Any) -> None:
    page.locator("#train-rivals > button").click()
    page.locator("#train-rival input").click()
    page.get_by_role("option", name="Itself: both stay equal to the bit").click()
    choose(page, 6)  # afterwards: each change has the rivals told anew, with the one chosen when it was asked
    page.click("#train-race")
    expect(page.locator(RIVAL)).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#train-family .tree li")).to_have_count(2)
    expect(page.locator("#train-family .side")).to_have_attribute("aria-pressed", "true")
    for step in ("#train-step-both", "#train-slow"):  # each takes its turn
        expect(page.locator(step)).to_be_disabled()
        expect(page.locator(step)).to_have_attribute("title", re.compile("for a training alone"))
    await_end(page)
    expect(page.locator("#train-verdict")).to_contain_text(
        ": 0.000 in equal time, 0.000 in equal steps", timeout=PATIENCE
    )
    expect(page.locator("#train-verdict")).to_contain_text("One seed is an anecdote")
    expect(page.locator("#train-again")).to_be_visible()
    found = figures(page)
    assert {"steps", "seconds", "KD \u2193"} <= found.keys()
    for name, (mine, other) in found.items():
        assert mine == other or name == "Pictures per second", name
    assert page.evaluate(DIFFERENT) == 0, "the last frames are equal to the bit"
    page.locator("#train-beside").get_by_role("button", name="Equal steps").click()
    expect(page.locator("#train-beside .aligned [data-name=steps]")).to_have_attribute("aria-pressed", "true")
    side = page.locator("#train-family .side")
    side.focus()
    page.keyboard.press("Enter")
    expect(page.locator(RIVAL)).to_be_hidden()
    expect(page.locator("#train-beside")).to_be_hidden()
    expect(side).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(RIVAL)).to_be_visible()
    start(page)
    page.wait_for_function(f"() => {PANEL}.known().state === 'running'", timeout=PATIENCE)
    expect(page.locator(RIVAL)).to_be_hidden()  # it does not race the new one
    expect(page.locator("#train-beside")).to_be_hidden()
    expect(page.locator("#train-step-both")).to_be_enabled()


def test_a_race_without_a_verdict_says_why(page: Any) -> None:
    choose(page)
    page.locator("#train-rivals > button").click()
    page.click("#train-race")
    expect(page.locator(RIVAL)).to_be_visible(timeout=PATIENCE)
    page.click("#train-stop")
    await_end(page)
    verdict = page.locator("#train-verdict")
    expect(verdict).to_contain_text("a race counts where both finish", timeout=PATIENCE)

    def measured_too_little(route: Any) -> None:
        heats = route.fetch().json()["heats"]
        route.fulfill(json={"heats": [heat | {"counts": True} for heat in heats], "told": None})

    page.route("**/attngan/race/*", measured_too_little)
    page.reload()
    expect(verdict).to_contain_text("too little was measured to compare the two", timeout=PATIENCE)


def test_a_branch_begins_at_a_kept_moment_with_the_knobs_as_they_stand(page: Any) -> None:
    choose(page)
    start(page)
    await_frames(page, 2)
    page.click("#train-mark")
    mark = page.locator("#train-family .mark")
    expect(mark).to_contain_text("Branch from step", timeout=PATIENCE)
    page.click("#train-stop")
    await_end(page)
    before = page.evaluate(f"() => {PANEL}.known().name")
    page.click("#train-knobs summary")
    slider = page.locator("#train-knob-generator_rate")
    expect(slider).to_be_enabled()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.click("#train-gate-learnt")
    expect(slider).to_have_value("-1")
    page.keyboard.press("Escape")
    expect(slider).to_be_hidden()
    page.fill("#train-more input", "5")
    page.locator("#train-more input").blur()
    mark.click()
    page.wait_for_function(
        f"(name) => {PANEL}.known().name?.startsWith(name + ', from step')", arg=before, timeout=PATIENCE
    )
    tree = page.locator("#train-family .tree li")
    expect(tree).to_have_count(2)
    expect(tree.nth(1)).to_have_attribute("aria-current", "true")
    expect(tree.nth(1)).to_contain_text("Learning rate, generator 0.001")
    expect(tree.nth(1)).not_to_contain_text("null")
    await_end(page)
    assert page.evaluate(f"() => {PANEL}.known().state") == "finished"
    tree.nth(0).get_by_role("button", name="Beside it").click()
    expect(page.locator(RIVAL)).to_be_visible(timeout=PATIENCE)
    tree.nth(0).get_by_role("button", name=before).click()
    page.wait_for_function(f"(name) => {PANEL}.known().name === name", arg=before, timeout=PATIENCE)
    expect(tree.nth(0)).to_have_attribute("aria-current", "true")
