"""What nobody foresaw, told in one sentence with a number, and noted in one line of the log under it.

Here ends every exception that is no AttnGanError, wherever a request brought it about: in a route or a
named endpoint, in a function of the page, or in gradio before one of these is called. gradio and uvicorn
would write a whole traceback with all that was sent, which a stranger may make as long as he likes.
"""

import errno
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from traceback import walk_tb
from typing import Any

import gradio as gr
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from gradio import route_utils
from httpx import InvalidURL
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attngan.errors import AttnGanError, short

LOG = logging.getLogger("attngan.page")
MOST_SAID = 200  # characters of an exception's message in the log
SENTENCE = "Something went wrong here ({}). Try again; if it stays, tell whoever runs this page the number."
MOST_PROBLEMS = 4  # of one malformed request that are told
OURS = ("app", "attngan", "demo")  # packages
AROUND = ("demo.limits", "demo.mistakes", "demo.safety")  # what every request passes

# Where gradio reads what a request says, before anything of the page is called.
READING = re.compile(r"^/($|config\b|gradio_api/(api|call|component_server|info|queue|run|upload)\b)")


def noted(error: BaseException, where: str) -> str:
    """The sentence for the person; the log gets a line with the same number, which says what it was."""
    number = secrets.token_hex(3)
    LOG.error(_line(error, f"{number} {where}"))
    return SENTENCE.format(number)


def _line(error: BaseException, where: str) -> str:
    said = " ".join(str(error)[: 2 * MOST_SAID].split())
    return f"{short(where, MOST_SAID)}: {type(error).__name__}: {short(said, MOST_SAID)} ({_place(error)})"


def _place(error: BaseException) -> str:
    """Module and line of the innermost code of ours that the exception passed, else of all code."""
    passed = [(frame.f_globals.get("__name__", "?"), line) for frame, line in walk_tb(error.__traceback__)]
    ours = [one for one in passed if one[0].split(".")[0] in OURS and one[0] not in AROUND]
    module, line = (ours or passed or [("nowhere", 0)])[-1]
    return f"{module}:{line}"


# Functions of the page, and named endpoints: whatever gradio calls.


def watch_gradio() -> None:
    """From here on, whatever goes wrong where gradio calls a function of the page is told as gr.Error.

    gradio calls all of them by route_utils.call_process_api, tools of agents by Blocks.process_api alone,
    finds them by route_utils.get_fn, and has no place of its own to say what becomes of an exception. Its
    version is pinned.
    """
    for place, name, safe in (
        (route_utils, "call_process_api", _told),
        (gr.Blocks, "process_api", _told),
        (route_utils, "get_fn", _found),
    ):
        if not hasattr(work := getattr(place, name), "__wrapped__"):
            setattr(place, name, safe(work))


class ToldError(gr.Error):
    """gradio's error, whose words are what agents are given, without quotes around."""

    def __str__(self) -> str:
        """The sentence alone."""
        return str(self.message)


def _told(process: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(process)
    async def safe(*given: Any, **by_name: Any) -> Any:
        try:
            return await process(*given, **by_name)
        except gr.Error as error:  # gradio's own word on a value, which repeats it
            error.message, error.print_exception = short(str(error.message)), False
            raise
        except AttnGanError as error:
            raise ToldError(str(error), print_exception=False) from error
        except Exception as error:
            called = by_name.get("fn") or by_name.get("block_fn")
            where = f"function {getattr(called, 'name', '?')}"
            raise ToldError(noted(error, where), print_exception=False) from error

    return safe


def _found(find: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(find)
    def safe(*given: Any, **by_name: Any) -> Any:
        try:
            return find(*given, **by_name)
        except (LookupError, route_utils.FnIndexInferError) as error:
            raise HTTPException(404, "There is no function of this name or number here.") from error

    return safe


# Requests.


class Mistakes:
    """ASGI middleware: an exception that nothing else has told becomes status 500 and a sentence.

    Where an answer has begun it ends there, and the server closes the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - where all end
            if begun and isinstance(error.__cause__, HTTPException):
                # gradio has told it in its stream of events
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            answer = _answer(error, scope)
            if not begun:
                await answer(scope, receive, send)


def _answer(error: Exception, scope: Scope) -> Response:
    where = f"{scope['method']} {scope['path']}"
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return PlainTextResponse("There is nothing of so long a name here.", 404)
    told = noted(error, where)
    is_said_wrong = isinstance(error, LookupError | TypeError | ValueError) and READING.match(scope["path"])
    if is_said_wrong or isinstance(error, InvalidURL):  # gradio reads its own address in the request
        return PlainTextResponse("This request names what is not here, or cannot be understood.", 400)
    return PlainTextResponse(told, 500)


async def _refused(_: Request, error: Exception) -> Response:
    """What is wrong with a malformed request, without what was sent, which FastAPI would repeat."""
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    detail = [
        {
            "type": one["type"],
            "loc": [short(str(part), 80) for part in one["loc"][:4]],
            "msg": short(one["msg"], MOST_SAID),
        }
        for one in problems[:MOST_PROBLEMS]
    ]
    return JSONResponse({"detail": detail}, 422)


async def _shortened(request: Request, error: Exception) -> Response:
    """FastAPI's answer to an error with a status, whose detail may repeat what was sent."""
    if not isinstance(error, HTTPException):
        raise error
    if isinstance(error.detail, str):
        error.detail = short(error.detail)
    return await http_exception_handler(request, error)


HANDLERS = {RequestValidationError: _refused, HTTPException: _shortened}  # what FastAPI() takes


# The log.


class OneLine(logging.Filter):
    """Whatever is logged becomes one line of bounded length, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: nothing is left out."""
        text = " ".join(record.getMessage().split())
        if record.exc_info and record.exc_info[1]:
            text = _line(record.exc_info[1], text)
        record.msg, record.args, record.exc_info, record.exc_text = short(text), (), None, None
        return True


def bound_logs() -> None:
    """From here on, what uvicorn, asyncio and the parser of uploads log is bounded."""
    for name in ("uvicorn.error", "asyncio", "python_multipart.multipart"):
        log = logging.getLogger(name)
        if not any(isinstance(one, OneLine) for one in log.filters):
            log.addFilter(OneLine())
