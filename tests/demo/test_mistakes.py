"""What nobody foresaw: one sentence with a number for the person, one bounded line for the log."""

import logging
import re
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from gradio import route_utils
from httpx import InvalidURL
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from attngan.errors import MOST_CHARACTERS, AttnGanError, short, shown
from demo import mistakes, web
from demo.mistakes import Mistakes
from tests.awaited import awaited

SENTENCE = (
    r"Something went wrong here \(([0-9a-f]{6})\)\. Try again; if it stays, tell whoever runs this page"
)
LONG = "\udc80\n\x1b[31m" + "x" * 1_000_003


def client_of(error: Exception, path: str = "/{it:path}") -> TestClient:
    def fails(_: Request) -> Any:
        raise error

    route = Route(path, fails, methods=["GET", "POST"])
    return TestClient(Starlette(routes=[route], middleware=[Middleware(Mistakes)]))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "attngan.page"]


@pytest.mark.parametrize("said", ["", "seven is no eight", LONG])
def test_a_mistake_of_a_route_is_a_sentence_and_a_line(said: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = client_of(RuntimeError(said)).get("/some/" + "y" * 5000)
    found = re.match(SENTENCE, answer.text)
    assert found
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/plain")
    (line,) = lines(caplog)
    assert line.startswith(f"{found[1]} GET /some/yyy")
    assert "RuntimeError: " + said[:17] in line or said == LONG
    assert len(line) < 600
    assert line.isprintable()
    assert line.isascii() or "…" in line


def test_the_line_names_our_innermost_code(caplog: pytest.LogCaptureFixture) -> None:
    def shelf_is_wrong(_: web.Query) -> Any:
        return web.whole_in("it", None)

    app = Starlette(routes=[web.get("it", web.document(shelf_is_wrong))], middleware=[Middleware(Mistakes)])
    assert TestClient(app).get(f"{web.ROOT}/it").status_code == 500
    (line,) = lines(caplog)
    assert re.search(r"TypeError: object of type 'NoneType' has no len\(\) \(demo\.web:\d+\)$", line)


@pytest.mark.parametrize(
    ("error", "path", "status"),
    [
        (KeyError("x"), "/gradio_api/call/v2/nobody", 400),
        (KeyError("x"), "/gradio_api/component_server", 400),
        (TypeError("x"), "/gradio_api/upload", 400),
        (KeyError("x"), "/gradio_api/attngan/frame/faces", 500),
        (KeyError("x"), "/gradio_api/calling", 500),
        (RuntimeError("x"), "/gradio_api/call/v2/nobody", 500),
        (OSError(36, "File name too long"), "/static/it", 404),
        (OSError(5, "Input/output error"), "/static/it", 500),
        (InvalidURL("no port"), "/", 400),
        (HTTPException(418, "no coffee"), "/anything", 418),
    ],
)
def test_what_the_request_has_wrong_is_no_mistake_of_the_server(
    error: Exception, path: str, status: int
) -> None:
    answer = client_of(error).post(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("error", "logged"), [(RuntimeError("no two"), 1), (HTTPException(404), 0)])
def test_an_answer_that_has_begun_ends_there(
    error: Exception, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    def half(_: Request) -> StreamingResponse:
        def parts() -> Any:
            yield b"one, "
            raise error

        return StreamingResponse(parts())

    app = Starlette(routes=[Route("/it", half)], middleware=[Middleware(Mistakes)])
    assert TestClient(app).get("/it").text == "one, "
    assert ["RuntimeError: no two" in line for line in lines(caplog)] == [True] * logged


@pytest.mark.parametrize(
    ("error", "told", "logged"),
    [
        (ValueError("unforeseen"), SENTENCE, r"function fails: ValueError: unforeseen"),
        (AttnGanError("No, since."), r"No, since\.$", ""),
        (gr.Error("z" * 1_000_003), r"zzz.{0,600}$", ""),
        (AttnGanError(LONG), r"\\udc80.{0,600}$", ""),
    ],
)
def test_a_mistake_of_a_function_of_the_page_is_told_there(
    error: Exception,
    told: str,
    logged: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails(*, fn: Any) -> None:
        raise error

    monkeypatch.setattr(route_utils, "call_process_api", fails)
    monkeypatch.setattr(route_utils, "get_fn", route_utils.get_fn)
    mistakes.watch_gradio()
    watched: Any = route_utils.call_process_api
    mistakes.watch_gradio()  # a second launch changes nothing
    assert route_utils.call_process_api is watched
    with pytest.raises(gr.Error) as raised:
        awaited(watched(fn=SimpleNamespace(name="fails")))
    assert not raised.value.print_exception
    assert re.match(told, raised.value.message, re.DOTALL)
    assert [bool(re.search(logged, line)) for line in lines(caplog)] == ([True] if logged else [])


def test_a_mistake_of_an_agents_tool_is_told_there(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(page: gr.Blocks, *, block_fn: Any) -> None:
        raise FileNotFoundError(2, "secret", "/secret/place")

    monkeypatch.setattr(gr.Blocks, "process_api", fails)
    mistakes.watch_gradio()
    watched: Any = gr.Blocks.process_api
    with pytest.raises(gr.Error) as raised:
        awaited(watched(None, block_fn=SimpleNamespace(name="sample")))
    assert re.match(SENTENCE, raised.value.message)
    assert "secret" not in raised.value.message
    assert [bool(re.search("function sample: FileNotFoundError", line)) for line in lines(caplog)] == [True]


def test_a_function_that_is_not_there_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("call_process_api", "get_fn"):
        monkeypatch.setattr(route_utils, name, getattr(route_utils, name))
    mistakes.watch_gradio()
    it = SimpleNamespace(api_name="it")
    page: Any = SimpleNamespace(fns={3: it})
    for number, name in ((11, None), (None, "nobody"), (None, None)):
        asked: Any = SimpleNamespace(session_hash=None, fn_index=number)
        with pytest.raises(HTTPException, match="There is no function of this name or number here") as raised:
            route_utils.get_fn(page, name, asked)
        assert raised.value.status_code == 404
    asked = SimpleNamespace(session_hash=None, fn_index=3)
    assert route_utils.get_fn(page, None, asked) is it


class Sent(BaseModel):
    data: list[int]
    numbers: dict[str, int] = {}


def test_a_malformed_request_is_told_without_what_was_sent() -> None:
    app = FastAPI(exception_handlers=mistakes.HANDLERS)

    @app.post("/it")
    def it(sent: Sent) -> None:
        raise HTTPException(404, "y" * 10_007)

    client = TestClient(app)
    for wrong, loc in (
        ({}, ["body", "data"]),
        ({"data": "x" * 10_007}, ["body", "data"]),
        ({"data": ["x" * 10_007] * 1009}, ["body", "data", "0"]),
        ({"data": [], "numbers": {"z" * 10_007: "x"}}, ["body", "numbers", short("z" * 10_007, 80)]),
    ):
        answer = client.post("/it", json=wrong)
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == loc
        assert len(answer.text) < 1000
        assert "xxx" not in answer.text
    answer = client.post("/it", json={"data": [7]})
    assert (answer.status_code, answer.json()) == (404, {"detail": short("y" * 10_007)})


def test_what_the_server_logs_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    mistakes.bound_logs()
    mistakes.bound_logs()
    log = logging.getLogger("uvicorn.error")
    assert len([one for one in log.filters if isinstance(one, mistakes.OneLine)]) == 1
    with caplog.at_level(logging.ERROR, "uvicorn.error"):
        log.error("Exception in ASGI application\n", exc_info=RuntimeError("one\ntwo" + LONG))
        log.error("plain %s\nwords", "y" * 10_007)
    first, second = caplog.records
    assert first.getMessage().startswith("Exception in ASGI application: RuntimeError: one two")
    assert second.getMessage().startswith("plain yyy")
    for record in (first, second):
        assert record.exc_info is None
        assert len(record.getMessage()) <= MOST_CHARACTERS
        assert record.getMessage().isprintable()


def test_a_visitor_who_leaves_is_no_mistake(caplog: pytest.LogCaptureFixture) -> None:
    async def reads(scope: Any, receive: Any, _: Any) -> None:
        await Request(scope, receive).body()

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        raise AssertionError("nobody is there")

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    awaited(Mistakes(reads)(scope, receive, send))
    assert lines(caplog) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("7 is prime", "7 is prime"),
        ("\ud800 \x00 \x1b[31m \n ü 字 \u3000", "\\ud800 \\x00 \\x1b[31m \n ü 字 \u3000"),
        ("a" * 400 + "b" * 400, "a" * 333 + " … " + "b" * 163),
        ("\0" * 7000, "\\x00" * 125),
    ],
)
def test_whatever_an_error_repeats_it_is_short_and_can_be_written(given: str, told: str) -> None:
    assert str(AttnGanError(given)) == short(given) == told
    assert len(told.encode()) <= 2 * MOST_CHARACTERS
    assert len(told) <= MOST_CHARACTERS


def test_a_value_that_cannot_be_written_is_told_by_its_type() -> None:
    deep: list[Any] = []
    for _ in range(100_003):
        deep = [deep]
    assert shown(10**5003) == "a value of the type int"
    assert shown(deep) == "a value of the type list"
    assert shown("x" * 1_000_003) == "'" + "x" * 79
    assert shown([3, "5"]) == "[3, '5']"
