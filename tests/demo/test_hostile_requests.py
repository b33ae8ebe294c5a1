"""Every named endpoint and every route under what nobody should send: a short sentence, a short log."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo import web
from tests.browser.serving import READERS, make_model, make_reader, make_run, served

FEW = settings(max_examples=17, deadline=None, derandomize=True)
MOST_TOLD = 1000  # characters of an error
MOST_LINE = 700  # characters of a line in the log
ENDPOINTS: dict[str, tuple[Any, ...]] = {  # what each is given where it is not the junk
    "models": (),
    "sample": ("faces", 3, None, 1.0, ""),
    "attention": ("faces", 3, 5, 7, "", None, None, "", 1.0, "looks"),
    "edit": ("faces", 3, "", None, 1.0),
    "faithfulness": ("faces", ""),
    "nearest": ("faces", 3, None, 1.0),
    "train_start": ("nobody", 16, [8], False, 3, 7, "default"),  # two mistakes: no junk can start one
    "train_longer": ("nobody", 7),
    "train_status": ("a run", 0),
    "train_steer": ("a run", "step", "both", 3, {}),
    "train_stop": ("a run",),
    "train_branch": ("a run", 3, 7, {}),
    "train_race": ("nobody", "bare", 16, 3, 7, "default"),  # two mistakes, too
    "train_race_again": ("a run",),
}
ROUTES = {
    "frame": ("seed", "count", "label", "truncation", "edit"),
    "way": ("seed", "last", "label", "truncation", "edit"),
    "judged": ("seed", "count", "label", "truncation", "edit"),
    "truth": ("layer",),
    "nearest": ("seed", "count", "label", "truncation"),
    "facts": ("seed", "count", "label", "truncation"),
    "arithmetic": ("seed", "label", "edit", "layer", "head", "query"),
    "npz": ("seed", "edit", "truncation"),
    "page": ("seed", "count", "edit", "language", "opening"),
    "real": ("seed", "count", "number", "label", "truncation", "edit"),
    "figure": ("kind", "mode", "seed", "pixel", "word", "layer", "head", "edit"),
    "study": (),
    "thumbnail": (),
    "zip": (),
    "film": ("what", "kind", "picture", "pixel", "layer", "head", "last"),
    "step": (),
    "glances": ("after",),
    "news": ("after",),
    "family": (),
    "race": (),
    "steer": ("wish", "players", "count", "name", "value"),
    "canvas.js": ("v",),
}
POSTED = {"steer"}  # routes to which something is sent

digits = st.integers(1, 4000).map(lambda count: "7" * count)
numbers = st.one_of(
    st.integers(),
    st.integers(1, 4000).map(lambda count: 10**count),
    st.floats(),
    st.sampled_from([2**31, 2**63, 2**64, -1, -(2**63), 1e308, float("inf"), float("-inf"), float("nan")]),
)
texts = st.one_of(
    st.text(st.characters(), max_size=40),  # with lone surrogates and NUL
    st.sampled_from(
        ["\ud800", "\0", "../../etc/passwd", "faces\0", "run-..", "%s{}", "16*g0", "nan", "1e999"]
    ),
    digits,
    st.integers(1, 5000).map(lambda count: "x" * count),
)
leaves = st.none() | st.booleans() | numbers | texts
junk = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
) | st.integers(11, 20_011).map(lambda count: [8] * count)


class Page:
    """The served page, and what it has logged."""

    def __init__(self, client: httpx.Client, log: Path, run: str) -> None:
        self.client, self.run, self._log, self._read = client, run, log, 0

    def logged(self) -> list[str]:
        """The lines since the last time."""
        text = self._log.read_bytes()[self._read :].decode(errors="replace")
        self._read += len(text.encode())
        return text.splitlines()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    models, folder = tmp_path_factory.mktemp("checkpoints"), tmp_path_factory.mktemp("page")
    make_model(models / "faces", generator_attention=(4, 8))
    for name, data in READERS.items():
        make_reader(models / name, data)
    environment = {
        "ATTNGAN_CHECKPOINTS": str(models),
        "ATTNGAN_RUNS": str(folder / "runs"),
        "GRADIO_TEMP_DIR": str(folder / "uploads"),
    }
    log, run = folder / "log.txt", make_run(folder / "runs")
    with served(environment, log) as address, httpx.Client(base_url=address, timeout=120) as client:
        page = Page(client, log, run)
        page.logged()
        yield page


@pytest.fixture(autouse=True)
def bounded_log(page: Page) -> Iterator[None]:
    """No test may leave a traceback or a long line in the log."""
    yield
    lines = page.logged()
    assert not [line[:300] for line in lines if len(line) > MOST_LINE or "Traceback" in line]


def called(page: Page, name: str, body: Any) -> tuple[str, Any]:
    """The last event of a named endpoint, and what it tells; ("refused", ...) for what was no call."""
    headers = {"Content-Type": "application/json"}
    asked = page.client.post(f"/gradio_api/call/{name}", content=json.dumps(body), headers=headers)
    if asked.status_code != 200:
        assert 400 <= asked.status_code < 500, asked.text
        return "refused", asked.text
    answer = page.client.get(f"/gradio_api/call/{name}/{asked.json()['event_id']}").text
    event, told = re.findall(r"^event: (\w+)\ndata: (.*)$", answer, re.MULTILINE)[-1]
    return event, json.loads(told)


def test_the_endpoints_and_routes_here_are_all_there_are(page: Page) -> None:
    named = page.client.get("/gradio_api/info").json()["named_endpoints"]
    assert {name.strip("/"): len(one["parameters"]) for name, one in named.items()} == {
        name: len(usual) for name, usual in ENDPOINTS.items()
    }
    from demo.canvas.routes import routes as canvas
    from demo.explorer.routes import routes as explorer
    from demo.explorer.studio import the_studio
    from demo.jobs import Jobs
    from demo.train.routes import routes as train

    paths = [route.path for route in (*canvas(), *explorer(the_studio()), *train(Jobs(Path("nowhere"))))]
    assert {path.removeprefix(f"{web.ROOT}/").split("/")[0] for path in paths} == set(ROUTES)


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, usual in ENDPOINTS.items() for place in range(len(usual))]
)
def test_an_endpoint_tells_junk_in_a_sentence(page: Page, name: str, place: int) -> None:
    @FEW
    @given(junk)
    def tried(value: Any) -> None:
        data = [page.run if usual == "a run" else usual for usual in ENDPOINTS[name]]
        data[place] = value
        event, told = called(page, name, {"data": data})
        if event == "error":
            assert isinstance(told["error"], str)
            assert len(told["error"]) <= MOST_TOLD
            assert "Something went wrong" not in told["error"], (value, page.logged())
        else:
            assert event in ("complete", "refused")

    tried()


@pytest.mark.parametrize("attention", [5, 1.5, True, False, "8", "", {"8": 8}, [True], [[8]], [8] * 10_007])
def test_attention_that_is_no_list_of_sizes_is_told(page: Page, attention: object) -> None:
    event, told = called(page, "train_start", {"data": ["faces", 16, attention, False, 600, 7, "default"]})
    assert event == "error"
    assert told["error"].startswith("Request: generator_attention")
    assert len(told["error"]) < 200


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (3, 10**400, "is too large a number."),
        (1, True, "True is no whole number."),
        (1, 1e400, "inf is no whole number."),
        (4, "\ud800", r"'\ud800' is no text."),
        (0, "faces\0", r"'faces\x00' is no text."),
        (0, [], "[] is no text."),
    ],
)
def test_a_wrong_value_is_told_as_what_it_was_to_be(page: Page, place: int, value: Any, told: str) -> None:
    data = list(ENDPOINTS["sample"])
    data[place] = value
    event, said = called(page, "sample", {"data": data})
    assert event == "error"
    assert said["error"].endswith(told)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_route_tells_junk_in_a_sentence(page: Page, name: str) -> None:
    parts = st.dictionaries(st.sampled_from(ROUTES[name] or ("x",)), leaves, max_size=4)
    models = (
        st.sampled_from(["faces", *READERS, "nobody", "run-" + "0" * 32, "run-" + page.run, page.run]) | texts
    )

    def written(value: Any) -> str:
        return quote(str(value)[:3000].encode("utf-8", "surrogatepass"), safe="")

    @FEW
    @given(models, parts, leaves)
    def tried(model: str, query: dict[str, Any], step: Any) -> None:
        tail = f"/{written(step)}" if name == "step" else ""
        asked = "&".join(f"{key}={written(value)}" for key, value in query.items())
        method = "POST" if name in POSTED else "GET"
        answer = page.client.request(method, f"{web.ROOT}/{name}/{written(model)}{tail}?{asked}")
        if answer.status_code == 200 and "problem" not in answer.text[:20]:
            return
        assert answer.status_code in (200, 204, 307, 400, 404), (answer.status_code, answer.text[:300])
        assert len(answer.text) <= MOST_TOLD

    tried()


def test_a_step_of_5000_digits_is_not_there(page: Page) -> None:
    for step in ("7" * 5000, "-1", "1.5", "²", "%00", "7" * 17):
        answer = page.client.get(f"{web.ROOT}/step/faces/{step}")
        assert (answer.status_code, answer.text) == (404, "A step is a whole number from 0 on.")


LONG = "x" * 900_001
DEEP = "[" * 100_003 + "]" * 100_003
BODIES = [
    "", "{", "null", "[]", '"x"', "7" * 5000, "NaN", DEEP, '{"data": 5}', '{"data": ' + DEEP + "}",
    '{"data": ["' + LONG + '"]}', '{"data": [' + "7" * 5000 + "]}", '{"data": [], "fn_index": 99991}',
    '{"data": [], "fn_index": "x"}', '{"data": [], "fn_index": -7}', '{"data": [], "fn_index": 1e400}',
    '{"data": [], "session_hash": 5}', '{"data": ["faces"], "session_hash": "\\ud800"}',
    '{"data": ["faces"], "trigger_id": 99991}', '{"data": ["faces"], "event_data": 5, "trigger_id": 1}',
    '{"data": ["faces"], "event_id": "zz", "batched": true}',
    '{"data": ["' + LONG + '", 1, []], "fn_index": 0, "session_hash": "a"}',
    '{"data": [[1], {}, 5], "fn_index": 0, "session_hash": "a"}',
]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        *(f"{kind}/nobody" for kind in ("call", "run", "api", "call/v2")),
        *(f"{kind}/sample" for kind in ("call", "run", "api", "call/v2")),
        *(f"{kind}/%00" for kind in ("call", "run", "api", "call/v2")),
        "run/" + "x" * 3001, "queue/join", "cancel", "reset", "component_server", "upload", "nothing",
    ],
)  # fmt: skip
def test_gradio_s_own_routes_answer_junk_shortly(page: Page, path: str) -> None:
    for body in BODIES:
        answer = page.client.post(
            f"/gradio_api/{path}", content=body, headers={"Content-Type": "application/json"}
        )
        assert len(answer.text) <= MOST_TOLD
        told_by_gradio = path.startswith(("run/", "api/")) and answer.status_code == 500
        assert answer.status_code < 500 or (told_by_gradio and answer.json()["error"]), answer.text


def test_events_that_are_not_there_are_told_so(page: Page) -> None:
    for path in ("queue/data?session_hash=nobody", "queue/data?session_hash=%00", "call/sample/nobody"):
        answer = page.client.get(f"/gradio_api/{path}")
        assert answer.status_code in (200, 404)
        assert len(answer.text) <= MOST_TOLD
    assert page.logged() == []


def test_an_upload_without_a_file_is_told_so(page: Page) -> None:
    sent: dict[str, Any]
    for sent in ({"data": {"files": "no file"}}, {"files": {"files": ("", b"x")}}, {"content": b"junk"}):
        answer = page.client.post("/gradio_api/upload", **sent)
        assert answer.status_code in (200, 400)
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    text = b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nno file\r\n--b--\r\n'
    assert page.client.post("/gradio_api/upload", content=text, headers=form).status_code == 400


def test_a_page_that_is_not_there_is_told_so(page: Page) -> None:
    for path in (
        "/?page=nobody",
        "/?page=%00&deep_link=%f3",
        "/config?page=nobody",
        "/gradio_api/info?page=x",
    ):
        assert page.client.get(path).status_code in (200, 400, 404), path


def test_too_much_json_is_refused(page: Page) -> None:
    for content in (b"x" * 20_000_003, (b"x" * 65_536 for _ in range(101))):
        answer = page.client.post("/gradio_api/call/sample", content=content)
        assert (answer.status_code, answer.text) == (413, "At most 1 MB can be sent here at once.")


def test_other_methods_go_on_working(page: Page) -> None:
    for method, status in (("HEAD", 200), ("OPTIONS", 405), ("PUT", 405), ("DELETE", 405), ("TRACE", 405)):
        assert page.client.request(method, f"{web.ROOT}/frame/faces").status_code == status
