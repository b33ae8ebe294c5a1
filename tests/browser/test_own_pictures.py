"""A person's own pictures in a real browser: chosen, read, told, taken away."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

NOTE, COUNT = "#train-upload-note", "#train-reals-count"
CALLS = "**/gradio_api/run/predict*"  # how the page asks the server


def opened(visit: Callable[..., Any], **settings: Any) -> Any:
    """A visit with the Train tab open and its first pictures shown."""
    one = visit(**settings)
    one.page.get_by_role("tab", name=re.compile("Train|训练")).click()
    one.page.wait_for_selector("#train-reals-picture[src]")
    return one


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    """The page with its Train tab open."""
    return opened(visit).page


def picture(seed: int) -> bytes:
    file = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (13, 13, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def test_own_pictures_are_shown_and_the_unreadable_named(page: Any, tmp_path: Path) -> None:
    good = {f"{'ab'[index % 2]}/{index}.png": picture(index) for index in range(11)}
    hostile = "<img src=x onerror=alert(1)>${alert(1)}.png"
    page.set_input_files(
        "#train-upload input", archive(tmp_path / "own.zip", good | {f"a/{hostile}": b"none"})
    )
    note = page.locator(NOTE)
    expect(note).to_contain_text("Not used, or worth knowing (1)")
    expect(note, "text as it is, neither markup nor a template").to_contain_text("${alert(1)}")
    expect(page.locator(COUNT)).to_have_text("11 pictures in 2 classes")
    expect(page.locator("#train-data input")).to_have_value("Your own pictures, texts or tables")
    expect(page.locator("#train-conditional input")).to_be_enabled()
    expect(page.locator("#train-command textarea")).to_have_value(re.compile("--data own.zip "))


@pytest.mark.parametrize(
    ("name", "files", "told"),
    [
        ("few.zip", {f"{index}.png": picture(index) for index in range(7)}, "at least 8"),
        ("empty.zip", {}, "empty.zip is empty"),
        ("escape.zip", {f"../{index}.png": picture(index) for index in range(11)}, "../"),
    ],
)
def test_a_bad_zip_is_told_beside_the_upload(
    page: Any, tmp_path: Path, name: str, files: dict[str, bytes], told: str
) -> None:
    page.set_input_files("#train-upload input", archive(tmp_path / name, files))
    page.wait_for_selector("#train-upload-note .note.problem:visible")
    expect(page.locator(NOTE)).to_contain_text(told)


def pictures(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{index}.png" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_bytes(picture(index))
    return paths


def choose_data(page: Any, name: str) -> None:
    page.click("#train-data input")
    page.get_by_role("option", name=name).click()


def test_files_that_are_too_large_together_are_told_in_the_readers_language_and_not_sent(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    one = opened(visit, locale="zh-CN")
    for name in ("a.zip", "b.zip"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(101 * 2**20)
    one.page.set_input_files("#train-upload input", [tmp_path / "a.zip", tmp_path / "b.zip"])
    expect(one.page.locator(NOTE)).to_contain_text("这些文件共超过 200 MB")
    assert not any("/upload" in url for url in one.requests)
    one.page.set_input_files("#train-upload input", pictures(tmp_path, 11))
    expect(one.page.locator(COUNT)).to_have_text("11 张图片")
    expect(one.page.locator(f"{NOTE} .note")).to_be_hidden()


def test_taking_a_file_away_reads_the_others_and_taking_all_away_the_usual_ones(
    page: Any, tmp_path: Path
) -> None:
    page.set_input_files("#train-upload input", pictures(tmp_path, 11))
    expect(page.locator(COUNT)).to_have_text("11 pictures")
    clear = page.locator("#train-upload .label-clear-button")
    expect(clear).to_have_count(11)
    clear.first.click()
    expect(clear).to_have_count(10)
    expect(page.locator(COUNT)).to_have_text("10 pictures")
    page.click("#train-upload [aria-label=Clear]")
    expect(page.locator("#train-data input")).to_have_value("Smileys (about 100)")
    expect(page.locator("#train-command textarea")).to_have_value(re.compile("--data faces "))


def test_reading_is_told_without_moving_anything_and_what_was_chosen_last_is_shown(
    page: Any, tmp_path: Path
) -> None:
    top = "document.querySelector('#train-start').getBoundingClientRect().top"
    before = page.evaluate(top)
    held: list[Any] = []
    holding = True
    page.route(CALLS, lambda route: held.append(route) if holding else route.continue_())
    page.set_input_files("#train-upload input", pictures(tmp_path, 11))
    expect(page.locator(f"{NOTE} .note p")).to_have_text("Reading the data ...")
    expect(page.locator("#train-data input")).to_have_value("Your own pictures, texts or tables")
    assert page.evaluate(top) == before
    choose_data(page, "Letters")
    holding = False
    for route in held:
        route.continue_()
    expect(page.locator("#train-credit")).to_contain_text("font")
    expect(page.locator("#train-data input")).to_have_value("Letters in twenty fonts")
    expect(page.locator(COUNT)).to_be_empty()
    expect(page.locator(f"{NOTE} .note")).to_be_hidden()


def test_where_no_answer_comes_the_page_says_so_beside_what_was_asked(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    one = opened(visit)
    one.page.route(CALLS, lambda route: route.fulfill(status=413, body="too much"))
    one.page.set_input_files("#train-upload input", pictures(tmp_path, 11))
    expect(one.page.locator(NOTE)).to_contain_text("There was no answer to this")
    one.page.click("#train-start")
    expect(one.page.locator("#train-note")).to_contain_text("There was no answer to this")
    one.problems.clear()  # the browser's own lines about 413


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_what_is_drawn_anew_takes_the_place_of_what_was_drawn_before(
    visit: Callable[..., Any], locale: str
) -> None:
    page = opened(visit, locale=locale, viewport={"width": 1280, "height": 1400}).page
    page.locator("#train-pad summary").click()
    sizes = []
    for row in (0.3, 0.7):
        sheet = page.locator("#train-pad-canvas")
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        at = [(box["x"] + part * box["width"], box["y"] + row * box["height"]) for part in (0.2, 0.8)]
        page.mouse.move(*at[0])
        page.mouse.down()
        page.mouse.move(*at[1], steps=30)
        page.mouse.up()
        page.click("#train-pad [data-act=use]")
        link = page.locator("#train-upload .download-link")
        expect(link).not_to_have_text("".join(sizes) or "none")
        expect(page.locator("#train-upload tr.file")).to_have_count(1)
        expect(page.locator(COUNT)).to_contain_text(re.compile("points|rows|点|行"))
        sizes.append(link.inner_text())
    assert sizes[0] != sizes[1]
    expect(page.locator(NOTE)).to_have_text("")
