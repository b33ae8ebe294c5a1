"""The Explore tab in a real browser: looking at attention by pointer, finger and keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.model import checkpoints, sampling
from tests.browser import canvas
from tests.browser.serving import CREDIT, MODELS, READERS

HALF_LEVEL = 0.5 / 255  # a painted weight may differ by this part of its row's largest


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    return one


def weights(models: Path, name: str, seed: int, layer: str) -> np.ndarray:
    """The library's weights (N, Q, K) of one sample."""
    drawn = sampling.sample(checkpoints.load(models / name), [seed])
    return next(one.weights[0].numpy() for one in drawn.attention if one.name == layer)


def test_opens_on_the_first_bundled_model_with_its_samples_and_credit(page: Any) -> None:
    expect(page.locator("#explorer-model input:checked")).to_have_value("faces")
    expect(page.locator("#explorer-grid [role=option]")).to_have_count(16)
    expect(canvas.part(page, "#explorer-credit")).to_have_text(f"Drawn by the network. Learnt from: {CREDIT}")
    assert canvas.view(page)["layer"] == "8"


def test_hovering_repaints_and_asks_the_server_nothing(visit: Callable[..., Any]) -> None:
    one = visit()
    canvas.ready(one.page)
    canvas.hover(one.page, 0.2, 0.2)
    before = canvas.pixels(one.page)
    asked = one.settled()
    for step in range(23):
        canvas.hover(one.page, 0.2 + step / 40, 0.8 - step / 40)
    assert canvas.pixels(one.page) != before
    assert one.requests[asked:] == []


def test_the_painted_map_is_the_library_s_within_the_quantisation(page: Any, models: Path) -> None:
    truth = weights(models, "faces", 0, "8")
    for head, label in ((0, "1"), (1, "2"), (None, "mean")):
        page.locator("#explorer-head").get_by_text(label, exact=True).click()
        canvas.hover(page, 5.5 / 8, 2.5 / 8)
        shown = canvas.shown_map(page)
        assert shown.cell == 2 * 8 + 5
        row = truth[:, shown.cell].mean(0) if head is None else truth[head, shown.cell]
        assert len(shown.values) == shown.rows * shown.columns == row.size
        assert np.abs(np.array(shown.values) - row).max() <= truth[:, shown.cell].max() * HALF_LEVEL * 1.01


def test_who_looks_at_it_is_a_column_of_the_same_weights(page: Any, models: Path) -> None:
    page.locator("#explorer-mode").get_by_text("Seen by").click()
    canvas.hover(page, 0.7, 0.4)
    shown = canvas.shown_map(page)
    column = weights(models, "faces", 0, "8").mean(0)[:, shown.cell]
    assert len(shown.values) == column.size
    assert np.abs(np.array(shown.values) - column).max() <= HALF_LEVEL * 1.01


def test_a_click_pins_arrows_move_it_and_escape_lets_go(page: Any) -> None:
    page.mouse.click(*canvas.point(page, 3.5 / 8, 4.5 / 8))
    canvas.hover(page, 0.9, 0.1)
    assert canvas.shown_map(page).cell == 4 * 8 + 3
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert canvas.shown_map(page).cell == 3 * 8 + 4
    page.keyboard.press("Escape")
    assert canvas.view(page)["pin"] is None


def test_keys_change_head_layer_mode_and_picture(page: Any) -> None:
    page.locator("#explorer-picture").focus()
    page.keyboard.press("2")
    assert canvas.view(page)["head"] == 1
    page.keyboard.press("0")
    page.keyboard.press("h")
    assert canvas.view(page)["head"] == 0
    page.keyboard.press("l")
    assert canvas.view(page)["layer"] == "4"
    expect(page.locator("#explorer-layer input:checked")).to_have_value("4")
    page.keyboard.press("m")
    assert canvas.view(page)["mode"] == "seen"
    page.keyboard.press("n")
    assert canvas.view(page)["chosen"] == 1
    page.keyboard.press("Enter")
    assert canvas.view(page)["pin"] is not None


def test_a_small_map_brings_its_layer_and_head_onto_the_picture(page: Any) -> None:
    canvas.hover(page, 0.4, 0.4)
    page.get_by_role("button", name="Layer 4 px, head 2").click()
    assert (canvas.view(page)["layer"], canvas.view(page)["head"]) == ("4", 1)
    expect(page.locator("#explorer-maps [aria-pressed=true]")).to_have_count(1)


def test_the_pinned_pixel_is_said_to_screen_readers(page: Any) -> None:
    page.mouse.click(*canvas.point(page, 0.26, 0.51))
    page.wait_for_function(
        "() => document.querySelector('#explorer-spoken').textContent.includes('Pixel 4, 8')"
    )


