"""How often outputs are right, and whether attention is why: against models whose behaviour is known."""

import dataclasses

import pytest
import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.events import QualityMeasured, StepDone
from attngan.measure import answers, evaluation
from attngan.measure.metering import metered
from attngan.model import sampling
from attngan.model.checkpoints import Model
from tests import tiny, tiny_texts


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny_texts.trained("taught", steps=300, rounds=1, generator_rate=0.01)


def test_a_model_that_has_learnt_is_right_and_looks_where_the_characters_come_from(model: Model) -> None:
    found = evaluation.evaluate(model, tiny_texts.data(), count=29)
    assert [*found] == ["exact", "exact_held_out", "alignment", "blocked_true_span", "blocked_others"]
    assert found["exact_held_out"] >= 0.9
    assert found["alignment"] >= 0.75
    assert found["blocked_true_span"] <= 0.6 < 0.9 <= found["blocked_others"]


def test_exact_counts_outputs_that_are_right_in_every_character(model: Model) -> None:
    given = tiny_texts.pairs(7, seed=13)
    items = sampling.items(model, [3] * 7, [pair.input for pair in given])
    written = ["".join(text) for text in model.kind.texts(items) or ()]
    right = [pair._replace(output=text) for pair, text in zip(given, written, strict=True)]
    assert answers.exact(model, right, seed=3) == 1
    nearly = [*right[:5], *(pair._replace(output=pair.output[:1]) for pair in right[5:])]
    assert answers.exact(model, nearly, seed=3) == 5 / 7


def test_alignment_is_counted_by_hand(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tiny_texts.pairs(5, seed=17)

    def first(maps: tuple[object, ...]) -> Tensor:
        looked = torch.zeros(5, 2, 10)
        looked[..., 0] = 1
        return looked

    monkeypatch.setattr(answers, "looked_at", first)
    begins = sum(pair.spans[0] == (0, 1) for pair in given)
    longest = max(len(pair.input) for pair in given)
    assert longest <= 10
    found = answers.attended(model, [*given, tiny_texts.Pair("a" * 9 + "3", "3x", ((9, 10), None))][:5])
    assert found["alignment"] == begins / 5


def test_as_many_other_characters_are_blocked_as_are_true() -> None:
    given = tiny_texts.pairs(11, seed=19)
    true = answers._true_spans(given, (2, 10))
    others = answers._others(true, given, torch.Generator().manual_seed(3))
    assert torch.equal(others.sum(-1), true.sum(-1))
    assert not (others & true).any()
    for row, pair in enumerate(given):
        assert not others[row, :, len(pair.input) :].any()


def test_the_twin_without_attention_has_no_alignment() -> None:
    found = evaluation.evaluate(tiny_texts.trained("pooled"), tiny_texts.data(), count=11)
    assert [*found] == ["exact", "exact_held_out"]


def test_a_model_of_pictures_answers_no_texts() -> None:
    with pytest.raises(AttnGanError, match="makes pictures"):
        evaluation.evaluate(tiny.model(), tiny_texts.data())


def test_while_it_trains_held_out_texts_are_read() -> None:
    training = tiny_texts.state(steps=2)
    step = StepDone(
        step=1, seconds=60, progress=0.5, images=12, images_per_second=1, generator_loss=1,
        discriminator_loss=1,
    )  # fmt: skip
    told = [
        event for event in metered([step], training, tiny_texts.data()) if isinstance(event, QualityMeasured)
    ]
    assert [[*event.values] for event in told] == [["exact_held_out"]]
    assert 0 <= told[0].values["exact_held_out"] <= 1
    all_learnt = dataclasses.replace(tiny_texts.data(), held_out=())
    told = [event for event in metered([step], training, all_learnt) if isinstance(event, QualityMeasured)]
    assert [[*event.values] for event in told] == [["exact"]], "none is called held out that was learnt"


def test_of_few_pairs_each_is_asked_once_whatever_the_count(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(answers, "exact", lambda model, pairs, seed: asked.append([*pairs]) or 1.0)
    items = tiny_texts.data()
    answers.measure(model, items, 10**6)
    assert asked[0] == [*items.pairs]


def test_pairs_whose_outputs_are_longer_than_the_model_writes_are_refused(model: Model) -> None:
    items = tiny_texts.data()
    short = dataclasses.replace(model, config=model.config.with_(longest_output=items.longest[1] - 1))
    with pytest.raises(AttnGanError, match="writes at most"):
        answers.measure(short, items, 10)
