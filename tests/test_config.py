"""Settings survive the way to JSON and back, and refuse what cannot be, naming the field and the allowed."""

import math
from typing import Any

import pytest

from attngan import presets
from attngan.config import About, TrainConfig, nearest
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import ATTENTION_SIZES, IMAGE_SIZES, AttnganConfig
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.registry import KINDS
from tests import tiny


@pytest.mark.parametrize(
    "settings",
    [
        AttnganConfig(),
        tiny.model_config(classes=11, channels=1, discriminator_attention=(8,)),
        tiny.train_config(augmentations=("colour", "translation")),
        TrainConfig(seconds=7.5),
        About(name="x", label_names=("a", "b"), metrics={"fd": 1.25}),
    ],
    ids=lambda settings: type(settings).__name__,
)
def test_settings_come_back_equal_from_json(settings: Any):
    assert type(settings).parse(settings.model_dump_json()) == settings
    assert type(settings).parse(settings.model_dump()) == settings


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        AttnganConfig().width = 64  # type: ignore[misc]


def test_a_changed_copy_is_checked_again_and_leaves_the_first_alone():
    first = AttnganConfig()
    assert first.with_(image_size=64).image_size == 64
    assert first.image_size == 32
    with pytest.raises(AttnGanError, match="image_size"):
        first.with_(image_size=33)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"image_size": 31}, r"image_size must be one of \(16, 32, 64\), not 31"),
        ({"channels": 2}, "channels must be 1 or 3, not 2"),
        ({"latent_size": 0}, "latent_size: .*greater than or equal to 1"),
        ({"width": 3}, "width: .*greater than or equal to 4"),
        ({"width": 10**9}, "width: .*less than or equal to 512"),
        ({"width": "wide"}, "width: .*integer.*'wide'"),
        ({"generator_attention": (32,)}, r"generator_attention must be different sizes out of \(4, 8, 16\)"),
        ({"generator_attention": (8, 8)}, "generator_attention must be different sizes"),
        ({"generator_attention": (7,)}, "generator_attention"),
        ({"discriminator_attention": (64,)}, "discriminator_attention"),
        ({"generator_noise": (16, 16)}, "generator_noise must be different sizes"),
        (
            {"generator_noise": (12,)},
            r"generator_noise must be different sizes out of \(4, 8, 16\), not \(12,\)",
        ),
        ({"generator_block": "recurrent"}, "generator_block: Input should be 'attention' or 'convolution'"),
        ({"heads": 0}, "heads"),
        ({"heads": 17}, "heads"),
        ({"classes": -1}, "classes"),
        ({"widht": 32}, "widht: Extra"),
    ],
)
def test_a_model_that_cannot_be_is_refused_by_field(values: dict[str, Any], said: str):
    with pytest.raises(AttnGanError, match=said):
        AttnganConfig.of(**values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "exactly one of seconds and steps"),
        ({"seconds": 3, "steps": 5}, "exactly one of seconds and steps"),
        ({"seconds": 0}, "seconds: .*greater than or equal to 1"),
        ({"seconds": math.nan}, "seconds: .*finite"),
        ({"seconds": math.inf}, "seconds: .*finite"),
        ({"steps": 0}, "steps: .*greater than or equal to 1"),
        ({"steps": 5, "batch": 0}, "batch"),
        ({"steps": 5, "generator_rate": 0}, "generator_rate"),
        ({"steps": 5, "loss": "wgan"}, "loss: .*relativistic"),
        ({"steps": 5, "augmentations": ("blur",)}, "augmentations"),
        ({"steps": 5, "precision": "float64"}, "precision"),
        ({"steps": 5, "seed": -1}, "seed"),
        ({"steps": 5, "r1_weight": math.nan}, "r1_weight: .*finite"),
    ],
)
def test_a_training_that_cannot_be_is_refused_by_field(values: dict[str, Any], said: str):
    with pytest.raises(AttnGanError, match=said):
        TrainConfig.of(**values)


def test_each_of_several_mistakes_is_told():
    with pytest.raises(AttnGanError, match=r"(?s)classes.*width.*heads"):
        AttnganConfig.of(width=1, heads=0, classes=-1)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"width": NaN}', b"\xff\xfe"])
def test_text_that_is_no_settings_is_refused_in_words(text: str | bytes):
    with pytest.raises(AttnGanError, match="AttnganConfig"):
        AttnganConfig.parse(text)


def test_what_is_shown_of_a_wrong_value_stays_short():
    with pytest.raises(AttnGanError) as refused:
        AttnganConfig.of(width="w" * 100_000)
    assert len(str(refused.value)) < 300


def test_an_unknown_name_is_answered_with_the_nearest_or_all():
    assert nearest("facse", ["faces", "emoji"]) == "did you mean 'faces'?"
    assert nearest("zzz", ["faces", "emoji"]) == "known: faces, emoji."


