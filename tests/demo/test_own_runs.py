"""A training of one's own on the page: its name, its form after a reload, what is left of it once deleted."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan.explain import frames
from attngan.nn.pair import Pair
from demo import glimpse, shelf
from demo.explorer.own import OwnRuns, run_in
from demo.explorer.routes import routes
from demo.explorer.studio import Selection, Studio
from demo.jobs import UPLOADED, Jobs, Request
from demo.jobs.material import GLIMPSE
from demo.train import handlers, suiting, watched
from demo.train.choices import Choices
from demo.train.naming import Visitor, name_of
from tests.browser.serving import STEPS, make_model, make_run

MORNING = 1_800_000_000.0  # 2027-01-15 08:00 UTC
GONE = "0" * 32


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a visitor's training, beside one bundled model."""
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path / "checkpoints"))
    monkeypatch.setenv("ATTNGAN_RUNS", str(tmp_path / "runs"))
    make_model(tmp_path / "checkpoints" / "faces", generator_attention=(8,))
    return make_run(tmp_path / "runs")


@pytest.fixture
def do(finished: str, tmp_path: Path) -> Iterator[OwnRuns]:
    jobs = Jobs(tmp_path / "runs")
    yield OwnRuns(jobs, Studio())
    jobs.close()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"language": "en", "zone": "Europe/Berlin"}, "Smileys, attention 8+16, 60 s, 09:00"),
        ({"language": "zh-CN", "zone": "Asia/Shanghai"}, "笑脸，注意力 8+16，60 秒，16:00"),
        ({"language": "zh-tw", "zone": "Asia/Shanghai"}, "笑脸，注意力 8+16，60 秒，16:00"),
        ({"language": "fr", "zone": "UTC"}, "Smileys, attention 8+16, 60 s, 08:00"),
    ],
)
def test_a_training_is_called_in_the_visitor_s_language_and_time(said: dict[str, str], name: str):
    assert name_of(Request(), "", Visitor.of(said), MORNING) == name


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"data": "dates"}, "Dates, 60 s, 08:00"),
        ({"data": "notes", "preset": "pooled"}, "Notes, Twin without attention, 60 s, 08:00"),
        ({"data": "scenes-grid"}, "Grid scenes, attention 8+16, 60 s, 08:00"),
        ({"data": UPLOADED, "own_kind": "text"}, "my pairs, 60 s, 08:00"),
    ],
)
def test_a_training_on_words_has_their_name_and_no_sizes(asked: dict[str, str], name: str):
    assert name_of(Request(**asked), "my pairs.csv", Visitor.of({"zone": "UTC"}), MORNING) == name


def test_a_training_on_own_pictures_is_called_after_their_file():
    request = Request(data=UPLOADED, generator_attention=(), seconds=7.5)
    visitor = Visitor.of({"zone": "UTC"})
    assert name_of(request, "my cats.tar.zip", visitor, MORNING) == "my cats.tar, no attention, 7.5 s, 08:00"
    assert name_of(request, "", visitor, MORNING).startswith("Your own pictures, texts or tables, ")
    assert name_of(request, "\x07.png", visitor, MORNING).startswith("Your own pictures, texts or tables, ")
    assert len(name_of(request, "x" * 999 + ".png", visitor, MORNING)) < 80


@pytest.mark.parametrize(
    "said", [None, [], {"language": 3, "zone": "../../etc/passwd"}, {"zone": "Mars/Base"}]
)
def test_a_browser_may_say_anything_of_its_visitor(said: Any):
    assert Visitor.of(said) == Visitor()


def test_the_form_shows_what_a_training_was_asked_for(finished: str, do: OwnRuns):
    shown = watched.form_of(do.jobs, finished)
    assert shown
    assert (shown["data"], shown["size"].value, shown["seconds"], shown["seed"]) == ("faces", 16, 60, 0)
    assert shown["attention"].value == [8]
    assert shown["command"].endswith("--size 16 --attention 8 --seed 0 --run-dir run")
    assert shown["reals"]["count"] == 0
    assert shown["reals"]["credit"]


def test_the_form_shows_what_a_training_on_own_data_has_kept(finished: str, do: OwnRuns):
    folder = do.jobs.find(finished)
    request = folder.record().request.with_(data=UPLOADED)
    folder.write(folder.record().with_(request=request, data="cats.npz"))
    shown = watched.form_of(do.jobs, finished)
    assert shown
    assert (shown["data"], shown["reals"]) == (UPLOADED, None)
    assert "--data cats.npz" in shown["command"]
    told = glimpse.of_pairs([Pair("one", "1"), Pair("two", "2")])
    (folder.path / GLIMPSE).write_text(json.dumps(told))
    shown = watched.form_of(do.jobs, finished)
    assert shown
    assert shown["reals"]["pairs"] == [["one", "1"], ["two", "2"]]


