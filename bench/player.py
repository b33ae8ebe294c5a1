"""How soon a running training does what it is asked for on the page, and what twenty pauses leave behind.

    python bench/player.py [--times 20]

Needs the extra `test` and a Chromium. A training of the usual recipe runs the whole time. Milliseconds are
from the browser's event to the end of the screen's frame that shows it: first that the press was heard, then
that the training did it, which takes what is left of its step, and a single step takes one more.
"""

import argparse
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
from browsing import chromium, served, start_training

WARM_UP_ROUNDS = 3
LEARN_SECONDS = 10  # after its first picture, until it is steered
TRAIN_SECONDS = 0.5  # between going on and the next pause
SETTLE_SECONDS = 3  # questions that are asked often after an act have come to an end
PATIENCE_SECONDS = 30
# Waits for a person's event, then for the screen to show one thing after another: the event in ms since 1970,
# and the milliseconds until each.
ARM = """([event, ...awaited]) => {
  const tests = awaited.map((shown) => new Function("return " + shown));
  window.answer = new Promise((tell) => document.addEventListener(event, ({ timeStamp }) => {
    const times = [];
    const note = () => {
      times.push(performance.now() - timeStamp);
      times.length < tests.length ? look() : tell([performance.timeOrigin + timeStamp, times]);
    };
    const look = () => (tests[times.length]() ? setTimeout(note) : requestAnimationFrame(look));
    setTimeout(() => tell(null), 30_000);
    requestAnimationFrame(look);
  }, { capture: true, once: true }));
}"""
STATUS, TOLD, BUTTON, CHANGES = (
    f"document.querySelector('{one}').textContent"
    for one in ("#train-status", "#train-told", "#train-pause", "#train-knobs .changes")
)
NAME = "#train-knob-r1_weight"
KNOB = f"document.querySelector('{NAME} + output').textContent"
PAUSED = [f"{BUTTON} === 'Go on'", f"{STATUS}.startsWith('Paused')"]
GOING = [f"{BUTTON} === 'Pause'", f"{STATUS}.startsWith('Learning')"]
STEPPED = [f"!{TOLD}.startsWith('Paused')", f"{TOLD}.startsWith('Step ')"]
GROWING = ("frames", "snapshots")  # folders of a run that fill while it trains


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as opened,
        served(Path(folder)) as (address, pid),
    ):
        page = opened(locale="en-US")
        page.goto(address)
        start_training(page)
        time.sleep(LEARN_SECONDS)
        (events,) = Path(folder).glob("*/run/events.jsonl")
        steering(page, events, times)
        for _ in range(WARM_UP_ROUNDS):
            pause_and_go_on(page)
        before = left_behind(page, pid, events.parent)
        for _ in range(times):
            pause_and_go_on(page)
        print(f"after {times} rounds of pause and go on:")
        for what, now in left_behind(page, pid, events.parent).items():
            print(f"  {what}: {before[what]} before, {now} after")


def steering(page: Any, events: Path, times: int) -> None:
    """Each act so many times, and how soon the worker was at rest after a pause."""
    taken: dict[str, list[Sequence[float]]] = {}
    noted_to_rest = []
    wishes = events.with_name("wishes.jsonl")
    with ThreadPoolExecutor(1) as pool:
        for index in range(times):
            rest = pool.submit(paused_at, events, events.stat().st_size)
            pressed, shown = clicked(page, "#train-pause", PAUSED)
            taken.setdefault("pause", []).append([*shown, 1000 * rest.result() - pressed])
            noted_to_rest.append(1000 * (rest.result() - wishes.stat().st_mtime))
            page.wait_for_function(f"() => {TOLD}.startsWith('Paused')")
            taken.setdefault("one step", []).append(clicked(page, "#train-step-both", STEPPED)[1])
            taken.setdefault("go on", []).append(clicked(page, "#train-pause", GOING)[1])
            taken.setdefault("a setting", []).append(nudged(page, "ArrowLeft" if index % 2 else "ArrowRight"))
            time.sleep(TRAIN_SECONDS)
    for what, each in taken.items():
        for index, milliseconds in enumerate(zip(*each, strict=True)):
            tell(f"{what}, press to {('heard', 'done', 'worker at rest')[index]}", milliseconds)
    tell("pause, noted in the run's folder to the worker at rest", noted_to_rest)
    print(f"one step of training took {step_milliseconds(events):.0f} ms meanwhile", flush=True)


