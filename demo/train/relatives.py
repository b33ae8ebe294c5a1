"""What the Train tab begins beside a training: a race, other seeds of it, and branches from kept moments."""

import time
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.components import Component

from attngan.errors import AttnGanError
from demo import visitors, web
from demo.explorer.tab import remembered
from demo.jobs import USUAL, JobFolder, Jobs, branch, draft, race, race_again
from demo.jobs.own import LONGEST_NAME
from demo.own import QUIET, RAW
from demo.train import rivals, suiting
from demo.train.choices import Choices
from demo.train.naming import Visitor, name_of
from demo.train.reals import Skipped
from demo.uploads.sets import staged_name
from demo.words import offered

SERVER = Visitor()
UNSTARTED = """() => [{unanswered: true}, {refused: Date.now()}]"""
UNANSWERED = """() => ({unanswered: true})"""
MORE_SECONDS = 60.0  # that a branch trains where nobody says


class Relatives:
    """What needs the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def race(
        self,
        choices: Choices,
        rival: Any,
        runs: Any,
        request: gr.Request | None = None,
        person: Visitor = SERVER,
    ) -> tuple[Any, Any, Any]:
        """What the panel then watches, what was wrong if it was, and the runs that the browser remembers."""
        try:
            left, right = self._raced(choices, rival, request, person)
        except AttnGanError as error:
            now = time.time()
            return {"refused": now}, Skipped(problem=str(error)) | {"asked": now}, gr.skip()
        return {"run": left}, None, remembered(remembered(runs, right), left)

    def _raced(
        self, choices: Choices, rival: Any, asked: gr.Request | None, person: Visitor
    ) -> tuple[str, str]:
        """The ids of the two new trainings; raises AttnGanError."""
        requests = (choices.request(), rivals.rival_of(choices, rival))
        files, texts = choices.files, offered()[person.language]
        visitor, owner = visitors.address_of(asked), visitors.owner_of(asked)
        self.jobs.check_place(owner)  # before own data are read
        first = staged_name(files) if files else ""
        names = [name_of(one, first, person, time.time()) for one in requests]
        if names[0] == names[1] and f"train_rival_{rival}" in texts:
            told = texts[f"train_rival_{rival}"]
            names[1] = texts["train_name_rival"].format(name=names[1], rival=told)[:LONGEST_NAME]
        drafts = [draft(one, files, visitor, name, owner) for one, name in zip(requests, names, strict=True)]
        left, right = self.jobs.add(race(drafts[0], drafts[1]), visitor)
        return left, right

    def again(self, shown: Any, runs: Any, request: gr.Request | None = None) -> tuple[Any, Any, Any]:
        """Two more seeds of the race that the panel shows; as `race`."""
        try:
            run = self._raced_again(_asked(shown).get("run"), request)
        except AttnGanError as error:
            return gr.skip(), Skipped(problem=str(error)), gr.skip()
        return {"run": run}, None, remembered(runs, run)

    def _raced_again(self, run: Any, asked: gr.Request | None) -> str:
        return race_again(self.jobs, run, visitors.owner_of(asked), visitors.address_of(asked))

    def branch(
        self,
        shown: Any,
        seconds: Any,
        runs: Any,
        request: gr.Request | None = None,
        person: Visitor = SERVER,
    ) -> tuple[Any, Any, Any]:
        """A branch from the moment that the panel names, with the settings that it names; as `race`."""
        asked = _asked(shown)
        try:
            run = self._branched(
                asked.get("run"), asked.get("step"), seconds, asked.get("changes"), request, person
            )
        except AttnGanError as error:
            return gr.skip(), Skipped(problem=str(error)), gr.skip()
        return {"run": run}, None, remembered(runs, run)

    def _branched(
        self, run: Any, step: Any, seconds: Any, settings: Any, asked: gr.Request | None, person: Visitor
    ) -> str:
        job = JobFolder.own(self.jobs.runs, run, visitors.owner_of(asked))
        if not isinstance(step, int) or not isinstance(settings, dict):
            raise AttnGanError("Say from which kept moment to branch, and with which settings.")
        name = offered()[person.language]["train_branch_name"].format(name=job.record().name, step=step)
        made = branch(job, step, seconds, settings, name[:LONGEST_NAME], visitors.owner_of(asked))
        return self.jobs.add([made], visitors.address_of(asked))[0]

    def train_branch(
        self,
        run: str,
        step: int,
        seconds: float = MORE_SECONDS,
        changes: dict[str, Any] | None = None,
        request: gr.Request | None = None,
    ) -> str:
        """Begins another training at a moment that one kept, for so many seconds more; the new id."""
        return self._branched(run, web.whole(step), seconds, changes or {}, request, SERVER)

    def train_race(
        self,
        data: str = "twins",
        rival: str = "",
        image_size: int = 32,
        seconds: float = 60,
        seed: int = 0,
        preset: str = USUAL,
        request: gr.Request | None = None,
    ) -> list[str]:
        """Starts a race on a named data set, of seconds for each, and returns both ids.

        `rival` is "bare" (without attention), "fast", "slow", "free", "steps", "same", or "recipe:" and the
        name of one, as far as these suit the data; usual is the first that does: "bare" for pictures
        with attention, else another recipe.
        """
        choices = suiting.of_program(data, preset, image_size, seconds=seconds, seed=seed)
        rival = rival or rivals.rivals_for(choices)[0][1]
        return [*self._raced(choices, rival, request, SERVER)]

    def train_race_again(self, run: str, request: gr.Request | None = None) -> str:
        """Starts two more seeds of a race; the id of the first new one in the same corner."""
        return self._raced_again(run, request)


def listen(
    do: Relatives,
    panel: gr.HTML,
    row: rivals.RaceRow,
    note: gr.HTML,
    runs: gr.BrowserState,
    who: gr.BrowserState,
    asked: set[Any],
    read: Callable[[dict[Component, Any]], Choices],
    seconds: gr.Number,
) -> None:
    """Has the page's events do it: `asked` are all inputs of a new training, which `read` makes choices of,
    `runs` and `who` among them; `seconds` are those of a branch.
    """

    def begin(given: dict[Component, Any], request: gr.Request) -> Any:
        return do.race(read(given), given[row.rival], given[runs], request, Visitor.of(given[who]))

    def part(shown: Any, more: Any, known: Any, said: Any, request: gr.Request) -> Any:
        return do.branch(shown, more, known, request, Visitor.of(said))

    told = [panel, note, runs]
    started = row.start.click(begin, asked | {row.rival}, told, **RAW)
    started.failure(fn=None, js=UNSTARTED, outputs=[note, panel])
    branched = panel.branch(part, [panel, seconds, runs, who], told, **QUIET)
    again = panel.again(do.again, [panel, runs], told, **QUIET)
    for asked_for in (branched, again):
        asked_for.failure(fn=None, js=UNANSWERED, outputs=[note])


def _asked(shown: Any) -> dict[str, Any]:
    """What the panel asks for, whatever came from a browser."""
    asked = shown.get("asked") if isinstance(shown, dict) else None
    return asked if isinstance(asked, dict) else {}
