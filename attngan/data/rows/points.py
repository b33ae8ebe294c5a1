"""Points of a plane by rule, each set with an exact check: do drawn points lie where the rule puts some?

Shapes: N points, M middles.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from attngan.columns import Number
from attngan.data import sources
from attngan.data.rows.rowset import RowSet
from attngan.data.rows.scale import one_scale
from attngan.data.sources import Source
from attngan.nn.batch import Check

COUNT, HELD_OUT = 20_000, 2000  # points to learn from, and to measure with
NEAR = 3.0  # sigmas from a middle within which a point counts as right
FAIR = 0.2  # of the points that a middle has by right, from which on it counts as covered
ALONG = 400  # middles along a curve
WORD = "GAN"  # whose outline there is

Points = NDArray[np.floating[Any]]  # (N, 2)


@dataclass(frozen=True)
class Rule:
    """Points lie about `middles` (M, 2), as often about each, normally with this sigma in both directions.

    Middles that are `modes` can be counted; others lie along a curve.
    """

    middles: Points
    sigma: float
    are_modes: bool = False

    def points(self, count: int, seed: int) -> Points:
        """Points (count, 2)."""
        random = np.random.default_rng(seed)
        chosen = self.middles[random.integers(len(self.middles), size=count)]
        return np.asarray(chosen + self.sigma * random.standard_normal((count, 2)))

    def near(self, points: Points) -> float:
        """The share of points (N, 2) that lie within NEAR sigmas of a middle."""
        return float((self._nearest(points)[0] <= NEAR * self.sigma).mean())

    def covered(self, points: Points) -> float:
        """How many modes have their FAIR part of points (N, 2) near them; of a curve the share of it that
        has a point near it.
        """
        if self.are_modes:
            far, nearest = self._nearest(points)
            counts = np.bincount(nearest[far <= NEAR * self.sigma], minlength=len(self.middles))
            return float((counts >= FAIR * len(points) / len(self.middles)).sum())
        from scipy.spatial import KDTree

        return float((KDTree(points).query(self.middles)[0] <= NEAR * self.sigma).mean())

    def check(self) -> Check:
        """Both, for decoded rows."""
        measures = {"near": self.near, "modes" if self.are_modes else "along": self.covered}
        return Check({name: partial(_of_rows, measure) for name, measure in measures.items()})

    def _nearest(self, points: Points) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """How far each point is from the nearest middle, and which that is."""
        from scipy.spatial import KDTree

        far, nearest = KDTree(self.middles).query(points)
        return far, nearest


def _of_rows(
    measure: Callable[[Points], float], rows: NDArray[Any], asked: Sequence[str] | None = None
) -> float:
    return measure(rows.squeeze(-1))


def gaussians() -> Rule:
    """25 modes, five by five, two apart: Srivastava et al. 2017 (arXiv 1705.07761, section 4.1)."""
    steps = np.arange(-4.0, 5.0, 2.0)
    return Rule(np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2), 0.05, are_modes=True)


def ring() -> Rule:
    """8 modes on a circle: Metz et al. 2017 (arXiv 1611.02163, appendix A)."""
    turns = np.arange(8) / 8 * 2 * math.pi
    return Rule(2 * np.stack([np.cos(turns), np.sin(turns)], 1), 0.02, are_modes=True)


def moons() -> Rule:
    """Two half circles that reach into one another."""
    turns = np.linspace(0, math.pi, ALONG // 2)
    upper = np.stack([np.cos(turns), np.sin(turns)], 1)
    return Rule(np.concatenate([upper, [1, 0.5] - upper]) - [0.5, 0.25], 0.05)


def spiral() -> Rule:
    """Two turns of a spiral, its middles evenly apart along it."""
    turns = 4 * math.pi * np.sqrt(np.linspace(0.02, 1, ALONG))
    return Rule(turns[:, None] / (4 * math.pi) * np.stack([np.cos(turns), np.sin(turns)], 1), 0.015)


def outline() -> Rule:
    """The outline of WORD in the letters of DejaVu Sans, its middles evenly apart along it."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    rings = TextPath((0, 0), WORD, 1, prop=FontProperties("DejaVu Sans")).to_polygons()
    corners = [np.asarray(ring_) for ring_ in rings]
    pieces = np.concatenate([np.stack([one[:-1], one[1:]], 1) for one in corners])  # (pieces, 2, 2)
    lengths = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T)
    ends = lengths.cumsum()
    places = (np.arange(ALONG) + 0.5) / ALONG * ends[-1]
    piece = np.searchsorted(ends, places)
    part = 1 - (ends[piece] - places) / lengths[piece]
    middles = pieces[piece, 0] + part[:, None] * (pieces[piece, 1] - pieces[piece, 0])
    return Rule(middles - (middles.min(0) + middles.max(0)) / 2, 0.015)


RULES = {
    sources.GAUSSIANS.name: gaussians,
    sources.RING.name: ring,
    sources.MOONS.name: moons,
    sources.SPIRAL.name: spiral,
    sources.OUTLINE.name: outline,
}


def points(source: Source) -> RowSet:
    """The points of a known name."""
    rule = RULES[source.name]()
    found = torch.from_numpy(rule.points(COUNT + HELD_OUT, seed=0)).float()
    return RowSet(
        name=source.name,
        columns=one_scale(found.numpy(), [Number(name=name, knots=(-1, 1)) for name in "xy"]),
        values=found[:COUNT],
        held_out=found[COUNT:],
        licence=source.licence,
        source=source.attribution,
        check=rule.check(),
    )
