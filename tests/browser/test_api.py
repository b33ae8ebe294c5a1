"""The named endpoints as gradio_client calls them: true answers, and a sentence for whatever is wrong."""

import base64
import io
import json
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from attngan.explain import edits
from attngan.explain.changes import change
from attngan.model import checkpoints, sampling
from tests.browser.serving import MODELS, READERS


@pytest.fixture(scope="module")
def client(address: str) -> Any:
    from gradio_client import Client

    return Client(address, verbose=False)


def picture(address: str) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))) as read:
        return np.asarray(read)


def test_answers_are_the_library_s(client: Any, models: Path) -> None:
    known = {one["name"]: one for one in client.predict(api_name="/models")}
    assert sorted(known) == sorted([*MODELS, *READERS])
    assert known["faces"]["texts"] == []
    assert known["words"]["texts"] == [*checkpoints.load(models / "words").config.example_texts]
    model = checkpoints.load(models / "faces")
    drawn = sampling.sample(model, [7], edits=edits.parse_text("8*x0-7").on(model.generator))
    original = sampling.sample(model, [7])
    answer = client.predict(seed=7, edit="8*x0-7", api_name="/edit")
    assert (picture(answer["before"]) == original.items[0].numpy()).all()
    assert (picture(answer["after"]) == drawn.items[0].numpy()).all()
    assert answer["moved"] == change(original.kind, original.items, drawn.items).moved
    rows = client.predict(seed=7, x=5, y=9, head=1, edit="8*x0-7", api_name="/attention")
    np.testing.assert_allclose(np.ravel(rows), drawn.attention[-1].weights[0, 1, 4 * 8 + 2], atol=1e-6)
    rows = client.predict(seed=7, x=5, y=9, head=1, truncation=0.5, mode="seen", api_name="/attention")
    near = sampling.sample(model, [7], truncation=0.5).attention[-1]
    np.testing.assert_allclose(np.ravel(rows), near.weights[0, 1, :, 4 * 8 + 2], atol=1e-6)
    one = client.predict(model="signs", seed=7, label=2, api_name="/sample")
    assert [layer["heads"] for layer in one["layers"]] == [3]
    for layer in ("4", 4):
        assert client.predict(layer=layer, api_name="/faithfulness")["layer"] == "4"


def test_answers_about_a_text_are_the_library_s(client: Any, models: Path) -> None:
    words, spelled = checkpoints.load(models / "words"), checkpoints.load(models / "spelled")
    caption, number = "a red star", "two hundred and one"
    one = client.predict(model="words", seed=7, label=caption, api_name="/sample")
    drawn = sampling.sample(words, [7], [caption])
    assert (picture(one["picture"]) == drawn.items[0].numpy()).all()
    assert (one["text"], one["layers"][0]["name"], one["layers"][0]["key_size"]) == (None, "words-8", [3])
    asked = {"model": "words", "seed": 7, "label": caption, "x": 5, "y": 9, "layer": "words-8"}
    (row,) = client.predict(**asked, api_name="/attention")
    np.testing.assert_allclose(row, drawn.attention[0].weights[0, :, 4 * 8 + 2].mean(0), atol=1e-6)
    changed = client.predict(model="words", seed=7, label=caption, edit="words-8*x1", api_name="/edit")
    assert changed["moved"] > 0
    written = sampling.sample(spelled, [7], [number])
    (text,) = spelled.kind.texts(written.items) or ()
    said = client.predict(model="spelled", seed=7, label=number, api_name="/sample")
    assert said["text"] == "".join(text)
    (row,) = client.predict(
        model="spelled", seed=7, label=number, x=2, layer="round-1", api_name="/attention"
    )
    np.testing.assert_allclose(row, written.attention[0].weights[0, :, 2].mean(0), atol=1e-6)


@pytest.mark.parametrize(
    ("endpoint", "wrong", "told"),
    [
        ("/sample", {"model": "../faces"}, "There is no model"),
        ("/sample", {"seed": -1}, "seed must lie between"),
        ("/sample", {"seed": 2**60}, "seed must lie between"),
        ("/sample", {"truncation": "nan"}, "no number"),
        ("/sample", {"label": 1}, "label must be left out"),
        ("/attention", {"x": 16}, "outside the picture"),
        ("/attention", {"layer": "9"}, "no attention layer 9"),
        ("/edit", {"edit": "8*x64"}, "keys 0 to 63"),
        ("/edit", {"edit": "8*g" + "1" * 9999}, "at most 4000 characters"),
        ("/faithfulness", {"layer": "<b>"}, "no attention layer"),
        ("/nearest", {}, "are not kept here"),
        ("/sample", {"seed": "three"}, "no whole number"),
        ("/sample", {"model": {"name": "faces"}}, "is no text"),
        ("/edit", {"edit": ["8*x0"]}, "is no text"),
        ("/attention", {"layer": 9}, "no attention layer 9"),
        ("/attention", {"layer": ["8"]}, "is no text"),
        ("/attention", {"mode": "stares"}, "mode is one of"),
        ("/faithfulness", {"layer": None}, "is no text"),
        ("/sample", {"label": "a red star"}, "reads no text"),
        ("/sample", {"model": "words", "label": 3}, "label must be a text, not 3"),
        ("/sample", {"model": "words", "label": "red " * 10_000}, "at most 1000 characters here, not 40000"),
        ("/sample", {"model": "words", "label": "\U0001f600 שלום"}, "none of the words"),
        ("/sample", {"model": "spelled", "label": " "}, "nothing to read"),
        ("/attention", {"model": "spelled", "label": "two", "x": 99}, "whole number from 0 to 3"),
        ("/nearest", {"model": "spelled", "label": "two"}, "nearness says nothing"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    client: Any, endpoint: str, wrong: dict[str, Any], told: str
) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=told) as caught:
        client.predict(**wrong, api_name=endpoint)
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('["faces", NaN, null, 1, ""]', "nan is no whole number"),
        ('["faces", 0, null, NaN, ""]', "truncation must lie between 0 and 2, not nan"),
        ('["faces", 0, null, 1e999, ""]', "truncation must lie between 0 and 2, not inf"),
    ],
)
def test_what_no_client_of_gradio_would_send_is_told_too(address: str, given: str, told: str) -> None:
    place = f"{address}gradio_api/call/sample"
    asked = urllib.request.Request(
        place, f'{{"data": {given}}}'.encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked) as answer:
        event = json.load(answer)["event_id"]
    with urllib.request.urlopen(f"{place}/{event}") as answer:
        assert told in answer.read().decode()
