"""Trainings of the page run where its operator says, as many at once as there is room for."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.run.backends import Local, Status, Ticket
from attngan.run.cluster import Ray
from demo.jobs import Jobs, Request, place
from tests.demo.test_jobs import wait_for


class Far:
    """A backend elsewhere, at which runs end when they are told to."""

    name, here = "far", False

    def __init__(self, width: int) -> None:
        self.wide, self.over, self.stopped = width, set[str](), list[str]()
        self.started: list[tuple[str, tuple[str, ...]]] = []

    def width(self) -> int:
        return self.wide

    def prepare(self, command: Sequence[str]) -> None: ...

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        self.started.append((folder.name, tuple(one.name for one in beside)))
        return Ticket(backend=self.name, job=folder.name, began=7.0, folder=str(folder))

    def state(self, ticket: Ticket) -> Status:
        return Status(ticket.job not in self.over)

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        self.stopped.append(ticket.job)

    def fetch(self, ticket: Ticket) -> None: ...


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[Far], Jobs]]:
    made: list[Jobs] = []

    def of(backend: Far) -> Jobs:
        made.append(Jobs(tmp_path / "runs", backend=backend))
        return made[-1]

    yield of
    for jobs in made:
        jobs.close()


def test_as_many_run_at_once_as_there_is_room_for(begin: Callable[[Far], Jobs]) -> None:
    far = Far(3)
    jobs = begin(far)
    runs = [jobs.start(Request(seconds=7)) for _ in range(5)]
    wait_for(lambda: len(far.started) == 3)
    states = [jobs.state(jobs.find(run)) for run in runs]
    assert states == [("starting", 0)] * 3 + [("waiting", 1), ("waiting", 2)]
    wait_for(lambda: jobs.news(runs[4]).wait == pytest.approx(4 * 7 / 3))
    far.over.add(runs[1])
    wait_for(lambda: len(far.started) == 4)
    assert jobs.state(jobs.find(runs[1]))[0] == "interrupted"
    assert [name for name, _ in far.started] == runs[:4]


def test_runs_elsewhere_go_on_when_the_server_ends_and_the_next_one_has_them_all(
    begin: Callable[[Far], Jobs],
) -> None:
    far = Far(2)
    first = begin(far)
    runs = [first.start(Request(seconds=7)) for _ in range(3)]
    wait_for(lambda: len(far.started) == 2)
    first.close()
    assert far.stopped == []
    second = begin(far)
    assert [second.state(second.find(run))[0] for run in runs] == ["starting", "starting", "waiting"]
    far.over |= {*runs[:2]}
    wait_for(lambda: len(far.started) == 3)


def test_a_run_that_is_stopped_is_stopped_there(begin: Callable[[Far], Jobs]) -> None:
    far = Far(2)
    jobs = begin(far)
    runs = [jobs.start(Request(seconds=7)) for _ in range(2)]
    wait_for(lambda: len(far.started) == 2)
    jobs.stop(runs[1])
    assert far.stopped == [runs[1]]
    assert [jobs.state(jobs.find(run))[0] for run in runs] == ["starting", "stopping"]


def test_the_operator_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(place.WHERE, raising=False)
    here = place.where_to_run()
    assert isinstance(here, Local)
    assert (here.niceness, here.width(), here.here) == (place.NICENESS, 1, True)
    monkeypatch.setenv(place.WHERE, "ray:http://head:8265")
    there = place.where_to_run()
    assert isinstance(there, Ray)
    assert (there.name, there.waits, there.here) == ("ray:http://head:8265", False, False)
    monkeypatch.setenv(place.WHERE, "ray:head")
    with pytest.raises(AttnGanError, match="ATTNGAN_WHERE: Where to run is local, or ray:"):
        place.where_to_run()
