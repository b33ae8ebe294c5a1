"""Trainings that the page starts: each is run by a backend and wholly described by its folder."""

from demo.jobs.drafts import Draft, branch, draft, race
from demo.jobs.echo import Echo
from demo.jobs.family import family, heats, race_again
from demo.jobs.folder import JobFolder
from demo.jobs.material import OwnDataError, glimpse_in
from demo.jobs.news import News, State
from demo.jobs.place import runs_folder
from demo.jobs.queue import Jobs, jobs_in
from demo.jobs.request import SECONDS, UPLOADED, USUAL, Request, lasts, shown_command
from demo.jobs.steering import steer

__all__ = [
    "SECONDS",
    "UPLOADED",
    "USUAL",
    "Draft",
    "Echo",
    "JobFolder",
    "Jobs",
    "News",
    "OwnDataError",
    "Request",
    "State",
    "branch",
    "draft",
    "family",
    "glimpse_in",
    "heats",
    "jobs_in",
    "lasts",
    "race",
    "race_again",
    "runs_folder",
    "shown_command",
    "steer",
]
