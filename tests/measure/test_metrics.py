"""Metrics agree with hand values and a second implementation, and notice what people would notice."""

import math
from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from attngan import data, vocabulary
from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.kinds.pictures.features import features
from attngan.kinds.pictures.kind import PICTURES
from attngan.measure import metrics
from bench import judge

SETS = ("faces", "emoji", "digits", "letters")

FIGURES = {"fd", "kd", "precision", "recall", "coverage", "memorisation"}


def random_points(seed: int, count: int, size: int) -> Tensor:
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed))


def shown(pictures: Tensor) -> Tensor:
    return pictures.permute(0, 2, 3, 1)  # as they are decoded


def measure(pictures: Tensor, reals: ImageSet, labels: Tensor | None = None) -> dict[str, float]:
    return metrics.measure(PICTURES, shown(pictures), reals, labels)


# The arithmetic


def test_frechet_distance_is_that_of_the_textbook_on_one_feature() -> None:
    # means 1 and 5, variances 2 and 8: 16 + 2 + 8 - 2 sqrt(2 * 8) = 18
    fakes, reals = torch.tensor([[0.0], [2.0]]), torch.tensor([[3.0], [7.0]])
    assert metrics.frechet_distance(fakes, reals) == pytest.approx(18)


def test_frechet_distance_agrees_with_the_judges_own() -> None:
    fakes = random_points(0, 53, 7) @ random_points(1, 7, 7) + 0.3
    reals = random_points(2, 61, 7)
    assert (expected := judge.frechet(fakes.double().numpy(), reals.double().numpy())) > 1
    assert metrics.frechet_distance(fakes, reals) == pytest.approx(expected, rel=1e-4)


def test_kernel_distance_is_that_of_the_paper_on_three_points() -> None:
    # k(x, y) = (xy + 1)^3 on one feature; fakes 0 and 1, reals 1 and 2
    # within fakes: k(0,1) = 1; within reals: k(1,2) = 27; between: (1 + 1 + 8 + 27) / 4
    fakes, reals = torch.tensor([[0.0], [1.0]]), torch.tensor([[1.0], [2.0]])
    assert metrics.cubic_discrepancy(fakes, reals) == pytest.approx(1 + 27 - 2 * 37 / 4)


def test_kernel_distance_of_all_points_needs_no_drawing() -> None:
    fakes, reals = random_points(0, 31, 5) + 0.5, random_points(1, 31, 5)
    drawn = metrics.kernel_distance(fakes, reals)
    assert drawn == pytest.approx(metrics.cubic_discrepancy(fakes, reals), rel=1e-4)


def test_precision_and_recall_agree_with_the_judges_own() -> None:
    fakes, reals = random_points(0, 47, 3) * 0.8 + 1.2, random_points(1, 47, 3)
    precision, recall = judge.inside_both(fakes.double().numpy(), reals.double().numpy())
    assert precision == pytest.approx(37 / 47)
    assert recall == pytest.approx(34 / 47)
    assert metrics.share_inside(fakes, reals) == pytest.approx(precision)
    assert metrics.share_inside(reals, fakes) == pytest.approx(recall)


def test_one_dropped_mode_costs_recall_and_leaves_precision() -> None:
    reals = torch.tensor([[0.0, 0.0], [100.0, 0.0]]).repeat_interleave(23, dim=0) + random_points(0, 46, 2)
    found = metrics.manifolds(reals[:23] + 0.001, reals, torch.Generator())
    assert found["precision"] > 0.9
    assert found["recall"] == pytest.approx(0.5, abs=0.15)
    assert found["coverage"] == pytest.approx(0.5, abs=0.15)


def test_coverage_counts_the_reals_with_a_fake_in_their_ball() -> None:
    # reals 0, 1, 2, 3, 4, 5, 50: the ball of 0 reaches its 5th neighbour at 5, that of 50 reaches 1
    reals = torch.tensor([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0], [50.0]])
    assert metrics.coverage(torch.tensor([[50.0]]), reals) == pytest.approx(1 / 7)
    assert metrics.coverage(torch.tensor([[2.5]]), reals) == pytest.approx(1)
    assert metrics.coverage(torch.tensor([[-4.5]]), reals) == pytest.approx(1 / 7)


def test_memorisation_is_zero_for_copies_and_one_for_what_is_as_new_as_the_reals() -> None:
    reals = torch.arange(11.0)[:, None] * 3
    assert metrics.memorisation(reals[[2, 5, 7]], reals) == 0
    assert metrics.memorisation(reals[-1:] + 3, reals) == pytest.approx(1)
    assert metrics.memorisation(reals + 1, reals) == pytest.approx(1 / 3)


def test_memorisation_of_data_full_of_doubles_stays_a_number() -> None:
    reals = torch.tensor([[0.0], [4.0]]).repeat(5, 1)
    assert metrics.memorisation(torch.tensor([[2.0]]), reals) == pytest.approx(0.5)
    alone = torch.zeros(11, 1)
    assert metrics.memorisation(torch.zeros(3, 1), alone) == 0
    assert metrics.memorisation(torch.ones(3, 1), alone) == 1


