"""Pictures from words: padding, batches, maps, edits, what is judged, and captions that nobody foresaw."""

import pytest
import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.explain.edits import parse_text
from attngan.kinds.pictures.captions import CaptionReader, RegionAttention, WordAttention
from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.pictures.networks import ROWS
from attngan.kinds.registry import kind_of
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionEdit
from attngan.nn.batch import Captioned, joined, only
from attngan.nn.places import Grid, Words
from attngan.tokeniser import MOST_WORDS
from tests import tiny, tiny_scenes
from tests.tiny import words
from tests.tiny_scenes import CAPTIONS

TEXTS = [*CAPTIONS * 4, "a big star that is red"]


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny_scenes.trained()


def test_padding_is_exactly_0_and_looked_at_with_a_weight_of_exactly_0(model: Model) -> None:
    condition = words(model, TEXTS)
    assert len({*condition.lengths.tolist()}) == 6
    for reader in (layer for layer in model.discriminator.modules() if isinstance(layer, CaptionReader)):
        read = reader(condition)
        for tokens in (read.words.values, read.alone):
            assert not tokens[~condition.present].any()
            assert tokens[condition.present].any(-1).all()
    drawn = model.generator(tiny_scenes.noise(model, len(TEXTS)), condition)
    assert [seen.name for seen in drawn.attention] == ["words-4", "4", "words-8", "8"]
    assert model.config.attention_layers == ("words-4", "4", "words-8", "8")
    for seen in drawn.attention[::2]:
        assert seen.key_places == condition
        absent = ~condition.present[:, None, None].expand_as(seen.weights)
        assert absent.any()
        assert not seen.weights[absent].any()
        assert torch.allclose(seen.weights.sum(-1), torch.ones(()))
    (judged,) = model.discriminator(drawn.items, condition).attention
    assert judged.query_places == condition
    assert judged.key_places == Grid(8, 8)
    rows = judged.weights.sum(-1)
    assert not rows[~condition.present[:, None].expand_as(rows)].any()
    assert torch.allclose(rows[condition.present[:, None].expand_as(rows)], torch.ones(()))


def test_a_caption_alone_or_in_any_batch_and_order_gives_the_same_picture_to_the_bit(model: Model) -> None:
    count = len(TEXTS)
    z, condition = tiny_scenes.noise(model, count), words(model, TEXTS)
    together = model.generator(z, condition)
    order = torch.randperm(count, generator=torch.Generator().manual_seed(3))
    mixed = model.generator(z[order], only(condition, order))
    assert torch.equal(mixed.items, together.items[order])
    for row in (0, 1, 2, ROWS, count - 1):
        alone = model.generator(z[row : row + 1], only(condition, row))
        assert torch.equal(alone.items[0], together.items[row])
        length = int(condition.lengths[row])
        for one, all_ in zip(alone.attention, together.attention, strict=True):
            keys = length if isinstance(one.key_places, Words) else None
            assert torch.equal(one.weights[0], all_.weights[row, ..., :keys])


def test_a_longer_padding_changes_no_logit(model: Model) -> None:
    items = tiny_scenes.pictures().batch(torch.arange(4)).items
    condition = words(model, [*CAPTIONS[:3], "star"])
    far = words(model, ["star " * MOST_WORDS])
    padded = joined(condition, far)
    assert padded is not None
    one = model.discriminator(items, condition).logits
    other = model.discriminator(items, only_padded(padded, 4)).logits
    assert torch.allclose(one, other, atol=1e-5)


def only_padded(condition: Words | Tensor, rows: int) -> Words:
    assert isinstance(condition, Words)
    return condition.rows(slice(rows))


def test_pictures_depend_on_each_word_and_on_their_order(model: Model) -> None:
    texts = ["a red star", "a blue star", "star red a", "a red star left of a blue square",
             "a blue square left of a red star"]  # fmt: skip
    drawn = model.generator(tiny_scenes.noise(model, 1).expand(5, -1), words(model, texts)).items
    assert len({tuple(item.flatten().tolist()) for item in drawn}) == 5


