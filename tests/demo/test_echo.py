"""News for a crowd: equal questions are answered once, and what was written meanwhile is told at once."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from attngan import events
from attngan.errors import AttnGanError
from demo.jobs import Echo, JobFolder, Jobs, News, Request, echo
from demo.jobs.folder import Record

OWN = hashlib.sha256(b"a secret of one visitor").hexdigest()


class Counting(Jobs):
    """Jobs that count how often they were asked."""

    asked = 0

    def news(self, *given: Any, **named: Any) -> News:
        self.asked += 1
        return super().news(*given, **named)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JobFolder:
    """A job of which a step is told."""
    monkeypatch.setattr(echo, "ECHO_SECONDS", 3600)
    folder = JobFolder.new(tmp_path)
    folder.write(Record(request=Request(), data="faces", created=0.0, owner=OWN))
    folder.run.path.mkdir()
    tell(folder, 1)
    return folder


def tell(folder: JobFolder, step: int) -> None:
    with folder.run.events_file.open("a", encoding="utf-8") as file:
        file.write(events.FrameSaved(step=step, seconds=0.5 * step, path="frames/x").model_dump_json() + "\n")


def test_many_who_ask_the_same_are_answered_once(folder: JobFolder):
    jobs = Counting(folder.path.parent)
    asked = Echo(jobs)
    given = [asked.news(folder.id, 0, owner) for owner in ("", OWN, "another") for _ in range(5)]
    assert jobs.asked == 1
    assert [news.own for news in given] == 5 * [False] + 5 * [True] + 5 * [False]
    assert given[0].with_(rest=0) == jobs.news(folder.id, 0)
    assert given[5].with_(rest=0) == jobs.news(folder.id, 0, OWN)
    assert asked.news(folder.id, given[0].cursor, "").frame is None


def test_what_is_written_meanwhile_is_told_at_once(folder: JobFolder):
    asked = Echo(jobs := Counting(folder.path.parent))
    assert asked.news(folder.id, 0, OWN).frame == 1
    tell(folder, 2)
    assert asked.news(folder.id, 0, OWN).frame == 2
    jobs.rename(folder.id, "mine", OWN)
    assert asked.news(folder.id, 0, OWN).name == "mine"
    jobs.delete(folder.id, OWN)
    with pytest.raises(AttnGanError, match="not here any more"):
        asked.news(folder.id, 0, OWN)


def test_a_crowd_is_told_to_ask_more_seldom_together_no_more_than_so_often(folder: JobFolder):
    asked = Echo(Jobs(folder.path.parent))
    rests = [asked.news(folder.id, 0, str(visitor)).rest for visitor in range(500)]
    assert [asked.news(folder.id, 0, "499").rest for _ in range(100)] == 100 * rests[-1:]
    assert rests[9] == 10 / echo.QUESTIONS  # sooner than the page asks anyway
    assert max(count / rest for count, rest in enumerate(rests[:100], 1)) <= echo.QUESTIONS + 1e-6
    assert rests[-1] == echo.LONGEST_REST
