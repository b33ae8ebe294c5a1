"""Who asks: as much as is needed to share the machine fairly, and to know whose a training is."""

import hashlib
import os
import secrets

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_CHARACTERS = 64  # of an address
COOKIE = "attngan-visitor"  # the secret of a browser, which scripts of the page cannot read
HEADER = "x-attngan-visitor"  # a program's own secret
LEAST_CHARACTERS = 16  # of a secret
YEAR = 365 * 24 * 3600  # seconds


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


def owner_of(request: HTTPConnection | gr.Request | None) -> str:
    """A fingerprint of the secret that a browser or a program keeps to itself; "" where it says none."""
    if request is None:
        return ""
    secret = request.headers.get(HEADER) or request.cookies.get(COOKIE) or ""
    if len(secret) < LEAST_CHARACTERS:
        return ""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Visitors:
    """ASGI middleware: a browser that comes without a secret gets one, as a cookie, with the page itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != "/" or COOKIE in HTTPConnection(scope).cookies:
            await self.app(scope, receive, send)
            return

        async def with_secret(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", _cookie())
                headers["cache-control"] = "private, no-store"  # nobody else may be given the same
            await send(message)

        await self.app(scope, receive, with_secret)


def _cookie() -> str:
    """A new secret; inside a hosted Space's frame a cookie has to be for that frame."""
    place = "SameSite=None; Secure; Partitioned" if "SPACE_ID" in os.environ else "SameSite=Lax"
    return f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; Max-Age={YEAR}; HttpOnly; {place}"
