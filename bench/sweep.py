"""What a setting does: trains for a number of steps or seconds with it, and judges what it draws.

    python bench/sweep.py train.loss=hinge --steps 600 [--data digits] [--preset default] [--conditional]
        [--look 100] [--png FILE]
    python bench/sweep.py --each train.loss=hinge,logistic --steps 600 [--where ray:http://HOST:8265]

Any field of the model's settings and of TrainConfig can be set; `--look` judges on the way too. Steps
compare recipes on a busy machine, seconds need a quiet one. Digits are judged by bench/judge.py, other data
by attngan.measure. `--each` runs once for each value; with --where on a cluster, as many at once as fit.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

from judge import judge
from spread import spread

from attngan import data
from attngan.config import About
from attngan.data.sources import kind_at
from attngan.errors import AttnGanError
from attngan.events import Failed, Started, StepDone
from attngan.kinds.registry import KINDS, kind_of
from attngan.measure import evaluation
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.nn.players import gates
from attngan.nn.threads import set_threads
from attngan.run.addresses import backend_at
from attngan.run.backends import LOG
from attngan.train.loop import train
from attngan.train.state import TrainState

JUDGED = 2000  # pictures
SHOWN = 100  # items in the picture


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
    parser.add_argument("--preset", default="default")
    parser.add_argument("--look", type=int, help="steps from one judgement to the next")
    parser.add_argument("--conditional", action="store_true")
    parser.add_argument("--png", type=Path)
    parser.add_argument("--each", metavar="NAME=A,B", help="one more setting, and the values to run it with")
    parser.add_argument("--where", default="local", help="for --each: local, or ray:http://HOST:PORT")
    chosen = parser.parse_args()
    if chosen.each:
        try:
            run_each(chosen.each, chosen.where, sys.argv[1:])
        except AttnGanError as error:
            raise SystemExit(f"sweep: {error}") from error
        return
    items = data.load(chosen.data)
    preset = KINDS[kind_at(chosen.data)].presets[chosen.preset]
    plain = preset.model_config()
    model = preset.suited(kind_of(plain).fit(plain, items, chosen.conditional))
    model = model.with_(**values_of(chosen.settings, "model"))
    usual = preset.fitted(preset.train_config(chosen.seconds, chosen.steps), len(items), model)
    recipe = usual.with_(**values_of(chosen.settings, "train"))
    state = TrainState(model, recipe)
    set_threads(None, state.kind.threads)
    last = started = None
    for event in train(state, items):
        if isinstance(event, Failed):
            raise SystemExit(event.reason)
        started = event if isinstance(event, Started) else started
        last = event if isinstance(event, StepDone) else last
        if chosen.look and isinstance(event, StepDone) and event.step % chosen.look == 0:
            print(json.dumps({"steps": event.step} | judged(state, items)), flush=True)
    assert started is not None
    assert last is not None
    if chosen.png:
        drawn = sampling.items(model_of(state), range(SHOWN))
        chosen.png.write_bytes(state.kind.preview(drawn))
    told = {
        "settings": chosen.settings,
        "steps": state.step,
        "seconds": round(state.seconds, 1),
        "images_per_second": round(state.images / state.seconds),
        "precision": started.precision,
        "gates": {name: round(gate, 2) for name, gate in gates(state.generator)},
    }
    print(json.dumps(told | {"judged": judged(state, items)}))


def run_each(each: str, where: str, words: list[str]) -> None:
    """Run the same words with each value of one more setting, and print the line of each as it ends."""
    name, _, values = each.partition("=")
    rest = iter(words)
    kept = [word for word in rest if word not in ("--each", "--where") or next(rest) is None]
    parts = {
        f"{number}": ["bench/sweep.py", f"{name}={value}", *kept]
        for number, value in enumerate(values.split(","))
    }
    with tempfile.TemporaryDirectory() as place:
        for _, folder in spread(backend_at(where), parts, Path(place)):
            print((folder / LOG).read_text(encoding="utf-8").strip().splitlines()[-1], flush=True)


def model_of(state: TrainState) -> Model:
    """The averaged generator and the discriminator as they are now."""
    return Model(state.model, state.ema.eval(), state.discriminator, About())


def judged(state: TrainState, items: DataSet) -> dict[str, float]:
    """What the judge of digits, or else the evaluation, says of the model as it is now."""
    if items.name != "digits":
        found = evaluation.evaluate(model_of(state), items)
    else:
        classes = state.model.classes
        labels = [index % classes for index in range(JUDGED)] if classes else None
        found = judge(sampling.items(model_of(state), range(JUDGED), labels).numpy()[..., 0], labels)
    return {name: round(value, 3) for name, value in found.items()}


if __name__ == "__main__":
    main()
