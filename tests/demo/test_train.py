"""The Train tab's controls: what they show, what they refuse, and what they start."""

import base64
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gradio as gr
import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan import data, events
from attngan.errors import AttnGanError
from attngan.measure import scenes
from demo import glimpse, sheet
from demo.jobs import UPLOADED, Jobs, News, Request
from demo.train import handlers, parts, reals
from demo.train.choices import Choices
from demo.train.routes import routes
from demo.uploads import reader
from demo.words import advice, lesson, live, notes
from demo.words import train as texts

PRETENDED = (sys.executable, str(Path(__file__).with_name("pretend_training.py")))
ENDLESS = 1  # a seed of pretend_training.py
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture
def do(tmp_path: Path) -> Iterator[handlers.Handlers]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield handlers.Handlers(jobs)
    jobs.close()


def noise(seed: int, size: int = 13) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8))


def own_pictures(folder: Path, count: int) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{index}.png" for index in range(count)]
    for index, path in enumerate(paths):
        noise(index).save(path)
    return [str(path) for path in paths]


def opened(src: str) -> np.ndarray:
    kind, _, encoded = src.partition(",")
    assert kind == "data:image/webp;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))


@pytest.mark.parametrize("words", [texts.WORDS, live.WORDS, notes.WORDS, advice.WORDS, lesson.WORDS])
def test_both_languages_say_the_same_things(words: dict[str, dict[str, str]]):
    assert words["en"].keys() == words["zh-CN"].keys()
    for key, text in words["en"].items():
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(words["zh-CN"][key])), key
        assert text != words["zh-CN"][key], key


def of_any_kind(key: str) -> str:
    """The key of a text without the ending of the kind that it is for."""
    return key.removesuffix("_text").removesuffix("_rows")


def test_every_text_that_the_browser_speaks_is_there_and_none_is_idle():
    files = [*parts.FOLDER.glob("*.html"), *(parts.FOLDER / "js").glob("*.js")]
    said = set(re.findall(r"\blive_\w+", "".join(file.read_text("utf-8") for file in files)))
    said -= {"live_", "live_trouble_", "live_words_"}
    by_word = {f"live_words_{sort}" for sort in scenes.TYPES} | {"live_iou_uniform", "live_iou_centre"}
    by_state = {f"live_{state}" for state in News.model_fields["state"].annotation.__args__}
    by_state |= {"live_saving", "live_paused"}  # what a run does at its end, and when asked to wait
    by_cause = {f"live_trouble_{cause}" for cause in events.Cause.__args__}
    known = live.WORDS["en"] | notes.WORDS["en"]
    pad = {key for key in known if key.startswith("pad_")}
    assert pad == set(re.findall(r"\bpad_\w+", "".join(file.read_text("utf-8") for file in files)))
    asked = {of_any_kind(key) for key in known.keys() - pad}
    assert said | by_state | by_cause | by_word | {"live_idle"} == asked


def test_every_sentence_of_advice_and_of_the_lesson_can_be_said():
    files = [parts.FOLDER / "panel.html", *(parts.FOLDER / "js").glob("*.js")]
    said = set(re.findall(r"\b(?:advice|lesson)_\w+", "".join(file.read_text("utf-8") for file in files)))
    known = advice.WORDS["en"] | lesson.WORDS["en"]
    assert said == {of_any_kind(key) for key in known}


