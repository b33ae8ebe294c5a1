"""Symbols out of logits, so that a gradient passes: characters of a text, values of a category.

Shapes: V symbols.
"""

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
    whole = logits.new_empty(ranks.count() * len(logits), *logits.shape[1:])  # drawn for all ranks alike
    noise = -ranks.Share(len(whole)).of(whole.exponential_()).log()
    soft = ((logits + noise) / SOFTNESS).softmax(-1)
    return most_probable(soft) + (soft - soft.detach())
