"""The shell's components: markup, style and script of each from the files of this folder."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr

FOLDER = Path(__file__).parent
EXPLANATION = FOLDER.parent / "canvas" / "explanation.css"


def component(name: str, start: str, elem_id: str, *given: Any) -> gr.HTML:
    """The component of `name`.html and .css; `start` is what js/entry.js exports, which also gets `given`."""
    more = "".join(f", {json.dumps(one, ensure_ascii=False)}" for one in given)
    return gr.HTML(
        html_template=(FOLDER / f"{name}.html").read_text("utf-8"),
        css_template=(FOLDER / f"{name}.css").read_text("utf-8") + EXPLANATION.read_text("utf-8"),
        js_on_load=f"{bundle()}\nattngan.{start}(element, props, trigger{more});\n",
        apply_default_css=False,
        elem_id=elem_id,
    )


@cache
def bundle() -> str:
    """The modules of js/ as one script, which declares `attngan` with what js/entry.js exports."""
    return (FOLDER / "bundle.js").read_text("utf-8")
