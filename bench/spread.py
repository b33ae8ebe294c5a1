"""Commands of bench on a cluster, as many at once as it has processors, each in a folder that comes back."""

import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.run.backends import LOG, Backend, Ticket

HERE = Path(__file__).parent
LOOK_SECONDS = 0.5


def spread(backend: Backend, parts: Mapping[str, Sequence[str]], folder: Path) -> Iterator[tuple[str, Path]]:
    """The name of each part and the folder that its command has filled, in the order in which they end.

    `parts` are the words of `python bench/...` by name. Whoever ends early ends all that run. Raises
    AttnGanError at the end where some failed; what they left lies in `folder`/NAME.
    """
    waiting, running, failed = [*parts], dict[str, Ticket](), list[str]()
    try:
        while waiting or running:
            while waiting and len(running) < backend.width():
                name = waiting.pop(0)
                running[name] = backend.start(_filled(folder / name), [sys.executable, *parts[name]])
            for name, ticket in [*running.items()]:
                with suppress(AttnGanError):
                    backend.fetch(ticket)
                status = backend.state(ticket)
                if status.running:
                    continue
                del running[name]
                if status.code == 0:
                    yield name, folder / name
                else:
                    failed.append(f"{name} ({_last_words(folder / name)})")
            time.sleep(LOOK_SECONDS)
    finally:
        for ticket in running.values():
            backend.stop(ticket, at_once=True)
    if failed:
        raise AttnGanError(f"These failed: {', '.join(failed)}. The same command makes what is missing.")


def _filled(folder: Path) -> Path:
    """A fresh folder with the commands of bench in it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "bench").mkdir(parents=True)
    for file in HERE.glob("*.py"):
        shutil.copyfile(file, folder / "bench" / file.name)
    return folder


def _last_words(folder: Path) -> str:
    with suppress(OSError, IndexError):
        return (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
    return "its node is gone"
