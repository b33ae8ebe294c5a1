"""What suits the chosen data: the recipes, and the controls that are shown; nothing else is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import gradio as gr

from attngan.config import nearest
from attngan.data import catalogue, sources
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import ATTENTION_SIZES
from attngan.kinds.pictures.presets import PicturePreset
from attngan.kinds.registry import KINDS
from attngan.presets import Preset
from demo import web
from demo.jobs import UPLOADED, USUAL
from demo.train.choices import Choices
from demo.words import train as texts
from demo.words import word

NAMES = ("recipe", "size", "square", "attention")  # of the controls of `shown`


def of_program(data: object, recipe: object, size: object, **more: Any) -> Choices:
    """What a program chooses by names; where it says nothing of attention, that stands where the recipe has
    it. Raises AttnGanError for own data, and for a recipe that does not suit the data.
    """
    choices = Choices(data=web.text(data), recipe=web.text(recipe), size=web.whole(size), **more)
    if choices.data == UPLOADED:
        raise AttnGanError("Own data are for the page or the command.")
    names = [source.name for source in catalogue()]
    if choices.data not in names:  # first: nobody outside chooses which file is looked into
        raise AttnGanError(f"data {choices.data[:80]!r} is not known: {nearest(choices.data, names)}")
    known = recipes_for(choices)
    if choices.recipe not in known:
        raise AttnGanError(
            f"There is no recipe {choices.recipe!r:.40} for {choices.data:.40}: give {', '.join(known)}."
        )
    return choices if "attention" in more else replace(choices, attention=usual_sizes(choices))


def data_sets() -> list[tuple[Any, str]]:
    """The choices of data: what the library knows by name, what is downloaded last, then one's own."""
    known = sorted(catalogue(), key=lambda source: source.needs_network)
    named = [(_title_of(f"train_data_{source.name}", source.title), source.name) for source in known]
    return [*named, (word(f"train_data_{UPLOADED}"), UPLOADED)]


def recipes_for(choices: Choices) -> Mapping[str, Preset]:
    """The recipes by their names: those of the kind, of which only some know captions."""
    known, captioned = KINDS[choices.kind].presets, _captioned(choices)
    return {name: one for name, one in known.items() if "captions" in one.takes or not captioned}


def recipe_of(choices: Choices) -> Preset:
    """The chosen recipe, or the usual one where it does not suit the data."""
    return recipes_for(choices).get(choices.recipe) or recipes_for(choices)[USUAL]


def titled(recipes: Iterable[str], kind: str) -> list[tuple[Any, str]]:
    """The choices of recipes of a kind."""
    known = KINDS[kind].presets
    return [
        (_title_of(f"train_recipe_{name.replace('-', '_')}", known[name].title), name) for name in recipes
    ]


def sizes_for(image_size: int) -> list[tuple[str, int]]:
    """Choices of feature maps that may have attention in a network of this picture size."""
    return [(f"{size} px", size) for size in ATTENTION_SIZES if size < image_size]


def shown(choices: Choices) -> tuple[Any, ...]:
    """Updates of the controls of NAMES for other data; what suits these stays as it was chosen."""
    recipes, recipe = recipes_for(choices), recipe_of(choices)
    name = choices.recipe if choices.recipe in recipes else USUAL
    sized, own = "size" in recipe.takes, choices.data == UPLOADED
    others = _sizes(choices, not _captioned(choices))  # where they are ticked nobody chose them
    attention = show_recipe if name != choices.recipe or tuple(choices.attention) == others else show_sizes
    info = "captions" if len(recipes) < len(KINDS[choices.kind].presets) else choices.kind
    return (
        gr.Dropdown(
            choices=titled(recipes, choices.kind), value=name, info=word(f"train_recipe_info_{info}")
        ),
        gr.Radio(value=choices.size, visible=when(sized)),
        gr.Radio(value=choices.square, visible=when(sized and own)),
        attention(replace(choices, recipe=name)),
    )


def show_sizes(choices: Choices) -> Any:
    """An update of the attention choices for another picture size; what still fits stays ticked."""
    takes = recipe_of(choices).takes
    if "size" not in takes:
        return gr.CheckboxGroup(visible=when(False))
    sizes = sizes_for(choices.size) if "attention" in takes else []
    fitting = {value for _, value in sizes}
    ticked = [chosen for chosen in choices.attention if chosen in fitting]
    return gr.CheckboxGroup(choices=sizes, value=ticked, visible=when(bool(sizes)))


def show_recipe(choices: Choices) -> Any:
    """An update of the attention choices for another recipe; its own are ticked."""
    return show_sizes(replace(choices, attention=usual_sizes(choices)))


def when(asked: bool) -> Any:
    """Whether a control is seen; one that is not keeps its value in the page."""
    return True if asked else "hidden"


def usual_sizes(choices: Choices) -> tuple[int, ...]:
    """Where the recipe's own networks have attention, for these data."""
    return _sizes(choices, _captioned(choices))


def _captioned(choices: Choices) -> bool:
    source = sources.find(choices.data)
    return source is not None and source.captioned


def _sizes(choices: Choices, captioned: bool) -> tuple[int, ...]:
    recipe = recipe_of(choices)
    if not isinstance(recipe, PicturePreset):
        return ()
    model = recipe.model_config(choices.size)
    return (model.with_(**recipe.model_words) if captioned else model).generator_attention


def _title_of(key: str, title: str) -> Any:
    """The page's own words for a data set or a recipe, else what the library calls it."""
    return word(key) if key in texts.WORDS["en"] else title