def test_the_form_of_a_training_on_own_pairs_asks_what_texts_are_asked(finished: str, do: OwnRuns):
    folder = do.jobs.find(finished)
    request = folder.record().request.with_(data=UPLOADED, own_kind="text", preset="taught")
    folder.write(folder.record().with_(request=request, data="own_pairs.jsonl"))
    shown = watched.form_of(do.jobs, finished)
    assert shown
    assert [shown[name].visible for name in ("size", "square", "attention")] == ["hidden"] * 3
    assert shown["recipe"].value == "taught"
    later = Choices(data=UPLOADED, recipe="taught", kept=shown["kept"])  # as the page then sends it
    assert suiting.shown(later)[0].value == "taught"
    assert handlers.command(later) == (
        "python -m attngan train --data own_pairs.jsonl --seconds 60 --preset taught --seed 0 --run-dir run"
    )
    assert Choices(data=UPLOADED, kept="own_pairs.jsonl", upload=["/there/cats.zip"]).kind == "pictures"


@pytest.mark.parametrize("run", [None, GONE, "../..", 7])
def test_the_form_of_nothing_stays_as_it_is(do: OwnRuns, run: Any):
    assert watched.form_of(do.jobs, run) is None


def test_a_training_has_its_name_in_the_list_of_models(finished: str, do: OwnRuns):
    key = f"run-{finished}"
    assert shelf.take(key).title == f"signs {finished[:6]}"
    name, model, note = do.rename(key, " My  first ", key, [finished])
    assert (name, note) == ("My first", None)
    assert [one for _, one in model.choices] == ["faces", key]
    assert model.choices[1][0] == "My first"
    assert do.show(key)[1] == "My first"
    assert do.rename({"run": finished}, "", key, [finished])[2].startswith("Give the training a name")
    assert shelf.take(key).title == "My first"


def test_the_row_is_hidden_for_what_is_nobody_s_own(do: OwnRuns):
    for key in ("faces", None, f"run-{GONE}", {"run": None}):
        assert do.show(key)[0].visible is False


def test_a_deleted_training_leaves_nothing_and_another_model_is_opened(finished: str, do: OwnRuns):
    key = f"run-{finished}"
    folder = do.jobs.find(finished).path
    do.studio.frame(shelf.take(key), Selection(3, 1))
    assert do.studio._frames
    assert do.studio._models
    model, label, text, canvas, _, runs, note, told = do.delete(
        key, key, 5, [GONE, finished], {"run": finished}
    )
    assert not folder.exists()
    assert (list(do.studio._frames), list(do.studio._models)) == ([], [])
    assert (model.value, [one for _, one in model.choices]) == ("faces", ["faces"])
    assert label.visible is text.visible is False
    assert "frame/faces?seed=5" in canvas["url"]
    assert (runs, note, told) == ([GONE], None, {"deleted": True})


def test_a_training_that_is_not_shown_is_deleted_without_a_change_of_view(finished: str, do: OwnRuns):
    other = {"run": GONE}
    *_, canvas, _, runs, note, told = do.delete(f"run-{finished}", "faces", 5, [finished], other)
    assert "url" not in canvas
    assert (runs, note) == ([], None)
    assert told == gr.skip(), "the panel goes on with what it watches"
    assert "not here any more" in do.delete({"run": finished}, "faces", 5, [], other)[-2]


def test_only_an_id_finds_a_training():
    assert run_in(f"run-{GONE}") == run_in(GONE) == run_in({"run": GONE}) == GONE
    assert run_in(None) == run_in({"run": 3}) == run_in([]) == ""


def test_a_model_is_taken_home_without_the_id_of_its_training(finished: str, do: OwnRuns):
    do.jobs.rename(finished, "Mine: 8+16")
    client = TestClient(Starlette(routes=routes(do.studio)))
    answer = client.get(f"/gradio_api/attngan/zip/run-{finished}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert finished.encode() not in answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Mine-8+16/model.safetensors" in archive.namelist()
    assert client.get(f"/gradio_api/attngan/zip/run-{GONE}").status_code == 404


def test_a_thumbnail_is_the_newest_first_sample(finished: str, do: OwnRuns, tmp_path: Path):
    client = TestClient(Starlette(routes=routes(do.studio)))

    def shown(key: str) -> np.ndarray:
        answer = client.get(f"/gradio_api/attngan/thumbnail/{key}")
        assert answer.headers["content-type"] == "image/png"
        return np.asarray(Image.open(io.BytesIO(answer.content)))

    newest = frames.decode(shelf.stored_frame(f"run-{finished}", STEPS[-1]).read_bytes())
    assert (shown(f"run-{finished}") == newest.items[0]).all()
    drawn = frames.decode((tmp_path / "checkpoints" / "faces" / "samples.frame.gz").read_bytes())
    assert (shown("faces") == drawn.items[0]).all()
    sheet = np.random.default_rng(5).integers(0, 256, (52, 52, 3), dtype=np.uint8)
    Image.fromarray(sheet).save(tmp_path / "checkpoints" / "faces" / "samples.png")
    assert (shown("faces") == sheet[:13, :13]).all()
    (tmp_path / "checkpoints" / "faces" / "samples.png").write_bytes(b"none")
    assert "cannot be read" in client.get("/gradio_api/attngan/thumbnail/faces").text
    assert client.get(f"/gradio_api/attngan/thumbnail/run-{GONE}").status_code == 404
