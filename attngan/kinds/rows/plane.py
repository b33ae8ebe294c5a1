"""What points lie in: the discriminator's field, the generator's manifold, and the pull on each point.

Shapes: N points, S nodes along a side of the field, M along one of the manifold, R reals.
"""

from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from attngan.kinds.rows.config import RowsConfig
from attngan.nn.attention import AttentionEdit, Edits
from attngan.nn.columns import Coding
from attngan.nn.players import Discriminator, Generator

SHOWN = 1.25  # how far the plane goes, where -1 to 1 is what reals have
FIELD = 41  # nodes along a side
MANIFOLD = 33
FARTHEST = 0.999  # the quantile of noise at the manifold's last node, along either side


def plane(
    config: RowsConfig,
    generator: Generator,
    discriminator: Discriminator,
    z: Float[Tensor, "N 2"],
    points: Float[Tensor, "N 2"],
    edits: Edits | None = None,
) -> dict[str, Any]:
    """What is drawn around decoded points (N, 2) of noise z (N, 2), as numbers for JSON, in decoded units.

    `x` and `y`: from where to where the plane goes. `field`: the discriminator's logits at S x S nodes, row
    by row from the lowest y, each from the lowest x; `middle`: half-way between its medians for points and
    for reals, since a relativistic discriminator's logits mean something only beside each other. `manifold`:
    the points of the noise at M x M nodes, whose coordinates are `nodes`. `pull`: the gradient of a point's
    logit, along which the generator is to move it. `noise`: z. `reals`: some real points. `without`: of each
    layer of attention where the points would lie if nothing came of it.
    """
    coding = Coding(config.columns)
    ends = coding.decode(torch.tensor([[-SHOWN, -SHOWN], [SHOWN, SHOWN]]))  # (2, 2)
    along = torch.linspace(-SHOWN, SHOWN, FIELD)
    nodes = torch.special.ndtri(torch.linspace(1 - FARTHEST, FARTHEST, MANIFOLD))
    reals = torch.tensor(config.examples).reshape(-1, 2)
    with torch.no_grad():
        field = discriminator(_grid(along)).logits
        of_reals = discriminator(coding.encode(reals)).logits
        manifold = coding.decode(generator(_grid(nodes), None, edits).items)
        bare = {look: coding.decode(generator(z, None, without(edits, look)).items) for look in config.looks}
    seen = coding.encode(points)
    with torch.inference_mode(False), torch.enable_grad():
        watched = seen.clone().requires_grad_()
        logits = discriminator(watched).logits
        (slope,) = torch.autograd.grad(logits.sum(), watched)
    middle = (logits.detach().median() + of_reals.median()) / 2 if len(reals) else logits.detach().median()
    return {
        "x": ends[:, 0].tolist(),
        "y": ends[:, 1].tolist(),
        "field": _rounded(field),
        "middle": round(middle.item(), 3),
        "manifold": _rounded(manifold),
        "nodes": _rounded(nodes),
        "pull": _rounded(slope * 2 * SHOWN / (ends[1] - ends[0])),
        "noise": _rounded(z),
        "reals": _rounded(reals),
        "without": {look: _rounded(moved) for look, moved in bare.items()},
    }


def without(edits: Edits | None, look: str) -> Edits:
    """The same edits, and nothing comes of this layer."""
    return {**(edits or {}), look: AttentionEdit(gate_gain=0.0)}


def _grid(along: Float[Tensor, " S"]) -> Float[Tensor, "SS 2"]:
    """All pairs (x, y) of these numbers, x the faster."""
    return torch.cartesian_prod(along, along).flip(1)


def _rounded(numbers: Tensor) -> list[float]:
    """All numbers one after another, as exactly as a picture needs them."""
    return [float(f"{number:.4g}") for number in numbers.flatten().tolist()]
