"""Which kinds there are, and which a model's settings belong to; a kind is imported when it is used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from attngan.config import ModelConfig, nearest
from attngan.errors import AttnGanError
from attngan.kinds.pictures import config as pictures
from attngan.kinds.pictures import presets as picture_presets
from attngan.kinds.rows import config as rows
from attngan.kinds.rows import presets as row_presets
from attngan.kinds.text import config as text
from attngan.kinds.text import presets as text_presets
from attngan.presets import Preset

if TYPE_CHECKING:
    from attngan.kinds.kind import Kind

USUAL = "attngan"  # the architecture of settings that name none


@dataclass(frozen=True)
class Entry:
    """A kind's settings, one class an architecture, how to come by the kind, which imports torch, and its
    recipes.
    """

    configs: Sequence[type[ModelConfig]]
    load: "Callable[[], Kind]"
    presets: Mapping[str, Preset] = field(default_factory=dict)


def _pictures() -> "Kind":
    from attngan.kinds.pictures.kind import PICTURES

    return PICTURES


def _text() -> "Kind":
    from attngan.kinds.text.kind import TextKind

    return TextKind()


def _rows() -> "Kind":
    from attngan.kinds.rows.kind import RowsKind

    return RowsKind()


KINDS = {
    "pictures": Entry(pictures.CONFIGS, _pictures, picture_presets.PRESETS),
    "text": Entry(text.CONFIGS, _text, text_presets.PRESETS),
    "rows": Entry(rows.CONFIGS, _rows, row_presets.PRESETS),
}


def name_of(config: ModelConfig) -> str:
    """The name of the kind that a model of these settings generates; imports no torch."""
    return next(name for name, entry in KINDS.items() if isinstance(config, tuple(entry.configs)))


def kind_of(config: ModelConfig) -> "Kind":
    """The kind that a model of these settings generates."""
    return KINDS[name_of(config)].load().of(config)


def parse_config(values: Any) -> ModelConfig:
    """The settings of a model, of the class that their `architecture` names; raises AttnGanError."""
    classes = [config for entry in KINDS.values() for config in entry.configs]
    known = {config.model_fields["architecture"].default: config for config in classes}
    if not isinstance(values, Mapping):
        raise AttnGanError(f"Settings of a model are names with values, not {values!r:.40}.")
    architecture = values.get("architecture", USUAL)
    if not isinstance(architecture, str) or architecture not in known:
        raise AttnGanError(
            f"There is no architecture {architecture!r:.40}: {nearest(str(architecture), known)}"
        )
    config: type[ModelConfig] = known[architecture]
    return config.parse(dict(values))


def _parsed(given: Any) -> Any:
    return given if isinstance(given, ModelConfig) else parse_config(given)


AnyModelConfig = Annotated[SerializeAsAny[ModelConfig], BeforeValidator(_parsed)]  # in a settings file
