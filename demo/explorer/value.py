"""What the canvas is told of a model: where its frames are, what it can be compared with, its address."""

from collections.abc import Sequence
from typing import Any

from attngan.kinds.registry import name_of
from demo import shelf, web
from demo.canvas import CanvasValue
from demo.explorer.study import study_of
from demo.explorer.word_maps import word_maps_of


def value_of(
    shelved: shelf.Shelved, seed: int, label: int | str | None, runs: Sequence[str] = ()
) -> CanvasValue:
    """What the canvas is told to show the grid of a model's samples; `runs` can be compared with too."""
    others = [*shelf.bundled(), *(f"{shelf.RUN}{run}" for run in runs), shelved.key]
    recipe: dict[str, str | int] = {"model": shelved.key, "seed": seed}
    if label is not None:
        recipe["text" if shelved.worded else "class"] = label
    value: CanvasValue = {
        "url": web.frame_url(shelved.key, seed, shelved.config.shown, label),
        "version": shelved.version,
        "single": f"{web.single_url(shelved.key)}&v={shelved.version}",  # a training goes on drawing
        "credit": shelved.credit,
        "names": list(shelved.label_names),
        "study": study_of(shelved.data),
        "others": [_compared(one) for one in shelf.present(others) if _make_alike(one, shelved)],
        "recipe": recipe,
        "hard": shelved.key in shelf.HARD,
    }
    steps = shelf.steps_of(shelved.key) if seed == 0 and label is None else []
    if measured := word_maps_of(shelved):
        value["wordMaps"] = measured
    if steps:  # of the noise that trainings keep drawing
        value["timeline"] = {"url": web.steps_url(shelved.key), "steps": steps}
    return value


def _make_alike(one: shelf.Shelved, other: shelf.Shelved) -> bool:
    """Whether both make the same kind of thing, of the same data where that decides its form."""
    alike = name_of(one.config) == name_of(other.config)
    return alike and (one.data == other.data or not one.config.is_of_its_data)


def _compared(shelved: shelf.Shelved) -> dict[str, Any]:
    """What the page needs of a model to compare it with another."""
    return {
        "key": shelved.key,
        "title": shelved.title,
        "data": shelved.data,
        "classes": shelved.classes,
        "worded": shelved.worded,
        "version": shelved.version,
        "figures": {"steps": shelved.steps, "seconds": shelved.seconds, **shelved.metrics},
        "real": dict(shelved.real),
    }
