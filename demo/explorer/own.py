"""What is done with trainings of one's own that the explorer knows: a new name, and good-bye."""

from typing import Any

import gradio as gr

from attngan.errors import AttnGanError
from demo import shelf, visitors
from demo.explorer.studio import Studio
from demo.explorer.tab import Explorer, choices, known_runs, show_model
from demo.jobs import Jobs
from demo.own import RAW, OwnRow


def connect(
    own: OwnRow, chosen: gr.components.Component, explorer: Explorer, panel: gr.HTML, do: "OwnRuns"
) -> None:
    """Has a row act on the run that `chosen` tells of; the panel hears if the one it watches is deleted."""
    named = [own.name, explorer.model, own.note]
    gr.on(
        [own.rename.click, own.name.submit],
        do.rename,
        [chosen, own.name, explorer.model, explorer.runs],
        named,
        **RAW,
    )
    given = [chosen, explorer.model, explorer.seed, explorer.runs, panel]
    own.sure.click(do.delete, given, [*explorer.shown, own.note, panel], **RAW)


class OwnRuns:
    """Names and deletes trainings, of whoever began them."""

    def __init__(self, jobs: Jobs, studio: Studio) -> None:
        self.jobs, self.studio = jobs, studio

    def show(self, key: Any) -> tuple[Any, Any, Any]:
        """Updates of a row for the model that is chosen: shown for a training of one's own, with its name."""
        try:
            name = self.jobs.find(run_in(key)).record().name
        except AttnGanError:
            return gr.Row(visible=False), gr.skip(), None
        return gr.Row(visible=True), name, None

    def rename(
        self, chosen: Any, name: Any, key: Any, runs: Any, request: gr.Request | None = None
    ) -> tuple[Any, Any, Any]:
        """The name as it is kept, the list of models, and what was wrong if it was."""
        try:
            run = run_in(chosen)
            self.jobs.rename(run, name, visitors.owner_of(request))
            kept = self.jobs.find(run).record().name
        except AttnGanError as error:
            return gr.skip(), gr.skip(), str(error)
        return kept, gr.Radio(choices=choices(known_runs(runs), key)), None

    def delete(
        self, chosen: Any, key: Any, seed: Any, runs: Any, watched: Any, request: gr.Request | None = None
    ) -> tuple[Any, ...]:
        """Updates of the explorer, which opens another model where this one was shown; what was wrong; and
        what the panel is told, where it watched this one.
        """
        run = run_in(chosen)
        try:
            folder = self.jobs.find(run)
            self.jobs.delete(run, visitors.owner_of(request))
        except AttnGanError as error:
            return *(gr.skip() for _ in range(6)), str(error), gr.skip()
        self.studio.forget(folder.path)
        left = [one for one in known_runs(runs) if one != run]
        gone = {"deleted": True} if run_in(watched) == run else gr.skip()
        if key != f"{shelf.RUN}{run}":
            return gr.Radio(choices=choices(left, key)), *(gr.skip() for _ in range(4)), left, None, gone
        first = next(iter(shelf.bundled()), None)
        return gr.Radio(choices=choices(left), value=first), *show_model(first, seed, left), left, None, gone


def run_in(chosen: Any) -> str:
    """The run's id in a model's key or in what the Train tab watches; "" where there is none."""
    if isinstance(chosen, dict):
        chosen = chosen.get("run")
    return chosen.removeprefix(shelf.RUN) if isinstance(chosen, str) else ""
