"""Frames of any seeds, computed on request: bounded in time, memory and waiting."""

import contextlib
import functools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

from attngan.errors import AttnGanError
from attngan.tuning import DEVICE
from demo.explorer.turns import Turns
from demo.shelf import Shelved, bundled, take

if TYPE_CHECKING:
    from attngan.model.checkpoints import Model
    from attngan.model.sampling import Sample

SEEDS = 2**31  # seeds are 0 to one less
MOST_PICTURES = 16
LONGEST_TEXT = 1000  # characters that a model is asked with
ATTENTION_BYTES = 6_000_000  # of weights in one frame; further pictures come without theirs
KEPT_BYTES = 96_000_000  # of frames remembered, those that were used last
KEPT_MODELS = 4
DRAWERS, LOOKERS = 24, 4  # requests at a time, all but one of which wait
NOBODY_SECONDS = 10  # after which the studio gets ready though nobody has come


@dataclass(frozen=True)
class Selection:
    """What to draw: seeds `seed` to `seed + count - 1`, all of one class or text, or of the usual in turn."""

    seed: int
    count: int
    label: int | str | None = None
    truncation: float = 1.0  # scales the noise

    def checked(self, shelved: Shelved) -> "Selection":
        """Itself; raises AttnGanError where a number is out of range."""
        if not 0 <= self.seed <= SEEDS - MOST_PICTURES:
            raise AttnGanError(f"seed must lie between 0 and {SEEDS - MOST_PICTURES}, not {self.seed}.")
        most = max(MOST_PICTURES, shelved.config.shown)  # of points, which cost little
        if not 1 <= self.count <= most:
            raise AttnGanError(f"count must lie between 1 and {most}, not {self.count}.")
        if isinstance(self.label, str):
            if not shelved.worded:
                raise AttnGanError("label must be left out or a whole number: this model reads no text.")
            if len(self.label) > LONGEST_TEXT:
                raise AttnGanError(
                    f"A text has at most {LONGEST_TEXT} characters here, not {len(self.label)}."
                )
        elif self.label is not None and not 0 <= self.label < shelved.classes:
            allowed = "left out: no classes here"
            if shelved.worded:
                allowed = "a text"
            elif shelved.classes:
                allowed = f"between 0 and {shelved.classes - 1}"
            raise AttnGanError(f"label must be {allowed}, not {self.label}.")
        if not 0 <= self.truncation <= 2:
            raise AttnGanError(f"truncation must lie between 0 and 2, not {self.truncation}.")
        return self


@functools.cache
def the_studio() -> "Studio":
    """The one studio of this process, which keeps its models ready for the page and its API."""
    return Studio()


