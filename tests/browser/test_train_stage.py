"""What the stage of Train shows while a network learns, and that nothing jumps, lies or is said twice."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from attngan import events
from tests.browser.serving import make_run
from tests.browser.test_own_pictures import pictures
from tests.browser.test_train_watched import (
    ENDED,
    PATIENCE,
    STATE,
    await_end,
    await_frames,
    choose,
    start,
)

SCORES, TIME = "#train-live-scored", "#train-live-timeline"
PICTURES = "#train-reals-picture[src]"
MOST_SHIFT = 0.05
# The least distance between a button's words and the button's edges, in pixels.
ROOM = """(button) => {
  const words = document.createRange();
  words.selectNodeContents(button);
  const [inner, outer] = [words, button].map((one) => one.getBoundingClientRect());
  const beside = Math.min(inner.left - outer.left, outer.right - inner.right);
  return Math.min(beside, inner.top - outer.top, outer.bottom - inner.bottom);
}"""
# Sums up what moves without anybody having pressed anything just before.
WATCH = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


def shift(page: Any) -> float:
    """How far the layout has shifted since the last question."""
    moved = page.evaluate("() => { const moved = window.shifted; window.shifted = 0; return moved; }")
    return float(moved)


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """The Train tab at the width of a small laptop; at the end no training runs on."""
    one = visit("?door=train", reduced_motion="reduce")
    one.page.wait_for_selector(PICTURES, timeout=PATIENCE)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def in_sight(page: Any, selector: str) -> bool:
    """Whether all of an element is seen without scrolling."""
    box = page.locator(selector).bounding_box()
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"])


def step_shown(page: Any) -> str:
    return str(page.locator(f"{TIME} output").inner_text())


def test_the_discriminator_s_scores_come_with_every_frame_and_follow_in_time(page: Any) -> None:
    choose(page)
    start(page)
    await_frames(page, 2)
    said = page.locator(f"{SCORES} .word")
    expect(said).to_have_text(re.compile(r"^It gives this picture -?\d+\.\d\d\. In \d+% of all pairs"))
    assert page.locator(f"{SCORES} i.made").count() == page.locator(f"{SCORES} i.real").count() == 16
    assert in_sight(page, SCORES)
    first = said.inner_text()
    page.locator("#train-live-grid button").nth(3).click()
    expect(said).not_to_have_text(first)

    slider, newest = page.locator(f"{TIME} input"), said.inner_text()
    slider.press("Home")
    expect(page.locator(f"{TIME} output")).to_have_text("step 0")
    page.wait_for_function(  # its frame has come, too
        "() => [...document.querySelectorAll('#train-live *, #train-live')]"
        ".find((one) => one.attentionCanvas).attentionCanvas.view.frame.header.step === 0"
    )
    expect(said).not_to_have_text(newest)
    then = said.inner_text()
    longest = int(slider.get_attribute("max"))
    page.wait_for_function(
        f"() => Number(document.querySelector('{TIME} input').max) > {longest}", timeout=PATIENCE
    )
    assert step_shown(page) == "step 0", "the moment that was chosen stays in view"
    assert said.inner_text() == then
    slider.press("End")
    expect(page.locator(f"{TIME} output")).to_have_text("as it is now")
    expect(said).not_to_have_text(then)


def test_what_a_training_needs_is_in_sight_on_a_small_laptop_and_on_a_phone(page: Any) -> None:
    choose(page)
    start(page)
    await_frames(page, 1)
    for selector in ("#train-start", "#train-stop", "#train-status", TIME, "#train-live-grid"):
        assert in_sight(page, selector), selector
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("() => scrollTo(0, 0)")
    for selector in ("#train-pause", "#train-stop", "#train-status", "#train-live-picture"):
        assert in_sight(page, selector), f"{selector} on a phone"


@pytest.mark.parametrize("far", [0, 300, 10**6])
def test_on_a_phone_what_begins_is_in_sight_from_wherever_start_was_pressed(
    visit: Callable[..., Any], far: int
) -> None:
    page = visit("?door=train", reduced_motion="reduce", viewport={"width": 390, "height": 844}).page
    page.wait_for_selector(PICTURES, timeout=PATIENCE)
    choose(page, 120)
    page.evaluate("(far) => scrollTo(0, far)", far)
    start(page)
    await_frames(page, 1)
    for selector in ("#train-status", "#train-live-picture", "#train-pause"):
        assert in_sight(page, selector), selector
    page.click("#train-stop")
    await_end(page)


def at_the_foot(page: Any, *buttons: str) -> None:
    """These stand side by side at the foot of any phone's screen, each with room for its words."""
    for width in (390, 360, 320):
        page.set_viewport_size({"width": width, "height": 844})
        places = [page.locator(f"#train-{one}") for one in buttons]
        boxes = [place.bounding_box() for place in places]
        ends = [0, *(box["x"] + box["width"] for box in boxes)]
        assert all(end <= box["x"] for end, box in zip(ends, [*boxes, {"x": width}], strict=True)), width
        assert all(box["y"] > 770 and box["y"] + box["height"] <= 844 for box in boxes), width
        rooms = {one: place.evaluate(ROOM) for one, place in zip(buttons, places, strict=True)}
        assert min(rooms.values()) >= 3, (width, rooms)


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_on_a_phone_what_follows_a_training_is_at_the_foot_of_the_screen(
    visit: Callable[..., Any], runs: Path, locale: str
) -> None:
    run = make_run(runs, events.Finished(step=3, seconds=2, reason="budget"))
    page = visit(reduced_motion="reduce", locale=locale, viewport={"width": 390, "height": 844}).page
    page.evaluate(f"() => localStorage.setItem('attngan-train', '{run}')")
    page.goto(page.url.split("?")[0] + "?door=train")
    page.wait_for_selector("#train-explore:enabled", timeout=PATIENCE)
    assert page.locator("#train-panel .panel").get_attribute("data-state") == "finished"
    at_the_foot(page, "start", "stop", "explore")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_signs_of_copy_and_race_stand_inside_their_boxes(visit: Callable[..., Any], width: int) -> None:
    page = visit("?door=train", reduced_motion="reduce", viewport={"width": width, "height": 844}).page
    page.wait_for_selector(PICTURES, timeout=PATIENCE)
    for outer, inner in (("#train-command textarea", "#train-command button svg"), (".label-wrap", ".icon")):
        box, sign = (page.locator(f"#train-form {one}").first.bounding_box() for one in (outer, inner))
        assert box["y"] <= sign["y"], inner
        assert sign["y"] + sign["height"] <= box["y"] + box["height"], inner
        assert sign["x"] < box["x"] + box["width"] - sign["width"] / 2, inner
    lines = "(one) => one.scrollHeight <= one.offsetHeight"
    assert page.locator("#train-command textarea").evaluate(lines), "the usual command is seen whole"


