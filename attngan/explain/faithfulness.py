"""Does an attention map tell the truth? Forbid the keys it names, and others, and see what the picture loses.

An erasure test: Jain & Wallace 2019 (arXiv 1902.10186) ask whether weights explain, Serrano & Smith 2019
(arXiv 1906.03731, section 4) answer by taking away the most attended items against random ones.

Shapes: T trials (a query of a picture each), Q queries, K keys, B pictures, C channels, H x W pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.explain.cells import distances_between
from attngan.explain.heatmaps import find_layer
from attngan.kinds.pictures.networks import GeneratorOutput
from attngan.model.checkpoints import Model
from attngan.model.sampling import labels_for, latents
from attngan.nn.attention import AttentionEdit, AttentionMap

STEPS = 127.5  # of 255, in one unit of pictures in [-1, 1]
VISIBLE = 0.5  # of 255: a smaller mean change of the query's pixels is none
CLEARLY_MORE = 1.25  # times
DEVIATIONS = 2.0  # standard errors that a mean difference must lie from 0
MOST_TRIALS = 1024

Verdict = Literal["unused", "true", "near", "false"]


@dataclass(frozen=True)
class Loss:
    """Mean absolute change, of 255, after forbidding the most attended, random and nearest keys."""

    most: float
    random: float
    nearest: float


@dataclass(frozen=True)
class Faithfulness:
    """What a layer's queries lost when they might not look at `cells` of their keys, over `trials` trials.

    `own` is the change of the pixels under the query itself, `picture` that of the whole picture. `share` in
    [0, 1] is how often the most attended keys cost more than random ones. `verdict`: "true" when they cost
    clearly more, "near" when the nearest cost clearly more still, "false" when they do not, "unused" when
    nothing costs anything.
    """

    layer: str
    cells: int
    trials: int
    own: Loss
    picture: Loss
    share: float
    verdict: Verdict


@torch.inference_mode()
def faithfulness(
    model: Model,
    layer: str | None = None,
    seeds: Sequence[int] = range(4),
    labels: Sequence[int] | None = None,
    queries: int = 16,
    cells: int | None = None,
    seed: int = 0,
) -> Faithfulness:
    """The test of one generator layer (None: the finest), on `queries` evenly spread queries of each seed.

    `cells` keys (None: an eighth of them) are forbidden to one query at a time, in all heads; the most
    attended ones by the mean over the heads. Random keys come from `seed`. Trials of one picture are not
    independent, so the verdict is a guide. Raises AttnGanError for what does not fit the model.
    """
    z, classes = latents(seeds, model.config.z_size), labels_for(model, len(seeds), labels)
    chance = torch.Generator().manual_seed(seed)
    own: list[Tensor] = []
    whole: list[Tensor] = []
    for index in range(len(seeds)):
        label = None if classes is None else torch.tensor(classes[index : index + 1])
        free: GeneratorOutput = model.generator(z[index : index + 1], label)
        seen = find_layer(free.attention, layer)
        keys = seen.weights.shape[-1]
        count = max(1, keys // 8) if cells is None else cells
        if not (1 <= count < keys and queries >= 1 and queries * len(seeds) <= MOST_TRIALS):
            raise AttnGanError(
                f"From 1 to {keys - 1} keys can be forbidden, in at most {MOST_TRIALS} trials."
            )
        asked = torch.linspace(0, seen.weights.shape[-2] - 1, queries).round().long()  # (T,)
        choices = _choices(seen, asked, count, chance)
        masks = torch.cat([_forbidding(seen, asked, chosen) for chosen in choices])  # (3 T, 1, Q, K)
        many = len(masks)
        drawn = model.generator(
            z[index : index + 1].expand(many, -1),
            None if label is None else label.expand(many),
            {seen.name: AttentionEdit(mask=masks)},
        )
        apart = (drawn.images - free.images).abs().mean(1) * STEPS  # (3 T, H, W)
        under = _pixels_under(seen, asked, apart.shape[-2:]).repeat(3, 1, 1)  # (3 T, H, W)
        own.append(((apart * under).sum((1, 2)) / under.sum((1, 2))).view(3, -1))
        whole.append(apart.mean((1, 2)).view(3, -1))
    return judge(seen.name, count, torch.cat(own, 1), torch.cat(whole, 1))


def judge(layer: str, cells: int, own: Tensor, picture: Tensor) -> Faithfulness:
    """The verdict on the changes (3, T), of 255, by the most attended, random and nearest keys."""
    own, picture = own.double(), picture.double()
    most, chance, near = own
    more = (most > chance).double() + (most == chance).double() / 2
    verdict: Verdict = "false"
    if own.mean(1).max() < VISIBLE:
        verdict = "unused"
    elif _clearly(near, most):
        verdict = "near"
    elif _clearly(most, chance):
        verdict = "true"
    return Faithfulness(layer, cells, own.shape[1], _loss(own), _loss(picture), more.mean().item(), verdict)


def _clearly(larger: Tensor, smaller: Tensor) -> bool:
    """Whether one is larger in the mean, by a factor and beyond chance (paired differences)."""
    apart = larger - smaller
    error = apart.std() / len(apart) ** 0.5 if len(apart) > 1 else torch.tensor(0.0)
    return bool(larger.mean() >= CLEARLY_MORE * smaller.mean() and apart.mean() > DEVIATIONS * error)


def _loss(changes: Tensor) -> Loss:
    most, chance, near = changes.mean(1).tolist()
    return Loss(most, chance, near)


def _choices(seen: AttentionMap, asked: Tensor, count: int, chance: torch.Generator) -> list[Tensor]:
    """Keys (T, count) to forbid to each query: the most attended, random ones, the nearest."""
    weights = seen.weights[0].mean(0)[asked]  # (T, K)
    random = torch.rand(weights.shape, generator=chance)
    return [
        weights.topk(count).indices,
        random.topk(count).indices,
        distances_between(seen)[asked].topk(count, largest=False).indices,
    ]


def _forbidding(seen: AttentionMap, asked: Tensor, keys: Tensor) -> Tensor:
    """Masks (T, 1, Q, K): in trial t query asked[t] may not look at keys[t]."""
    masks = torch.ones(len(asked), 1, *seen.weights.shape[-2:], dtype=torch.bool)
    masks[torch.arange(len(asked))[:, None], 0, asked[:, None], keys] = False
    return masks


def _pixels_under(seen: AttentionMap, asked: Tensor, image_size: Sequence[int]) -> Tensor:
    """Masks (T, H, W) of the pixels that each query's cell covers."""
    (rows, columns), (height, width) = seen.query_size, image_size
    row_of = torch.arange(height) * rows // height
    column_of = torch.arange(width) * columns // width
    cell_of = row_of[:, None] * columns + column_of  # (H, W)
    return cell_of == asked[:, None, None]
