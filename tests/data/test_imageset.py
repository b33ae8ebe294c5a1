"""Pictures in memory, and the batches that networks read of them."""

from dataclasses import replace

import pytest
import torch

from attngan.data.imageset import ImageSet
from attngan.nn.places import Words


def test_a_batch_is_float_between_minus_one_and_one_with_its_labels() -> None:
    images = torch.tensor([0, 51, 255], dtype=torch.uint8)[:, None, None, None].expand(3, 1, 5, 5)
    pictures = ImageSet("hand", images, torch.tensor([2, 0, 1]), ("a", "b", "c"))
    batch = pictures.batch([2, 1, 0, 2])
    assert batch.items.dtype == torch.float32
    assert torch.allclose(batch.items[:, 0, 3, 4], torch.tensor([1.0, -0.6, -1.0, 1.0]))
    assert isinstance(batch.condition, torch.Tensor)
    assert batch.condition.tolist() == [1, 0, 2, 1]
    assert ImageSet("hand", images).batch(torch.tensor([1])).condition is None


def test_a_batch_of_captioned_pictures_comes_with_their_words_padded_to_the_longest() -> None:
    images = torch.arange(3, dtype=torch.uint8)[:, None, None, None].expand(3, 1, 5, 5)
    words = Words.of_texts([["a", "red", "star"], ["star"], ["a", "star"]])
    pictures = ImageSet("hand", images, captions=("a red star", "star", "a star"), words=words)
    condition = pictures.batch([2, 1]).condition
    assert isinstance(condition, Words)
    assert condition.texts == (("a", "star"), ("star",))
    assert condition.codes.shape == (2, 2)
    labelled = replace(pictures, labels=torch.tensor([1, 0, 1]), label_names=("a", "b"))
    assert isinstance(labelled.batch([2, 1]).condition, torch.Tensor)
    assert labelled.without_labels().batch([2, 1]).condition == condition
    assert labelled.without_labels().classes == 0


def test_an_image_set_whose_parts_do_not_fit_is_refused() -> None:
    images = torch.zeros(3, 1, 5, 5, dtype=torch.uint8)
    with pytest.raises(ValueError, match="uint8"):
        ImageSet("hand", images.float())
    with pytest.raises(ValueError, match="labels"):
        ImageSet("hand", images, torch.zeros(2, dtype=torch.int64), ("a",))
    with pytest.raises(ValueError, match="captions"):
        ImageSet("hand", images, captions=("one",))
    with pytest.raises(ValueError, match="words of 2"):
        ImageSet("hand", images, words=Words.of_texts([["one"], ["two"]]))
