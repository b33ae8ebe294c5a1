"""Text from text: padding, batches, noise, edits, the twins without attention and without a game."""

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.kinds.registry import kind_of
from attngan.kinds.text.kind import TextKind
from attngan.kinds.text.networks import ROWS
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionEdit
from attngan.nn.batch import Batch, only
from attngan.nn.places import Columns
from attngan.train.loop import train
from tests import tiny_texts
from tests.tiny import assert_same, words

TEXTS = [pair.input for pair in tiny_texts.pairs(23, seed=11)]


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny_texts.trained()


def test_padding_is_looked_at_with_a_weight_of_exactly_0(model: Model) -> None:
    condition = words(model, TEXTS)
    assert len({*condition.lengths.tolist()}) > 5
    drawn = model.generator(tiny_texts.noise(model, 23), condition)
    judged = model.discriminator(drawn.items, condition)
    assert [seen.name for seen in drawn.attention] == ["round-1", "round-2"]
    for seen in (*drawn.attention, *judged.attention):
        absent = ~condition.present[:, None, None].expand_as(seen.weights)
        assert absent.any()
        assert not seen.weights[absent].any()
        assert torch.allclose(seen.weights.sum(-1), torch.ones(()))


def test_a_text_alone_or_in_any_batch_and_order_gives_the_same_to_the_bit(model: Model) -> None:
    z, condition = tiny_texts.noise(model, 23), words(model, TEXTS)
    together = model.generator(z, condition)
    order = torch.randperm(23, generator=torch.Generator().manual_seed(3))
    mixed = model.generator(z[order], only(condition, order))
    assert torch.equal(mixed.items, together.items[order])
    for row in (0, 7, ROWS, 22):
        alone = model.generator(z[row : row + 1], only(condition, row))
        length = int(condition.lengths[row])
        assert torch.equal(alone.items[0], together.items[row])
        assert torch.equal(alone.logits[0], together.logits[row])
        for one, all_, other in zip(alone.attention, together.attention, mixed.attention, strict=True):
            assert torch.equal(one.weights[0], all_.weights[row, ..., :length])
            assert torch.equal(other.weights, all_.weights[order][..., : len(condition)])
            assert torch.equal(one.values[0], all_.values[row, :, :length])


def test_one_noise_gives_one_output_and_a_line_does_not_depend_on_its_place(model: Model) -> None:
    once = sampling.items(model, [3] * 23, TEXTS)
    assert torch.equal(once, sampling.items(model, [3] * 23, TEXTS))
    assert torch.equal(once.flip(0), sampling.items(model, [3] * 23, TEXTS[::-1]))


def test_what_a_step_draws_follows_from_its_seed_and_number() -> None:
    first, again, other = (tiny_texts.state(seed=seed) for seed in (5, 5, 6))
    for training in (first, again, other):
        torch.manual_seed(len(TEXTS))
        torch.rand(training.config.seed)  # somebody else draws too
        list(train(training, tiny_texts.data()))
    weights = [
        dict(training.generator.named_parameters())["write.weight"] for training in (first, again, other)
    ]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_an_edit_keeps_places_from_characters_in_these_rows_alone(model: Model) -> None:
    condition, z = words(model, TEXTS), tiny_texts.noise(model, 23)
    mask = torch.ones(23, 1, 2, len(condition), dtype=torch.bool)
    mask[20, 0, 1, :2] = False
    free = model.generator(z, condition)
    edited = model.generator(z, condition, {"round-2": AttentionEdit(mask=mask)})
    assert not edited.attention[1].weights[20, :, 1, :2].any()
    changed = (edited.attention[1].weights != free.attention[1].weights).flatten(1).any(1)
    assert changed.nonzero().tolist() == [[20]]
    ruled = AttentionEdit(mask=lambda queries, keys: torch.arange(keys).expand(queries, keys) > 0)
    everywhere = model.generator(z, condition, {"round-1": ruled})
    assert not everywhere.attention[0].weights[..., 0].any()
    muted = AttentionEdit(head_gains=torch.tensor([0.0, 1.0]), gate_gain=0.5)
    quiet = model.generator(z, condition, {"round-1": muted})
    assert torch.equal(quiet.attention[0].weights, free.attention[0].weights)
    assert not torch.equal(quiet.logits, free.logits)


def test_outputs_for_the_same_texts_are_judged_as_each_of_them_alone(model: Model) -> None:
    batch = tiny_texts.data().batch(range(8))
    rolled = Batch(batch.items.roll(1, 0), batch.condition)
    together = model.discriminator.judged([batch, rolled])
    for given, output in zip((batch, rolled), together, strict=True):
        assert torch.allclose(output.logits, model.discriminator(given.items, given.condition).logits)
    other = Batch(batch.items, only(batch.condition, slice(None)))  # as good, but not the same object
    apart = model.discriminator.judged([other, rolled])
    for one, two in zip(together, apart, strict=True):
        assert torch.allclose(one.logits, two.logits, atol=1e-5)


