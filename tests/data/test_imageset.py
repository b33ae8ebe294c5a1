"""Pictures in memory, and the batches that networks read of them."""

from dataclasses import replace

import pytest
import torch

from attngan.data.imageset import ImageSet
from attngan.nn.places import Words
from attngan.tokeniser import Tokeniser


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


def captioned(*captions: str) -> ImageSet:
    images = torch.zeros(len(captions), 1, 5, 5, dtype=torch.uint8)
    tokeniser = Tokeniser.of(captions)
    words = Words.of_texts([tokeniser.tokens(each) for each in captions], tokeniser.vocabulary)
    return ImageSet("hand", images, captions=captions, words=words)


def test_a_wrong_caption_is_another_pictures_and_never_the_same() -> None:
    pictures = captioned("a red star", "a red star", "A red STAR!", "a square", "two squares")
    random = torch.Generator().manual_seed(1)
    indices = torch.arange(5).repeat(8)
    wrong = pictures.wrong(indices, random).texts
    assert pictures.words is not None
    assert not any(text == pictures.words.texts[index] for text, index in zip(wrong, indices, strict=True))
    again = pictures.wrong(indices, torch.Generator().manual_seed(1)).texts
    assert again == wrong
    assert pictures.wrong(indices, random).texts != wrong
    alike = captioned("a star", "a star", "a star")
    assert {*alike.wrong(torch.arange(3), random).texts} == {("a", "star")}


def test_a_wrong_caption_without_a_grammar_is_much_like_its_own_by_the_words_that_tell_something() -> None:
    near, far = ["a blue star is here", "a red circle is here"], ["a green square is here"] * 8
    pictures = captioned("a red star is here", *near, *far)
    texts = pictures.wrong(torch.zeros(300, dtype=torch.int64), torch.Generator().manual_seed(1)).texts
    offered = 1 - (9 / 11) ** 8  # that one of the two is among eight
    assert sum(" ".join(text) in near for text in texts) == pytest.approx(300 * offered, abs=20)
    known = replace(pictures, changed=lambda caption, random: None)
    texts = known.wrong(torch.zeros(300, dtype=torch.int64), torch.Generator().manual_seed(1)).texts
    assert sum(" ".join(text) in near for text in texts) == pytest.approx(300 * 2 / 10, abs=30), "any other"


def test_a_wrong_caption_of_a_known_grammar_is_mostly_its_own_with_a_word_changed() -> None:
    pictures = replace(
        captioned("a red star", "a blue star"), changed=lambda caption, random: caption.replace("a ", "blue ")
    )
    texts = pictures.wrong(torch.zeros(200, dtype=torch.int64), torch.Generator().manual_seed(1)).texts
    assert {*texts} == {("blue", "red", "star"), ("a", "blue", "star")}
    assert 165 < sum(text[0] == "blue" for text in texts) < 195
    kept = replace(pictures, changed=lambda caption, random: None)
    assert {*kept.wrong(torch.tensor([0]), torch.Generator()).texts} == {("a", "blue", "star")}
    with pytest.raises(ValueError, match="no captions"):
        ImageSet("hand", pictures.images).wrong(torch.tensor([0]), torch.Generator())


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
