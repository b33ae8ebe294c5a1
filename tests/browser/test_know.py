"""Numbers that are asked for: a pixel's arithmetic, a picture's facts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from attngan.explain import facts
from attngan.model import checkpoints
from demo.explorer import study
from demo.words import names
from tests.browser import canvas

KNOW, HELP, WORK = "#explorer-know", "#explorer-help", "#explorer-arithmetic"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit("?model=signs&class=1&pixel=5,9&head=2", reduced_motion="reduce").page
    canvas.ready(one)
    return one


def percents(text: str) -> list[float]:
    return [float(number) / 100 for number in re.findall(r"([\d.]+)%", text)]


def open_effect(page: Any) -> None:
    page.locator("#explorer-tabs [data-name=effect]").click()


def unfold(page: Any, panel: str) -> None:
    if panel == KNOW:
        open_effect(page)
    page.locator(f"{panel} summary").click()
    page.wait_for_selector(f"{panel} table")


def test_facts_are_fetched_when_they_are_asked_for_and_are_the_library_s(
    visit: Callable[..., Any], models: Path
) -> None:
    one = visit("?model=signs&class=1", reduced_motion="reduce")
    canvas.ready(one.page)
    canvas.hover(one.page, 0.4, 0.4)
    assert not [url for url in one.requests if "/facts/" in url]
    unfold(one.page, KNOW)
    model = checkpoints.load(models / "signs")
    truth = facts.facts(model, 0, 1)
    moved = percents(one.page.inner_text(f"{KNOW} .verdict"))[0]
    assert moved == pytest.approx(truth.removed.moved, abs=0.006)
    (layer,) = truth.layers
    rows = one.page.locator(f"{KNOW} tbody tr").all_inner_texts()
    assert percents(rows[0])[1] == pytest.approx(layer.removed.moved, abs=0.006)
    for row, head in zip(rows[1:4], layer.heads, strict=True):
        assert percents(row) == pytest.approx([head.spread, head.removed.moved], abs=0.006)
        assert float(re.findall(r"([\d.]+) px", row)[0]) == pytest.approx(head.distance, abs=0.06)
    one.page.locator("#explorer-grid [role=option]").nth(2).click()
    other = facts.facts(model, 2, 1)
    cell = f"document.querySelector('{KNOW} .layer-row td:last-child')"
    one.page.wait_for_function(
        f"(moved) => Math.abs(parseFloat({cell}.textContent) - moved) < 0.6",
        arg=100 * other.layers[0].removed.moved,
    )


def test_the_arithmetic_is_that_of_the_pinned_pixel_and_follows_it(page: Any) -> None:
    unfold(page, WORK)
    for move in (None, "ArrowRight"):
        if move:
            before = page.inner_text(f"{WORK} p")
            page.locator("#explorer-picture").press(move)
            page.wait_for_function(
                f"(before) => document.querySelector('{WORK} p').innerText !== before", arg=before
            )
        shown = canvas.shown_map(page)
        weights = [percents(row)[0] for row in page.locator(f"{WORK} tbody tr").all_inner_texts()]
        assert sum(weights) == pytest.approx(1, abs=0.02)
        assert weights[0] == pytest.approx(max(shown.values), rel=0.06)
        x, y = (
            shown.cell % 8 * 2,
            shown.cell // 8 * 2,
        )  # a cell is 2 x 2 pixels, of which no line parts the numbers
        name = f"{x}–\u2060{x + 1}, {y}–\u2060{y + 1}"
        expect(page.locator(WORK)).to_contain_text(f"The cell at {name} of layer 8 px, head 2 of 3")
    page.locator("#explorer-picture").press("Escape")
    page.locator(WORK).wait_for(state="hidden")


def test_whether_the_map_tells_the_truth_is_not_said_of_another_model(visit: Callable[..., Any]) -> None:
    page = visit("?model=faces&layer=8", reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Edit").click()
    page.locator("#explorer-truth summary").click()
    page.locator("#explorer-truth button").first.click()
    page.wait_for_selector("#explorer-truth table:visible")
    page.locator("#explorer-model input[value=signs]").click()
    expect(page.locator("#explorer-truth table")).to_be_hidden()
    expect(page.locator("#explorer-truth button").first).to_be_visible()


def test_every_number_is_explained_to_pointer_and_keyboard(page: Any) -> None:
    tip = page.locator("#explorer-canvas [role=tooltip]")
    seen = 0
    for panel in (WORK, KNOW):
        unfold(page, panel)
        for term in page.locator("#explorer-canvas .term:visible").all():
            term.focus()
            told = tip.inner_text()
            assert len(told) > 15
            assert not told.startswith("explain_")
            expect(term).to_have_attribute("aria-describedby", "explorer-tip")
            seen += 1
    assert seen > 30
    page.locator("#explorer-picture").hover()
    term.focus()
    page.mouse.move(2, 2)  # beyond the canvas: what has the focus stays explained
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("#explorer-tabs [data-name=map]").click()
    page.locator("#explorer-maps .term").first.hover()
    expect(tip).to_contain_text("The gate: how much of this layer's attention")


def test_without_the_model_itself_nothing_is_offered_that_it_would_have_to_answer(
    visit: Callable[..., Any],
) -> None:
    page = visit("?pixel=5,9").page
    canvas.ready(page)
    page.locator(WORK).wait_for()
    page.locator("#explorer-timeline input").focus()
    page.keyboard.press("Home")
    page.locator(WORK).wait_for(state="hidden")
    open_effect(page)
    expect(page.locator(KNOW)).to_contain_text("move the time to its end, or choose one")
    expect(page.locator(f"{KNOW} .verdict")).to_be_hidden()
    for panel, told in (("compare", "can be compared"), ("keep", "can be kept")):
        page.locator(f"#explorer-tabs [data-name={panel}]").click()
        expect(page.locator(f"#explorer-{panel} .outcome")).to_contain_text(told)


@pytest.mark.parametrize("width", [390, 820, 1280, 1600])
def test_whether_attention_helped_is_one_click_away_and_is_what_the_study_found(
    visit: Callable[..., Any], width: int
) -> None:
    one = visit("?model=plain", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    canvas.ready(one.page)
    open_effect(one.page)
    expect(one.page.locator(KNOW), "a model without attention").to_be_hidden()
    told = study.studied()["twins"]
    verdict = one.page.locator(f"{HELP} .verdict")
    expect(verdict).to_have_text(
        "No: in equal time, attention was worse than a convolution with as many parameters, and was not "
        "clearly better or worse than no block at all (agreement ↑)."
    )
    assert [told["against"][arm]["attention_is"] for arm in ("convolution", "nothing")] == [
        "worse",
        "unclear",
    ]
    rows = one.page.locator(f"{HELP} tr")
    for row, (mean, half) in zip(rows.all(), told["arms"].values(), strict=True):
        said = [float(number) for number in re.findall(r"\d\.\d+", row.inner_text())]
        assert said == pytest.approx([mean, half], abs=0.00501)
        track, line, dot = (row.locator(part).bounding_box() for part in (".track", "i", "b"))
        assert track["x"] <= line["x"] < dot["x"] + dot["width"] / 2 < line["x"] + line["width"]
        assert line["x"] + line["width"] <= track["x"] + track["width"] + 1
    answer = one.page.request.get(one.page.locator(f"{HELP} a").evaluate("(link) => link.href"))
    assert answer.text().startswith("# The attention study")


def test_of_data_that_nobody_studied_nothing_is_claimed(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    open_effect(page)
    expect(page.locator(f"{HELP} .verdict")).to_have_text("Nobody has measured it on these data.")
    *others, last = (names.WORDS["en"][f"name_{data}"] for data in sorted(study.studied()))
    expect(page.locator(HELP)).to_contain_text(f"That was done for: {', '.join(others)}, and {last}.")
    expect(page.locator(f"{HELP} table")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["pointer", "finger"])
def test_every_number_of_the_panels_is_explained(visit: Callable[..., Any], scheme: str) -> None:
    touch = {"has_touch": True, "viewport": {"width": 390, "height": 844}} if scheme == "finger" else {}
    page = visit("?pixel=5,9&compare=signs&mode=flow", reduced_motion="reduce", **touch).page
    canvas.ready(page)
    tip = page.locator("#explorer-tip")
    page.locator("#explorer-other").wait_for()
    page.locator("#explorer-tabs [data-name=map]").click()
    page.locator("#explorer-canvas details.view summary").click()
    seen = 0
    for name in ("edit", "wander", "compare"):
        page.locator(f"#explorer-tabs [data-name={name}]").click()
        if name == "edit":
            page.locator("#explorer-truth summary").click()
            page.locator("#explorer-truth button").click()
            page.locator("#explorer-truth td").first.wait_for()
        if name == "wander":
            page.locator("#explorer-go").click()
            page.locator("#explorer-way").wait_for()
        for output in page.locator("#explorer-canvas output:visible").all():
            assert output.evaluate("(node) => Boolean(node.closest('.term'))"), output.inner_text()
        for term in page.locator(f"#explorer-{name} .term:visible").all():
            if scheme == "finger":
                term.tap()
            else:
                term.hover()
            told = tip.inner_text()
            assert len(told) > 15
            assert "_" not in told
            tip.click()
            expect(tip, "it lies on other terms, so it can be put away").to_be_hidden()
            seen += 1
    assert seen >= 9
