"""What the Train tab shows of the training that it watches, whoever started it and whenever."""

from typing import Any

import gradio as gr

from attngan.errors import AttnGanError
from demo import shelf, web
from demo.jobs import UPLOADED, Jobs, glimpse_in, shown_command
from demo.train import handlers, suiting
from demo.train.choices import Choices

# The panel's value goes on to the canvas and the buttons inside the browser; no server is asked.
TO_CANVAS = f"""(shown) => shown?.frame == null ? null : {{
  url: `{web.step_url(shelf.RUN + "${shown.run}", "${shown.frame}")}`,
  version: shown.frame,
  live: true,
  timeline: {{
    url: `{web.steps_url(shelf.RUN + "${shown.run}")}`,
    steps: shown.steps,
    flags: shown.flags,
    live: true,
  }},
  credit: shown.credit,
}}"""
TO_BUTTONS = """(shown) => {
  const active = ["waiting", "starting", "running", "stopping"].includes(shown?.state);
  const stoppable = active && shown.state !== "stopping";
  const able = (yes) => ({__type__: "update", interactive: Boolean(yes)});
  const {model, longer, run, name, named, own, goOn, more} = shown ?? {};
  const as = (value) => ({__type__: "update", ...(value ? {value} : {})});
  const [starts, mine] = [!active, run && own];
  const buttons = [starts, starts, stoppable && own, model, model, longer && own, mine, mine].map(able);
  if (goOn) buttons[5].value = goOn;
  return [...buttons, named ? name ?? "" : as(), as(more)];
}"""
# Nobody heard of the wish to stop: then it trains on, and can be stopped again.
UNSTOPPED = """(shown) => ({run: shown?.run, unstopped: Date.now()})"""
UNLESS_STOPPED = f"""(shown, wrong) => wrong ? ({UNSTOPPED})(shown) : {{__type__: "update"}}"""
# What the browser knows of its visitor: language, clock, and which training was watched.
WHO = """() => {
  const kept = (() => { try { return localStorage.getItem("attngan-train"); } catch { return null; } })();
  const {timeZone} = Intl.DateTimeFormat().resolvedOptions();
  return [{language: document.documentElement.lang, zone: timeZone, run: kept}];
}"""


def choices_of(jobs: Jobs, run: Any) -> Choices | None:
    """What a training was asked for with, or None where there is none."""
    try:
        record = jobs.find(run).record()
    except AttnGanError:
        return None
    request = record.request
    return Choices(
        data=request.data,
        recipe=request.preset,
        size=request.image_size,
        attention=request.generator_attention,
        conditional=request.conditional,
        square=request.square,
        seconds=request.seconds,
        seed=request.seed,
        kept=record.data if request.data == UPLOADED else "",
    )


def form_of(jobs: Jobs, run: Any) -> dict[str, Any] | None:
    """What the form shows of a training, by the names in Choices, with `command` and `reals`; None: none."""
    chosen = choices_of(jobs, run)
    if chosen is None:
        return None
    folder = jobs.find(run)
    if chosen.data == UPLOADED:
        shown = glimpse_in(folder.path)
        can = bool(shown and shown["classes"])
        switch = gr.Checkbox(value=chosen.conditional and can, visible=suiting.when(can))
    else:
        shown, _, switch = handlers.show_data(chosen)
    return dict(zip(suiting.NAMES, suiting.shown(chosen), strict=True)) | {
        "data": chosen.data,
        "conditional": switch,
        "seconds": chosen.seconds,
        "seed": chosen.seed,
        "kept": chosen.kept,
        "command": shown_command(folder.record().request, folder.record().data),
        "reals": shown,
    }
