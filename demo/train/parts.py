"""The tab's own components: markup, style and script of each from the files of this folder."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr

from demo import words
from demo.jobs.place import is_fleeting
from demo.uploads.sets import MOST_BYTES

FOLDER = Path(__file__).parent
CANVAS = FOLDER.parent / "canvas"


def panel(elem_id: str) -> gr.HTML:
    """What a training says of itself; its value is {"run": id} or None.

    It triggers "frame" and "controls" when the canvas or the buttons have something new to show, and its
    value then says what: {"run", "state", "frame", "model", "credit"}. Both are for events without a server.
    It triggers "begun" when a training has read its pictures and the page shows none.
    """
    return _component(
        "panel",
        "startPanel",
        f"trigger, {json.dumps(is_fleeting())}, ",
        script="bundle.js",
        spoken=words.LIVE,
        style=(CANVAS / "explanation.css").read_text("utf-8"),
        elem_id=elem_id,
    )


def reals(elem_id: str) -> gr.HTML:
    """What there is to learn from: its value is a demo.glimpse.Glimpse, or None."""
    return _component("reals", "startReals", elem_id=elem_id)


def note(elem_id: str) -> gr.HTML:
    """What was wrong: its value has a `problem`, or `skipped` files and their `count`; None hides it.

    `reading` (any number) says that pictures are being read, `unanswered` that no answer came.
    """
    return _component("note", "startNote", elem_id=elem_id)


def upload_note(elem_id: str, control: str) -> gr.HTML:
    """A note that also tells files that are too large, before the control of this id sends any.

    It triggers "read" when its value begins to be `reading`.
    """
    bounds = json.dumps({"control": control, "most": MOST_BYTES})
    return _component("note", "startUploadNote", f"trigger, {bounds}, ", elem_id=elem_id)


def pad(elem_id: str, control: str) -> gr.HTML:
    """Where points are drawn, which become a file of the control of this id."""
    return _component("pad", "startPad", f"{json.dumps(control)}, ", elem_id=elem_id)


def style() -> str:
    """Rules for how the tab's parts stand to each other, for the page as a whole."""
    return (FOLDER / "tab.css").read_text("utf-8")


def _component(
    name: str,
    start: str,
    more: str = "",
    script: str = "bundle-notes.js",
    style: str = "",
    spoken: Sequence[Any] = words.NOTES,
    **options: Any,
) -> gr.HTML:
    texts = json.dumps(words.merged(spoken), ensure_ascii=False)
    return gr.HTML(
        html_template=(FOLDER / f"{name}.html").read_text("utf-8"),
        css_template=(FOLDER / f"{name}.css").read_text("utf-8") + style,
        js_on_load=f"{bundle(script)}\nattngan.{start}(element, props, watch, {more}{texts});\n",
        apply_default_css=False,
        **options,
    )


@cache
def bundle(name: str = "bundle.js") -> str:
    """Modules of js/ as one script, which declares `attngan` with what its entry exports."""
    return (FOLDER / name).read_text("utf-8")
