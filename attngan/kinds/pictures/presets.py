"""Named recipes for pictures, one table; no torch here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from attngan.config import ModelConfig, TrainConfig
from attngan.kinds.pictures.config import CONFIGS, AttnganConfig, PictureConfig
from attngan.presets import Preset

BY_ARCHITECTURE: dict[str, type[PictureConfig]] = {
    config.model_fields["architecture"].default: config for config in CONFIGS
}


@dataclass(frozen=True)
class PicturePreset(Preset):
    """A recipe for pictures, whose networks may be asked for at another size.

    `model_words` and `train_words` are further changes to the networks' settings and to TrainConfig's, where
    pictures are made from captions.
    """

    model_words: dict[str, Any] = field(default_factory=dict)
    train_words: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> type[PictureConfig]:
        """The class of its networks' settings."""
        return BY_ARCHITECTURE[self.model.get("architecture", "attngan")]

    @property
    def takes(self) -> frozenset[str]:
        """A size, and what its networks know."""
        known = {
            "attention": self.config.attends,
            "classes": self.config.knows_classes,
            "captions": self.config.knows_captions,
        }
        return frozenset({"size", *(name for name, knows in known.items() if knows)})

    def model_config(
        self,
        image_size: int | None = None,
        attention: Sequence[int] | None = None,
        discriminator_attention: Sequence[int] | None = None,
    ) -> PictureConfig:
        """Its networks, at another size in pixels or with attention at other sizes if wanted.

        Channels and classes follow from the data (`PictureKind.fit`). Where the networks have none of the
        sizes that get attention, the largest one gets it.
        """
        values = dict(self.model)
        config = self.config
        if image_size is not None:
            values["image_size"] = image_size
        side = values.get("image_size", _default(config, "image_size"))
        wanted = {"generator_attention": attention, "discriminator_attention": discriminator_attention}
        for name, chosen in wanted.items():
            if chosen is not None:
                values[name] = tuple(chosen)
                continue
            sizes = values.get(name, _default(config, name))
            fitting = tuple(size for size in sizes if size < side)
            values[name] = fitting or (side // 2,) if sizes else ()
        return config.of(**values)

    def fitted(self, train: TrainConfig, items: int, model: ModelConfig) -> TrainConfig:
        """This way of training, for data of so many pictures, and for captions if there are any."""
        usual = super().fitted(train, items, model)
        return usual.with_(**self.train_words) if _captioned(model) else usual

    def suited(self, model: ModelConfig) -> ModelConfig:
        """These networks, with what suits captions where pictures are made from some."""
        return model.with_(**self.model_words) if _captioned(model) else model


# What both papers did, and this project does not: float32, constant rates, no penalty, no augmentation.
PAPERS: dict[str, Any] = {
    "batch": 64,
    "rate_decay": 0.0,
    "r1_weight": 0.0,
    "ema_images": 0,
    "mismatch_weight": 0.0,
    "variety_weight": 0.0,
    "class_variety_weight": 0.0,
    "augmentations": (),
    "precision": "float32",
}
PRESETS = {
    "default": PicturePreset(
        title="This project's",
        about="The recipe of this project: attention at 8 and 16 pixels, keys pooled at 16.",
        model={"clusters": 80},
        train_few={"r1_weight": 3.0, "variety_weight": 0.3},  # few reals are soon learnt by heart
        # Shapes are learnt last, a strong penalty hides them, and at 16 pixels words are not looked at (E63).
        # Half as many pictures a step as usual, for half as many steps again in the same time (E66).
        model_words={"generator_attention": (8,)},
        train_words={
            "batch": 32,
            "r1_weight": 0.03,
            "mismatch_weight": 4.0,
            "mismatches": 2,
            "rate_decay": 0.3,
        },
        expect="On two cores with bfloat16 units some 1100 images a second, 0.9 GB of memory at 32 pixels: "
        "smileys of every kind within 30 seconds, clean ones after some minutes.",
    ),
    "sagan-2018": PicturePreset(
        title="History lesson: SAGAN, 2018",
        about="A history lesson: Zhang et al. 2018 (arXiv 1805.08318), the first GAN with attention. "
        "Residual networks with spectral normalisation, and a gate that starts shut.",
        expect="The slowest of all (bench/speed.py); bench/quality.py compares what it draws.",
        model={
            "architecture": "sagan-2018",
            "latent_size": 128,
            "width": 64,
            "heads": 1,
            "generator_attention": (16,),  # the middle: half the picture's size
            "discriminator_attention": (16,),
        },
        train=PAPERS
        | {
            "loss": "hinge",  # section 3, equation 4
            "generator_rate": 1e-4,  # section 4.2: two time scales
            "discriminator_rate": 4e-4,
            "betas": (0.0, 0.9),  # section 5
            "joint_batch": False,
        },
    ),
    "dcgan-2015": PicturePreset(
        title="History lesson: DCGAN, 2015",
        about="A history lesson: Radford et al. 2015 (arXiv 1511.06434), the first GAN of convolutions that "
        "trained steadily. Batch normalisation in both networks, no attention, no classes, no average.",
        expect="Needs more than the minutes that the default takes: bench/quality.py compares them.",
        model={
            "architecture": "dcgan-2015",
            "latent_size": 100,  # section 4
            "width": 64,
            "generator_attention": (),
        },
        train=PAPERS
        | {
            "loss": "minmax",
            "generator_rate": 2e-4,  # section 4
            "discriminator_rate": 2e-4,
            "betas": (0.5, 0.999),  # section 4
            "joint_batch": False,
        },
    ),
}


def _captioned(model: ModelConfig) -> bool:
    return isinstance(model, AttnganConfig) and bool(model.vocabulary)


def _default(config: type[PictureConfig], name: str) -> Any:
    return config.model_fields[name].default
