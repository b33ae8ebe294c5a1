"""Whether two processes train what one trains: each of 200 steps in both ways, whole trainings, and speed.

    python bench/ranks.py [--steps 200] [--size 32] [--only digits] [--part each free] [--precision float32]

*each*: every step is taken by one process, taken back, and taken by two, which go on from there. Prints how
far the losses are apart at most, and the gradients of a network as a part of their length. In float32 Adam
takes steps of full length along gradients that are nothing but rounding (of a bias that no difference of
logits hears), and the generator's loss, which comes after the discriminator's step, is as far apart as these;
in float64 rounding is too small for that.

*free*: whole trainings, each by itself. Rounding grows until they are others: by one process in several
threads, by one in one thread, and by two. Prints how far they are apart up to some steps, and the speed. Two
processes here share the cores that one has alone.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attngan.tuning import tune_process

tune_process()  # before torch is imported

import torch
from doubles import in_float64
from torch import Tensor

from attngan import data
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.registry import kind_of
from attngan.nn import ranks
from attngan.nn.batch import DataSet
from attngan.train import orders
from attngan.train.groups import look_alikes
from attngan.train.loop import train_step
from attngan.train.orders import Leader
from attngan.train.state import TrainState

SUBJECTS = {"digits": True, "faces": False}  # with classes; without them, groups of look-alikes
UNTIL = (10, 50, 100, 200)  # steps


def prepared(name: str, given: argparse.Namespace) -> tuple[TrainState, DataSet]:
    """A training by the default recipe in float32, or what stands for it."""
    recipe = PRESETS["default"]
    model = recipe.model_config(given.size)
    items = data.load(name, **kind_of(model).reading(model))
    model = kind_of(model).fit(model, items, conditional=SUBJECTS[name])
    config = recipe.fitted(recipe.train_config(None, given.steps), len(items), model)
    state = TrainState(model, config.with_(precision="float32"))
    if model.clusters:
        state.groups, state.shares = look_alikes(state.kind, items, model.clusters)
        for generator in (state.generator, state.ema):
            generator.get_buffer("shares").copy_(state.shares)
    return state, items


def free(state: TrainState, items: DataSet) -> dict[str, Any]:
    """Losses and seconds of every step."""
    losses, seconds, leader = [], [], Leader(state)
    while state.progress < 1:
        began = time.perf_counter()
        with leader.step():
            losses.append(train_step(state, items))
        seconds.append(time.perf_counter() - began)
    return {"losses": losses, "seconds": seconds}


def each(state: TrainState, items: DataSet) -> dict[str, Any]:
    """How far every step alone is from the same by all: losses of generator and discriminator, gradients of
    discriminator and generator.
    """
    noted: list[Tensor] = []
    averaged = ranks.averaged

    def noting(gradients: Sequence[Tensor]) -> Sequence[Tensor]:
        found = averaged(gradients)
        noted.append(torch.cat([gradient.flatten() for gradient in found]))
        return found

    ranks.averaged = noting
    leader, apart = Leader(state), []
    while state.progress < 1:
        before = torch.utils._pytree.tree_map_only(Tensor, torch.clone, state.state_dict())
        noted.clear()
        alone = train_step(state, items)
        state.load_state_dict(before)
        with leader.step():
            shared = train_step(state, items)
        gradients = [(float((noted[n] - noted[n + 2]).norm() / noted[n].norm())) for n in (0, 1)]
        apart.append([*(abs(one - other) for one, other in zip(alone, shared, strict=True)), *gradients])
    return {"apart": apart}


def serve(name: str, given: argparse.Namespace) -> None:
    """Train as one of some ranks; the first one writes what it finds."""
    torch.set_num_threads(given.threads)
    if given.precision == "float64":
        in_float64()
    state, items = prepared(name, given)
    with ranks.joined() as first:
        if not first:
            return orders.follow(state, lambda: train_step(state, items))
        found = each(state, items) if given.part == ["each"] else free(state, items)
        orders.dismiss()
    given.serve.write_text(json.dumps(found))
    return None


def run(name: str, given: argparse.Namespace, part: str, count: int, threads: int) -> dict[str, Any]:
    """What so many processes of so many threads find."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        options = {"serve": out, "only": name, "part": part, "precision": given.precision, "threads": threads}
        options |= {"steps": given.steps, "size": given.size}
        command = [sys.executable, __file__, *(f"--{key}={value}" for key, value in options.items())]
        place = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(count)}
        started = [
            subprocess.Popen(command, env=os.environ | place | {"RANK": str(rank)}) for rank in range(count)
        ]
        codes = [process.wait() for process in started]
        if any(codes):
            raise SystemExit("A process failed.")
        found: dict[str, Any] = json.loads(out.read_text())
    return found


def apart(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The largest difference of either loss up to some steps, and of their means over the last quarter."""
    pairs = torch.tensor([one["losses"], other["losses"]], dtype=torch.float64)  # (2, steps, 2)
    difference = (pairs[0] - pairs[1]).abs().amax(1)
    steps = [step for step in UNTIL if step <= len(difference)]
    largest = "  ".join(f"{step}: {difference[:step].max():.1e}" for step in steps)
    means = pairs[:, -len(difference) // 4 :].mean(1)  # (2, 2)
    return f"{largest}   means of the last quarter: {(means[0] - means[1]).abs().max():.1e}"


def report(name: str, given: argparse.Namespace) -> None:
    """Measure and print one subject."""
    cores = os.cpu_count() or 2
    title = f"{name}, {given.size} pixels, {given.precision}"
    if "each" in given.part:
        found = torch.tensor(run(name, given, "each", 2, 1)["apart"], dtype=torch.float64)
        most, usual = found.amax(0).tolist(), found.median(0).values.tolist()
        whose = (
            "generator's loss",
            "discriminator's loss",
            "discriminator's gradient",
            "generator's gradient",
        )
        print(f"{title}: each of {len(found)} steps by one process and by two, apart at most (median)")
        for what, largest, middle in zip(whose, most, usual, strict=True):
            print(f"  {what:26} {largest:.1e} ({middle:.1e})", flush=True)
    if "free" in given.part:
        one, other, two = (
            run(name, given, "free", count, threads)
            for count, threads in ((1, cores), (1, 1), (2, max(1, cores // 2)))
        )
        print(f"{title}: whole trainings, losses apart up to a step at most")
        print(f"  one process, one thread and {cores}   {apart(one, other)}")
        print(f"  two processes and one          {apart(one, two)}")
        middle, shared = (statistics.median(found["seconds"]) for found in (one, two))
        print(
            f"  a step takes {middle:.4f} s, of two processes {shared:.4f} s: {middle / shared:.2f} x as fast"
        )


def main() -> None:
    """Measure and print, or be one of the processes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--size", type=int, default=32, help="of pictures, in pixels; small ones are quick")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=[*SUBJECTS])
    parser.add_argument("--part", nargs="+", choices=("each", "free"), default=["each", "free"])
    parser.add_argument("--precision", choices=("float32", "float64"), default="float32")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    for name in given.only:
        serve(name, given) if given.serve else report(name, given)


if __name__ == "__main__":
    main()
