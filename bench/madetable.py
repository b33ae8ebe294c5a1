"""A table of thirteen columns by rule: curved and skewed numbers, a count and two categories, all dependent.

    python bench/madetable.py ROWS FILE.csv

Other rows of the same rule for another number of rows, since that is the seed.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

NUMBERS = 10
SORTS = ("blue", "green", "red")
SHARES = (0.2, 0.3, 0.5)


def table(rows: int) -> pd.DataFrame:
    """The table; each sort of rows has its own middle and its own correlations."""
    rule, random = np.random.default_rng(1), np.random.default_rng(rows)
    mixing = 0.5 * rule.standard_normal((len(SORTS), NUMBERS, NUMBERS))
    middles = 1.5 * rule.standard_normal((len(SORTS), NUMBERS))
    sort = random.choice(len(SORTS), rows, p=SHARES)
    noise = random.standard_normal((rows, NUMBERS))
    numbers = np.einsum("nij,nj->ni", mixing[sort], noise) + middles[sort]
    numbers[:, 1] = np.exp(numbers[:, 1])
    numbers[:, 2] = np.sin(numbers[:, 0]) + 0.2 * numbers[:, 2]
    numbers[:, 3] **= 2
    made = pd.DataFrame(numbers.round(3), columns=[f"number {place + 1}" for place in range(NUMBERS)])
    count = (20 + 5 * numbers[:, 4] + random.standard_normal(rows)).round().astype(int)
    answer = np.where(numbers[:, 0] + random.standard_normal(rows) > 0, "yes", "no")
    return made.assign(count=count, answer=answer, sort=np.array(SORTS)[sort])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    table(asked.rows).to_csv(asked.file, index=False)
