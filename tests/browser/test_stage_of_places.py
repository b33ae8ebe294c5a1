"""Items that are no pictures, and keys that are words: frames of such, written by hand, in a browser."""

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import canvas

HALF_LEVEL = 0.5 / 255  # a painted weight may differ by this part of its row's largest
COLUMNS = ["alpha", "beta", "gamma"]
TEXTS = [["two", "and", "three"], ["four", "and", "one", "more", "end"]]  # of each item; the first is padded
GATES = {"reading": 0.5, "mixing": -0.75}
HEADS = 2


def rows(queries: int, keys: list[int], seed: int) -> np.ndarray:
    """Weights (A, N, Q, K) of items with so many keys each; from there on they are 0."""
    weights = np.exp(2 * np.random.default_rng(seed).standard_normal((len(keys), HEADS, queries, max(keys))))
    for item, count in enumerate(keys):
        weights[item, :, :, count:] = 0
    return (weights / weights.sum(-1, keepdims=True)).astype("<f4")


def packed(header: dict[str, Any], items: np.ndarray, layers: list[np.ndarray]) -> bytes:
    """A frame as attngan.explain.frames has it, gunzipped; `items` is the section before the layers'."""
    sections = [items]
    for weights in layers:
        scale = weights.max(-1)
        levels = (weights / scale[..., None] * 255).round().astype("u1")
        lengths = np.ones((*weights.shape[:2], weights.shape[-1]), "<f4")
        sections += [scale, levels, lengths]
    starts, body, first = [], b"", 8192
    for section in sections:
        starts.append(first + len(body))
        body += section.tobytes() + bytes(-section.nbytes % 4)
    name = "items" if "item" in header else "pictures"
    named = [
        dict(zip(("scale", "weights", "lengths"), starts[1 + 3 * index :], strict=False))
        for index in range(len(layers))
    ]
    text = json.dumps(header | {"version": 1, "offsets": {name: starts[0], "layers": named}}).encode()
    return struct.pack("<I", first - 4) + text.ljust(first - 4) + body


def layer(name: str, query: Any, key: Any) -> dict[str, Any]:
    return {"name": name, "heads": HEADS, "query": query, "key": key, "gate": GATES[name]}


READING, MIXING = rows(3, [3, 5], 11), rows(3, [3, 3], 23)
SUMS = np.array([[5, -0.25, 3], [7.5, 0, 1]], "<f4")
COMMON = {"count": 2, "attended": 2, "seeds": [11, 13], "labels": None}


def sums() -> bytes:
    """Rows of three numbers, drawn from words: a kind that the page has never heard of."""
    columns, words = {"columns": COLUMNS}, {"words": TEXTS}
    header = COMMON | {
        "kind": "sums",
        "item": {"type": "<f4", "shape": [3], "places": columns},
        "layers": [layer("reading", columns, words), layer("mixing", columns, columns)],
    }
    return packed(header, SUMS, [READING, MIXING])


def captioned() -> tuple[bytes, np.ndarray]:
    """Pictures of 13 x 17 pixels, drawn from words by a map of 2 x 3 cells."""
    weights = rows(6, [3, 5], 31)
    header = COMMON | {"height": 13, "width": 17, "channels": 3}
    header["layers"] = [layer("reading", [2, 3], {"words": TEXTS})]
    pictures = np.random.default_rng(5).integers(0, 256, (2, 13, 17, 3), dtype=np.uint8)
    return packed(header, pictures, [weights]), weights


def open_with(visit: Callable[..., Any], body: bytes, **settings: Any) -> Any:
    """The page in whose canvas this frame came in place of the server's."""
    page = visit(**settings).page
    canvas.ready(page)
    page.route("**/attngan/frame/**", lambda route: route.fulfill(body=body))
    page.locator("#explorer-seed input").fill("5")
    page.wait_for_selector("#explorer-grid [title^='Sample 2, seed 13']")
    return page


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    return open_with(visit, sums(), reduced_motion="reduce")


def shown(page: Any) -> tuple[list[float], int]:
    found = page.evaluate(
        f"() => {{ {canvas.FIND}; const map = one.attentionCanvas.map();"
        "return [[...map.map], map.cell, map.painted.kind] }"
    )
    return found[0], found[1]


def choose_layer(page: Any, name: str) -> None:
    page.locator("#explorer-layer").get_by_text(name, exact=True).click()


def test_a_column_looks_at_words_which_the_sentence_names(page: Any) -> None:
    choose_layer(page, "reading")
    canvas.hover(page, 1.5 / 3, 0.2)
    values, place = shown(page)
    truth = READING[0, :, 1].mean(0)
    assert place == 1
    assert np.abs(np.array(values) - truth).max() <= HALF_LEVEL
    assert values[3:] == [0, 0], "padding gets nothing"
    best = TEXTS[0][int(truth.argmax())]
    expect(canvas.part(page, ".sentence")).to_contain_text(f"“beta” looks most at “{best}”:")
    expect(canvas.part(page, ".saying + .numbers")).to_contain_text("“beta”, one of 3")
    expect(canvas.part(page, ".even")).to_have_text("even 33%")


