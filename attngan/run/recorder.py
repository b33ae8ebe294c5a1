"""The hand that writes a run's folder while it trains: events, frames, snapshots, the model, resume.pt."""

import contextlib
import io
import math
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch

from attngan import events, storage
from attngan.config import About, Square
from attngan.errors import AttnGanError
from attngan.measure.metering import metered
from attngan.model import checkpoints
from attngan.nn import ranks
from attngan.nn.batch import DataSet
from attngan.nn.device import CPU, moved
from attngan.run import pictures
from attngan.run.folder import RunFolder
from attngan.run.glances import Glances
from attngan.run.moments import Moments
from attngan.run.shift import Handover, Shift
from attngan.run.steering import Steering
from attngan.run.wishes import Wishes
from attngan.train.guard import guarded
from attngan.train.state import TrainState

RESUME_SECONDS = 30.0  # of training at most that a kill costs
REPORT_SECONDS = 0.2  # at most so often a step is reported
MEASURED_AT_LAST = 512  # items, where a race is decided
MOST_MARKS = 32  # full states, of 20 MB or so each


class Recorder:
    """Writes one run's folder. `closing` is True once whoever asked for its events asks no more.

    One that `races` passes on every step, also those that it does not log, so that others can take turns.
    """

    def __init__(
        self,
        run: RunFolder,
        state: TrainState,
        data: DataSet,
        command: str,
        square: Square,
        asked_to_stop: Callable[[], bool] = lambda: False,
        races: bool = False,
        shift: Shift | None = None,
    ) -> None:
        self.run, self.state, self.data, self.command, self.square = run, state, data, command, square
        self.closing = False
        self._races, self._ended = races, False
        self._shift, told = shift, shift.told if shift else Handover()
        self._goes_on = told.began  # as if it were whoever began the run
        wishes = Wishes(run, run.events_file.exists(), told.steered.heard)
        self._steering = Steering(state, wishes, self._mark, asked_to_stop, shift)
        self._moments, self._glances = Moments(run, data), Glances(run, state)
        self._reported = -math.inf  # time.monotonic() of the last StepDone passed on
        self._attempt = told.attempt if told.began else state.attempt
        self._next_frame = told.next_frame if told.began else state.seconds
        self._next_snapshot = told.next_snapshot if told.began else state.seconds + 5
        self._next_resume = state.seconds

    def go_back(self) -> None:
        """Make the folder that of a run which has just come to the state's step; only marks may be later."""
        run, now = self.run, self.state.step
        run.sweep()
        run.cut_events(now)
        with contextlib.suppress(AttnGanError):  # there is none, or one that cannot be read
            snapshot = run.snapshots.of(checkpoints.describe(run.finished).about.steps)
            snapshot.parent.mkdir(exist_ok=True)
            shutil.rmtree(snapshot, ignore_errors=True)
            run.finished.replace(snapshot)
        self._glances.end()
        self._drop_later()

    def follow(self) -> Iterator[events.Event]:
        """The events of training with those of writing among them, each logged before it is passed on."""
        storage.write_file(self.run.reals_file, pictures.preview(self.state.kind, self.data))
        lost = self._moments.lost()
        self._glances.begin()
        try:
            for event in self._steering.steer(self._training()):
                if isinstance(event, events.Started) and self._goes_on:
                    continue
                if isinstance(event, events.StepDone):
                    self._glances.look()
                if isinstance(event, events.StepDone) and not self._report_is_due(event.progress == 1):
                    if self._races:
                        yield event
                        yield from self._due()
                    continue
                if isinstance(event, events.RolledBack | events.Failed):
                    self._take_back()
                ends = isinstance(event, events.Finished | events.Failed)
                if ends and self.state.step:
                    yield from self._keep_moment()
                    self._save_model()
                if ends:
                    self._glances.end()
                logged = self._log(event)
                self._ended = ends  # only now: whoever closes before leaves a run that was stopped, and saved
                yield logged
                if isinstance(event, events.Started):
                    yield from self._thinned(lost)
                waits = isinstance(event, events.Paused) or (
                    isinstance(event, events.Stepped) and not event.left
                )
                if waits and self._is_finite():
                    yield from self._keep_moment()  # it is looked at now, for as long as nothing moves
                if not self._ended:
                    yield from self._due()
            if self._steering.stopped:
                yield from self._stop()
            elif self._steering.over and self._shift:
                self._hand_over(self._shift)
        except ranks.LostError as error:
            if self.state.step:
                self._save_model()
            self._glances.end()
            raise AttnGanError(
                f"{error} Step {self.state.step} is saved: go on with --resume {self.run.path}, in as many "
                "processes as you like."
            ) from error
        except GeneratorExit:
            self.closing = True
            if not self._ended:
                list(self._stop())
            raise

    def _hand_over(self, shift: Shift) -> None:
        """Have another process go on; raises AttnGanError where the networks are not finite."""
        self._check_finite()
        self._ended = True  # for this one
        self.keep_state()
        steered, times = self._steering.steered, (self._next_frame, self._next_snapshot)
        shift.tells = Handover(steered, True, *times, self._attempt)

    def _training(self) -> Iterator[events.Event]:
        training = guarded(self.state, self.data, self._attempt)
        at_last = MEASURED_AT_LAST if self._races else 0
        return metered(training, self.state, self.data, at_last) if self.state.config.meter else training

    def _stop(self) -> Iterator[events.Event]:
        """Save all, and say that somebody ended it."""
        yield from self._keep_moment()
        self._save_model()
        self._glances.end()
        self._ended = True
        yield self._log(events.Finished(step=self.state.step, seconds=self.state.seconds, reason="stopped"))

    def _mark(self) -> events.Marked:
        """Keep the full state, also as the one to go on from; raises AttnGanError where there are too many.

        Marks stay, also where training later goes wrong and is taken back to a step before them.
        """
        file, marked = self.run.states.of(self.state.step), self.run.states.steps()
        if len(marked) >= MOST_MARKS and self.state.step not in marked:
            raise AttnGanError(
                f"{MOST_MARKS} states are marked already: delete some in the run's {file.parent.name} first."
            )
        packed = self._packed_state()
        storage.write_file(file, packed, lasting=True)
        storage.write_file(self.run.resume_file, packed, lasting=True)
        return events.Marked(step=self.state.step, seconds=self.state.seconds, path=self.run.inside(file))

    def failed(self, error: Exception) -> events.Failed:
        """The event that says why the run cannot go on, logged if the folder still takes it."""
        reason, full = str(error), isinstance(error, OSError) and error.errno in storage.FULL
        if isinstance(error, OSError):
            next_step = f"--resume {self.run.path}" if self.run.resume_file.exists() else "a new run"
            mend = "make room there" if full else "mend that"
            reason = (
                f"{self.run.path} cannot be written ({error.strerror or error}): "
                f"{mend}, then go on with {next_step}."
            )
        failed = events.Failed(step=self.state.step, seconds=self.state.seconds, reason=reason, full=full)
        with contextlib.suppress(OSError):
            self._log(failed)
        return failed

    def _report_is_due(self, ends: bool) -> bool:
        now = time.monotonic()
        due = ends or self._steering.asked or now - self._reported >= REPORT_SECONDS
        if due:
            self._reported = now
        return due

    def _drop_later(self) -> None:
        """Remove frames and snapshots of steps that the state has not come to, or not any more."""
        for kept in (self.run.frames, self.run.snapshots):
            kept.drop_after(self.state.step)

    def _take_back(self) -> None:
        """Have nothing of steps after the state's but marks, and go on from there should it be killed now."""
        self._drop_later()
        self._glances.end()
        self.keep_state()
        if self.state.step:
            self._next_frame = self._next_snapshot = self.state.seconds

    def _due(self) -> Iterator[events.Event]:
        """Frames often at first and ever more seldom, so that a run of any length has a few hundred; and the
        state, before the first step and then in even times, so that a kill costs little.
        """
        seconds = self.state.seconds
        if seconds < min(self._next_frame, self._next_snapshot, self._next_resume) or not self._is_finite():
            return
        if seconds >= self._next_frame:
            self._next_frame = seconds + max(0.5, 0.04 * seconds)
            yield from self._keep_moment()
        if seconds >= self._next_snapshot:
            self._next_snapshot = seconds + max(10.0, 0.25 * seconds)
            yield self._log(self._save_snapshot())
        if seconds >= self._next_resume:
            self.keep_state()

    def _log(self, event: events.Event) -> events.Event:
        """The event, after it was added to events.jsonl as a whole line or not at all."""
        file = self.run.events_file
        size = file.stat().st_size if file.exists() else 0
        try:
            with file.open("ab") as stream:
                stream.write(event.model_dump_json().encode() + b"\n")
        except OSError:
            with contextlib.suppress(OSError):
                os.truncate(file, size)
            raise
        return event

    def _check_finite(self) -> None:
        checkpoints.check_finite(checkpoints.tensors_of(self.state.ema, self.state.discriminator))

    def _is_finite(self) -> bool:
        """Whether there is something to save; where not, the guard will notice and go back."""
        try:
            self._check_finite()
        except AttnGanError:
            return False
        return True

    def _model(self) -> checkpoints.Model:
        """The averaged generator and the discriminator; raises AttnGanError where they are not finite."""
        state, data = self.state, self.data
        self._check_finite()
        about = About(
            name=data.name,
            data=data.name,
            square=self.square,
            licence=data.licence,
            attribution=data.source,
            label_names=data.label_names if state.model.classes else (),
            seed=state.config.seed,
            steps=state.step,
            seconds=round(state.seconds, 2),
            images=state.images,
            command=self.command,
        )
        return checkpoints.Model(state.model, state.ema.eval(), state.discriminator, about)

    def _keep_moment(self) -> Iterator[events.Event]:
        """What is drawn now, and which earlier moments have to make room for it."""
        yield self._log(self._moments.save(self._model(), self.state.step, self.state.seconds))
        yield from self._thinned(self._moments.too_many())

    def _thinned(self, steps: Sequence[int]) -> Iterator[events.Event]:
        if steps:
            thinned = events.Thinned(step=self.state.step, seconds=self.state.seconds, dropped=steps)
            self._log(thinned)  # first: nobody is told of a moment that is not there
            self._moments.drop(steps)
            yield thinned

    def _save_snapshot(self) -> events.SnapshotSaved:
        folder = self.run.snapshots.of(self.state.step)
        self._save(folder)
        path = self.run.inside(folder)
        return events.SnapshotSaved(step=self.state.step, seconds=self.state.seconds, path=path)

    def _save_model(self) -> None:
        self._save(self.run.finished)

    def _save(self, folder: Path) -> None:
        """Write resume.pt, then the checkpoint: no checkpoint is ever later than what can be gone on from."""
        model = self._model()
        self.keep_state()
        checkpoints.save(folder, model)

    def keep_state(self) -> None:
        storage.write_file(self.run.resume_file, self._packed_state(), lasting=True)
        self._next_resume = self.state.seconds + RESUME_SECONDS

    def _packed_state(self) -> bytes:
        buffer = io.BytesIO()  # torch.save to a path tells a full disk as a RuntimeError
        torch.save(moved(self.state.state_dict(), CPU), buffer)  # to be read on any device
        return buffer.getvalue()
