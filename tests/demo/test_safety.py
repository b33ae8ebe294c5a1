"""What a stranger may ask of the page: routes, headers, bounds."""

import gzip
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from attngan.errors import AttnGanError
from attngan.explain import frames
from attngan.model import checkpoints, sampling
from demo import safety, web
from tests.browser.serving import make_model, served

UPLOAD_BYTES = 200 * 1024 * 1024
FRAME = "/gradio_api/attngan/frame"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoints")
    make_model(folder / "faces", generator_attention=(4, 8))
    make_model(folder / "signs", generator_attention=(8,), classes=3, heads=3)
    (folder / "broken").mkdir()
    (folder / "broken" / "config.json").write_text('{"model": 7}')
    (folder / "faces" / "timeline").mkdir()
    (folder / "faces" / "timeline" / "00000011.frame.gz").write_bytes(gzip.compress(b"kept"))
    return folder


@pytest.fixture(scope="module")
def client(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the page as `python app.py` serves it."""
    folder = tmp_path_factory.mktemp("page")
    environment = {"ATTNGAN_CHECKPOINTS": str(models), "ATTNGAN_RUNS": str(folder / "runs")}
    with (
        served(environment, folder / "log.txt") as address,
        httpx.Client(base_url=address, timeout=60) as one,
    ):
        yield one


def test_the_page_answers_with_headers_that_keep_other_hosts_out(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/mcp/%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E/gradio_api/mcp",
        "/gradio_api/mcp/sse",
        "/gradio_api/mcp/schema",
        "/monitoring",
        "/monitoring/summary",
        "/pwa_icon/6000",
        "/manifest.json",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/docs",
        "/gradio_api/runs",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/vibe-code",
        "/gradio_api/dev/reload",
    ],
)
def test_routes_that_the_page_does_not_need_are_closed(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/etc/passwd", "app.py", "checkpoints", "http://127.0.0.1/"])
def test_no_file_of_the_server_is_given_away(client: httpx.Client, path: str) -> None:
    assert client.get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_only_files_that_were_uploaded_are_read(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("".join(f"secret {number},{number}\n" for number in range(20)))
    config = client.get("/config").json()
    names = {one["id"]: one["props"].get("elem_id") for one in config["components"]}
    (event,) = [
        one
        for one in config["dependencies"]
        if ["train-upload-note", "read"] in [[names.get(block), name] for block, name in one["targets"]]
    ]
    values = {"train-data": "upload", "train-size": 32, "train-square": "crop", "train-recipe": "default"}

    def read(upload: object) -> httpx.Response:
        given = values | {"train-upload": upload, "train-conditional": False}
        data = [given[names[block]] for block in event["inputs"]]
        body = {"fn_index": event["id"], "data": data, "session_hash": "anybody"}
        return client.post("/gradio_api/run/predict", json=body)

    own = {"path": str(tmp_path / "own.csv")}
    meta = {"meta": {"_type": "gradio.FileData"}}
    for upload in ([own | meta], own | meta, [own], own, own["path"], [own["path"]]):
        answer = read(upload)
        assert "secret" not in answer.text
        assert answer.status_code >= 400
    sent = client.post(
        "/gradio_api/upload", files={"files": ("own.csv", (tmp_path / "own.csv").read_bytes())}
    ).json()
    answer = read([{"path": sent[0]} | meta])
    assert answer.status_code == 200
    assert "secret 3" in answer.text


def test_an_upload_over_the_bound_is_refused(client: httpx.Client, tmp_path: Path) -> None:
    for size, status in ((101, 200), (UPLOAD_BYTES + 13, 413)):
        with (tmp_path / "sparse.zip").open("w+b") as file:
            file.truncate(size)
            answer = client.post("/gradio_api/upload", files={"files": ("sparse.zip", file)})
        assert answer.status_code == status


def test_nothing_is_recorded_of_a_visitor(client: httpx.Client) -> None:
    config = client.get("/config").json()
    assert config["run_history"] is False
    assert config["analytics_enabled"] is False


def test_the_stored_samples_are_served_as_they_lie(client: httpx.Client, models: Path) -> None:
    answer = client.get(f"{FRAME}/faces?seed=0&count=16")
    stored = (models / "faces" / "samples.frame.gz").read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content == gzip.decompress(stored)
    plain = client.get(f"{FRAME}/faces?seed=0&count=16", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_any_seeds_are_drawn_as_the_library_draws_them(client: httpx.Client, models: Path) -> None:
    answer = client.get(f"{FRAME}/signs?seed=41&count=3&label=2")
    shown = frames.decode(gzip.compress(answer.content))
    truth = sampling.sample(checkpoints.load(models / "signs"), [41, 42, 43], [2, 2, 2])
    assert shown.header["seeds"] == [41, 42, 43]
    assert shown.header["labels"] == [2, 2, 2]
    assert (shown.items == truth.items.numpy()).all()
    assert abs(shown.layers[0].weights - truth.attention[0].weights.numpy()).max() < 0.5 / 255


def test_a_step_of_a_timeline_is_served(client: httpx.Client) -> None:
    assert client.get(web.step_url("faces", 11)).content == b"kept"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("frame/nobody", "There is no model 'nobody' here; there are: faces, signs"),
        ("frame/%2e%2e", "There is no model '..' here"),
        ("frame/broken", "config.json is damaged"),
        ("frame/run-0123456789abcdef0123456789abcdef", "This training is not here any more"),
        ("frame/run-..", "This training is not here any more"),
        ("frame/faces?seed=-1", "seed must lie between 0 and"),
        ("frame/faces?seed=99999999999999999999", "seed must lie between 0 and"),
        ("frame/faces?seed=nan", "seed must be a whole number"),
        ("film/faces?pixel=3,x", "pixel must be a whole number"),
        ("film/faces?head=x", "head must be a whole number"),
        ("film/faces?picture=x", "picture must be a whole number"),
        ("frame/faces?count=17", "count must lie between 1 and 16, not 17."),
        ("frame/faces?label=1", "label must be left out"),
        ("frame/signs?label=3", "label must be between 0 and 2, not 3."),
        ("step/faces/13", "There is no frame of step 13 any more."),
        ("step/run-x/13", "This training is not here any more"),
    ],
)
def test_a_wrong_wish_gets_one_plain_sentence(client: httpx.Client, path: str, told: str) -> None:
    answer = client.get(f"/gradio_api/attngan/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert told in answer.text
    assert "Traceback" not in answer.text


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MOST_PIXELS", 101)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)
    with warnings.catch_warnings():
        safety.refuse_bombs()
        for side, error in ((11, Image.DecompressionBombWarning), (17, Image.DecompressionBombError)):
            picture = io.BytesIO()
            Image.new("L", (side, side)).save(picture, "PNG")
            with pytest.raises(error):
                Image.open(picture)


def test_the_page_names_no_manifest_and_remembers_where_a_browser_keeps_nothing(client: httpx.Client) -> None:
    html = client.get("/").text
    assert "manifest.json" not in html
    assert html.index("this tab remembers") < html.index('type="module"'), "before gradio asks for storage"


def test_an_operator_names_more_hosts_that_may_frame_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(safety.FRAMES, "https://courses.example.org https://*.school.example:8443")
    ancestors = safety.policy().split("; ")[-1].split()
    assert ancestors[0] == "frame-ancestors"
    assert ancestors[-2:] == ["https://courses.example.org", "https://*.school.example:8443"]
    monkeypatch.setenv(safety.FRAMES, "https://a.example; script-src *")
    with pytest.raises(AttnGanError, match="is no host"):
        safety.policy()
