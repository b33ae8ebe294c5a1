"""The Train tab in a real browser: train, watch, reload, stop, and touch what was learnt."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from attngan import events
from tests.browser import canvas
from tests.browser.serving import make_run

PATIENCE = 180_000  # ms, on a machine that has other things to do
PANEL = "[...document.querySelectorAll('#train-panel *, #train-panel')].find((one) => one.training).training"
STATE = "document.querySelector('#train-panel .panel').dataset.state"
ENDED = ("stopped", "finished", "failed", "interrupted")


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """The page with its Train tab open; at the end no training runs on."""
    one = visit(reduced_motion="reduce")
    open_tab(one.page)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def open_tab(page: Any) -> None:
    page.get_by_role("tab", name=re.compile("Train|训练")).click()
    page.wait_for_selector("#train-reals-picture[src]", timeout=PATIENCE)


def choose(page: Any, seconds: int | str = 120) -> None:
    """Sixteen pixels, which even a busy machine learns fast, for so many seconds."""
    page.locator("#train-size").get_by_text("16 px").click()
    await_command(page, "--size 16 --attention 8 ")  # the sizes that fit have come
    page.fill("#train-seconds input", str(seconds))
    page.locator("#train-seconds input").blur()


def await_command(page: Any, part: str) -> None:
    """Wait until the shown command has this part."""
    shown = "document.querySelector('#train-command textarea').value"
    page.wait_for_function(f"() => {shown}.includes({json.dumps(part)})", timeout=PATIENCE)


def start(page: Any) -> None:
    page.click("#train-start")
    page.wait_for_function(f"() => {STATE} !== 'idle'", timeout=PATIENCE)


def await_frames(page: Any, count: int) -> list[int]:
    """The steps of the next `count` different frames that the canvas shows."""
    seen: list[int] = []
    while len(seen) < count:
        last = seen[-1] if seen else -1
        found = page.wait_for_function(
            f"""() => {{
              const step = Number(document.querySelector('#train-live .attention')?.dataset.version ?? -1);
              return step > {last} && {{ step }};
            }}""",
            timeout=PATIENCE,
        )
        seen.append(found.json_value()["step"])
    return seen


def await_end(page: Any) -> str:
    """The state in which the training ended."""
    page.wait_for_function(f"() => {json.dumps(ENDED)}.includes({STATE})", timeout=PATIENCE)
    return str(page.evaluate(STATE))


def grid(page: Any) -> bytes:
    """What the grid of samples shows, in the browser's own pixels."""
    return bytes(
        page.evaluate(
            """() => [...document.querySelectorAll('#train-live .grid canvas')].flatMap(
              (one) => [...one.getContext('2d').getImageData(0, 0, one.width, one.height).data])"""
        )
    )


