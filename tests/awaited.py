"""Runs a coroutine to its end, also where the browser of other tests keeps a loop of this thread running."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

R = TypeVar("R")


def awaited(coroutine: Coroutine[Any, Any, R]) -> R:
    """What the coroutine returns; raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
