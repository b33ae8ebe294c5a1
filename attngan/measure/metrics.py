"""How good and how varied generated items are, measured against real ones.

All distances are taken in what a kind describes its items by, for pictures
attngan.kinds.pictures.features, so they compare with each other and not with published figures;
`inception_distance` is the published one. bench/judge.py measures digits a second, independent way.

Shapes: N generated (fake) items, M real ones, F features.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Tensor, nn

from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.kinds.kind import Kind
from attngan.nn.batch import DataSet
from attngan.nn.characters import PairedTexts

MINIMUM_ITEMS = 8
NEIGHBOURS = 3  # of precision and recall, as in the paper
COVERAGE_NEIGHBOURS = 5  # of coverage, as in the paper
CHUNK = 1024  # rows of a table of distances at a time
SUBSETS = 50  # of the kernel distance
LEAST_HALF = 256  # reals in a half of the data, below which what one reads against the other says little


def measure(
    kind: Kind, items: Tensor, data: DataSet, labels: Tensor | None = None, seed: int = 0
) -> dict[str, float]:
    """The figures of `compared`, and `class_recall` and `recall_<class>` where the data has labels.

    `items` are generated and decoded (pictures: uint8 (N, H, W, C)), best 2000 of them or more; `labels`
    (N,) are the classes they were asked to be. Without them a generated item counts to the class of the
    real one that it is nearest to. All chance comes from `seed`. Raises AttnGanError for fewer than 8 items.
    """
    for whose, count in (("generated", len(items)), ("real", len(data))):
        if count < MINIMUM_ITEMS:
            raise AttnGanError(
                f"{count} {whose} {kind.name} are too few to measure: {MINIMUM_ITEMS} are needed."
            )
    if labels is not None and len(labels) != len(items):
        raise AttnGanError(f"{len(items)} generated {kind.name}, but {len(labels)} labels of them.")
    random = torch.Generator().manual_seed(seed)
    fakes, reals = kind.describe(kind.encode(items)), described(kind, data)
    found = compared(fakes, reals, random, seed)
    if data.labels is not None:
        asked = nearest_label(fakes, reals, data.labels) if labels is None else labels
        found |= class_recalls(fakes, asked, reals, data.labels, data.label_names, random)
    return found


def compared(
    fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"], random: torch.Generator, seed: int = 0
) -> dict[str, float]:
    """fd, kd, precision, recall, coverage and memorisation of features (N, F) against (M, F)."""
    found = {"fd": frechet_distance(fakes, reals), "kd": kernel_distance(fakes, reals, seed)}
    found |= manifolds(fakes, reals, random)
    return found | {"memorisation": memorisation(fakes, reals)}


def real_against_real(kind: Kind, data: DataSet, count: int, seed: int = 0) -> dict[str, float]:
    """What real items read: the figures of one half of the data, or `count` of it, against the other.

    The halves are drawn from `seed`. The rate of an exact check is among the figures, where the data has one.
    Empty where a half has fewer than LEAST_HALF items: few pictures alone raise fd; and for pairs of texts,
    which are right by what they are.
    """
    half = len(data) // 2
    if half < LEAST_HALF or isinstance(data, PairedTexts):
        return {}
    random = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(data), generator=random)
    one, other = order[:half][:count], order[half:]
    found = compared(described(kind, data, one), described(kind, data, other), random, seed)
    return found | exactly(kind.decode(data.batch(one).items), data)


def exactly(items: Tensor, data: DataSet, asked: Sequence[str] | None = None) -> dict[str, float]:
    """The rates of decoded items, each for the text it was `asked` for, by their names; empty
    where the data has no exact check, or a check of texts and there are none.
    """
    if data.check is None or (data.check.asked and asked is None):
        return {}
    return {name: rate(items.numpy(), asked) for name, rate in data.check.rates.items()}


def described(kind: Kind, data: DataSet, chosen: Tensor | None = None) -> Tensor:
    """What the kind sees of the data's items, or of the chosen ones, float32 (M, F)."""
    chosen = torch.arange(len(data)) if chosen is None else chosen
    return torch.cat([kind.describe(data.batch(part).items) for part in chosen.split(CHUNK)])


