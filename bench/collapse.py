"""Whether a training that is changed on the way goes wrong, when the guard notices, and if its cure holds.

    python bench/collapse.py discriminator_rate=x16 r1_weight=0 [--data faces] [--steps 360] [--at 90]
        [--seeds 0 1 2 3 4] [--threads 1]

A setting is changed by a factor (x16) or to a value, at one step, as whoever moves a slider does. One line a
seed: steps from the change to each rollback and its cause, how it ended, and what was measured last. Without
settings it is left alone, to compare with.
"""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

import torch

from attngan import data
from attngan.config import TrainConfig
from attngan.data.sources import kind_at
from attngan.events import Event, Failed, Finished, QualityMeasured, RolledBack, StepDone
from attngan.kinds.registry import KINDS, kind_of
from attngan.measure.metering import metered
from attngan.nn.batch import DataSet
from attngan.train.guard import guarded
from attngan.train.state import TrainState


def changes_of(settings: list[str], train: TrainConfig) -> dict[str, float]:
    """The new values of NAME=VALUE and NAME=xFACTOR."""
    changes = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        factor = value.startswith("x")
        changes[name] = getattr(train, name) * float(value[1:]) if factor else float(value)
    return changes


def state_of(name: str, items: DataSet, steps: int, seed: int) -> TrainState:
    """A new training of the default recipe on this data set."""
    preset = KINDS[kind_at(name)].presets["default"]
    plain = preset.model_config()
    model = preset.suited(kind_of(plain).fit(plain, items, conditional=False))
    return TrainState(model, preset.fitted(preset.train_config(None, steps, seed), len(items), model))


def changed(state: TrainState, items: DataSet, settings: list[str], at: int) -> Iterator[Event]:
    """The events of training, with the settings changed after step `at`."""
    for event in metered(guarded(state, items), state, items):
        if isinstance(event, StepDone) and event.step == at and not state.attempt and settings:
            state.config = state.config.steered(changes_of(settings, state.config))
        yield event


def follow(state: TrainState, items: DataSet, settings: list[str], at: int) -> dict[str, Any]:
    """What came of it."""
    rollbacks, taken, measured, ended, losses = [], 0, {}, "", (0.0, 0.0)
    for event in changed(state, items, settings, at):
        match event:
            case StepDone():
                taken += 1  # steps back are taken twice
                losses = event.generator_loss, event.discriminator_loss
            case RolledBack():
                rollbacks.append({"after": taken - at, "cause": event.cause, "to": event.to_step})
            case QualityMeasured():
                measured = event.values
            case Finished() | Failed():
                ended = event.event if isinstance(event, Finished) else f"failed: {event.cause}"
    return {
        "rollbacks": rollbacks,
        "ended": ended,
        "steps": state.step,
        "seconds": round(state.seconds, 1),
        "losses": [round(loss, 3) for loss in losses],
        "measured": {name: round(value, 3) for name, value in measured.items()},
    }


def main() -> None:
    """One line of JSON a seed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", nargs="*", help="NAME=VALUE or NAME=xFACTOR; none: left alone")
    parser.add_argument("--data", default="faces")
    parser.add_argument("--steps", type=int, default=360)
    parser.add_argument("--at", type=int, default=90)
    parser.add_argument("--seeds", type=int, nargs="+", default=range(5))
    parser.add_argument("--threads", type=int)
    chosen = parser.parse_args()
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    items = data.load(chosen.data)
    for seed in chosen.seeds:
        state = state_of(chosen.data, items, chosen.steps, seed)
        found = follow(state, items, chosen.settings, chosen.at)
        print(json.dumps({"settings": chosen.settings, "seed": seed} | found), flush=True)


if __name__ == "__main__":
    main()
