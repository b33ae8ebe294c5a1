"""Named recipes for rows of numbers, one table; no torch here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attngan.config import ModelConfig, TrainConfig
from attngan.errors import AttnGanError
from attngan.kinds.rows.config import RowsConfig
from attngan.presets import Preset


@dataclass(frozen=True)
class RowsPreset(Preset):
    """A recipe for rows; its networks have no size in pixels, and attention or none."""

    @property
    def takes(self) -> frozenset[str]:
        """Classes, where the data have some."""
        return frozenset({"classes"})

    def model_config(
        self,
        image_size: int | None = None,
        attention: Sequence[int] | None = None,
        discriminator_attention: Sequence[int] | None = None,
    ) -> RowsConfig:
        """Its networks; `attention` may be () for the twin without. Raises AttnGanError for sizes."""
        if image_size is not None or attention or discriminator_attention is not None:
            raise AttnGanError(
                "Rows have no size in pixels: leave --size and --discriminator-attention out, and give "
                "--attention none or auto."
            )
        return RowsConfig.of(**self.model | ({} if attention is None else {"looks": ()}))

    def fitted(self, train: TrainConfig, items: int, model: ModelConfig) -> TrainConfig:
        """This way of training, gentler for tables."""
        assert isinstance(model, RowsConfig)
        return super().fitted(train if model.are_points else train.with_(**TABLE), items, model)


GAME: dict[str, Any] = {
    "batch": 256,
    "generator_rate": 4e-3,
    "discriminator_rate": 4e-3,
    "r1_weight": 0.02,
    "precision": "float32",  # on networks this small a probe tells nothing
    "mismatch_weight": 1.0,
    "augmentations": (),
    "variety_weight": 0.0,
    "class_variety_weight": 0.0,
    "ema_images": 20_000,
}
# Tables have few rows, each seen hundreds of times: else they are learnt by heart (experiments E73 and E78).
TABLE: dict[str, Any] = {
    "batch": 128,
    "generator_rate": 2e-3,
    "discriminator_rate": 2e-3,
    "r1_weight": 8.0,
    "augmentations": ("noise",),
    "augmentation_epochs": 0.0,  # from the beginning on
}
PRESETS = {
    "default": RowsPreset(
        title="This project's",
        about="Perceptrons; each column looks at learnt tokens, and in a table at the other columns.",
        train=GAME,
        expect="All 25 places of the Gaussians after a minute, with nine of ten points in place.",
    ),
    "perceptron": RowsPreset(
        title="Twin without attention",
        about="The same with a perceptron of as many parameters in place of attention.",
        model={"looks": ()},
        train=GAME,
        expect="A quicker step; after a minute all 25 places too, with two of three points in place.",
    ),
}
