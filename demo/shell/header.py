"""The header: name, what this is, three doors, and the training that runs."""

import gradio as gr

from demo import words
from demo.shell.parts import component


def header() -> gr.HTML:
    """The component. A door is opened by a press, by the address (`door=train`), or by "attngan-door"."""
    return component("header", "startHeader", "page-header", words.explained(words.shell))
