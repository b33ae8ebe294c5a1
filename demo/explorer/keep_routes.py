"""Routes that answer with files to keep; the pictures they are of are named as in demo.routes.

    /gradio_api/attngan/npz/<model>?seed=3&edit=16*g0               the attention as numbers
    /gradio_api/attngan/page/<model>?seed=3&count=16&language=en    a page that hovers without a network;
                                                                    &opening=pixel%3D12%2C20 opens it so
    /gradio_api/attngan/film/<model>?what=time&kind=gif&picture=3   a training, pictures counted from 0
    /gradio_api/attngan/film/<model>?what=way&kind=webp&seed=3&last=5

Films take pixel=12,20, layer=16 and head=0 for the map over the pictures.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer import keeping
from demo.explorer.frames import Studio
from demo.explorer.keeping import Shot
from demo.routes import ROOT, refusal, whole_of, wish_of


def routes(studio: Studio) -> list[Route]:
    """What launch() passes on as a part of app_kwargs={"routes": ...}."""

    def file(
        work: Callable[[shelf.Shelved, Request], tuple[bytes | str, str]],
    ) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            try:
                content, kind = work(shelf.take(request.path_params["model"]), request)
            except AttnGanError as error:
                return refusal(error)
            return Response(content, media_type=kind, headers={"Cache-Control": "no-store"})

        return answer

    def npz(shelved: shelf.Shelved, request: Request) -> tuple[bytes, str]:
        edit = request.query_params.get("edit", "")
        return keeping.numbers(studio, shelved, wish_of(request), edit), "application/octet-stream"

    def page(shelved: shelf.Shelved, request: Request) -> tuple[str, str]:
        given = request.query_params
        edit, language, opening = (given.get(name, "") for name in ("edit", "language", "opening"))
        # not text/html: shown from this address it would run under the page's own rules, which are stricter
        return keeping.page(
            studio, shelved, wish_of(request), edit, language, opening
        ), "application/octet-stream"

    def film(shelved: shelf.Shelved, request: Request) -> tuple[bytes, str]:
        given = request.query_params
        kind = given.get("kind", "gif")
        if given.get("what") == "way":
            last, edit = whole_of(given.get("last") or "0"), given.get("edit", "")
            made = keeping.way_film(studio, shelved, wish_of(request), last, edit, _shot(request), kind)
        else:
            picture = whole_of(given.get("picture") or "0")
            made = keeping.time_film(studio, shelved, picture, _shot(request), kind)
        return made, f"image/{kind}"

    works = {"npz": npz, "page": page, "film": film}
    return [Route(f"{ROOT}/{name}/{{model}}", file(work), methods=["GET"]) for name, work in works.items()]


def _shot(request: Request) -> Shot:
    """The map over the pictures; raises AttnGanError for what is no pixel or head."""
    given = request.query_params
    column, _, row = given.get("pixel", "").partition(",")
    pixel = (whole_of(column), whole_of(row)) if column else None
    head = given.get("head")
    return Shot(pixel, given.get("layer") or None, whole_of(head) if head else None)
