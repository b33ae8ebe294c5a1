"""What the discriminator thinks, beside the picture: of it, of a real one, of a person's own."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from attngan.model import checkpoints, judging, sampling
from tests.browser import canvas


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    one = visit("?model=signs&class=1&pixel=5,9&head=2", reduced_motion="reduce").page
    canvas.ready(one)
    return one


def test_beside_the_picture_stands_what_the_discriminator_thinks(page: Any, models: Path) -> None:
    model = checkpoints.load(models / "signs")
    (judged,) = judging.judge(model, sampling.sample(model, [0], [1]).items, 1)
    page.wait_for_selector("#explorer-scores:visible")
    score = re.search(r"gives this picture (-?\d+\.\d+)", page.inner_text("#explorer-word"))
    assert float(score[1]) == pytest.approx(judged.logit, abs=0.01)
    assert page.locator("#explorer-scores i.made").count() == 16
    expect(page.locator("#explorer-scores i.this")).to_have_count(1)
    box = page.locator("#explorer-judged").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.8)
    point = canvas.view(page)["point"]
    assert (point["x"], point["y"]) == (pytest.approx(0.3, abs=0.01), pytest.approx(0.8, abs=0.01))


def test_a_person_s_own_picture_is_judged_and_what_is_none_is_told(page: Any) -> None:
    file = io.BytesIO()
    Image.new("RGB", (37, 31), (10, 200, 90)).save(file, "png")
    chooser = page.locator("#explorer-discriminator input[type=file]")
    word = page.locator("#explorer-word")
    chooser.set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"none"})
    expect(word).to_contain_text("This picture cannot be judged")
    chooser.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(word).to_contain_text("gives your picture")
    chooser.set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"none"})
    expect(word, "what was said of another is gone").to_have_text(
        re.compile("^This picture cannot be judged")
    )
    expect(page.locator("#explorer-scores")).to_be_hidden()
    page.get_by_role("button", name="This one").click()
    expect(word).to_contain_text("gives this picture")


def test_what_is_said_of_a_sample_is_not_said_of_a_person_s_own_picture(page: Any) -> None:
    word = page.locator("#explorer-word")
    expect(word).to_contain_text("gives this picture")
    held: list[Any] = []

    def hold(route: Any) -> None:
        if route.request.method == "GET":
            held.append(route)
        else:
            route.continue_()

    page.route("**/judged/**", hold)
    page.locator("#explorer-grid button").nth(2).click()
    while not held:
        page.wait_for_timeout(20)
    chooser = page.locator("#explorer-discriminator input[type=file]")
    chooser.set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"none"})
    expect(word).to_contain_text("This picture cannot be judged")
    with page.expect_response("**/judged/**"):
        held[0].continue_()
    canvas.settle(page)
    expect(word).to_have_text(re.compile("^This picture cannot be judged"))
    expect(page.locator("#explorer-scores")).to_be_hidden()


def test_of_an_earlier_moment_the_discriminator_s_scores_are_shown_where_they_were_kept(
    visit: Callable[..., Any],
) -> None:
    page = visit("?model=faces&step=47", reduced_motion="reduce").page
    canvas.ready(page)
    word = page.locator("#explorer-word")
    expect(word).to_have_text(re.compile(r"^It gives this picture -0\.25\. In 75% of all pairs"))
    page.locator("#explorer-grid button").nth(13).click()
    expect(word).to_contain_text("It gives this picture 2.50")
    expect(page.locator("#explorer-scores i.real")).to_have_count(16)
    page.locator("#explorer-timeline input").press("Home")
    expect(word).to_contain_text("This moment was kept without its scores")
    expect(page.locator("#explorer-scores")).to_be_hidden()
    expect(page.get_by_role("button", name="A real one")).to_be_disabled()


def test_without_attention_the_discriminator_judges_a_real_picture_beside_this_one(
    visit: Callable[..., Any], models: Path
) -> None:
    page = visit("?model=plain&picture=2", reduced_motion="reduce").page
    canvas.ready(page)
    page.wait_for_selector("#explorer-scores:visible")
    model = checkpoints.load(models / "plain")
    (judged,) = judging.judge(model, sampling.sample(model, [1]).images, None)
    expect(page.locator("#explorer-word")).to_contain_text(f"and the fake {judged.logit:.2f}")
    expect(page.locator("#explorer-word")).to_contain_text("no attention of its own")
    expect(page.get_by_role("button", name="A real one")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="This one").click()
    expect(page.locator("#explorer-word")).to_contain_text(f"gives this picture {judged.logit:.2f}")
