"""A stand-in for what a hosted Space lends its accelerator by: calls run in a process forked for them."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

CALLS = 2  # that a process serves, each in a thread of its own, before it is forked anew
FORK = multiprocessing.get_context("fork")
PROCESSES: list[int] = []  # that there have been


def GPU(function: Callable[..., Any], duration: int) -> Callable[..., Any]:  # noqa: N802 - its name there
    """The function, which runs elsewhere; of an error no more than its class comes back, as there."""
    line: list[Connection] = []  # to the process that still serves, and how often it has
    served: list[int] = []

    def serve(there: Connection) -> None:
        for _ in range(CALLS):
            given = there.recv()
            try:
                with ThreadPoolExecutor(1) as threads:
                    there.send((True, threads.submit(function, *given).result()))
            except Exception as error:  # noqa: BLE001 - as there
                there.send((False, type(error).__name__))

    def called(*given: Any) -> Any:
        if not line or len(served) == CALLS:
            here, there = FORK.Pipe()
            process = FORK.Process(target=serve, args=(there,), daemon=True)
            process.start()
            PROCESSES.append(process.pid or 0)
            there.close()
            line[:], served[:] = [here], []
        served.append(1)
        line[0].send(given)
        assert line[0].poll(duration)
        worked, answer = line[0].recv()
        if not worked:
            raise RuntimeError(answer)
        return answer

    return called
