"""Scrubbing through a training, and addresses that show the same view again."""

import gzip
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import frames
from tests.browser import canvas
from tests.browser.serving import ATTENDED, STEPS

SLIDER = "#explorer-timeline input"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    return one


def moment(models: Path, step: int) -> frames.Frame:
    return frames.decode((models / "faces" / "timeline" / f"{step:08d}.frame.gz").read_bytes())


def test_the_pin_survives_scrubbing_and_its_map_is_that_of_the_moment(page: Any, models: Path) -> None:
    page.mouse.click(*canvas.point(page, 5.5 / 8, 2.5 / 8))
    present = canvas.shown_map(page).values
    page.locator(SLIDER).focus()
    for step in reversed(STEPS):
        page.keyboard.press("ArrowLeft")
        canvas.await_map(page, moment(models, step).layers[-1].weights[0, :, 2 * 8 + 5].mean(0))
        expect(canvas.part(page, "#explorer-timeline output")).to_have_text(f"step {step}")
    page.keyboard.press("End")
    canvas.await_map(page, np.array(present))
    assert canvas.view(page)["pin"] is not None


def test_playing_ends_at_the_model_as_it_is(page: Any) -> None:
    page.evaluate(
        "() => { const said = document.querySelector('#explorer-timeline output'); window.said = [];"
        "new MutationObserver(() => window.said.push(said.textContent)).observe(said, {childList: true}) }"
    )
    page.locator("#explorer-timeline select").select_option("8")
    page.get_by_role("button", name="Play the training").click()
    page.wait_for_function("() => window.said.at(-1) === 'as it is now'")
    page.get_by_role("button", name="Play the training").wait_for()
    assert page.evaluate("window.said") == [*(f"step {step}" for step in STEPS), "as it is now"]


def test_playing_fetches_ahead_and_each_moment_once(page: Any) -> None:
    held: list[Any] = []
    page.route("**/attngan/step/**", lambda route: held.append(route))
    page.locator("#explorer-timeline select").select_option("8")
    page.get_by_role("button", name="Play the training").click()
    while len(held) < len(STEPS):  # though the first has not been answered
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    page.wait_for_function(
        "() => document.querySelector('#explorer-timeline output').textContent === 'as it is now'"
    )
    assert [route.request.url.rpartition("/")[2] for route in held] == [str(step) for step in STEPS]


def test_a_moment_kept_without_lengths_says_so_and_shows_the_other_modes(page: Any, models: Path) -> None:
    page.route("**/attngan/step/**", lambda route: route.fulfill(body=without_lengths(models)))
    page.mouse.click(*canvas.point(page, 0.3, 0.3))
    page.locator("#explorer-mode").get_by_text("Receives").click()
    page.locator(SLIDER).focus()
    page.keyboard.press("ArrowLeft")
    said = "document.querySelector('#explorer-sentence').textContent"
    page.wait_for_function(f"() => {said}.startsWith('This moment was kept without')")
    page.locator("#explorer-mode").get_by_text("Looks at").click()
    canvas.await_map(page, moment(models, STEPS[-1]).layers[-1].weights[0, :, 2 * 8 + 2].mean(0))


def without_lengths(models: Path) -> bytes:
    """The last moment as frames were written before they held lengths: its header names none."""
    name = f"{STEPS[-1]:08d}.frame.gz"
    raw = gzip.decompress((models / "faces" / "timeline" / name).read_bytes())
    (size,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + size])
    for layer in header["offsets"]["layers"]:
        del layer["lengths"]
    return raw[:4] + json.dumps(header, separators=(",", ":")).encode().ljust(size) + raw[4 + size :]


def test_a_moment_says_which_samples_kept_their_attention(page: Any) -> None:
    page.locator("#explorer-grid [role=option]").nth(ATTENDED + 2).click()
    page.locator(SLIDER).focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        f"() => document.querySelector('#explorer-sentence').textContent.includes('first {ATTENDED} samples')"
    )


def test_other_noise_has_no_timeline(page: Any) -> None:
    expect(page.locator(SLIDER)).to_be_visible()
    page.locator("#explorer-noise").click()
    page.locator(SLIDER).wait_for(state="hidden")


