"""The nearest training pictures, found among pictures whose nearest are known."""

import pytest
import torch

from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.kinds.pictures.kind import PICTURES, PictureKind
from attngan.measure.neighbours import Gallery
from tests import tiny


def shown(data: ImageSet) -> torch.Tensor:
    """The pictures as they are decoded (N, H, W, C)."""
    return data.images.permute(0, 2, 3, 1)


def test_a_copy_is_its_own_nearest_at_distance_nought():
    data = tiny.pictures(13)
    found = Gallery.of(PICTURES, data).nearest(shown(data)[[7, 2]], count=3)
    assert found.items.shape == (2, 3, 16, 16, 3)
    assert found.indices[:, 0].tolist() == [7, 2]
    assert torch.equal(found.items[0, 0], shown(data)[7])
    assert found.distances[:, 0].max() < 1e-5  # features of another batch are rounded otherwise
    assert (found.distances.diff(dim=1) >= 0).all()


def test_the_unit_is_the_usual_distance_between_training_pictures():
    data = tiny.pictures(13)
    nearest_other = Gallery.of(PICTURES, data).nearest(shown(data), 2).distances[:, 1]
    assert nearest_other.median() == pytest.approx(1)


def test_doubles_are_told_by_their_pixels_not_by_features_that_rounding_sets_apart(
    monkeypatch: pytest.MonkeyPatch,
):
    rounded = torch.arange(5)[:, None] * 1e-6
    monkeypatch.setattr(PictureKind, "describe", lambda kind, items: rounded)
    data = tiny.pictures(3)
    with pytest.raises(AttnGanError, match="All training pictures are the same"):
        Gallery.of(PICTURES, type(data)("same", data.images[:1].repeat(5, 1, 1, 1)))


def test_what_cannot_be_compared_is_told():
    data = tiny.pictures(3)
    with pytest.raises(AttnGanError, match="From 1 to 3 neighbours"):
        Gallery.of(PICTURES, data).nearest(shown(data), count=4)
    same = type(data)("same", data.images[:1].repeat(5, 1, 1, 1))
    with pytest.raises(AttnGanError, match="All training pictures are the same"):
        Gallery.of(PICTURES, same)
