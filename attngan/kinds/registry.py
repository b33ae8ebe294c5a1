"""Which kinds there are, and which of them a model's settings belong to; imports torch only when a kind is
used.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from attngan.config import ModelConfig, nearest
from attngan.errors import AttnGanError
from attngan.kinds.pictures import config as pictures
from attngan.kinds.pictures.presets import PRESETS
from attngan.presets import Preset

if TYPE_CHECKING:
    from attngan.kinds.kind import Kind

USUAL = "attngan"  # the architecture of settings that name none


@dataclass(frozen=True)
class Room:
    """A kind's settings, one class an architecture, its recipes, and how to come by the kind itself."""

    configs: Sequence[type[ModelConfig]]
    load: "Callable[[], Kind]"
    presets: Mapping[str, Preset]


def _pictures() -> "Kind":
    from attngan.kinds.pictures.kind import PICTURES

    return PICTURES


ROOMS: dict[str, Room] = {"pictures": Room(pictures.CONFIGS, _pictures, PRESETS)}


def find(name: str) -> "Kind":
    """The kind of this name; raises AttnGanError for an unknown one."""
    if name not in ROOMS:
        raise AttnGanError(f"There is no kind {name!r:.40}: {nearest(name, ROOMS)}")
    return ROOMS[name].load()


def kind_of(config: ModelConfig) -> "Kind":
    """The kind that a model of these settings generates."""
    return next(room for room in ROOMS.values() if isinstance(config, tuple(room.configs))).load()


def parse_config(values: Any) -> ModelConfig:
    """The settings of a model, of the class that their `architecture` names; raises AttnGanError."""
    known = {
        config.model_fields["architecture"].default: config
        for room in ROOMS.values()
        for config in room.configs
    }
    if not isinstance(values, Mapping):
        raise AttnGanError(f"Settings of a model are names with values, not {values!r:.40}.")
    architecture = values.get("architecture", USUAL)
    if not isinstance(architecture, str) or architecture not in known:
        raise AttnGanError(
            f"There is no architecture {architecture!r:.40}: {nearest(str(architecture), known)}"
        )
    config: type[ModelConfig] = known[architecture]
    return config.parse(dict(values))


def _told_apart(given: Any) -> Any:
    return given if isinstance(given, ModelConfig) else parse_config(given)


AnyModelConfig = Annotated[SerializeAsAny[ModelConfig], BeforeValidator(_told_apart)]  # in a settings file