@pytest.mark.parametrize(("locale", "said"), [("en-US", "Go on"), ("zh-CN", "从中断处继续")])
def test_on_a_phone_an_interrupted_training_goes_on_from_the_foot_of_the_screen(
    visit: Callable[..., Any], runs: Path, locale: str, said: str
) -> None:
    steps = [  # on a busy machine, and no end
        events.StepDone(
            step=step, seconds=seconds, progress=seconds / 60, images=64 * step, images_per_second=64,
            generator_loss=0.5, discriminator_loss=0.5, processor=0.4,
        )
        for step, seconds in ((1, 1), (15, 15))
    ]  # fmt: skip
    run = make_run(runs, *steps)
    page = visit(reduced_motion="reduce", locale=locale, viewport={"width": 390, "height": 844}).page
    page.evaluate(f"() => localStorage.setItem('attngan-train', '{run}')")
    page.goto(page.url.split("?")[0] + "?door=train")
    expect(page.locator("#train-longer")).to_have_text(said, timeout=PATIENCE)
    at_the_foot(page, "start", "longer", "explore")
    expect(page.locator("#train-left")).to_have_text(re.compile("^45 ?(sec|秒)$"))
    expect(page.locator("#train-advice"), "it goes on with what is left, no more").to_have_text("")


def test_nothing_moves_while_one_comes_starts_watches_reloads_and_it_ends(visit: Callable[..., Any]) -> None:
    one = visit("?door=train", reduced_motion="reduce")
    page = one.page
    page.wait_for_selector(PICTURES, timeout=PATIENCE)
    one.context.add_init_script(f"({WATCH})()")
    page.reload()
    page.wait_for_selector(PICTURES, timeout=PATIENCE)
    assert shift(page) <= MOST_SHIFT, "fresh"
    choose(page, 12)
    start(page)
    await_frames(page, 2)
    assert shift(page) <= MOST_SHIFT, "live"
    page.reload()
    await_frames(page, 1)
    assert shift(page) <= MOST_SHIFT, "loaded again"
    assert await_end(page) == "finished"
    page.wait_for_selector("#train-longer:enabled")
    assert shift(page) <= MOST_SHIFT, "at its end"


