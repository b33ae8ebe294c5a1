"""A model is a folder: config.json, model.safetensors (generator and discriminator), README.md (its card)."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from pydantic import Field
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from attngan.cards import card
from attngan.config import About, ModelConfig, Settings
from attngan.errors import AttnGanError
from attngan.networks import Discriminator, Generator

CONFIG, WEIGHTS, CARD = "config.json", "model.safetensors", "README.md"


class Contents(Settings):
    """What config.json of a checkpoint says."""

    model: ModelConfig
    about: About = Field(default_factory=About)


@dataclass(frozen=True)
class Model:
    """A trained generator (its weights averaged over training) with the discriminator that taught it."""

    config: ModelConfig
    generator: Generator
    discriminator: Discriminator
    about: About


def save(folder: Path, model: Model) -> None:
    """Write the model as `folder`, whole or not at all; a model that lies there is replaced."""
    tensors = {
        f"{part}.{name}": tensor.detach().contiguous()
        for part, network in _networks(model.generator, model.discriminator)
        for name, tensor in network.state_dict().items()
    }
    contents = Contents(model=model.config, about=model.about)
    with replacing(folder) as new:
        save_file(tensors, new / WEIGHTS)
        (new / CONFIG).write_text(contents.model_dump_json(indent=2) + "\n", encoding="utf-8")
        (new / CARD).write_text(card(model.config, model.about), encoding="utf-8")


def find(path: str | Path) -> Path:
    """The checkpoint folder at a path that names one, or a run: its finished model, else its newest snapshot.

    Raises AttnGanError where there is none.
    """
    path = Path(path)
    snapshots = sorted((path / "snapshots").glob("[0-9]*"), reverse=True)
    for folder in (path, path / "model", *snapshots):
        if (folder / CONFIG).is_file() and (folder / WEIGHTS).is_file():
            return folder
    if not path.is_dir():
        raise AttnGanError(f"There is no folder {path}: give a checkpoint or a run folder.")
    missing = WEIGHTS if (path / CONFIG).is_file() else CONFIG
    raise AttnGanError(f"{path} is no model: {missing} is missing, and no snapshot was saved yet.")


def load(path: str | Path) -> Model:
    """The model at a path (see `find`), ready to sample.

    Raises AttnGanError where config or weights are missing, broken or do not fit each other; that is
    found out from the file's header, before memory is taken for the networks.
    """
    folder = find(path)
    contents = describe(folder)
    with torch.device("meta"):
        generator, discriminator = Generator(contents.model), Discriminator(contents.model)
    file = folder / WEIGHTS
    try:
        with safe_open(file, framework="pt") as weights:
            for part, network in _networks(generator, discriminator):
                _check(weights, part, network, file)
                _fill(weights, part, network)
    except SafetensorError as error:
        raise AttnGanError(
            f"{file} is broken or cut short ({error}): copy or train the model again."
        ) from error
    for network in (generator, discriminator):
        network.eval().requires_grad_(False).to(memory_format=torch.channels_last)
    return Model(contents.model, generator, discriminator, contents.about)


def describe(folder: Path) -> Contents:
    """What config.json of a checkpoint folder says; raises AttnGanError where it cannot be read."""
    try:
        return Contents.parse((folder / CONFIG).read_bytes())
    except AttnGanError as error:
        raise AttnGanError(f"{folder / CONFIG}: {error}") from error


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder to write to, which takes the place of `folder` at the end, or is gone if writing failed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield new
        new.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
            os.replace(folder, old)
            os.replace(new, folder)
            shutil.rmtree(old)
        else:
            os.replace(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _networks(generator: Generator, discriminator: Discriminator) -> tuple[tuple[str, nn.Module], ...]:
    return ("generator", generator), ("discriminator", discriminator)


def _check(weights: Any, part: str, network: nn.Module, file: Path) -> None:
    """Raise AttnGanError unless the file's header names exactly this network's tensors."""
    expected = {f"{part}.{name}": tensor for name, tensor in network.state_dict().items()}
    found = {name for name in weights.keys() if name.startswith(f"{part}.")}  # noqa: SIM118, not a dict
    for name in sorted(expected.keys() ^ found):
        problem = "lacks" if name in expected else "has an unknown"
        raise AttnGanError(f"{file} {problem} tensor {name}: it does not belong to its config.json.")
    for name, tensor in expected.items():
        piece = weights.get_slice(name)
        shape, kind = tuple(piece.get_shape()), piece.get_dtype()
        wanted = "I64" if tensor.dtype == torch.int64 else "F32"
        if shape != tuple(tensor.shape) or kind != wanted:
            raise AttnGanError(
                f"{file}: {name} is {kind} {shape}, but config.json asks for {wanted} {tuple(tensor.shape)}."
            )


def _fill(weights: Any, part: str, network: nn.Module) -> None:
    tensors: dict[str, Tensor] = {name: weights.get_tensor(f"{part}.{name}") for name in network.state_dict()}
    for name, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            raise AttnGanError(f"{part}.{name} holds values that are not finite: train the model again.")
    network.load_state_dict(tensors, assign=True)
