"""Controls of the Explore tab and what they do; the picture itself is demo.canvas."""

import random
from dataclasses import dataclass
from typing import Any

import gradio as gr

from attngan.errors import AttnGanError
from demo import routes, shelf
from demo.canvas import CanvasValue, attention_canvas
from demo.explorer.frames import MOST_PICTURES, SEEDS
from demo.explorer.link import asked_of, whole
from demo.words import word

EVERY_CLASS = -1
RANDOM_SEEDS = 1_000_000  # new noise is a number that a person can still read out
PANELS = ("edit", "wander", "compare", "keep")
KEPT_RUNS = 12  # of a visitor's trainings in the list of models
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Explorer:
    """The tab's components, for whoever wants to show a model in it."""

    model: gr.Dropdown
    seed: gr.Number
    label: gr.Dropdown
    canvas: gr.HTML
    offer: gr.Button
    runs: gr.BrowserState

    @property
    def shown(self) -> list[Any]:
        """What `show_run` and the tab's own events answer for."""
        return [self.model, self.label, self.canvas, self.offer, self.runs]


def build(page: gr.Blocks) -> Explorer:
    """The tab, inside `page`, which is the current gr.Blocks."""
    keys = shelf.bundled()
    first = shelf.take(keys[0]) if keys else None
    with gr.Row(elem_id="explorer-controls"):
        model = gr.Dropdown(
            choices=[(key, key) for key in keys],
            value=first.key if first else None,
            label=word("explore_model"),
            elem_id="explorer-model",
            scale=3,
            min_width=160,
        )
        label = _class_choice(first)
        seed = gr.Number(
            0,
            label=word("explore_seed"),
            elem_id="explorer-seed",
            precision=0,
            minimum=0,
            maximum=SEEDS - MOST_PICTURES,
            scale=2,
            min_width=120,
        )
        noise = gr.Button(word("explore_noise"), elem_id="explorer-noise", scale=0, min_width=140)
    if not keys:
        gr.Markdown(word("explore_no_model"), elem_id="explorer-no-model")
    offer = gr.Button(
        word("explore_offer"), elem_id="explorer-offer", visible=bool(first and not first.attention)
    )
    canvas = attention_canvas(
        "explorer-canvas",
        value_of(first, 0, None) if first else None,
        wander=True,
        recipe=True,
        panels=PANELS,
        tour=True,
    )
    runs = gr.BrowserState([], storage_key="attngan-runs", secret="attngan")
    explorer = Explorer(model, seed, label, canvas, offer, runs)

    model.input(_show_model, [model, seed], [label, canvas, offer], **QUIET)
    gr.on(
        [seed.input, label.input],
        _show_noise,
        [model, seed, label],
        [canvas],
        trigger_mode="always_last",
        **QUIET,
    )
    noise.click(_show_new_noise, [model, label], [seed, canvas], trigger_mode="always_last", **QUIET)
    offer.click(_show_attentive, [seed], [model, label, canvas, offer], **QUIET)
    page.load(_arrive, [runs], [model, label, seed, canvas, offer], **QUIET)
    return explorer


def value_of(shelved: shelf.Shelved, seed: int, label: int | None) -> CanvasValue:
    """What the canvas is told to show the grid of a model's samples."""
    value: CanvasValue = {
        "url": routes.frame_url(shelved.key, seed, label),
        "version": shelved.version,
        "single": f"{routes.single_url(shelved.key)}&v={shelved.version}",  # a training goes on drawing
        "credit": shelved.credit,
        "names": list(shelved.label_names),
        "others": [_compared(shelf.take(key)) for key in shelf.bundled() if key != shelved.key]
        + [_compared(shelved)],
        "recipe": {"model": shelved.key, "seed": seed} | ({} if label is None else {"class": label}),
    }
    if seed == 0 and label is None:  # the noise that trainings keep drawing
        value["timeline"] = {"url": routes.steps_url(shelved.key), "steps": shelf.steps_of(shelved.key)}
    return value


def _compared(shelved: shelf.Shelved) -> dict[str, Any]:
    """What the page needs of a model to compare it with another."""
    return {
        "key": shelved.key,
        "title": shelved.title,
        "classes": shelved.classes,
        "metrics": shelved.metrics,
    }


