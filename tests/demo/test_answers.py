"""What the explorer tells in numbers is what the library says, and wrong questions get a sentence."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan import data
from attngan.errors import AttnGanError
from attngan.explain import arithmetic, edits, facts, frames
from attngan.model import checkpoints, judging, sampling
from demo import shelf
from demo.explorer import answers, discriminator, routes
from demo.explorer.answers import HeadQuery
from demo.explorer.studio import Selection, Studio, labels_of
from tests import sums
from tests.browser.serving import make_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoints")
    make_model(folder / "faces", generator_attention=(4, 8), discriminator_attention=(8,))
    make_model(folder / "signs", generator_attention=(8,), classes=3, heads=3)
    return folder


@pytest.fixture
def faces(folder: Path, monkeypatch: pytest.MonkeyPatch) -> shelf.Shelved:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(folder))
    return shelf.take("faces")


@pytest.fixture
def signs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> shelf.Shelved:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(folder))
    return shelf.take("signs")


def test_facts_are_the_library_s(signs: shelf.Shelved) -> None:
    model = checkpoints.load(signs.folder)
    told = answers.facts_of(Studio(), signs, Selection(11, 1, 2))
    truth = facts.facts(model, 11, 2)
    assert told["removed"]["moved"] == truth.removed.moved > 0
    assert told["layers"][0]["heads"][1]["distance"] == truth.layers[0].heads[1].distance


def test_arithmetic_is_the_library_s_under_an_edit_too(faces: shelf.Shelved) -> None:
    model = checkpoints.load(faces.folder)
    told = answers.arithmetic_of(Studio(), faces, Selection(3, 1), "", HeadQuery("8", 1, 37))
    seen = sampling.sample(model, [3]).attention[1]
    assert told["terms"][0]["weight"] == arithmetic.arithmetic(seen, 0, 1, 37).terms[0].weight
    edit = "8*x0-60"
    told = answers.arithmetic_of(Studio(), faces, Selection(3, 1), edit, HeadQuery("8", 1, 37))
    changed = edits.parse_text(edit).on(model.generator)
    seen = sampling.sample(model, [3], edits=changed).attention[1]
    assert told["terms"][0]["key"] == seen.weights[0, 1, 37].argmax().item() > 60
    assert [term["weight"] for term in told["terms"][3:]] == [0, 0]


@pytest.mark.parametrize(
    "place", [HeadQuery("8", None, 3), HeadQuery("8", 2, 3), HeadQuery("8", 0, 64), HeadQuery("16", 0, 0)]
)
def test_a_place_that_is_not_there_is_refused(faces: shelf.Shelved, place: HeadQuery) -> None:
    with pytest.raises(AttnGanError):
        answers.arithmetic_of(Studio(), faces, Selection(3, 1), "", place)


def test_the_judged_frame_has_the_discriminator_s_attention(faces: shelf.Shelved) -> None:
    model = checkpoints.load(faces.folder)
    frame = frames.decode(discriminator.judged_frame(Studio(), faces, Selection(5, 1)))
    image = sampling.sample(model, [5]).items
    (judged,) = judging.judge(model, image)
    assert np.array_equal(frame.items, image.numpy())
    assert frame.header["judged"]["logit"] == judged.logit
    np.testing.assert_allclose(frame.layers[0].weights, judged.attention[0].weights, atol=1 / 255)


def test_an_edited_picture_is_judged_as_it_is_drawn(client: TestClient, faces: shelf.Shelved) -> None:
    model = checkpoints.load(faces.folder)
    edited = sampling.sample(model, [5], edits=edits.without_attention(model.generator).on(model.generator))
    (judged,) = judging.judge(model, edited.items)
    answer = client.get("/gradio_api/attngan/judged/faces?seed=5&edit=4*g0_8*g0")
    frame = frames.decode(gzip.compress(answer.content))
    assert np.array_equal(frame.items, edited.items.numpy())
    assert frame.header["judged"]["logit"] == judged.logit
    assert judged.logit != judging.judge(model, sampling.sample(model, [5]).items)[0].logit


def test_a_person_s_picture_is_judged_and_what_is_none_is_refused(faces: shelf.Shelved) -> None:
    file = io.BytesIO()
    Image.new("RGB", (31, 57), (200, 30, 30)).save(file, "png")
    frame = frames.decode(discriminator.judged_frame(Studio(), faces, Selection(5, 1), file=file.getvalue()))
    assert frame.items.shape == (1, 16, 16, 3)
    assert frame.items[0, 5, 11].tolist() == [200, 30, 30]
    for broken in (b"", b"no picture", file.getvalue()[:57]):
        with pytest.raises(AttnGanError, match="cannot be judged"):
            discriminator.judged_frame(Studio(), faces, Selection(5, 1), file=broken)


def test_a_real_picture_is_judged_among_real_and_made_ones(
    signs: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    reals = data.load("digits", 16, channels=3, max_pictures=30)
    monkeypatch.setattr(discriminator, "training_data", lambda _: reals)
    of_class = reals.images[reals.labels == 2].permute(0, 2, 3, 1)
    number = len(of_class) + 1  # it goes round
    frame = frames.decode(discriminator.real_frame(Studio(), signs, Selection(5, 1, 2), "", number))
    assert (frame.items[0] == of_class[1].numpy()).all()
    word = frame.header["judged"]
    assert word["reals"] == sorted(word["reals"])
    assert round(word["logit"], 4) in word["reals"]
    drawn = frames.decode(discriminator.judged_frame(Studio(), signs, Selection(5, 1, 2)))
    assert word["drawn"] == drawn.header["judged"]["logit"]
    assert (len(word["reals"]), len(word["made"])) == (len(of_class), 16)


def test_without_training_pictures_a_picture_is_judged_among_made_ones(faces: shelf.Shelved) -> None:
    word = frames.decode(discriminator.judged_frame(Studio(), faces, Selection(5, 1))).header["judged"]
    assert word["reals"] == []
    assert word["made"] == sorted(word["made"])
    with pytest.raises(AttnGanError, match="not kept here"):
        discriminator.real_frame(Studio(), faces, Selection(5, 1), "", 0)


@pytest.fixture
def client(faces: shelf.Shelved) -> TestClient:
    return TestClient(Starlette(routes=routes.routes(Studio())))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("facts/nobody", "no model 'nobody'"),
        ("facts/faces?seed=-1", "seed must lie"),
        ("facts/faces?seed=nan", "seed must be a whole number."),
        ("facts/faces?count=2", "one picture at a time"),
        ("facts/faces?truncation=NaN", "truncation"),
        ("facts/signs?label=3", "label must be"),
        ("arithmetic/faces?layer=8&head=1e3&query=0", "whole numbers"),
        ("arithmetic/faces?layer=32&head=0&query=0", "no attention layer 32"),
        ("arithmetic/faces?layer=8&head=0&query=64", "from 0 to 63"),
        ("arithmetic/faces?layer=8&head=0&query=0&edit=nonsense", "nonsense"),
    ],
)
def test_wrong_questions_are_answered_with_a_sentence(client: TestClient, path: str, told: str) -> None:
    answer = client.get(f"/gradio_api/attngan/{path}")
    assert answer.status_code == 200
    assert told in answer.json()["problem"]
    assert "Traceback" not in answer.text


def test_a_picture_that_is_too_large_is_refused_before_it_is_read_whole(
    faces: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_UPLOADED", 2**20)
    client = TestClient(Starlette(routes=routes.routes(Studio())))
    answer = client.post("/gradio_api/attngan/judged/faces", content=(bytes(2**16) for _ in range(17)))
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "A picture may have 1 MB, this one has more."


def test_a_sent_picture_comes_back_as_a_frame(client: TestClient) -> None:
    file = io.BytesIO()
    Image.new("L", (13, 17), 130).save(file, "png")
    answer = client.post("/gradio_api/attngan/judged/faces?seed=3", content=file.getvalue())
    assert answer.headers["content-type"] == "application/octet-stream"
    assert b'"judged"' in answer.content


def test_of_what_is_made_from_a_text_all_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path))
    with sums.known():
        sums.write_run(tmp_path / "run", steps=2).rename(tmp_path / "sums")
        shelved, model, text = shelf.take("sums"), checkpoints.load(tmp_path / "sums"), sums.USUAL[0]
        told = answers.facts_of(Studio(), shelved, Selection(3, 1))
        assert told["removed"]["moved"] == facts.facts(model, 3, text).removed.moved
        frame = frames.decode(discriminator.judged_frame(Studio(), shelved, Selection(3, 1)))
        (judged,) = judging.judge(model, sampling.sample(model, [3]).items, text)
        assert frame.header["judged"]["logit"] == judged.logit
        assert frame.header["labels"] == [text]
        told = answers.arithmetic_of(Studio(), shelved, Selection(3, 1), "", HeadQuery("digits", 1, 2))
        (seen,) = sampling.sample(model, [3], [text]).attention
        assert told["terms"][0]["weight"] == arithmetic.arithmetic(seen, 0, 1, 2).terms[0].weight
        with pytest.raises(AttnGanError, match="Only a model of pictures"):
            discriminator.judged_frame(Studio(), shelved, Selection(3, 1), file=b"no picture")


def test_each_picture_of_a_selection_has_its_class(faces: shelf.Shelved, signs: shelf.Shelved) -> None:
    model = checkpoints.load(signs.folder)
    assert labels_of(model, Selection(5, 4)) == [0, 1, 2, 0]
    assert labels_of(model, Selection(5, 2, 1)) == [1, 1]
    for label in (None, 1):
        assert labels_of(checkpoints.load(faces.folder), Selection(5, 4, label)) is None