def test_the_sheet_shows_the_pictures_themselves():
    shown, skipped, labelled = reals.look("faces", (), 16)
    assert (skipped, labelled, shown["count"]) == (None, False, 0)
    assert "OpenMoji" in shown["credit"]
    whole = opened(shown["src"])
    assert whole.shape == (3 * 17 - 1, 8 * 17 - 1, 4)
    found = data.load("faces", 16, max_pictures=24)
    for index in (0, 7, 8, 23):
        top, left = 17 * (index // 8), 17 * (index % 8)
        expected = found.images[index].permute(1, 2, 0).numpy()
        assert (whole[top : top + 16, left : left + 16, :3] == expected).all()
    assert (whole[:, 16, 3] == 0).all(), "transparent between the pictures"


def test_grey_pictures_are_shown_in_grey():
    shown, _, labelled = reals.look("letters", (), 16)
    assert labelled
    whole = opened(shown["src"])
    assert (whole[..., 0] == whole[..., 1]).all()
    assert len(np.unique(whole[:16, :16, 0])) > 2


def test_texts_are_shown_as_pairs_and_captioned_pictures_with_their_captions():
    shown, skipped, labelled = reals.look("numbers", (), 16)
    assert (skipped, labelled, shown["src"], shown["kind"]) == (None, False, "", "text")
    found = data.pairs("numbers")
    assert shown["count"] == len(found)
    assert len(shown["pairs"]) == glimpse.MOST_PAIRS
    assert shown["pairs"][0] == found.pairs[0][:2]
    shown, _, labelled = reals.look("scenes", (), 16)
    assert (labelled, shown["src"], shown["pairs"], shown["kind"]) == (False, "", (), "pictures")
    found = data.pictures("scenes", 16, max_pictures=sheet.MOST)
    src, caption = shown["captioned"][1]
    assert caption == found.captions[2]
    assert (opened(src)[..., :3] == found.images[2].permute(1, 2, 0).numpy()).all()


def test_points_are_shown_in_their_plane_and_tables_by_their_first_rows():
    shown, skipped, labelled = reals.look("ring", (), 16)
    assert (skipped, labelled, shown["kind"], shown["table"]) == (None, False, "rows", ())
    assert (shown["count"], shown["classes"]) == (20_000, 0)
    _, _, encoded = shown["src"].partition("data:image/png;base64,")
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as plane:
        assert plane.size == (512, 512)
    shown, _, labelled = reals.look("iris", (), 16)
    assert (labelled, shown["src"], shown["count"], shown["classes"]) == (True, "", 120, 3)
    names, first, *rest = shown["table"]
    assert names == (
        "sepal length (cm)",
        "sepal width (cm)",
        "petal length (cm)",
        "petal width (cm)",
        "species",
    )
    assert first == ["5.1", "3.5", "1.4", "0.2", "setosa"]
    assert len(rest) == glimpse.MOST_ROWS - 1
    assert "Fisher" in shown["credit"]


def test_own_pictures_are_counted_and_the_unreadable_named(tmp_path: Path):
    files = own_pictures(tmp_path / "own", 11)
    for index in range(23):
        bad = tmp_path / "own" / f"bad{index}.png"
        bad.write_bytes(b"no picture")
        files.append(str(bad))
    shown, skipped, labelled = reals.look(UPLOADED, files, 32)
    assert (shown["count"], shown["classes"], labelled) == (11, 0, False)
    assert skipped["count"] == 23
    assert len(skipped["skipped"]) == reader.MOST_TOLD
    assert any(line.startswith("bad0.png: ") for line in skipped["skipped"])
    assert opened(shown["src"]).shape[0] == 2 * 34 - 2, "two rows for eleven"


def test_a_zip_of_folders_has_classes(tmp_path: Path):
    archive = tmp_path / "own.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for index in range(11):
            one = io.BytesIO()
            noise(index).save(one, "png")
            file.writestr(f"{('cats', 'dogs', 'owls')[index % 3]}/{index}.png", one.getvalue())
    shown, skipped, labelled = reals.look(UPLOADED, [str(archive)], 16)
    assert (shown["count"], shown["classes"], skipped, labelled) == (11, 3, None, True)


def test_what_is_wrong_with_an_upload_is_told_beside_it(tmp_path: Path):
    few = own_pictures(tmp_path / "few", 7)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK nonsense")
    for files, told in ((few, "at least 8"), ([str(broken)], "zip")):
        shown, note, switch = handlers.show_data(
            Choices(data=UPLOADED, upload=files, size=16, conditional=True)
        )
        assert shown is None
        assert told in note["problem"]
        assert switch.value is False


def test_where_nothing_was_uploaded_yet_nothing_is_shown_and_nothing_told():
    assert handlers.show_data(Choices(data=UPLOADED, size=16))[:2] == (None, None)


def test_the_command_follows_the_controls_while_they_are_valid(tmp_path: Path):
    valid = Choices(data="letters", size=16, attention=[8, 4], conditional=True, seconds=7, seed=11)
    assert handlers.command(valid) == (
        "python -m attngan train --data letters --seconds 7 --size 16 --attention 4,8 --conditional "
        "--seed 11 --run-dir run"
    )
    upload = replace(valid, data=UPLOADED, upload=[{"path": "/somewhere/My Own.ZIP"}])
    own = handlers.command(upload)
    assert "--data 'My Own.ZIP' " in own
    assert "somewhere" not in own
    several = replace(upload, upload=[{"path": "/a.png"}, {"path": "/b.png"}])
    assert "--data pictures " in handlers.command(several)
    assert handlers.command(replace(valid, seconds=None)) == gr.skip()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seconds": 4}, "seconds"),
        ({"seconds": 3601}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"seconds": None}, "seconds"),
        ({"seed": -1}, "seed"),
        ({"seed": None}, "seed"),
        ({"size": 33}, "image_size"),
        ({"attention": [16]}, "generator_attention"),
        ({"data": "/etc"}, "not known"),
        ({"data": UPLOADED}, "Nothing of your own"),
        ({"conditional": True}, "no classes"),
        ({"recipe": "defualt"}, "did you mean 'default'"),
        ({"recipe": "pooled"}, "no preset 'pooled'"),
        ({"data": "dates", "recipe": "sagan-2018"}, "no preset 'sagan-2018'"),
        ({"data": "dates", "conditional": True}, "neither classes nor clusters"),
        ({"recipe": "dcgan-2015"}, "dcgan-2015 has no attention"),
        ({"recipe": "dcgan-2015", "attention": [], "conditional": True}, "dcgan-2015 knows no classes"),
    ],
)
def test_what_cannot_be_started_is_told_and_nothing_is_lost(
    do: handlers.Handlers, change: dict[str, object], told: str
):
    good = Choices(size=16, attention=[8], seconds=5, seed=ENDLESS)
    before, note, _, remembered = do.start(good, [])
    assert remembered == [before["run"]]
    assert note is None
    after, *notes, _ = do.start(replace(good, **change), [])
    assert after.keys() == {"refused"}, "the panel goes on showing what it showed"
    own = change == {"data": UPLOADED}
    assert told in notes[own]["problem"], "beside what is to be mended"
    assert notes[not own] == (None if own else gr.skip())
    assert [path.parent.name for path in do.jobs.runs.glob("*/job.json")] == [before["run"]]
    assert {path.name for path in do.jobs.runs.iterdir()} == {before["run"], ".lock"}
    assert do.jobs.news(before["run"]).state in ("starting", "running", "waiting")
    assert do.stop(before) is None
    assert do.jobs.news(before["run"]).state in ("stopping", "stopped")


