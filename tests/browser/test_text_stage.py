"""Frames of a model that writes texts (tests/tiny_texts.py): both texts, the matrix, the list, and edits."""

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import frames
from attngan.explain.edits import parse_text
from attngan.model.sampling import Sample, sample
from tests import tiny_texts
from tests.browser import canvas
from tests.browser.test_stage_of_places import HALF_LEVEL, open_with, shown

TEXTS = ["a7bqb", "q3"]
SEEDS = [11, 13]


@pytest.fixture(scope="module")
def drawn() -> Sample:
    return sample(tiny_texts.trained(), SEEDS, TEXTS)


@pytest.fixture
def page(visit: Callable[..., Any], drawn: Sample) -> Any:
    return open_with(visit, gzip.decompress(frames.encode(drawn)), reduced_motion="reduce")


def written(drawn: Sample, item: int) -> str:
    return "".join(drawn.kind.texts(drawn.items)[item])


def truth(drawn: Sample, item: int = 0) -> np.ndarray:
    """The mean of the heads in the last round, (T, K)."""
    found: np.ndarray = drawn.attention[-1].weights[item].mean(0).numpy()
    return found


def test_a_written_character_says_where_it_looked_and_a_read_one_who_used_it(
    page: Any, drawn: Sample
) -> None:
    page.locator("#explorer-picture").press("ArrowRight")
    for place in (0, 1):
        page.locator("#explorer-picture").press("ArrowLeft" if place == 0 else "ArrowRight")
        values, pointed = shown(page)
        assert pointed == place
        assert np.abs(np.array(values) - truth(drawn)[place]).max() <= HALF_LEVEL
        best = TEXTS[0][int(truth(drawn)[place].argmax())]
        expect(canvas.part(page, ".sentence")).to_contain_text(f"(character {place + 1} of the output) looks")
        expect(canvas.part(page, ".sentence")).to_contain_text(f"“{best}”")
    for place in range(len(TEXTS[0])):
        canvas.hover_word(page, place)
        values, pointed = shown(page)
        assert pointed == place
        assert np.abs(np.array(values) - truth(drawn)[:, place]).max() <= HALF_LEVEL
    said = f"“{TEXTS[0][-1]}” (character {len(TEXTS[0])} of the input) is looked at"
    expect(canvas.part(page, ".sentence")).to_contain_text(said)
    expect(canvas.part(page, "#explorer-mode input:checked")).to_have_value("seen")


def test_the_matrix_is_pointed_at_by_rows_and_by_the_labels_of_its_columns(page: Any) -> None:
    area = page.evaluate(
        f"() => {{ {canvas.FIND}; const {{ cells }} = one.attentionCanvas.layout().matrix;"
        "const { clientWidth, clientHeight } = document.querySelector('#explorer-picture');"
        "return [cells.x / clientWidth, cells.y / clientHeight, cells.width / clientWidth,"
        " cells.height / clientHeight] }"
    )
    left, top, width, height = area
    for place in (0, 1):
        canvas.hover(page, left + 0.5 * width, top + (place + 0.5) / 2 * height)
        assert shown(page)[1] == place
        expect(canvas.part(page, "#explorer-mode input:checked")).to_have_value("looks")
    canvas.hover(page, left + 2.5 / len(TEXTS[0]) * width, top - 0.02)
    assert shown(page)[1] == 2
    expect(canvas.part(page, "#explorer-mode input:checked")).to_have_value("seen")


def test_samples_are_a_list_of_what_was_read_and_written(page: Any, drawn: Sample) -> None:
    options = page.locator("#explorer-grid [role=option]")
    for item, text in enumerate(TEXTS):
        expect(options.nth(item).locator("span")).to_have_text(text)
        expect(options.nth(item).locator("b")).to_have_text(written(drawn, item))
    options.nth(1).click()
    canvas.hover_word(page, 1)
    assert shown(page)[1] == 1
    assert np.abs(np.array(shown(page)[0]) - truth(drawn, 1)[:, 1]).max() <= HALF_LEVEL


def test_a_blocked_character_changes_what_is_written_which_is_marked_and_counted(
    visit: Callable[..., Any], drawn: Sample
) -> None:
    page = open_with(visit, gzip.decompress(frames.encode(drawn)), reduced_motion="reduce")
    model = tiny_texts.trained()

    def edited(text: str) -> Sample:
        return sample(model, SEEDS[:1], TEXTS[:1], edits=parse_text(text).on(model.generator))

    def answer(route: Any) -> None:
        (edit,) = parse_qs(urlparse(route.request.url).query)["edit"]
        route.fulfill(body=gzip.decompress(frames.encode(edited(edit), edit=edit)))

    page.route("**/attngan/frame/**edit=**", answer)
    page.locator("#explorer-tabs [data-name=edit]").click()
    page.locator("#explorer-tool").get_by_text("forbid").click()
    expect(page.locator("#explorer-whom input:checked")).to_have_value("all")
    edits = page.locator("#explorer-edits li span")
    for number in (2, 1):
        page.locator("#explorer-layer").get_by_text(f"round {number}").click()
        page.mouse.click(*canvas.point(page, *canvas.word(page, 1)))
        expect(edits).to_have_count(3 - number)
    expect(edits.last).to_have_text("round 2: “7” forbidden for all")
    page.locator("#explorer-tool").get_by_text("× 3").click()
    page.mouse.click(*canvas.point(page, *canvas.word(page, 2)))
    expect(edits.first).to_have_text("round 1: “b” weighs 3 times as much")
    page.wait_for_function("() => location.search.includes('k3x2')")
    (text,) = parse_qs(urlparse(page.url).query)["edit"]
    assert sorted(text.split("_")) == ["round-1*k3x2*x1", "round-2*x1"]
    before, after = written(drawn, 0), written(edited(text), 0)
    count = sum(one != two for one, two in zip(before.ljust(2), after.ljust(2), strict=True))
    assert count
    expect(page.locator("#explorer-change")).to_have_text(f"Characters that changed: {count}.")
    expect(page.locator("#explorer-trio figure:nth-child(2) mark")).to_have_count(count)
    expect(page.locator("#explorer-trio figure:nth-child(2) output")).to_have_text(after)