def show_run(run_id: str, seed: int, runs: list[str]) -> tuple[Any, ...]:
    """Updates for Explorer.shown that bring a training's model into the explorer."""
    try:
        shelved = shelf.take(f"{shelf.RUN}{run_id}")
    except AttnGanError as error:
        return gr.skip(), gr.skip(), _problem(error), gr.skip(), gr.skip()
    kept = [*[one for one in runs if one != run_id], run_id][-KEPT_RUNS:]
    model = gr.Dropdown(choices=choices(kept), value=shelved.key)
    return model, *_shown(shelved, seed), kept


def choices(runs: list[str]) -> list[tuple[str, str]]:
    """Title and key of every bundled model and of a visitor's trainings that are still here."""
    found = [(key, key) for key in shelf.bundled()]
    for run_id in runs:
        try:
            shelved = shelf.take(f"{shelf.RUN}{run_id}")
        except AttnGanError:
            continue
        found.append((shelved.title, shelved.key))
    return found


def _class_choice(shelved: shelf.Shelved | None, label: int | None = None) -> gr.Dropdown:
    """The choice of a class: the component, and by gradio's custom also its update."""
    names = shelved.label_names if shelved else ()
    named = [
        (names[index] if index < len(names) else str(index), index)
        for index in range(shelved.classes if shelved else 0)
    ]
    return gr.Dropdown(
        choices=[(word("explore_every_class"), EVERY_CLASS), *named],
        value=EVERY_CLASS if label is None else label,
        visible=bool(named),
        label=word("explore_class"),
        elem_id="explorer-class",
        scale=2,
        min_width=140,
    )


def _shown(shelved: shelf.Shelved, seed: int) -> tuple[Any, Any, Any]:
    return (
        _class_choice(shelved),
        value_of(shelved, whole(seed, SEEDS - MOST_PICTURES + 1) or 0, None),
        gr.Button(visible=not shelved.attention),
    )


def _arrive(runs: Any, request: gr.Request) -> tuple[Any, ...]:
    """What a visitor who arrives sees: the trainings of before in the list, and what the address asks."""
    listed = choices([one for one in runs if isinstance(one, str)] if isinstance(runs, list) else [])
    asked = asked_of(request.query_params)
    if asked is None:
        return gr.Dropdown(choices=listed), gr.skip(), gr.skip(), gr.skip(), gr.skip()
    chosen = asked.model
    if chosen.key not in [key for _, key in listed]:
        listed.append((chosen.title, chosen.key))
    value: CanvasValue = value_of(chosen, asked.seed, asked.label) | {"asked": True, "unfit": not asked.fits}
    return (
        gr.Dropdown(choices=listed, value=chosen.key),
        _class_choice(chosen, asked.label),
        asked.seed,
        value,
        gr.Button(visible=not chosen.attention),
    )


def _problem(error: AttnGanError) -> CanvasValue:
    return {"url": "", "version": 0, "problem": str(error)}


def _show_model(key: str | None, seed: int) -> tuple[Any, Any, Any]:
    try:
        return _shown(shelf.take(key or ""), seed)
    except AttnGanError as error:
        return gr.skip(), _problem(error), gr.skip()


def _show_noise(key: str | None, seed: int, label: int) -> CanvasValue:
    try:
        shelved = shelf.take(key or "")
    except AttnGanError as error:
        return _problem(error)
    return value_of(shelved, whole(seed, SEEDS - MOST_PICTURES + 1) or 0, whole(label, shelved.classes))


def _show_new_noise(key: str | None, label: int) -> tuple[int, CanvasValue]:
    seed = random.randrange(RANDOM_SEEDS)
    return seed, _show_noise(key, seed, label)


def _show_attentive(seed: int) -> tuple[Any, Any, Any, Any]:
    for key in shelf.bundled():
        if shelf.take(key).attention:
            return key, *_show_model(key, seed)
    return gr.skip(), gr.skip(), _problem(AttnGanError("No bundled model has attention.")), gr.skip()
