"""What the controls of the Train tab do."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from attngan import presets
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import ATTENTION_SIZES
from attngan.kinds.pictures.presets import PRESETS
from demo import shelf
from demo.explorer.tab import remembered, show_run
from demo.jobs import UPLOADED, USUAL, Jobs, Request, shown_command, staged_name
from demo.train.pictures import Skipped, look

PLAIN = ("dcgan-2015",)  # recipes that know neither attention nor classes


def sizes_for(image_size: int) -> list[tuple[str, int]]:
    """Choices of feature maps that may have attention in a network of this picture size."""
    return [(f"{size} px", size) for size in ATTENTION_SIZES if size < image_size]


def request_of(
    data: str,
    preset: str,
    size: int,
    attention: Sequence[int],
    conditional: bool,
    seconds: float,
    seed: int,
) -> Request:
    """The checked wish of these control values; raises AttnGanError."""
    return Request.of(
        data=data,
        preset=preset,
        image_size=size,
        generator_attention=tuple(sorted(attention or ())),
        conditional=conditional,
        seconds=seconds,
        seed=seed,
    )


def show_pictures(
    data: str, files: list[str] | None, preset: str, size: int, conditional: bool
) -> tuple[Any, Any, Any]:
    """Updates of the real pictures, the note beside the upload, and the class switch."""
    switch = gr.Checkbox(value=False, interactive=False)
    if data == UPLOADED and not files:
        return None, None, switch
    try:
        shown, skipped, labelled = look(data, files or (), size)
    except AttnGanError as error:
        return None, Skipped(problem=str(error)), switch
    can = labelled and preset not in PLAIN
    return shown, skipped, gr.Checkbox(value=conditional and can, interactive=can)


def take_upload(
    data: str, files: list[str] | None, preset: str, size: int, conditional: bool
) -> tuple[Any, Any, Any, Any]:
    """Chooses the upload as the data set, or the smileys when it was taken away; then shows its pictures."""
    if files:
        data = UPLOADED
    elif data == UPLOADED:
        data = "faces"
    return data, *show_pictures(data, files, preset, size, conditional)


def show_sizes(preset: str, size: int, attention: Sequence[int]) -> Any:
    """An update of the attention choices for another picture size; what still fits stays ticked."""
    choices = [] if preset in PLAIN else sizes_for(size)
    fitting = {value for _, value in choices}
    return gr.CheckboxGroup(choices=choices, value=[chosen for chosen in attention if chosen in fitting])


def show_recipe(preset: str, size: int) -> Any:
    """An update of the attention choices for another recipe; its own are ticked."""
    return show_sizes(preset, size, presets.find(preset, PRESETS).model_config(size).generator_attention)


def command(
    data: str,
    files: list[dict[str, Any]] | None,
    preset: str,
    size: int,
    attention: Sequence[int],
    conditional: bool,
    seconds: float,
    seed: int,
) -> Any:
    """The command of these control values as the browser sends them; unchanged while they are not valid."""
    try:
        request = request_of(data, preset, size, attention, conditional, seconds, seed)
    except AttnGanError:
        return gr.skip()
    own = staged_name([file["path"] for file in files]) if files else "pictures"
    return shown_command(request, own if data == UPLOADED else data)


class Doing:
    """What needs the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def start(
        self,
        data: str,
        files: list[str] | None,
        preset: str,
        size: int,
        attention: Sequence[int],
        conditional: bool,
        seconds: float,
        seed: int,
        runs: Any,
    ) -> tuple[Any, Any, Any]:
        """What the panel then watches, what was wrong if it was, and the runs that the browser remembers."""
        try:
            run = self.jobs.start(
                request_of(data, preset, size, attention, conditional, seconds, seed),
                files or (),
            )
        except AttnGanError as error:
            return gr.skip(), Skipped(problem=str(error)), gr.skip()
        return {"run": run}, None, remembered(runs, run)

    def stop(self, shown: Any) -> Any:
        """Asks the run that the panel shows to stop; what was wrong if it was."""
        try:
            self.jobs.stop(run_of(shown))
        except AttnGanError as error:
            return Skipped(problem=str(error))
        return None

    def explore(self, shown: Any, seed: int, runs: Any) -> tuple[Any, ...]:
        """Updates that open the shown run's model in the Explore tab."""
        return gr.Tabs(selected="explore"), *show_run(run_of(shown), seed, runs)

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
        try:
            return self.jobs.start(
                request_of(data, preset, image_size, attention, conditional, seconds, seed)
            )
        except AttnGanError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def train_status(self, run: str, after: int = 0) -> dict[str, Any]:
        """What is new in a training after the cursor of an earlier answer (0: all of it)."""
        try:
            return self.jobs.news(run, after).model_dump(mode="json")
        except AttnGanError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def train_stop(self, run: str) -> str:
        """Asks a training to save and stop; the state it is in then."""
        try:
            self.jobs.stop(run)
            return self.jobs.news(run).state
        except AttnGanError as error:
            raise gr.Error(str(error), print_exception=False) from error


def run_of(shown: Any) -> str:
    """The run's id in the value of the panel, which comes from the browser and may be anything."""
    run = shown.get("run") if isinstance(shown, dict) else None
    return run if isinstance(run, str) else ""


def frame_url(run: str, step: str) -> str:
    """Path of a run's frame; here to let the browser fill both in."""
    return f"/gradio_api/attngan/step/{shelf.RUN}{run}/{step}"
