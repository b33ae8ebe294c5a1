"""Rows as a kind: settings, networks, what they look at, and the twin without attention."""

import io

import numpy as np
import pytest
import torch
from PIL import Image

from attngan.columns import Category, Number
from attngan.data import RowSet, load
from attngan.errors import AttnGanError
from attngan.kinds.registry import KINDS, kind_of, parse_config
from attngan.kinds.rows.config import COLUMNS, TOKENS, RowsConfig
from attngan.kinds.rows.kind import NOISE, RowsKind
from attngan.kinds.rows.networks import RowDiscriminator, RowGenerator, folded
from attngan.nn.attention import AttentionEdit
from attngan.nn.places import Columns

SIZE = Number(name="size", unit="mm", knots=(1, 2, 5), decimals=1)
COLOUR = Category(name="colour", values=("red", "green", "blue"))
SMALL = {"width": 13, "tokens": 7, "heads": 2, "head_width": 4}
TABLE = RowsConfig(
    columns=(COLOUR, SIZE, SIZE.with_(name="mass")), latent_size=5, looks=(TOKENS, COLUMNS), **SMALL
)
POINTS = RowsConfig(**SMALL)


def generator(config: RowsConfig) -> RowGenerator:
    torch.manual_seed(2)
    made, _ = kind_of(config).build(config)
    assert isinstance(made, RowGenerator)
    return made.eval()


def table(rows: int = 11, labels: bool = True) -> RowSet:
    random = torch.Generator().manual_seed(0)
    values = torch.stack(
        [torch.randint(3, (rows,), generator=random).float(), 1 + 4 * torch.rand(rows, generator=random),
         1 + 4 * torch.rand(rows, generator=random)], 1
    )  # fmt: skip
    return RowSet(
        "own",
        TABLE.columns,
        values,
        values[:0],
        values[:, 0].long() if labels else None,
        COLOUR.values if labels else (),
    )


def test_settings_go_to_json_and_back():
    for config in (TABLE, POINTS):
        assert parse_config(config.model_dump(mode="json")) == config
    assert TABLE.attention_layers == ("tokens", "columns")
    assert (POINTS.are_points, TABLE.are_points) == (True, False)


def test_each_column_looks_at_the_learnt_tokens_and_then_at_all_columns():
    drawn = generator(TABLE)(torch.randn(17, 5))
    assert drawn.items.shape == (17, 5)
    tokens, columns = drawn.attention
    names = Columns(("colour", "size (mm)", "mass (mm)"))
    assert (tokens.query_places, tokens.key_places) == (names, Columns(tuple("1234567")))
    assert (columns.query_places, columns.key_places) == (names, names)
    assert (tokens.weights.shape, columns.weights.shape) == ((17, 2, 3, 7), (17, 2, 3, 3))
    for seen in drawn.attention:
        torch.testing.assert_close(seen.weights.sum(-1), torch.ones(17, 2, 3))
        assert (seen.keys.shape, seen.values.shape) == ((17, 2, seen.weights.shape[-1], 4),) * 2


def test_a_column_is_made_of_what_its_own_token_saw():
    network, z = generator(TABLE), torch.randn(5, 5)
    free = network(z).items
    mask = torch.ones(1, 1, 3, 7, dtype=torch.bool)
    mask[..., 1, :3] = False  # the size may not look at the first three
    blocked = network(
        z, None, {"tokens": AttentionEdit(mask=mask), "columns": AttentionEdit(gate_gain=0.0)}
    ).items
    bare = network(z, None, {"columns": AttentionEdit(gate_gain=0.0)}).items
    assert torch.equal(blocked[:, :3], bare[:, :3])
    assert torch.equal(blocked[:, 4], bare[:, 4])
    assert not torch.isclose(blocked[:, 3], bare[:, 3]).any()
    assert not torch.equal(free, bare)


def test_learnt_tokens_are_looked_at_as_if_every_row_had_its_own():
    look, tokens = generator(POINTS).attention["tokens"], torch.randn(11, 2, 8)
    queries, keys, values = look.project(tokens, look.learnt[None])
    weights = torch.einsum("bnqd,nkd->bnqk", queries, keys[0]).div(2).softmax(-1)
    found = torch.einsum("bnqk,nkd->bqnd", weights, values[0]).flatten(2)
    from attngan.nn.attention import Tokens

    attended, seen = look(Tokens(tokens, Columns(("x", "y"))))
    torch.testing.assert_close(seen.weights, weights)
    torch.testing.assert_close(attended.values, tokens + look.output(found))


