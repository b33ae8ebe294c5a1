"""A model that reads a text is asked with one: every answer is for that, or says in a sentence why not."""

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
import torch
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan.explain import arithmetic, facts, frames
from attngan.model import checkpoints, judging, sampling
from attngan.model.checkpoints import Model
from demo import shelf
from demo.explorer import discriminator, tab
from demo.explorer.link import view_of
from demo.explorer.routes import routes
from demo.explorer.studio import LONGEST_TEXT, Studio
from demo.explorer.value import value_of
from tests.browser.serving import READERS, make_model, make_reader

CAPTION, NUMBER = "a red star", "two hundred and one"
STRANGE = "A vermillion <b>star</b> {{7*7}} ${name}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoints")
    for name, data in READERS.items():
        make_reader(folder / name, data)
    make_model(folder / "faces", generator_attention=(8,))
    return folder


@pytest.fixture(autouse=True)
def shelf_of_these(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(folder))


@pytest.fixture(scope="module")
def words(folder: Path) -> Model:
    return checkpoints.load(folder / "words")


@pytest.fixture(scope="module")
def spelled(folder: Path) -> Model:
    return checkpoints.load(folder / "spelled")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(Studio()))) as client:
        yield client


def ask(client: TestClient, path: str, **query: Any) -> Any:
    wishes = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
    return client.get(f"/gradio_api/attngan/{path}?{wishes}")


def framed(client: TestClient, path: str, **query: Any) -> frames.Frame:
    answer = ask(client, path, **query)
    assert answer.status_code == 200, answer.text
    return frames.decode(gzip.compress(answer.content))


def test_a_frame_shows_what_the_text_says(client: TestClient, words: Model, spelled: Model) -> None:
    for name, model, text in (("words", words, CAPTION), ("spelled", spelled, NUMBER)):
        frame = framed(client, f"frame/{name}", seed=5, count=3, label=text)
        drawn = sampling.sample(model, [5, 6, 7], [text] * 3)
        assert np.array_equal(frame.items, drawn.items.numpy())
        assert frame.header["labels"] == [text] * 3
        assert frame.header["unknown"] == []
        assert frame.layers[0].key_places == drawn.attention[0].key_places
    usual = framed(client, "frame/words", seed=5, count=3)
    assert usual.header["labels"] == list(words.config.example_texts[:3])
    assert "unknown" not in usual.header


def test_the_header_says_what_the_model_does_not_know(client: TestClient) -> None:
    frame = framed(client, "frame/words", seed=3, count=1, label="a Redd star, a redd zzyzx")
    assert frame.header["unknown"] == [["Redd", "red"], ["redd", "red"], ["zzyzx", ""]]
    (read,) = frame.layers[0].key_places.texts
    assert [place for place, word in enumerate(read) if word == "?"] == [1, 4, 5]
    edited = framed(client, "frame/words", seed=3, label="a redd star", edit="words-8*x1")
    assert (edited.header["edit"], edited.header["unknown"]) == ("words-8*x1", [["redd", "red"]])
    way = framed(client, "way/words", seed=3, last=5, label="a redd star")
    assert way.header["unknown"] == [["redd", "red"]]
    characters = framed(client, "frame/spelled", seed=3, label="Twò 7")
    assert characters.header["unknown"] == [["T", "t"], ["ò", "o"], ["7", ""]]
    (read,) = characters.layers[0].key_places.texts
    assert read == ("\ufffd", "w", "\ufffd", " ", "\ufffd")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("words", "red " * 10_000, "at most 1000 characters here, not 40000"),
        ("words", "zzyzx qqq", "knows none of the words"),
        ("words", "\U0001f469\u200d\U0001f680 \u05e9\u05dc\u05d5\u05dd", "knows none of the words"),
        ("words", "\u0301\u0302\u0303", "has no words"),
        ("words", "   ", "has no words"),
        ("spelled", "   ", "nothing to read"),
        ("spelled", "x" * 999, "reads at most"),
        ("faces", CAPTION, "label must be a whole number"),
    ],
)
def test_a_text_that_cannot_be_read_is_told(client: TestClient, name: str, text: str, told: str) -> None:
    for what in ("frame", "npz", "page", "way"):
        answer = ask(client, f"{what}/{name}", seed=3, last=5, label=text)
        assert (answer.status_code, told in answer.text) == (404, True), answer.text
    for what in ("facts", "arithmetic"):
        answer = ask(client, f"{what}/{name}", seed=3, label=text, layer="words-8", head=0, query=0)
        assert told in answer.json()["problem"]
    judged = ask(client, f"judged/{name}", seed=3, label=text)
    assert (judged.status_code, told in judged.text, len(judged.text) < 600) == (200, True, True)


