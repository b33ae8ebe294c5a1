"""Edits of the attention: their text, what they do to the bit, and what they refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.changes import change
from attngan.explain.edits import Edit, KeyGain, LayerEdit, Rule, parse_text, without_attention
from attngan.kinds.pictures.kind import PICTURES
from attngan.model.sampling import Sample, sample
from tests import tiny

SEEDS = (2, 3, 5)
CASES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "js" / "edits.json").read_text("utf-8"))


def draw(text: str) -> Sample:
    model = tiny.model()
    return sample(model, SEEDS, edits=parse_text(text).on(model.generator))


@pytest.mark.parametrize("text", [case["text"] for case in CASES["same"]])
def test_a_text_read_and_written_is_the_same(text: str):
    assert parse_text(text).text == text
    assert Edit.parse(parse_text(text).model_dump_json()) == parse_text(text)


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["text"])
def test_a_text_says_here_what_it_says_in_the_browser(case: dict[str, Any]):
    expected = [
        LayerEdit(
            layer=name,
            gate_gain=said["gate"],
            head_gains=said["heads"] and tuple(said["heads"]),
            rules=tuple(
                Rule(
                    action="only" if rule["only"] else "forbid",
                    keys=tuple(rule["keys"]),
                    queries=rule["queries"] and tuple(rule["queries"]),
                )
                for rule in said["rules"]
            ),
            key_gains=tuple(KeyGain(gain=one["gain"], keys=one["keys"]) for one in said.get("gains", ())),
        )
        for name, said in case["edit"].items()
    ]
    assert list(parse_text(case["text"]).layers) == expected


@pytest.mark.parametrize("case", CASES["shorter"], ids=lambda case: case["text"])
def test_a_text_is_written_as_short_as_can_be(case: dict[str, str]):
    assert parse_text(case["text"]).text == case["written"]


@pytest.mark.parametrize("text", CASES["refused"])
def test_what_the_browser_refuses_is_refused_here(text: str):
    with pytest.raises(AttnGanError):
        draw(text)


@pytest.mark.parametrize("long", CASES["too_long"], ids=lambda long: f"{long['times']} {long['part']}")
def test_a_text_too_long_for_the_browser_is_too_long_here(long: dict[str, Any]):
    text = long["start"] + long["between"].join([long["part"]] * long["times"])
    with pytest.raises(AttnGanError, match="at most"):
        parse_text(text)


def test_the_cases_are_about_the_layers_of_the_tiny_model():
    layers = sample(tiny.model(), SEEDS[:1]).attention
    shapes = [(layer.name, *layer.weights.shape[1:]) for layer in layers]
    assert shapes == [(one["name"], one["heads"], one["queries"], one["keys"]) for one in CASES["layers"]]


def test_a_text_says_what_its_values_say():
    assert parse_text("8*g0.5*h1-0-1*x0-2.7q5").layers == (
        LayerEdit(
            layer="8", gate_gain=0.5, head_gains=(1, 0, 1), rules=(Rule(keys=(0, 1, 2, 7), queries=(5,)),)
        ),
    )


@pytest.mark.parametrize("text", ["", *CASES["neutral"]])
def test_nothing_changed_changes_nothing_to_the_bit(text: str):
    free, edited = sample(tiny.model(), SEEDS), draw(text)
    tiny.assert_same(free.images, edited.images)
    tiny.assert_same([one.weights for one in free.attention], [one.weights for one in edited.attention])


def test_a_mask_that_forbids_nothing_changes_nothing_to_the_bit():
    """Query 5 is sent to every key there is: a mask of True alone."""
    tiny.assert_same(sample(tiny.model(), SEEDS).images, draw("8*o0-63q5").images)


def test_forbidding_all_keys_muting_all_heads_and_closing_the_gate_all_remove_the_layer():
    removed = draw("8*g0")
    assert change(PICTURES, sample(tiny.model(), SEEDS).images, removed.images).moved > 0
    tiny.assert_same(removed.images, draw("8*x0-63").images)
    tiny.assert_same(removed.images, draw("8*h0-0-0").images)
    model = tiny.model()
    model.generator.attention["8"].gate.data.zero_()
    tiny.assert_same(removed.images, sample(model, SEEDS).images)


def test_forbidden_keys_get_no_weight_from_the_queries_named_alone():
    free, edited = (one.attention[1].weights for one in (draw(""), draw("8*x0-10q3.7")))
    assert (edited[:, :, [3, 7], :11] == 0).all()
    others = [query for query in range(64) if query not in (3, 7)]
    assert torch.equal(edited[:, :, others], free[:, :, others])
    rest = free[:, :, 3, 11:] / free[:, :, 3, 11:].sum(-1, keepdim=True)
    torch.testing.assert_close(edited[:, :, 3, 11:], rest)


def test_a_query_that_is_sent_to_one_key_looks_there_alone():
    weights = draw("8*o13q5").attention[1].weights
    assert (weights[:, :, 5, 13] == 1).all()
    assert (weights[:, :, 5].sum(-1) == 1).all()


def test_the_later_of_two_rules_has_the_last_word():
    assert (draw("8*x13*o13q5").attention[1].weights[:, :, 5, 13] == 1).all()
    assert (draw("8*o13q5*x13").attention[1].weights[:, :, 5] == 0).all()


def test_an_early_layer_changes_what_a_later_one_sees():
    free, edited = sample(tiny.model(), SEEDS), draw("4*g0")
    assert torch.equal(free.attention[0].weights, edited.attention[0].weights)
    assert not torch.equal(free.attention[1].weights, edited.attention[1].weights)


def test_without_attention_every_gate_is_closed():
    model = tiny.model()
    edit = without_attention(model.generator)
    assert edit.text == "4*g0_8*g0"
    drawn = sample(model, SEEDS, edits=edit.on(model.generator))
    assert [layer.gate.item() for layer in drawn.attention] == [0, 0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("16*g0", "no attention layer 16; it has: 4, 8"),
        ("8*x64", "keys 0 to 63, not 64"),
        ("8*x1q64", "queries 0 to 63, not 64"),
        ("8*h1-0", "3 heads, not 2"),
        ("8*gnan", "cannot say 'gnan'"),
        ("8*g9", "less than or equal to 4"),
        ("8*x5-2", "at least 1"),
        ("8*x0-9999", "at most 4096 cells"),
        ("8*x" + ".".join(["0-4000"] * 500), "at most 4096 cells|at most 4000 characters"),
        ("8*x" + "1" * 4000, "at most 4000 characters"),
        ("8*" + "*".join(["x1"] * 65), "at most 64 items"),
        ("8*g1_8*g0", "named twice"),
        ("<b>", "no attention layer <b>; it has: 4, 8"),
        ("a b*g0", "begins with a layer's name, in pictures its size in pixels, not 'a b'"),
        ("8*", "cannot say ''"),
        ("_", "begins with a layer"),
        ("８*g0", "no attention layer ８"),
        ("8" * 41, "begins with a layer"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(text: str, told: str):
    with pytest.raises(AttnGanError, match=told):
        draw(text)


@pytest.mark.parametrize("gain", [float("nan"), float("inf"), -1.0])
def test_a_gain_that_is_no_sane_number_is_refused(gain: float):
    with pytest.raises(AttnGanError, match="gate_gain"):
        LayerEdit.of(layer="8", gate_gain=gain)


def test_a_change_is_counted_by_hand():
    before = torch.zeros(2, 5, 3, dtype=torch.uint8)
    after = before.clone()
    after[0, 0] = torch.tensor([9, 0, 0], dtype=torch.uint8)  # moves
    after[1, 4] = torch.tensor([8, 8, 0], dtype=torch.uint8)  # changes, invisibly
    found = change(PICTURES, before, after)
    assert (found.moved, found.mean, found.largest) == (1 / 10, 25 / 30, 9)
    assert change(PICTURES, after, before) == found
    with pytest.raises(AttnGanError, match="same kind and shape"):
        change(PICTURES, before, after[:1])
