"""Frames on request: bounded, remembered, and torch only when drawing begins."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer import studio as room
from demo.explorer import turns
from demo.explorer.routes import routes
from demo.explorer.studio import MOST_PICTURES, Selection, Studio
from demo.web import ROOT, BusyError
from tests.browser.serving import HOME, make_model


@pytest.fixture
def shelved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> shelf.Shelved:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path))
    make_model(tmp_path / "faces", generator_attention=(4, 8))
    return shelf.take("faces")


def test_the_first_picture_does_not_wait_for_torch(shelved: shelf.Shelved) -> None:
    script = (
        "import sys, demo.app; from demo import shelf; from demo.explorer.studio import Studio, Selection;"
        "demo.app.build_app(); Studio().frame(shelf.take('faces'), Selection(0, 16));"
        "sys.exit('torch was imported' if 'torch' in sys.modules else 0)"
    )
    environment = os.environ | {"ATTNGAN_RUNS": str(shelved.folder / "runs")}
    subprocess.run([sys.executable, "-c", script], check=True, cwd=HOME, env=environment)


def test_getting_ready_waits_for_the_first_picture_or_for_nobody(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(room, "NOBODY_SECONDS", 100)
    monkeypatch.setattr(room, "_drawn", lambda *_: done.append("ready") or b"")
    studio = Studio()
    waiting = threading.Thread(target=studio.warm_up)
    waiting.start()
    done.append("picture")
    studio.frame(shelved, Selection(0, MOST_PICTURES))
    waiting.join(60)
    assert done == ["picture", "ready"]
    monkeypatch.setattr(room, "NOBODY_SECONDS", 0.01)
    Studio().warm_up()
    assert done == ["picture", "ready", "ready"]


def test_a_frame_is_drawn_once_and_remembered(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio()
    first = studio.frame(shelved, Selection(5, 3))
    monkeypatch.setattr(room, "_drawn", lambda *_: pytest.fail("drawn a second time"))
    assert studio.frame(shelved, Selection(5, 3)) is first


def test_what_is_remembered_is_bounded(shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(Studio().frame(shelved, Selection(0, 3)))
    monkeypatch.setattr(room, "KEPT_BYTES", 5 * size)
    studio = Studio()
    for seed in range(1, 23):
        studio.frame(shelved, Selection(seed, 3))
    assert sum(map(len, studio._frames.values())) <= 5 * size
    assert len(studio._frames) >= 3


def test_what_was_used_last_is_remembered_not_what_came_last(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_drawn", lambda _, selection: bytes([selection.seed]) * 1009)
    monkeypatch.setattr(room, "KEPT_BYTES", 3 * 1009 + 7)
    studio = Studio()
    first, second, *_ = (studio.frame(shelved, Selection(seed, 3)) for seed in (3, 5, 7))
    assert studio.frame(shelved, Selection(3, 3)) is first
    studio.frame(shelved, Selection(11, 3))
    assert studio.frame(shelved, Selection(3, 3)) is first, "it was used after the second"
    assert studio.frame(shelved, Selection(5, 3)) is not second


def test_a_frame_larger_than_all_that_is_kept_is_answered_and_not_remembered(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "KEPT_BYTES", 101)
    studio = Studio()
    assert len(studio.frame(shelved, Selection(3, 3))) > 101
    assert len(studio._frames) == 0


def test_the_models_that_were_used_last_stay_ready(
    shelved: shelf.Shelved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "KEPT_MODELS", 2)
    for name in ("apples", "boats"):
        make_model(tmp_path / name, generator_attention=())
    studio = Studio()

    def ready(key: str) -> object:
        with studio.model(shelf.take(key)) as model:
            return model

    faces, apples = ready("faces"), ready("apples")
    assert ready("faces") is faces
    ready("boats")
    assert ready("faces") is faces
    assert ready("apples") is not apples


def test_too_many_waiting_are_sent_away_with_a_sentence(shelved: shelf.Shelved) -> None:
    studio = Studio()
    while studio._drawing.places.acquire(blocking=False):
        pass
    with pytest.raises(BusyError, match="Many people are drawing"):
        studio.frame(shelved, Selection(3, 2))


def test_a_busy_answer_says_when_to_ask_again_and_a_wrong_wish_does_not(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio()
    client = TestClient(Starlette(routes=routes(studio)))
    while studio._drawing.places.acquire(blocking=False):
        pass
    busy = client.get(f"{ROOT}/frame/faces?seed=3&count=2")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
    studio._drawing.places.release()
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0)
    with studio._drawing.lock:
        slow = client.get(f"{ROOT}/frame/faces?seed=3&count=2")
    assert (slow.status_code, slow.headers["retry-after"]) == (503, "60")
    wrong = client.get(f"{ROOT}/frame/faces?seed=3&count=0")
    assert (wrong.status_code, "retry-after" in wrong.headers) == (404, False)


def test_after_an_error_the_studio_draws_on(shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = Studio()
    for _ in range(room.DRAWERS + 1):
        with pytest.raises(AttnGanError, match="count"):
            studio.frame(shelved, Selection(0, 0))
    weights = shelved.folder / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:101])
    for _ in range(room.DRAWERS + 1):
        with pytest.raises(AttnGanError, match="broken or cut short"):
            studio.frame(shelved, Selection(7, 2))
    weights.write_bytes(whole)
    assert studio.frame(shelved, Selection(7, 2))


def test_only_as_many_pictures_keep_their_attention_as_fit(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    from attngan.explain import frames

    monkeypatch.setattr(room, "ATTENTION_BYTES", 1)
    found = frames.decode(Studio().frame(shelved, Selection(3, MOST_PICTURES)))
    assert (found.header["count"], found.header["attended"]) == (MOST_PICTURES, 1)


def test_the_model_to_open_on_comes_first_and_a_broken_one_is_named(
    shelved: shelf.Shelved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "FIRST", ("faces",))
    make_model(tmp_path / "apples", generator_attention=())
    make_model(tmp_path / shelf.HARD[0], generator_attention=())
    assert shelf.bundled() == ["faces", "apples", shelf.HARD[0]], "what is hard comes last"
    shutil.rmtree(tmp_path / shelf.HARD[0])
    assert shelf.take("faces").attention == ("4", "8")
    make_model(tmp_path / "apples", generator_attention=(8,), generator_block="convolution")
    assert shelf.take("apples").attention == ()
    (tmp_path / "apples" / "config.json").write_text("{")
    assert shelf.bundled() == ["faces"]
    with pytest.raises(AttnGanError, match="'apples' cannot be read"):
        shelf.take("apples")
