"""The canvas's files as the texts that gr.HTML takes: markup, style, and the bundled script."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from demo import web, words

FOLDER = Path(__file__).parent
SCRIPT = "canvas.js"  # the bundle's address under web.ROOT
# What of an address needs no server to be shown.
OPENING = {"picture", "layer", "head", "mode", "pixel", "word", "pin", "links"}


@cache
def bundle() -> str:
    """The modules of js/ as one script, which declares `attngan` with what js/entry.js exports."""
    return (FOLDER / "bundle.js").read_text("utf-8")


def head() -> str:
    """The text for head, which gradio puts on the page once and waits for: the script of all canvases."""
    digest = hashlib.sha256(bundle().encode()).hexdigest()[:16]
    return f'<script src="{web.ROOT.removeprefix("/")}/{SCRIPT}?v={digest}"></script>'


def script(options: dict[str, Any]) -> str:
    """The text for js_on_load, which gradio runs with `element`, `props` and `watch` in scope."""
    panels = (module for name in options.get("panels", ()) for module in words.PANELS[name])
    texts = json.dumps(words.merged(tuple(dict.fromkeys([*words.STAGE, *panels]))), ensure_ascii=False)
    return f"attngan.start(element, props, watch, {texts}, {json.dumps(options)});\n"


def template(room: str, panels: Sequence[str] = ()) -> str:
    """The fixed markup with its ids; it names no value, so gradio never draws it anew.

    `panels` names files of panels/, which share the samples' place.
    """
    shared = "".join((FOLDER / "panels" / f"{name}.html").read_text("utf-8") for name in panels)
    return (FOLDER / "canvas.html").read_text("utf-8").replace("PANELS", shared).replace("ROOM", room)


def standalone(frame: bytes, title: str, about: dict[str, Any], language: str, opening: str) -> str:
    """A whole HTML page around a gzipped frame, which needs no server; `about` goes to the canvas's value.

    It opens as `opening` says, a query as in the page's address, of which only OPENING is taken.
    """
    looked = [(name, value) for name, value in parse_qsl(opening[:500]) if name in OPENING]
    inside = {
        "LANGUAGE": language if language in words.LANGUAGES else words.LANGUAGES[0],
        "TITLE": html.escape(title),
        "STYLE": style(),
        "MARKUP": template("kept"),
        "FRAME": base64.b64encode(frame).decode(),
        "SCRIPT": bundle(),
        "ABOUT": _inline(about),
        "OPENING": _inline(urlencode(looked)),
        "WORDS": _inline(words.merged(words.STAGE)),
    }
    page = (FOLDER / "standalone.html").read_text("utf-8")
    return re.sub("|".join(inside), lambda found: inside[found[0]], page)


def _inline(value: Any) -> str:
    """A value as JSON that no HTML reader takes for the end of its script."""
    return json.dumps(value).replace("<", "\\u003c")


def style() -> str:
    """The style, which gradio scopes to the component; canvas.css comes first, for all."""
    files = sorted(FOLDER.glob("*.css"), key=lambda file: (file.name != "canvas.css", file.name))
    return "\n".join(file.read_text("utf-8") for file in files)