@pytest.mark.parametrize("shown", [None, "", 7, {}, {"run": None}, {"run": "../.."}, {"run": ["x"]}])
def test_stopping_something_unknown_is_told(do: handlers.Handlers, shown: object):
    assert "not here any more" in do.stop(shown)["problem"]


def test_the_api_starts_tells_and_stops(do: handlers.Handlers):
    run = do.train_start("faces", 16, [8], False, 5, ENDLESS)
    assert do.train_status(run)["state"] in ("starting", "running", "waiting")
    for after in (True, 1.5, "0", None, [3]):
        with pytest.raises(AttnGanError, match="is no whole number"):
            do.train_status(run, after)  # type: ignore[arg-type]
    for after in (-1, 10**400):
        assert do.train_status(run, after)["run"] == run
    assert do.train_stop(run) in ("stopping", "stopped")
    with pytest.raises(AttnGanError, match="seconds"):
        do.train_start(seconds=float("nan"))
    with pytest.raises(AttnGanError, match="Own data are for the page or the command"):
        do.train_start(data=UPLOADED)
    for call in (do.train_status, do.train_stop):
        with pytest.raises(AttnGanError, match="not here any more"):
            call("0" * 32)


def test_the_news_route_answers_with_json_or_with_nothing(do: handlers.Handlers):
    client = TestClient(Starlette(routes=routes(do.jobs)))
    run = do.jobs.start(Request(seed=ENDLESS))
    for after in ("", "?after=0", "?after=-1", "?after=nan", "?after=9999999999999999999", "?after=²"):
        answer = client.get(f"/gradio_api/attngan/news/{run}{after}")
        assert answer.status_code == 200
        assert News.parse(answer.text).run == run
        assert answer.headers["cache-control"] == "no-store"
    for unknown in ("0" * 32, "..", "x"):
        answer = client.get(f"/gradio_api/attngan/news/{unknown}")
        assert answer.status_code in (204, 404)
        assert run not in answer.text
    assert client.get(f"/gradio_api/attngan/news/{'0' * 32}").status_code == 204
    do.jobs.stop(run)


def test_a_name_that_is_no_data_set_shows_nothing():
    with pytest.raises(AttnGanError, match="no data set"):
        reals.look("/etc", (), 16)
