"""One query's attention worked out step by step: scores, softmax, weighted sum, with its own numbers.

Shapes: D width of a head, C channels of the feature map.
"""

from dataclasses import dataclass

import torch

from attngan.errors import AttnGanError
from attngan.explain.contribution import carried_lengths
from attngan.nn.attention import AttentionMap


@dataclass(frozen=True)
class Term:
    """One key's part: product q k, score q k / sqrt(D), exp(score), weight, and what it adds.

    Under an edit that strengthens keys the weight is no longer its share of the exponentials.
    `length` is |gate| * weight * |v W|, the length of the vector added to the feature map. A key that may
    not be looked at has the weight 0 whatever its score, and an `exponential` of 0.
    """

    key: int
    product: float
    score: float
    exponential: float
    weight: float
    length: float


@dataclass(frozen=True)
class Arithmetic:
    """How `query` (D,) came to its result: the heaviest keys one by one, all others as sums.

    `total` is the softmax's denominator. `summed` (D,) is the weighted sum of the values, `added` the length
    of what this head adds to the query's cell of the feature map: gate * summed * W, all keys together.
    """

    query: tuple[float, ...]
    gate: float
    terms: tuple[Term, ...]
    rest: int
    rest_exponential: float
    rest_weight: float
    total: float
    summed: tuple[float, ...]
    added: float


def arithmetic(attention: AttentionMap, picture: int, head: int, query: int, count: int = 5) -> Arithmetic:
    """The arithmetic of a head's query, both counted from 0, with its `count` heaviest keys one by one.

    softmax(q k^T / sqrt(D)) v: Vaswani et al. 2017 (arXiv 1706.03762), equation 1, then the output
    projection and the gate. Raises AttnGanError for a picture, head or query that is not there.
    """
    pictures, heads, queries, _ = attention.weights.shape
    for what, value, end in (
        ("picture", picture, pictures),
        ("head", head, heads),
        ("query", query, queries),
    ):
        if not 0 <= value < end:
            raise AttnGanError(f"{what} is a whole number from 0 to {end - 1}, not {value}.")
    asked = attention.queries[picture, head, query].double()  # (D,)
    products = attention.keys[picture, head].double() @ asked  # (K,)
    scores = products / len(asked) ** 0.5
    weights = attention.weights[picture, head, query].double()
    exponentials = scores.exp() * (weights > 0)
    lengths = attention.gate.double().abs() * weights * carried_lengths(attention)[picture, head]
    summed = weights @ attention.values[picture, head].double()  # (D,)
    added = attention.gate.double() * summed @ attention.output[head].double()  # (C,)
    heaviest = weights.argsort(descending=True, stable=True)[: max(1, count)].tolist()
    others = torch.ones(len(weights), dtype=torch.bool)
    others[heaviest] = False
    return Arithmetic(
        query=tuple(asked.tolist()),
        gate=attention.gate.item(),
        terms=tuple(
            Term(key, *(values[key].item() for values in (products, scores, exponentials, weights, lengths)))
            for key in heaviest
        ),
        rest=int(others.sum()),
        rest_exponential=exponentials[others].sum().item(),
        rest_weight=weights[others].sum().item(),
        total=exponentials.sum().item(),
        summed=tuple(summed.tolist()),
        added=added.norm().item(),
    )
