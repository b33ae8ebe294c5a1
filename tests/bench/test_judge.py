"""The judge of digit models can be relied on: its arithmetic by hand, its verdicts by what they must be."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from bench import judge


def test_frechet_distance_is_that_of_the_textbook() -> None:
    # Two features; covariances diag(2, 8) and diag(8, 2), means (0, 0) and (3, 4):
    # 25 + 10 + 10 - 2 (sqrt(16) + sqrt(16)) = 29
    cross = np.array([[1.0, 0], [-1, 0], [0, 2], [0, -2]]) * np.sqrt(3)
    assert judge.frechet(cross, cross[:, ::-1] + [3, 4]) == pytest.approx(29)
    assert judge.frechet(cross, cross) == pytest.approx(0, abs=1e-9)


def test_share_inside_is_counted_by_hand_on_a_line() -> None:
    # the third nearest neighbours of 0, 1, 2, 3, 10 lie at distances 3, 2, 2, 3, 9
    manifold = np.array([[0.0], [1.0], [2.0], [3.0], [10.0]])
    assert judge.share_inside(np.array([[-3.0], [-3.1], [19.0], [19.1], [5.0]]), manifold) == 3 / 5


def test_pictures_of_any_layout_are_the_same_to_the_judge() -> None:
    plain = torch.randint(256, (7, 28, 28), dtype=torch.uint8)
    padded = F.pad(plain, [2] * 4)
    expected = judge.as_pictures(plain)
    assert expected.shape == (7, 1, 32, 32)
    for other in (
        padded,
        padded[:, None],
        padded[..., None],
        padded[..., None].expand(-1, -1, -1, 3).numpy(),
    ):
        torch.testing.assert_close(judge.as_pictures(other), expected)


@pytest.fixture(scope="module")
def reals() -> tuple[Tensor, Tensor]:
    images, labels = judge.digits()
    chosen = torch.randperm(len(images), generator=torch.Generator().manual_seed(1))[:1009]
    return images[chosen], labels[chosen]


def test_real_digits_are_near_varied_and_read_right(reals: tuple[Tensor, Tensor]) -> None:
    found = judge.judge(*reals)
    assert found["distance"] < 2
    assert found["recall"] > 0.85
    assert found["worst_class"] > 0.7
    assert found["read_as_label"] > 0.98
    assert 0.05 < found["rarest"] < found["commonest"] < 0.15


def test_collapse_a_lost_digit_blur_and_noise_are_each_found_out(reals: tuple[Tensor, Tensor]) -> None:
    images, labels = reals
    few = torch.cat([images[labels == digit][:20] for digit in range(10)])
    collapsed = judge.judge(few.repeat(5, 1, 1))
    assert collapsed["class_recall"] < 0.05 < 0.8 < collapsed["precision"]
    lost = judge.judge(images[labels != 7])
    assert (lost["worst_class"], lost["rarest"] < 0.02) == (0, True)
    blurred = F.avg_pool2d(images.float()[:, None], 3, stride=1, padding=1).byte()
    noise = torch.randint(256, images.shape, dtype=torch.uint8)
    real, soft, hopeless = (judge.judge(one)["distance"] for one in (images, blurred, noise))
    assert 3 * real < soft < hopeless / 10


def test_wrong_labels_are_noticed(reals: tuple[Tensor, Tensor]) -> None:
    images, labels = reals
    assert judge.judge(images, (labels + 1) % 10)["read_as_label"] < 0.02
