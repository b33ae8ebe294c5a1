"""How well rows that were drawn can be told from rows that were never learnt from.

Shapes: N drawn rows, M held-out ones, F columns, W numbers that networks see of a row.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from attngan.kinds.kind import Kind
from attngan.measure.metrics import distances
from attngan.nn.columns import Rows

MOST_ASKED = 2000  # rows of either sort that classifiers see
FOLDS = 5
FEWEST = 20  # held-out rows, below which nothing is measured
TREES = 100

Seen = NDArray[np.float32]


def measure(kind: Kind, drawn: Tensor, data: Rows, seed: int = 0) -> dict[str, float]:
    """`two_sample`: how often the better of two classifiers is right about which rows were drawn.

    `correlation_error`: the mean absolute difference between the correlations of drawn and of held-out rows.
    `copying`: the median distance of drawn rows to the nearest learnt one, over that of held-out rows.
    Of decoded rows (N, F, 1); empty where fewer than FEWEST are held out.
    """
    if len(data.held_out) < FEWEST:
        return {}
    rows = {
        "drawn": drawn,
        "held_out": data.held_out[..., None],
        "learnt": data.values[..., None],
    }
    seen = {name: kind.describe(kind.encode(items)) for name, items in rows.items()}
    count = min(len(drawn), len(data.held_out), MOST_ASKED)
    fakes, reals = (seen[name][:count].numpy() for name in ("drawn", "held_out"))
    found = {"two_sample": two_sample(fakes, reals, seed)}
    if fakes.shape[1] > 1:
        found["correlation_error"] = correlation_error(seen["drawn"].numpy(), seen["held_out"].numpy())
    return found | {"copying": copying(seen["drawn"], seen["held_out"], seen["learnt"])}


def two_sample(drawn: Seen, real: Seen, seed: int = 0) -> float:
    """The accuracy of the better of two classifiers, in FOLDS folds, at telling rows (N, W) from as many
    others: Lopez-Paz & Oquab 2017 (arXiv 1610.06545, section 3). 0.5 is chance, 1 is no likeness at all.

    One is a random forest, the other a logistic regression on the numbers, their squares and products.
    """
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    rows = np.concatenate([drawn, real])
    which = np.repeat([0, 1], [len(drawn), len(real)])
    products = PolynomialFeatures(2, include_bias=False)
    smooth = make_pipeline(StandardScaler(), products, StandardScaler(), LogisticRegression(C=0.1))
    forest = RandomForestClassifier(TREES, min_samples_leaf=2, random_state=seed)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return max(float(cross_val_score(one, rows, which, cv=folds).mean()) for one in (smooth, forest))


def correlation_error(drawn: Seen, real: Seen) -> float:
    """The mean absolute difference of Pearson's correlations between the numbers of rows (N, W) and (M, W);
    a number that does not vary has correlations of 0.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        one, other = (np.nan_to_num(np.corrcoef(rows, rowvar=False)) for rows in (drawn, real))
    pairs = np.triu_indices(drawn.shape[1], 1)
    return float(np.abs(one - other)[pairs].mean())


def copying(drawn: Tensor, held_out: Tensor, learnt: Tensor) -> float:
    """The median distance of drawn rows (N, W) to the nearest learnt one over that of held-out rows: 1 is as
    new as these, 0 is copying. At most MOST_ASKED rows of each are looked at.
    """
    order = torch.randperm(len(learnt), generator=torch.Generator().manual_seed(0))
    some = learnt[order[:MOST_ASKED]]
    medians = [float(distances(rows[:MOST_ASKED], some).amin(1).median()) for rows in (drawn, held_out)]
    return medians[0] / medians[1] if medians[1] else 1.0
