"""Which architectures there are, told apart by name; the settings files of before still open."""

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import Field

from attngan.config import ModelConfig, Settings
from attngan.errors import AttnGanError
from attngan.kinds import registry
from attngan.kinds.pictures.config import AttnganConfig, DcganConfig, SaganConfig
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.pictures.presets import PRESETS
from attngan.kinds.registry import AnyModelConfig, kind_of, parse_config
from attngan.model.checkpoints import Contents

# What config.json said of each recipe's networks when all architectures shared one class, every field of it.
DEFAULT = {
    "architecture": "attngan", "image_size": 32, "channels": 3, "latent_size": 64, "width": 24,
    "generator_attention": [8, 16], "discriminator_attention": [], "heads": 2, "generator_block": "attention",
    "generator_noise": [], "classes": 0, "clusters": 80,
}  # fmt: skip
BEFORE: dict[str, tuple[dict[str, Any], type[ModelConfig]]] = {
    "default": (DEFAULT, AttnganConfig),
    "dcgan-2015": (
        DEFAULT
        | {
            "architecture": "dcgan-2015", "latent_size": 100, "width": 64, "generator_attention": [],
            "clusters": 0,
        },
        DcganConfig,
    ),
    "sagan-2018": (
        DEFAULT
        | {
            "architecture": "sagan-2018", "latent_size": 128, "width": 64, "heads": 1,
            "generator_attention": [16], "discriminator_attention": [16], "clusters": 0,
        },
        SaganConfig,
    ),
}  # fmt: skip


def test_every_recipe_has_a_settings_file_of_before():
    assert BEFORE.keys() == PRESETS.keys()


@pytest.mark.parametrize("name", BEFORE)
def test_a_settings_file_of_before_is_the_recipes_networks_of_today(name: str):
    values, kind = BEFORE[name]
    config = parse_config(values)
    assert type(config) is kind
    assert config == PRESETS[name].model_config(32)
    assert kind_of(config) is PICTURES
    again = Contents.parse(Contents(model=config).model_dump_json())
    assert again.model == config
    assert type(again.model) is kind
    assert parse_config(config.model_dump(mode="json")) == config


@pytest.mark.parametrize("name", BEFORE)
@pytest.mark.parametrize("lost", ["generator_block", "generator_noise", "clusters"])
def test_a_settings_file_from_before_a_setting_was_invented_opens_too(name: str, lost: str):
    values = BEFORE[name][0] | {"clusters": 0}
    expected = parse_config(values)
    assert parse_config({key: value for key, value in values.items() if key != lost}) == expected


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"generator_noise": [8]}, "neither generator_noise"),
        ({"generator_noise": 8}, "neither generator_noise"),
        ({"clusters": 7}, "nor clusters"),
        ({"generator_block": "convolution"}, "nor another generator_block"),
        ({"colour": "red"}, "colour: Extra"),
    ],
)
@pytest.mark.parametrize("name", ["dcgan-2015", "sagan-2018"])
def test_a_lessons_file_that_asks_for_what_it_never_had_is_refused(
    name: str, changes: dict[str, Any], said: str
):
    with pytest.raises(AttnGanError, match=said):
        parse_config(BEFORE[name][0] | changes)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("dcgan-2016", "no architecture 'dcgan-2016': did you mean 'dcgan-2015'"),
        ("transformer", "no architecture 'transformer': known: attngan, dcgan-2015, sagan-2018"),
        (None, "no architecture None"),
        (["attngan"], r"no architecture \['attngan'\]"),
        ("x" * 10_000, "no architecture 'xxx"),
    ],
)
def test_an_unknown_architecture_is_answered_with_the_nearest_or_all(given: Any, told: str):
    with pytest.raises(AttnGanError, match=told) as refused:
        parse_config({"architecture": given})
    assert len(str(refused.value)) < 300


def test_data_of_another_kind_are_refused_before_they_are_looked_at():
    other = SimpleNamespace(kind="sums", name="some")
    with pytest.raises(AttnGanError, match="makes pictures, but some has sums"):
        PICTURES.check(AttnganConfig(), other)


def test_settings_without_an_architecture_are_of_our_own_networks():
    assert parse_config({"width": 32}) == AttnganConfig(width=32)
    assert parse_config(
        {key: value for key, value in DEFAULT.items() if key != "architecture"}
    ) == parse_config(DEFAULT)
    assert AttnganConfig().architecture == registry.USUAL


class Holder(Settings):
    model: AnyModelConfig = Field(default_factory=AttnganConfig)


@pytest.mark.parametrize("config", [AttnganConfig(clusters=7), DcganConfig(), SaganConfig(classes=3)])
def test_settings_that_hold_a_models_keep_all_of_its_fields(config: ModelConfig):
    held = Holder(model=config)
    assert held.model is config
    assert held.model_dump()["model"] == config.model_dump()
    assert Holder.parse(held.model_dump_json()) == held
    assert held.with_() == held


def test_what_is_no_settings_at_all_is_refused():
    for wrong in (3, "attngan", [], None):
        with pytest.raises(AttnGanError, match="model"):
            Holder.parse({"model": wrong})
