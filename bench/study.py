"""The attention study: attention against what has as many parameters, and against nothing, in equal time.

    python bench/study.py --seconds 60 --seeds 3 --out runs/attention-study [--write] [--where ray:http://HOST:8265]

The runs of one data set and seed take turns (attngan.train.race), so that a machine that slows down slows
all of them alike. A finished run is a line of OUT/runs.jsonl; a rerun makes only those that are missing.
Nothing else should run. With --where each data set and seed is a job of a cluster, which it shares with
nobody but its own runs. docs/attention-study.md says what is asked and how to read the answer.
"""

import argparse
import hashlib
import json
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

import numpy as np
import study_figures
import study_report
import torch
from spread import spread
from study_subjects import NOISE, SUBJECTS

from attngan import data
from attngan.config import About, ModelConfig, TrainConfig
from attngan.errors import AttnGanError
from attngan.events import Failed
from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.registry import KINDS, kind_of
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.nn.players import gates
from attngan.nn.threads import set_threads
from attngan.run.addresses import backend_at
from attngan.storage import write_file
from attngan.train.loop import train
from attngan.train.race import Racer, in_turns
from attngan.train.state import TrainState

DATA = ("twins", "mirror", "faces", "letters", "digits")
ARMS = tuple(dict.fromkeys(arm for subject in SUBJECTS.values() for arm in subject.arms))


@dataclass(frozen=True)
class Plan:
    """One run: what it learns, in which arm, and all of its settings."""

    data: str
    arm: str
    noise: str
    model: ModelConfig
    train: TrainConfig
    samples: int  # items measured

    @property
    def settings(self) -> dict[str, Any]:
        """What makes this run this run, as it stands in its line."""
        names = {"data": self.data, "arm": self.arm, "noise": self.noise, "samples": self.samples}
        return names | {
            "model": self.model.model_dump(mode="json"),
            "train": self.train.model_dump(mode="json"),
        }

    @property
    def picture(self) -> str:
        """Name of the file with its pictures, another one for other settings."""
        mark = hashlib.sha256(json.dumps(self.settings, sort_keys=True).encode()).hexdigest()[:12]
        return f"{self.data}-{self.arm}-{self.noise}-{self.train.seed}-{mark}.npy"


def plans(chosen: argparse.Namespace, items: dict[str, DataSet]) -> list[Plan]:
    """All runs of the study, those that take turns next to each other; each data set has arms of its own."""
    return [
        plan_of(chosen, items[name], name, arm, noise, seed)
        for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds)
        for name in chosen.data
        for noise in chosen.noise
        for arm in chosen.arms
        if noise in SUBJECTS[name].noises and arm in SUBJECTS[name].arms
    ]


def plan_of(chosen: argparse.Namespace, items: DataSet, name: str, arm: str, noise: str, seed: int) -> Plan:
    """One run as the default recipe has it, but for arm and noise."""
    preset = KINDS[items.kind].presets["default"]
    plain = preset.model_config(chosen.size, chosen.attention)
    model = kind_of(plain).fit(plain, items, conditional=False)
    if chosen.attention is None:
        model = preset.suited(model)
    recipe = preset.fitted(preset.train_config(chosen.seconds, None, seed), len(items), model)
    model = model.with_(**NOISE[noise] | dict(SUBJECTS[name].arms[arm]))
    return Plan(name, arm, noise, model, recipe, chosen.samples)


def main() -> None:
    """Make the runs that are missing, then tell of all that were asked for."""
    chosen = options().parse_args()
    try:
        study(chosen)
    except AttnGanError as error:
        raise SystemExit(f"study: {error}") from error


def study(chosen: argparse.Namespace) -> None:
    """The whole study; raises AttnGanError for what cannot be, before anything is trained."""
    if chosen.write is not None:
        study_report.check_section(chosen.write)
    size = chosen.size or AttnganConfig().image_size
    items = {name: data.load(name, size) for name in chosen.data}
    planned = plans(chosen, items)
    if idle := items.keys() - {plan.data for plan in planned}:
        raise AttnGanError(
            f"These arms and this late noise leave nothing to do for {', '.join(sorted(idle))}."
        )
    folder = chosen.out
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    log = folder / "runs.jsonl"
    missing = [plan for plan in planned if found(log, plan) is None]
    minutes = sum(plan.train.seconds or 0 for plan in missing) / 60
    print(f"{len(planned)} runs, {len(missing)} to make: {minutes:.0f} minutes of training", flush=True)
    if chosen.where != "local":
        elsewhere(chosen, missing)
        missing = []
    while missing:
        first = missing[0]
        group = [one for one in missing if (one.data, one.train.seed) == (first.data, first.train.seed)]
        missing = [one for one in missing if one not in group]
        for plan, result, images in together(group, items[first.data]):
            np.save(folder / "pictures" / plan.picture, images)
            line = json.dumps({"settings": plan.settings, "result": result}) + "\n"
            add_lines(log, line.encode())
            told = ", ".join(
                f"{name} {result[name]:.3g}" for name in ("rate", "fd", "two_sample") if name in result
            )
            told = result.get("failed") or told
            print(f"{plan.data} {plan.arm} {plan.noise} seed {plan.train.seed}: {told}", flush=True)
    runs = [
        study_report.Run(
            plan.data,
            plan.arm,
            plan.noise,
            plan.train.seed,
            found(log, plan) or {},
            np.load(folder / "pictures" / plan.picture),
        )
        for plan in planned
    ]
    anchors = {name: SUBJECTS[name].references(one, chosen.samples) for name, one in items.items()}
    command = shlex.join(["python", "bench/study.py", *sys.argv[1:]])
    print(study_report.report(folder, runs, anchors, command, chosen.write))
    if chosen.write is not None:
        study_figures.write()


