"""The attention canvas: pictures with the heatmap painted by the browser under pointer, finger or keyboard."""

from typing import Any, NotRequired, TypedDict

import gradio as gr


class CanvasValue(TypedDict):
    """What the browser is told; small, since gradio compares it as JSON on each update.

    `url` answers with the bytes of a frame (attngan.frames.encode). A change of `url` or `version`
    fetches and repaints; the chosen picture, pin, layer, head and mode stay. Put nothing that a
    visitor wrote into `url`.
    """

    url: str  # under /gradio_api/attngan/
    version: int | str  # any change fetches anew
    credit: NotRequired[str]  # licence and source of the pictures, shown beneath
    names: NotRequired[list[str]]  # class names, by label


def attention_canvas(elem_id: str, value: CanvasValue | None = None, **options: Any) -> gr.HTML:
    """The canvas as a component: set its value to a CanvasValue (or None for an empty stage).

    Ids inside: `<room>-layer`, `<room>-head`, ... where room is `elem_id` without "-canvas".
    As an output of an event give that event `show_progress="hidden"`, or the canvas fades while it runs.
    """
    return gr.HTML(value=value, html_template="<canvas></canvas>", js_on_load="", elem_id=elem_id, **options)
