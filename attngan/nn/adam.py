"""Adam (Kingma & Ba 2015, arXiv 1412.6980): torch's fused kernel without torch's optimiser around it.

Making or stepping a torch.optim.Optimizer imports torch's compiler, which takes a second or two that
a training without compiled code would wait for in vain (docs/decisions/0034).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.adam import adam

EPSILON = 1e-8  # added to the root of the mean square; torch's default too


class Adam:
    """Takes steps down gradients of `parameters`, all with the same betas."""

    def __init__(self, parameters: Iterable[nn.Parameter], betas: tuple[float, float]) -> None:
        self._parameters: list[Tensor] = [*parameters]
        self._betas = betas
        self._means = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._squares = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._steps = [torch.zeros((), device=parameter.device) for parameter in self._parameters]

    @torch.no_grad()
    def step(self, gradients: Sequence[Tensor], rate: float) -> None:
        """Change each parameter by its gradient, at this learning rate.

        The kernel walks through memory without looking at strides, so a gradient that lies there in
        another order than its parameter (that of a convolution's weight may) would go to wrong weights.
        """
        adam(
            self._parameters,
            [*map(_laid_out_as, gradients, self._parameters)],
            self._means,
            self._squares,
            [],
            self._steps,
            fused=True,
            amsgrad=False,
            beta1=self._betas[0],
            beta2=self._betas[1],
            lr=rate,
            weight_decay=0.0,
            eps=EPSILON,
            maximize=False,
        )

    def state_dict(self) -> dict[str, Any]:
        """What the steps so far have left, laid out as torch.optim.Adam lays it out."""
        kept = zip(self._steps, self._means, self._squares, strict=True)
        return {
            "state": {
                number: {"step": step, "exp_avg": mean, "exp_avg_sq": square}
                for number, (step, mean, square) in enumerate(kept)
            }
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Copy what `state_dict` gave; raises KeyError or RuntimeError where it does not fit."""
        for number, (step, mean, square) in enumerate(
            zip(self._steps, self._means, self._squares, strict=True)
        ):
            given = saved["state"][number]
            step.copy_(given["step"])
            mean.copy_(given["exp_avg"])
            square.copy_(given["exp_avg_sq"])


def _laid_out_as(gradient: Tensor, parameter: Tensor) -> Tensor:
    """The gradient, in the parameter's order in memory."""
    same = gradient.stride() == parameter.stride()
    return gradient if same else torch.empty_like(parameter).copy_(gradient)
