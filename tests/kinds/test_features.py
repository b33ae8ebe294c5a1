"""The small network that looks at pictures for the metrics."""

import pytest
import torch

from attngan import data
from attngan.kinds.pictures.features import FEATURES, feature_network, features
from attngan.measure import metrics


def test_the_shipped_network_is_small_and_gives_64_features_a_picture() -> None:
    assert sum(value.numel() for value in feature_network().parameters()) * 4 < 3_000_000
    pictures = torch.randint(256, (5, 3, 32, 32), dtype=torch.uint8)
    assert features(pictures).shape == (5, FEATURES)
    assert torch.equal(features(pictures[:, :1]), features(pictures[:, :1].expand(-1, 3, -1, -1)))


@pytest.mark.parametrize("size", [16, 64])
def test_features_of_other_sizes_resemble_those_of_32_pixels(size: int) -> None:
    here, there = features(data.load("emoji", 32).images[:59]), features(data.load("emoji", size).images[:59])
    own = metrics.distances(here, there).diagonal().median()
    others = metrics.distances(here, here)[~torch.eye(59, dtype=torch.bool)].median()
    assert own < 0.6 * others


def test_features_do_not_depend_on_the_batch() -> None:
    pictures = data.load("faces").images[:13]
    torch.testing.assert_close(features(pictures, chunk=5), features(pictures), rtol=1e-4, atol=1e-4)
