"""The files of the attention canvas, as gradio is given them."""

import base64
import re

import matplotlib
import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from demo.canvas import attention_canvas, parts
from demo.canvas.routes import routes


@pytest.mark.parametrize("text", [parts.template("room"), parts.style()], ids=["template", "style"])
def test_nothing_in_markup_and_style_is_evaluated_by_gradio(text: str) -> None:
    assert len(text) > 500
    assert not re.search(r"\$\{|`|\{\{", text)


def test_colour_tables_are_matplotlib_s() -> None:
    text = (parts.FOLDER / "js" / "colours.js").read_text("utf-8")
    entries = re.findall(r'^  (\w+):\n((?:    ".*\n)+)', text, re.MULTILINE)
    assert {name for name, _ in entries} == {"magma", "viridis", "cividis"}
    for name, lines in entries:
        table = base64.b64decode("".join(re.findall(r'"([^"]+)"', lines)))
        expected = (matplotlib.colormaps[name](np.arange(256))[:, :3] * 255).round().astype(np.uint8)
        assert table == expected.tobytes()


def test_ids_inside_begin_with_the_room() -> None:
    component = attention_canvas("attic-canvas")
    ids = re.findall(r'id="([^"]+)"', component.html_template)
    assert {"attic-layer", "attic-head", "attic-picture"} <= set(ids)
    assert all(one.startswith("attic-") for one in ids)


def test_all_canvases_share_one_script_which_may_be_kept_for_ever() -> None:
    canvases = [attention_canvas("attic-canvas"), attention_canvas("cellar-canvas", recipe=True)]
    (head,) = {one.head for one in canvases}
    assert all(parts.bundle() not in str(one.js_on_load) for one in canvases)
    found = re.fullmatch(r'<script src="([^"]+)"></script>', str(head))
    assert found
    answer = TestClient(Starlette(routes=routes())).get("/" + found[1])
    assert (answer.status_code, answer.text) == (200, parts.bundle())
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_a_page_to_take_home_opens_on_the_word_that_was_pinned() -> None:
    page = parts.standalone(b"", "", {}, "en", "word=3&layer=words-8&model=faces")
    assert "word=3&layer=words-8" in page
    assert "model=faces" not in page
