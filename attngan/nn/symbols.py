"""Symbols out of logits, so that a gradient passes: characters of a text, values of a category.

Shapes: V symbols.
"""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional as F

from attngan.nn import ranks

SOFTNESS = 2.0  # of the gradient: at 1 what is surely wrong would hardly be heard


def most_probable(logits: Float[Tensor, "... V"]) -> Float[Tensor, "... V"]:
    """1 at the largest of the last axis, 0 elsewhere."""
    return F.one_hot(logits.argmax(-1), logits.shape[-1]).float()


def drawn(logits: Float[Tensor, "... V"]) -> Float[Tensor, "... V"]:
    """1 at a symbol drawn by its probability, 0 elsewhere, with the gradient of the softmax behind it.

    Gumbel noise, straight through: Jang et al. 2017 (arXiv 1611.01144, section 2.2).
    """
    rows = ranks.count() * len(logits)  # drawn for all ranks alike, and on any device
    whole = torch.empty(rows, *logits.shape[1:], dtype=logits.dtype).exponential_()
    noise = -ranks.Share(rows).of(whole).log().to(logits.device)
    soft = ((logits + noise) / SOFTNESS).softmax(-1)
    return most_probable(soft) + (soft - soft.detach())
