"""What makes the page safe to leave open to everyone: launch settings, headers, closed routes."""

import os
import re
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gradio.utils import get_upload_folder
from PIL import Image
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attngan.errors import AttnGanError
from demo.limits import Limits, UploadSum
from demo.mistakes import HANDLERS, Mistakes
from demo.visitors import Visitors

MOST_PIXELS = 32_000_000  # of a picture that someone gives: 96 MB once decoded
MOST_BYTES = "200mb"  # of one upload
SESSIONS = 1000  # whose last outputs are remembered

FRAMES = "ATTNGAN_FRAME_HOSTS"  # names more hosts whose pages may show this one, with blanks between
HOST = re.compile(r"(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:\d+)?", re.ASCII)

# gradio can evaluate templates only with 'unsafe-eval'; nothing comes from another host.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self' https://huggingface.co https://*.hf.space",
    )
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


def policy() -> str:
    """POLICY with the hosts that the operator names; raises AttnGanError for what is no host."""
    hosts = os.environ.get(FRAMES, "").split()
    wrong = [host for host in hosts if not HOST.fullmatch(host)]
    if wrong:
        raise AttnGanError(f"{FRAMES}: {wrong[0]!r:.80} is no host: give https://courses.example.org.")
    return " ".join([POLICY, *hosts])


# Routes of gradio that this page does not use, each a way to learn or to spend something.
CLOSED = re.compile(
    r"^(/monitoring|/pwa_icon|/manifest\.json|/openapi\.json|/docs|/redoc|/login|/logout"
    r"|/gradio_api/(deep_link|dev|runs|run-history|proxy=|custom_component|stream|process_recording"
    r"|vibe|undo-vibe|token|openapi\.json|mcp/(?!(http/?)?\Z)))"
)


class Safety:
    """ASGI middleware: closed routes answer 404, everything else carries the headers."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.headers = ((b"content-security-policy", policy.encode()), *HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [header for header in self.headers if header[0] not in present]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        if CLOSED.match(scope["path"]):
            await safely({"type": "http.response.start", "status": 404, "headers": []})
            await safely({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, safely)


def refuse_bombs() -> None:
    """From here on, a picture of too many pixels is an error before it is decoded."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def launch_settings() -> dict[str, Any]:
    """Keyword arguments for launch() that a public page needs."""
    uploads = UploadSum(Path(get_upload_folder()))
    return {
        "max_file_size": MOST_BYTES,
        "max_threads": 200,  # the default of 40 starves viewers
        "state_session_capacity": SESSIONS,
        "run_history": False,
        "enable_monitoring": False,
        "pwa": False,
        "ssr_mode": False,
        "share": False,
        "mcp_server": find_spec("mcp") is not None,
        "show_error": False,
        "app_kwargs": {
            "middleware": [
                Middleware(Safety, policy=policy()),
                Middleware(Mistakes),
                Middleware(Visitors),
                Middleware(Limits, uploads=uploads),
            ],
            "exception_handlers": HANDLERS,
            "docs_url": None,
            "redoc_url": None,
        },
    }
