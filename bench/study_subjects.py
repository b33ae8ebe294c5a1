"""What the attention study asks of each data set: its arms, what is measured, and what there is to see.

Shapes: N pictures, H x W pixels, C channels.
"""

import io
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from attngan import vocabulary
from attngan.data import ImageSet, PairSet
from attngan.data.rows.rowset import RowSet
from attngan.data.scenes.made import LAYOUT_OF
from attngan.kinds.kind import Kind
from attngan.kinds.lines import lines
from attngan.kinds.pictures.kind import PICTURES
from attngan.kinds.rows.config import RowsConfig
from attngan.kinds.rows.kind import RowsKind
from attngan.measure import answers, metrics, rows, scenes
from attngan.model import sampling
from attngan.model.checkpoints import Model

SHOWN = 8  # items of a run on the contact sheet
COSTS = ("steps", "images_per_second", "parameters")
NOISE: dict[str, dict[str, Any]] = {
    "none": {},
    "late": {"generator_noise": (16,)},
    "late-only": {"generator_noise": (16,), "latent_size": 1, "clusters": 0},  # which the vector would choose
}

Changes = Mapping[str, Any]  # to the networks' settings
Rows = dict[str, dict[str, float]]  # by the name of a reference, its figures
Shown = NDArray[np.uint8]  # (N, H, W, C)


@dataclass(frozen=True)
class Subject(ABC):
    """A data set of the study.

    The figure `rate` is the share that is right by an exact check, which the field gives its name
    (attngan.vocabulary); "" without a check.
    """

    rate: str = ""

    arms: ClassVar[Mapping[str, Changes]]  # attention first
    noises: ClassVar[tuple[str, ...]] = ("none",)  # out of NOISE
    told: ClassVar[tuple[str, ...]]  # in the tables
    compared: ClassVar[tuple[str, ...]]  # seed by seed

    @property
    def figures(self) -> tuple[str, ...]:
        """What the tables tell; the rate only where there is one."""
        return tuple(name for name in self.told if name != "rate" or self.rate)

    @property
    def main(self) -> str:
        """The measure that counts: the rate, else FD."""
        return self.rate or "fd"

    def title(self, figure: str) -> str:
        """What a figure is called."""
        return vocabulary.title(self.rate if figure == "rate" else figure)

    def prepare(self, items: Any) -> None:  # noqa: B027 - most data keep nothing
        """Pay for what the data keep once it was asked for, which else the arm in front would pay for all."""

    @abstractmethod
    def measure(self, model: Model, items: Any, samples: int) -> dict[str, float]:
        """The figures of a trained model, but for COSTS."""

    @abstractmethod
    def shown(self, model: Model) -> Shown:
        """The model's first items as pictures of one size; or a single page that has them all."""

    @abstractmethod
    def references(self, items: Any, samples: int) -> Rows:
        """The same figures of what is no model's, to compare with."""


class Pictures(Subject):
    """Pictures from noise alone: what stands at 8 and at 16 pixels in the generator."""

    arms: ClassVar[Mapping[str, Changes]] = {
        "attention": {},
        "convolution": {"generator_block": "convolution"},
        "nothing": {"generator_attention": ()},
    }
    noises = tuple(NOISE)
    told = ("rate", "fd", "kd", "recall", *COSTS)
    compared = ("rate", "fd", "recall")

    def measure(self, model: Model, items: ImageSet, samples: int) -> dict[str, float]:
        """Rate, where the data has one, and distances."""
        return self._measured(sampling.items(model, range(samples)), items, items)

    def shown(self, model: Model) -> Shown:
        """Its first pictures."""
        return sampling.items(model, range(SHOWN)).numpy()

    def references(self, items: ImageSet, samples: int) -> Rows:
        """One half of the reals against the other, and halves paired at random."""
        order = torch.randperm(len(items), generator=torch.Generator().manual_seed(0))
        reals = items.images[order].permute(0, 2, 3, 1)  # uint8 (N, H, W, C)
        half = len(reals) // 2
        others = ImageSet(items.name, items.images[order[half:]])
        rows = {"real pictures": self._measured(reals[:half][:samples], others, items)}
        if self.rate:
            middle = reals.shape[2] // 2
            shuffled = torch.cat([reals[:, :, :middle], reals.roll(1, 0)[:, :, middle:]], 2)
            rows["halves paired at random"] = self._measured(shuffled[:half][:samples], others, items)
        return rows

    def _measured(self, drawn: Tensor, reals: ImageSet, checked: ImageSet) -> dict[str, float]:
        """Of pictures uint8 (N, H, W, C): distances to the reals, and the rate of the data's check."""
        found = metrics.measure(PICTURES, drawn, reals)
        if self.rate:
            found["rate"] = metrics.exactly(drawn, checked)[self.rate]
        return {name: found[name] for name in self.figures if name in found}


