"""Points in their plane and rows of a table, in a browser: what is shown are the library's numbers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import expect

from attngan.model import checkpoints, sampling
from tests.browser import canvas
from tests.browser import test_train_watched as train

SEED = 3  # of the first point: nothing that is stored
FRAME = "one.attentionCanvas.view.frame"


def asked(page: Any, expression: str) -> Any:
    return page.evaluate(f"() => {{ {canvas.FIND}; return {expression} }}")


def opened(visit: Callable[..., Any], query: str, **settings: Any) -> Any:
    page = visit(query, reduced_motion="reduce", **settings).page
    canvas.ready(page)
    return page


def pixel(page: Any, x: float, y: float) -> list[int]:
    """Red, green, blue and cover that are painted there, in pixels of the screen from the stage's corner."""
    found: list[int] = page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector("#explorer-picture");
          const unit = canvas.width / canvas.clientWidth;
          const [left, top] = [x, y].map((place) => Math.round(place * unit));
          return [...canvas.getContext("2d").getImageData(left, top, 1, 1).data];
        }""",
        [x, y],
    )
    return found


def test_field_manifold_pull_and_what_is_without_are_the_librarys(
    visit: Callable[..., Any], models: Path
) -> None:
    page = opened(visit, f"?model=points&seed={SEED}")
    model = checkpoints.load(models / "points")
    drawn = sampling.sample(model, range(SEED, SEED + model.config.shown))
    told = sampling.surroundings(model, drawn)["plane"]
    shown = asked(page, f"{FRAME}.header.plane")
    assert shown.keys() == told.keys()
    for name in ("field", "manifold", "pull", "noise", "reals", "nodes"):
        np.testing.assert_allclose(shown[name], told[name], rtol=2e-3, atol=1e-4, err_msg=name)
    np.testing.assert_allclose(shown["without"]["tokens"], told["without"]["tokens"], rtol=2e-3, atol=1e-3)
    points = asked(page, f"[...{FRAME}.item.values]")
    np.testing.assert_allclose(points, drawn.items.flatten(), rtol=1e-4, atol=1e-4)


def test_the_ground_is_blue_where_the_field_takes_points_for_real_and_orange_where_for_made(
    visit: Callable[..., Any],
) -> None:
    page = opened(visit, f"?model=points&seed={SEED}")
    plane = asked(page, f"{FRAME}.header.plane")
    field = np.array(plane["field"]) - plane["middle"]
    size = round(len(field) ** 0.5)
    side = asked(page, "one.attentionCanvas.layout().plane.width")
    seen = {1: 0, -1: 0}
    for node in np.argsort(-np.abs(field))[: size * 6]:
        row, column = divmod(int(node), size)
        if not (3 < row < size - 3 and 3 < column < size - 3):
            continue
        red, _, blue, cover = pixel(page, column / (size - 1) * side, (1 - row / (size - 1)) * side)
        if cover and cover < 160 and abs(red - blue) > 60:  # nothing else is painted there
            sign = 1 if field[node] > 0 else -1
            assert (blue > red) == (sign > 0), (row, column, red, blue)
            seen[sign] += 1
    assert sum(seen.values()) > 20


def test_a_point_is_chosen_by_the_pointer_and_says_what_it_would_be_without_attention(
    visit: Callable[..., Any],
) -> None:
    page = opened(visit, "?model=points")
    plane, values = asked(page, f"[{FRAME}.header.plane, [...{FRAME}.item.values]]")
    side = asked(page, "one.attentionCanvas.layout().plane.width")
    [left, right], [low, high] = plane["x"], plane["y"]
    others = np.array(values).reshape(-1, 2)
    inside = (np.abs(others - [(left + right) / 2, (low + high) / 2]) < 0.4 * (right - left)).all(1)
    number = int(np.flatnonzero(inside)[-1])
    x, y = others[number]
    box = page.locator("#explorer-picture").bounding_box()
    page.mouse.move(
        box["x"] + (x - left) / (right - left) * side, box["y"] + (high - y) / (high - low) * side
    )
    canvas.settle(page)
    chosen = canvas.view(page)["chosen"]
    assert np.abs(others[chosen] - others[number]).max() < 0.05 * (right - left)
    page.keyboard.press("n")
    bare = np.array(plane["without"]["tokens"]).reshape(-1, 2)
    chosen = canvas.view(page)["chosen"]
    far = np.hypot(*((bare[chosen] - others[chosen]) / [right - left, high - low]))
    page.locator("#explorer-picture").focus()
    page.keyboard.press("ArrowRight")
    words = "would hardly move" if far < 0.005 else "of a side away"
    expect(canvas.part(page, ".saying + .numbers")).to_contain_text(words)
    assert "plane with real and generated points" in page.locator("#explorer-picture").get_attribute(
        "aria-label"
    )


def test_rows_of_a_table_are_shown_along_any_two_columns_which_the_link_keeps(
    visit: Callable[..., Any], models: Path
) -> None:
    page = opened(visit, "?model=table&axes=3,4&picture=7")
    model = checkpoints.load(models / "table")
    drawn = sampling.sample(model, range(model.config.shown))
    assert asked(page, f"{FRAME}.header.table.reals.length") == len(model.config.examples) * 7
    texts = asked(page, f"{FRAME}.item.texts[6]")
    assert texts == model.kind.texts(drawn.items)[6]
    across, up = page.locator("#explorer-across"), page.locator("#explorer-up")
    names = [column.name for column in model.config.columns]
    expect(across).to_have_value("2")
    expect(up).to_have_value("3")
    expect(across.locator("option").nth(1)).to_contain_text(names[1])
    before = page.locator("#explorer-picture").screenshot()
    across.select_option("0")
    canvas.settle(page)
    assert page.locator("#explorer-picture").screenshot() != before
    page.wait_for_function("() => new URLSearchParams(location.search).get('axes') === '1,4'")
    expect(page.locator("#explorer-axes .of")).to_have_text(f"2 of {len(names)} columns")
    told = sampling.surroundings(model, drawn)["table"]["without"]
    layer = canvas.view(page)["layer"]
    page.locator("#explorer-picture").focus()
    page.keyboard.press("ArrowRight")
    changed = told[layer][6]
    words = f"{changed} of {len(names)} columns" if changed else "no column would"
    expect(canvas.part(page, ".saying + .numbers")).to_contain_text(words)


def test_a_step_of_one_player_changes_on_the_stage_its_own_part_alone(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    train.open_tab(page)
    page.locator("#train-data input").click()
    page.locator("[role=option]:has-text('Ring')").first.click()
    train.await_command(page, "--data ring ")
    page.fill("#train-seconds input", "120")
    page.locator("#train-seconds input").blur()
    train.start(page)
    train.await_frames(page, 2)
    page.click("#train-pause")
    told = page.locator("#train-told")
    expect(told).to_contain_text("Paused at step", timeout=train.PATIENCE)
    paused = int(re.search(r"Paused at step ([\d,]+)", told.inner_text()).group(1).replace(",", ""))

    def shown() -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(
            """() => {
              const nodes = [...document.querySelectorAll("#train-live *")];
              const { header, item } = nodes.find((one) => one.attentionCanvas).attentionCanvas.view.frame;
              return { ...header.plane, points: [...item.values], step: header.step };
            }"""
        )
        return found

    def after(player: str, step: int) -> dict[str, Any]:
        page.click(f"#train-step-{player}")
        expect(told).to_contain_text(f"Step {step}: the {player} learnt", timeout=train.PATIENCE)
        return shown()

    before = shown()
    while before["step"] != paused:  # its moment is on its way
        page.wait_for_timeout(100)
        before = shown()
    judged = after("discriminator", before["step"] + 1)
    changed = {name for name in before if before[name] != judged[name]}
    assert changed == {"field", "middle", "pull", "step"}
    drawn = after("generator", before["step"] + 2)
    changed = {name for name in before if judged[name] != drawn[name]}
    assert (
        {"points", "manifold", "without"}
        <= changed
        <= {"points", "manifold", "without", "pull", "middle", "step"}
    )
    page.click("#train-stop")
    train.await_end(page)


def test_a_pointer_that_moves_before_the_plane_is_painted_means_nothing(visit: Callable[..., Any]) -> None:
    page = opened(visit, "?model=faces")
    page.evaluate("() => { window.requestAnimationFrame = () => 0; }")  # nothing is painted any more
    page.locator("#explorer-model").get_by_role("radio", name="points").evaluate("(one) => one.click()")
    page.wait_for_function(f"() => {{ {canvas.FIND}; return {FRAME}.header.plane }}", polling=100)
    page.locator("#explorer-picture").evaluate(
        "(one) => one.dispatchEvent(new PointerEvent('pointermove', { clientX: 99, clientY: 99 }))"
    )  # the visit hears of whatever goes wrong in the page