def test_the_twin_without_attention_has_none_and_still_reads(model: Model) -> None:
    pooled = tiny_texts.trained("pooled")
    assert pooled.config.attention_layers == ()
    counts = [sum(value.numel() for value in each.generator.parameters()) for each in (model, pooled)]
    assert counts[0] - counts[1] == 2  # the gates
    condition, z = words(pooled, TEXTS), tiny_texts.noise(pooled, 23)
    drawn = pooled.generator(z, condition)
    assert drawn.attention == ()
    alone = pooled.generator(z[4:5], only(condition, 4))
    assert torch.equal(alone.logits[0], drawn.logits[4])
    assert not torch.equal(
        drawn.logits[:, 0], pooled.generator(z, condition.rows(torch.arange(22, -1, -1))).logits[:, 0]
    )


def test_the_taught_one_learns_what_is_right_and_nobody_plays_against_it() -> None:
    training = tiny_texts.state("taught", steps=150)
    before = [parameter.clone() for parameter in training.discriminator.parameters()]
    events = list(train(training, tiny_texts.data()))
    assert events[-2].generator_loss < 0.3 * events[1].generator_loss
    assert all(map(torch.equal, before, training.discriminator.parameters()))


def test_decoded_texts_are_code_points_and_come_back(model: Model) -> None:
    kind = model.kind
    items = tiny_texts.data().batch([0, 1]).items
    decoded = kind.decode(items)
    assert decoded.dtype == torch.int32
    assert ["".join(text) for text in kind.texts(decoded) or ()] == [
        pair.output for pair in tiny_texts.pairs()[:2]
    ]
    assert torch.equal(kind.encode(decoded), items)
    assert kind.places(decoded) == Columns(("1", "2"))
    assert kind.preview(decoded).startswith(b"\x89PNG")
    with pytest.raises(AttnGanError, match="code points"):
        kind.encode(torch.tensor([[[ord("ü")], [0]]], dtype=torch.int32))


def test_a_text_ends_at_the_first_place_that_has_no_character(model: Model) -> None:
    kind = model.kind
    codes = torch.tensor([[0, 1], [2, 0], [1, 2]])
    values = torch.nn.functional.one_hot(codes, len(model.config.written) + 1).float()  # type: ignore[attr-defined]
    a, b = (ord(character) for character in model.config.written[:2])  # type: ignore[attr-defined]
    assert kind.decode(values).squeeze(-1).tolist() == [[0, 0], [b, 0], [a, b]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", "nothing to read"), ("  \n", "nothing to read"), ("a" * 10_000, "at most 16 char")],
)
def test_a_text_that_cannot_be_read_is_told(model: Model, text: str, wanted: str) -> None:
    with pytest.raises(AttnGanError, match=wanted):
        sampling.sample(model, [0], [text])


def test_a_text_that_is_a_little_longer_than_all_before_is_read(model: Model) -> None:
    drawn = sampling.sample(model, [0, 0], ["b" * 16, "7a"])
    assert drawn.attention[0].weights.shape == (2, 2, 2, 16)
    assert torch.equal(drawn.items[1:], sampling.items(model, [0], ["7a"]))


@pytest.mark.parametrize("text", ["הה", "🙂", "e\u0301", "<b>&{{}}", "????"])
def test_characters_that_are_not_known_are_read_as_unknown(model: Model, text: str) -> None:
    drawn = sampling.sample(model, [0], [text])
    assert drawn.items.shape == (1, 2, 1)
    (read,) = drawn.attention[0].key_places.texts  # type: ignore[union-attr]
    assert {*read} <= {"\N{REPLACEMENT CHARACTER}", "b"}


def test_settings_that_cannot_be_are_told(model: Model) -> None:
    for changes, wanted in (
        ({"width": 15}, "multiple of heads"),
        ({"written": "aa"}, "different characters"),
        ({"known": ""}, "different characters"),
        ({"clusters": 3}, "neither classes nor clusters"),
    ):
        with pytest.raises(AttnGanError, match=wanted):
            model.config.with_(**changes)
    with pytest.raises(AttnGanError, match="other characters"):
        kind_of(model.config).check(model.config.with_(longest_output=3), tiny_texts.data())


@pytest.mark.parametrize("preset", ["default", "pooled", "taught"])
def test_every_recipe_trains_in_half_precision_too(preset: str) -> None:
    trained = tiny_texts.trained(preset, steps=9, precision="bfloat16")
    assert all(torch.isfinite(weights).all() for weights in trained.generator.state_dict().values())


def test_a_wrong_output_is_never_the_right_one() -> None:
    kind = TextKind()
    codes = torch.tensor([[1, 2], [1, 2], [3, 2], [1, 2]])
    items = torch.nn.functional.one_hot(codes, 5).float()
    batch = Batch(items, None)
    wrong = kind.mismatched(batch, tiny_texts.data(), torch.arange(4), torch.Generator())
    assert wrong is not None
    assert wrong.items.argmax(-1).tolist() == [[3, 2], [3, 2], [1, 2], [3, 2]]
    same = Batch(items[:2], None)
    assert kind.mismatched(same, tiny_texts.data(), torch.arange(2), torch.Generator()) is None


def test_two_trainings_by_several_threads_are_the_same_to_the_bit() -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        states = [tiny_texts.state(batch=256, steps=4) for _ in range(2)]
        for state in states:
            for _ in train(state, tiny_texts.data()):
                pass
    finally:
        torch.set_num_threads(threads)
    assert_same(*(state.generator.state_dict() for state in states))
