"""What is measured of a model: what each measure is called everywhere, which way is better, and what it says.

The keys are those of files and events. Whatever people read takes names and arrows from here: the command,
the model card, the study and, through demo.words.measures, the page.
"""

from dataclasses import dataclass
from typing import Literal

OF_CLASS = "recall_"  # begins the keys of recalls within one class; its name follows


@dataclass(frozen=True)
class Measure:
    """A measure: its name, whether less is better, more, or what is nearest to 1, and what it says."""

    name: str
    better: Literal["↓", "↑", "→ 1"]
    meaning: str

    @property
    def title(self) -> str:
        """The name with its arrow: "FD ↓"."""
        return f"{self.name} {self.better}"


MEASURES: dict[str, Measure] = {
    "fd": Measure(
        "FD",
        "↓",
        "Frechet distance: how far generated pictures lie from real ones, in the features of our own "
        "small network. Real against real is near 0, and more where pictures are few.",
    ),
    "kd": Measure(
        "KD",
        "↓",
        "Kernel distance: asks what FD asks, and is fair to few pictures. Real against real is 0, and a "
        "little below 0 is chance.",
    ),
    "precision": Measure(
        "precision",
        "↑",
        "Share of generated pictures that look like some real one. Real against real is a little below 1.",
    ),
    "recall": Measure(
        "recall",
        "↑",
        "Share of real pictures that look like some generated one: variety. Real against real is a little "
        "below 1.",
    ),
    "coverage": Measure(
        "coverage",
        "↑",
        "Share of real pictures with a generated one near: variety, robust to outliers. Real against real "
        "is a little below 1.",
    ),
    "memorisation": Measure(
        "newness",
        "→ 1",
        "Distance to the nearest training picture, over the distance among training pictures. 0 is "
        "copying, 1 is as new as these are to each other, far more looks like none of them.",
    ),
    "variety": Measure(
        "variety",
        "→ 1",
        "Mean distance among generated pictures, over that among real ones. 0 is one picture again and "
        "again.",
    ),
    "agreement": Measure(
        "agreement",
        "↑",
        "Share of twins whose two far-apart shapes agree in colour and kind, counted exactly. Real ones "
        "read 1, halves paired at random 0.04.",
    ),
    "mirror": Measure(
        "mirror rate",
        "↑",
        "Share of cells that agree with their mirror cell, counted exactly. Real ones read 1, halves "
        "paired at random 0.5.",
    ),
    "class_recall": Measure("recall within classes", "↑", "Mean of the recalls within each class."),
    "fid": Measure("FID", "↓", "Frechet distance in the features of Inception, as published."),
    "images_per_second": Measure("pictures per second", "↑", "Pictures drawn in a second on this machine."),
}


def title(key: str) -> str:
    """What a measure is called, with its arrow; a key that is none of MEASURES stays as it is."""
    if key in MEASURES:
        return MEASURES[key].title
    return f"recall of {key.removeprefix(OF_CLASS)} ↑" if key.startswith(OF_CLASS) else key


def meaning(key: str) -> str:
    """What a measure says; "" for a key that is none of MEASURES."""
    return MEASURES[key].meaning if key in MEASURES else ""
