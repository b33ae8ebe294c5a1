"""All texts of the page in English and Simplified Chinese: one module of words per tab, merged here.

A module of words holds `WORDS = {"en": {key: text}, "zh-CN": {key: text}}`; its keys start with the
tab's name ("explore_model", "train_start"). `word("train_start")` is what a component takes as its label.
"""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from demo.words import (
    advice,
    answers,
    beside,
    canvas,
    compare,
    discriminator,
    edit,
    effect,
    explore,
    glossary,
    keep,
    layers,
    learn,
    lesson,
    live,
    look,
    measures,
    names,
    notes,
    own,
    places,
    race,
    rows,
    second,
    shell,
    steer,
    train,
    truth,
    wander,
)

LANGUAGES = ("en", "zh-CN")
MODULES = (shell, explore, names, train, own)
# What the attention canvas speaks by itself, in the browser; and each panel, where it has it.
STAGE = (canvas, layers, look, places, beside, rows, second, answers, glossary, names, discriminator)
MEASURED = (measures, glossary.measures)
PANELS = {
    "effect": (effect, *MEASURED),
    "edit": (edit, truth),
    "wander": (wander,),
    "compare": (compare, *MEASURED),
    "keep": (keep,),
}
CANVAS = tuple(dict.fromkeys([*STAGE, *(module for modules in PANELS.values() for module in modules)]))
# What the Train tab's panel speaks, its notes, and Learn, with all words of the glossary.
LIVE = (live, layers, race, steer, advice, lesson, glossary, *MEASURED)
NOTES = (notes,)
LEARN = (learn, glossary, *MEASURED)


def merged(modules: Sequence[Any] | None = None) -> dict[str, dict[str, str]]:
    """Language -> key -> text over modules (default MODULES); raises ValueError where two use one key."""
    texts: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for module in MODULES if modules is None else modules:
        for language in LANGUAGES:
            clash = texts[language].keys() & module.WORDS[language].keys()
            if clash:
                raise ValueError(f"words used twice: {sorted(clash)}")
            texts[language] |= module.WORDS[language]
    return texts


def explained(module: Any) -> dict[str, dict[str, str]]:
    """Language -> key -> text of a module, with what the glossary says of the terms that it marks alone."""
    texts = merged([module])
    for language, said in texts.items():
        marked = {name for text in said.values() for name, _ in glossary.MARK.findall(text)}
        for name in sorted(marked):
            said |= glossary.texts_of(name, glossary.TERMS[language][name])
    return texts


def offered() -> dict[str, dict[str, str]]:
    """The texts by every locale that a browser may name for one of the languages."""
    texts = {
        language: {key: glossary.linked(text) for key, text in said.items()}
        for language, said in merged().items()
    }
    return texts | dict.fromkeys(("zh", "zh-TW"), texts["zh-CN"])


word = gr.I18n(**offered())
