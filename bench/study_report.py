"""What came out of the attention study: means with confidence intervals as tables, and a contact sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from study_subjects import SUBJECTS

from attngan.errors import AttnGanError
from attngan.measure.verdict import interval, verdict

DOCUMENT = Path(__file__).parent.parent / "docs" / "attention-study.md"
DOTS = 100  # pixels of a page, an inch of the contact sheet at least

Anchors = dict[str, dict[str, dict[str, float]]]  # data, name of the row, figure


@dataclass(frozen=True)
class Run:
    """A finished run: its result ({"failed": why} if it failed), and what it shows, uint8 (N, H, W, C):
    pictures, or one page.
    """

    data: str
    arm: str
    noise: str
    seed: int
    result: dict[str, Any]
    images: np.ndarray


def report(folder: Path, runs: Sequence[Run], anchors: Anchors, command: str, section: str | None) -> str:
    """The study as markdown, written to `folder` with its contact sheet, and to the document's section."""
    text = f"`{command}`\n\n{tables(runs, anchors)}\n{comparisons(runs)}"
    (folder / "study.md").write_text(text, encoding="utf-8")
    sheet(runs, folder / "study.png")
    if section is not None:
        picture = DOCUMENT.with_name(f"{DOCUMENT.stem}-{section}.png")
        picture.write_bytes((folder / "study.png").read_bytes())
        shown = f"\n![Pictures of the first seed, a row an arm, a column a data set]({picture.name})\n"
        write_section(section, f"{text}{shown}")
    return text


def tables(runs: Sequence[Run], anchors: Anchors) -> str:
    """A table for each data set: a row an arm, then the reference rows."""
    parts = []
    for data, references in anchors.items():
        subject = SUBJECTS[data]
        figures = subject.figures
        titles = [subject.title(name).replace("drawn per second ↑", "images/s") for name in figures]
        rows = [["arm", "late noise", "runs", *titles]]
        kinds = dict.fromkeys((run.arm, run.noise) for run in runs if run.data == data)
        for arm, noise in kinds:
            ours = [run for run in runs if (run.data, run.arm, run.noise) == (data, arm, noise)]
            good = [run.result for run in ours if "failed" not in run.result]
            count = str(len(good)) + (f" ({len(ours) - len(good)} failed)" if len(good) < len(ours) else "")
            cells = [_cell(name, [one[name] for one in good]) if good else "-" for name in figures]
            rows.append([arm, noise, count, *cells])
        for name, values in references.items():
            rows.append([f"*{name}*", "", "", *(_reference(values.get(figure)) for figure in figures)])
        parts.append(f"**{data}**\n\n{_markdown(rows)}")
    return "\n".join(parts)


def comparisons(runs: Sequence[Run]) -> str:
    """Attention minus each other arm, seed by seed, with a word on what can be said."""
    rows = [["data", "late noise", "attention against", "figure", "difference", "attention is"]]
    kinds = dict.fromkeys((run.data, run.noise, run.arm) for run in runs if run.arm != "attention")
    for data, noise, arm in kinds:
        ours, others = (
            {run.seed: run.result for run in runs if (run.data, run.noise, run.arm) == (data, noise, one)}
            for one in ("attention", arm)
        )
        for figure in SUBJECTS[data].compared:
            differences = [
                ours[seed][figure] - others[seed][figure]
                for seed in sorted(ours.keys() & others.keys())
                if figure in ours[seed] and figure in others[seed]
            ]
            if differences:
                name = SUBJECTS[data].title(figure)
                word = verdict(differences, higher_is_better=name.endswith("↑"))
                rows.append([data, noise, arm, name, _cell(figure, differences, sign="+"), word])
    return f"**Attention minus the other arm, seed by seed**\n\n{_markdown(rows)}" if len(rows) > 1 else ""


def sheet(runs: Sequence[Run], file: Path) -> None:
    """A PNG of what the first seed shows: a row for each arm and noise, a column for each data set."""
    first = {(run.data, (run.arm, run.noise)): run.images for run in runs if run.seed == 0}
    names, kinds = (list(dict.fromkeys(keys)) for keys in zip(*first, strict=True))
    sizes = {key: np.array(_strip(images).shape[:2]) / DOTS for key, images in first.items()}
    heights = [max(1.35, *(size[0] for (_, one), size in sizes.items() if one == kind)) for kind in kinds]
    widths = [max(4.4, *(size[1] for (one, _), size in sizes.items() if one == name)) for name in names]
    figure = Figure(figsize=(sum(widths) + 0.6, sum(heights) + 0.4), layout="constrained")
    axes = figure.subplots(len(kinds), len(names), squeeze=False, width_ratios=widths, height_ratios=heights)
    for row, (arm, noise) in enumerate(kinds):
        for column, data in enumerate(names):
            place = axes[row, column]
            place.set(xticks=[], yticks=[])
            if row == 0:
                place.set_title(data, fontsize=9)
            if column == 0:
                place.set_ylabel(arm if noise == "none" else f"{arm}\n{noise} noise", fontsize=8)
            images = first.get((data, (arm, noise)))
            if images is None:  # this data set has no such arm
                place.set_frame_on(False)
                continue
            drawn = "antialiased" if len(images) == 1 else "nearest"  # a page is to be read
            place.imshow(_strip(images).squeeze(), cmap="gray", vmin=0, vmax=255, interpolation=drawn)
    figure.savefig(file, dpi=110)


def check_section(section: str) -> None:
    """Raise AttnGanError if the document has no place for this section."""
    if not _fence(section).search(DOCUMENT.read_text(encoding="utf-8")):
        raise AttnGanError(
            f"{DOCUMENT.name} has no section {section!r}: "
            f"put <!-- study {section} --> and <!-- /study {section} --> where its tables should stand."
        )


def write_section(section: str, text: str) -> None:
    """Put the text between the document's marks of this section."""
    check_section(section)
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(_fence(section).sub(lambda _: f"\n{text}", document), encoding="utf-8")


def _fence(section: str) -> re.Pattern[str]:
    name = re.escape(section)
    return re.compile(rf"(?<=<!-- study {name} -->\n).*?(?=<!-- /study {name} -->)", re.DOTALL)


def _strip(images: np.ndarray) -> np.ndarray:
    """Pictures (N, H, W, C) beside each other in two rows, or a page as it is."""
    wide = len(images) // 2 or 1
    rows = [images[start : start + wide] for start in range(0, len(images) - wide + 1, wide)]
    return np.concatenate([np.concatenate(list(row), 1) for row in rows], 0)


def _cell(name: str, values: Sequence[float], sign: str = "") -> str:
    """Mean and interval of a figure, with the digits that suit it."""
    mean, width = interval(values)
    if name == "parameters":
        return f"{mean:,.0f}"
    digits = 0 if name in ("steps", "images_per_second") else 3
    return f"{mean:{sign}.{digits}f}" + ("" if width is None else f" ± {width:.{digits}f}")


def _reference(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n"
