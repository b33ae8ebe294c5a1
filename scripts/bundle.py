"""Puts a finished run among the bundled models: its model, measured; first samples; a timeline of its frames.

python scripts/bundle.py RUN checkpoints/NAME
python scripts/bundle.py --card checkpoints/NAME    only its card, measured anew
"""

import argparse
import dataclasses
from pathlib import Path

from attngan import data
from attngan.errors import AttnGanError
from attngan.explain import frames
from attngan.kinds.registry import kind_of
from attngan.measure import evaluation, metrics
from attngan.model import cards, checkpoints, sampling
from attngan.model.folder import CARD, CONFIG
from attngan.nn.batch import DataSet
from attngan.run import runs
from attngan.run.folder import RunFolder, timeline_of
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


def write_card(folder: Path, contents: checkpoints.Contents, pictures: DataSet) -> None:
    """The settings and the card of a bundled model, with what real pictures read, and the samples below."""
    kind = kind_of(contents.model)
    real = metrics.real_against_real(kind, pictures, evaluation.GENERATED)
    contents = contents.with_(about=contents.about.with_(real=real).model_dump())
    write_file(folder / CONFIG, f"{contents.model_dump_json(indent=2)}\n".encode())
    text = cards.card(contents.model, contents.about)
    shown = contents.model.shown
    write_file(folder / CARD, f"{text}\n![{shown} samples, seeds 0 to {shown - 1}](samples.png)\n".encode())


def main() -> None:
    """Measure the model, write the folder, say how large it is; or write its card alone."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument(
        "--card", action="store_true", help="of a model that is there: only its card, measured anew"
    )
    chosen = parser.parse_args()
    if chosen.card:
        contents, model = checkpoints.describe(chosen.checkpoint), checkpoints.load(chosen.checkpoint)
        pictures = data.load(contents.about.data, **model.kind.reading(model.config))
        about = contents.about.with_(metrics=evaluation.evaluate(model, pictures))
        write_card(chosen.checkpoint, contents.with_(about=about.model_dump()), pictures)
    else:
        bundle(chosen.run, chosen.checkpoint)


def bundle(source: Path, checkpoint: Path) -> None:
    """Put the finished run in `source` among the bundled models, as `checkpoint`."""
    config = runs.read_config(source)
    checkpoints.save(checkpoint, checkpoints.load(source), half=True)
    model = checkpoints.load(checkpoint)  # measured and drawn from as it is stored
    _, pictures = runs.pictures_of(config)
    measured = evaluation.evaluate(model, pictures)
    command = model.about.command.replace(str(source), source.name)  # anybody's folder will do
    about = model.about.with_(name=checkpoint.name, command=command, metrics=measured)
    checkpoints.save(checkpoint, dataclasses.replace(model, about=about), half=True)
    first = sampling.sample(model, range(model.config.shown))
    said = sampling.surroundings(model, first)
    write_file(checkpoint / "samples.frame.gz", frames.encode(first, step=about.steps, **said))
    write_file(checkpoint / "samples.png", model.kind.preview(first.items))
    write_card(checkpoint, checkpoints.describe(checkpoint), pictures)
    run = RunFolder(source)
    kept = [run.frames.of(step) for step in run.frames.steps()]
    rest = LARGEST - size_of(checkpoint)
    moments = timeline(spread(kept, MOMENTS), rest)
    with new_folder(timeline_of(checkpoint).path) as folder:
        for name, frame in moments.items():
            (folder / name).write_bytes(frame)
    print(f"{checkpoint}: {len(moments)} moments, {size_of(checkpoint) / 1e6:.1f} MB, {measured}")


if __name__ == "__main__":
    main()