class Texts(Subject):
    """Text from text: attention to single characters, or the mean of all."""

    arms: ClassVar[Mapping[str, Changes]] = {"attention": {}, "pooled": {"reading": "pooled"}}
    told = ("rate", "exact", "steps", "parameters")
    compared = ("rate", "exact")

    def measure(self, model: Model, items: PairSet, samples: int) -> dict[str, float]:
        """Exact matches; with attention also where it looks."""
        found = answers.measure(model, items, samples)
        return {"rate": found.pop(self.rate)} | found

    def shown(self, model: Model) -> Shown:
        """A page of what is written for held-out texts; what is wrong has a cross."""
        pairs = model.config.examples[:SHOWN]  # type: ignore[attr-defined]
        items = sampling.items(model, [0] * len(pairs), [asked for asked, _ in pairs])
        written = map("".join, model.kind.texts(items) or ())
        page = lines(
            [
                f"{' ' if text == right else '✗'} {text} ← {asked}"
                for text, (asked, right) in zip(written, pairs, strict=True)
            ]
        )
        return np.asarray(page)[None, ..., None]

    def references(self, items: PairSet, samples: int) -> Rows:
        """None: pairs are right by what they are."""
        return {}


class PicturesFromWords(Subject):
    """Pictures from captions: attention to words, or a convolution, which hears the caption as a whole."""

    arms: ClassVar[Mapping[str, Changes]] = {"attention": {}, "pooled": {"generator_block": "convolution"}}
    told = ("rate", *scenes.ASKED, *COSTS)
    compared = ("rate", *scenes.ASKED)

    def prepare(self, items: ImageSet) -> None:
        """For what can be changed in captions."""
        items.wrong(torch.arange(len(items)), torch.Generator())

    def measure(self, model: Model, items: ImageSet, samples: int) -> dict[str, float]:
        """The share of pictures in which all is right, each with the noise of its own seed."""
        return self._checked(
            lambda made: sampling.items(model, range(len(made.captions)), made.captions).numpy(),
            items,
            samples,
        )

    def shown(self, model: Model) -> Shown:
        """A page of pictures beside their captions, none of which was learnt from."""
        captions = model.config.example_texts[:SHOWN]
        pictures = sampling.items(model, range(len(captions)), captions).numpy().repeat(2, 1).repeat(2, 2)
        texts = [lines([caption]) for caption in captions]
        row = max(pictures.shape[1], texts[0].height) + 4
        page = Image.new("RGB", (row + max(text.width for text in texts), row * len(texts)), "white")
        for number, (picture, text) in enumerate(zip(pictures, texts, strict=True)):
            page.paste(Image.fromarray(picture), (0, row * number))
            page.paste(text, (row, row * number + (row - text.height) // 2))
        return np.asarray(page)[None]

    def references(self, items: ImageSet, samples: int) -> Rows:
        """Real pictures with their captions, and with other pictures'."""
        size = items.images.shape[-1]
        return {
            "real pictures": self._checked(lambda made: made.pictures(size), items, samples),
            "other pictures' captions": self._checked(
                lambda made: np.roll(made.pictures(size), 1, 0), items, samples
            ),
        }

    def _checked(self, drawn: scenes.Draw, items: ImageSet, samples: int) -> dict[str, float]:
        found = scenes.all_right(drawn, LAYOUT_OF[items.name], samples)
        return {"rate": sum(found.values()) / len(found)} | found


class Numbers(Subject):
    """Points or tables: attention to learnt tokens, and in tables to the other columns, or a perceptron."""

    arms: ClassVar[Mapping[str, Changes]] = {"attention": {}, "perceptron": {"looks": ()}}

    def measure(self, model: Model, items: RowSet, samples: int) -> dict[str, float]:
        """The exact rate of points, the classifiers' of tables."""
        return self._measured(model.kind, sampling.items(model, range(samples)), items)

    def shown(self, model: Model) -> Shown:
        """A page of its first rows."""
        drawn = sampling.items(model, range(model.kind.together))
        return np.asarray(Image.open(io.BytesIO(model.kind.preview(drawn))))[None, ..., None]

    def references(self, items: RowSet, samples: int) -> Rows:
        """Rows that were never learnt from, as if they had been drawn; half of them where they are compared
        with the others.
        """
        kind = RowsKind(RowsConfig(columns=items.columns))
        half = len(items.held_out) // 2
        others = replace(items, held_out=items.held_out[half:])
        return {"real rows": self._measured(kind, items.held_out[:half, :, None], others)}

    def _measured(self, kind: Kind, drawn: Tensor, items: RowSet) -> dict[str, float]:
        """Of decoded rows (N, F, 1)."""
        found = metrics.exactly(drawn, items) | rows.measure(kind, drawn, items)
        if self.rate:
            found["rate"] = found[self.rate]
        return {name: found[name] for name in self.figures if name in found}


class Points(Numbers):
    """Points: how many lie right is known exactly."""

    told = ("rate", "modes", *COSTS)
    compared = ("rate",)


class Curves(Numbers):
    """Points along a curve."""

    told = ("rate", "along", *COSTS)
    compared = ("rate", "along")


class Tables(Numbers):
    """Tables, of which classifiers tell what was drawn."""

    told = ("two_sample", "correlation_error", "copying", *COSTS)
    compared = ("two_sample", "correlation_error")

    @property
    def main(self) -> str:
        """How well a classifier tells drawn rows from real ones."""
        return "two_sample"


SUBJECTS: dict[str, Subject] = {
    "twins": Pictures("agreement"),
    "mirror": Pictures("mirror"),
    "faces": Pictures(),
    "letters": Pictures(),
    "digits": Pictures(),
    "dates": Texts("exact_held_out"),
    "numbers": Texts("exact_held_out"),
    "notes": Texts("exact_held_out"),
    "scenes": PicturesFromWords("all_facts"),
    "gaussians": Points("near"),
    "spiral": Curves("near"),
    "penguins": Tables(),
    "wine": Tables(),
}
