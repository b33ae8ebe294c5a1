"""Does an attention map tell the truth? Forbid the keys it names, and others, and see what the item loses.

An erasure test: Jain & Wallace 2019 (arXiv 1902.10186) ask whether weights explain, Serrano & Smith 2019
(arXiv 1906.03731, section 4) answer by taking away the most attended items against random ones.

Shapes: T trials (a query of an item each), Q queries, K keys, S the shape of an item's places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.explain.heatmaps import find_layer
from attngan.kinds.kind import Asked
from attngan.model.checkpoints import Model
from attngan.model.sampling import latents
from attngan.nn.attention import AttentionEdit, AttentionMap
from attngan.nn.batch import only
from attngan.nn.places import Places, distances, in_one_space, overlaps
from attngan.nn.players import GeneratorOutput

VISIBLE = 1 / 16  # of what can be seen of one place: a smaller mean change of the query's places is none
CLEARLY_MORE = 1.25  # times
DEVIATIONS = 2.0  # standard errors that a mean difference must lie from 0
MOST_TRIALS = 1024

Verdict = Literal["unused", "true", "near", "false"]


@dataclass(frozen=True)
class Loss:
    """Mean absolute change in the unit that is shown (pictures: of 255), after forbidding keys.

    The most attended ones, random ones, and the nearest; None where none is nearer than another.
    """

    most: float
    random: float
    nearest: float | None


@dataclass(frozen=True)
class Faithfulness:
    """What a layer's queries lost when they might not look at `cells` of their keys, over `trials` trials.

    `own` is the change of the places of the query itself, `picture` that of the whole item. `share` in
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
    labels: Asked = None,
    queries: int = 16,
    cells: int | None = None,
    seed: int = 0,
) -> Faithfulness:
    """The test of one generator layer (None: the finest), on `queries` evenly spread queries of each seed.

    `cells` keys (None: an eighth of them) are forbidden to one query at a time, in all heads; the most
    attended ones by the mean over the heads. Random keys come from `seed`. Trials of one picture are not
    independent, so the verdict is a guide. Raises AttnGanError for what does not fit the model.
    """
    z, asked = latents(seeds, model.config.z_size), model.kind.condition(model.config, len(seeds), labels)
    chance = torch.Generator().manual_seed(seed)
    own: list[Tensor] = []
    whole: list[Tensor] = []
    for index in range(len(seeds)):
        condition = None if asked is None else only(asked[1], index)
        free: GeneratorOutput = model.generator(z[index : index + 1], condition)
        seen = find_layer(free.attention, layer)
        keys = seen.weights.shape[-1]
        if keys == 1 and cells is None:
            continue  # a text of one word, with nothing else to look at
        count = max(1, keys // 8) if cells is None else cells
        if not (1 <= count < keys and queries >= 1 and queries * len(seeds) <= MOST_TRIALS):
            raise AttnGanError(
                f"From 1 to {keys - 1} keys can be forbidden, in at most {MOST_TRIALS} trials."
            )
        trials = torch.linspace(0, seen.weights.shape[-2] - 1, queries).round().long()  # (T,)
        choices = _choices(seen, trials, count, chance)
        masks = torch.cat([_forbidding(seen, trials, chosen) for chosen in choices])  # (3 T, 1, Q, K)
        many = torch.zeros(len(masks), dtype=torch.int64)
        drawn = model.generator(
            z[index : index + 1].expand(len(masks), -1),
            None if condition is None else only(condition, many),
            {seen.name: AttentionEdit(mask=masks)},
        )
        apart = model.kind.by_place(drawn.items - free.items).abs().mean(-1) * model.kind.unit  # (3 T, *S)
        apart = apart.flatten(1)  # (3 T, P)
        places = model.kind.places(model.kind.decode(free.items))
        under = _places_under(seen, trials, places).repeat(len(choices), 1)  # (3 T, P)
        own.append(((apart * under).sum(1) / under.sum(1)).view(len(choices), -1))
        whole.append(apart.mean(1).view(len(choices), -1))
    if not own:
        raise AttnGanError("There is one word alone to look at, so nothing can be forbidden.")
    visible = VISIBLE * model.kind.visible
    return judge(seen.name, count, torch.cat(own, 1), torch.cat(whole, 1), visible)


def judge(layer: str, cells: int, own: Tensor, picture: Tensor, visible: float = 0.5) -> Faithfulness:
    """The verdict on the changes (3, T) by the most attended, random and nearest keys; (2, T) where none
    is near.

    Changes of the query's places by no more than `visible` are none.
    """
    own, picture = own.double(), picture.double()
    most, chance, *near = own
    more = (most > chance).double() + (most == chance).double() / 2
    verdict: Verdict = "false"
    if own.mean(1).max() <= visible:
        verdict = "unused"
    elif near and _clearly(near[0], most):
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
    most, chance, *near = changes.mean(1).tolist()
    return Loss(most, chance, near[0] if near else None)


def _choices(seen: AttentionMap, asked: Tensor, count: int, chance: torch.Generator) -> list[Tensor]:
    """Keys (T, count) to forbid to each query: the most attended, random ones, the nearest where there are
    any.
    """
    weights = seen.weights[0].mean(0)[asked]  # (T, K)
    random = torch.rand(weights.shape, generator=chance)
    apart = distances(seen.query_places, seen.key_places)
    nearest = [] if apart is None else [apart[asked].topk(count, largest=False).indices]
    return [weights.topk(count).indices, random.topk(count).indices, *nearest]


def _forbidding(seen: AttentionMap, asked: Tensor, keys: Tensor) -> Tensor:
    """Masks (T, 1, Q, K): in trial t query asked[t] may not look at keys[t]."""
    masks = torch.ones(len(asked), 1, *seen.weights.shape[-2:], dtype=torch.bool)
    masks[torch.arange(len(asked))[:, None], 0, asked[:, None], keys] = False
    return masks


def _places_under(seen: AttentionMap, asked: Tensor, places: Places) -> Tensor:
    """Masks (T, P) of an item's places that each query covers: all of them where it is of another thing."""
    if not in_one_space(places, seen.query_places):
        return torch.ones(len(asked), len(places), dtype=torch.bool)
    return (overlaps(places, seen.query_places)[:, asked] > 0.5).t()
