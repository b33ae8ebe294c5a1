"""Texts from texts and pictures from words in the Train tab: chosen, shown, brought along, learnt."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from demo.jobs import JobFolder, Request
from demo.jobs.folder import Record
from tests.browser.serving import make_run
from tests.browser.test_own_pictures import CALLS, NOTE, archive, choose_data, picture
from tests.browser.test_train_watched import PATIENCE, await_end, await_frames, start

REALS, COMMAND = "#train-reals .reals", "#train-command textarea"
CONTROLS = ("size", "square", "attention", "conditional")


@pytest.fixture
def page(visit: Callable[..., Any]) -> Iterator[Any]:
    """The Train tab; at the end no training runs on."""
    one = visit("?door=train", reduced_motion="reduce")
    one.page.wait_for_selector("#train-reals-picture[src]", timeout=PATIENCE)
    yield one.page
    if one.page.locator("#train-stop").is_enabled():
        one.page.click("#train-stop")
        await_end(one.page)


def asked(page: Any) -> set[str]:
    """Those of CONTROLS that are seen."""
    return {name for name in CONTROLS if page.locator(f"#train-{name}").is_visible()}


def tops(page: Any) -> list[float]:
    """Where what is asked of all data stands."""
    ids = ("data", "upload", "seconds", "start", "command", "recipe")
    return [page.locator(f"#train-{one}").bounding_box()["y"] for one in ids]


def lasting(page: Any, seconds: int) -> None:
    page.fill("#train-seconds input", str(seconds))
    page.locator("#train-seconds input").blur()


def test_what_does_not_suit_is_not_asked_and_nothing_moves(page: Any) -> None:
    before = tops(page)
    assert asked(page) == {"size", "attention"}
    choose_data(page, "Dates: ")
    expect(page.locator("#train-reals-pairs li")).to_have_count(12, timeout=PATIENCE)
    expect(page.locator("#train-reals-count")).to_have_text("40,000 pairs")
    expect(page.locator(f"{REALS} h2")).to_contain_text("what is read → what is to be written")
    expect(page.locator("#train-reals-pairs b").first).to_have_text(re.compile(r"^\d{4}-\d\d-\d\d$"))
    expect(page.locator(COMMAND)).to_have_value(
        "python -m attngan train --data dates --seconds 60 --seed 0 --run-dir run"
    )
    assert asked(page) == set()
    assert tops(page) == before
    page.click("#train-recipe input")
    page.get_by_role("option", name="Twin without attention").click()
    expect(page.locator(COMMAND)).to_have_value(re.compile("--preset pooled "))

    choose_data(page, "Scenes: “a small")
    expect(page.locator("#train-reals .captioned figure")).to_have_count(12, timeout=PATIENCE)
    caption = page.locator("#train-reals figcaption").first.inner_text()
    assert page.locator("#train-reals figure img").first.get_attribute("alt") == caption
    expect(page.locator(COMMAND)).to_have_value(
        "python -m attngan train --data scenes --seconds 60 --size 32 --attention 8 --seed 0 --run-dir run"
    )
    assert asked(page) == {"size", "attention"}
    choose_data(page, "Letters")
    expect(page.locator("#train-conditional")).to_be_visible(timeout=PATIENCE)
    assert tops(page) == before


def test_own_pairs_are_shown_as_text_and_learnt(page: Any, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>{{ 7 * 7 }}"
    rows = "".join(f"{hostile} {number},{number}\n" for number in range(150))
    (tmp_path / "own pairs.csv").write_text(rows)
    page.set_input_files("#train-upload input", tmp_path / "own pairs.csv")
    expect(page.locator("#train-reals-count")).to_have_text("147 pairs", timeout=PATIENCE)
    expect(page.locator("#train-reals-pairs span").first).to_have_text(f"{hostile} 0")
    expect(page.locator(NOTE)).to_contain_text("held out: 3 pairs")
    expect(page.locator("#train-data input")).to_have_value("Your own pictures, texts or tables")
    expect(page.locator(COMMAND)).to_have_value(re.compile(r"--data 'own pairs.csv' --seconds 60 --seed 0"))
    lasting(page, 120)  # it still learns after the reload, however slow that is
    start(page)
    expect(page.locator("#train-status")).to_contain_text("Learning from 147 pairs", timeout=PATIENCE)
    await_frames(page, 2)
    expect(page.locator("#train-live-grid > *")).to_have_count(3)
    expect(page.locator("#train-live .credit")).to_contain_text("Written by the network")
    expect(page.locator("#train-panel")).to_contain_text("Pairs per second")
    expect(page.locator("#train-exact_held_out")).to_have_text(re.compile(r"\d\.\d\d"), timeout=PATIENCE)
    expect(page.locator("#train-measured dt .term")).to_have_text("exact match, held out ↑")
    expect(page.locator("#train-name input, #train-name textarea").first).to_have_value(
        re.compile(r"^own pairs, 120 s, \d\d:\d\d$")
    )
    page.reload()
    await_frames(page, 1)
    expect(page.locator("#train-reals-pairs span").first).to_have_text(f"{hostile} 0")
    expect(page.locator("#train-reals-count")).to_have_text("147 pairs")
    expect(page.locator("#train-gates")).to_contain_text(re.compile(r"round 1 \d.*round 2 \d"))
    page.click("#train-stop")
    await_end(page)
    assert asked(page) == set(), "as texts are asked, before the reload and after"
    expect(page.locator(COMMAND)).to_have_value(re.compile(r"--data own_pairs.jsonl --seconds 120 --seed 0"))
    page.click("#train-explore:enabled")
    page.wait_for_selector("#explorer-canvas .attention[data-version]", timeout=PATIENCE)
    expect(page.locator("#explorer-model label:has(:checked)")).to_have_text(
        re.compile(r"^\s*own pairs, 120 s, ")
    )
    expect(page.locator("#explorer-credit")).to_contain_text("Written by the network", timeout=PATIENCE)


def test_what_a_restored_training_learns_from_is_not_overtaken(visit: Callable[..., Any], runs: Path) -> None:
    """The page is not to ask for what its form shows before it knows of the training."""
    run = make_run(runs)
    JobFolder.find(runs, run).write(Record(request=Request(data="dates"), data="dates", created=0.0))
    page = visit(reduced_motion="reduce").page
    held: list[Any] = []

    def hold_glimpses(route: Any) -> None:
        if route.request.post_data_json["data"][:3] == ["faces", None, "default"]:
            held.append(route)
        else:
            route.continue_()

    page.route(CALLS, hold_glimpses)
    page.goto(page.url.split("?")[0] + "?door=train")
    expect(page.locator("#train-data input")).to_have_value(re.compile("Smileys"), timeout=PATIENCE)
    page.wait_for_function("() => document.body.dataset.restored === 'without'")
    page.wait_for_timeout(1000)
    assert held, "without a training it asks"
    held.clear()
    page.evaluate("(run) => localStorage.setItem('attngan-train', run)", run)
    page.reload()
    expect(page.locator("#train-data input")).to_have_value(re.compile("Dates"), timeout=PATIENCE)
    expect(page.locator("#train-reals-count")).to_have_text("40,000 pairs")
    for route in held:
        with page.expect_response(CALLS):
            route.continue_()
    page.wait_for_timeout(1000)
    expect(page.locator("#train-reals-count")).to_have_text("40,000 pairs")


def test_how_many_are_right_is_told_at_every_width_and_moves_nothing(page: Any) -> None:
    choose_data(page, "Dates: ")
    lasting(page, 60)
    start(page)
    line, grid = page.locator("#train-live .samples h2"), page.locator("#train-live-grid")

    def room(width: int) -> float:
        page.set_viewport_size({"width": width, "height": 800})
        return float(grid.bounding_box()["y"] - line.bounding_box()["y"])

    before = {width: room(width) for width in (390, 1280)}
    assert all(pixels > 15 for pixels in before.values()), "its room is there before anything is known"
    await_frames(page, 2)
    expect(line).to_have_attribute("data-right", re.compile(r"^✓ \d+/10$"))
    assert "✓" in line.evaluate("(line) => getComputedStyle(line, '::after').content")
    for width, pixels in before.items():
        assert room(width) == pixels
        expect(line).to_be_visible()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one,1\n", "1 pair, and at least 8 are needed"),
        ("<b>word</b>\n" * 11, "a line has 1 column: ['<b>word</b>']"),
        ("".join(f"word {number},\n" for number in range(11)), "all outputs are empty"),
        (f"{'x' * 10**7},1\n", "field larger than field limit"),
    ],
)
def test_what_is_wrong_with_own_pairs_is_told_beside_them(
    page: Any, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "own.csv").write_text(text)
    page.set_input_files("#train-upload input", tmp_path / "own.csv")
    page.wait_for_selector("#train-upload-note .note.problem:visible")
    expect(page.locator(NOTE)).to_contain_text(told)


def test_own_pictures_with_captions_are_shown_with_them(page: Any, tmp_path: Path) -> None:
    table = "file,caption\n" + "".join(f"{index}.png,a star <i>{index}</i>\n" for index in range(11))
    files = {f"{index}.png": picture(index) for index in range(11)} | {"captions.csv": table.encode()}
    page.set_input_files("#train-upload input", archive(tmp_path / "own.zip", files))
    expect(page.locator("#train-reals-count")).to_have_text("11 pictures", timeout=PATIENCE)
    expect(page.locator("#train-reals figcaption")).to_have_count(11)
    expect(page.locator("#train-reals figcaption").first).to_have_text("a star <i>0</i>")
    expect(page.locator(NOTE)).to_contain_text("captions: from captions.csv")


def test_scenes_are_drawn_from_captions_that_are_said(page: Any) -> None:
    choose_data(page, "Scenes: “a small")
    expect(page.locator(COMMAND)).to_have_value(  # what suits has come, which would put the size back
        "python -m attngan train --data scenes --seconds 60 --size 32 --attention 8 --seed 0 --run-dir run"
    )
    page.locator("#train-size").get_by_text("16 px").click()
    lasting(page, 120)
    expect(page.locator(COMMAND)).to_have_value(re.compile("--data scenes --seconds 120 --size 16 "))
    start(page)
    await_frames(page, 2)
    titles = page.locator("#train-live-grid > *").evaluate_all("(all) => all.map((one) => one.title)")
    assert len(titles) == 16
    assert all(re.search(r"\b(red|orange|yellow|green|blue|purple)\b", title) for title in titles)
    expect(page.locator("#train-status")).to_contain_text("Learning from 20,000 pictures")
    for overlap in (
        "iou_colour_generator",
        "iou_shape_discriminator",
        "iou_shape_discriminator_other",
        "iou_uniform",
    ):
        expect(page.locator(f"#train-{overlap}")).to_have_text(re.compile(r"^[01]\.\d\d$"))
    expect(page.locator("dl.quality")).to_have_text(re.compile("all facts right"))
    assert page.locator("dl.quality div").count() == 4, "the maps of words have a table of their own"
    page.click("#train-stop")
    assert await_end(page) == "stopped"
