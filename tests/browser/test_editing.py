"""The Edit panel in a real browser: what is painted is drawn anew, told, undone and linked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from attngan.explain import edits
from attngan.explain.changes import change
from attngan.model import checkpoints, sampling
from tests.browser import canvas

CHANGE = "#explorer-change"


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(reduced_motion="reduce").page
    canvas.ready(one)
    one.get_by_role("tab", name="Edit").click()
    return one


def choose(page: Any, place: str, text: str) -> None:
    page.locator(f"#explorer-{place}").get_by_text(text, exact=True).click()


def edit_in(page: Any, expected: str) -> None:
    """Wait until the address names this edit and the picture is drawn with it."""
    page.wait_for_function(
        f"(wanted) => {{ {canvas.FIND}; const at = new URLSearchParams(location.search).get('edit') ?? '';"
        "const { stand } = one.attentionCanvas.view;"
        "return at === wanted && (stand?.header.edit ?? '') === wanted }",
        arg=expected,
    )


def drawn(models: Path, text: str, seed: int = 0) -> sampling.Sample:
    model = checkpoints.load(models / "faces")
    return sampling.sample(model, [seed], edits=edits.parse_text(text).on(model.generator))


def shown_picture(page: Any) -> np.ndarray:
    values = page.evaluate(f"() => {{ {canvas.FIND}; return [...one.attentionCanvas.view.stand.pictures] }}")
    return np.array(values, np.uint8).reshape(16, 16, 3)


def test_forbidden_cells_are_drawn_without_and_the_change_is_the_library_s(page: Any, models: Path) -> None:
    choose(page, "whom", "all")
    choose(page, "tool", "forbid")
    page.mouse.move(*canvas.point(page, 0.5 / 8, 2.5 / 8))
    page.mouse.down()
    page.mouse.move(*canvas.point(page, 3.5 / 8, 2.5 / 8), steps=2)
    page.mouse.up()
    edit_in(page, "8*x16-19")
    after = drawn(models, "8*x16-19").images
    assert (shown_picture(page) == after[0].numpy()).all()
    told = change(checkpoints.load(models / "faces").kind, drawn(models, "").images, after)
    expect(canvas.part(page, CHANGE)).to_contain_text(
        f"of the pixels differ noticeably, by {told.largest} of 255 at most"
    )
    expect(canvas.part(page, "#explorer-edits li span")).to_have_text("8 px: 4 cells forbidden for all")
    choose(page, "tool", "look")
    canvas.hover(page, 0.9, 0.9)
    shown = np.array(canvas.shown_map(page).values)
    assert (shown[16:20] == 0).all()
    assert shown[20:].min() > 0


def test_keys_alone_pin_send_undo_and_redo(page: Any) -> None:
    picture = page.locator("#explorer-picture")
    picture.press("Enter")
    page.locator("#explorer-tool input[value=send]").focus()
    page.keyboard.press("Space")
    for key in ("ArrowLeft", "ArrowUp", "Enter"):
        picture.press(key)
    edit_in(page, "8*o27q36")
    assert canvas.shown_map(page).values[27] == 1
    picture.press("Control+z")
    edit_in(page, "")
    picture.press("Control+Shift+z")
    edit_in(page, "8*o27q36")
    picture.press("Escape")
    expect(page.locator("#explorer-tool input:checked")).to_have_value("look")


def test_a_region_is_marked_and_the_change_is_for_it_alone(page: Any) -> None:
    choose(page, "whom", "region")
    page.mouse.move(*canvas.point(page, 1.5 / 8, 1.5 / 8))
    page.mouse.down()
    page.mouse.move(*canvas.point(page, 2.5 / 8, 1.5 / 8), steps=2)
    page.mouse.up()
    choose(page, "tool", "forbid")
    page.mouse.click(*canvas.point(page, 7.5 / 8, 7.5 / 8))
    edit_in(page, "8*x63q9-10")
    page.locator("#explorer-edits").get_by_role("button").click()
    edit_in(page, "")


def test_heads_and_gate_and_reset(page: Any, models: Path) -> None:
    choose(page, "head", "2")
    page.locator("#explorer-mute").click()
    edit_in(page, "8*h1-0")
    page.locator("#explorer-gate").fill("0.5")
    edit_in(page, "8*g0.5*h1-0")
    assert (shown_picture(page) == drawn(models, "8*g0.5*h1-0").images[0].numpy()).all()
    page.locator("#explorer-reset").click()
    edit_in(page, "")
    page.locator("#explorer-undo").click()
    edit_in(page, "8*g0.5*h1-0")


def test_with_the_mean_of_heads_in_view_the_layer_is_muted_or_alone(page: Any, models: Path) -> None:
    page.get_by_role("button", name="Mute layer 8 px").click()
    edit_in(page, "8*g0")
    assert (shown_picture(page) == drawn(models, "8*g0").images[0].numpy()).all()
    page.get_by_role("button", name="Layer 8 px alone").click()
    edit_in(page, "4*g0")
    expect(page.locator("#explorer-solo")).to_have_attribute("aria-pressed", "true")
    assert (shown_picture(page) == drawn(models, "4*g0").images[0].numpy()).all()
    page.locator("#explorer-solo").click()
    edit_in(page, "")
    page.locator("#explorer-undo").click()
    page.locator("#explorer-undo").click()
    edit_in(page, "8*g0")


def test_what_one_model_was_changed_by_is_not_undone_in_another(page: Any) -> None:
    page.locator("#explorer-head").get_by_text("2", exact=True).click()
    page.locator("#explorer-mute").click()
    edit_in(page, "8*h1-0")
    page.locator("#explorer-model").get_by_role("radio", name="signs").click()
    page.wait_for_function("() => location.search.startsWith('?model=signs')")
    edit_in(page, "")
    expect(page.locator("#explorer-undo")).to_be_disabled()
    page.locator("#explorer-picture").press("n")
    page.locator("#explorer-solo").click()
    edit_in(page, "8*h0-1-0")
    page.locator("#explorer-picture").press("n")
    page.locator("#explorer-undo").click()
    edit_in(page, "")


def test_one_query_is_sent_where_a_click_says(page: Any, models: Path) -> None:
    page.mouse.click(*canvas.point(page, 2.5 / 8, 5.5 / 8))
    choose(page, "tool", "send")
    page.mouse.click(*canvas.point(page, 6.5 / 8, 1.5 / 8))
    edit_in(page, "8*o14q42")
    assert canvas.view(page)["pin"] == pytest.approx({"x": 2.5 / 8, "y": 5.5 / 8}, abs=0.01)
    shown = canvas.shown_map(page)
    assert (shown.cell, np.flatnonzero(shown.values).tolist()) == (42, [14])
    assert (shown_picture(page) == drawn(models, "8*o14q42").images[0].numpy()).all()


def test_an_edit_goes_with_every_picture_and_into_the_link(visit: Callable[..., Any], models: Path) -> None:
    page = visit("?picture=3&edit=4*g0_8*x0-30&pixel=5,5").page
    canvas.ready(page)
    edit_in(page, "4*g0_8*x0-30")
    assert (shown_picture(page) == drawn(models, "4*g0_8*x0-30", seed=2).images[0].numpy()).all()
    page.locator("#explorer-picture").press("n")
    page.wait_for_function(
        f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.stand?.header.seeds[0] === 3 }}"
    )


@pytest.mark.parametrize("edit", ["8*x64*gNaN*h1_5*g0", "%3Cscript%3E_8*x0-9999", "x" * 5000])
def test_an_edit_that_does_not_fit_is_left_out_and_told(visit: Callable[..., Any], edit: str) -> None:
    page = visit(f"?edit={edit}").page
    canvas.ready(page)
    expect(canvas.part(page, ".note")).to_contain_text("nearest view")
    page.locator("#explorer-picture").press("2")
    edit_in(page, "")


def test_rapid_edits_ask_one_at_a_time_and_end_with_the_last(visit: Callable[..., Any]) -> None:
    one = visit(reduced_motion="reduce")
    canvas.ready(one.page)
    one.page.get_by_role("tab", name="Edit").click()
    asked = one.settled()
    one.page.evaluate(
        "() => { const slider = document.querySelector('#explorer-gate');"
        "for (let value = 1; value <= 40; value++) {"
        "slider.value = value / 20; slider.dispatchEvent(new Event('input')) }"
        "slider.dispatchEvent(new Event('change')) }"
    )
    edit_in(one.page, "8*g2")
    assert 1 <= len(one.requests) - asked <= 4
    one.page.locator("#explorer-undo").click()
    edit_in(one.page, "")
    asked = one.settled()
    one.page.locator("#explorer-redo").click()
    edit_in(one.page, "8*g2")
    assert one.requests[asked:] == [], "what was drawn before is not asked for again"


def test_a_finger_paints_at_phone_width(visit: Callable[..., Any]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    canvas.ready(page)
    page.get_by_role("tab", name="Edit").tap()
    page.locator("#explorer-whom").get_by_text("all", exact=True).tap()
    page.locator("#explorer-tool").get_by_text("forbid", exact=True).tap()
    page.touchscreen.tap(*canvas.point(page, 4.5 / 8, 3.5 / 8))
    edit_in(page, "8*x28")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_one_press_switches_all_attention_off_and_another_on_again(page: Any, models: Path) -> None:
    off = page.locator("#explorer-off")
    off.click()
    edit_in(page, "4*g0_8*g0")
    model = checkpoints.load(models / "faces")
    closed = sampling.sample(model, [0], edits=edits.without_attention(model.generator).on(model.generator))
    assert (shown_picture(page) == closed.images[0].numpy()).all()
    expect(off).to_have_text("Switch attention on again")
    expect(page.locator("#explorer-edits li")).to_have_count(2)
    told = page.locator("#explorer-sentence")
    page.mouse.move(1, 1)
    expect(told).to_contain_text("Move over the picture")
    canvas.hover(page, 0.3, 0.6)
    expect(told, "the map comes when it is asked for").to_contain_text("looks most")
    off.click()
    expect(off).to_have_text("Switch attention off")
    page.wait_for_function("() => !location.search.includes('edit')")
    page.locator("#explorer-undo").click()
    edit_in(page, "4*g0_8*g0")