def clicked(page: Any, button: str, awaited: Sequence[str]) -> tuple[float, list[float]]:
    """When a button was pressed, in ms since 1970, and the milliseconds until the screen showed each."""
    page.evaluate(ARM, ["click", *awaited])
    page.click(button)
    return answered(page)


def nudged(page: Any, key: str) -> list[float]:
    """Milliseconds from a key on the penalty's slider until its number moved, and until it is listed."""
    page.evaluate("document.querySelector('#train-knobs').open = true")  # a press elsewhere closes it
    page.locator(NAME).focus()
    was = [page.evaluate(KNOB), page.evaluate(CHANGES)]
    now = [f"{one} !== {json.dumps(text)}" for one, text in zip((KNOB, CHANGES), was, strict=True)]
    page.evaluate(ARM, ["keydown", *now])
    page.keyboard.press(key)
    return answered(page)[1]


def answered(page: Any) -> tuple[float, list[float]]:
    """What ARM found; raises TimeoutError where the screen never showed it."""
    answer = page.evaluate("window.answer")
    if answer is None:
        raise TimeoutError(f"The screen never showed it; it says: {page.evaluate(TOLD)}")
    return answer[0], answer[1]


def paused_at(events: Path, size: int) -> float:
    """When an event beyond so many bytes said that the run is at rest, in seconds since 1970."""
    until = time.time() + PATIENCE_SECONDS
    with events.open("rb") as file:
        file.seek(size)
        told = b""
        while b'"event":"paused"' not in told:
            if time.time() > until:
                raise TimeoutError("The training was not at rest after a pause.")
            time.sleep(0.002)
            told += file.read()
    return time.time()


def step_milliseconds(events: Path) -> float:
    """Median time of a step by the seconds that events of steps say."""
    told = [json.loads(line) for line in events.read_text("utf-8").splitlines()]
    steps = [(one["step"], one["seconds"]) for one in told if one["event"] == "step"]
    times = [
        (late - early) / (after - before)
        for (before, early), (after, late) in itertools.pairwise(steps)
        if after > before
    ]
    return float(1000 * statistics.median(times))


def pause_and_go_on(page: Any) -> None:
    """A round of both, each seen on the screen."""
    clicked(page, "#train-pause", PAUSED)
    clicked(page, "#train-pause", GOING)
    time.sleep(TRAIN_SECONDS)


def left_behind(page: Any, pid: int, run: Path) -> dict[str, object]:
    """What rounds might leave behind, counted while the training rests."""
    clicked(page, "#train-pause", PAUSED)
    time.sleep(SETTLE_SECONDS)
    server = psutil.Process(pid)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    tab = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    files = sorted(
        one.relative_to(run).as_posix()
        for one in run.rglob("*")
        if one.is_file() and one.relative_to(run).parts[0] not in GROWING
    )
    counts = {
        "processes of the server": 1 + len(server.children(recursive=True)),
        "threads of the server": server.num_threads(),
        "open files of the server": server.num_fds(),
        "nodes of the tab": int(tab["Nodes"]),
        "listeners of the tab": int(tab["JSEventListeners"]),
        "files of the run but frames and snapshots": f"{len(files)} ({', '.join(files)})",
    }
    clicked(page, "#train-pause", GOING)
    return counts


def tell(what: str, milliseconds: Sequence[float]) -> None:
    """Print the median and the 95th percentile."""
    median, late = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    longest, times = max(milliseconds), len(milliseconds)
    print(f"{what}: p50 {median:.0f} ms, p95 {late:.0f}, longest {longest:.0f} ({times} times)", flush=True)


if __name__ == "__main__":
    main()
