"""Which of several texts is the most alike: by the words that both have, rare ones counting more."""

import torch

from attngan.data.alike import most_alike, rarity
from attngan.nn.places import Words
from attngan.tokeniser import Tokeniser

TEXTS = ["star star blue", "a star", "blue", "star", "a", "a", "a", "a"]


def words(texts: list[str]) -> Words:
    tokeniser = Tokeniser.of(texts)
    return Words.of_texts([tokeniser.tokens(text) for text in texts], tokeniser.vocabulary)


def test_a_word_that_comes_twice_counts_once() -> None:
    read = words(TEXTS)
    random = torch.Generator().manual_seed(0)
    found = most_alike(read, rarity(read), torch.tensor([0]), random, offered=200)
    assert TEXTS[int(found)] == "blue", "which is rarer than star"


def test_it_is_never_the_same_text_where_there_is_another() -> None:
    read, random = words(TEXTS), torch.Generator().manual_seed(1)
    found = most_alike(read, rarity(read), torch.arange(len(TEXTS)), random, offered=3)
    assert all(TEXTS[int(other)] != text for other, text in zip(found, TEXTS, strict=True))
