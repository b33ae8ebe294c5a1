"""The canvas tells the truth: what is named, outlined, tinted and painted is what is there."""

import base64
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from attngan.explain import edits, frames
from attngan.explain.changes import differences
from attngan.explain.heatmaps import COLOURS
from attngan.model import checkpoints, sampling
from tests.browser import canvas

TEAL = (45, 212, 191)  # of the outline


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    return one


def painted(page: Any, selector: str = "#explorer-picture") -> np.ndarray:
    """A canvas in its own pixels, uint8 (H, W, 3)."""
    address = page.locator(selector).evaluate("(node) => node.toDataURL('image/png')")
    png = base64.b64decode(address.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))[..., :3]


def named(page: Any) -> dict[str, Any]:
    """The box that the sentence names, in fractions of the picture, and the middle of the brightest cell."""
    found: dict[str, Any] = page.evaluate(
        f"() => {{ {canvas.FIND}; const map = one.attentionCanvas.map();"
        "return {box: map.named?.box, middle: map.painted.middle(map.peak.index)} }"
    )
    return found


def plain(text: str) -> str:
    """A text without what keeps a line from breaking."""
    return text.replace("\u2060", "").replace("\u00a0", " ")


def test_the_sentence_names_what_is_outlined_and_it_holds_the_brightest_cell(page: Any) -> None:
    seen = 0
    for mode in ("Looks at", "Seen by", "Receives", "All layers", "Flow"):
        page.locator("#explorer-mode").get_by_text(mode, exact=True).click()
        for x, y in ((0.1, 0.2), (0.5, 0.9), (0.8, 0.4)):
            canvas.hover(page, x, y)
            found = named(page)
            text = plain(canvas.part(page, "#explorer-sentence").inner_text())
            box = found["box"]
            assert (box is None) == ("outlined" not in text), text
            if box is None:
                continue
            seen += 1
            assert box["x"] < found["middle"]["x"] < box["x"] + box["width"]
            assert box["y"] < found["middle"]["y"] < box["y"] + box["height"]
            picture = painted(page)
            high, wide = picture.shape[:2]
            row = picture[round((box["y"] + box["height"] / 3) * high)]
            column = min(wide - 1, round(box["x"] * wide + 1.5 * max(1, wide / 480)))
            near = row[max(0, column - 1) : column + 2].astype(int)
            assert np.abs(near - TEAL).sum(-1).min() < 60, (mode, near)
            if "looks most" in text:
                left, top = round(box["x"] * 16), round(box["y"] * 16)
                right = round((box["x"] + box["width"]) * 16) - 1
                bottom = round((box["y"] + box["height"]) * 16) - 1
                assert f"at {left}–{right}, {top}–{bottom} (outlined)" in text
    assert seen > 5


def test_all_places_are_told_in_pixels_of_the_picture(page: Any) -> None:
    page.mouse.click(*canvas.point(page, 3.5 / 16, 9.5 / 16))  # cell 1, 4 of 8 x 8
    page.wait_for_function("() => location.search.includes('pixel=3,9')")
    expect(page.get_by_role("button", name="Pin 1: pixel 3, 9")).to_be_visible()
    numbers = canvas.part(page, ".saying + .numbers").inner_text()
    assert "cell at 2–3, 8–9, one of 64" in plain(numbers)
    index = int(np.argmax(canvas.shown_map(page).values))
    x, y = index % 8 * 2, index // 8 * 2
    assert f"at {x}–{x + 1}, {y}–{y + 1}" in plain(numbers)
    page.locator("#explorer-arithmetic summary").click()
    first = page.locator("#explorer-arithmetic tbody th").first
    first.wait_for()
    assert "–" in first.inner_text()
    page.get_by_role("tab", name="Edit").click()
    page.locator("#explorer-tool").get_by_text("send", exact=True).click()
    picture = page.locator("#explorer-picture")
    picture.press("ArrowLeft")
    expect(canvas.part(page, "#explorer-spoken")).to_have_text("Cell at 0–\u20601, 8–\u20609")
    picture.press("Enter")
    expect(canvas.part(page, "#explorer-edits li span")).to_contain_text(
        "sent to the cell at 0–\u20601, 8–\u20609"
    )


def test_all_layers_and_back_keeps_the_layer(page: Any) -> None:
    for layer in ("8", "4"):
        page.locator("#explorer-layer").get_by_text(layer).click()
        page.locator("#explorer-mode").get_by_text("All layers").click()
        assert canvas.view(page)["layer"] == "4"
        page.locator("#explorer-mode").get_by_text("Looks at").click()
        expect(page.locator("#explorer-layer input:checked")).to_have_value(layer)


