"""The text box of models that read: what is typed is drawn, told where it is unknown, and in the address."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from attngan.explain import frames
from attngan.model import checkpoints, sampling
from tests.browser import canvas
from tests.browser.test_keeping import saved

BOX = "#explorer-text input"
LABELS = f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.frame.header.labels }}"


def await_labels(page: Any, text: str) -> None:
    """Wait until all samples are of a text."""
    page.wait_for_function(
        f"(text) => {{ {canvas.FIND}; const labels = one.attentionCanvas.view.frame.header.labels;"
        "return labels?.every((label) => label === text) }",
        arg=text,
    )


def test_what_is_typed_is_drawn_at_once_and_an_empty_box_shows_examples(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?model=words", reduced_motion="reduce").page
    canvas.ready(page)
    model = checkpoints.load(models / "words")
    expect(page.locator(BOX)).to_have_attribute("placeholder", model.config.example_texts[0])
    expect(page.locator("#explorer-class")).to_be_hidden()
    assert page.evaluate(LABELS) == list(model.config.example_texts[:16])
    page.locator(BOX).press_sequentially("a red star", delay=20)
    await_labels(page, "a red star")
    page.locator("#explorer-layer").get_by_text("words", exact=False).first.click()
    canvas.hover(page, 0.3, 0.4)
    frame = frames.decode(frames.encode(sampling.sample(model, range(16), ["a red star"] * 16)))
    shown = canvas.shown_map(page)
    assert shown.values[:3] == pytest.approx(frame.layers[0].weights[0].mean(0)[shown.cell], abs=1e-4)
    page.locator("#explorer-noise").click()
    page.wait_for_function("() => !location.search.includes('seed=0')")
    await_labels(page, "a red star")
    page.locator(BOX).fill("")
    page.wait_for_function(
        f"(labels) => String(({LABELS})()) === String(labels)", arg=list(model.config.example_texts[:16])
    )


def test_the_box_is_there_for_models_that_read_alone(visit: Callable[..., Any]) -> None:
    page = visit().page
    canvas.ready(page)
    expect(page.locator("#explorer-text")).to_be_hidden()
    choose = page.locator("#explorer-model").get_by_role("radio", name="spelled", exact=True)
    choose.click()
    page.locator(BOX).fill("seven hundred")
    await_labels(page, "seven hundred")
    page.locator("#explorer-model").get_by_role("radio", name="signs", exact=True).click()
    expect(page.locator("#explorer-text")).to_be_hidden()
    expect(page.locator("#explorer-class")).to_be_visible()
    choose.click()
    expect(page.locator(BOX)).to_have_value("")


def test_words_that_are_not_known_are_struck_through_with_the_nearest(visit: Callable[..., Any]) -> None:
    page = visit("?model=words", reduced_motion="reduce").page
    canvas.ready(page)
    before = page.locator("#explorer-picture").bounding_box()
    page.locator(BOX).fill("a redd star <img src=x onerror=alert(1)>")
    told = page.locator("#explorer-unknown")
    expect(told).to_contain_text("redd → red")
    expect(told.locator("s")).to_have_text(["redd", "img", "src", "x"])
    expect(told.locator("img")).to_have_count(0)
    assert page.locator("#explorer-picture").bounding_box() == before, "nothing jumps"
    page.locator(BOX).fill("zzyzx")
    expect(canvas.part(page, ".empty")).to_contain_text("knows none of the words")
    expect(told).to_have_text("")
    page.locator(BOX).fill("a redd star <img src=x onerror=alert(1)>")
    expect(canvas.part(page, ".empty")).to_be_hidden()
    expect(told.locator("s")).to_have_text(["redd", "img", "src", "x"])
    page.locator("#explorer-model").get_by_role("radio", name="spelled", exact=True).click()
    expect(page.locator(BOX)).to_have_value("")
    page.locator(BOX).fill("Two")
    expect(told.locator("s")).to_have_text(["T"])
    expect(told).to_contain_text("T → t")


def test_the_address_carries_the_text_and_a_reload_and_a_link_show_it_again(
    visit: Callable[..., Any],
) -> None:
    text = "a red star & <b>50%</b> left=right? #1 + 字"
    page = visit("?model=words&seed=3", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator(BOX).fill(text)
    await_labels(page, text)
    page.wait_for_function("(text) => new URLSearchParams(location.search).get('text') === text", arg=text)
    page.reload()
    canvas.ready(page)
    await_labels(page, text)
    expect(page.locator(BOX)).to_have_value(text)
    expect(canvas.part(page, ".note")).to_be_hidden()
    second = visit(page.evaluate("location.search")).page
    canvas.ready(second)
    await_labels(second, text)
    expect(second.locator(BOX)).to_have_value(text)
    second.locator(BOX).fill("")
    second.wait_for_function("() => !location.search.includes('text=')")


def test_a_link_with_a_text_that_does_not_fit_shows_the_nearest_view_and_says_so(
    visit: Callable[..., Any],
) -> None:
    for query in (
        "?model=faces&text=a+red+star",
        "?model=words&text=zzyzx",
        "?model=words&text=" + "x" * 1001,
    ):
        page = visit(query).page
        canvas.ready(page)
        expect(canvas.part(page, ".note")).to_contain_text("nearest view")


def test_a_link_opens_another_word_in_place_of_one_and_what_cannot_be_drawn_goes(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?model=words&swap=1,1,blue", reduced_motion="reduce").page
    canvas.ready(page)
    own = checkpoints.load(models / "words").config.example_texts[0]
    page.wait_for_function(
        f"(text) => {{ {canvas.FIND}; return one.attentionCanvas.view.stand?.header.labels[0] === text }}",
        arg=" ".join(["blue", *own.split(" ")[1:]]),
    )
    expect(page.locator("#explorer-change")).to_be_visible()
    page.wait_for_function("() => location.search.includes('&swap=1,1,blue')")
    one = visit(f"?model=spelled&swap=1,1,{'x' * 900}", reduced_motion="reduce")
    canvas.ready(one.page)
    expect(one.page.locator("#explorer-change")).to_contain_text("at most")
    one.page.wait_for_function("() => !location.search.includes('swap=')")
    one.problems.clear()  # the browser's own line about 404


def test_the_map_of_a_word_is_kept_as_a_figure_where_there_is_one(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    for query in ("?model=words&layer=words-8&word=2", "?model=spelled&word=3"):
        page = visit(query, reduced_motion="reduce").page
        canvas.ready(page)
        page.get_by_role("tab", name="Keep").click()
        assert b"<svg" in saved(page, "#explorer-svg", tmp_path).read_bytes()
        assert saved(page, "#explorer-pdf", tmp_path).read_bytes().startswith(b"%PDF-")
        expect(page.locator("#explorer-python")).to_contain_text("seen.word_figure(")
    page = visit("?model=words&layer=8&word=2", reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Keep").click()
    expect(page.locator("#explorer-svg")).to_be_disabled()
    page.locator("#explorer-layer").get_by_text("words").first.click()
    expect(page.locator("#explorer-svg")).to_be_enabled()


def test_the_discriminator_judges_with_the_text_and_with_another_one(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?model=words&text=a+red+star", reduced_motion="reduce").page
    canvas.ready(page)
    word = page.locator("#explorer-word")
    expect(word).to_contain_text("its own text, here “a red star”; for “")
    page.get_by_role("button", name="A real one").click()
    expect(word).to_contain_text("It gives this real picture")
    expect(word).not_to_contain_text("here “a red star”")


def test_another_model_is_asked_with_the_text_only_where_it_reads_one(visit: Callable[..., Any]) -> None:
    one = visit("?model=words&text=a+red+star&compare=faces", reduced_motion="reduce")
    canvas.ready(one.page)
    canvas.part(one.page, ".panel.compare select").wait_for()
    one.page.wait_for_function("() => document.querySelector('#explorer-other').style.visibility === ''")
    asked = [url for url in one.requests if "/frame/faces" in url and "count=1" in url]
    assert asked
    assert all("label=&" in url for url in asked)


def test_python_lines_quote_the_text(visit: Callable[..., Any]) -> None:
    page = visit("?model=words&text=a+%22red%22+star", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#explorer-tabs").get_by_text("Keep").click()
    lines = page.locator("#explorer-python")
    expect(lines).to_contain_text(r'label="a \"red\" star"')
    page.locator("#explorer-model").get_by_role("radio", name="spelled", exact=True).click()
    expect(page.locator(BOX)).to_have_value("")
    page.locator(BOX).fill("two hundred")
    await_labels(page, "two hundred")
    expect(lines).to_contain_text('label="two hundred"')
    expect(lines).to_contain_text("print(seen.text)")