@pytest.mark.parametrize(
    "text",
    [
        STRANGE,
        "red \u202eevil\u202c star",
        "a star \U0001f600\U0001f1fa\U0001f1f3",
        "re\u0301d star",
        "</script><script>alert(1)</script> star",
        "red\x00star\r\n\t",
        "%s %(star)s {0} star",
    ],
)
def test_what_is_typed_is_text_and_nothing_more(client: TestClient, text: str) -> None:
    for name in READERS:
        answer = ask(client, f"frame/{name}", seed=3, count=2, label=text)
        if answer.status_code != 200:
            assert (answer.status_code, len(answer.text) < 600) == (404, True)
            continue
        header = frames.decode(gzip.compress(answer.content)).header
        assert all(len(pair) == 2 for pair in header["unknown"])
        assert "49" not in json.dumps(header["unknown"])
        page = ask(client, f"page/{name}", seed=3, label=text).text
        assert page.count("</script>") == 2
        assert "<script>alert" not in page


def test_numbers_about_an_item_are_the_library_s(client: TestClient, words: Model, spelled: Model) -> None:
    told = ask(client, "facts/words", seed=3, label=CAPTION).json()
    assert told["removed"]["moved"] == facts.facts(words, 3, CAPTION).removed.moved > 0
    told = ask(client, "facts/spelled", seed=3, label=NUMBER).json()
    assert len(told["layers"]) == len(spelled.config.attention_layers)
    told = ask(client, "arithmetic/words", seed=3, label=CAPTION, layer="words-8", head=1, query=9).json()
    seen = sampling.sample(words, [3], [CAPTION]).attention[0]
    assert told["terms"][0]["weight"] == arithmetic.arithmetic(seen, 0, 1, 9).terms[0].weight
    assert len(told["terms"]) == 3, "one a word"


def test_the_map_of_words_is_tested_too(client: TestClient) -> None:
    for name, layer in (("words", "words-8"), ("words", "8"), ("spelled", "round-1")):
        told = ask(client, f"truth/{name}", layer=layer).json()
        assert (told["layer"], told["trials"]) == (layer, 64), told


def test_a_view_is_kept_with_its_text(client: TestClient, words: Model, spelled: Model) -> None:
    for name, model, text in (("words", words, CAPTION), ("spelled", spelled, NUMBER)):
        with np.load(io.BytesIO(ask(client, f"npz/{name}", seed=3, label=text).content)) as kept:
            assert str(kept["label"]) == text
            assert np.array_equal(kept["image"], sampling.sample(model, [3], [text]).items[0].numpy())
        first = framed(client, f"frame/{name}", seed=3, label=text)
        way = framed(client, f"way/{name}", seed=3, last=5, label=text)
        assert way.header["labels"] == [text] * way.header["count"]
        assert abs(way.items[0].astype(int) - first.items[0]).max() <= 1
        assert ask(client, f"zip/{name}").status_code == 200
        thumbnail = ask(client, f"thumbnail/{name}")
        assert thumbnail.content.startswith(b"\x89PNG")
        figure = ask(
            client, f"figure/{name}", seed=3, label=text, pixel="2,0", layer=model.config.attention_layers[0]
        )
        assert figure.headers["content-type"] == "image/svg+xml", figure.text
        worded = {"layer": next(one for one in model.config.attention_layers if not one.isdecimal())}
        mapped = [
            ask(client, f"figure/{name}", seed=3, label=text, word=word, kind="pdf", **worded).content
            for word in (0, 2)
        ]
        assert all(one.startswith(b"%PDF-") for one in mapped)
        assert mapped[0] != mapped[1] != figure.content
    film = ask(client, "film/words", what="loop", kind="gif", seed=3, label=CAPTION)
    assert film.content.startswith(b"GIF8")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("film/spelled?what=loop&seed=3&label=two", "this model makes none"),
        ("film/spelled?what=way&seed=3&last=5&label=two", "this model makes none"),
        ("film/words?what=loop&seed=3&label=star&layer=words-8", "over words lies nowhere in a picture"),
        ("film/words?what=way&seed=3&last=5&label=star&layer=words-8&pixel=1,2", "lies nowhere in a picture"),
        ("figure/words?seed=3&label=star&layer=words-8&pixel=1,2&mode=seen", "A pixel lies on a grid"),
        ("figure/spelled?seed=3&label=two&pixel=99,0", "whole number from 0 to 3"),
        ("figure/spelled?seed=3&label=two&word=3", "words 0 to 2, not 3"),
        ("figure/words?seed=3&label=star&word=-1", "words 0 to 0, not -1"),
        ("figure/words?seed=3&label=star&word=0&layer=8", "no attention layer 8: it has words-8"),
        ("figure/faces?seed=3&word=0", "looks at no words"),
        ("nearest/spelled?seed=3&label=two", "nearness says nothing"),
        ("film/words?what=foo", "A film is of the time, a loop or a way, not 'foo'"),
        ("judged/spelled?seed=3&label=two&edit=round-9*g0", "no attention layer round-9"),
    ],
)
def test_what_cannot_be_answered_says_so(client: TestClient, path: str, told: str) -> None:
    assert told in client.get(f"/gradio_api/attngan/{path}").text