def test_recall_within_classes_sees_the_class_that_lost_its_variety() -> None:
    labels = torch.tensor([0, 1]).repeat_interleave(29)
    reals = random_points(0, 58, 2) + 50 * labels[:, None]
    fakes = random_points(1, 58, 2) + 50 * labels[:, None]
    fakes[labels == 1] = torch.tensor([50.0, 50.0]) + fakes[labels == 1] * 1e-6
    found = metrics.class_recalls(fakes, labels, reals, labels, ("varied", "dead"), torch.Generator())
    assert found["recall_varied"] > 0.7
    assert found["recall_dead"] < 0.1
    assert found["class_recall"] == pytest.approx((found["recall_varied"] + found["recall_dead"]) / 2)


# What a person would notice

CLEAN = 400  # pictures of a half


def halves(name: str) -> tuple[ImageSet, Tensor, Tensor | None]:
    """Two random halves of a data set: one to be the reals, the other's pictures and labels as fakes."""
    whole = data.load(name)
    order = torch.randperm(len(whole), generator=torch.Generator().manual_seed(3))
    first, second = order[: min(len(whole) // 2, CLEAN)], order[len(whole) // 2 :][:CLEAN]
    labels = whole.labels
    reals = ImageSet(
        name=name,
        images=whole.images[first],
        labels=None if labels is None else labels[first],
        label_names=whole.label_names,
    )
    return reals, whole.images[second], None if labels is None else labels[second]


def blur(pictures: Tensor, strength: int) -> Tensor:
    values = pictures.float()
    for _ in range(strength):
        values = F.avg_pool2d(F.pad(values, [1] * 4, mode="replicate"), 3, stride=1)
    return values.byte()


def noise(pictures: Tensor, strength: int) -> Tensor:
    amount = torch.randn(pictures.shape, generator=torch.Generator().manual_seed(5))
    return (pictures + 12 * strength * amount).clamp(0, 255).byte()


def tint(pictures: Tensor, strength: int) -> Tensor:
    gains = torch.tensor([1 + 0.08 * strength, 1 - 0.05 * strength, 1 - 0.1 * strength])
    return (pictures.expand(-1, 3, -1, -1) * gains[:, None, None]).clamp(0, 255).byte()


def checkerboard(pictures: Tensor, strength: int) -> Tensor:
    at = torch.arange(pictures.shape[-1])
    board = (at[:, None] + at) % 2 * 2 - 1
    return (pictures.int() + 9 * strength * board).clamp(0, 255).byte()


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("damage", [blur, noise, tint, checkerboard], ids=lambda damage: damage.__name__)
def test_distances_rise_with_every_kind_of_damage(name: str, damage: Callable[[Tensor, int], Tensor]) -> None:
    reals, pictures, _ = halves(name)
    seen = features(reals.images)
    spoilt = [features(damage(pictures, strength)) for strength in (0, 1, 2, 3, 5)]
    frechet = [metrics.frechet_distance(fakes, seen) for fakes in spoilt]
    kernel = [metrics.cubic_discrepancy(fakes, seen) for fakes in spoilt]
    assert frechet == sorted(frechet), frechet
    assert kernel == sorted(kernel), kernel
    assert frechet[-1] > 1.2 * frechet[0]  # a half of faces is so small that its own distance is large


@pytest.mark.parametrize("name", ["digits", "letters"])
def test_distances_rise_and_variety_falls_with_every_dropped_mode(name: str) -> None:
    reals, pictures, labels = halves(name)
    assert labels is not None
    kept = [pictures[labels < reals.classes * share] for share in (1, 0.8, 0.6, 0.4)]
    found = [measure(images, reals) for images in kept]
    for figure, direction in (("fd", 1), ("kd", 1), ("coverage", -1), ("class_recall", -1)):
        values = [direction * one[figure] for one in found]
        assert values == sorted(values), (figure, values)


@pytest.mark.parametrize("damage", [blur, noise, tint, checkerboard], ids=lambda damage: damage.__name__)
def test_few_pictures_spoilt_move_away_from_themselves(damage: Callable[[Tensor, int], Tensor]) -> None:
    faces = data.load("faces").images
    seen = features(faces)
    moved = [
        metrics.frechet_distance(features(damage(faces, strength)), seen) for strength in (0, 1, 2, 3, 5)
    ]
    assert moved[0] == pytest.approx(0, abs=1e-3)
    assert moved == sorted(moved), moved
    assert moved[-1] > 2


@pytest.mark.parametrize("name", SETS)
def test_real_against_real_is_near_zero_and_far_from_noise(name: str) -> None:
    reals, pictures, _ = halves(name)
    found = measure(pictures, reals)
    lost = measure(torch.randint(256, pictures.shape, dtype=torch.uint8), reals)
    assert abs(found["kd"]) < 0.05 * lost["kd"]
    # The Frechet distance of few pictures is biased upwards, the more where each is one of a kind.
    assert found["fd"] < (0.1 if name in ("digits", "letters") else 0.25) * lost["fd"]
    assert found["precision"] > 0.5
    assert found["recall"] > 0.5 > 0.1 > lost["recall"]
    assert found["coverage"] > 0.8
    if name in ("digits", "letters"):
        assert max(lost["precision"], lost["coverage"]) < 0.1
    assert 0.7 < found["memorisation"] < 1.4


def test_copies_with_a_little_noise_are_told_as_memorised() -> None:
    reals, pictures, _ = halves("digits")
    copied = measure(noise(reals.images, 1), reals)
    assert copied["memorisation"] < 0.5 < measure(pictures, reals)["memorisation"]


# Calling it


def test_evaluate_gives_every_figure_it_explains_and_the_same_twice() -> None:
    reals, pictures, labels = halves("digits")
    found = measure(pictures[:101], reals, labels[:101] if labels is not None else None)
    assert {*FIGURES, "class_recall", *(f"recall_{digit}" for digit in range(10))} == set(found)
    assert set(vocabulary.MEASURES) > FIGURES
    assert all(math.isfinite(value) for value in found.values())
    assert found == measure(pictures[:101], reals, labels[:101] if labels is not None else None)


def test_real_against_real_is_what_one_half_of_the_data_reads_against_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twins = data.load("twins", 16, max_pictures=1009)
    found = metrics.real_against_real(PICTURES, twins, 400)
    assert set(found) == FIGURES | {"agreement"}
    assert found == metrics.real_against_real(PICTURES, twins, 400)
    assert found["agreement"] == 1
    assert 0 <= found["fd"] < 1
    assert abs(found["kd"]) < 0.01
    assert found["recall"] > 0.8
    assert 0.8 < found["memorisation"] < 1.3, "no real picture is among those it is measured against"
    monkeypatch.setattr(metrics, "LEAST_HALF", 505)
    assert metrics.real_against_real(PICTURES, twins, 400) == {}, "504 say little"


def test_figures_of_unlabelled_data_have_no_classes() -> None:
    reals, pictures, _ = halves("faces")
    assert set(measure(pictures, reals)) == FIGURES


def test_more_generated_than_real_pictures_are_compared_group_by_group() -> None:
    reals, pictures, _ = halves("faces")
    often = measure(torch.cat([pictures] * 3), reals)
    assert often["recall"] == pytest.approx(measure(pictures, reals)["recall"], abs=0.15)


def test_one_constant_picture_is_measured_and_not_divided_by_zero() -> None:
    flat = ImageSet(name="flat", images=torch.full((11, 1, 17, 17), 40, dtype=torch.uint8))
    for fakes in (flat.images, torch.randint(256, (13, 1, 17, 17), dtype=torch.uint8)):
        assert all(math.isfinite(value) for value in measure(fakes, flat).values())
        assert all(
            math.isfinite(value) for value in metrics.Meter.of(PICTURES, flat).measure(shown(fakes)).values()
        )


def test_the_meter_tells_collapse_copies_and_good_samples_apart() -> None:
    reals, pictures, _ = halves("digits")
    meter = metrics.Meter.of(PICTURES, reals)
    good = meter.measure(shown(pictures[:101]))
    collapsed = meter.measure(shown(pictures[:1].expand(101, -1, -1, -1)))
    assert good["variety"] == pytest.approx(1, abs=0.1)
    assert collapsed["variety"] == pytest.approx(0, abs=1e-3)
    assert collapsed["kd"] > 20 * abs(good["kd"])
    assert meter.measure(shown(reals.images[:101]))["memorisation"] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (torch.zeros(7, 3, 11, 11, dtype=torch.uint8), "7 generated pictures are too few"),
        (torch.zeros(13, 3, 11, 11), "uint8"),
        (torch.zeros(13, 4, 11, 11, dtype=torch.uint8), "1 or 3"),
    ],
)
def test_what_cannot_be_measured_is_told_in_a_sentence(images: Tensor, said: str) -> None:
    with pytest.raises(AttnGanError, match=said):
        measure(images, halves("faces")[0])


def test_labels_of_the_wrong_number_are_told_in_a_sentence() -> None:
    reals, pictures, _ = halves("digits")
    with pytest.raises(AttnGanError, match="13 generated pictures, but 11 labels"):
        measure(pictures[:13], reals, torch.zeros(11, dtype=torch.int64))


def test_the_inception_distance_says_what_it_needs() -> None:
    with pytest.raises(AttnGanError, match="torch-fidelity"):
        metrics.inception_distance(torch.zeros(8, 3, 32, 32, dtype=torch.uint8), halves("faces")[0])
