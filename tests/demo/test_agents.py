"""What agents are told to call is there, in that order, and answers."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.browser.serving import served

HOME = Path(__file__).parents[2]
ENDED = "'state': '(finished|stopped)'"
TRAINS = "'step': [1-9]"
MARKED = r"'marked': \[(\d+)"
TRAINED_SECONDS = 120


def examples() -> list[dict[str, Any]]:
    """The calls of docs/api.md."""
    text = (HOME / "docs" / "api.md").read_text("utf-8").split("## For agents")[1]
    (block,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    return [json.loads(line) for line in block.splitlines()]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("agents")
    with served({"ATTNGAN_RUNS": str(folder / "runs")}, folder / "log.txt") as one:
        yield one


@asynccontextmanager
async def session(address: str) -> AsyncIterator[ClientSession]:
    async with (
        streamable_http_client(f"{address.rstrip('/')}/gradio_api/mcp/") as (reading, writing, _),
        ClientSession(reading, writing) as one,
    ):
        await one.initialize()
        yield one


async def called(one: ClientSession, name: str, arguments: dict[str, Any]) -> str:
    answer = await one.call_tool(name, arguments)
    text = str(answer.content[0].text)  # type: ignore[union-attr]
    assert not answer.isError, f"{name}: {text}"
    return text


async def until(one: ClientSession, run: str, word: str) -> str:
    """What a training says once it says a word."""
    for _ in range(4 * TRAINED_SECONDS):
        said = await called(one, "train_status", {"run": run})
        if re.search(word, said):
            return said
        await asyncio.sleep(0.25)
    raise AssertionError(said)


def in_a_loop_of_its_own(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: a browser of another test may have a loop here."""
    with ThreadPoolExecutor(1) as one:
        one.submit(asyncio.run, work).result()


def test_every_example_answers_and_what_reads_comes_first(address: str) -> None:
    async def work() -> None:
        async with session(address) as one:
            names = [tool.name for tool in (await one.list_tools()).tools]
            assert names[:6] == ["models", "sample", "attention", "edit", "faithfulness", "nearest"]
            assert {example["name"] for example in examples()} == {*names}
            run, step = "", 0
            for example in examples():
                given = {
                    key: {"RUN": run, "STEP": step}.get(value, value) if isinstance(value, str) else value
                    for key, value in example["arguments"].items()
                }
                said = await called(one, example["name"], given)
                match example["name"]:
                    case "train_start" | "train_branch" | "train_race":
                        run = re.findall(r"[0-9a-f]{32}", said)[0]
                        await until(one, run, TRAINS)
                    case "train_steer":
                        step = int(re.findall(MARKED, await until(one, run, MARKED))[0])
                    case "train_stop" | "train_longer":
                        await until(one, run, ENDED)
                if example["name"] in ("train_branch", "train_race"):
                    await until(one, run, ENDED)

    in_a_loop_of_its_own(work())


def test_a_mistake_is_a_sentence(address: str) -> None:
    async def work() -> None:
        async with session(address) as one:
            answer = await one.call_tool("sample", {"model": "nothing"})
            assert answer.isError
            said = str(answer.content[0].text)  # type: ignore[union-attr]
            assert said.startswith("There is no model 'nothing' here")

    in_a_loop_of_its_own(work())