def test_a_row_is_the_same_to_the_bit_whatever_else_is_drawn():
    network, z = generator(TABLE), torch.randn(131, 5)
    together = network(z)
    for row in (0, 63, 64, 130):
        alone = network(z[row : row + 1])
        assert torch.equal(alone.items[0], together.items[row])
        assert torch.equal(alone.attention[0].weights[0], together.attention[0].weights[row])


def test_categories_are_whole_and_carry_a_gradient_while_it_trains():
    network = generator(TABLE).train()
    items = network(torch.randn(19, 5)).items
    assert set(items[:, :3].unique().tolist()) <= {0.0, 1.0}
    assert (items[:, :3].sum(1) == 1).all()
    items[:, 1].sum().backward()
    assert network.tokens.weight.grad is not None
    assert network.tokens.weight.grad.abs().sum() > 0


def test_a_class_is_heard_by_both_players():
    config = TABLE.with_(classes=3)
    network, z = generator(config), torch.randn(1, 5).expand(3, -1)
    items = network(z, torch.arange(3)).items
    assert len(items[:, 3].unique()) == 3
    judge = RowDiscriminator(config)
    output = judge(items, torch.tensor([2, 0, 1]))
    assert output.suits is not None
    hidden = judge.hidden(items)
    torch.testing.assert_close(
        output.logits, judge.judge(hidden).squeeze(1) + output.suits[torch.arange(3), torch.tensor([2, 0, 1])]
    )
    for player in (network, judge):
        with pytest.raises(ValueError, match="needs labels"):
            player(z if player is network else items)


@pytest.mark.parametrize(
    "config", [POINTS, TABLE, RowsConfig(), TABLE.with_(width=128, heads=4, head_width=8)]
)
def test_the_twin_has_as_many_parameters_or_hardly_less(config: RowsConfig):
    def count(one: RowsConfig) -> int:
        return sum(each.numel() for each in generator(one).parameters())

    whole, twin = count(config), count(config.with_(looks=()))
    channels = len(config.columns) * config.heads * config.head_width
    assert whole - 2 * (2 * channels + 1) <= twin <= whole
    assert generator(config.with_(looks=()))(torch.randn(3, config.latent_size)).attention == ()


def test_settings_follow_the_data():
    kind = KINDS["rows"].load()
    points = kind.fit(RowsConfig(), load("moons"), False)
    assert isinstance(points, RowsConfig)
    assert (points.looks, points.latent_size, points.classes, points.are_points) == (("tokens",), 2, 0, True)
    fitted = kind.fit(RowsConfig(), table(), True)
    assert isinstance(fitted, RowsConfig)
    assert (fitted.looks, fitted.latent_size, fitted.classes) == (("tokens", "columns"), 16, 3)
    assert kind.fit(RowsConfig(looks=()), table(), False).attention_layers == ()
    kind_of(fitted).check(fitted, table())
    with pytest.raises(AttnGanError, match="no classes: leave --conditional out"):
        kind.fit(RowsConfig(), load("moons"), True)
    with pytest.raises(AttnGanError, match="The model's columns"):
        kind_of(points).check(points, table())
    with pytest.raises(AttnGanError, match="has text, no rows"):
        kind.fit(RowsConfig(), load("dates"), False)


def test_decoded_rows_are_values_beside_each_other():
    kind = RowsKind(TABLE)
    items = table().values[..., None]
    seen = kind.encode(items)
    torch.testing.assert_close(kind.decode(seen)[:, 0], items[:, 0])
    torch.testing.assert_close(
        kind.decode(seen)[:, 1:], items[:, 1:].mul(10).round().div(10), atol=0.06, rtol=0
    )
    by_place = kind.by_place(seen)
    assert by_place.shape == (11, 3, 3)
    assert torch.equal(by_place[:, 0], seen[:, :3])
    assert torch.equal(by_place[:, 1:, 0], seen[:, 3:])
    assert (by_place[:, 1:, 1:] == 0).all()
    assert kind.texts(items)[0] == [
        COLOUR.values[int(items[0, 0])],
        f"{items[0, 1, 0]:.1f}",
        f"{items[0, 2, 0]:.1f}",
    ]
    assert kind.table(items) == (("colour", "size (mm)", "mass (mm)"), kind.texts(items))
    with pytest.raises(AttnGanError, match="3 columns"):
        kind.encode(items[:, :2])


