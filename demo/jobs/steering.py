"""What a page may ask of a training that runs, besides to stop: a wish, granted between two steps."""

from collections.abc import Mapping
from typing import Any

from attngan.config import TrainConfig, nearest
from attngan.errors import AttnGanError
from attngan.run import wishes
from demo.jobs.crew import crew
from demo.jobs.folder import JobFolder
from demo.jobs.queue import Jobs

WISHES = ("pause", "resume", "step", "change", "mark")
MOST_STEPS = 100  # that one wish may ask for here: whoever wants more goes on


def steer(jobs: Jobs, run_id: object, wish: str, values: Mapping[str, Any], owner: str = "") -> None:
    """Notes a wish of this name for a job that runs; what comes of it stands among its news.

    Raises AttnGanError for an unknown id, another's job, one that does not run, and what cannot be wished
    for.
    """
    folder = JobFolder.own(jobs.runs, run_id, owner)
    if wish not in WISHES:
        raise AttnGanError(f"A training cannot be asked to {wish!r:.40}: {nearest(wish, WISHES)}")
    asked = wishes.of(wish, **values)
    if isinstance(asked, wishes.Step) and asked.count > MOST_STEPS:
        raise AttnGanError(f"At most {MOST_STEPS} steps can be asked for at once, not {asked.count}.")
    train = TrainConfig(seconds=folder.record().budget)
    if isinstance(asked, wishes.Change):
        train.steered(asked.changes)
    together = crew(folder)
    if isinstance(asked, wishes.Pause | wishes.Resume):
        folder = together[0]  # all wait for the one that waits
    elif folder.id != together[0].id and together[0].run.is_paused():
        raise AttnGanError("The race is paused: have it go on first.")
    elif isinstance(asked, wishes.Step) and len(together) > 1:
        raise AttnGanError("In a race each takes its turn: single steps are for a training alone.")
    state = jobs.state(folder)[0]
    if state in ("waiting", "starting"):
        raise AttnGanError("This training waits or is just starting: ask again when it runs.")
    if state != "running":
        raise AttnGanError("This training does not run now, so it cannot be steered.")
    try:
        wishes.append(folder.run, asked, train)
    except AttnGanError as error:  # whose sentence is for those who see the folder
        raise AttnGanError("This training has just ended, so it cannot be steered any more.") from error
