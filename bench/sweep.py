"""What a setting does: trains for a number of steps or seconds with it, and judges what it draws.

    python bench/sweep.py train.loss=hinge --steps 600 [--data digits] [--conditional] [--png FILE]

Any field of AttnganConfig and TrainConfig can be set. Steps compare recipes on a busy machine, seconds
need a quiet one. Digits are judged by bench/judge.py, other data by attngan.measure.metrics.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

from judge import judge

from attngan import data
from attngan.config import About
from attngan.events import Failed, Started, StepDone
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.pictures.sheet import sheet
from attngan.measure import evaluation
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.players import gates
from attngan.train.loop import train
from attngan.train.state import TrainState

JUDGED = 2000  # pictures


def values_of(settings: list[str], part: str) -> dict[str, Any]:
    """The values of `part.name=value` settings, read as JSON where they are JSON."""
    values = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name.startswith(f"{part}."):
            try:
                values[name.removeprefix(f"{part}.")] = json.loads(value)
            except json.JSONDecodeError:
                values[name.removeprefix(f"{part}.")] = value
    return values


def main() -> None:
    """Train, draw, judge, print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", nargs="*")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--data", default="digits", help="name of a data set")
    parser.add_argument("--conditional", action="store_true")
    parser.add_argument("--png", type=Path)
    chosen = parser.parse_args()
    pictures = data.load(chosen.data)
    preset = PRESETS["default"]
    fitting = PICTURES.fit(preset.model_config(), pictures, chosen.conditional)
    model = fitting.with_(**values_of(chosen.settings, "model"))
    classes = model.classes
    usual = preset.fitted(preset.train_config(chosen.seconds, chosen.steps), len(pictures))
    recipe = usual.with_(**values_of(chosen.settings, "train"))
    state = TrainState(model, recipe)
    last = started = None
    for event in train(state, pictures):
        if isinstance(event, Failed):
            raise SystemExit(event.reason)
        started = event if isinstance(event, Started) else started
        last = event if isinstance(event, StepDone) else last
    assert started is not None
    assert last is not None
    drawn = Model(model, state.ema.eval(), state.discriminator, About())
    labels = [i % classes for i in range(JUDGED)] if classes else None
    images = sampling.items(drawn, range(JUDGED), labels).numpy()
    if chosen.png:
        sheet(images[:100]).save(chosen.png)
    digits = chosen.data == "digits"
    found = judge(images[..., 0], labels) if digits else evaluation.evaluate(drawn, pictures)
    told = {
        "settings": chosen.settings,
        "steps": state.step,
        "seconds": round(state.seconds, 1),
        "images_per_second": round(state.images / state.seconds),
        "precision": started.precision,
        "gates": {name: round(gate, 2) for name, gate in gates(state.generator)},
    }
    print(json.dumps(told | {"judged": {name: round(value, 3) for name, value in found.items()}}))


if __name__ == "__main__":
    main()
