"""The moments of a run that are kept to look at: the same noise drawn again, and which of them make room."""

import math
from collections.abc import Sequence
from typing import Any

import torch

from attngan import events, storage
from attngan.explain import frames
from attngan.measure import evaluation
from attngan.model import judging
from attngan.model.checkpoints import Model
from attngan.model.sampling import Sample, sample, surroundings
from attngan.nn.batch import DataSet
from attngan.run.folder import RunFolder

FRAME_WEIGHTS = 2_000_000  # attention weights in a frame at most: further pictures come without theirs
MOST_FRAME_BYTES = 64_000_000  # of all frames: some 95 of 32 pixels and attention at two maps


class Moments:
    """The frames of one run."""

    def __init__(self, run: RunFolder, data: DataSet) -> None:
        self.run, self.data = run, data

    def save(self, model: Model, step: int, seconds: float) -> events.FrameSaved:
        """Keep what the model draws at this step."""
        drawn = sample(model, range(model.config.shown))
        one = sum(layer.weights[0].numel() for layer in drawn.attention)
        attended = max(1, FRAME_WEIGHTS // max(one, 1))
        about = {"step": step} | self._scores(model, drawn) | surroundings(model, drawn)
        if (right := evaluation.right(model, drawn, self.data)) is not None:
            about["right"] = right
        file = self.run.frames.of(step)
        storage.write_file(file, frames.encode(drawn, attended, **about))
        return events.FrameSaved(step=step, seconds=seconds, path=self.run.inside(file))

    def too_many(self) -> tuple[int, ...]:
        """The steps whose frames go so that the others fit; never the first, the newest, or a marked one."""
        kept = self.run.frames
        sizes = {step: kept.of(step).stat().st_size for step in kept.steps()}
        return superfluous(sizes, self.run.states.steps(), MOST_FRAME_BYTES)

    def drop(self, steps: Sequence[int]) -> None:
        """Remove the frames of these steps."""
        for step in steps:
            self.run.frames.of(step).unlink(missing_ok=True)

    def lost(self) -> tuple[int, ...]:
        """The steps whose frames the events tell of and that are not there: dropped, and then the run was
        taken back to before it said so.
        """
        told: set[int] = set()
        more, cursor = True, 0
        while more:
            found, cursor, more = self.run.read(cursor)
            for event in found:
                match event:
                    case events.FrameSaved():
                        told.add(event.step)
                    case events.Thinned():
                        told -= {*event.dropped}
                    case events.RolledBack():
                        told = {step for step in told if step <= event.to_step}
        return tuple(sorted(told - {*self.run.frames.steps()}))

    def _scores(self, model: Model, drawn: Sample) -> dict[str, Any]:
        """What the discriminator gives what was drawn, and as many reals, the same each time.

        Nothing where a logit is not finite, which the guard will notice.
        """
        kind, count = model.kind, len(drawn.items)
        asked = kind.condition(model.config, count, drawn.labels)
        reals = self.data.batch(torch.linspace(0, len(self.data) - 1, count).long())
        found = {
            "made": judging.scores(model, kind.encode(drawn.items), asked and asked[1]),
            "reals": judging.scores(
                model, reals.items, reals.condition if model.config.conditional else None
            ),
        }
        return {"scores": found} if all(map(math.isfinite, found["made"] + found["reals"])) else {}


def superfluous(sizes: dict[int, int], marked: Sequence[int], most: int) -> tuple[int, ...]:
    """Which of these steps go, in their order, so that the sizes of the others come to `most` together.

    One after the other that leaves the smallest gap, as a part of the step behind it.
    """
    steps, total, gone = sorted(sizes), sum(sizes.values()), []
    while total > most:
        free = [place for place in range(1, len(steps) - 1) if steps[place] not in marked]
        if not free:
            break
        least = min(free, key=lambda place: (steps[place + 1] - steps[place - 1]) / steps[place + 1])
        gone.append(steps.pop(least))
        total -= sizes[gone[-1]]
    return tuple(sorted(gone))