def test_a_caption_of_no_words_looks_at_nothing_and_can_be_learnt_from() -> None:
    pictures = tiny_scenes.without_grammar(tiny_scenes.pictures())
    assert pictures.words is not None
    lengths = pictures.words.lengths.clone()
    lengths[::3] = 0
    codes = pictures.words.codes * (torch.arange(len(pictures.words)) < lengths[:, None])
    state = tiny_scenes.state(pictures)
    model = tiny_scenes.trained(pictures)
    empty = Words(codes[:1], lengths[:1], pictures.words.vocabulary)
    drawn = model.generator(tiny_scenes.noise(model, 1), empty)
    assert not drawn.attention[0].weights.any()
    assert drawn.items.isfinite().all()
    items = pictures.batch(torch.arange(8)).items.requires_grad_()
    condition = Words(codes[:8], lengths[:8], pictures.words.vocabulary)
    logits = state.discriminator(items, condition).logits
    (gradient,) = torch.autograd.grad(logits.sum(), items, create_graph=True)
    found = torch.autograd.grad(
        gradient.square().sum() + logits.sum(), [*state.discriminator.parameters()], allow_unused=True
    )
    assert all(part.isfinite().all() for part in found if part is not None)
    state.generator.train()
    outcome = state.generator(torch.randn(8, state.model.z_size), condition).items.square().sum()
    assert all(
        part.isfinite().all() for part in torch.autograd.grad(outcome, [*state.generator.parameters()])
    )


def test_a_word_is_silenced_by_an_edit_and_only_it(model: Model) -> None:
    condition, z = words(model, TEXTS), tiny_scenes.noise(model, len(TEXTS))
    free = model.generator(z, condition)
    silent = AttentionEdit(mask=lambda queries, keys: torch.arange(keys).expand(queries, keys) != 1)
    edited = model.generator(z, condition, {"words-4": silent, "words-8": silent})
    assert not edited.attention[0].weights[..., 1].any()
    assert edited.attention[0].weights[0, ..., [0, 2]].any()
    assert not torch.equal(edited.items, free.items)
    rows = torch.ones(len(TEXTS), 1, 64, len(condition), dtype=torch.bool)
    rows[20, :, :, 2] = False
    one = model.generator(z, condition, {"words-8": AttentionEdit(mask=rows)})
    assert (one.items != free.items).flatten(1).any(1).nonzero().tolist() == [[20]]


def test_a_word_is_strengthened_by_an_edit_that_fits_in_an_address(model: Model) -> None:
    edit = parse_text("words-8*k3x1*x2")
    assert edit.text == "words-8*k3x1*x2"
    texts = ["a red star", "a big star that is red"]
    free, strong = (
        sampling.sample(model, [1, 2], texts, edits=each and each.on(model.generator))
        for each in (None, edit)
    )
    before, after = free.attention[2].weights[0], strong.attention[2].weights[0]
    assert not after[..., 2].any()
    assert torch.allclose(after[..., 1] / after[..., 0], 3 * before[..., 1] / before[..., 0], rtol=1e-4)
    assert torch.allclose(after.sum(-1), torch.ones(()))
    assert torch.equal(strong.attention[0].weights, free.attention[0].weights)
    assert not torch.equal(strong.items, free.items)
    alone = sampling.sample(model, [1], texts[:1], edits=edit.on(model.generator))
    assert torch.equal(alone.items[0], strong.items[0])
    for wrong in ("words-8*k2x6", "words-8*x6"):
        with pytest.raises(AttnGanError, match="keys 0 to 5, not 6"):
            sampling.sample(model, [1, 2], texts, edits=parse_text(wrong).on(model.generator))
    with pytest.raises(AttnGanError, match="gain"):
        parse_text("words-8*k9x1")


def test_a_colour_is_carried_away_from_the_word_alone(model: Model) -> None:
    layer = model.generator.attention["words-4"]
    both = [model.generator.reader(words(model, [text])) for text in ("a red star", "a red circle")]
    context = [torch.cat([read.words.values, read.alone], -1) for read in both]
    tokens = torch.zeros(1, len(layer.cells), layer.queries.in_features)
    (_, keys, values), (_, other_keys, other_values) = (layer.project(tokens, each) for each in context)
    assert torch.equal(values[:, :, 1], other_values[:, :, 1])
    assert not torch.allclose(keys[:, :, 1], other_keys[:, :, 1])


