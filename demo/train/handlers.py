"""What the controls of the Train tab do."""

import time
from typing import Any

import gradio as gr

from attngan.errors import AttnGanError
from demo import visitors, web
from demo.explorer.own import run_in
from demo.explorer.tab import remembered, show_run
from demo.jobs import SECONDS, UPLOADED, USUAL, Jobs, OwnDataError, lasts, shown_command, steer
from demo.train import suiting
from demo.train.choices import Choices
from demo.train.naming import Visitor, name_of
from demo.train.reals import Skipped, look
from demo.uploads.sets import staged_name

SERVER = Visitor()


def show_data(choices: Choices, visitor: str = "") -> tuple[Any, Any, Any]:
    """Updates of what there is to learn from, the note beside the upload, and the class switch."""
    switch = gr.Checkbox(value=False, visible=suiting.when(False))
    if choices.data == UPLOADED and not choices.upload:
        return None, None, switch
    try:
        shown, skipped, labelled = look(choices.data, choices.files, choices.size, choices.square, visitor)
    except AttnGanError as error:
        return None, Skipped(problem=str(error)), switch
    can = labelled and "classes" in suiting.recipe_of(choices).takes
    return shown, skipped, gr.Checkbox(value=choices.conditional and can, visible=suiting.when(can))


def command(choices: Choices) -> Any:
    """The command of these choices as the browser sends them; unchanged while they are not valid."""
    try:
        request = choices.request()
    except AttnGanError:
        return gr.skip()
    return shown_command(request, choices.named)


def _wrong(error: AttnGanError, seconds: Any) -> Skipped:
    """What the note says of an error; of seconds that cannot be asked for, in the reader's language."""
    return Skipped(problem=str(error), seconds=None if lasts(seconds) else SECONDS)


class Handlers:
    """What needs the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def start(
        self, choices: Choices, runs: Any, request: gr.Request | None = None, person: Visitor = SERVER
    ) -> tuple[Any, Any, Any, Any]:
        """What the panel then watches, what was wrong beside Start and beside one's own data, and the
        runs that the browser remembers.
        """
        try:
            run = self._begun(choices, request, person)
        except AttnGanError as error:
            now = time.time()
            wrong = _wrong(error, choices.seconds) | {"asked": now}
            beside = (None, wrong) if isinstance(error, OwnDataError) else (wrong, gr.skip())
            return {"refused": now}, *beside, gr.skip()
        return {"run": run}, None, gr.skip(), remembered(runs, run)

    def _begun(self, choices: Choices, asked: gr.Request | None, person: Visitor) -> str:
        """The id of the new training, which has a name and an owner; raises AttnGanError."""
        request, files = choices.request(), choices.files
        name = name_of(request, staged_name(files) if files else "", person, time.time())
        visitor, owner = visitors.address_of(asked), visitors.owner_of(asked)
        return self.jobs.start(request, files, visitor, name, owner)

    def longer(self, shown: Any, seconds: Any, request: gr.Request | None = None) -> tuple[Any, Any]:
        """Has the shown run go on: what the panel then watches anew, and what was wrong if it was."""
        run = run_in(shown)
        try:
            self.jobs.train_longer(run, seconds, visitors.owner_of(request), visitors.address_of(request))
        except AttnGanError as error:
            return gr.skip(), _wrong(error, seconds)
        return {"run": run, "again": time.time()}, None

    def stop(self, shown: Any, request: gr.Request | None = None) -> Any:
        """Asks the run that the panel shows to stop; what was wrong if it was."""
        try:
            self.jobs.stop(run_in(shown), visitors.owner_of(request))
        except AttnGanError as error:
            return Skipped(problem=str(error))
        return None

    def explore(self, shown: Any, seed: int, runs: Any) -> tuple[Any, ...]:
        """Updates that show the shown run's model in the Explore tab."""
        return show_run(run_in(shown), seed, runs)

    def train_start(
        self,
        data: str = "faces",
        image_size: int = 32,
        attention: list[int] | None = None,
        conditional: bool = False,
        seconds: float = 60,
        seed: int = 0,
        preset: str = USUAL,
        request: gr.Request | None = None,
    ) -> str:
        """Starts a training on a named data set and returns its id, as `python -m attngan train` would.

        Without attention it stands where the recipe has it. Of texts image_size and attention mean nothing.
        """
        more: dict[str, Any] = {} if attention is None else {"attention": attention}
        more |= {"conditional": conditional, "seconds": seconds, "seed": seed}
        return self._begun(suiting.of_program(data, preset, image_size, **more), request, SERVER)

    def train_status(self, run: str, after: int = 0, request: gr.Request | None = None) -> dict[str, Any]:
        """What is new in a training after the cursor of an earlier answer (0: all of it)."""
        return self.jobs.news(run, web.whole(after), visitors.owner_of(request)).model_dump(mode="json")

    def train_longer(self, run: str, seconds: float = 60, request: gr.Request | None = None) -> str:
        """Has a training that has ended go on for so many seconds more; the state it is in then."""
        self.jobs.train_longer(run, seconds, visitors.owner_of(request), visitors.address_of(request))
        return self.jobs.news(run).state

    def train_steer(
        self,
        run: str,
        wish: str,
        players: str = "both",
        count: int = 1,
        changes: dict[str, Any] | None = None,
        request: gr.Request | None = None,
    ) -> str:
        """Asks a training that runs to pause, resume, step, change or mark; the state it is in then.

        A step takes `players` and `count`, a change the settings and their new values. What came of it
        stands among the news.
        """
        values: dict[str, dict[str, Any]] = {
            "step": {"players": players, "count": count},
            "change": {"changes": changes or {}},
        }
        steer(self.jobs, run, wish, values.get(web.text(wish), {}), visitors.owner_of(request))
        return self.jobs.news(run).state

    def train_stop(self, run: str, request: gr.Request | None = None) -> str:
        """Asks a training to save and stop; the state it is in then."""
        self.jobs.stop(run, visitors.owner_of(request))
        return self.jobs.news(run).state
