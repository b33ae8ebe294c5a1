"""Rows between people and networks: numbers by their quantiles, categories one-hot, against scikit-learn."""

import numpy as np
import pytest
import torch
from sklearn.preprocessing import OneHotEncoder, QuantileTransformer

from attngan.columns import Category, Number, are_points, names_of, written
from attngan.data.rows.scale import KNOTS, quantiles
from attngan.errors import AttnGanError
from attngan.nn.columns import Coding

LINE = Number(name="x", knots=(-2, 6))
COLOUR = Category(name="colour", values=("red", "green", "blue"))


def test_a_line_is_scaled_and_goes_on_beyond_its_ends():
    coding = Coding((LINE,))
    rows = torch.tensor([[-2.0], [2.0], [6.0], [10.0]])
    torch.testing.assert_close(coding.encode(rows), torch.tensor([[-1.0], [0.0], [1.0], [2.0]]))
    torch.testing.assert_close(coding.decode(coding.encode(rows)), rows)


def test_quantiles_are_those_of_scikit_learn_there_and_back_also_for_numbers_that_repeat():
    random = np.random.default_rng(3)
    numbers = np.concatenate([random.exponential(size=59), np.full(23, 1.5), random.integers(0, 5, 19)])
    theirs = QuantileTransformer(n_quantiles=min(KNOTS, len(numbers)), subsample=None).fit(numbers[:, None])
    column = quantiles("a", numbers)
    np.testing.assert_allclose(column.knots, theirs.quantiles_[:, 0])
    coding = Coding((column.with_(decimals=None),))
    seen = coding.encode(torch.from_numpy(numbers)[:, None].float())
    expected = 2 * theirs.transform(numbers[:, None].astype(np.float32)) - 1
    at_an_end = numbers == 0  # there they differ: all the zeros are its lowest place
    assert at_an_end.sum() == 5
    np.testing.assert_allclose(seen.numpy()[~at_an_end], expected[~at_an_end], atol=1e-6)
    np.testing.assert_allclose(seen.numpy()[at_an_end], -1 + 0.04, atol=1e-6)
    drawn = torch.linspace(-1.4, 1.4, 43)[:, None]
    back = theirs.inverse_transform((drawn.clamp(-1, 1).double().numpy() + 1) / 2)
    np.testing.assert_allclose(coding.decode(drawn).numpy(), back, rtol=1e-6)


def test_a_category_is_one_hot_and_the_largest_number_says_which_it_is():
    coding = Coding((COLOUR,))
    rows = torch.tensor([[2.0], [0.0], [1.0], [0.0]])
    theirs = OneHotEncoder(sparse_output=False, categories=[[0, 1, 2]]).fit_transform(rows.numpy())
    np.testing.assert_array_equal(coding.encode(rows).numpy(), theirs)
    assert coding.decode(torch.tensor([[0.2, -3.0, 0.3]])).tolist() == [[2.0]]


def test_columns_stand_beside_each_other_and_say_where_their_numbers_are():
    coding = Coding((COLOUR, LINE, COLOUR))
    assert coding.widths == (3, 1, 3)
    assert coding.choices == (slice(0, 3), slice(4, 7))
    assert (coding.widest, coding.taken().tolist()) == (3, [0, 1, 2, 3, 6, 7, 8])
    rows = torch.tensor([[1.0, 2.0, 2.0]])
    assert coding.encode(rows).tolist() == [[0, 1, 0, 0, 0, 0, 1]]
    assert coding.decode(coding.encode(rows)).tolist() == rows.tolist()


def test_decoded_numbers_have_the_decimals_of_their_column():
    coding = Coding((Number(name="a", knots=(0, 1, 3), decimals=1),))
    assert coding.decode(torch.tensor([[0.24]])).item() == pytest.approx(1.5)
    assert written(coding.columns, [[1.5]]) == [["1.5"]]
    assert written((LINE, COLOUR), [[1 / 3, 1.0]]) == [["0.333333333", "green"]]


def test_units_stand_behind_names():
    assert names_of((Number(name="mass", unit="g", knots=(0, 1)), COLOUR)) == ("mass (g)", "colour")


def test_points_are_two_columns_of_lines():
    assert are_points((LINE, LINE))
    assert not are_points((LINE,))
    assert not are_points((LINE, COLOUR))
    assert not are_points((LINE, Number(name="q", knots=(0, 1, 3))))


@pytest.mark.parametrize("wrong", [(2, 1), (1, 1), (1,), (0, 2, 1)])
def test_knots_that_do_not_rise_are_refused(wrong: tuple[float, ...]):
    with pytest.raises(AttnGanError, match="knots"):
        Number.of(name="x", knots=wrong)


def test_values_of_a_category_are_different_and_at_least_two():
    for values in (("a",), ("a", "a")):
        with pytest.raises(AttnGanError, match="values"):
            Category.of(name="x", values=values)