def test_without_attention_the_whole_of_a_caption_still_counts() -> None:
    for changes in ({"generator_attention": ()}, {"generator_block": "convolution"}):
        model = tiny_scenes.trained(**changes)
        assert model.config.attention_layers == ()
        condition = words(model, ["a red star", "a blue star"])
        drawn = model.generator(tiny_scenes.noise(model, 1).expand(2, -1), condition)
        assert drawn.attention == ()
        assert not torch.equal(drawn.items[0], drawn.items[1])


def test_the_twin_with_convolutions_has_about_as_many_parameters() -> None:
    counts = []
    for block in ("attention", "convolution"):
        config = tiny_scenes.config(generator_block=block, width=24)
        generator, _ = kind_of(config).build(config)
        counts.append(sum(value.numel() for value in generator.parameters()))
    assert 0.95 * counts[0] <= counts[1] <= counts[0]


def test_settings_keep_the_words_and_examples_of_the_data() -> None:
    config = tiny_scenes.config()
    pictures = tiny_scenes.pictures()
    assert isinstance(pictures, Captioned)
    assert pictures.words is not None
    assert config.vocabulary == pictures.words.vocabulary
    assert config.conditional
    assert pictures.check is not None
    assert config.examples == pictures.check.asked[:16]
    assert AttnganConfig.parse(config.model_dump_json()) == config
    own = tiny_scenes.config(tiny_scenes.without_grammar(pictures))
    assert len(own.examples) == 16
    assert {*own.examples} <= {*pictures.captions}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vocabulary": ("a", "b")}, "begins with padding"),
        ({"vocabulary": ("", "?", "a", "a")}, "each word once"),
        ({"vocabulary": ("", "?", "a" * 33)}, "at most 32"),
        ({"vocabulary": ("", "?", "a"), "classes": 3}, "neither classes"),
        ({"examples": ("a",) * 65}, "at most 64"),
        ({"architecture": "sagan-2018", "heads": 1, "vocabulary": ("", "?", "a")}, "vocabulary"),
    ],
)
def test_words_that_do_not_fit_are_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        tiny.model_config(**changes)


def test_a_caption_is_read_by_its_known_words_and_the_others_are_told(model: Model) -> None:
    texts = ["a RED star!", "a red star", "a zigzag star", "a bleu star"]
    told, condition = model.kind.condition(model.config, 4, texts) or ((), None)
    assert told == tuple(texts)
    assert isinstance(condition, Words)
    assert condition.texts[0] == condition.texts[1] == ("a", "red", "star")
    assert condition.texts[2] == condition.texts[3] == ("a", "?", "star")
    assert model.kind.unknown(model.config, "a bleu star <b>") == (("bleu", "blue"), ("b", ""))
    assert model.kind.unknown(model.config, "a red star") == ()
    again = model.kind.condition(model.config, 1, [condition.texts[3]])
    assert again is not None
    assert again[1] == only(condition, 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no words"),
        ("!!! ...", "no words"),
        ("zebra xylophone", "none of the words"),
        ("\u05d0\u05d1\u05d2 \u202e", "none of the words"),
        (7, "is a text, not 7"),
        ([7], "is a text"),
    ],
)
def test_a_caption_that_says_nothing_is_refused(model: Model, text: object, told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        sampling.sample(model, [0], [text])


def test_a_caption_of_10000_words_and_one_of_markup_are_drawn(model: Model) -> None:
    long = "a red star " * 3334
    drawn = sampling.sample(model, [0], [long])
    assert len(drawn.attention[0].key_places) == MOST_WORDS
    assert sampling.items(model, [0], ["{{red}} <script>star</script>"]).shape == (1, 16, 16, 3)


def test_layers_are_named_by_their_size_in_both_networks(model: Model) -> None:
    found = [layer.name for layer in model.generator.modules() if isinstance(layer, WordAttention)]
    assert found == ["words-4", "words-8"]
    (regions,) = [layer for layer in model.discriminator.modules() if isinstance(layer, RegionAttention)]
    assert regions.name == "words-8"
