"""What the controls of the Train tab do."""

import time
from dataclasses import replace
from typing import Any

import gradio as gr

from attngan import presets
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import ATTENTION_SIZES
from attngan.kinds.pictures.presets import PRESETS, PicturePreset
from demo import web
from demo.explorer.own import run_in
from demo.explorer.tab import remembered, show_run
from demo.jobs import SECONDS, UPLOADED, USUAL, Jobs, OwnPicturesError, lasts, shown_command
from demo.train.choices import Choices
from demo.train.naming import Visitor, name_of
from demo.train.reals import Skipped, look
from demo.uploads.sets import staged_name

SERVER = Visitor()


def sizes_for(image_size: int) -> list[tuple[str, int]]:
    """Choices of feature maps that may have attention in a network of this picture size."""
    return [(f"{size} px", size) for size in ATTENTION_SIZES if size < image_size]


def recipe_of(choices: Choices) -> PicturePreset:
    """The chosen recipe; raises AttnGanError for an unknown one."""
    return presets.find(choices.recipe, PRESETS)


def show_pictures(choices: Choices, visitor: str = "") -> tuple[Any, Any, Any]:
    """Updates of the real pictures, the note beside the upload, and the class switch."""
    switch = gr.Checkbox(value=False, interactive=False)
    if choices.data == UPLOADED and not choices.upload:
        return None, None, switch
    try:
        shown, skipped, labelled = look(
            choices.data, choices.upload or (), choices.size, choices.square, visitor
        )
    except AttnGanError as error:
        return None, Skipped(problem=str(error)), switch
    can = labelled and recipe_of(choices).config.knows_classes
    return shown, skipped, gr.Checkbox(value=choices.conditional and can, interactive=can)


def show_sizes(choices: Choices) -> Any:
    """An update of the attention choices for another picture size; what still fits stays ticked."""
    sizes = sizes_for(choices.size) if recipe_of(choices).config.attends else []
    fitting = {value for _, value in sizes}
    return gr.CheckboxGroup(
        choices=sizes, value=[chosen for chosen in choices.attention if chosen in fitting]
    )


def show_recipe(choices: Choices) -> Any:
    """An update of the attention choices for another recipe; its own are ticked."""
    own = recipe_of(choices).model_config(choices.size).generator_attention
    return show_sizes(replace(choices, attention=own))


def command(choices: Choices) -> Any:
    """The command of these choices as the browser sends them; unchanged while they are not valid."""
    try:
        request = choices.request()
    except AttnGanError:
        return gr.skip()
    paths = [file["path"] for file in choices.upload or () if isinstance(file, dict) and "path" in file]
    own = staged_name(list(map(str, paths)))
    return shown_command(request, own if choices.data == UPLOADED else choices.data)


def _wrong(error: AttnGanError, seconds: Any) -> Skipped:
    """What the note says of an error; of seconds that cannot be asked for, in the reader's language."""
    return Skipped(problem=str(error), seconds=None if lasts(seconds) else SECONDS)


class Handlers:
    """What needs the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def start(
        self, choices: Choices, runs: Any, visitor: str = "", person: Visitor = SERVER
    ) -> tuple[Any, Any, Any, Any]:
        """What the panel then watches, what was wrong beside Start and beside one's own pictures, and the
        runs that the browser remembers.
        """
        try:
            run = self._begun(choices, visitor, person)
        except AttnGanError as error:
            now = time.time()
            wrong = _wrong(error, choices.seconds) | {"asked": now}
            beside = (None, wrong) if isinstance(error, OwnPicturesError) else (wrong, gr.skip())
            return {"refused": now}, *beside, gr.skip()
        return {"run": run}, None, gr.skip(), remembered(runs, run)

    def _begun(self, choices: Choices, visitor: str, person: Visitor) -> str:
        """The id of the new training, which has a name; raises AttnGanError."""
        request, files = choices.request(), choices.upload or ()
        name = name_of(request, staged_name(files) if files else "", person, time.time())
        return self.jobs.start(request, files, visitor, name)

    def longer(self, shown: Any, seconds: Any) -> tuple[Any, Any]:
        """Has the shown run go on: what the panel then watches anew, and what was wrong if it was."""
        run = run_in(shown)
        try:
            self.jobs.train_longer(run, seconds)
        except AttnGanError as error:
            return gr.skip(), _wrong(error, seconds)
        return {"run": run, "again": time.time()}, None

    def stop(self, shown: Any) -> Any:
        """Asks the run that the panel shows to stop; what was wrong if it was."""
        try:
            self.jobs.stop(run_in(shown))
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
        attention: list[int] = [8, 16],  # noqa: B006 - gradio reads the default for its API's page
        conditional: bool = False,
        seconds: float = 60,
        seed: int = 0,
        preset: str = USUAL,
    ) -> str:
        """Starts a training on a named data set and returns its id, as `python -m attngan train` would."""
        choices = Choices(
            data=data,
            recipe=preset,
            size=image_size,
            attention=attention,
            conditional=conditional,
            seconds=seconds,
            seed=seed,
        )
        return self._begun(choices, "", SERVER)

    def train_status(self, run: str, after: int = 0) -> dict[str, Any]:
        """What is new in a training after the cursor of an earlier answer (0: all of it)."""
        return self.jobs.news(run, web.whole(after)).model_dump(mode="json")

    def train_longer(self, run: str, seconds: float = 60) -> str:
        """Has a training that has ended go on for so many seconds more; the state it is in then."""
        self.jobs.train_longer(run, seconds)
        return self.jobs.news(run).state

    def train_stop(self, run: str) -> str:
        """Asks a training to save and stop; the state it is in then."""
        self.jobs.stop(run)
        return self.jobs.news(run).state