def test_new_noise_draws_other_pictures_and_keeps_the_pin(page: Any, models: Path) -> None:
    page.mouse.click(*canvas.point(page, 3.5 / 8, 4.5 / 8))
    page.locator("#explorer-noise").click()
    title = page.locator("#explorer-grid [role=option]").first
    page.wait_for_function(
        "() => !document.querySelector('#explorer-grid [role=option]').title.endsWith('seed 0')"
    )
    found = re.search(r"seed (\d+)", str(title.get_attribute("title")))
    assert found
    seed = int(found[1])
    expect(page.locator("#explorer-seed input")).to_have_value(str(seed))
    shown = canvas.shown_map(page)
    truth = weights(models, "faces", seed, "8")[:, 4 * 8 + 3].mean(0)
    assert np.abs(np.array(shown.values) - truth).max() <= HALF_LEVEL * 1.01
    page.wait_for_function(f"() => location.search.includes('seed={seed}&')")


def test_a_seed_typed_by_hand_is_drawn(page: Any) -> None:
    page.locator("#explorer-seed input").fill("41")
    page.wait_for_selector("#explorer-grid [title='Sample 1, seed 41']")


def test_a_model_without_attention_says_so_and_offers_one_that_has_it(page: Any) -> None:
    choose(page, "plain")
    page.wait_for_function(
        "() => document.querySelector('#explorer-sentence').textContent.includes('without attention')"
    )
    page.locator("#explorer-offer").click()
    page.wait_for_function("() => document.querySelectorAll('#explorer-layer input').length === 2")
    expect(page.locator("#explorer-model input:checked")).to_have_value("faces")


def test_a_model_with_classes_draws_the_class_that_is_chosen(page: Any) -> None:
    expect(page.locator("#explorer-class")).to_be_hidden()
    choose(page, "signs")
    page.wait_for_selector("#explorer-grid [title='Sample 2, seed 1, cross']")
    page.locator("#explorer-class input").click()
    page.get_by_role("option", name="bar", exact=True).click()
    page.wait_for_selector("#explorer-grid [title='Sample 2, seed 1, bar']")
    expect(page.locator("#explorer-head input")).to_have_count(1 + MODELS["signs"]["heads"])


def choose(page: Any, model: str) -> None:
    page.locator("#explorer-model").get_by_role("radio", name=model, exact=True).click()


def test_a_finger_pins_at_phone_width_without_sideways_scroll(visit: Callable[..., Any]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    canvas.ready(page)
    page.touchscreen.tap(*canvas.point(page, 6.5 / 8, 1.5 / 8))
    canvas.settle(page)
    assert canvas.view(page)["pin"] is not None
    assert canvas.shown_map(page).cell == 1 * 8 + 6
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_speaks_chinese_to_a_chinese_browser(visit: Callable[..., Any]) -> None:
    page = visit(locale="zh-CN").page
    canvas.ready(page)
    expect(page.locator("#explorer-noise")).to_have_text("换一批噪声")
    expect(page.get_by_text("看向哪里", exact=True)).to_be_visible()
    expect(page.locator("#explorer-canvas")).not_to_contain_text("canvas_")


def test_random_use_leaves_no_error(visit: Callable[..., Any]) -> None:
    """The visit itself asserts at its end that the console stayed silent."""
    page = visit().page
    canvas.ready(page)
    random = Random(23)
    keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Escape", *"hHlLmnp0129,."]
    keys += ["Shift+Enter", "Delete"]
    models = [*MODELS, *READERS]
    for _ in range(101):
        action = random.random()
        if action < 0.4:
            page.mouse.move(*canvas.point(page, random.random(), random.random()))
        elif action < 0.8:
            page.locator("#explorer-picture").press(random.choice(keys))
        elif action < 0.9:
            samples = page.locator("#explorer-grid [role=option]")
            samples.first.wait_for()
            # counted and clicked at once: a model chosen before may bring fewer
            samples.evaluate_all("(all, place) => all[place % all.length].click()", random.randrange(16))
        elif action < 0.95:
            page.locator("#explorer-noise").click()
        else:
            choose(page, random.choice(models))
    canvas.settle(page)
    expect(page.locator("#explorer-grid [aria-selected=true]")).to_have_count(1)


def test_a_list_of_choices_closes_when_the_keyboard_leaves_it(visit: Callable[..., Any]) -> None:
    page = visit().page
    canvas.ready(page)
    choose(page, "signs")
    choice = page.locator("#explorer-class input")
    choice.focus()
    page.locator("#explorer-class [role=listbox]").wait_for()
    page.keyboard.press("Tab")
    page.locator("#explorer-class [role=listbox]").wait_for(state="detached")
    expect(choice).to_have_attribute("aria-expanded", "false")
