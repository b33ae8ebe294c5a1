"""Whom a training can race: the same without attention, by another recipe, otherwise set, or itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from attngan.config import TrainConfig
from attngan.errors import AttnGanError, shown
from demo.jobs import Request
from demo.train import suiting
from demo.train.choices import Choices
from demo.words import word

RECIPE = "recipe:"  # begins the key of a rival by another recipe; its name follows
SAME, BARE = "same", "bare"
# Changes to the settings as the recipe has them.
SETTINGS: Mapping[str, Callable[[TrainConfig], dict[str, float]]] = {
    "fast": lambda train: {
        "generator_rate": 2 * train.generator_rate,
        "discriminator_rate": 2 * train.discriminator_rate,
    },
    "slow": lambda train: {
        "generator_rate": train.generator_rate / 2,
        "discriminator_rate": train.discriminator_rate / 2,
    },
    "free": lambda train: {"r1_weight": 0.0},
    "steps": lambda train: {"discriminator_steps": 2},
}


@dataclass(frozen=True)
class RaceRow:
    """The controls with which a race is begun."""

    rival: gr.Dropdown
    start: gr.Button


def race_row() -> RaceRow:
    """The controls, folded away, with the rivals of the usual choices."""
    with gr.Accordion(word("train_race_title"), open=False, elem_id="train-rivals"):
        offered = rivals_for(Choices())
        rival = gr.Dropdown(
            choices=offered,
            value=offered[0][1],
            label=word("train_rival"),
            info=word("train_rival_info"),
            elem_id="train-rival",
        )
        start = gr.Button(word("train_race"), elem_id="train-race")
    return RaceRow(rival, start)


def rivals_for(choices: Choices) -> list[tuple[Any, str]]:
    """Title and key of whom these choices can race, those without attention first."""
    recipe = suiting.recipe_of(choices)
    recipes = [name for name in suiting.recipes_for(choices) if name != choices.recipe]
    bare = [BARE] if "attention" in recipe.takes and choices.attention else []
    game = [] if recipe.train_config(60, None).loss == "taught" else ["free", "steps"]
    settings = [name for name in SETTINGS if name in ("fast", "slow", *game)]
    others = [(title, RECIPE + name) for title, name in suiting.titled(recipes, choices.kind)]
    own = [(word(f"train_rival_{name}"), name) for name in (*settings, SAME)]
    return [*[(word(f"train_rival_{name}"), name) for name in bare], *others, *own]


def show(choices: Choices, chosen: Any) -> Any:
    """An update of the list for other choices; what still fits stays chosen."""
    offered = rivals_for(choices)
    kept = chosen if chosen in [key for _, key in offered] else offered[0][1]
    return gr.Dropdown(choices=offered, value=kept)


def rival_of(choices: Choices, key: Any) -> Request:
    """What the rival of this key is asked for with; raises AttnGanError for one that does not suit these."""
    known = [name for _, name in rivals_for(choices)]
    if key not in known:
        raise AttnGanError(f"This training cannot race {shown(key, 40)}: choose one of {', '.join(known)}.")
    if key == BARE:
        return replace(choices, attention=()).request()
    if key.startswith(RECIPE):
        other = replace(choices, recipe=key.removeprefix(RECIPE))
        return replace(other, attention=suiting.usual_sizes(other)).request()
    request = choices.request()
    if key == SAME:
        return request
    train = request.recipe.train_config(request.seconds, None, request.seed)
    return request.with_(changes=SETTINGS[key](train))