class Studio:
    """Draws frames one at a time and remembers the last ones. torch is imported by the first drawing."""

    def __init__(self) -> None:
        self._drawing = Turns(DRAWERS, "Many people are drawing", "Drawing takes too long")
        # Others draw while training data are read, which may take long.
        self.looking = Turns(
            LOOKERS, "Many people look at training data", "Reading training data takes too long"
        )
        self._visited = threading.Event()
        self._keeping = threading.Lock()  # of the frames: using one changes what is dropped next
        self._frames: LRUCache[tuple[Path, int, Selection], bytes] = LRUCache(KEPT_BYTES, len)
        self._models: LRUCache[tuple[Path, int], Model] = LRUCache(KEPT_MODELS)  # while drawing alone

    def frame(self, shelved: Shelved, selection: Selection) -> bytes:
        """The gzipped frame of a selection; raises AttnGanError, or BusyError when too many wait."""
        selection = selection.checked(shelved)
        stored = shelved.folder / "samples.frame.gz"
        if selection == Selection(0, shelved.config.shown) and stored.is_file():
            self._visited.set()
            return stored.read_bytes()
        key = (shelved.folder, shelved.version, selection)
        if (kept := self._kept(key)) is not None:
            return kept
        with self.model(shelved) as model:
            if (kept := self._kept(key)) is not None:  # somebody else had it drawn meanwhile
                return kept
            frame = _drawn(model, selection)
            with self._keeping, contextlib.suppress(ValueError):  # one that is larger than all that is kept
                self._frames[key] = frame
        return frame

    def _kept(self, key: tuple[Path, int, Selection]) -> bytes | None:
        with self._keeping:
            return self._frames.get(key)

    def edited(self, shelved: Shelved, selection: Selection, edit: str) -> bytes:
        """The gzipped frame of a selection under an edit in text (explain.edits); browsers alone remember it.

        Raises AttnGanError when selection or edit are wrong, BusyError when too many wait.
        """
        selection = selection.checked(shelved)
        with self.model(shelved) as model:
            return _drawn(model, selection, edit)

    def forget(self, folder: Path) -> None:
        """Keep nothing of the models in a folder that is gone."""
        with self._keeping:
            for frame in [key for key in self._frames if folder in key[0].parents]:
                del self._frames[frame]
        with self._drawing.lock:
            for model in [key for key in self._models if folder in key[0].parents]:
                del self._models[model]

    @contextlib.contextmanager
    def model(self, shelved: Shelved) -> Iterator["Model"]:
        """The model, for one at a time; raises BusyError when too many wait, or one for too long."""
        with self._drawing.one():
            yield self._ready(shelved)

    def warm_up(self) -> None:
        """Draw once, so that the first person who asks does not wait for torch to be imported.

        Importing it slows all else down, so the first visitor's first picture, which is stored, goes before.
        """
        self._visited.wait(NOBODY_SECONDS)
        for key in bundled()[:1]:
            with contextlib.suppress(AttnGanError):  # told to whoever asks for this model
                self.frame(take(key), Selection(MOST_PICTURES, MOST_PICTURES))

    def _ready(self, shelved: Shelved) -> "Model":
        import torch

        from attngan.model import checkpoints
        from attngan.nn.device import device_of

        torch.set_num_threads(1)  # beside a training, two threads were measured six times slower than one
        key = (shelved.folder, shelved.version)
        if key not in self._models:
            self._models[key] = checkpoints.load(shelved.folder, device_of(os.environ.get(DEVICE, "auto")))
        return self._models[key]


def labels_of(model: "Model", selection: Selection) -> list[Any] | None:
    """What each item of a selection is made from, a class or a text; None where that is nothing."""
    usual = model.kind.condition(model.config, selection.count, None)
    if usual is None:
        return None
    return list(usual[0]) if selection.label is None else [selection.label] * selection.count


def unknown_in(model: "Model", selection: Selection) -> dict[str, Any]:
    """What a frame's header says of the text that a selection asks with: its words, or characters, that the
    model does not know, in their order, each with the nearest known one, "" where none is near; and how many
    words at its end are not read.
    """
    if not isinstance(selection.label, str):
        return {}
    asked = model.config, selection.label
    return {"unknown": model.kind.unknown(*asked), "unread": model.kind.unread(*asked)}


def attended(sample: "Sample", count: int) -> int:
    """How many pictures' weights fit into one frame, at least one."""
    one = sum(layer.weights[0].numel() for layer in sample.attention)
    return min(count, max(1, ATTENTION_BYTES // one)) if one else count


def _drawn(model: "Model", selection: Selection, edit: str = "") -> bytes:
    from attngan.explain import edits, frames
    from attngan.model import sampling

    seeds = range(selection.seed, selection.seed + selection.count)
    wanted = edits.parse_text(edit)
    edited = wanted.on(model.generator)
    sample = sampling.sample(model, seeds, labels_of(model, selection), selection.truncation, edited)
    told = unknown_in(model, selection) | sampling.surroundings(model, sample, edited)
    return frames.encode(sample, attended=attended(sample, selection.count), edit=wanted.text, **told)