def test_the_link_shows_the_same_view_in_a_fresh_browser(visit: Callable[..., Any]) -> None:
    first = visit()
    canvas.ready(first.page)
    first.page.locator("#explorer-model").get_by_role("radio", name="signs").click()
    first.page.wait_for_selector("#explorer-grid [title='Sample 1, seed 0, ring']")
    first.page.locator("#explorer-seed input").fill("13")
    first.page.locator("#explorer-grid [title='Sample 3, seed 15, bar']").click()
    first.page.locator("#explorer-head").get_by_text("3", exact=True).click()
    first.page.locator("#explorer-mode").get_by_text("Seen by").click()
    first.page.mouse.click(*canvas.point(first.page, 9.5 / 16, 4.5 / 16))
    wanted = "?model=signs&seed=13&picture=3&layer=8&head=3&mode=seen&pixel=9,4"
    first.page.wait_for_function("(wanted) => location.search === wanted", arg=wanted)
    second = visit(wanted)
    canvas.ready(second.page)
    second.page.wait_for_selector("#explorer-grid [title='Sample 3, seed 15, bar'][aria-selected=true]")
    assert canvas.shown_map(second.page) == canvas.shown_map(first.page)
    expect(second.page.locator("#explorer-model input:checked")).to_have_value("signs")
    expect(second.page.locator("#explorer-seed input")).to_have_value("13")
    expect(canvas.part(second.page, ".note")).to_be_hidden()


def test_a_link_to_a_moment_shows_that_moment(visit: Callable[..., Any], models: Path) -> None:
    page = visit(f"?picture=2&pixel=11,5&head=1&step={STEPS[1]}").page
    canvas.ready(page)
    canvas.await_map(page, moment(models, STEPS[1]).layers[-1].weights[1, 0, 2 * 8 + 5])
    page.locator("#explorer-picture").focus()
    page.keyboard.press("m")
    page.wait_for_function(f"() => location.search.includes('step={STEPS[1]}')")


@pytest.mark.parametrize(
    "query",
    [
        "?model=nobody&seed=3",
        "?seed=99999999999999999999",
        "?seed=nan&picture=0",
        "?model=signs&class=3",
        "?pixel=99,99",
        "?picture=17&layer=5&head=9&mode=%3Cb%3E",
        "?model=run-0123456789abcdef0123456789abcdef",
        "?model=..%2f..&pixel=1e3,NaN",
        "?mode=flow&links=1000000",
    ],
)
def test_a_link_that_does_not_fit_shows_the_nearest_view_and_says_so(
    visit: Callable[..., Any], query: str
) -> None:
    page = visit(query).page
    canvas.ready(page)
    expect(canvas.part(page, ".note")).to_contain_text("nearest view")
    canvas.hover(page, 0.4, 0.4)
    assert canvas.shown_map(page).values


def test_copy_link_copies_the_address(visit: Callable[..., Any]) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    canvas.ready(one.page)
    one.page.locator("#explorer-link").click()
    one.page.get_by_text("Copied").wait_for()
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{one.address}?model=faces&seed=0&picture=1&layer=8&head=mean&mode=looks"


def test_every_part_of_an_address_opens_the_view_that_it_was_copied_from(visit: Callable[..., Any]) -> None:
    """Addresses live in bookmarks and papers: none of their parts may ever be renamed or lost."""
    one = visit(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    for query in (
        f"model=faces&seed=0&picture=2&layer=4&head=2&mode=seen&pixel=12,10&step={STEPS[1]}",
        "model=signs&seed=7&class=2&picture=3&layer=8&head=mean&mode=contribution&pixel=3,4;12,15&pin=mean",
        "model=faces&seed=5&picture=1&head=mean&mode=flow&links=15&truncation=0.5",
        "model=faces&seed=0&picture=4&mode=rollout&edit=4*g0_8*g0.5*x0-7q5&compare=off",
    ):
        one.page.goto(f"{one.address}?{query}")
        canvas.ready(one.page)
        expect(canvas.part(one.page, ".note")).to_be_hidden()
        one.page.locator("#explorer-link").click()
        one.page.get_by_text("Copied").wait_for()
        copied = parse_qs(urlsplit(one.page.evaluate("navigator.clipboard.readText()")).query)
        assert copied | parse_qs(query) == copied