def test_train_watch_stop_explore_and_hover(page: Any) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    choose(page)
    await_command(page, "--data faces --seconds 120 --size 16 --attention 8 ")
    start(page)
    seen = []
    for _ in range(4):
        steps = await_frames(page, 1 + bool(seen))
        seen.append((steps[-1], grid(page)))
    assert len({pixels for _, pixels in seen}) == 4, "the grid changed three times"
    assert [step for step, _ in seen] == sorted({step for step, _ in seen})
    expect(page.locator("#train-credit")).to_contain_text("Emoji by OpenMoji")
    expect(page.locator("#train-live .credit")).to_contain_text("Emoji by OpenMoji")
    for number in ("train-left", "train-step", "train-rate", "train-seen", "train-gates"):
        expect(page.locator(f"#{number}")).to_contain_text(re.compile(r"\d"))
    expect(page.locator("#train-start")).to_be_disabled()
    for term in page.locator("#train-panel .term:visible").all():
        term.focus()
        told = page.locator("#train-panel-tip").inner_text()
        assert len(told) > 15
        assert not told.startswith("live_")
    page.keyboard.press("Escape")

    page.mouse.move(0, 0)
    said = page.evaluate(
        "() => { document.querySelector('#train-stop').click();"
        " return document.querySelector('#train-status').textContent }"
    )
    assert said.startswith("Stopping"), "said before the server was asked"
    assert await_end(page) == "stopped"
    page.wait_for_selector("#train-start:enabled")
    expect(page.locator("#train-stop")).to_be_disabled()
    expect(page.locator("#train-status")).to_contain_text("Stopped at step ")

    page.click("#train-explore")
    canvas.ready(page)
    chosen = page.locator("#explorer-model label:has(:checked)")
    expect(chosen).to_have_text(re.compile(r"^\s*Smileys, attention 8, 120 s, "))
    credit = page.locator("#explorer-canvas .credit").filter(has_text="Emoji by OpenMoji")
    credit.wait_for(timeout=PATIENCE)
    canvas.hover(page, 0.2, 0.2)
    await_quiet(page, requests)
    before, asked = canvas.pixels(page), len(requests)
    for step in range(13):
        canvas.hover(page, 0.2 + step / 23, 0.8 - step / 23)
    shown = canvas.shown_map(page)
    assert abs(sum(shown.values) - 1) < 0.05
    assert canvas.pixels(page) != before
    assert requests[asked:] == []


def await_quiet(page: Any, requests: list[str]) -> None:
    """Wait until nothing was asked for for half a second."""
    seen = -1
    while seen != len(requests):
        seen = len(requests)
        page.wait_for_timeout(500)


def test_a_reload_shows_the_same_training_further_on(page: Any) -> None:
    choose(page)
    start(page)
    await_frames(page, 3)
    before = page.evaluate(f"{PANEL}.history()")
    step = page.evaluate(f"{PANEL}.known().step")
    page.reload()
    open_tab(page)
    await_frames(page, 1)
    page.wait_for_function(f"() => {PANEL}.history().length >= {len(before)}", timeout=PATIENCE)
    after = page.evaluate(f"{PANEL}.history()")
    assert after[: len(before)] == before, "the curves are whole"
    assert page.evaluate(f"{PANEL}.known().step") >= step
    steps = [point[0] for point in after]
    assert steps == sorted(steps)
    assert page.evaluate(STATE) == "running"
    expect(page.locator("#train-stop")).to_be_enabled()


def test_a_pin_stays_while_the_network_learns(page: Any) -> None:
    choose(page)
    start(page)
    first = await_frames(page, 1)[0]
    page.locator("#train-live-picture").scroll_into_view_if_needed()
    box = page.locator("#train-live-picture").bounding_box()
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.6 * box["height"])
    view = (
        "(() => { const { pin, chosen, layer } = [...document.querySelectorAll('#train-live *, #train-live')]"
        ".find((one) => one.attentionCanvas).attentionCanvas.view; return { pin, chosen, layer }; })()"
    )
    pinned = page.evaluate(view)
    assert pinned["pin"] is not None
    assert await_frames(page, 3)[-1] > first
    assert page.evaluate(view) == pinned


@pytest.mark.parametrize("seconds", ["4", "3601", "", "1e9"])
def test_a_wrong_number_is_told_beside_start_and_nothing_starts(page: Any, seconds: str) -> None:
    choose(page, seconds)
    page.click("#train-start")
    page.wait_for_selector("#train-note .note.problem:visible")
    expect(page.locator("#train-note")).to_have_text("A training takes 5 to 3600 seconds.")
    assert page.evaluate(STATE) == "idle"
    expect(page.locator("#train-start")).to_be_enabled()
    expect(page.locator("#train-size input:checked")).to_have_value("16")


def test_a_size_that_is_just_taken_away_when_start_is_pressed_is_told_in_a_sentence(page: Any) -> None:
    """As just after another choice; gradio itself would refuse the whole form."""

    def asked_late(route: Any) -> None:
        asked = route.request.post_data_json
        asked["data"] = [48 if value == 16 else value for value in asked["data"]]
        route.continue_(post_data=asked)

    choose(page)
    page.route("**/gradio_api/run/predict*", asked_late)
    page.click("#train-start")
    expect(page.locator("#train-note")).to_contain_text("not 48", timeout=PATIENCE)
    assert page.evaluate(STATE) == "idle"
    expect(page.locator("#train-start")).to_be_enabled()


