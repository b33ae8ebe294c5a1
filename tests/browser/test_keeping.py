"""The Keep panel in a real browser: what is saved is what was seen, and works without the server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

import attngan
from attngan.explain import edits
from attngan.model import checkpoints, sampling
from tests.browser import canvas
from tests.browser.serving import CREDIT, STEPS

EDIT = "8*x0-30"
WRITTEN = """() => {
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = []; // what is written on canvases
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    window.written.push(text);
    write.call(this, text, ...place);
  };
}"""


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit(f"?picture=2&pixel=5,9&edit={EDIT}", reduced_motion="reduce").page
    canvas.ready(one)
    one.get_by_role("tab", name="Keep").click()
    return one


def saved(page: Any, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_numbers_films_and_picture_are_what_is_seen(page: Any, models: Path, tmp_path: Path) -> None:
    model = checkpoints.load(models / "faces")
    drawn = sampling.sample(model, [1], edits=edits.parse_text(EDIT).on(model.generator))
    path = saved(page, "#explorer-npz", tmp_path)
    assert path.name == "attngan-faces-1.npz"
    with np.load(path, allow_pickle=False) as kept:
        assert (kept["image"] == drawn.images[0].numpy()).all()
        np.testing.assert_allclose(kept["8_weights"], drawn.attention[-1].weights[0].numpy(), atol=1e-6)
    with Image.open(saved(page, "#explorer-gif", tmp_path)) as film:
        assert (film.format, film.n_frames, film.size) == ("GIF", len(STEPS) + 1, (256, 256))
    page.locator("#explorer-what").select_option("4")
    with Image.open(saved(page, "#explorer-webp", tmp_path)) as film:
        assert (film.format, film.n_frames) == ("WEBP", 25)
    page.evaluate(WRITTEN)
    with Image.open(saved(page, "#explorer-card", tmp_path)) as card:
        assert (card.format, card.size) == ("PNG", (1200, 630))
        assert len(np.unique(np.asarray(card.convert("RGB")))) > 20
    written = " ".join(page.evaluate("window.written"))
    assert f"Drawn by the network. Learnt from: {CREDIT}" in written
    assert b"<svg" in saved(page, "#explorer-svg", tmp_path).read_bytes()
    assert saved(page, "#explorer-pdf", tmp_path).read_bytes().startswith(b"%PDF-")
    with Image.open(saved(page, "#explorer-png", tmp_path)) as picture:
        assert picture.size[0] == picture.size[1] > 200
        assert len(np.unique(np.asarray(picture.convert("RGB")))) > 20


@contextmanager
def opened_offline(browser: Any, path: Path) -> Iterator[Any]:
    """A kept page in a browser without a network, which must not complain."""
    context = browser.new_context(offline=True, reduced_motion="reduce")
    alone = context.new_page()
    problems: list[str] = []
    alone.on("pageerror", lambda error: problems.append(str(error)))
    alone.on("console", lambda message: message.type == "error" and problems.append(message.text))
    alone.goto(path.as_uri())
    alone.wait_for_selector("#kept .attention[data-version]")
    yield alone
    context.close()
    assert problems == []


def kept_map(alone: Any) -> list[float]:
    found: list[float] = alone.evaluate(
        "() => [...document.querySelector('#kept').attentionCanvas.map().map]"
    )
    return found


def test_the_page_hovers_with_the_network_off(page: Any, browser: Any, tmp_path: Path) -> None:
    path = saved(page, "#explorer-html", tmp_path)
    expected = canvas.shown_map(page).values
    with opened_offline(browser, path) as alone:
        assert kept_map(alone) == pytest.approx(expected, abs=1e-6)  # it opens on the pin
        alone.locator("#kept-picture").press("Escape")
        box = alone.locator("#kept-picture").bounding_box()
        alone.mouse.move(box["x"] + 1.5 / 16 * box["width"], box["y"] + 2.5 / 16 * box["height"])
        alone.get_by_text("Pixel 1, 2").first.wait_for()
        assert kept_map(alone) != pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("pin", ["2", "mean"])
def test_the_page_opens_on_what_was_seen(
    visit: Callable[..., Any], browser: Any, tmp_path: Path, pin: str
) -> None:
    page = visit(f"?picture=3&pixel=5,9;2,3&mode=seen&layer=4&head=2&pin={pin}", reduced_motion="reduce").page
    canvas.ready(page)
    page.get_by_role("tab", name="Keep").click()
    keys = "chosen, layer, head, mode, pins, active, together"
    expected, shown = canvas.view(page), canvas.shown_map(page).values
    with opened_offline(browser, saved(page, "#explorer-html", tmp_path)) as alone:
        found = alone.evaluate(
            f"() => {{ const {{ {keys} }} = document.querySelector('#kept').attentionCanvas.view;"
            f"return {{ {keys} }} }}"
        )
        assert found == {key: expected[key] for key in keys.split(", ")}
        assert (found["chosen"], found["mode"], found["layer"], found["head"]) == (2, "seen", "4", 1)
        assert (found["active"], found["together"]) == ((1, False) if pin == "2" else (0, True))
        assert kept_map(alone) == pytest.approx(shown, abs=1e-6)
        expect(alone.locator(".note")).to_be_hidden()


def test_the_page_of_a_model_without_attention_opens_without_a_complaint(
    visit: Callable[..., Any], browser: Any, tmp_path: Path
) -> None:
    page = visit("?model=plain&picture=3").page
    canvas.ready(page)
    page.get_by_role("tab", name="Keep").click()
    with opened_offline(browser, saved(page, "#explorer-html", tmp_path)) as alone:
        assert alone.evaluate("() => document.querySelector('#kept').attentionCanvas.view.chosen") == 2
        expect(alone.locator(".note")).to_be_hidden()


def ran(page: Any, models: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], list[Any]]:
    """What the shown lines define, and what they print."""
    printed: list[Any] = []
    scope: dict[str, Any] = {"print": printed.append}
    monkeypatch.chdir(models.parent)
    lines = page.locator("#explorer-python").inner_text()
    exec(lines.replace("checkpoints/", f"{models.name}/"), scope)
    return scope, printed


def test_the_python_lines_draw_the_same(page: Any, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expect(page.locator("#explorer-python")).to_contain_text(
        f'attngan.explore("checkpoints/faces", seed=1, edit="{EDIT}")'
    )
    page.wait_for_function(f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.stand }}")
    scope, printed = ran(page, models, monkeypatch)
    shown = page.evaluate(f"() => {{ {canvas.FIND}; return [...one.attentionCanvas.view.stand.pictures] }}")
    assert scope["seen"].image.ravel().tolist() == shown
    assert printed[-1] == scope["seen"].change


@pytest.mark.parametrize("head", ["mean", "2"])
@pytest.mark.parametrize("mode", ["looks", "seen", "contribution", "rollout", "flow"])
def test_the_python_lines_print_the_map_in_view(
    visit: Callable[..., Any], models: Path, monkeypatch: pytest.MonkeyPatch, mode: str, head: str
) -> None:
    page = visit(f"?picture=2&pixel=5,9&mode={mode}&head={head}&truncation=0.7").page
    canvas.ready(page)
    shown = canvas.shown_map(page)
    page.get_by_role("tab", name="Keep").click()
    _, printed = ran(page, models, monkeypatch)
    assert printed[0].shape == (shown.rows, shown.columns)
    np.testing.assert_allclose(printed[0].ravel(), shown.values, atol=max(1 / 505, max(shown.values) / 250))


@pytest.mark.parametrize("mode", ["looks", "seen"])
def test_the_python_lines_of_a_moment_read_what_was_kept(
    visit: Callable[..., Any], models: Path, finished: str, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    for model in ("faces", f"run-{finished}"):
        query = f"?model={model}&picture=2&pixel=5,9&mode={mode}&head=1&step={STEPS[1]}"
        page = visit(query).page
        canvas.ready(page)
        page.wait_for_function("() => document.querySelector('#explorer-timeline input').value === '1'")
        page.get_by_role("tab", name="Keep").click()
        page.get_by_text("frames.decode").wait_for()
        shown = canvas.shown_map(page)
        scope, printed = ran(page, models, monkeypatch)
        assert (scope["picture"] == scope["frame"].items[1]).all()
        np.testing.assert_allclose(printed[0].ravel(), shown.values, atol=1e-6)


def test_the_python_lines_of_a_visitor_s_training_ask_the_page(
    visit: Callable[..., Any], runs: Path, models: Path, finished: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(f"?model=run-{finished}&picture=2&pixel=5,9&mode=seen&head=3&edit=8*x0-7").page
    canvas.ready(page)
    page.wait_for_function(f"() => {{ {canvas.FIND}; return one.attentionCanvas.view.stand }}")
    shown = canvas.shown_map(page)
    page.get_by_role("tab", name="Keep").click()
    _, (changed, rows) = ran(page, models, monkeypatch)
    np.testing.assert_allclose(np.ravel(rows), shown.values, atol=1 / 505)
    seen = attngan.explore(runs / finished / "run" / "model", seed=1, edit="8*x0-7")
    assert changed["moved"] == seen.change.moved


def test_a_model_without_kept_moments_offers_no_film_of_its_training(visit: Callable[..., Any]) -> None:
    page = visit("?model=signs").page
    canvas.ready(page)
    page.get_by_role("tab", name="Keep").click()
    expect(page.locator("#explorer-what option")).to_have_text(
        ["ten seconds around the picture", *(f"sample 1 to {number}" for number in range(2, 17))]
    )
