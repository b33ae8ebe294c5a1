"""Puts a finished run among the bundled models: its model, measured; first samples; a timeline of its frames.

python scripts/bundle.py RUN checkpoints/NAME
"""

import argparse
import dataclasses
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.explain import frames
from attngan.kinds.pictures.sheet import sheet
from attngan.measure import evaluation
from attngan.model import checkpoints, sampling
from attngan.model.folder import CARD
from attngan.run import runs
from attngan.run.folder import RunFolder, timeline_of
from attngan.run.recorder import FRAME_SEEDS
from attngan.storage import new_folder, write_file

MOMENTS = 52  # frames of the timeline
ATTENDED = 4  # pictures of each whose attention is kept, or fewer, as LARGEST asks
LARGEST = 9_900_000  # bytes of a bundled model, all in all


def spread(files: list[Path], count: int) -> list[Path]:
    """At most `count` of the files, the first and the last among them, evenly between."""
    if len(files) <= count:
        return files
    return [files[round(i * (len(files) - 1) / (count - 1))] for i in range(count)]


def timeline(files: list[Path], largest: int) -> dict[str, bytes]:
    """The frames by name, each with the attention of as many pictures as fit into `largest` bytes in all."""
    for attended in range(ATTENDED, 0, -1):
        moments = {file.name: frames.thin(file.read_bytes(), attended) for file in files}
        if sum(map(len, moments.values())) <= largest:
            return moments
    raise AttnGanError(f"{len(files)} moments do not fit into {largest} bytes: take fewer.")


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Measure the model, write the folder, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("checkpoint", type=Path)
    chosen = parser.parse_args()
    config = runs.read_config(chosen.run)
    checkpoints.save(chosen.checkpoint, checkpoints.load(chosen.run), half=True)
    model = checkpoints.load(chosen.checkpoint)  # measured and drawn from as it is stored
    _, pictures = runs.pictures_of(config)
    measured = evaluation.evaluate(model, pictures)
    command = model.about.command.replace(str(chosen.run), chosen.run.name)  # anybody's folder will do
    about = model.about.with_(name=chosen.checkpoint.name, command=command, metrics=measured)
    checkpoints.save(chosen.checkpoint, dataclasses.replace(model, about=about), half=True)
    first = sampling.sample(model, FRAME_SEEDS)
    write_file(chosen.checkpoint / "samples.frame.gz", frames.encode(first, step=about.steps))
    sheet(first.items.numpy()).save(chosen.checkpoint / "samples.png")
    with (chosen.checkpoint / CARD).open("a", encoding="utf-8") as card:
        card.write("\n![16 samples, seeds 0 to 15](samples.png)\n")
    run = RunFolder(chosen.run)
    kept = [run.frames.of(step) for step in run.frames.steps()]
    rest = LARGEST - size_of(chosen.checkpoint)
    moments = timeline(spread(kept, MOMENTS), rest)
    with new_folder(timeline_of(chosen.checkpoint).path) as folder:
        for name, frame in moments.items():
            (folder / name).write_bytes(frame)
    print(
        f"{chosen.checkpoint}: {len(moments)} moments, {size_of(chosen.checkpoint) / 1e6:.1f} MB, {measured}"
    )


if __name__ == "__main__":
    main()