def test_a_training_that_is_not_there_any_more_is_forgotten(page: Any) -> None:
    page.evaluate("() => localStorage.setItem('attngan-train', 'f'.repeat(32))")
    page.reload()
    open_tab(page)
    page.wait_for_function("() => document.querySelector('#train-status').textContent.includes('not here')")
    assert page.evaluate("() => localStorage.getItem('attngan-train')") is None
    assert page.evaluate(STATE) == "idle"
    expect(page.locator("#train-start")).to_be_enabled()


def test_what_can_be_checked_exactly_comes_first_and_is_the_curve(
    visit: Callable[..., Any], runs: Path
) -> None:
    others = {"kd": 0.75, "variety": 0.9, "memorisation": 1.2}
    run = make_run(
        runs,
        events.StepDone(
            step=11, seconds=9, progress=0.5, images=700, images_per_second=80, generator_loss=0.5,
            discriminator_loss=0.5,
        ),
        *(
            events.QualityMeasured(step=11, seconds=seconds, values={"agreement": rate} | others)
            for seconds, rate in ((7, 0.25), (9, 0.5))
        ),
        events.Finished(step=11, seconds=10, reason="budget"),
    )  # fmt: skip
    page = visit(reduced_motion="reduce").page
    page.evaluate(f"() => localStorage.setItem('attngan-train', '{run}')")
    page.reload()
    open_tab(page)
    expect(page.locator("#train-agreement")).to_have_text("0.50")
    names = page.locator("#train-panel .quality dt").all_inner_texts()
    assert names == ["agreement ↑", "KD ↓", "variety → 1", "newness → 1"]
    said = page.locator("#train-measured svg").get_attribute("aria-label")
    assert said == "agreement ↑ after 9 sec: 0.50, and 0.25 at first"
    page.locator("#train-kd").hover()
    expect(page.locator("#train-panel-tip")).to_contain_text("Kernel distance")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_at_390_pixels_nothing_scrolls_sideways(visit: Callable[..., Any], scheme: str, locale: str) -> None:
    page = visit(
        f"?__theme={scheme}", locale=locale, viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    ).page
    open_tab(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("#train-start")).to_have_text({"en-US": "Start", "zh-CN": "开始"}[locale])
    page.fill("#train-seconds input", "3")
    page.click("#train-start")
    told = {"en-US": "A training takes 5 to 3600 seconds.", "zh-CN": "训练时间须为 5 到 3600 秒。"}
    expect(page.locator("#train-note")).to_have_text(told[locale])
    expect(page.locator("#train-status")).to_contain_text({"en-US": "Choose", "zh-CN": "选择"}[locale])


def test_a_training_that_gave_up_shows_what_it_kept_also_when_loaded_again(page: Any) -> None:
    choose(page)
    start(page)
    expect(page.locator("#train-mark")).to_be_enabled(timeout=PATIENCE)
    for name, value in (("r1_weight", 0), ("generator_rate", 1), ("discriminator_rate", 1)):
        asked = f"wish=change&name={name}&value={value}"
        page.evaluate(
            """(asked) => fetch(`gradio_api/attngan/steer/${localStorage.getItem("attngan-train")}?${asked}`,
              { method: "POST" })""",
            asked,
        )
    assert await_end(page) == "failed"
    kept = page.evaluate(
        """async () => (await (await fetch(
          `gradio_api/attngan/news/${localStorage.getItem("attngan-train")}?after=0`)).json()).frame"""
    )
    pictures = page.locator(f"#train-live .attention[data-version='{kept}']")
    expect(pictures).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(pictures).to_be_visible(timeout=PATIENCE)
