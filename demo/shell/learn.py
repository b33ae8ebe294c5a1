"""The Learn door's panel, and how a stop reaches the stage."""

import gradio as gr

from demo import shelf, words
from demo.explorer import Explorer, show_link
from demo.own import QUIET
from demo.shell.parts import component
from demo.shell.stops import stops_of


def learn(explorer: Explorer) -> gr.HTML:
    """The component; a stop's view is shown by `explorer`."""
    known = shelf.bundled()
    stops = stops_of(shelf.take(known[0])) if known else []
    texts = words.merged(words.LEARN)
    panel = component("stops", "startStops", "learn-stops", stops, words.glossary.KEYS, texts)
    # A stop that is pressed while the one before is still asked for is not lost.
    panel.chosen(show_link, [panel, explorer.runs], explorer.arrival, trigger_mode="always_last", **QUIET)
    return panel
