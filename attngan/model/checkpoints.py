"""Models written to their folders (model.folder) and read again.

Not pickle, which runs code when it is read: anybody may open anybody's folder.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from pydantic import Field
from safetensors import SafetensorError, safe_open
from torch import Tensor
from torch.overrides import TorchFunctionMode

from attngan import storage
from attngan.config import About, ModelConfig, Settings
from attngan.errors import AttnGanError
from attngan.kinds.kind import Kind
from attngan.kinds.registry import AnyModelConfig, kind_of
from attngan.model.cards import card
from attngan.model.folder import CARD, CONFIG, HUB, LARGEST_CONFIG, WEIGHTS
from attngan.model.folder import find as find
from attngan.nn.device import CPU
from attngan.nn.players import Discriminator, Generator
from attngan.text import writable

FORMAT = 1  # what this program writes; it reads that and older ones
STORED = {torch.float32: ("F32", "F16"), torch.int64: ("I64",)}  # what a tensor may be in the file


class Contents(Settings):
    """What config.json of a checkpoint says."""

    format: int = FORMAT  # of this file and of the weights beside it
    model: AnyModelConfig
    about: About = Field(default_factory=About)


@dataclass(frozen=True)
class Model:
    """A trained generator (its weights averaged over training) with the discriminator that taught it."""

    config: ModelConfig
    generator: Generator
    discriminator: Discriminator
    about: About

    @property
    def kind(self) -> Kind:
        """What kind of thing it makes."""
        return kind_of(self.config)

    @classmethod
    def from_pretrained(cls, name: str | Path, revision: str | None = None) -> "Model":
        """The model in a folder, else the one that the hub knows as OWNER/NAME, of a branch, tag or commit.

        Raises AttnGanError where there is none, as `load` and `attngan.model.hub` say.
        """
        text = name.as_posix() if isinstance(name, Path) else name
        if revision is None:
            return load(name if Path(name).is_dir() or text.startswith(HUB) else f"{HUB}{text}")
        if "@" in text or (Path(name).is_dir() and not text.startswith(HUB)):
            raise AttnGanError(f"{text} has no revision {revision}: give OWNER/NAME of the hub with it.")
        return load(f"{HUB}{text.removeprefix(HUB)}@{revision}")

    def push_to_hub(self, repo: str, *, private: bool = False, update: bool = False) -> str:
        """Put the model on the hub as OWNER/NAME, and give its address there (see attngan.model.pushing)."""
        from attngan.model.pushing import push

        return push(self, repo, private=private, update=update)


def save(folder: Path, model: Model, half: bool = False) -> None:
    """Write the model as `folder`, whole or not at all; a model that lies there is replaced.

    `half`: in half the bytes, its weights rounded to float16 (11 bits), as bundled models are.
    Raises AttnGanError for weights that are not finite, OSError where the folder cannot be written.
    """
    tensors = tensors_of(model.generator, model.discriminator)
    check_finite(tensors)
    contents = Contents(model=model.config, about=model.about)
    with storage.new_folder(folder) as new:
        packed = {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
        if half:
            packed = {n: t.half() if t.is_floating_point() else t for n, t in packed.items()}
        (new / WEIGHTS).write_bytes(safetensors.torch.save(packed))
        (new / CONFIG).write_text(contents.model_dump_json(indent=2) + "\n", encoding="utf-8")
        (new / CARD).write_text(card(model.config, model.about), encoding="utf-8")


def load(path: str | Path, device: torch.device = CPU) -> Model:
    """The model at a path (see `find`), ready to sample; its networks compute on the device.

    Raises AttnGanError where config or weights are missing, broken or do not fit each other; that is
    found out from the file's header, before memory is taken for the networks.
    """
    folder = find(path)
    contents = describe(folder)
    with torch.device("meta"), _Unstarted():
        generator, discriminator = kind_of(contents.model).build(contents.model)
    tensors = _read(folder / WEIGHTS, tensors_of(generator, discriminator))
    for part, network in (("generator", generator), ("discriminator", discriminator)):
        own = {name: tensors[f"{part}.{name}"] for name in network.state_dict()}
        network.load_state_dict(own, assign=True)
        network.eval().requires_grad_(False).to(memory_format=torch.channels_last).to(device)
    return Model(contents.model, generator, discriminator, contents.about)


def describe(folder: Path) -> Contents:
    """What config.json of a checkpoint folder says; raises AttnGanError where it cannot be read."""
    file = folder / CONFIG
    try:
        said = storage.read_file(file, LARGEST_CONFIG)
        check_format(said)
        return Contents.parse(said)
    except OSError as error:
        raise AttnGanError(f"{file} cannot be read: {error.strerror}.") from error
    except AttnGanError as error:
        raise AttnGanError(f"{file}: {error}") from error


def check_format(said: bytes) -> None:
    """Raise AttnGanError where config.json says that a later program wrote it."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):  # Contents.parse tells of these
        number = json.loads(said).get("format", FORMAT)
        if number > FORMAT:
            raise AttnGanError(
                f"it is of format {number}, and this program reads up to {FORMAT}: install a newer attngan."
            )


def tensors_of(generator: Generator, discriminator: Discriminator) -> dict[str, Tensor]:
    """All tensors of both networks by the names they have in a checkpoint; they are not copied."""
    parts = {"generator": generator, "discriminator": discriminator}
    return {
        f"{part}.{name}": tensor
        for part, network in parts.items()
        for name, tensor in network.state_dict().items()
    }


def check_finite(tensors: Mapping[str, Tensor]) -> None:
    """Raise AttnGanError if a value is infinite or no number."""
    for name, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            raise AttnGanError(f"The weights {name} are not finite, so this model can draw nothing.")


class _Unstarted(TorchFunctionMode):
    """Inside, networks get no starting values: making them without memory imports torch's compiler.

    That takes a second or two, which whoever opens a model would wait for.
    """

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        if func in (torch.rand, torch.randn):
            return torch.empty(*args, **given)
        if func.__name__ in ("normal_", "uniform_", "mul"):
            return args[0] if args else given["tensor"]
        return func(*args, **given)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The open weights; safetensors reads no path that is not UTF-8, so it gets such a file by its number."""
    if writable(str(file)) == str(file):
        with safe_open(file, framework="pt") as weights:
            yield weights
    else:
        with file.open("rb") as stream, safe_open(f"/dev/fd/{stream.fileno()}", framework="pt") as weights:
            yield weights


def _read(file: Path, expected: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The file's tensors, which must be those expected in name, shape and kind; raises AttnGanError."""
    try:
        with _opened(file) as weights:
            for name in sorted(expected.keys() ^ set(weights.keys())):
                problem = "lacks the tensor" if name in expected else "has a tensor too many,"
                raise AttnGanError(f"{file} {problem} {name}: it does not belong to its {CONFIG}.")
            for name, tensor in expected.items():
                piece = weights.get_slice(name)
                kind, shape = piece.get_dtype(), tuple(piece.get_shape())
                kinds, wanted = STORED[tensor.dtype], tuple(tensor.shape)
                if kind not in kinds or shape != wanted:
                    raise AttnGanError(
                        f"{file}: {name} is {kind} {shape}, but its {CONFIG} asks for {kinds[0]} {wanted}."
                    )
            tensors = {name: weights.get_tensor(name).to(expected[name].dtype) for name in expected}
    except (SafetensorError, OSError) as error:
        raise AttnGanError(
            f"{file} is broken or cut short ({error}): copy it again or train anew."
        ) from error
    try:
        check_finite(tensors)
    except AttnGanError as error:
        raise AttnGanError(f"{file}: {error}") from error
    return tensors