def test_a_word_is_seen_by_columns_and_padding_cannot_be_pointed_at(page: Any) -> None:
    choose_layer(page, "reading")
    canvas.hover_word(page, 2)
    values, place = shown(page)
    assert place == 2, "the last word of this item"
    assert np.abs(np.array(values) - READING[0, :, :, 2].mean(0)).max() <= HALF_LEVEL
    canvas.hover(page, 0.97, canvas.word(page, 2)[1])
    assert shown(page)[1] == 2, "behind the last word there is none"
    page.locator("#explorer-picture").press("n")
    canvas.hover_word(page, 4)
    values, place = shown(page)
    assert place == 4
    assert np.abs(np.array(values) - READING[1, :, :, 4].mean(0)).max() <= HALF_LEVEL
    expect(canvas.part(page, ".sentence")).to_contain_text("The word “end” is looked at")
    expect(canvas.part(page, "#explorer-mode input:checked")).to_have_value("seen")
    canvas.hover(page, 1.5 / 3, 0.2)
    expect(canvas.part(page, "#explorer-mode input:checked")).to_have_value("looks")


def test_a_rollout_passes_over_what_words_bring(page: Any) -> None:
    page.locator("#explorer-mode").get_by_text("All layers").click()
    choose_layer(page, "reading")
    canvas.hover(page, 0.5 / 3, 0.2)
    mixed = np.eye(3)[0] + abs(GATES["mixing"]) * MIXING[0].mean(0)[0]
    kept = mixed / mixed.sum() / (1 + GATES["reading"])
    assert np.abs(np.array(shown(page)[0]) - kept).max() <= 2 * HALF_LEVEL
    assert sum(shown(page)[0]) == pytest.approx(1 / 1.5, abs=2e-3)


def test_keys_modes_pins_and_panels_work_on_boxes(page: Any) -> None:
    picture = page.locator("#explorer-picture")
    picture.focus()
    choose_layer(page, "mixing")
    picture.focus()
    for key in ("Enter", "Shift+Enter", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Pin 2: “gamma”")).to_be_visible()
    page.wait_for_function("() => location.search.includes('pixel=1,0;2,0')")
    for _ in range(5):
        page.keyboard.press("m")
        canvas.hover(page, 0.4, 0.8)
    for name in ("effect", "edit", "wander", "compare", "keep", "map"):
        page.locator(f"#explorer-tabs [data-name={name}]").click()
        canvas.settle(page)
    assert page.locator("#explorer-grid [role=option]").nth(1).get_attribute("title") == (
        "Sample 2, seed 13: alpha 7.50, beta 0.00, gamma 1.00"
    )
    expect(picture).to_have_attribute(
        "aria-label",
        "What was made, in boxes. Move over it to see where the network looked; arrows move, Enter pins.",
    )


def test_a_word_is_forbidden_by_keys(page: Any) -> None:
    choose_layer(page, "reading")
    page.locator("#explorer-picture").press("Enter")
    expect(canvas.part(page, "#explorer-spoken")).to_contain_text("“beta” looks most at")
    page.locator("#explorer-tabs [data-name=edit]").click()
    page.locator("#explorer-tool input[value=forbid]").focus()
    page.keyboard.press("Space")
    page.locator("#explorer-picture").press("ArrowRight")
    expect(canvas.part(page, "#explorer-spoken")).to_have_text("Place: “three”")
    page.locator("#explorer-picture").press("Enter")
    page.wait_for_function("() => location.search.includes('edit=reading*x2q1')")
    expect(canvas.part(page, "#explorer-edits li span")).to_have_text("reading: “three” forbidden for “beta”")


def test_the_words_of_a_picture_stand_below_it(visit: Callable[..., Any]) -> None:
    body, weights = captioned()
    page = open_with(visit, body, reduced_motion="reduce")
    box = page.locator("#explorer-picture").bounding_box()
    tall = box["width"] * 13 / 17 / box["height"]  # share of the picture
    assert 0.5 < tall < 0.9, "there is room for more lines of words than these need"
    canvas.hover(page, 2.5 / 3, 1.5 / 2 * tall)
    values, place = shown(page)
    assert place == 5
    assert np.abs(np.array(values) - weights[0, :, 5].mean(0)).max() <= HALF_LEVEL
    expect(canvas.part(page, ".sentence")).to_contain_text("Pixel 14, 9 looks")
    expect(canvas.part(page, ".saying .why").first).to_have_attribute("data-explain", "explain_looks_places")
    canvas.hover_word(page, 1)
    values, place = shown(page)
    assert place == 1
    assert np.abs(np.array(values) - weights[0, :, :, 1].mean(0)).max() <= HALF_LEVEL
    expect(canvas.part(page, ".sentence")).to_contain_text("The word “and” is looked at")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_boxes_shut_nobody_out(visit: Callable[..., Any], theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_with(visit, sums(), query=f"?__theme={theme}", reduced_motion="reduce", device_scale_factor=2)
    page.locator("#explorer-picture").press("Enter")
    canvas.settle(page)
    found = Axe().run(page, context="#explorer-canvas").response
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []
    width = page.evaluate("() => document.querySelector('#explorer-picture').width")
    assert width == pytest.approx(2 * page.locator("#explorer-picture").bounding_box()["width"], abs=2)
