"""The visitors of bench/crowd.py in one process, which tells what they saw as JSON.

    python bench/crowding.py ADDRESS RUN SECONDS

45 watch a run as the page does, 15 draw new noise of several models every two seconds, one reads the front
page, one has zips of huge pictures read, one starts and stops trainings, each time under another secret.
"""

import asyncio
import json
import os
import random
import secrets
import sys
import time
from collections import Counter
from typing import Any

import httpx
import uploads
from PIL import Image

VIEWERS, SAMPLERS = 45, 15
LIVE_SECONDS = 0.35  # demo/train/js/polling.js
SAMPLE_SECONDS = 2.0
OTHER_SECONDS = 1.0  # between what the single visitors do
MODELS = ("digits", "faces", "letters", "scenes", "dates")
NICENESS = 2  # a person's machine is another one: these stay behind the server
ROUTES = "gradio_api/attngan"


class Crowd:
    """Visitors of an address until a moment; `took` has the seconds of answers, `said` counts them."""

    def __init__(self, address: str, run: str, seconds: float) -> None:
        self.address, self.run = address, run
        self._visitors = 0
        picture = Image.new("L", (uploads.WIDTH, uploads.HEIGHT), 200)
        self._bomb = uploads.zipped(uploads.encoded(picture, "PNG"), "png")
        self.until = time.monotonic() + seconds
        self.took: dict[str, list[float]] = {}
        self.said: Counter[str] = Counter()

    async def all(self) -> None:
        """Everybody at once."""
        visitors = [self.watch() for _ in range(VIEWERS)]
        visitors += [self.draw() for _ in range(SAMPLERS)]
        await asyncio.gather(*visitors, self.read(), self.bomb(), self.train())

    def _goes_on(self) -> bool:
        return time.monotonic() < self.until

    def _visitor(self) -> httpx.AsyncClient:
        """Somebody with an address of their own, as on other machines: the page counts by addresses."""
        self._visitors += 1
        transport = httpx.AsyncHTTPTransport(local_address=f"127.0.0.{1 + self._visitors}", verify=False)
        secret = {"x-attngan-visitor": secrets.token_hex(16)}
        return httpx.AsyncClient(transport=transport, timeout=60, headers=secret)

    async def _get(self, client: httpx.AsyncClient, what: str, path: str) -> bytes:
        """The answer as it comes, gzipped where it is: to unpack it is for a person's own machine."""
        began = time.monotonic()
        try:
            async with client.stream("GET", self.address + path) as answer:
                told = b"".join([part async for part in answer.aiter_raw()])
        except httpx.HTTPError as error:
            self.said[f"{what}: {type(error).__name__}"] += 1
            return b""
        self.took.setdefault(what, []).append(time.monotonic() - began)
        self.said[f"{what}: {answer.status_code}"] += 1
        return told

    async def watch(self) -> None:
        """Hear of the run as the page does, and fetch each new picture."""
        client = self._visitor()
        await asyncio.sleep(random.uniform(0, LIVE_SECONDS))
        cursor, newest = 0, None
        while self._goes_on():
            told = await self._get(client, "news", f"{ROUTES}/news/{self.run}?after={cursor}")
            news = json.loads(told) if told.startswith(b"{") else {}
            cursor = news.get("cursor", cursor)
            if news.get("frame") not in (None, newest) and not news["more"]:
                newest = news["frame"]
                await self._get(client, "frame", f"{ROUTES}/step/run-{self.run}/{newest}")
            if not news.get("more"):
                await asyncio.sleep(max(LIVE_SECONDS, news.get("rest", 0)))

    async def draw(self) -> None:
        """Draw what nobody drew before."""
        client = self._visitor()
        await asyncio.sleep(random.uniform(0, SAMPLE_SECONDS))
        while self._goes_on():
            began = time.monotonic()
            model, seed = random.choice(MODELS), random.randrange(2**30)
            await self._get(client, "sample", f"{ROUTES}/frame/{model}?seed={seed}&count=16")
            await asyncio.sleep(max(0.0, SAMPLE_SECONDS - (time.monotonic() - began)))

    async def read(self) -> None:
        """Read the front page, without what belongs to it."""
        client = self._visitor()
        while self._goes_on():
            await self._get(client, "front page", "")
            await asyncio.sleep(OTHER_SECONDS)

    async def bomb(self) -> None:
        """Have a zip of huge pictures read, again and again."""
        while self._goes_on():
            told = await asyncio.to_thread(uploads.chosen, self.address, uploads.another(self._bomb))
            self.said[f"bomb: {uploads.problem_in(told)}"] += 1
            await asyncio.sleep(OTHER_SECONDS)

    async def train(self) -> None:
        """Start a training and stop it, each time as somebody else."""
        client = self._visitor()
        while self._goes_on():
            headers = {"x-attngan-visitor": secrets.token_hex(16)}
            started = await self._call(
                client, "train_start", ["digits", 32, None, False, 5, 0, "default"], headers
            )
            if isinstance(started, str):
                await asyncio.sleep(OTHER_SECONDS)
                await self._call(client, "train_stop", [started], headers)
            await asyncio.sleep(OTHER_SECONDS)

    async def _call(
        self, client: httpx.AsyncClient, name: str, data: list[Any], headers: dict[str, str]
    ) -> Any:
        path = f"{self.address}gradio_api/run/{name}"
        try:
            answer = await client.post(path, json={"data": data}, headers=headers)
        except httpx.HTTPError as error:
            self.said[f"{name}: {type(error).__name__}"] += 1
            return None
        told = answer.json()
        given = told["data"][0] if "data" in told else None
        is_new = name == "train_start" and given is not None
        self.said[f"{name}: {'begun or queued' if is_new else given or str(told)[:90]}"] += 1
        return given


async def main() -> None:
    """Be the crowd, and print what it saw."""
    address, run, seconds = sys.argv[1:]
    crowd = Crowd(address, run, float(seconds))
    print("ready", flush=True)
    began, spent = time.monotonic(), time.process_time()
    await crowd.all()
    took, spent = time.monotonic() - began, time.process_time() - spent
    print(json.dumps({"took": crowd.took, "said": crowd.said, "processor": spent / took}))


if __name__ == "__main__":
    os.nice(NICENESS)
    asyncio.run(main())
