"""A training of one's own in a real browser: named, loaded again, trained longer, taken home, deleted."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.serving import MODELS, READERS, make_run
from tests.browser.test_train_watched import (
    PANEL,
    PATIENCE,
    STATE,
    await_end,
    await_frames,
    choose,
    open_tab,
    start,
)

NAME = "input, textarea"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce", locale="zh-CN", timezone_id="Asia/Tokyo").page
    open_tab(one)
    return one


def test_a_training_is_named_goes_on_after_a_reload_and_is_deleted_with_its_pictures(
    page: Any, runs: Path, tmp_path: Path
) -> None:
    choose(page, 5)
    page.fill("#train-seed input", "13")
    page.locator("#train-seed input").blur()
    start(page)
    assert await_end(page) == "finished"
    run = page.evaluate("() => localStorage.getItem('attngan-train')")
    name = page.locator("#train-own").locator(NAME)
    expect(name).to_have_value(re.compile(r"^笑脸，注意力 8，5 秒，\d\d:\d\d$"))

    with page.expect_download() as download:
        page.click("#train-zip")
    download.value.save_as(tmp_path / "model.zip")
    assert run not in download.value.suggested_filename
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        assert {Path(file).name for file in archive.namelist()} >= {"model.safetensors", "README.txt"}

    before = page.evaluate(f"{PANEL}.known().step")
    page.fill("#train-more input", "5")
    page.locator("#train-more input").blur()
    page.click("#train-longer")
    page.wait_for_function(f"() => {STATE} === 'running'", timeout=PATIENCE)
    page.reload()
    page.wait_for_selector("#train-panel .status", timeout=PATIENCE)  # without a click: it is where one was
    expect(page.locator("#train-seed input")).to_have_value("13")
    expect(page.locator("#train-command textarea")).to_have_value(
        re.compile("--seconds 5 --size 16 .*--seed 13 ")
    )
    assert await_end(page) == "finished"
    history = page.evaluate(f"{PANEL}.history()")
    steps = [point[0] for point in history]
    assert steps == sorted(set(steps)), "no step is drawn twice"
    assert steps[0] < before < steps[-1]

    page.click("#train-explore")
    chosen = page.locator("#explorer-model label:has(:checked)")
    expect(chosen).to_have_text(re.compile(r"^\s*笑脸，注意力 8"))
    own = page.locator("#explorer-own").locator(NAME)
    expect(own).to_have_value(re.compile("^笑脸"))
    own.fill("第一个")
    page.click("#explorer-rename")
    expect(chosen).to_have_text(re.compile(r"^\s*第一个\s*$"))
    assert (runs / run).is_dir()
    page.click("#explorer-delete")
    page.click("#explorer-delete-spare")
    expect(page.locator("#explorer-delete-sure")).to_be_hidden()
    page.click("#explorer-delete")
    page.click("#explorer-delete-sure")
    expect(page.locator("#explorer-model input:checked")).to_have_value("faces")
    expect(page.locator("#explorer-own")).to_be_hidden()
    assert not (runs / run).exists()
    page.click("#door-train")
    expect(page.locator("#train-panel .panel")).to_have_attribute("data-state", "idle")
    assert page.evaluate("() => localStorage.getItem('attngan-train')") is None


def test_a_training_is_explored_at_once_after_a_reload_and_deleted_where_it_was_trained(
    visit: Callable[..., Any], runs: Path
) -> None:
    run = make_run(runs)
    one = visit(reduced_motion="reduce")
    page = one.page
    page.evaluate(f"() => localStorage.setItem('attngan-train', '{run}')")
    page.goto(f"{one.address}?door=train")
    page.click("#train-explore:enabled")
    expect(page.locator("#explorer-own")).to_be_visible()
    expect(page.locator("#door-explore")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#explorer-timeline")).to_be_in_viewport(ratio=1)
    page.click("#door-train")
    page.route(
        "**/zip/**", lambda route: route.fulfill(status=404, content_type="text/plain", body="It is gone.")
    )
    page.click("#train-zip")
    expect(page.locator("#train-status")).to_have_text("It is gone.")
    one.problems.clear()  # the browser's own line about 404
    page.click("#train-delete")
    expect(page.locator("#train-delete-sure")).to_be_visible()
    page.click("#train-delete-spare")
    page.click("#train-delete")
    page.click("#train-delete-sure")
    expect(page.locator("#train-panel .panel")).to_have_attribute("data-state", "idle")
    expect(page.locator("#train-start")).to_be_enabled()
    assert not (runs / run).exists()


def test_the_address_and_then_the_last_visit_say_which_tab_is_open_but_links_win(
    visit: Callable[..., Any],
) -> None:
    page = visit("?door=train", reduced_motion="reduce").page
    train = page.get_by_role("tab", name="Train")
    expect(train).to_have_attribute("aria-selected", "true")
    address = page.url.split("?")[0]
    page.goto(address)
    expect(train).to_have_attribute("aria-selected", "true")
    page.goto(f"{address}?model=faces&picture=2")
    page.wait_for_selector("#explorer-canvas .attention[data-version]")
    expect(train).to_have_attribute("aria-selected", "false")


def test_the_models_are_thumbnails_that_keys_and_fingers_choose(
    visit: Callable[..., Any], finished: str
) -> None:
    page = visit(
        f"?model=run-{finished}", viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    ).page
    row = page.get_by_role("radiogroup", name="Model")
    expect(row.get_by_role("radio")).to_have_count(len(MODELS) + len(READERS) + 1)
    chosen = row.locator("label:has(:checked)")
    expect(chosen).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    sizes = page.evaluate(
        """() => Promise.all([...document.querySelectorAll('#explorer-model label')].map(async (label) => {
          const picture = new Image();
          picture.src = getComputedStyle(label).getPropertyValue('--thumbnail').slice(5, -2);
          await picture.decode();
          return [picture.width, picture.height];
        }))"""
    )
    assert all(min(size) >= 16 for size in sizes)
    told = [radio.get_attribute("value") for radio in row.get_by_role("radio").all()]
    wide = {model for model, (width, height) in zip(told, sizes, strict=True) if width != height}
    assert wide == {"spelled", "table"}  # the word of a text and a table's columns
    row.get_by_role("radio", name="faces").focus()
    page.keyboard.press("Space")
    expect(row.locator("input:checked")).to_have_value("faces")
    page.keyboard.press("ArrowRight")
    expect(row.locator("input:checked")).to_have_value("plain")
    page.wait_for_function("() => location.search.startsWith('?model=plain')")


def test_what_is_asked_of_a_model_that_is_just_taken_away_is_told_in_a_sentence(
    visit: Callable[..., Any],
) -> None:
    """gradio itself would refuse what is not in its list any more, and break the page's console."""
    gone, asked = f"run-{'0' * 32}", []
    page = visit("?model=faces", reduced_motion="reduce").page
    page.wait_for_selector("#explorer-canvas .attention[data-version]")

    def asked_late(route: Any) -> None:
        body = route.request.post_data_json
        asked.append("faces" in body["data"])
        body["data"] = [gone if value == "faces" else value for value in body["data"]]
        route.continue_(post_data=body)

    page.route("**/gradio_api/run/predict*", asked_late)
    page.click("#explorer-noise")
    expect(page.locator("#explorer-canvas")).to_contain_text("not here any more")
    page.fill("#explorer-seed input", "7")
    page.wait_for_timeout(1000)
    assert sum(asked) >= 2


