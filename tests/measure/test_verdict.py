"""What several seeds allow to say, by hand."""

import pytest

from attngan.measure.verdict import interval, verdict


def test_the_interval_is_students():
    mean, width = interval([1, 2, 3])
    assert mean == 2
    assert width == pytest.approx(4.302653 / 3**0.5)  # t of 2 degrees of freedom at 97.5 %, s = 1
    assert interval([7]) == (7, None)


def test_a_word_is_never_stronger_than_its_evidence():
    assert verdict([0.5], higher_is_better=True) == "one seed tells nothing"
    assert verdict([1.0, 1.1], higher_is_better=True) == "better"
    assert verdict([1.0, 1.1], higher_is_better=False) == "worse"
    assert verdict([-1.0, 1.1, 0.9], higher_is_better=True) == "not clearly different"
    assert verdict([0.0, 0.0, 0.0], higher_is_better=True) == "not clearly different"
