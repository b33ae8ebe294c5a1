"""The routes by which a page hears of a training.

/gradio_api/attngan/news/<run>?after=<cursor>      demo.jobs.News as JSON; 204 for a run that is not known
/gradio_api/attngan/steer/<run>?wish=<name>        with POST: what the run is asked for (demo.jobs.steering);
                                                   of a step &players= and &count=, of a change &name= and
                                                   &value= (a number or none) say more; {} or a problem
/gradio_api/attngan/glances/<run>?after=<step>     where points lay in the last second (attngan.run.glances);
                                                   204 where nothing is to be seen
/gradio_api/attngan/family/<run>                   its relatives (demo.jobs.family.Relative)
/gradio_api/attngan/race/<run>                     what its races came to (demo.jobs.family.heats)
"""

import math
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo import web
from demo.jobs import Echo, Jobs, family, heats, steer

MOST_CURSOR = 10**15  # bytes


def routes(jobs: Jobs) -> list[Route]:
    """What launch() passes on as a part of app_kwargs={"routes": ...}."""
    echo = Echo(jobs)

    def news(request: Request) -> Response:
        headers, query = {"Cache-Control": "no-store"}, web.Query(request)
        cursor = web.whole_below(MOST_CURSOR, query.text("after")) or 0
        try:
            found = echo.news(query.part("run"), cursor, query.owner).model_dump_json()
        except AttnGanError:  # not 404, which browsers write on the console as an error of the page
            return Response(status_code=204, headers=headers)
        return Response(found, media_type="application/json", headers=headers)

    def glances(request: Request) -> Response:
        headers, query = {"Cache-Control": "no-store"}, web.Query(request)
        try:
            run = jobs.find(query.part("run")).run
            run.ask_for_glances()
            found = run.glances_after(web.whole_below(MOST_CURSOR, query.text("after")) or 0)
        except (AttnGanError, OSError):
            return Response(status_code=204, headers=headers)
        return Response(found, media_type="application/octet-stream", headers=headers)

    def wish(query: web.Query) -> dict[str, Any]:
        name = query.text("wish")
        steer(jobs, query.part("run"), name, _values(name, query), query.owner)
        return {}

    def relatives(query: web.Query) -> dict[str, Any]:
        found = family(jobs, query.part("run"), query.owner)
        return {"relatives": [one.model_dump(mode="json") for one in found]}

    def races(query: web.Query) -> dict[str, Any]:
        found, told = heats(jobs, query.part("run"))
        return {"heats": found, "told": told}

    return [
        web.get("news/{run}", news),
        web.get("glances/{run}", glances),
        web.get("family/{run}", web.document(relatives)),
        web.get("race/{run}", web.document(races)),
        web.post("steer/{run}", web.document(wish)),
    ]


def _values(wish: str, query: web.Query) -> dict[str, Any]:
    match wish:
        case "step":
            return {"players": query.text("players", "both"), "count": query.whole("count", 1)}
        case "change":
            held = query.text("value") != "none"
            return {"changes": {query.text("name"): query.number("value", math.nan) if held else None}}
    return {}
