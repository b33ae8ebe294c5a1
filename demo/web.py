"""What all routes and named endpoints share: addresses, what a query says, and errors told in a sentence.

Routes lie under /gradio_api/ so that every way of serving gradio passes them through.
"""

import gzip
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from gradio.events import api
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from attngan.errors import UNWRITABLE, AttnGanError, shown
from demo import visitors

ROOT = "/gradio_api/attngan"
OF_PAGE = "x-attngan-page"  # in the headers of what the page's own code asks (requests.js)
LONGEST_NUMBER = 24  # characters; JavaScript writes a number between 0 and 2 with no more

Endpoint = Callable[[Request], Any]  # what starlette calls for a route
Refusal = Callable[[Request, AttnGanError], Response]


class BusyError(AttnGanError):
    """Too many people draw at once; the same request may succeed after so many seconds."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


# Addresses.


def frame_url(key: str, seed: int, count: int, label: int | str | None = None) -> str:
    """Path of the frame of `count` samples from `seed` on, all of a class or a text where one is given; `key`
    is a model's on the shelf.
    """
    asked = "" if label is None else f"&label={quote(str(label), safe='')}"
    return f"{ROOT}/frame/{key}?seed={seed}&count={count}{asked}"


def single_url(key: str) -> str:
    """Path, with {seed} and {label} to fill in, of one picture with its attention."""
    return f"{ROOT}/frame/{key}?seed={{seed}}&count=1&label={{label}}"


def step_url(key: str, step: int | str) -> str:
    """Path of the frame that a training kept of a step; for a run the key is shelf.RUN + its id."""
    return f"{ROOT}/step/{key}/{step}"


def steps_url(key: str) -> str:
    """Path, with {step} to fill in, of the frames that were kept."""
    return step_url(key, "{step}")


# Queries.


class Query:
    """What a request's address says; whatever is no number raises AttnGanError."""

    def __init__(self, request: Request) -> None:
        self._path, self._given = request.path_params, request.query_params
        self.owner = visitors.owner_of(request)

    def part(self, name: str) -> Any:
        """A part of the path itself, as the route declares it."""
        return self._path[name]

    def text(self, name: str, usual: str = "") -> str:
        """A text, or the usual one where none is given."""
        return self._given.get(name, usual)

    def whole(self, name: str, usual: int = 0) -> int:
        """A whole number, or the usual one where nothing is given."""
        number = self.whole_or_none(name)
        return usual if number is None else number

    def whole_or_none(self, name: str) -> int | None:
        """A whole number, or None where nothing is given."""
        text = self.text(name)
        return whole_in(name, text) if text else None

    def number(self, name: str, usual: float) -> float:
        """A number, which may be infinite or none at all, or the usual one where nothing is given."""
        text = self.text(name) or str(usual)
        _check_length(name, text)
        try:
            return float(text)
        except ValueError:
            raise AttnGanError(f"{name} must be a number.") from None


def whole_in(name: str, text: str) -> int:
    """The whole number of a text; raises AttnGanError, which tells what it was to be."""
    _check_length(name, text)
    try:
        return int(text)
    except ValueError:
        raise AttnGanError(f"{name} must be a whole number.") from None


def _check_length(name: str, text: str) -> None:
    if len(text) > LONGEST_NUMBER:
        raise AttnGanError(f"{name} is too long: a number has at most {LONGEST_NUMBER} characters here.")


