"""Controls of the Explore tab and what they do; the picture itself is demo.canvas."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr

from attngan.errors import AttnGanError
from demo import shelf
from demo.canvas import CanvasValue, attention_canvas
from demo.explorer.link import View, check_text, label_of, view_of
from demo.explorer.studio import LONGEST_TEXT, MOST_PICTURES, SEEDS
from demo.explorer.value import value_of
from demo.own import QUIET, RAW, OwnRow, own_row
from demo.web import whole_below
from demo.words import names, word

EVERY_CLASS = -1
RANDOM_SEEDS = 1_000_000  # new noise is a number that a person can still read out
PANELS = ("effect", "edit", "wander", "compare", "keep")
KEPT_RUNS = 12  # of a visitor's trainings in the list of models


@dataclass(frozen=True)
class Explorer:
    """The tab's components, for whoever wants to show a model in it."""

    model: gr.Radio
    seed: gr.Number
    label: gr.Dropdown
    text: gr.Textbox
    canvas: gr.HTML
    offer: gr.Button
    runs: gr.BrowserState
    own: OwnRow

    @property
    def shown(self) -> list[Any]:
        """What `show_run` and the tab's own events answer for."""
        return [self.model, self.label, self.text, self.canvas, self.offer, self.runs]

    @property
    def arrival(self) -> list[Any]:
        """What `show_link` answers for."""
        return [self.model, self.label, self.text, self.seed, self.canvas, self.offer]


def build(page: gr.Blocks) -> Explorer:
    """The tab, inside `page`, which is the current gr.Blocks."""
    keys = shelf.bundled()
    first = shelf.take(keys[0]) if keys else None
    with gr.Row(elem_id="explorer-controls"):
        model = gr.Radio(
            choices=choices([]),
            value=first.key if first else None,
            label=word("explore_model"),
            elem_id="explorer-model",
            scale=3,
            min_width=160,
        )
        label, text = _class_choice(first), _text_box(first)
        seed = gr.Number(
            0,
            label=word("explore_seed"),
            info=word("explore_seed_info"),
            elem_id="explorer-seed",
            precision=0,
            minimum=0,
            maximum=SEEDS - MOST_PICTURES,
            scale=2,
            min_width=120,
        )
        noise = gr.Button(word("explore_noise"), elem_id="explorer-noise", scale=0, min_width=140)
        offer = gr.Button(
            word("explore_offer"),
            elem_id="explorer-offer",
            visible=bool(first and not first.attention),
            scale=0,
        )
    if not keys:
        gr.Markdown(word("explore_no_model"), elem_id="explorer-no-model")
    canvas = attention_canvas(
        "explorer-canvas",
        value_of(first, 0, None) if first else None,
        wander=True,
        recipe=True,
        panels=PANELS,
        judge=True,
    )
    own = own_row("explorer")
    runs = gr.BrowserState([], storage_key="attngan-runs", secret="attngan")
    explorer = Explorer(model, seed, label, text, canvas, offer, runs, own)

    shown = [label, text, canvas, offer]
    model.input(show_model, [model, seed, runs], shown, trigger_mode="always_last", **RAW)
    gr.on(
        [seed.input, label.input, text.change],  # gradio's input of a text is of keys alone, not of pasting
        _show_noise,
        [model, seed, label, text, runs],
        [canvas],
        trigger_mode="always_last",
        **RAW,
    )
    asked = [model, label, text, runs]
    noise.click(_show_new_noise, asked, [seed, canvas], trigger_mode="always_last", **RAW)
    offer.click(_show_attentive, [seed, runs], [model, *shown], **QUIET)
    page.load(_arrive, [runs, model, seed], explorer.arrival, **RAW)
    return explorer


def show_run(run_id: str, seed: int, runs: Any) -> tuple[Any, ...]:
    """Updates for Explorer.shown that bring a training's model into the explorer."""
    try:
        shelved = shelf.take(f"{shelf.RUN}{run_id}")
    except AttnGanError as error:
        return gr.skip(), gr.skip(), gr.skip(), _problem(error), gr.skip(), gr.skip()
    kept = remembered(runs, run_id)
    model = gr.Radio(choices=choices(kept), value=shelved.key)
    return model, *_shown(shelved, seed, kept), kept


def remembered(runs: Any, run_id: str) -> list[str]:
    """What a browser remembers of its trainings, with one more, the newest last."""
    return [*[one for one in known_runs(runs) if one != run_id], run_id][-KEPT_RUNS:]


def choices(runs: Sequence[str], *more: str | None) -> list[tuple[Any, str]]:
    """Title and key of every bundled model, of a visitor's trainings that are still here, and of `more`."""
    keys = [*shelf.bundled(), *(f"{shelf.RUN}{run}" for run in runs), *filter(None, more)]
    return [(_title_of(shelved), shelved.key) for shelved in shelf.present(keys)]


def _title_of(shelved: shelf.Shelved) -> Any:
    """What the list of models says, in the visitor's language where that is more than a name."""
    if shelved.key in shelf.HARD:
        return word(f"explore_hard_{shelved.key}")
    name = f"name_{shelved.key}"
    return word(name) if name in names.WORDS["en"] else shelved.title


