"""What one process or several train in the tests of ranks: a program that each of them runs.

In float64, so that what sums in another order still gives the same to a billionth: in float32 Adam would make
steps as long as any of gradients that are nothing but rounding.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from attngan import data
from attngan.events import StepDone
from attngan.kinds.registry import KINDS, kind_of
from attngan.nn import ranks
from attngan.nn.batch import DataSet
from attngan.run import runs
from attngan.train import orders
from attngan.train.loop import train, train_step
from attngan.train.state import TrainState
from bench.doubles import in_float64
from tests import tiny, tiny_runs, tiny_scenes, tiny_texts

STEPS, BATCH = 4, 16
DIED = 9  # exit code
USUAL: dict[str, Any] = {"steps": STEPS, "batch": BATCH, "r1_interval": 2, "augmentation_epochs": 0.5}
BOTH = {"augmentations": ("translation", "colour")}


def table() -> tuple[TrainState, DataSet]:
    recipe = KINDS["rows"].presets["default"]
    plain = recipe.model_config()
    rows = data.load("penguins", **kind_of(plain).reading(plain))
    model = kind_of(plain).fit(plain, rows, conditional=True)
    return TrainState(model, recipe.fitted(recipe.train_config(None, STEPS), len(rows), model)), rows


def lesson(name: str, **model: Any) -> tuple[TrainState, DataSet]:
    state = tiny.state({"architecture": name} | model, **USUAL, joint_batch=False)
    return state, tiny.pictures(classes=model.get("classes", 0))


CASES: dict[str, Callable[[], tuple[TrainState, DataSet]]] = {
    "pictures with classes": lambda: (tiny.state({"classes": 3}, **USUAL, **BOTH), tiny.pictures(classes=3)),
    "pictures with groups": lambda: (tiny.state({"clusters": 4}, **USUAL), tiny.pictures(41)),
    "pictures with captions": lambda: (tiny_scenes.state(**USUAL, mismatches=2), tiny_scenes.pictures()),
    "batch statistics in both networks": lambda: lesson("dcgan-2015", generator_attention=()),
    "largest singular values": lambda: lesson("sagan-2018", heads=1, classes=3),
    "texts": lambda: (tiny_texts.state(**USUAL), tiny_texts.data()),
    "texts that are taught": lambda: (tiny_texts.state(**USUAL, loss="taught"), tiny_texts.data()),
    "tables with classes": table,
    "steered": lambda: (tiny.state({"clusters": 4}, **USUAL), tiny.pictures(41)),
}


def trained(state: TrainState, items: DataSet, steered: bool) -> dict[str, Any]:
    """The losses of all steps and the weights after them; `steered`: with all that may happen on the way."""
    start = {name: part for name, part in state.state_dict().items() if name not in ("config", "attempt")}
    start = torch.utils._pytree.tree_map_only(Tensor, torch.clone, start)
    losses = []
    for event in train(state, items):
        if isinstance(event, StepDone):
            losses.append((event.generator_loss, event.discriminator_loss))
            if steered and len(losses) == 1:
                state.players = "discriminator"
            if steered and len(losses) == 2:
                state.players, state.config = "both", state.config.with_(variety_weight=2.0)
            if steered and len(losses) == 3:  # taken back to the beginning
                state.load_state_dict(start | {"config": state.config.gentler().model_dump(), "attempt": 1})
    return {"losses": losses, "weights": weights_of(state)}


def weights_of(state: TrainState) -> Tensor:
    networks = (state.generator, state.discriminator, state.ema)
    tensors = [tensor for network in networks for tensor in network.state_dict().values()]
    return torch.cat([tensor.flatten().double() for tensor in tensors])


def of_all_cases() -> dict[str, Any]:
    """What all cases give the first rank; another rank takes part."""
    found = {}
    for name, make in CASES.items():
        state, items = make()
        if ranks.is_first():
            found[name] = trained(state, items, name == "steered")
            orders.dismiss()
        else:
            orders.follow(state, lambda state=state, items=items: train_step(state, items))
    return found


def run_in(folder: Path, dies_in: int = 0) -> dict[str, Any]:
    """What is saved of a run in a folder, that is begun or gone on with; in its step `dies_in` the other rank
    ends between the two networks.
    """
    settings = tiny_runs.config(**USUAL)
    if ranks.is_first():
        begun = (folder / "resume.pt").exists()
        state = runs.resume(folder, settings) if begun else runs.create(folder, settings)
        ending = [*runs.record(folder, settings, state, tiny.pictures())][-1].model_dump()
        saved = torch.load(folder / "resume.pt", weights_only=True)
        state.load_state_dict(saved)
        return {"ending": ending, "step": saved["step"], "weights": weights_of(state)}
    averaged, times = ranks.averaged, 0

    def dying(gradients: Any) -> Any:
        nonlocal times
        times += 1
        if times == 2 * dies_in:
            os._exit(DIED)
        return averaged(gradients)

    ranks.averaged = dying
    state = TrainState(settings.model, settings.train)
    orders.follow(state, lambda: train_step(state, tiny.pictures()))
    raise AssertionError("it was to die before")


def start(port: int, folder: Path) -> list[subprocess.Popen[str]]:
    """Two processes that run this program, as torchrun would start them."""
    started = []
    for rank in range(2):
        place = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2", "RANK": str(rank)}
        command = [sys.executable, "-m", "tests.several", str(folder)]
        environment = os.environ | place | {"OMP_NUM_THREADS": "1"}
        home = Path(__file__).parent.parent
        started.append(
            subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, text=True)
        )
    return started


def main() -> None:
    """Two ranks in all cases, and in a run in which one is lost; then the first one the same alone."""
    in_float64()
    place = Path(sys.argv[1])
    with ranks.joined():
        found = {"two": of_all_cases(), "lost": run_in(place / "lost", dies_in=3)}
    found |= {
        "one": of_all_cases(),
        "resumed": run_in(place / "lost"),
        "straight": run_in(place / "straight"),
    }
    torch.save(found, place / "found.pt")


if __name__ == "__main__":
    main()
