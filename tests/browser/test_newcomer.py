"""What a newcomer wants, counted in presses: nothing that the page is for lies further away than this."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import canvas
from tests.browser.serving import STEPS

PATIENCE = 180_000  # ms, on a machine that has other things to do


class Presses:
    """Presses for a person, and counts them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0

    def press(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).click(timeout=PATIENCE)

    def press_at(self, selector: str, share: float) -> None:
        """On a slider, at this share of its length."""
        self.count += 1
        target = self.page.locator(selector)
        box = target.bounding_box()
        target.click(position={"x": share * box["width"], "y": box["height"] / 2})

    def give(self, selector: str, files: list[Path]) -> None:
        """A press that asks for files, which are then given."""
        self.count += 1
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(selector).click()
        chooser.value.set_files(files)


@pytest.fixture
def newcomer(visit: Callable[..., Any]) -> Presses:
    """Somebody to whom the page has just opened."""
    page = visit(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]).page
    canvas.ready(page)
    return Presses(page)


@pytest.fixture
def trained(visit: Callable[..., Any], finished: str) -> Presses:
    """Somebody whose training has ended."""
    one = visit("?door=train", reduced_motion="reduce")
    one.page.evaluate("(run) => localStorage.setItem('attngan-train', run)", finished)
    one.page.goto(f"{one.address}?door=train")
    expect(one.page.locator("#train-explore")).to_be_visible(timeout=PATIENCE)
    return Presses(one.page)


def test_own_pictures_are_learnt_within_four_presses(newcomer: Presses, tmp_path: Path) -> None:
    draws = np.random.default_rng(11)
    files = [tmp_path / f"{index}.png" for index in range(11)]
    for file in files:
        Image.fromarray(draws.integers(0, 256, (13, 13, 3), dtype=np.uint8)).save(file)
    page = newcomer.page
    newcomer.press("#door-train")
    newcomer.give("#train-upload button", files)
    expect(page.locator("#train-reals-count")).to_contain_text("11 pictures", timeout=PATIENCE)
    newcomer.press("#train-start")
    assert newcomer.count <= 4
    page.wait_for_function("() => localStorage.getItem('attngan-train')")
    page.reload()
    state = page.locator("#train-panel .panel")
    expect(state).to_have_attribute("data-state", "running", timeout=PATIENCE)
    expect(page.locator("#train-reals .reals")).to_be_visible()
    page.click("#train-stop")
    expect(state).to_have_attribute("data-state", "stopped", timeout=PATIENCE)


def test_another_network_stands_beside_this_one_within_two_presses(newcomer: Presses) -> None:
    newcomer.press("#explorer-tabs [data-name=compare]")
    expect(newcomer.page.locator("#explorer-other")).to_be_visible()
    expect(newcomer.page.locator("#explorer-apart")).not_to_be_empty()
    assert newcomer.count <= 2


def test_attention_is_switched_off_within_two_presses(newcomer: Presses) -> None:
    newcomer.press("#explorer-tabs [data-name=edit]")
    newcomer.press("#explorer-off")
    newcomer.page.wait_for_function("() => location.search.includes('edit=')")
    expect(newcomer.page.locator("#explorer-change")).not_to_contain_text("drawn anew at once")
    assert newcomer.count <= 2


def test_whether_attention_helped_is_told_within_two_presses(newcomer: Presses) -> None:
    newcomer.press("#explorer-tabs [data-name=effect]")
    expect(newcomer.page.locator("#explorer-know .verdict")).to_contain_text("of this picture")
    newcomer.press("#explorer-model input[value=plain]")  # of data that were studied
    expect(newcomer.page.locator("#explorer-help .verdict")).to_contain_text("in equal time, attention was")
    expect(newcomer.page.locator("#explorer-help tbody tr:visible")).to_have_count(3)
    assert newcomer.count <= 2


def test_an_earlier_moment_is_one_press_away(newcomer: Presses) -> None:
    newcomer.press_at("#explorer-timeline input", 0.02)
    expect(newcomer.page.locator("#explorer-timeline output")).to_have_text(f"step {STEPS[0]}")
    assert newcomer.count <= 1


def test_the_model_is_taken_home_within_two_presses(newcomer: Presses) -> None:
    newcomer.press("#explorer-tabs [data-name=keep]")
    with newcomer.page.expect_download() as download:
        newcomer.press("#explorer-zip")
    assert download.value.suggested_filename.endswith(".zip")
    assert newcomer.count <= 2


def test_one_s_own_model_is_taken_home_within_two_presses(trained: Presses) -> None:
    with trained.page.expect_download() as download:
        trained.press("#train-zip")
    assert download.value.suggested_filename.endswith(".zip")
    assert trained.count <= 2


def test_a_view_is_shared_within_two_presses(newcomer: Presses) -> None:
    page = newcomer.page
    page.goto(f"{page.url.split('?')[0]}?door=train")
    newcomer.press("#door-explore")
    newcomer.press("#explorer-link")
    expect(page.get_by_text("Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    canvas.ready(page)
    assert "model=faces" in link
    expect(page.locator("#door-explore")).to_have_attribute("aria-selected", "true")
    assert newcomer.count <= 2
