"""The row with which a training of one's own is named and deleted: its controls alone, for both tabs."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from demo.words import word

QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# Raw values: gradio refuses a choice that an update is just taking away, before the browser hears of it.
RAW = QUIET | {"preprocess": False}
# Asked once more before anything is deleted; the browser does that by itself.
ASK, SPARE = (
    f"() => [{not_sure}, {sure}, {sure}].map((visible) => ({{__type__: 'update', visible}}))"
    for not_sure, sure in (("false", "true"), ("true", "false"))
)


@dataclass(frozen=True)
class OwnRow:
    """Name, rename and delete, shown where a training of one's own is chosen."""

    row: gr.Row
    name: gr.Textbox
    rename: gr.Button
    delete: gr.Button
    sure: gr.Button
    note: gr.Markdown


def own_row(room: str, visible: bool = False) -> OwnRow:
    """The row, whose ids begin with the room's name."""
    with gr.Row(visible=visible, elem_id=f"{room}-own", elem_classes="own-row") as row:
        name = gr.Textbox(label=word("own_name"), max_lines=1, elem_id=f"{room}-name", min_width=160, scale=3)
        rename = _button("own_rename", f"{room}-rename")
        delete = _button("own_delete", f"{room}-delete")
        sure = _button("own_sure", f"{room}-delete-sure", visible=False, variant="stop")
        spare = _button("own_spare", f"{room}-delete-spare", visible=False)
        note = gr.Markdown(elem_id=f"{room}-own-note")
    asked = [delete, sure, spare]
    delete.click(fn=None, js=ASK, outputs=asked)
    gr.on([spare.click, sure.click], fn=None, js=SPARE, outputs=asked)
    return OwnRow(row, name, rename, delete, sure, note)


def _button(key: str, elem_id: str, **options: Any) -> gr.Button:
    return gr.Button(word(key), scale=0, min_width=100, elem_id=elem_id, **options)
