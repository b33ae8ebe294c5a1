"""The control for a person's own files."""

from typing import Any

import gradio as gr
from gradio.data_classes import FileData, ListFiles


def any_files(label: Any, elem_id: str) -> gr.File:
    """Takes any files at all; its value is their paths. Which can be used is for demo.uploads to say.

    By itself gr.File would refuse all for one whose ending it does not know, and leave an empty temporary
    file for each that it hands on. (A class of our own would have gradio write a .pyi file beside this one.)
    """
    control = gr.File(label=label, file_count="multiple", height=84, elem_id=elem_id)
    control.preprocess = _paths  # type: ignore[method-assign]
    return control


def _paths(payload: ListFiles | FileData | None) -> list[str] | None:
    """The paths; gradio has made sure that they lie in its folder of uploads."""
    if payload is None:
        return None
    return [file.path for file in (payload if isinstance(payload, ListFiles) else [payload])]
