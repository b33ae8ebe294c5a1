"""The route by which a page hears of a training.

/gradio_api/attngan/news/<run>?after=<cursor>      demo.jobs.News as JSON; 204 for a run that is not known
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo.jobs import Jobs


def routes(jobs: Jobs) -> list[Route]:
    """What launch() passes on as a part of app_kwargs={"routes": ...}."""

    def news(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        after = request.query_params.get("after", "0")
        cursor = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
        try:
            told = jobs.news(request.path_params["run"], cursor).model_dump_json()
        except AttnGanError:  # not 404, which browsers write on the console as an error of the page
            return Response(status_code=204, headers=headers)
        return Response(told, media_type="application/json", headers=headers)

    return [Route("/gradio_api/attngan/news/{run}", news, methods=["GET"])]
