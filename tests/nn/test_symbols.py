"""Symbols drawn out of logits: as often as they are probable, whole, and with a gradient."""

import torch

from attngan.nn.symbols import drawn, most_probable


def test_the_most_probable_symbol_is_the_largest():
    assert most_probable(torch.tensor([[0.1, 3.0, -2.0], [7.0, 1.0, 1.0]])).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_symbols_are_drawn_by_their_probability():
    torch.manual_seed(0)
    shares = torch.tensor([0.6, 0.3, 0.1])
    found = drawn(shares.log().expand(20_011, -1))
    assert set(found.unique().tolist()) == {0.0, 1.0}
    torch.testing.assert_close(found.mean(0), shares, atol=0.012, rtol=0)


def test_the_gradient_says_that_more_of_a_better_symbol_would_help():
    logits = torch.zeros(1009, 3, requires_grad=True)
    worth = torch.tensor([1.0, 0.0, -1.0])
    (drawn(logits) * worth).sum().backward()
    assert logits.grad is not None
    first, second, third = logits.grad.mean(0).tolist()
    assert first > 0.05 > abs(second)
    assert third < -0.05
