"""Puts a finished run among the bundled models: its model, measured; first samples; a timeline of its frames.

python scripts/bundle.py RUN checkpoints/NAME
"""

import argparse
import dataclasses
from pathlib import Path

from attngan import checkpoints, data, evaluation, frames, runs, sampling
from attngan.pictures import grid
from attngan.recorder import FRAME_SEEDS
from attngan.storage import new_folder, write_file

MOMENTS = 24  # frames of the timeline
ATTENDED = 3  # pictures of each whose attention is kept


def spread(files: list[Path], count: int) -> list[Path]:
    """At most `count` of the files, the first and the last among them, evenly between."""
    if len(files) <= count:
        return files
    return [files[round(i * (len(files) - 1) / (count - 1))] for i in range(count)]


def main() -> None:
    """Measure the model, write the folder, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("checkpoint", type=Path)
    chosen = parser.parse_args()
    config = runs.read_config(chosen.run)
    model = checkpoints.load(chosen.run)
    pictures = data.load(config.data, config.model.image_size, config.model.channels)
    measured = evaluation.evaluate(model, pictures)
    about = model.about.with_(name=chosen.checkpoint.name, metrics=measured)
    checkpoints.save(chosen.checkpoint, dataclasses.replace(model, about=about))
    first = sampling.sample(model, FRAME_SEEDS)
    write_file(chosen.checkpoint / "samples.frame.gz", frames.encode(first, step=about.steps))
    grid(first.images.numpy()).save(chosen.checkpoint / "samples.png")
    with (chosen.checkpoint / checkpoints.CARD).open("a", encoding="utf-8") as card:
        card.write("\n![16 samples, seeds 0 to 15](samples.png)\n")
    with new_folder(chosen.checkpoint / "timeline") as folder:
        for file in spread(sorted((chosen.run / "frames").glob("*.frame.gz")), MOMENTS):
            (folder / file.name).write_bytes(frames.thin(file.read_bytes(), ATTENDED))
    size = sum(file.stat().st_size for file in chosen.checkpoint.rglob("*") if file.is_file())
    print(f"{chosen.checkpoint}: {size / 1e6:.1f} MB, {measured}")


if __name__ == "__main__":
    main()
