"""The attention canvas: pictures whose heatmap the browser paints under pointer, finger or keyboard."""

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

import gradio as gr

from demo.canvas.parts import head, script, style, template


class CanvasValue(TypedDict):
    """What the browser is told; small, since gradio compares it as JSON on each update.

    `url` answers with the bytes of a frame (attngan.explain.frames.encode). A change of `url` or `version`
    fetches and repaints; the chosen picture, pin, layer, head and mode stay. What a visitor wrote is quoted
    in `url`.
    """

    url: str  # under /gradio_api/attngan/
    version: int | str  # any change fetches anew
    live: NotRequired[bool]  # True: show every frame that arrives, also while a newer one is on its way
    single: NotRequired[str]  # path with {seed} and {label}: a frame of one picture that has its attention
    credit: NotRequired[str]  # licence and source of the pictures it learnt from, shown beneath
    hard: NotRequired[bool]  # its data are more than so small a network learns well, which is said beneath
    names: NotRequired[list[str]]  # class names, by label
    timeline: NotRequired[
        dict[str, Any]
    ]  # {"url": path with {step}, "steps": [...]}: moments of the training; `live`, with those to come
    others: NotRequired[
        list[dict[str, Any]]
    ]  # models to compare with, and this one: key, title, data, classes, worded, figures of their cards
    study: NotRequired[dict[str, Any]]  # whether attention helped on these data (demo.explorer.study)
    wordMaps: NotRequired[dict[str, Any]]  # how right maps of words are (demo.explorer.word_maps)
    recipe: NotRequired[dict[str, str | int]]  # what the address needs to show this value again
    show: NotRequired[str]  # an address's query: the view is brought to it once the frame is there
    asked: NotRequired[bool]  # the answer to what the address asked for
    problem: NotRequired[str]  # one sentence to show instead of pictures
    unfit: NotRequired[bool]  # part of what the address asked for is not here


def attention_canvas(
    elem_id: str,
    value: CanvasValue | None = None,
    *,
    wander: bool = False,
    recipe: bool = False,
    panels: Sequence[str] = (),
    judge: bool = False,
    scores: bool = False,
    rival: bool = False,
    **options: Any,
) -> gr.HTML:
    """The canvas as a component: set its value to a CanvasValue, or to None for an empty stage.

    Ids inside: `<room>-layer`, `<room>-head`, ... where room is `elem_id` without "-canvas"
    (docs/page.md). `wander` lets the query move by itself until a person touches the picture;
    with `recipe` the page's address follows what is looked at, and a link shows the same again;
    `panels` names what shares the inspector: files of panels/; with `judge` the discriminator stands
    beside, with `scores` what it gave when the frame was written (`scores` in attngan.explain.frames), with
    `rival` another training that the page names ("attngan-beside").
    An event that has it as an output needs `show_progress="hidden"`, or it fades while that runs.
    """
    return gr.HTML(
        value=value,
        html_template=template(elem_id.removesuffix("-canvas"), panels),
        css_template=style(),
        head=head(),
        js_on_load=script(
            {"wander": wander, "recipe": recipe, "panels": list(panels)}
            | {"judge": judge, "scores": scores, "rival": rival}
        ),
        apply_default_css=False,
        elem_id=elem_id,
        **options,
    )