def test_when_the_time_is_used_up_the_page_says_what_is_done_then(page: Any) -> None:
    page.evaluate(
        """() => {
          window.said = [];
          setInterval(() => {
            const text = (one) => document.querySelector(one).textContent;
            const now = [text("#train-status"), text("#training-chip")];
            if (now.join() !== window.said.at(-1)?.join()) window.said.push(now);
          }, 20);
        }"""
    )
    choose(page, 5)
    start(page)
    assert await_end(page) == "finished"
    said = [line for line in page.evaluate("() => window.said") if "Measuring" in line[1]]
    assert said
    assert said[0][0] == "Training time is used up: the model is being measured and saved."
    assert "Training: 0 sec left" not in [chip for _, chip in page.evaluate("() => window.said")]


@pytest.mark.parametrize(
    ("locale", "told", "chip"),
    [
        (
            "en-US",
            r"number 1 in the queue, about [1-9]\d* (sec|min) to wait",
            r"Number 1 in line: [1-9]\d* (sec|min)",
        ),
        ("zh-CN", r"第 1 位，大约要等 \d+\s?(秒|分钟)", r"排队第 1 位：约 \d+\s?(秒|分钟)"),
    ],
)
def test_who_waits_is_told_the_place_in_line_and_for_how_long(
    page: Any, visit: Callable[..., Any], locale: str, told: str, chip: str
) -> None:
    choose(page)
    start(page)
    other = visit("?door=train", locale=locale).page
    other.wait_for_selector(PICTURES, timeout=PATIENCE)
    other.click("#train-start")
    expect(other.locator("#train-status")).to_have_text(re.compile(told))
    expect(other.locator("#training-chip")).to_have_text(re.compile(chip))
    left = other.locator("#door-learn").bounding_box()["x"]
    other.click("#train-stop")
    other.wait_for_function(f"() => {list(ENDED)}.includes({STATE})", timeout=PATIENCE)
    assert other.locator("#door-learn").bounding_box()["x"] == left, "the chip moves no door"


def test_what_is_wrong_with_own_pictures_is_said_once_beside_them(page: Any) -> None:
    page.set_input_files(
        "#train-upload input", [{"name": "no.png", "mimeType": "image/png", "buffer": b"no"}]
    )
    told = page.locator(".note:visible")
    expect(told).to_contain_text("no.png: not a picture")
    page.click("#train-start")
    page.wait_for_function(f"() => {STATE} === 'idle'")
    expect(told).to_have_count(1)
    expect(page.locator("#train-upload-note .note")).to_be_visible()


def test_what_was_wrong_with_a_setting_goes_when_it_is_changed(page: Any) -> None:
    page.fill("#train-seconds input", "4")
    page.click("#train-start")
    expect(page.locator("#train-note .note")).to_contain_text("seconds")
    page.fill("#train-seconds input", "60")
    page.locator("#train-seconds input").blur()
    expect(page.locator("#train-note .note")).to_be_hidden()


def test_many_own_pictures_take_no_more_room_than_none(page: Any, tmp_path: Any) -> None:
    before = page.locator("#train-start").bounding_box()
    page.set_input_files("#train-upload input", pictures(tmp_path, 40))
    expect(page.locator("#train-reals-count")).to_have_text("40 pictures")
    assert page.locator("#train-start").bounding_box() == before
