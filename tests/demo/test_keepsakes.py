"""What is kept of a view: a film shows the map that was asked for, or says why it cannot."""

import io
import re
import xml.etree.ElementTree
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan.errors import AttnGanError
from attngan.explain import frames, heatmaps
from attngan.kinds.pictures import films
from demo.canvas.parts import standalone
from demo.explorer import keepsakes
from demo.explorer.keepsakes import Shot
from demo.explorer.routes import routes
from demo.explorer.studio import Studio
from tests.browser.serving import CREDIT, make_model


@pytest.fixture
def frame(tmp_path: Path) -> frames.Frame:
    make_model(tmp_path / "faces", generator_attention=(4, 8))
    return frames.decode((tmp_path / "faces" / "samples.frame.gz").read_bytes())


def test_a_shot_lays_one_head_s_map_over_the_picture(frame: frames.Frame) -> None:
    large = np.asarray(films.enlarged(frame.items[3]))
    weights = frame.layers[0].weights[3, 1, 2 * 4 + 1].reshape(4, 4)  # pixel 5, 11 of 16 in a grid of 4
    shown = Shot((5, 11), "4", 1).of(frame, 3)
    assert (shown == heatmaps.overlay(large, weights)).all()
    assert (Shot().of(frame, 3) == large).all()
    finest = frame.layers[1].weights[3, :, 5 * 8 + 2].mean(0).reshape(8, 8)
    assert (Shot((5, 11)).of(frame, 3) == heatmaps.overlay(large, finest)).all()


@pytest.mark.parametrize(
    ("shot", "told"),
    [
        (Shot((5, 11), "16"), "no attention layer '16'"),
        (Shot((5, 11), "8", 2), "heads 0 to 1, not 2"),
        (Shot((5, 16)), "outside the picture"),
    ],
)
def test_a_shot_of_what_is_not_there_is_told(frame: frames.Frame, shot: Shot, told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        shot.of(frame, 3)


def opening_of(given: str) -> str:
    page = standalone(b"", "faces, 3", {}, "en", given)
    assert page.count("</script>") == 2
    found = re.search(r'opening: "(.*)" \}\);', page)
    assert found
    return found[1]


def test_a_kept_page_opens_on_nothing_that_would_need_a_server() -> None:
    assert opening_of("picture=3&pixel=5%2C9%3B2%2C3&pin=mean") == "picture=3&pixel=5%2C9%3B2%2C3&pin=mean"
    assert opening_of("model=emoji&seed=4&mode=seen&edit=8*g0&compare=plain") == "mode=seen"
    assert opening_of("") == ""


def test_a_kept_page_takes_no_script_and_no_novel_from_an_address() -> None:
    assert opening_of('layer=</script>"<script>//') == "layer=%3C%2Fscript%3E%22%3Cscript%3E%2F%2F"
    assert len(opening_of("pixel=" + 10_000 * "1")) < 1000


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path))
    make_model(tmp_path / "faces", generator_attention=(4, 8))
    make_model(tmp_path / "plain", generator_attention=())
    return TestClient(Starlette(routes=routes(Studio())))


def test_a_figure_is_kept_as_svg_and_as_pdf(client: TestClient) -> None:
    about = "seed=3&pixel=5,11&layer=8&head=1&mode=seen&edit=8*x0-3"
    svg = client.get(f"/gradio_api/attngan/figure/faces?{about}&kind=svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert xml.etree.ElementTree.fromstring(svg.content).tag.endswith("svg")
    assert client.get(f"/gradio_api/attngan/figure/faces?{about}&kind=svg&head=0").content != svg.content
    pdf = client.get(f"/gradio_api/attngan/figure/faces?{about}&kind=pdf")
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("faces?pixel=5,11&kind=exe", "an svg or a pdf, not 'exe'"),
        ("faces?kind=svg", "of which pixel"),
        ("faces?pixel=5,16&kind=svg", "outside the picture"),
        ("plain?pixel=5,11&kind=svg", "without attention"),
    ],
)
def test_a_figure_of_what_is_not_there_is_told(client: TestClient, asked: str, told: str) -> None:
    answer = client.get(f"/gradio_api/attngan/figure/{asked}")
    assert answer.status_code == 404
    assert told in answer.text
    page = client.get(f"/gradio_api/attngan/figure/{asked}", headers={"X-Attngan-Page": "1"})
    assert (page.status_code, page.text) == (200, answer.text), "which no browser writes on its console"
    assert page.headers["content-type"].startswith("text/plain")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_loop_goes_around_the_picture_in_ten_seconds(client: TestClient, kind: str) -> None:
    asked = f"/gradio_api/attngan/film/faces?what=loop&seed=3&kind={kind}&layer=8"
    answer = client.get(asked)
    assert answer.headers["content-type"] == f"image/{kind}"
    assert client.get(f"{asked}&mode=seen").content != answer.content, "the map is that of the mode"
    with Image.open(io.BytesIO(answer.content)) as film:
        durations = []
        credit = film.getexif().get(films.COPYRIGHT) or film.info["comment"].decode()
        assert credit == CREDIT
        for number in range(film.n_frames):
            film.seek(number)
            film.load()
            durations.append(film.info["duration"])
    assert sum(durations) == 10_000
    assert len(durations) > 20


def test_a_loop_is_a_video_of_ten_seconds_too(client: TestClient) -> None:
    answer = client.get("/gradio_api/attngan/film/faces?what=loop&seed=3&kind=mp4&layer=8")
    assert answer.headers["content-type"] == "video/mp4"
    with av.open(io.BytesIO(answer.content)) as film:
        assert film.duration == 10_000_000  # microseconds
        assert film.metadata["copyright"] == CREDIT


def test_a_loop_without_attention_is_told(client: TestClient) -> None:
    refused = client.get("/gradio_api/attngan/film/plain?what=loop&seed=3")
    assert (refused.status_code, "no attention" in refused.text) == (404, True)


def test_the_pixel_of_a_loop_is_framed() -> None:
    picture = np.zeros((48, 48, 3), np.uint8)
    marked = keepsakes._marked(picture, (2, 0), 6)[..., 0]
    assert (marked[:8, 16:24] == 0).all()
    assert (marked[8:10, 14:26] == 255).all()
    assert (marked[:10, 14:16] == 255).all()
    assert int((marked == 255).sum()) == 10 * 12 - 64
