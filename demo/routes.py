"""Binary routes of the page: frames as bytes, which the canvas fetches and paints by itself.

    /gradio_api/attngan/frame/<model>?seed=0&count=16&label=3    sampled on request; &truncation=0.7 scales
                                                                 the noise, &edit=16*g0 changes the attention
    /gradio_api/attngan/way/<model>?seed=3&last=5                one frame from a sample to another
    /gradio_api/attngan/truth/<model>?layer=16                   attngan.explain.faithfulness, as JSON
    /gradio_api/attngan/nearest/<model>?seed=3                   nearest training pictures, as JSON
    /gradio_api/attngan/step/<model>/<step>                      kept by a training, or a bundled timeline

<model> is a key of demo.shelf. Errors are one sentence of plain text, or "problem" in JSON. They lie
under /gradio_api/ so that every way of serving gradio passes them through.
"""

import gzip
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer import experiments
from demo.explorer.frames import MOST_PICTURES, BusyError, Studio, Wish

ROOT = "/gradio_api/attngan"


def frame_url(key: str, seed: int, label: int | None = None) -> str:
    """Path of the grid of samples from `seed` on."""
    of_class = "" if label is None else f"&label={label}"
    return f"{ROOT}/frame/{key}?seed={seed}&count={MOST_PICTURES}{of_class}"


def single_url(key: str) -> str:
    """Path, with {seed} and {label} to fill in, of one picture with its attention."""
    return f"{ROOT}/frame/{key}?seed={{seed}}&count=1&label={{label}}"


def step_url(key: str, step: int) -> str:
    """Path of the frame that a training kept of a step; for a run the key is shelf.RUN + its id."""
    return f"{ROOT}/step/{key}/{step}"


def steps_url(key: str) -> str:
    """Path, with {step} to fill in, of the frames that were kept."""
    return f"{ROOT}/step/{key}/{{step}}"


def routes(studio: Studio) -> list[Route]:
    """What launch() passes on as app_kwargs={"routes": ...}."""

    def frame(request: Request) -> Response:
        try:
            shelved = shelf.take(request.path_params["model"])
            edit = request.query_params.get("edit")
            wish = wish_of(request)
            return frame_response(
                request, studio.edited(shelved, wish, edit) if edit else studio.frame(shelved, wish)
            )
        except AttnGanError as error:
            return refusal(error)

    def way(request: Request) -> Response:
        given = request.query_params
        try:
            shelved = shelf.take(request.path_params["model"])
            last = whole_of(given.get("last") or "0")
            edit = given.get("edit", "")
            return frame_response(request, experiments.way(studio, shelved, wish_of(request), last, edit))
        except AttnGanError as error:
            return refusal(error)

    def told(work: Callable[[shelf.Shelved, Request], dict[str, Any]]) -> Callable[[Request], Response]:
        """A route that answers in JSON; a problem is no failure there, but told in place of the answer."""

        def answer(request: Request) -> Response:
            try:
                return JSONResponse(work(shelf.take(request.path_params["model"]), request))
            except AttnGanError as error:
                return JSONResponse({"problem": str(error)})

        return answer

    def truth(shelved: shelf.Shelved, request: Request) -> dict[str, Any]:
        return experiments.truth(studio, shelved, request.query_params.get("layer", ""))

    def nearest(shelved: shelf.Shelved, request: Request) -> dict[str, Any]:
        return experiments.nearest(studio, shelved, wish_of(request))

    def step(request: Request) -> Response:
        try:
            path = shelf.stored_frame(request.path_params["model"], request.path_params["step"])
            return frame_response(request, path.read_bytes())
        except AttnGanError as error:
            return refusal(error)
        except OSError:
            return refusal(AttnGanError("This frame has just been removed."))

    return [
        Route(f"{ROOT}/frame/{{model}}", frame, methods=["GET"]),
        Route(f"{ROOT}/way/{{model}}", way, methods=["GET"]),
        Route(f"{ROOT}/truth/{{model}}", told(truth), methods=["GET"]),
        Route(f"{ROOT}/nearest/{{model}}", told(nearest), methods=["GET"]),
        Route(f"{ROOT}/step/{{model}}/{{step:int}}", step, methods=["GET"]),
    ]


def refusal(error: AttnGanError) -> Response:
    """The error as a sentence: 503 where asking again may help, 404 for what is not there or wrong."""
    if isinstance(error, BusyError):
        return PlainTextResponse(str(error), status_code=503, headers={"Retry-After": str(error.seconds)})
    return PlainTextResponse(str(error), status_code=404)


def wish_of(request: Request) -> Wish:
    """What the query asks for; raises AttnGanError for what is no number."""
    given = request.query_params
    label = given.get("label")
    try:
        truncation = float((given.get("truncation") or "1")[:12])
    except ValueError:
        raise AttnGanError("truncation must be a number.") from None
    return Wish(
        whole_of(given.get("seed") or "0"),
        whole_of(given.get("count") or "1"),
        whole_of(label) if label else None,
        truncation,
    )


def whole_of(text: str) -> int:
    """The whole number of a text; raises AttnGanError."""
    try:
        return int(text[:12])
    except ValueError:
        raise AttnGanError("seed, last, count and label must be whole numbers.") from None


def frame_response(request: Request, gzipped: bytes) -> Response:
    """The answer with a frame's bytes, gzipped where the browser takes that."""
    headers = {"Cache-Control": "private, max-age=3600", "Vary": "Accept-Encoding"}
    body = gzipped
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(gzipped)
    return Response(body, media_type="application/octet-stream", headers=headers)
