"""The canvas's script, which all of its components share, at an address that changes with it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo import web
from demo.canvas.parts import SCRIPT, bundle

FOREVER = "public, max-age=31536000, immutable"


def routes() -> list[Route]:
    """What launch() passes on as a part of app_kwargs={"routes": ...}."""

    def script(_: Request) -> Response:
        return Response(bundle(), media_type="text/javascript", headers={"Cache-Control": FOREVER})

    return [web.get(SCRIPT, script)]
