"""The Learn door's panel, and how a stop reaches the stage."""

import gradio as gr

from demo import shelf
from demo.explorer import Explorer, show_link
from demo.own import QUIET
from demo.shell.parts import component
from demo.shell.stops import stops_of
from demo.words import glossary, merged
from demo.words import learn as texts


def learn(explorer: Explorer) -> gr.HTML:
    """The component; a stop's view is shown by `explorer`."""
    known = shelf.bundled()
    stops = stops_of(shelf.take(known[0])) if known else []
    words = merged((texts, glossary))
    panel = component("stops", "startStops", "learn-stops", stops, list(glossary.TERMS["en"]), words)
    panel.chosen(show_link, [panel, explorer.runs], explorer.arrival, **QUIET)
    return panel
