"""The control for a person's own pictures."""

from typing import Any

import gradio as gr
from gradio.data_classes import FileData, ListFiles


class PictureFiles(gr.File):
    """Any files at all; its value is their paths. Which of them can be used is for demo.uploads to say.

    gr.File itself would refuse all for one whose ending it does not know, and leaves an empty temporary file
    for each that it hands on.
    """

    is_template = True  # gradio: shown as its parent is

    def __init__(self, label: Any, elem_id: str) -> None:
        super().__init__(label=label, file_count="multiple", height=84, elem_id=elem_id)

    def preprocess(self, payload: ListFiles | FileData | None) -> list[str] | None:
        """The paths; gradio has made sure that they lie in its folder of uploads."""
        if payload is None:
            return None
        return [file.path for file in (payload if isinstance(payload, ListFiles) else [payload])]
