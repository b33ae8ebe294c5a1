"""Which facts are right in a model's pictures of scenes; and scenes as a folder of own pictures.

    python bench/facts.py --write runs/own-scenes          8000 pictures and captions.csv
    python bench/facts.py runs/scenes [--layout slots]     what is right in 400 pictures of each sort, and how
                                                           much 100 pictures of one caption differ

Models of own captions can be read like all others, since the captions are of the same grammar.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image

from attngan.data.scenes.checking import check
from attngan.data.scenes.made import made
from attngan.data.scenes.placement import LAYOUTS
from attngan.data.scenes.seeing import read
from attngan.measure.scenes import ASKED, SEED
from attngan.model import checkpoints, sampling

COUNT, OTHER_SEED, SIZE = 8000, 4242, 32  # pictures to write, none of them one to learn `scenes` from
READ = 400  # pictures of each sort
VARIED, DRAWN = 8, 100  # captions, and pictures of each of them
FACTS = ("all", "count", "colour", "shape", "binding", "size", "place")


def write(folder: Path) -> None:
    """Pictures as PNG, and captions.csv."""
    scenes = made(COUNT, OTHER_SEED)
    folder.mkdir(parents=True)
    rows = []
    for number, (pixels, caption) in enumerate(zip(scenes.pictures(SIZE), scenes.captions, strict=True)):
        rows.append((f"{number:05d}.png", caption))
        Image.fromarray(pixels).save(folder / rows[-1][0])
    with (folder / "captions.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("file", "caption"), *rows])


def tell(model: Path, layout: str) -> None:
    """Print the share of pictures of each sort in which each fact is right."""
    loaded = checkpoints.load(model)
    for name, (things, held_out) in ASKED.items():
        scenes = made(READ, SEED, layout, things, held_out)
        found = check(sampling.items(loaded, range(READ), scenes.captions).numpy(), scenes.facts)
        print(name, *(f"{fact} {getattr(found, fact).mean():.3f}" for fact in FACTS))
    asked = made(VARIED, SEED, layout, things=1)
    drawn = [
        read(sampling.items(loaded, range(DRAWN), [caption] * DRAWN).numpy()) for caption in asked.captions
    ]
    moved = np.mean([np.std([seen.things.x[:, 0], seen.things.y[:, 0]], axis=1) for seen in drawn])
    print(
        f"one caption, {DRAWN} pictures: standard deviation of the middle {moved * SIZE:.2f} pixels of {SIZE}"
    )


def main() -> None:
    """Write a folder, or read a model's pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--layout", choices=tuple(LAYOUTS), default="slots")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    if chosen.write:
        write(chosen.write)
    if chosen.model:
        tell(chosen.model, chosen.layout)


if __name__ == "__main__":
    main()
