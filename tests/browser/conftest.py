"""The real page in a real Chromium: served once by a child process with tiny models of its own."""

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.serving import (
    ARGUMENTS,
    MODELS,
    READERS,
    START_SECONDS,
    browser_path,
    make_model,
    make_reader,
    make_run,
    make_timeline,
    served,
)

WAIT_MILLISECONDS = 30_000
SETTLED_MILLISECONDS = 700  # without a request


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of bundled models that the page is served with."""
    folder = tmp_path_factory.mktemp("checkpoints")
    for name, settings in MODELS.items():
        model = make_model(folder / name, **settings)
        if name == "faces":
            make_timeline(folder / name / "timeline", model)
    for name, data in READERS.items():
        make_reader(folder / name, data)
    return folder


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the visitors' trainings."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def finished(runs: Path) -> str:
    """The id of a training that has ended."""
    return make_run(runs)


@pytest.fixture(scope="session")
def address(models: Path, runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the page, served for the whole session."""
    browser_path()
    folder = tmp_path_factory.mktemp("page")
    environment = {"ATTNGAN_CHECKPOINTS": str(models), "ATTNGAN_RUNS": str(runs)}
    with served(environment, folder / "log.txt") as found:
        drawing = f"{found}gradio_api/attngan/judged/faces?seed=1&count=1&label="
        with urllib.request.urlopen(drawing, timeout=START_SECONDS) as answer:
            answer.read()  # torch is imported for it, which no test is to wait for
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the session."""
    executable = browser_path()
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield one
        one.close()


class Visit:
    """A tab on the page, with what its console said and what it asked for."""

    def __init__(self, browser: Any, address: str, query: str, settings: dict[str, Any]) -> None:
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | settings))
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MILLISECONDS)
        expect.set_options(timeout=WAIT_MILLISECONDS)
        self.address = address
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address + query)

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def settled(self) -> int:
        """How much was asked for, once the page that comes up asks for nothing more."""
        asked = -1
        while asked != len(self.requests):
            asked = len(self.requests)
            self.page.wait_for_timeout(SETTLED_MILLISECONDS)
        return asked

    def foreign(self) -> list[str]:
        """What was asked of other hosts."""
        own = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens tabs: visit(query="", locale=..., viewport=...). At the end no console error, no other host."""
    visits: list[Visit] = []

    def open_one(query: str = "", **settings: Any) -> Visit:
        visits.append(Visit(browser, address, query, settings))
        return visits[-1]

    yield open_one
    problems = [problem for one in visits for problem in one.problems]
    foreign = [url for one in visits for url in one.foreign()]
    for one in visits:
        one.context.close()
    assert problems == []
    assert foreign == []