def test_points_are_drawn_where_they_lie_and_tables_as_lines():
    kind = RowsKind(POINTS)
    assert kind.texts(torch.zeros(1, 2, 1)) is None
    with Image.open(
        io.BytesIO(kind.preview(torch.tensor([[[1.0], [1.0]], [[0.0], [0.0]], [[9.0], [0.0]]])))
    ) as sheet:
        assert sheet.size == (512, 512)
        assert sheet.getpixel((256, 256)) == 0
        assert sheet.getpixel((461, 51)) == 0, "up and to the right"
        assert np.asarray(sheet).tobytes().count(0) < 2 * 40
    with Image.open(io.BytesIO(RowsKind(TABLE).preview(table().values[..., None]))) as sheet:
        assert sheet.height == 12 * 20 + 16


def test_the_card_says_what_it_looks_at():
    rows = RowsKind(TABLE).card(TABLE)
    assert rows == {
        "Columns": "colour, size (mm), mass (mm)",
        "Real rows in its settings": "0",
        "Attention in the generator": "7 learnt tokens, then all columns",
    }
    assert "perceptron" in RowsKind(TABLE).card(TABLE.with_(looks=()))["Attention in the generator"]


@pytest.mark.parametrize(
    "wrong", [{"looks": ("tokens", "tokens")}, {"clusters": 3}, {"columns": ()}, {"looks": ("all",)}]
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]):
    with pytest.raises(AttnGanError):
        POINTS.with_(**wrong)


def test_recipes_know_no_size():
    preset = KINDS["rows"].presets["default"]
    assert preset.model_config(attention=()) == KINDS["rows"].presets["perceptron"].model_config()
    for wrong in ({"image_size": 32}, {"attention": [8]}, {"discriminator_attention": ()}):
        with pytest.raises(AttnGanError, match="no size in pixels"):
            preset.model_config(**wrong)


def test_noise_changes_a_share_of_the_rows_and_nothing_else_does():
    kind, random = RowsKind(TABLE), torch.Generator()
    rows = torch.zeros(4001, 5)
    changed = kind.augment(rows, ("noise",), random.manual_seed(0), 0.25)
    touched = (changed != 0).any(1)
    assert touched.float().mean().item() == pytest.approx(0.25, abs=0.03)
    assert changed[touched].std().item() == pytest.approx(NOISE, rel=0.05)
    assert torch.equal(changed, kind.augment(rows, ("noise",), random.manual_seed(0), 0.25))
    assert (kind.augment(rows, ("noise",), random, 1.0) != 0).all()
    assert torch.equal(kind.augment(rows, ("translation",), random, 1.0), rows)
    assert torch.equal(kind.augment(rows, ("noise",), random, 0.0), rows)


def test_numbers_of_a_table_are_turned_back_at_its_ends_and_points_go_beyond():
    ends = torch.tensor([[-1.25, -1.0, 0.5, 1.0, 1.4]])
    torch.testing.assert_close(folded(ends), torch.tensor([[-0.75, -1.0, 0.5, 1.0, 0.6]]))
    table, points = generator(TABLE), generator(POINTS)
    for network in (table, points):
        network.middles.data[:, 0] += 1.5
    assert table(torch.randn(500, 5)).items[:, 3:].median() < 0.9
    assert points(torch.randn(500, 2)).items.median() > 1.1


def test_tables_are_learnt_more_gently_than_points():
    preset = KINDS["rows"].presets["default"]
    train = preset.train_config(60, None)
    of_points, of_table = (preset.fitted(train, 900, one) for one in (POINTS, TABLE))
    assert (of_points.r1_weight, of_points.augmentations, of_points.batch) == (0.02, (), 256)
    assert (of_table.r1_weight, of_table.augmentations, of_table.batch) == (8.0, ("noise",), 128)
