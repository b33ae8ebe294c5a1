"""What is measured of a model: what each measure is called everywhere, which way is better, and what it says.

The keys are those of files and events. Whatever people read takes names and arrows from here: the command,
the model card, the study and, through demo.words.measures, the page.
"""

from dataclasses import dataclass
from typing import Literal

Better = Literal["↓", "↑", "→ 1", ""]  # "": only to compare with
OF_CLASS = "recall_"  # begins the keys of recalls within one class; its name follows


@dataclass(frozen=True)
class Measure:
    """A measure: its name, whether less is better, more, or what is nearest to 1, and what it says."""

    name: str
    better: Better
    meaning: str

    @property
    def title(self) -> str:
        """The name with its arrow: "FD ↓"."""
        return f"{self.name} {self.better}".rstrip()


_SCENES = {
    "all_one": ("of one thing", "that are to show one thing"),
    "all_two": ("of two things", "that are to show two things"),
    "held_out_one": ("of one new thing", "that are to show one thing, in a colour that its shape never had"),
    "held_out_two": (
        "of two things, a new one among them",
        "that are to show two things, at least one in a colour that its shape never had",
    ),
}
_SCENE_MEASURES = {
    key: Measure(
        f"all facts right {what}",
        "↑",
        f"Share of pictures {which}, and show all that their caption tells and no more.",
    )
    for key, (what, which) in _SCENES.items()
}
_NETWORKS = {
    "generator": "of the cells that look most at a {word} word of a caption, in pictures that are right",
    "discriminator": "of the cells that a {word} word of a caption looks at most, in real pictures",
}
_THINGS: tuple[tuple[str, str, Better, str], ...] = (
    ("", "", "↑", "the thing that it tells of"),
    ("_other", ", other thing", "↓", "the other thing"),
)
_WORD_MEASURES = {
    f"iou_{word}_{network}{key}": Measure(
        f"IoU of {word} words, {network}{where}",
        better,
        f"Overlap (intersection over union) {whose.format(word=word)}, with the cells of {thing}.",
    )
    for word in ("colour", "shape", "size")
    for network, whose in _NETWORKS.items()
    for key, where, better, thing in _THINGS
}

MEASURES: dict[str, Measure] = {
    "fd": Measure(
        "FD",
        "↓",
        "Frechet distance between generated and real items; for pictures, in the features of our own small "
        "network. Real against real is near 0, and higher for small sets.",
    ),
    "kd": Measure(
        "KD",
        "↓",
        "Kernel distance: asks what FD asks, and is fair to small sets too. Real against real is 0, and a "
        "little below 0 is chance.",
    ),
    "precision": Measure(
        "precision",
        "↑",
        "Share of generated items that look like some real one. Real against real is a little below 1.",
    ),
    "recall": Measure(
        "recall",
        "↑",
        "Share of real items that look like some generated one: variety. Real against real is a little below "
        "1.",
    ),
    "coverage": Measure(
        "coverage",
        "↑",
        "Share of real items with a generated one near: variety, robust to outliers. Real against real is a "
        "little below 1.",
    ),
    "memorisation": Measure(
        "newness",
        "→ 1",
        "Distance from a generated item to the nearest training item, divided by that distance among the "
        "training items. 0 is copying, 1 is as new as these are to each other, far more looks like none of "
        "them.",
    ),
    "variety": Measure(
        "variety",
        "→ 1",
        "Mean distance among generated items, divided by that among real ones. 0: always the same item.",
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
    "all_facts": Measure(
        "all facts right",
        "↑",
        "Share of pictures that show all that their caption tells, and no more, counted exactly. Half of the "
        "captions ask for a shape in a colour that it never had.",
    ),
    "near": Measure(
        "points in place",
        "↑",
        "Share of points that lie within three standard deviations of a place where the rule puts some. Real "
        "ones read .99.",
    ),
    "modes": Measure(
        "modes found",
        "↑",
        "How many of the places have at least a fifth of the points that are theirs by right.",
    ),
    "along": Measure(
        "curve covered", "↑", "Share of the curve that has a point within three standard deviations."
    ),
    "two_sample": Measure(
        "two-sample accuracy",
        "↓",
        "How often the better of two classifiers can tell a drawn row from one that was never learnt from. "
        "Half is chance: nobody can tell them apart.",
    ),
    "correlation_error": Measure(
        "correlation error",
        "↓",
        "Mean difference between the correlations of columns in drawn rows and in rows never learnt from.",
    ),
    "copying": Measure(
        "distance to learnt rows",
        "→ 1",
        "Distance of drawn rows to the nearest learnt one, over that of rows never learnt from. 0 is "
        "copying.",
    ),
    "exact": Measure(
        "exact match",
        "↑",
        "Share of texts that were learnt from whose output is right in every character.",
    ),
    "exact_held_out": Measure(
        "exact match, held out",
        "↑",
        "Share of texts that were never learnt from whose output is right in every character.",
    ),
    "alignment": Measure(
        "alignment",
        "↑",
        "How often the character that is looked at most lies where the written one comes from.",
    ),
    "blocked_true_span": Measure(
        "right with its source blocked",
        "↓",
        "Share of characters that are still right when none may look at where it comes from. A map that "
        "tells the truth leaves few.",
    ),
    "blocked_others": Measure(
        "right with others blocked",
        "↑",
        "Share of characters that are still right when none may look at as many other characters. A map "
        "that tells the truth leaves nearly all.",
    ),
    **_SCENE_MEASURES,
    "swap_obeyed": Measure(
        "swap obeyed",
        "↑",
        "Share of pictures that show as many things in just the colours of the caption after one colour word "
        "of it was changed, with the same noise.",
    ),
    "swap_outside": Measure(
        "changed outside",
        "↓",
        "Share of the pixels outside the recoloured thing that change visibly after one colour word was "
        "changed, where both pictures are right.",
    ),
    **_WORD_MEASURES,
    "iou_uniform": Measure(
        "IoU by chance", "", "The overlap with a thing's cells of as many cells by chance: to compare with."
    ),
    "iou_centre": Measure(
        "IoU of the centre", "", "The overlap with a thing's cells of as many in the middle: to compare with."
    ),
    "class_recall": Measure("recall within classes", "↑", "Mean of the recalls within each class."),
    "fid": Measure("FID", "↓", "Frechet distance in the features of Inception, as published."),
    "images_per_second": Measure("drawn per second", "↑", "How many are drawn in a second on this machine."),
}


def title(key: str) -> str:
    """What a measure is called, with its arrow; a key that is none of MEASURES stays as it is."""
    if key in MEASURES:
        return MEASURES[key].title
    return f"recall of {key.removeprefix(OF_CLASS)} ↑" if key.startswith(OF_CLASS) else key


def meaning(key: str) -> str:
    """What a measure says; "" for a key that is none of MEASURES."""
    return MEASURES[key].meaning if key in MEASURES else ""
