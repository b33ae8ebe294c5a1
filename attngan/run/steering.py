"""Steering: between two steps a training is paused, stepped, changed, marked or stopped, as wishes ask."""

import time
from collections import deque
from collections.abc import Callable, Iterator

from attngan import events
from attngan.errors import AttnGanError
from attngan.run.shift import Shift, Steered
from attngan.run.wishes import Change, Mark, Pause, Resume, Step, Stop, Wish, Wishes
from attngan.train.state import TrainState

LONGEST_REASON = 500  # characters
LOOK_SECONDS = 0.02  # between two looks for wishes while it waits


class Steering:
    """Hands on a training's events with those of steering among them.

    `mark` keeps the full state and tells where; `asked_to_stop` is asked between two steps. `stopped` says
    afterwards whether someone ended it, `over` whether its shift was, `asked` at a StepDone whether a wish
    asked for that very step. A shift is over after a step, or in a pause.
    """

    def __init__(
        self,
        state: TrainState,
        wishes: Wishes,
        mark: Callable[[], events.Marked],
        asked_to_stop: Callable[[], bool] = lambda: False,
        shift: Shift | None = None,
    ) -> None:
        self.state = state
        self.stopped = self.over = False
        self._wishes, self._mark, self._asked_to_stop = wishes, mark, asked_to_stop
        self._shift, told = shift, shift.told.steered if shift else Steered()
        self._pending: deque[Wish | AttnGanError] = deque(told.pending)
        self._paused = told.paused
        self._steps, state.players = told.steps, told.players  # that a wish asked for, and that are to come

    @property
    def steered(self) -> Steered:
        """What whoever goes on has to know."""
        players = self.state.players
        return Steered(self._paused, self._steps, players, tuple(self._pending), self._wishes.heard)

    @property
    def asked(self) -> bool:
        """Whether the step under way is one that a wish asked for."""
        return self._steps > 0

    def steer(self, training: Iterator[events.Event]) -> Iterator[events.Event]:
        """The events; ends early, with `stopped`, where somebody wants that."""
        for event in training:
            if isinstance(event, events.Finished | events.Failed):
                yield from self._leftovers()
            yield event
            if isinstance(event, events.RolledBack):
                self._end_steps()
            elif not isinstance(event, events.Started | events.StepDone):
                continue
            if isinstance(event, events.StepDone) and self._steps:
                yield self._stepped()
            yield from self._between_steps()
            if self._shift and isinstance(event, events.StepDone) and not self.stopped:
                self.over = self.over or self._shift.is_over()
            if self.stopped or self.over:
                return

    def _stepped(self) -> events.Stepped:
        self._steps -= 1
        learnt = self.state.learners(self.state.step)
        done = events.Stepped(**self._now(), players=learnt, left=self._steps)
        if not self._steps:
            self._end_steps()
        return done

    def _end_steps(self) -> None:
        self._steps, self.state.players = 0, "both"

    def _leftovers(self) -> Iterator[events.Event]:
        for _ in [*self._pending, *self._wishes.new()]:
            yield events.Refused(**self._now(), reason="The run had come to its end before this wish.")

    def _between_steps(self) -> Iterator[events.Event]:
        while not self.stopped and not self.over:
            self._pending += self._wishes.new()
            if self._asked_to_stop():
                self.stopped = True
            elif self._steps and not any(isinstance(wish, Pause | Stop) for wish in self._pending):
                return
            elif self._steps:
                self._end_steps()  # who wants it to wait or to end does not want the rest of the steps
            elif self._pending:
                yield from self._grant(self._pending.popleft())
            elif self._paused and self._shift:
                self.over = True  # what it is lent for is not for waiting
            elif self._paused:
                time.sleep(LOOK_SECONDS)
            else:
                return

    def _grant(self, wish: Wish | AttnGanError) -> Iterator[events.Event]:
        match wish:
            case AttnGanError():
                yield self._refused(wish)
            case Pause():
                self._paused = True
                yield events.Paused(**self._now())
            case Resume():
                self._paused = False
                yield events.Resumed(**self._now())
            case Step():
                if not self._paused:
                    self._paused = True
                    yield events.Paused(**self._now())
                self.state.players, self._steps = wish.players, wish.count
            case Change():
                yield self._changed(wish)
            case Mark():
                try:
                    yield self._mark()
                except AttnGanError as error:
                    yield self._refused(error)
            case Stop():
                self.stopped = True

    def _changed(self, wish: Change) -> events.Event:
        before = self.state.config
        try:
            self.state.config = before.steered(wish.changes)
        except AttnGanError as error:
            return self._refused(error)
        was, now = (config.model_dump(mode="json") for config in (before, self.state.config))
        return events.Changed(
            **self._now(),
            before={name: was[name] for name in wish.changes},
            after={name: now[name] for name in wish.changes},
        )

    def _refused(self, error: AttnGanError) -> events.Refused:
        return events.Refused(**self._now(), reason=str(error)[:LONGEST_REASON])

    def _now(self) -> dict[str, float]:
        return {"step": self.state.step, "seconds": self.state.seconds}
