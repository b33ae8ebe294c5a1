"""Which feature maps get attention: ticks whose choices follow the picture's size."""

from typing import Any

import gradio as gr


class AttentionSizes(gr.CheckboxGroup):
    """A gr.CheckboxGroup that also takes ticks which are no choice any more.

    When the picture's size changes, the browser may send a tick that an update is just taking away; gradio
    would answer with an error, where `Request` says what is wrong or the update is on its way.
    """

    is_template = True  # looks and behaves as its base in the browser

    def preprocess(self, payload: list[Any]) -> list[Any]:
        """The ticked sizes that are whole numbers; whether they fit is for `Request` to say."""
        return [size for size in payload or () if isinstance(size, int)]