def test_the_arithmetic_of_a_mean_says_so_and_is_the_mean_in_view(visit: Callable[..., Any]) -> None:
    page = visit("?model=signs&class=1&pixel=5,9&head=mean", reduced_motion="reduce").page
    canvas.ready(page)
    page.locator("#explorer-arithmetic summary").click()
    page.get_by_text("In view is the mean of 3 heads").wait_for()
    sums = page.locator("#explorer-arithmetic p .sum").inner_text()
    terms, mean = sums.strip("(").split(" = ")
    each = [float(part.strip("()%/3 ")) for part in terms.split(") / ")[0].split(" + ")]
    assert len(each) == 3
    assert sum(each) / 3 == pytest.approx(float(mean.strip("%")), rel=0.1)
    assert float(mean.strip("%")) == pytest.approx(100 * max(canvas.shown_map(page).values), rel=0.06)
    page.locator("#explorer-picture").press("2")
    page.get_by_text("head 2 of 3").wait_for()
    expect(page.get_by_text("In view is the mean")).to_have_count(0)


def black() -> bytes:
    """A frame of one black picture of 16 x 16, of which every cell looks at cell 9 of 8 x 8 alone."""
    model = sampling.Sample
    import torch

    from attngan.kinds.pictures.kind import PICTURES
    from attngan.nn.attention import AttentionMap
    from attngan.nn.places import Grid

    weights = torch.zeros(1, 1, 64, 64)
    weights[..., 9] = 1
    unused = torch.zeros(1, 1, 64, 2)
    layer = AttentionMap(
        "8", Grid(8, 8), Grid(8, 8), weights, unused, unused, unused, torch.zeros(1, 2, 3), torch.tensor(0.5)
    )
    images = torch.zeros(1, 16, 16, 3, dtype=torch.uint8)
    return gzip.decompress(frames.encode(model(PICTURES, images, (layer,), (13,), None)))


def test_on_black_no_attention_does_not_look_like_the_ground_and_the_bare_picture_is_held(
    visit: Callable[..., Any],
) -> None:
    page = visit(reduced_motion="reduce").page
    canvas.ready(page)
    body = black()
    page.route("**/attngan/frame/**", lambda route: route.fulfill(body=body))
    page.locator("#explorer-seed input").fill("5")
    page.wait_for_selector("#explorer-grid [title='Sample 1, seed 13']")
    page.locator("#explorer-picture").press("Enter")
    canvas.settle(page)
    shown = painted(page)
    cell = shown.shape[0] // 8
    unseen = shown[5 * cell + 4 : 8 * cell - 4, 2 * cell + 4 : 4 * cell - 4].max(-1)
    assert 0.05 < (unseen > 30).mean() < 0.6, "lines on black"
    assert shown[cell + cell // 2, cell + cell // 2].min() > 100, "the colour that the bar ends with"
    page.keyboard.down("b")
    canvas.settle(page)
    assert not painted(page).any()
    page.keyboard.up("b")
    canvas.settle(page)
    assert (painted(page) == shown).all()
    page.locator("#explorer-bare").hover()
    canvas.settle(page)
    shown = painted(page)
    page.mouse.down()
    canvas.settle(page)
    assert not painted(page).any()
    page.mouse.up()
    canvas.settle(page)
    assert (painted(page) == shown).all()
    page.locator("#explorer-bare").focus()
    page.keyboard.down("Space")
    canvas.settle(page)
    assert not painted(page).any()
    page.keyboard.press("Tab")  # which takes the focus away
    canvas.settle(page)
    assert painted(page).any()


def test_a_finger_holds_the_bare_picture(visit: Callable[..., Any]) -> None:
    page = visit("?pixel=5,9", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    canvas.ready(page)
    shown = painted(page)
    button = page.locator("#explorer-bare")
    button.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 40
    session = page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    canvas.settle(page)
    assert (painted(page) != shown).any()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    canvas.settle(page)
    assert (painted(page) == shown).all()


@pytest.mark.parametrize("gate", ["0.9", "0"])
def test_a_difference_has_one_scale_and_one_sentence(page: Any, models: Path, gate: str) -> None:
    from matplotlib import colormaps

    page.get_by_role("tab", name="Edit").click()
    first = page.locator("#explorer-edit :is(input, button):visible")
    assert [one.get_attribute("id") for one in first.all()[:2]] == ["explorer-off", "explorer-gate"]
    first.nth(1).fill(gate)
    page.wait_for_function(
        f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.stand?.header.edit === '8*g{gate}' }}"
    )
    canvas.settle(page)
    model = checkpoints.load(models / "faces")
    edit = edits.parse_text(f"8*g{gate}").on(model.generator)
    before, after = (sampling.sample(model, [0], edits=one).images for one in (None, edit))
    apart = differences(before, after)[0].amax(-1).numpy()
    levels = np.round(255 * (apart / 64).clip(0, 1)).astype(int)
    expected = np.round(255 * colormaps[COLOURS](levels)[..., :3])
    assert np.abs(painted(page, "#explorer-trio figure:nth-child(3) > canvas") - expected).max() <= 1
    said = canvas.part(page, "#explorer-change").inner_text()
    assert said.endswith(f"by {apart.max()} of 255 at most.")
    share = (apart > 8).mean()
    if share:
        assert float(said.split("%")[0]) == pytest.approx(100 * share, rel=0.05)
    else:
        assert said.startswith("No pixel")
    expect(canvas.part(page, "#explorer-trio .term")).to_have_text("64 or more")
