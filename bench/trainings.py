"""Trainings in every state that a picture of the page shows, each begun by a browser of its own, in turn."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo.jobs import JobFolder

STEER = "(path) => fetch(path, { method: 'POST' })"
PATIENCE = 300_000  # ms, until a state has come
PANEL = "#train-panel .panel"
# Seconds of training; in this order, since one runs at a time: those that end come first.
STATES = {
    "finished": 8,
    "raced": 8,
    "points": 15,
    "points-raced": 10,
    "table": 15,
    "branched": 3600,
    "interrupted": 3600,
    "failed": 3600,
    "running": 3600,
    "waiting": 5,
}
DATA = {"points": "25 Gaussians", "points-raced": "Ring", "table": "Penguins"}  # else the usual
NEEDS = {"waiting": "running"}  # what it waits for
# What the rates become of a training that is to fail: the guard goes back, and gives up in the end.
RUINED = {"generator_rate": 1.0, "discriminator_rate": 1.0, "r1_weight": 0.0}


def states_for(wanted: set[str]) -> list[str]:
    """Those that have to be made, in order."""
    wanted = wanted | {NEEDS[one] for one in wanted if one in NEEDS}
    return [state for state in STATES if state in wanted]


def started(opened: Callable[..., Any], address: str, runs: Path, state: str) -> Any:
    """What a browser keeps that has started a training which has come to this state."""
    page = opened(locale="en-US")
    page.goto(f"{address}?door=train")
    page.wait_for_selector("#train-reals-picture[src]")
    if state in DATA:
        page.locator("#train-data input").click()
        page.locator(f"[role=option]:has-text('{DATA[state]}')").first.click()
        page.locator(f"#train-credit:has-text('{DATA[state]}')").wait_for()
    page.fill("#train-seconds input", str(STATES[state]))
    page.locator("#train-seconds input").blur()
    if state.endswith("raced"):
        page.locator("#train-rivals > button").click()
        page.click("#train-race")
    else:
        page.click("#train-start")
    {
        "raced": _end,
        "finished": _end,
        **dict.fromkeys(DATA, _end),
        "branched": _branch,
        "interrupted": _kill,
        "failed": _ruin,
    }.get(state, lambda page, runs: _await(page, state))(page, runs)
    kept = page.context.storage_state()
    page.context.close()
    return kept


def _await(page: Any, *states: str) -> None:
    page.wait_for_selector(", ".join(f"{PANEL}[data-state={state}]" for state in states), timeout=PATIENCE)


def _end(page: Any, _: Path) -> None:
    _await(page, "finished")


def _branch(page: Any, _: Path) -> None:
    """Keep a moment, stop, branch from it for some seconds, and have both beside each other."""
    page.wait_for_selector("#train-mark:enabled", timeout=PATIENCE)
    page.click("#train-mark")
    page.wait_for_selector("#train-family .mark", timeout=PATIENCE)
    page.click("#train-stop")
    _await(page, "stopped")
    page.fill("#train-more input", "8")
    page.locator("#train-more input").blur()
    page.click("#train-family .mark")
    page.wait_for_selector("#train-family .tree li:nth-child(2)[aria-current]", timeout=PATIENCE)
    _await(page, "finished")


def _kill(page: Any, runs: Path) -> None:
    """Kill the process of the training that runs, once it has saved something."""
    page.wait_for_selector("#train-explore:enabled", timeout=PATIENCE)
    os.kill(_process(page, runs), signal.SIGKILL)
    _await(page, "interrupted")


def _ruin(page: Any, _: Path) -> None:
    """Change the settings so that the guard gives up."""
    page.wait_for_selector("#train-mark:enabled", timeout=PATIENCE)
    for name, value in RUINED.items():
        query = f"wish=change&name={name}&value={value}"
        page.evaluate(STEER, f"gradio_api/attngan/steer/{_run(page)}?{query}")
    _await(page, "failed")


def _run(page: Any) -> str:
    return str(page.evaluate("localStorage.getItem('attngan-train')"))


def _process(page: Any, runs: Path) -> int:
    ticket = JobFolder(runs / _run(page)).record().ticket
    assert ticket
    return int(ticket.job)
