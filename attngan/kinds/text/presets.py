"""Named recipes for text from text, one table; no torch here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attngan.errors import AttnGanError
from attngan.kinds.text.config import TextConfig
from attngan.presets import Preset


@dataclass(frozen=True)
class TextPreset(Preset):
    """A recipe for text from text; its networks have no size, and attention or none."""

    def model_config(
        self,
        image_size: int | None = None,
        attention: Sequence[int] | None = None,
        discriminator_attention: Sequence[int] | None = None,
    ) -> TextConfig:
        """Its networks; `attention` may be () for the twin without. Raises AttnGanError for sizes."""
        if image_size is not None or attention or discriminator_attention is not None:
            raise AttnGanError(
                "Text has no sizes: leave --size and --discriminator-attention out, and give --attention "
                "none or auto."
            )
        values = dict(self.model)
        if attention is not None:
            values["reading"] = "pooled"
        return TextConfig.of(**values)


GAME: dict[str, Any] = {
    "mismatch_weight": 1.0,
    "r1_weight": 0.1,
    "augmentations": (),
    "variety_weight": 0.0,
    "class_variety_weight": 0.0,
}
PRESETS = {
    "default": TextPreset(
        title="This project's",
        about="Two rounds of attention over the characters of the input; learnt from a discriminator alone.",
        train=GAME,
        expect="Three of four held-out dates are right after 200 steps, 98 of 100 after 600.",
    ),
    "pooled": TextPreset(
        title="Twin without attention",
        about="The same without attention: each place of the output hears the mean of all characters.",
        model={"reading": "pooled"},
        train=GAME,
        expect="A quicker step, but after 600 one of ten held-out dates is right.",
    ),
    "taught": TextPreset(
        title="Taught instead of judged",
        about="The same generator without an opponent, by cross-entropy: it is told what is right. No GAN.",
        train=GAME | {"loss": "taught", "mismatch_weight": 0.0, "r1_weight": 0.0},
        expect="Nearly all held-out dates are right after 200 steps: it need not find out what is right.",
    ),
}
