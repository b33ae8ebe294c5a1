"""The canvas's files as the texts that gr.HTML takes: markup, style, and the ES modules joined to one script."""

import json
import re
from functools import cache
from pathlib import Path

from demo.words.canvas import WORDS

FOLDER = Path(__file__).parent
IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
EXPORT = re.compile(r"^export\s+", re.MULTILINE)


@cache
def joined() -> str:
    """All modules of js/ as one text: their imports dropped, their exports plain declarations.

    They share one scope, in which a name used twice is a syntax error; a test runs it.
    """
    modules = sorted((FOLDER / "js").glob("*.js"), key=lambda file: (file.name == "main.js", file.name))
    return "\n".join(EXPORT.sub("", IMPORT.sub("", file.read_text("utf-8"))) for file in modules)


def script(options: dict[str, bool]) -> str:
    """The text for js_on_load, which gradio runs with `element`, `props` and `watch` in scope."""
    return f"{joined()}\nstart(element, props, watch, {json.dumps(WORDS)}, {json.dumps(options)});\n"


def template(room: str) -> str:
    """The fixed markup with its ids; it names no value, so gradio never draws it anew."""
    return (FOLDER / "canvas.html").read_text("utf-8").replace("ROOM", room)


def style() -> str:
    """The style, which gradio scopes to the component."""
    return (FOLDER / "canvas.css").read_text("utf-8")
