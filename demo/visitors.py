"""Who asks: as much as is needed to share the machine fairly."""

import os

import gradio as gr
from starlette.requests import HTTPConnection

MOST_CHARACTERS = 64  # of an address


def address_of(request: HTTPConnection | gr.Request | None) -> str:
    """The network address that a request comes from, "" where there is none.

    On a hosted Space all requests come from its proxy, which adds whom it speaks for at the end of
    X-Forwarded-For; elsewhere anybody could write that header, so it is not believed.
    """
    if request is None:
        return ""
    if "SPACE_ID" in os.environ and (forwarded := request.headers.get("x-forwarded-for")):
        return str(forwarded).rpartition(",")[2].strip()[:MOST_CHARACTERS]
    return str(request.client.host) if request.client else ""