@pytest.mark.parametrize(
    "answer",
    [{"status": 502, "body": "away"}, {"json": {"data": [{"problem": "The disk is full."}]}}],
    ids=["unanswered", "refused"],
)
def test_who_could_not_stop_it_can_try_again_and_a_name_that_is_being_written_stays(
    visit: Callable[..., Any], answer: dict[str, Any]
) -> None:
    one = visit(reduced_motion="reduce")
    page = one.page
    open_tab(page)
    choose(page)
    start(page)
    name = page.locator("#train-own").locator("input, textarea")
    expect(name).to_have_value(re.compile("Smileys"))
    name.fill("mine")
    await_frames(page, 1)
    page.route("**/gradio_api/run/**", lambda route: route.fulfill(**answer))
    page.click("#train-stop")
    page.wait_for_timeout(500)
    expect(page.locator("#train-stop")).to_be_enabled(timeout=PATIENCE)
    expect(page.locator("#train-status")).not_to_contain_text("Stopping")
    page.unroute_all(behavior="wait")
    page.click("#train-stop")
    assert await_end(page) == "stopped"
    expect(name).to_have_value("mine")
    page.fill("#train-seconds input", "3")
    page.locator("#train-seconds input").blur()
    page.click("#train-start")
    expect(page.locator("#train-note")).to_contain_text("5 to 3600")
    page.locator("#train-own").get_by_role("button", name="Rename").click()  # still the one in view
    expect(page.locator("#train-own-note")).to_be_hidden()
    page.wait_for_timeout(500)
    page.reload()
    expect(name).to_have_value("mine", timeout=PATIENCE)
    one.problems = [problem for problem in one.problems if "502" not in problem]