def test_a_recipe_says_what_it_can_be_asked_for() -> None:
    takes = {name: sorted(one.takes) for entry in KINDS.values() for name, one in entry.presets.items()}
    assert takes["sagan-2018"] == ["attention", "classes", "size"]
    assert takes["dcgan-2015"] == ["size"]
    assert takes["pooled"] == takes["taught"] == []
    assert sorted(PRESETS["default"].takes) == ["attention", "captions", "classes", "size"]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("size", [None, *IMAGE_SIZES])
def test_every_preset_gives_settings_at_every_size(name: str, size: int | None):
    preset = presets.find(name, PRESETS)
    model = preset.model_config(size)
    assert size in (None, model.image_size)
    assert set(model.generator_attention) <= {place for place in ATTENTION_SIZES if place < model.image_size}
    assert preset.train_config(seconds=7, steps=None, seed=3).seed == 3
    assert preset.about
    assert preset.expect


def test_attention_that_was_asked_for_is_not_dropped_silently():
    assert presets.find("default", PRESETS).model_config(16).generator_attention == (8,)
    assert presets.find("default", PRESETS).model_config(32, attention=()).generator_attention == ()
    assert presets.find("default", PRESETS).model_config(32, attention=[4, 16]).generator_attention == (4, 16)
    with pytest.raises(AttnGanError, match="generator_attention"):
        presets.find("default", PRESETS).model_config(16, attention=[8, 16])


def test_an_unknown_preset_is_answered_with_the_nearest():
    with pytest.raises(AttnGanError, match="did you mean 'default'"):
        presets.find("defualt", PRESETS)


def test_a_convolution_in_attentions_place_leaves_no_attention_layers():
    assert AttnganConfig(generator_attention=(8,)).attention_layers == ("8",)
    assert AttnganConfig(generator_attention=(8,), generator_block="convolution").attention_layers == ()


def test_z_holds_the_latent_vector_and_a_number_for_every_cell_that_gets_noise():
    assert AttnganConfig(latent_size=7).z_size == 7
    assert AttnganConfig(latent_size=7, generator_noise=(16, 4)).z_size == 7 + 256 + 16


def test_few_pictures_are_learnt_with_a_larger_penalty_and_only_in_our_recipe():
    def penalty(name: str, pictures: int) -> float:
        preset = presets.find(name, PRESETS)
        return preset.fitted(preset.train_config(None, 9), pictures, preset.model_config()).r1_weight

    assert penalty("default", presets.FEW_ITEMS - 1) == 3
    assert penalty("default", presets.FEW_ITEMS) == 1
    assert penalty("dcgan-2015", 10) == penalty("sagan-2018", 10) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"generator_rate": 0.5},
        {"discriminator_rate": 1e-5, "r1_weight": 7.0},
        {"augmentations": ("colour",), "augmentation_epochs": 3.0},
        {"mismatch_weight": 0.0, "variety_weight": 1.0, "class_variety_weight": 2.0},
        {"discriminator_steps": 16, "gate": 0.0},
        {"gate": None},
        {},
    ],
)
def test_rates_weights_and_augmentations_may_be_steered(changes: dict[str, Any]):
    before = tiny.train_config()
    after = before.steered(changes)
    assert after.model_dump() == before.model_dump() | changes
    assert before == tiny.train_config()


@pytest.mark.parametrize(
    "name", [*sorted(TrainConfig.model_fields.keys() - set(TrainConfig.STEERABLE)), "nonsense", "steered"]
)
def test_nothing_else_may_be_steered(name: str):
    value = getattr(tiny.train_config(), name, 3)
    with pytest.raises(AttnGanError, match=f"'{name}' cannot be changed on the way: (did you mean|known)"):
        tiny.train_config().steered({"r1_weight": 3.0, name: value})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"generator_rate": 0.0}, "generator_rate: .*greater than 0"),
        ({"r1_weight": math.nan}, "r1_weight: .*finite"),
        ({"r1_weight": "much"}, "r1_weight: .*number"),
        ({"augmentations": ("blur",)}, "augmentations"),
        ({"discriminator_steps": 17}, "discriminator_steps: .*less than or equal to 16"),
        ({"discriminator_steps": 1.5}, "discriminator_steps: .*integer"),
        ({"gate": -0.5}, "gate: .*greater than or equal to 0"),
        ({"r1_weight": None}, "r1_weight: .*number"),
        ({"generator_rat": 0.1}, "did you mean 'generator_rate'"),
    ],
)
def test_a_steering_that_cannot_be_is_refused_in_words(changes: dict[str, Any], said: str):
    with pytest.raises(AttnGanError, match=said):
        tiny.train_config().steered(changes)


def test_gentler_is_half_the_rates_and_more_penalty_up_to_an_end():
    config = tiny.train_config(generator_rate=0.5, discriminator_rate=0.25, r1_weight=0)
    assert config.gentler().model_dump() == config.model_dump() | {
        "generator_rate": 0.25, "discriminator_rate": 0.125, "r1_weight": 1.0,
    }  # fmt: skip
    assert config.gentler().gentler().r1_weight == 4
    assert tiny.train_config(r1_weight=9e3).gentler().r1_weight == 1e4
