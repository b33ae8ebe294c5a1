"""What rows of a table lie in: the span of each column, some real rows, and what attention does to each row.

Shapes: N rows, F columns, R reals.
"""

from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from attngan.columns import Category
from attngan.kinds.rows.config import RowsConfig
from attngan.kinds.rows.plane import without
from attngan.nn.attention import Edits
from attngan.nn.batch import Condition
from attngan.nn.columns import Coding
from attngan.nn.players import Generator

VISIBLE = 0.01  # of the span of a column, from which on one of its numbers has changed


def table(
    config: RowsConfig,
    generator: Generator,
    z: Float[Tensor, "N L"],
    condition: Condition | None,
    rows: Float[Tensor, "N F"],
    edits: Edits | None = None,
) -> dict[str, Any]:
    """What is shown around decoded rows (N, F) of noise z (N, L), as numbers for JSON.

    `columns`: of each its lowest and highest number, or its values. `reals`: some real rows, one after
    another. `without`: of each layer of attention how many columns of each row would hold something else if
    nothing came of it.
    """
    coding = Coding(config.columns)
    spans = torch.tensor(
        [1.0 if isinstance(one, Category) else one.knots[-1] - one.knots[0] for one in config.columns]
    )
    changed = {}
    for look in config.looks:
        bare = coding.decode(generator(z, condition, without(edits, look)).items)
        changed[look] = ((bare - rows).abs() > VISIBLE * spans).sum(1).tolist()
    return {
        "columns": [
            {"values": one.values}
            if isinstance(one, Category)
            else {"low": one.knots[0], "high": one.knots[-1]}
            for one in config.columns
        ],
        "reals": [float(f"{number:.6g}") for row in config.examples for number in row],
        "without": changed,
    }