class _Same(nn.Module):
    """Lets torchmetrics take features that are there already."""

    num_features: int

    def __init__(self, number: int) -> None:
        super().__init__()
        self.num_features = number

    def forward(self, already: Tensor) -> Tensor:
        return already


def frechet_distance(fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"]) -> float:
    """Frechet distance of the Gaussians fitted to features (N, F) and (M, F) [Heusel et al. 2017, eq. 6]."""
    from torchmetrics.image.fid import FrechetInceptionDistance

    distance = FrechetInceptionDistance(feature=_Same(fakes.shape[1]))
    distance.update(fakes.double(), real=False)
    distance.update(reals.double(), real=True)
    return max(0.0, float(distance.compute()))


def kernel_distance(fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"], seed: int = 0) -> float:
    """Squared maximum mean discrepancy under a cubic kernel, unbiased [Binkowski et al. 2018, eq. 4].

    The mean over 50 draws of up to 500 pictures of each kind.
    """
    from torchmetrics.image.kid import KernelInceptionDistance

    size = min(len(fakes), len(reals), 500)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Metric .* will save all extracted features", UserWarning)
        distance = KernelInceptionDistance(feature=_Same(fakes.shape[1]), subsets=SUBSETS, subset_size=size)
    distance.update(fakes.double(), real=False)
    distance.update(reals.double(), real=True)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return float(distance.compute()[0])


def manifolds(
    fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"], random: torch.Generator
) -> dict[str, float]:
    """Precision, recall and coverage of features (N, F) against (M, F).

    The three depend on how many pictures there are, so as many of one kind as of the other are
    compared: where there are more fakes, group after group of them, and the mean is taken.
    """
    size = min(len(fakes), len(reals))
    reals = reals[torch.randperm(len(reals), generator=random)[:size]]
    groups = [group for group in fakes.split(size) if len(group) == size]
    found = []
    for group in groups:
        found.append(
            {
                "precision": share_inside(group, reals),
                "recall": share_inside(reals, group),
                "coverage": coverage(group, reals),
            }
        )
    return {name: sum(one[name] for one in found) / len(found) for name in found[0]}


def radii(points: Float[Tensor, "N F"], neighbours: int) -> Float[Tensor, " N"]:
    """Distance (N,) of each point (N, F) to its k-th nearest other, or to the farthest of fewer."""
    neighbours = min(neighbours, len(points) - 1)
    parts = [distances(part, points).kthvalue(neighbours + 1, dim=1).values for part in points.split(CHUNK)]
    return torch.cat(parts)


def distances(first: Float[Tensor, "N F"], second: Float[Tensor, "M F"]) -> Float[Tensor, "N M"]:
    """Euclidean distances float64 (N, M); a point is at distance 0 from itself, exactly."""
    return torch.cdist(first.double(), second.double(), compute_mode="donot_use_mm_for_euclid_dist")


def share_inside(points: Float[Tensor, "N F"], manifold: Float[Tensor, "M F"]) -> float:
    """Share of points (N, F) that lie in the k-NN manifold of others (M, F).

    Precision when the manifold is real, recall when it is generated [Kynkaanniemi et al. 2019, eq. 1 to 3].
    """
    reach = radii(manifold, NEIGHBOURS)
    inside = [(distances(part, manifold) <= reach).any(dim=1) for part in points.split(CHUNK)]
    return float(torch.cat(inside).double().mean())


def coverage(fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"]) -> float:
    """Share of reals with a fake inside their k-NN ball [Naeem et al. 2020, eq. 6]."""
    reach = radii(reals, COVERAGE_NEIGHBOURS)
    nearest = torch.cat([distances(part, fakes).amin(dim=1) for part in reals.split(CHUNK)])
    return float((nearest <= reach).double().mean())


def memorisation(fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"]) -> float:
    """Median distance of fakes to the nearest real over the median distance of reals to the nearest other.

    0: every fake is a copy. 1: fakes are as new as the reals are to each other. Above: they look like
    no real picture. Should most reals be doubles of each other, only reals that differ are counted.
    """
    nearest = torch.cat([distances(part, reals).amin(dim=1) for part in fakes.split(CHUNK)])
    among = radii(reals, 1)
    if among.median() == 0:
        reals = reals.unique(dim=0)
        if len(reals) < 2:
            return 0.0 if float(nearest.median()) == 0 else 1.0
        among = radii(reals, 1)
    return float(nearest.median() / among.median())


def nearest_label(
    fakes: Float[Tensor, "N F"], reals: Float[Tensor, "M F"], labels: Int[Tensor, " M"]
) -> Int[Tensor, " N"]:
    """The label (N,) of the real picture that each fake is nearest to."""
    return torch.cat([labels[distances(part, reals).argmin(dim=1)] for part in fakes.split(CHUNK)])


def class_recalls(
    fakes: Tensor,
    asked: Tensor,
    reals: Tensor,
    labels: Tensor,
    names: tuple[str, ...],
    random: torch.Generator,
) -> dict[str, float]:
    """Recall within each class as `recall_<class>`, and their mean as `class_recall`.

    A class that is drawn fewer than 5 times has recall 0; one of fewer than 5 reals is left out.
    """
    found = {}
    for label, name in enumerate(names):
        made, there = fakes[asked == label], reals[labels == label]
        if len(there) > NEIGHBOURS + 1:
            enough = len(made) > NEIGHBOURS + 1
            found[f"recall_{name}"] = manifolds(made, there, random)["recall"] if enough else 0.0
    return {"class_recall": sum(found.values()) / len(found)} | found if found else {}


def inception_distance(images: Tensor, data: ImageSet) -> float:
    """The standard FID on 2048 Inception features, of pictures uint8 (N, H, W, C) against the data.

    Needs the extra `inception` and, the first time, a network for its weights; raises AttnGanError if
    either is missing.
    """
    from torchmetrics.image.fid import FrechetInceptionDistance

    try:
        distance = FrechetInceptionDistance(feature=2048)
    except (ImportError, OSError) as error:
        raise AttnGanError(
            "The Inception FID needs the package torch-fidelity (pip install 'attngan[inception]') and, "
            "once, a network to download its weights; the metrics without it need neither."
        ) from error
    for pictures, real in ((images.permute(0, 3, 1, 2), False), (data.images, True)):
        for part in pictures.split(64):
            distance.update(part.expand(-1, 3, -1, -1), real=real)
    return float(distance.compute())


@dataclass(frozen=True)
class Meter:
    """A quick look during training, about a hundred pictures at a time; its reals are looked at once."""

    kind: Kind
    reals: Tensor  # described, (M, F)
    spread: float  # mean distance among the reals
    among: float  # median distance of a real to the nearest other

    @staticmethod
    def of(kind: Kind, data: DataSet, items: int = 1000) -> "Meter":
        """A meter of at most so many of the data's items, evenly spread over the set."""
        chosen = torch.linspace(0, len(data) - 1, min(items, len(data))).long()
        reals = described(kind, data, chosen)
        return Meter(kind, reals, spread(reals), float(radii(reals, 1).median()))

    def measure(self, items: Tensor) -> dict[str, float]:
        """kd, `variety` and memorisation (attngan.vocabulary) of decoded items, at least 8."""
        fakes = self.kind.describe(self.kind.encode(items))
        nearest = distances(fakes, self.reals).amin(dim=1).median()
        return {
            "kd": cubic_discrepancy(fakes, self.reals),
            "variety": spread(fakes) / self.spread if self.spread else 1.0,
            "memorisation": float(nearest) / self.among if self.among else 1.0,
        }


def spread(points: Float[Tensor, "N F"]) -> float:
    """Mean distance among points (N, F), N at least 2."""
    return float(F.pdist(points).mean())


def cubic_discrepancy(first: Float[Tensor, "N F"], second: Float[Tensor, "M F"]) -> float:
    """kernel_distance() of all points at once, without drawing."""
    first, second = first.double(), second.double()
    number, other, size = len(first), len(second), first.shape[1]

    def kernel(one: Tensor, two: Tensor) -> Tensor:
        return (one @ two.T / size + 1) ** 3

    own, others = kernel(first, first), kernel(second, second)
    within = (own.sum() - own.trace()) / (number * (number - 1))
    within_others = (others.sum() - others.trace()) / (other * (other - 1))
    return float(within + within_others - 2 * kernel(first, second).mean())
