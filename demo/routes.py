"""Binary routes of the page: frames as bytes, which the canvas fetches and paints by itself.

    /gradio_api/attngan/frame/<model>?seed=0&count=16&label=3    sampled on request; &truncation=0.7 scales
                                                                 the noise, &edit=16*g0 changes the attention
    /gradio_api/attngan/step/<model>/<step>                      kept by a training, or a bundled timeline

<model> is a key of demo.shelf. Errors are one sentence of plain text. They lie under /gradio_api/ so
that every way of serving gradio passes them through.
"""

import gzip

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer.frames import MOST_PICTURES, Studio, Wish

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
            wish = _wish(request)
            return _bytes(
                request, studio.edited(shelved, wish, edit) if edit else studio.frame(shelved, wish)
            )
        except AttnGanError as error:
            return PlainTextResponse(str(error), status_code=404)

    def step(request: Request) -> Response:
        try:
            path = shelf.stored_frame(request.path_params["model"], request.path_params["step"])
            return _bytes(request, path.read_bytes())
        except (AttnGanError, OSError) as error:
            told = str(error) if isinstance(error, AttnGanError) else "This frame has just been removed."
            return PlainTextResponse(told, status_code=404)

    return [
        Route(f"{ROOT}/frame/{{model}}", frame, methods=["GET"]),
        Route(f"{ROOT}/step/{{model}}/{{step:int}}", step, methods=["GET"]),
    ]


def _wish(request: Request) -> Wish:
    """What the query asks for; raises AttnGanError for what is no number."""
    given = request.query_params
    values = {
        "seed": given.get("seed") or "0",
        "count": given.get("count") or "1",
        "label": given.get("label") or None,
    }
    try:
        numbers = {name: None if text is None else int(text[:12]) for name, text in values.items()}
        truncation = float((given.get("truncation") or "1")[:12])
    except ValueError:
        raise AttnGanError("seed, count and label must be whole numbers, and truncation a number.") from None
    return Wish(numbers["seed"] or 0, numbers["count"] or 0, numbers["label"], truncation)


def _bytes(request: Request, gzipped: bytes) -> Response:
    headers = {"Cache-Control": "private, max-age=3600", "Vary": "Accept-Encoding"}
    body = gzipped
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(gzipped)
    return Response(body, media_type="application/octet-stream", headers=headers)