def elsewhere(chosen: argparse.Namespace, missing: list[Plan]) -> None:
    """Make the missing runs on a cluster, those that take turns in one job; raises AttnGanError."""
    groups = dict.fromkeys((plan.data, plan.train.seed) for plan in missing)
    options = [
        *("--seconds", f"{chosen.seconds:g}", "--samples", str(chosen.samples), "--seeds", "1", "--out", "."),
        *(["--size", str(chosen.size)] if chosen.size else []),
        *(["--attention", *map(str, chosen.attention)] if chosen.attention else []),
    ]
    parts = {}
    for data_set, seed in groups:
        plans_of = [plan for plan in missing if (plan.data, plan.train.seed) == (data_set, seed)]
        arms, noises = (
            dict.fromkeys(values) for values in zip(*((p.arm, p.noise) for p in plans_of), strict=True)
        )
        chosen_of = ["--data", data_set, "--first-seed", str(seed), "--arms", *arms, "--noise", *noises]
        parts[f"{data_set}-{seed}"] = ["bench/study.py", *chosen_of, *options]
    for name, folder in spread(backend_at(chosen.where), parts, chosen.out / "parts"):
        for picture in (folder / "pictures").glob("*.npy"):
            shutil.copyfile(picture, chosen.out / "pictures" / picture.name)
        add_lines(chosen.out / "runs.jsonl", (folder / "runs.jsonl").read_bytes())
        print(f"{name} is here", flush=True)


def add_lines(log: Path, lines: bytes) -> None:
    """Add whole lines to a file, or nothing."""
    write_file(log, (log.read_bytes() if log.exists() else b"") + lines)


def found(log: Path, plan: Plan) -> dict[str, Any] | None:
    """The result of exactly this run, or None."""
    wanted = json.loads(json.dumps(plan.settings))
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        said: dict[str, Any] = json.loads(line)
        if said["settings"] == wanted:
            return said["result"]
    return None


def together(group: list[Plan], items: DataSet) -> Iterator[tuple[Plan, dict[str, Any], np.ndarray]]:
    """Each run of a group with its result and what it shows, uint8 (N, H, W, C), trained in turns."""
    SUBJECTS[group[0].data].prepare(items)
    states = [TrainState(plan.model, plan.train) for plan in group]
    set_threads(None, states[0].kind.threads)
    failures = {
        index: event.reason
        for index, event in in_turns([Racer(state, items, train(state, items)) for state in states])
        if isinstance(event, Failed)
    }
    for index, (plan, state) in enumerate(zip(group, states, strict=True)):
        result, images = measure(plan, state, items)
        if index in failures:
            result = {"failed": failures[index], "steps": state.step}
        yield plan, result, images


def measure(plan: Plan, state: TrainState, items: DataSet) -> tuple[dict[str, Any], np.ndarray]:
    """What a trained run came to, and what it shows."""
    model = Model(plan.model, state.ema.eval(), state.discriminator, About())
    subject = SUBJECTS[plan.data]
    told = {
        "steps": state.step,
        "images_per_second": state.images / state.seconds,
        "parameters": sum(value.numel() for value in state.generator.parameters()),
        "gates": dict(gates(state.ema)),
        "precision": state.precision,
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }
    return subject.measure(model, items, plan.samples) | told, subject.shown(model)


def options() -> argparse.ArgumentParser:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    several = {
        "data": (SUBJECTS, DATA),
        "arms": (ARMS, ARMS),
        "noise": (NOISE, ("none", "late")),
    }
    for name, (known, usual) in several.items():
        parser.add_argument(
            f"--{name}", nargs="+", choices=tuple(known), default=list(usual), metavar="NAME",
            help=f"out of {', '.join(known)}; default: {' '.join(usual)}",
        )  # fmt: skip
    parser.add_argument("--seconds", type=float, default=60.0, help="of training a run")
    parser.add_argument("--seeds", type=_at_least(1), default=3, help="number of seeds")
    parser.add_argument("--first-seed", type=int, default=0, help="the one they begin with")
    parser.add_argument("--where", default="local", help="local, or ray:http://HOST:PORT")
    parser.add_argument("--samples", type=_at_least(8), default=2000, help="items measured a run")
    parser.add_argument("--size", type=int, help="pixels of a picture")
    parser.add_argument("--attention", type=int, nargs="+", help="feature-map sizes of the block")
    parser.add_argument("--out", type=Path, default=Path("runs/attention-study"), metavar="FOLDER")
    parser.add_argument(
        "--write", nargs="?", const="main", metavar="SECTION",
        help="put the tables into this section of docs/attention-study.md (default: main)",
    )  # fmt: skip
    return parser


def _at_least(least: int) -> Any:
    def number(text: str) -> int:
        if (value := int(text)) < least:
            raise argparse.ArgumentTypeError(f"must be {least} or more, not {value}")
        return value

    return number


if __name__ == "__main__":
    main()