def whole_below(end: int, given: object) -> int | None:
    """The whole number from 0 to `end` - 1 that is given as a number or as text, else None."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 16:
        given = int(given)
    is_whole = isinstance(given, int) and not isinstance(given, bool)
    return given if is_whole and isinstance(given, int) and 0 <= given < end else None


# Answers of routes.


def get(path: str, endpoint: Endpoint) -> Route:
    """The route of an address under ROOT."""
    return Route(f"{ROOT}/{path}", endpoint, methods=["GET"])


def post(path: str, endpoint: Endpoint) -> Route:
    """The route of an address under ROOT to which something is sent."""
    return Route(f"{ROOT}/{path}", endpoint, methods=["POST"])


def refusal(request: Request, error: AttnGanError) -> Response:
    """The error as a sentence: 503 where asking again may help, 404 for what is not there or wrong.

    The page's own code is told in place of the answer: that something was just deleted is no error of it.
    """
    if OF_PAGE in request.headers:
        answer = sentence(request, error)
        answer.headers[OF_PAGE] = "refused"
        return answer
    if isinstance(error, BusyError):
        return PlainTextResponse(str(error), status_code=503, headers={"Retry-After": str(error.seconds)})
    return PlainTextResponse(str(error), status_code=404)


def sentence(_: Request, error: AttnGanError) -> Response:
    """The error as a sentence in place of the answer, which browsers do not write on their console."""
    return PlainTextResponse(str(error), headers={"Cache-Control": "no-store"})


def frame(work: Callable[[Query], bytes], refuse: Refusal = refusal) -> Endpoint:
    """An endpoint that answers with the gzipped frame that `work` gives."""

    def answer(request: Request) -> Response:
        try:
            return _frame_response(request, work(Query(request)))
        except AttnGanError as error:
            return refuse(request, error)

    return answer


def frame_of_upload(work: Callable[[Query, bytes], bytes], most_bytes: int) -> Endpoint:
    """An endpoint that answers with the gzipped frame of what is sent to it, `most_bytes` at most."""

    async def answer(request: Request) -> Response:
        try:
            file = await _uploaded(request, most_bytes)
            return _frame_response(request, await run_in_threadpool(work, Query(request), file))
        except AttnGanError as error:
            return sentence(request, error)

    return answer


def document(work: Callable[[Query], dict[str, Any]]) -> Endpoint:
    """An endpoint that answers in JSON; a problem is no failure there, but told in place of the answer."""

    def answer(request: Request) -> Response:
        try:
            return JSONResponse(work(Query(request)))
        except AttnGanError as error:
            return JSONResponse({"problem": str(error)})

    return answer


def file(work: Callable[[Query], tuple[bytes | str, str]]) -> Endpoint:
    """An endpoint that answers with a file to keep; `work` gives its content and its media type."""

    def answer(request: Request) -> Response:
        try:
            content, kind = work(Query(request))
        except AttnGanError as error:
            return refusal(request, error)
        return Response(content, media_type=kind, headers={"Cache-Control": "no-store"})

    return answer


def _frame_response(request: Request, gzipped: bytes) -> Response:
    """The answer with a frame's bytes, gzipped where the browser takes that."""
    headers = {"Cache-Control": "private, max-age=3600", "Vary": "Accept-Encoding"}
    body = gzipped
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(gzipped)
    return Response(body, media_type="application/octet-stream", headers=headers)


async def _uploaded(request: Request, most_bytes: int) -> bytes:
    """The request's body; raises AttnGanError as soon as it is too large, so that memory stays bounded."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most_bytes:
            raise AttnGanError(f"A picture may have {most_bytes // 2**20} MB, this one has more.")
        parts.append(part)
    return b"".join(parts)


# Named endpoints for programs; whatever is wrong there is told by demo.mistakes.


def offer(endpoints: Iterable[Callable[..., Any]]) -> None:
    """Adds the endpoints to the current gr.Blocks, each under its own name."""
    for endpoint in endpoints:
        api(endpoint, api_name=endpoint.__name__, queue=False)


def text(given: object) -> str:
    """What a program gave as a text; raises AttnGanError."""
    if not isinstance(given, str) or UNWRITABLE.search(given):
        raise AttnGanError(f"{shown(given, 40)} is no text.")
    return given


def whole(given: object) -> int:
    """What a program gave as a whole number; raises AttnGanError."""
    if isinstance(given, bool) or not isinstance(given, int):
        raise AttnGanError(f"{shown(given, 40)} is no whole number.")
    return given


def whole_or_none(given: object) -> int | None:
    """What a program gave as a whole number or as nothing; raises AttnGanError."""
    return None if given is None else whole(given)


def label(given: object) -> int | str | None:
    """What a program gave as a class, as a text, or as nothing; raises AttnGanError."""
    return text(given) if isinstance(given, str) else whole_or_none(given)


def number(given: object) -> float:
    """What a program gave as a number; raises AttnGanError."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise AttnGanError(f"{shown(given, 40)} is no number.")
    try:
        return float(given)
    except OverflowError:
        raise AttnGanError(f"{shown(given, 40)}... is too large a number.") from None