def _class_choice(shelved: shelf.Shelved | None, label: int | str | None = None) -> gr.Dropdown:
    """The choice of a class: the component, and by gradio's custom also its update."""
    names = shelved.label_names if shelved else ()
    named = [
        (names[index] if index < len(names) else str(index), index)
        for index in range(shelved.classes if shelved else 0)
    ]
    return gr.Dropdown(
        choices=[(word("explore_every_class"), EVERY_CLASS), *named],
        value=label if isinstance(label, int) else EVERY_CLASS,
        visible=bool(named),
        label=word("explore_class"),
        elem_id="explorer-class",
        scale=2,
        min_width=140,
    )


def _text_box(shelved: shelf.Shelved | None, label: int | str | None = None) -> gr.Textbox:
    """What a model that reads a text is asked with: the component, and its update, as with the class."""
    return gr.Textbox(
        value=label if isinstance(label, str) else "",
        placeholder=next(iter(shelved.example_texts), "") if shelved else "",
        visible=bool(shelved and shelved.worded),
        label=word("explore_text"),
        info=word("explore_text_info"),
        elem_id="explorer-text",
        max_length=LONGEST_TEXT,
        lines=1,
        max_lines=1,
        scale=3,
        min_width=140,
    )


def _shown(shelved: shelf.Shelved, seed: int, runs: Any) -> tuple[Any, Any, Any, Any]:
    return (
        _class_choice(shelved),
        _text_box(shelved),
        value_of(shelved, _seed(seed), None, known_runs(runs)),
        gr.Button(visible=not shelved.attention),
    )


def _seed(given: Any) -> int:
    """A seed that a person typed, or 0 in place of what is none."""
    whole = int(given) if isinstance(given, float) and math.isfinite(given) else given
    return whole_below(SEEDS - MOST_PICTURES + 1, whole) or 0


def known_runs(runs: Any) -> list[str]:
    """The ids of trainings that a browser remembers; what it sends may be anything."""
    return [one for one in runs if isinstance(one, str)][-KEPT_RUNS:] if isinstance(runs, list) else []


def _arrive(runs: Any, key: Any, seed: Any, request: gr.Request) -> tuple[Any, ...]:
    """What a visitor who arrives sees: the trainings of before in the lists, and what the address asks."""
    known = known_runs(runs)
    compared = request.query_params.get("compare", "")
    if compared.startswith(shelf.RUN):  # who holds the link may see it
        known = [*known, compared.removeprefix(shelf.RUN)]
    view = view_of(request.query_params)
    if view is None:
        here = shelf.present([key] if known and isinstance(key, str) else [])
        value: Any = value_of(here[0], _seed(seed), None, known) if here else gr.skip()
        return gr.Radio(choices=choices(known)), gr.skip(), gr.skip(), gr.skip(), value, gr.skip()
    return _shown_link(view, known, {"asked": True})


def show_link(given: Any, runs: Any) -> tuple[Any, ...]:
    """Updates for Explorer.arrival that show what an address's query asks for: {"query": ...}."""
    query = given.get("query") if isinstance(given, dict) else None
    view = view_of(dict(parse_qsl(query))) if isinstance(query, str) else None
    if view is None:
        return tuple(gr.skip() for _ in range(6))
    return _shown_link(view, known_runs(runs), {"show": query})


def _shown_link(view: View, known: list[str], more: dict[str, Any]) -> tuple[Any, ...]:
    chosen = view.model
    listed = choices(known)
    if chosen.key not in [key for _, key in listed]:
        listed.append((_title_of(chosen), chosen.key))
    value: Any = value_of(chosen, view.seed, view.label, known) | {"unfit": not view.fits} | more
    return (
        gr.Radio(choices=listed, value=chosen.key),
        _class_choice(chosen, view.label),
        _text_box(chosen, view.label),
        view.seed,
        value,
        gr.Button(visible=not chosen.attention),
    )


def _problem(error: AttnGanError) -> CanvasValue:
    return {"url": "", "version": 0, "problem": str(error)}


def show_model(key: Any, seed: Any, runs: Any) -> tuple[Any, Any, Any, Any]:
    """Updates of class, text, canvas and offer for another model."""
    try:
        return _shown(_taken(key), seed, runs)
    except AttnGanError as error:
        return gr.skip(), gr.skip(), _problem(error), gr.skip()


def _taken(key: Any) -> shelf.Shelved:
    """The model of a key as a browser sent it; raises AttnGanError where there is none."""
    return shelf.take(key if isinstance(key, str) else "")


def _show_noise(key: Any, seed: Any, label: Any, text: Any, runs: Any) -> CanvasValue:
    try:
        shelved = _taken(key)
        asked = label_of(shelved, label, text)
        check_text(shelved, asked)
    except AttnGanError as error:
        return _problem(error)
    return value_of(shelved, _seed(seed), asked, known_runs(runs))


def _show_new_noise(key: Any, label: Any, text: Any, runs: Any) -> tuple[int, CanvasValue]:
    seed = random.randrange(RANDOM_SEEDS)
    return seed, _show_noise(key, seed, label, text, runs)


def _show_attentive(seed: int, runs: Any) -> tuple[Any, ...]:
    for key in shelf.bundled():
        if shelf.take(key).attention:
            return key, *show_model(key, seed, runs)
    problem = _problem(AttnGanError("No bundled model has attention."))
    return gr.skip(), gr.skip(), gr.skip(), problem, gr.skip()
