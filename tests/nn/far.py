"""A pretended accelerator: tensors that say they are on the device "meta", and yet have their numbers.

What a real one refuses is refused: numbers that lie here beside numbers that lie there.
"""

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode, return_and_correct_aliasing
from torch.utils._pytree import tree_flatten, tree_map

FAR = torch.device("meta")
aten = torch.ops.aten
CROSSES = {aten.copy_.default, aten._to_copy.default}
TAKES_NEAR_INDICES = {aten.index.Tensor, aten.index_put_.default, aten.index_put.default}  # not values


class Far(Tensor):
    """A tensor there; `near` is where its numbers really are."""

    near: Tensor

    @staticmethod
    def __new__(cls, near: Tensor) -> "Far":
        return torch.Tensor._make_wrapper_subclass(  # type: ignore[attr-defined,no-any-return]
            cls,
            near.shape,
            strides=near.stride(),
            storage_offset=near.storage_offset(),
            dtype=near.dtype,
            device=FAR,
        )

    def __init__(self, near: Tensor) -> None:
        self.near = near

    __torch_function__ = torch._C._disabled_torch_function_impl

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return computed(func, args, kwargs or {})


class Accelerator(TorchDispatchMode):
    """Inside, there is such a device; inference mode, which knows no such tensors, takes no gradients."""

    def __enter__(self) -> Any:
        self._patches = ExitStack()
        for name, instead in (("__enter__", _without_gradients), ("__exit__", _as_before)):
            self._patches.enter_context(patch.object(torch.inference_mode, name, instead))
        return super().__enter__()

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        self._patches.close()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return computed(func, args, kwargs or {})


def _without_gradients(mode: Any) -> None:
    mode.before = torch.is_grad_enabled()
    torch.set_grad_enabled(mode.before and not mode.mode)


def _as_before(mode: Any, *error: Any) -> None:
    torch.set_grad_enabled(mode.before)


def computed(func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """What an operation gives, there if its values lie there or it is asked for there."""
    given = [each for each in tree_flatten((args, kwargs))[0] if isinstance(each, Tensor)]
    far = [each for each in given if isinstance(each, Far)]
    near = [each for each in given if not isinstance(each, Far) and each.ndim]
    if far and near and func not in CROSSES:
        values = [args[0], *args[2:3]]
        indexed = func in TAKES_NEAR_INDICES and all(isinstance(each, Far) for each in values)
        assert indexed, f"{func} of values here {[*map(type, near)]} and there"
    device = kwargs.get("device")
    there = bool(far) if device is None else torch.device(device) == FAR
    if func is aten.copy_.default:
        there = isinstance(args[0], Far)
    if device is not None:
        kwargs = {**kwargs, "device": torch.device("cpu")}
    plain_args, plain_kwargs = tree_map(lambda one: one.near if isinstance(one, Far) else one, (args, kwargs))
    found = func(*plain_args, **plain_kwargs)
    if there:
        found = tree_map(lambda one: Far(one) if isinstance(one, Tensor) else one, found)
    return return_and_correct_aliasing(func, args, kwargs, found) if far and there else found
