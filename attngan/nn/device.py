"""Where networks compute: which device that is, and how values come to it and back."""

import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import torch
from torch import nn

from attngan.errors import AttnGanError

CPU = torch.device("cpu")
KNOWN = ("auto", "cpu", "cuda", "mps")
Value = TypeVar("Value")


def device_of(name: str) -> torch.device:
    """The device of this name; "auto" is an accelerator where there is one.

    Of several processes that torchrun started on a computer each has another one. Raises AttnGanError for
    another name, and where there is no such device for this process.
    """
    if name not in KNOWN:
        raise AttnGanError(f"There is no device {name!r:.40}: give {', '.join(KNOWN[:-1])} or {KNOWN[-1]}.")
    alone = os.environ.get("WORLD_SIZE", "1") == "1"
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available() and alone,  # of which gloo can send nothing
        "cpu": True,
    }
    kind = next(kind for kind, found in there.items() if found) if name == "auto" else name
    if not there[kind]:
        why = "" if alone else " that several processes can share"
        raise AttnGanError(f"PyTorch finds no device {name} on this computer{why}: give cpu, or auto.")
    if kind != "cuda":
        return torch.device(kind)
    number, count = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
    if number >= count:
        raise AttnGanError(f"There are {count} cuda devices here: start at most as many processes.")
    return torch.device(kind, number)


def place_of(network: nn.Module) -> torch.device | None:
    """Where a network's weights are, all of them; None without any."""
    first = next(network.parameters(), None)
    return None if first is None else first.device


def moved(value: Value, device: torch.device) -> Value:
    """The value with all tensors in it on this device: of tuples, mappings and dataclasses too."""
    found: Any = value
    if hasattr(value, "to"):  # a tensor, or what does that itself
        found = value.to(device)
    elif isinstance(value, tuple):
        found = tuple(moved(each, device) for each in value)
    elif isinstance(value, Mapping):
        found = {key: moved(each, device) for key, each in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(
            value, **{each.name: moved(getattr(value, each.name), device) for each in fields(value)}
        )
    return found  # type: ignore[no-any-return]


class Reachable(nn.Module):
    """A network that can be asked from anywhere: it computes where its weights are, and answers where the
    first value lies that it was given.
    """

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What `forward` gives."""
        here, there = given[0].device, place_of(self)
        if there is None or here == there:
            return super().__call__(*given, **named)
        return moved(super().__call__(*moved(given, there), **moved(named, there)), here)
