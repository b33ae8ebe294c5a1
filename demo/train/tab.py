"""Controls of the Train tab and how they hang together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

import gradio as gr
from gradio.components import Component

from attngan.config import Square
from attngan.kinds.pictures.config import IMAGE_SIZES
from demo import visitors, web
from demo.canvas import attention_canvas
from demo.explorer import Explorer
from demo.explorer.own import run_in
from demo.jobs import UPLOADED, Jobs, Request, shown_command
from demo.own import QUIET, RAW, OwnRow, own_row
from demo.train import handlers, parts, relatives, rivals, suiting, watched
from demo.train.choices import Choices
from demo.train.files import any_files
from demo.train.handlers import Handlers
from demo.train.naming import Visitor
from demo.train.relatives import UNANSWERED, UNSTARTED, Relatives
from demo.train.rivals import RaceRow
from demo.words import word

# The note beside the upload then asks for a glimpse of the data, by its event "read". Equal values would be
# no news.
READ = """() => ({reading: Date.now()})"""
# An upload is chosen as the data set at once; one that was taken away gives way to the usual one.
CHOOSE = f"""(files, data) => [
  files?.length ? "{UPLOADED}" : data === "{UPLOADED}" ? "{Choices.data}" : data,
  {{reading: Date.now()}},
]"""
# Before a training is restored, the form does not say which data are to be shown.
RESTORED = """(reals) => {
  document.body.dataset.restored = reals ? "with" : "without";
  window.dispatchEvent(new Event("attngan-restored"));
}"""
FORGET = """() => null"""  # what was wrong with other settings
TO_EXPLORE = """() => window.dispatchEvent(new CustomEvent("attngan-door", {detail: "explore"}))"""


@dataclass(frozen=True)
class Form:
    """What a training is asked for with."""

    data: gr.Dropdown
    upload: gr.File
    upload_note: gr.HTML
    recipe: gr.Dropdown
    size: gr.Radio
    square: gr.Radio
    attention: gr.CheckboxGroup
    conditional: gr.Checkbox
    seconds: gr.Number
    seed: gr.Number
    kept: gr.State  # in the server alone
    start: gr.Button
    race: RaceRow
    stop: gr.Button
    explore: gr.Button
    note: gr.HTML
    command: gr.Textbox
    zip: gr.Button
    more: gr.Number
    longer: gr.Button
    own: OwnRow

    @property
    def settings(self) -> dict[str, Any]:
        """The components that a request is made of, by their names in Choices."""
        return {one.name: getattr(self, one.name) for one in fields(Choices)}

    def some(self, *names: str) -> set[Any]:
        """Those of these names, as inputs that gradio tells as a dict."""
        return {self.settings[name] for name in names}

    def read(self, given: Mapping[Component, Any]) -> Choices:
        """The choices that gradio tells as a dict; what is not among them is as usual."""
        return Choices(**{name: given[one] for name, one in self.settings.items() if one in given})

    def reads(self, work: Callable[[Choices], Any]) -> Callable[[dict[Component, Any]], Any]:
        """`work` as gradio calls it where its inputs are a set of components."""
        return lambda given: work(self.read(given))


def build(page: gr.Blocks, jobs: Jobs, explorer: Explorer) -> tuple[gr.HTML, OwnRow]:
    """The tab, inside `page`, the current gr.Blocks; `explorer` is where a model is opened.

    Returns the panel that watches a training, and the row with which that one is named and deleted.
    """
    do, beside = Handlers(jobs), Relatives(jobs)
    with gr.Row(elem_id="train-row"):
        with gr.Column(elem_id="train-form", scale=0, min_width=320):
            form = _form()
        with gr.Column(elem_id="train-room", scale=1, min_width=320):
            panel = parts.panel("train-panel")
            canvas = attention_canvas("train-live", wander=True, scores=True, rival=True)
            reals = parts.reals("train-reals")

    shown = [reals, form.upload_note, form.conditional]
    looked_at = form.some("data", "upload", "recipe", "size", "square", "conditional")
    uploaded = [form.upload.upload, form.upload.clear, form.upload.delete]
    chosen = [one.input for one in (form.data, form.recipe, form.size, form.square)]

    def show_data(given: dict[Component, Any], request: gr.Request) -> Any:
        return handlers.show_data(form.read(given), visitors.address_of(request))

    gr.on(chosen, fn=None, js=READ, outputs=[form.upload_note])
    gr.on(
        uploaded, fn=None, js=CHOOSE, inputs=[form.upload, form.data], outputs=[form.data, form.upload_note]
    )
    # One event for all, so that what was chosen last is shown at last. It is no event of a control:
    # "always_last" repeats an event for all that listen to it, so that an upload would be chosen again.
    # Raw values or not, gradio checks that files are uploads.
    read = form.upload_note.read(show_data, looked_at, shown, trigger_mode="always_last", **RAW)
    read.failure(fn=None, js=UNANSWERED, outputs=[form.upload_note])
    show_command = form.reads(handlers.command)
    show_recipe, show_sizes = form.reads(suiting.show_recipe), form.reads(suiting.show_sizes)
    kinds = form.some("data", "upload", "kept", "recipe", "size")
    ticked = form.recipe.input(show_recipe, kinds, [form.attention], **QUIET)
    settings = set(form.settings.values())
    suited = [getattr(form, name) for name in suiting.NAMES]
    data = [form.data.change, form.upload.change]
    gr.on(data, form.reads(suiting.shown), settings, suited, **RAW)
    # After an upload was read, too: its settings have all arrived by then.
    for shown_anew in (ticked, read):
        shown_anew.then(show_command, settings, [form.command], **RAW)
    form.size.input(show_sizes, kinds | {form.attention}, [form.attention], **QUIET)
    changes = [setting.change for setting in form.settings.values()]
    gr.on(changes, show_command, settings, [form.command], trigger_mode="always_last", **RAW)

    gr.on(changes, fn=None, js=FORGET, outputs=[form.note])
    rival = form.race.rival

    def show_rivals(given: dict[Component, Any]) -> Any:
        return rivals.show(form.read(given), given[rival])

    gr.on(changes, show_rivals, {*settings, rival}, [rival], **RAW)

    who = gr.BrowserState(None, storage_key="attngan-who", secret="attngan")
    names = [*form.settings, "command"]
    names.remove("upload")
    restored = [*(getattr(form, name) for name in names), reals]

    def restore(said: Any) -> tuple[Any, ...]:
        found = watched.form_of(jobs, said.get("run") if isinstance(said, dict) else None)
        return said, *(gr.skip() if found is None else found[name] for name in [*names, "reals"])

    back = page.load(restore, [who], [who, *restored], js=watched.WHO, **QUIET)
    back.then(fn=None, inputs=[reals], js=RESTORED)

    def begun(shown: Any) -> Any:
        found = watched.form_of(jobs, run_in(shown))
        return gr.skip() if found is None else found["reals"]

    def start(given: dict[Component, Any], request: gr.Request) -> Any:
        return do.start(form.read(given), given[explorer.runs], request, Visitor.of(given[who]))

    given = {*settings, explorer.runs, who}
    told = [panel, form.note, form.upload_note, explorer.runs]
    started = form.start.click(start, given, told, **RAW)
    started.failure(fn=None, js=UNSTARTED, outputs=[form.note, panel])
    relatives.listen(beside, panel, form.race, form.note, explorer.runs, who, given, form.read, form.more)
    form.longer.click(do.longer, [panel, form.more], [panel, form.note], **QUIET)
    stopped = form.stop.click(do.stop, [panel], [form.note], **QUIET)
    stopped.then(fn=None, js=watched.UNLESS_STOPPED, inputs=[panel, form.note], outputs=[panel])
    stopped.failure(fn=None, js=watched.UNSTOPPED, inputs=[panel], outputs=[panel])
    opened = form.explore.click(do.explore, [panel, explorer.seed, explorer.runs], explorer.shown, **QUIET)
    opened.then(fn=None, js=TO_EXPLORE)
    panel.frame(fn=None, js=watched.TO_CANVAS, inputs=[panel], outputs=[canvas])
    starts = [form.start, form.race.start]
    buttons = [*starts, form.stop, form.explore, form.zip, form.longer, form.own.rename, form.own.delete]
    panel.controls(
        fn=None, js=watched.TO_BUTTONS, inputs=[panel], outputs=[*buttons, form.own.name, form.more]
    )
    panel.begun(begun, [panel], [reals], **QUIET)
    web.offer((do.train_start, do.train_status, do.train_steer, do.train_stop, do.train_longer))
    web.offer((beside.train_branch, beside.train_race, beside.train_race_again))
    return panel, form.own


def _form() -> Form:
    """The controls, with the values of a Request of nothing; what needs no choice stands last, and what is
    not asked of all data last of all, so that nothing moves when it comes or goes.
    """
    usual = Request.model_construct()
    data = gr.Dropdown(
        choices=suiting.data_sets(),
        value=usual.data,
        label=word("train_data"),
        elem_id="train-data",
    )
    upload = any_files(word("train_upload"), "train-upload")
    upload_note = parts.upload_note("train-upload-note", "train-upload")
    gr.Markdown(word("train_upload_info"), elem_id="train-upload-info")
    with gr.Row(elem_id="train-numbers"):
        # Without minimum and maximum: gradio's own message would appear far from the control.
        seconds = gr.Number(
            usual.seconds,
            label=word("train_seconds"),
            info=word("train_seconds_info"),
            min_width=120,
            elem_id="train-seconds",
        )
        seed = gr.Number(
            usual.seed,
            label=word("train_seed"),
            info=word("train_seed_info"),
            precision=0,
            min_width=120,
            elem_id="train-seed",
        )
    note = parts.note("train-note")
    with gr.Row(elem_id="train-buttons"):
        start = gr.Button(word("train_start"), variant="primary", min_width=80, elem_id="train-start")
        stop = gr.Button(word("train_stop"), interactive=False, min_width=80, elem_id="train-stop")
        explore = gr.Button(
            word("train_explore"),
            variant="primary",
            interactive=False,
            min_width=120,
            elem_id="train-explore",
        )
    race = rivals.race_row()
    with gr.Column(elem_id="train-run"):
        model_zip = gr.Button(word("train_zip"), interactive=False, elem_id="train-zip")
        with gr.Row(elem_id="train-longer-row"):
            more = gr.Number(usual.seconds, label=word("train_more"), min_width=100, elem_id="train-more")
            longer = gr.Button(word("train_longer"), interactive=False, min_width=120, elem_id="train-longer")
        own = own_row("train", visible=True)
    command = gr.Textbox(
        shown_command(usual, usual.data),
        label=word("train_command"),
        lines=3,
        max_lines=3,  # of any length it takes the same room
        interactive=False,
        buttons=["copy"],
        elem_id="train-command",
    )
    recipe = gr.Dropdown(
        choices=suiting.titled(suiting.recipes_for(Choices()), usual.kind),
        value=usual.preset,
        label=word("train_recipe"),
        info=word(f"train_recipe_info_{usual.kind}"),
        elem_id="train-recipe",
    )
    size = gr.Radio(
        choices=[(f"{size} px", size) for size in IMAGE_SIZES],
        value=usual.image_size,
        label=word("train_size"),
        elem_id="train-size",
    )
    attention = gr.CheckboxGroup(
        choices=suiting.sizes_for(usual.image_size),
        value=list(usual.generator_attention),
        label=word("train_attention"),
        info=word("train_attention_info"),
        elem_id="train-attention",
    )
    square = gr.Radio(
        choices=[(word(f"train_square_{one}"), one) for one in get_args(Square)],
        value=usual.square,
        label=word("train_square"),
        info=word("train_square_info"),
        visible=suiting.when(False),
        elem_id="train-square",
    )
    conditional = gr.Checkbox(
        value=usual.conditional,
        label=word("train_conditional"),
        info=word("train_conditional_info"),
        visible=suiting.when(False),
        elem_id="train-conditional",
    )
    parts.pad("train-pad", "train-upload")
    return Form(
        data,
        upload,
        upload_note,
        recipe,
        size,
        square,
        attention,
        conditional,
        seconds,
        seed,
        gr.State(Choices.kept),
        start,
        race,
        stop,
        explore,
        note,
        command,
        model_zip,
        more,
        longer,
        own,
    )
