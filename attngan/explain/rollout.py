"""Attention through all layers: of which places of an earlier layer a place of the last one is made.

Shapes: B items, N heads, Q queries, K keys, P places of the earlier layer.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.nn.attention import AttentionMap
from attngan.nn.places import in_one_space, overlaps


def rollout(attention: Sequence[AttentionMap], down_to: str | None = None) -> Float[Tensor, "B Q P"]:
    """Of what each place of the last layer is made, float32 (B, Q, P), rows summing to 1.

    P are the places that enter the layer `down_to`, by default the first. Abnar & Zuidema 2020 (arXiv
    2005.00928, section 3): the mean of the heads and the identity for what the residual hands on,
    multiplied over the layers. Three changes for these networks: the residual weighs 1 against the gate's
    size instead of half and half, pooled keys are spread evenly over their cells, and between maps of
    different sizes a cell is made of the cells that it overlaps. It leaves out what convolutions mix in
    between and how long the values are: it tells paths, not amounts. What a layer brings from places of
    another thing (words, for a picture) is left out, and rows then sum to what was kept. Raises
    AttnGanError for an unknown layer.
    """
    names = [layer.name for layer in attention]
    if not names or (down_to is not None and down_to not in names):
        raise AttnGanError(f"There is no attention layer {down_to or 'at all'}; there are {names}.")
    first = 0 if down_to is None else names.index(down_to)
    shares: Tensor | None = None
    for layer in reversed(attention[first:]):
        mixed = _mixed(layer)  # (B, Q, Q)
        if shares is None:
            shares, places = mixed, layer.query_places
        else:
            shares = shares @ overlaps(places, layer.query_places) @ mixed
            places = layer.query_places
    assert shares is not None
    return shares


def _mixed(layer: AttentionMap) -> Tensor:
    """What leaves each of a layer's places, as shares (B, Q, Q) of what entered which."""
    weights = layer.weights.float().mean(1)  # (B, Q, K)
    gate = layer.gate.float().abs()
    kept = torch.eye(weights.shape[1])
    if in_one_space(layer.key_places, layer.query_places):
        kept = kept + gate * weights @ overlaps(layer.key_places, layer.query_places)
    mixed: Tensor = kept / (1 + gate * weights.sum(-1, keepdim=True))
    return mixed
