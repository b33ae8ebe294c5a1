"""How good pictures are after some seconds: ours against the recipes of the papers, in one run.

    python bench/quality.py [--seconds 30,60,120] [--data digits,faces] [--json] [--png FILE]

Ours is trained anew for each budget, since its rates follow the budget. The papers' rates do not: each trains
once for the longest budget and is judged on the way, with its clock stopped. Distances are those of
measure.metrics, for 2000 pictures. Nothing else should run; with the defaults it takes about 17 minutes.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

import matplotlib.figure
import numpy as np
import torch

from attngan import data, presets
from attngan.config import About
from attngan.data import ImageSet
from attngan.events import Failed
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.pictures.sheet import sheet
from attngan.measure import evaluation
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.train.loop import train
from attngan.train.state import TrainState

OURS = "default"
PAPERS = ("dcgan-2015", "sagan-2018")
SHOWN = 16  # pictures of each in the contact sheet


@dataclass(frozen=True)
class Judged:
    """What a recipe came to on some data after so many seconds."""

    data: str
    recipe: str
    seconds: float
    steps: int
    found: dict[str, float]
    pictures: np.ndarray  # uint8 (SHOWN, H, W, C)


def new_state(recipe: str, seconds: float, pictures: ImageSet, seed: int) -> TrainState:
    """Untrained networks of a recipe for these pictures, without classes."""
    preset = presets.find(recipe, PRESETS)
    model = PICTURES.fit(preset.model_config(pictures.image_size), pictures, conditional=False)
    config = preset.train_config(seconds, None, seed)
    return TrainState(model, preset.fitted(config, len(pictures), model))


def trained(state: TrainState, pictures: ImageSet, recipe: str, seconds: float) -> Judged:
    """Train until `seconds` of training in all, then judge; one that fails is judged as it was."""
    state.config = state.config.with_(seconds=seconds)
    for event in train(state, pictures):
        if isinstance(event, Failed):
            print(f"{recipe}: {event.reason}")
    model = Model(state.model, state.ema.eval(), state.discriminator, About())
    shown = sampling.items(model, range(SHOWN)).numpy()
    found = evaluation.evaluate(model, pictures)
    return Judged(pictures.name, recipe, seconds, state.step, found, shown)


def judgements(pictures: ImageSet, budgets: list[float], seed: int) -> Iterator[Judged]:
    """Ours and the papers' after each of the budgets."""
    for seconds in budgets:
        yield trained(new_state(OURS, seconds, pictures, seed), pictures, OURS, seconds)
    for recipe in PAPERS:
        state = new_state(recipe, budgets[-1], pictures, seed)
        for seconds in budgets:
            yield trained(state, pictures, recipe, seconds)


def told(one: Judged) -> str:
    """One row of the table."""
    values = (f"{one.found[name]:9.3f}" for name in ("fd", "kd", "precision", "recall", "memorisation"))
    return f"{one.data:10} {one.recipe:12} {one.seconds:5.0f} s {one.steps:6} steps " + " ".join(values)


def factors(judged: list[Judged]) -> dict[str, dict[str, float]]:
    """By data and budget of ours: the Frechet distance of the best paper at its longest over that of ours."""
    found: dict[str, dict[str, float]] = {}
    longest = max(one.seconds for one in judged)
    for name in dict.fromkeys(one.data for one in judged):
        mine = [one for one in judged if one.data == name and one.recipe == OURS]
        theirs = [
            one.found["fd"]
            for one in judged
            if one.data == name and one.recipe in PAPERS and one.seconds == longest
        ]
        found[name] = {f"{one.seconds:g}": min(theirs) / one.found["fd"] for one in mine}
    return found


def contact_sheet(judged: list[Judged], file: Path) -> None:
    """A strip of pictures for each, named."""
    figure = matplotlib.figure.Figure(figsize=(8, 0.75 * len(judged)), layout="constrained")
    for axes, one in zip(figure.subplots(len(judged), squeeze=False)[:, 0], judged, strict=True):
        axes.imshow(sheet(one.pictures, columns=SHOWN), cmap="gray")
        axes.set_title(f"{one.data}, {one.recipe}, {one.seconds:g} s: fd {one.found['fd']:.2f}", fontsize=7)
        axes.axis("off")
    figure.savefig(file, dpi=150)


def main() -> None:
    """Train, judge, print as it goes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", default="30,60,120", help="budgets, such as 30,60,120")
    parser.add_argument("--data", default="digits,faces", help="names of data sets")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--png", type=Path)
    chosen = parser.parse_args()
    budgets = sorted(map(float, chosen.seconds.split(",")))
    judged = []
    if not chosen.json:
        print(f"{torch.get_num_threads()} threads, {torch.__version__}")
        print(" " * 43 + "fd        kd precision    recall memorisation")
    for name in chosen.data.split(","):
        for one in judgements(data.load(name), budgets, chosen.seed):
            judged.append(one)
            if not chosen.json:
                print(told(one), flush=True)
    if chosen.png:
        contact_sheet(judged, chosen.png)
    if chosen.json:
        rows = [
            {"data": one.data, "recipe": one.recipe, "seconds": one.seconds, "steps": one.steps} | one.found
            for one in judged
        ]
        print(json.dumps({"judged": rows, "factors": factors(judged)}))
        return
    for name, by_budget in factors(judged).items():
        for seconds, factor in by_budget.items():
            longest = f"{budgets[-1]:g} s"
            print(f"{name}: the best paper's fd at {longest} is {factor:.1f} times ours at {seconds} s")


if __name__ == "__main__":
    main()
