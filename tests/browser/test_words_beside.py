"""Words beside a picture: pinned, kept by the address, unknown, in lines, and one in place of another."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import canvas
from tests.browser.test_stage_of_places import (
    COMMON,
    HEADS,
    captioned,
    layer,
    open_with,
    packed,
    rows,
    shown,
)
from tests.browser.test_train_watched import await_quiet


def test_a_word_is_pinned_by_pointer_and_keys_and_the_address_keeps_it(visit: Callable[..., Any]) -> None:
    body, weights = captioned()
    page = open_with(visit, body, reduced_motion="reduce")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await_quiet(page, requests)
    asked = len(requests)
    page.mouse.click(*canvas.point(page, *canvas.word(page, 2)))
    page.wait_for_function("() => location.search.includes('mode=seen&word=3')")
    expect(page.get_by_role("button", name="Pin 1: the word “three”")).to_be_visible()
    picture = page.locator("#explorer-picture")
    picture.press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('word=2')")
    peak = int(weights[0, :, :, 1].mean(0).argmax())
    picture.press("k")
    assert shown(page)[1] == peak, "to the cell that looks at it most"
    page.wait_for_function("() => location.search.includes('pixel=')")
    picture.press("k")
    picture.press("m")
    assert canvas.view(page)["mode"] == "contribution"
    assert canvas.view(page)["pin"].get("beside") is None, "which is of cells"
    page.locator("#explorer-mode").get_by_text("Seen by").click()
    assert canvas.view(page)["pin"]["beside"] in range(3)
    assert requests[asked:] == []


def test_unknown_words_are_struck_through_as_they_were_written(visit: Callable[..., Any]) -> None:
    texts = [["two", "?", "three"]] * 2
    header = COMMON | {"height": 13, "width": 17, "channels": 3, "unknown": [["<b>un</b>", "and"]]}
    header["layers"] = [layer("reading", [2, 3], {"words": texts})]
    pictures = np.zeros((2, 13, 17, 3), dtype=np.uint8)
    page = open_with(visit, packed(header, pictures, [rows(6, [3, 3], 31)]), reduced_motion="reduce")
    canvas.hover_word(page, 1)
    expect(canvas.part(page, ".sentence")).to_contain_text("The word “<b>un</b>” is looked at")


def test_another_word_in_place_of_one_is_drawn_from_the_same_noise(visit: Callable[..., Any]) -> None:
    def frame(words: list[str], weights: np.ndarray, picture: np.ndarray) -> bytes:
        header = COMMON | {"count": 1, "attended": 1, "seeds": [13], "labels": [" ".join(words)]}
        header |= {"height": 13, "width": 17, "channels": 3}
        header["layers"] = [layer("reading", [2, 3], {"words": [words]})]
        return packed(header, picture[None], [weights])

    before, after = np.zeros((2, 13, 17, 3), dtype=np.uint8)
    after[:4, :3] = 255  # 12 of 221 pixels, all in the upper left one of 2 x 3 cells
    weights = np.full((1, HEADS, 6, 3), 1 / 3, "<f4")
    weights[:, :, 5] = (0, 0, 1)  # the last cell alone looks at "three" more than others do
    weights[:, :, :5] = (0.5, 0.5, 0)
    body = frame(["two", "and", "three"], weights, before)
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    page.route("**/attngan/frame/**", lambda route: route.fulfill(body=body))
    page.locator("#explorer-seed input").fill("5")
    page.wait_for_selector("#explorer-grid [title^='Sample 1, seed 13']")
    asked: list[str] = []

    def answer(route: Any) -> None:
        (text,) = parse_qs(urlparse(route.request.url).query)["label"]
        asked.append(text)
        route.fulfill(body=frame(text.split(), weights, after))

    page.route("**/attngan/frame/**count=1&label=two**", answer)
    page.mouse.click(*canvas.point(page, *canvas.word(page, 2)))
    page.locator("#explorer-tabs [data-name=edit]").click()
    field = page.locator("#explorer-swap")
    expect(field).to_contain_text("In place of “three”:")
    field.locator("input").fill("<b>four</b>")
    field.get_by_role("button", name="Draw").click()
    said = canvas.part(page, "#explorer-change")
    outside = 12 / (13 * 17 - 7 * 6)  # of the pixels whose middles lie in the other five cells
    expect(said).to_contain_text(
        f"5.4% of the pixels differ noticeably, by 255 of 255 at most. Of those "
        f"outside the part that looked at this word, {100 * outside:.1f}% do."
    )
    assert asked == ["two and <b>four</b>"]
    page.wait_for_function("() => location.search.includes('&swap=3,1,')")
    assert parse_qs(urlparse(page.url).query)["swap"] == ["3,1,<b>four</b>"]
    canvas.settle(page)
    expect(canvas.part(page, ".sentence")).to_contain_text("The word “<b>four</b>” is looked at")
    field.get_by_role("button", name="As it was").click()
    expect(canvas.part(page, ".sentence")).to_contain_text("The word “three” is looked at")
    expect(field.get_by_role("button", name="As it was")).to_be_hidden()
    page.wait_for_function("() => !location.search.includes('swap=')")


@pytest.mark.parametrize("width", [390, 1280])
def test_long_captions_are_broken_into_lines(visit: Callable[..., Any], width: int) -> None:
    texts = [[f"word{number}" for number in range(16)], ["short"]]
    header = COMMON | {"height": 13, "width": 17, "channels": 3}
    header["layers"] = [layer("reading", [2, 3], {"words": texts})]
    pictures = np.zeros((2, 13, 17, 3), dtype=np.uint8)
    body = packed(header, pictures, [rows(6, [16, 1], 31)])
    page = open_with(visit, body, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    canvas.settle(page)
    middles = [canvas.word(page, place) for place in range(16)]
    assert all(0 < x < 1 and 0 < y < 1 for x, y in middles)
    assert len({round(y, 3) for _, y in middles}) > 1
    before = page.locator("#explorer-picture").bounding_box()
    page.locator("#explorer-picture").press("n")
    canvas.settle(page)
    assert page.locator("#explorer-picture").bounding_box() == before, "nothing jumps with the next item"
