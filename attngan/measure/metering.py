"""Quality measured now and then while a network trains, for less than a twentieth of the time."""

import time
from collections.abc import Iterable, Iterator

from attngan.config import About
from attngan.events import Event, QualityMeasured, StepDone
from attngan.measure import answers
from attngan.measure.evaluation import checked, conditions, looked
from attngan.measure.metrics import Meter
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.nn.characters import PairedTexts
from attngan.train.state import TrainState

REALS = 256  # that they are measured against, at most
LOOKED = 16  # pictures of two things in which it is read where words look, where that is known exactly
PAIRS = 100  # texts whose outputs are read, held-out ones where there are some
FIRST_SECONDS = 6.0  # of training before the first measurement, which is the dearest
LEAST_SECONDS = 2.0  # from one measurement to the next
RACE_SECONDS = 5.0  # from one measurement to the next in a race
SHARE = 0.04  # of the time, which all measurements together may have taken before there is another
SLACKEN = 0.02  # of the seconds trained, from one to the next: a long run has some hundred measurements


def metered(events: Iterable[Event], state: TrainState, data: DataSet, at_last: int = 0) -> Iterator[Event]:
    """The events of training `state`, with a QualityMeasured of its averaged generator now and then.

    How often follows from what it costs here beside the training, whose time it does not count to. With
    `at_last` the state in which its budget is used up is measured whatever it costs, by so many items.
    """
    meter: Meter | None = None
    spent = 0.0  # seconds
    due = FIRST_SECONDS + state.seconds
    began = state.seconds
    for event in events:
        yield event
        if not isinstance(event, StepDone):
            continue
        ends = at_last > 0 and event.progress == 1
        if ends or event.seconds >= due:
            start = time.perf_counter()
            seeds = range(max(at_last if ends else 0, state.kind.measured))
            model = Model(state.model, state.ema.eval(), state.discriminator, About())
            if isinstance(data, PairedTexts):
                asked, pairs = ("exact_held_out", data.held_out) if data.held_out else ("exact", data.pairs)
                values = {asked: answers.exact(model, pairs[: max(PAIRS, len(seeds))])}
            else:
                meter = meter or Meter.of(state.kind, data, REALS)
                drawn = sampling.items(model, seeds, conditions(state.model, data, len(seeds)))
                values = checked(model, drawn, data) | meter.measure(drawn)  # the first is the one to follow
                values |= looked(model, data, LOOKED)
            spent += time.perf_counter() - start
            pause = max(LEAST_SECONDS, SLACKEN * event.seconds)
            due = max(event.seconds + pause, began + spent / SHARE)
            if at_last:  # what is to be compared is measured at equal times, whatever it cost
                due = event.seconds + max(RACE_SECONDS, SLACKEN * event.seconds)
            yield QualityMeasured(step=event.step, seconds=event.seconds, values=values)