def test_pictures_from_words_have_nearest_training_pictures(client: TestClient) -> None:
    found = ask(client, "nearest/words", seed=3, label=CAPTION).json()
    assert (len(found["pictures"]), "Scenes" in found["credit"]) == (4, True)


def test_an_item_is_judged_with_its_text_and_with_another_one(
    client: TestClient, words: Model, spelled: Model
) -> None:
    for name, model, text in (("words", words, CAPTION), ("spelled", spelled, NUMBER)):
        frame = framed(client, f"judged/{name}", seed=5, label=text)
        item, word = sampling.sample(model, [5], [text]).items, frame.header["judged"]
        assert word["logit"] == judging.judge(model, item, text)[0].logit
        assert word["text"] == text
        other = word["other"]
        assert other["text"] in model.config.example_texts
        assert other["logit"] == judging.judge(model, item, other["text"], company=text)[0].logit
        assert frame.header["labels"] == [text]
        examples = model.config.example_texts
        texts = [examples[index % len(examples)] for index in range(16)]
        made = sampling.items(model, range(16), texts)
        each = [judging.judge(model, made[[row]], texts[row])[0].logit for row in range(16)]
        assert word["made"] == sorted(round(logit, 4) for logit in each)


def test_a_real_one_is_judged_with_its_own_text(client: TestClient, words: Model, spelled: Model) -> None:
    for name, model, text in (("words", words, CAPTION), ("spelled", spelled, NUMBER)):
        data = discriminator.training_data(shelf.take(name))
        frame = framed(client, f"real/{name}", seed=5, label=text, number=3)
        word = frame.header["judged"]
        batch = data.batch(torch.linspace(0, len(data) - 1, discriminator.MOST_REALS).long()[3:4])
        own = batch.condition.texts[0]
        item = model.kind.decode(batch.items)
        assert np.array_equal(frame.items, item.numpy())
        assert word["logit"] == judging.judge(model, item, own)[0].logit
        assert round(word["logit"], 4) in word["reals"]
        assert word["text"] == (" " if name == "words" else "").join(own)
        drawn = sampling.sample(model, [5], [text]).items
        assert word["drawn"] == judging.judge(model, drawn, text)[0].logit


def test_in_the_company_of_the_same_items_only_the_text_makes_the_difference(words: Model) -> None:
    item = sampling.sample(words, [5], [CAPTION]).items
    (own,) = judging.judge(words, item, CAPTION)
    assert judging.judge(words, item, CAPTION, company=CAPTION)[0].logit == own.logit
    assert judging.judge(words, item, "a blue square", company=CAPTION)[0].logit != own.logit


def test_an_address_carries_the_text(words: Model) -> None:
    taken = shelf.take("words")
    value = value_of(taken, 3, STRANGE)
    assert value["recipe"] == {"model": "words", "seed": 3, "text": STRANGE}
    assert value["url"].endswith(f"&label={quote(STRANGE, safe='')}")
    assert "timeline" not in value
    view = view_of({"model": "words", "text": f" {CAPTION} "})
    assert view is not None
    assert (view.label, view.fits) == (CAPTION, True)
    for query in (
        {"model": "words", "class": "1"},
        {"model": "words", "text": " "},
        {"model": "words", "text": "x" * (LONGEST_TEXT + 1)},
        {"model": "words", "text": "zzyzx qqq"},
        {"model": "spelled", "text": "x" * 999},
        {"model": "faces", "text": CAPTION},
        {"model": "words", "text": CAPTION, "class": "1"},
    ):
        view = view_of(query)
        assert view is not None
        assert not view.fits, query
    told = tab._show_noise("words", 3, tab.EVERY_CLASS, "zzyzx qqq", [])
    assert told["problem"].startswith("The model knows none of the words")
    assert tab._show_noise("words", 3, tab.EVERY_CLASS, " ", [])["recipe"] == {"model": "words", "seed": 3}
    assert tab._show_noise("words", 3, tab.EVERY_CLASS, [7], [])["recipe"] == {"model": "words", "seed": 3}
    lost = view_of({"text": "\ud800 star", "model": "words"})
    assert lost is not None
    assert lost.label == "? star"
