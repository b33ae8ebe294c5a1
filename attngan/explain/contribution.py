"""What attention brings, not only where it looks: weight times the length of what a value carries.

Shapes: B pictures, N heads, Q queries, K keys, D width of a head, C channels of the feature map.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from attngan.nn.attention import AttentionMap


def carried_lengths(attention: AttentionMap) -> Float[Tensor, "B N K"]:
    """Euclidean length float32 (B, N, K) of what each key's value carries through the output projection.

    |v_k W|, before weight and gate: the factor that Kobayashi et al. 2020 (arXiv 2004.10102, section 3)
    found to cancel large weights.
    """
    carried = attention.values.float() @ attention.output.float()  # (B, N, K, C)
    lengths: Tensor = torch.linalg.vector_norm(carried, dim=-1)
    return lengths


def contributions(attention: AttentionMap) -> Float[Tensor, "B N Q K"]:
    """What each key brings to each query, float32 (B, N, Q, K): |gate| * weight * |v_k W|, at least 0.

    The norm of the weighted, transformed vector: Kobayashi et al. 2020 (arXiv 2004.10102), equation 4
    and section 3, with the gate that SAGAN adds. Weights alone mislead, since a large weight on a value
    of nothing brings nothing. The mean over heads bounds the length of their sum from above, divided by N.
    """
    lengths = carried_lengths(attention)[:, :, None]  # (B, N, 1, K)
    return attention.gate.float().abs() * attention.weights.float() * lengths
