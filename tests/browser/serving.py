"""Serving the page to a browser: tiny models, a child process on a free port, a Chromium of this machine."""

import copy
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from pydantic import BaseModel

from attngan import data as data_sets
from attngan.config import About, ModelConfig
from attngan.explain import frames
from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.registry import kind_of
from attngan.kinds.rows.config import RowsConfig
from attngan.kinds.text.config import TextConfig
from attngan.model import checkpoints, sampling
from demo.jobs.folder import JobFolder, Record
from demo.jobs.request import Request

HOME = Path(__file__).parents[2]
# A tab of the shell costs far less processor time than one of the whole browser.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
MODELS = {
    "faces": {"generator_attention": (4, 8)},
    "plain": {"generator_attention": (), "data": "twins"},  # which were studied
    "signs": {"generator_attention": (8,), "discriminator_attention": (8,), "classes": 3, "heads": 3},
}
# Models that read a text or make rows, and the data that they know.
READERS = {"spelled": "numbers", "words": "scenes", "points": "gaussians", "table": "penguins"}
CREDIT = "Drawn by nobody, CC0"
STEPS = (11, 23, 47)  # of the bundled timeline
SCORES = {"made": [-0.25] * 12 + [2.5] * 4, "reals": [0.5] * 16}  # one drawn in four above all reals
ATTENDED = 3
LABELS = ("ring", "cross", "bar")


def browser_path() -> str:
    """A Chromium of this machine; the test is skipped without one, or fails where one is required."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        if os.environ.get("ATTNGAN_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium was found, and ATTNGAN_REQUIRE_BROWSER=1 asks for one")
        pytest.skip("no Chromium was found")
    return found


def make_model(folder: Path, data: str = "signs", **settings: Any) -> checkpoints.Model:
    """An untrained model of pictures, as `save_model` saves it."""
    return save_model(folder, picture_config(**settings), data)


def make_reader(folder: Path, data: str) -> checkpoints.Model:
    """An untrained model of the texts, captions or rows of a data set of this name, saved likewise."""
    items = data_sets.load(data, 16)
    configs: dict[str, ModelConfig] = {
        "text": TextConfig.of(latent_size=5, width=16, heads=2),
        "rows": RowsConfig.of(width=16, tokens=6, heads=2),
    }
    config = configs.get(items.kind) or picture_config(generator_attention=(8,))
    strength = 0.3 if items.kind == "rows" else 0.9  # points are to stay about their plane
    return save_model(folder, kind_of(config).fit(config, items, conditional=False), data, strength)


def picture_config(**settings: Any) -> AttnganConfig:
    return AttnganConfig.of(image_size=16, width=4, latent_size=5, **({"heads": 2} | settings))


def save_model(folder: Path, config: ModelConfig, data: str, strength: float = 0.9) -> checkpoints.Model:
    """An untrained model whose attention is far from even, saved with its first samples."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        generator, discriminator = kind_of(config).build(config)
        for name, parameter in generator.named_parameters():
            if "attention" in name and parameter.ndim > 1:
                torch.nn.init.normal_(parameter, std=strength)
    about = About.of(
        name=folder.name, data=data, attribution=CREDIT, label_names=LABELS if config.classes else ()
    )
    checkpoints.save(folder, checkpoints.Model(config, generator, discriminator, about))
    model = checkpoints.load(folder)
    first = sampling.sample(model, range(config.shown))
    encoded = frames.encode(first, **sampling.surroundings(model, first))
    (folder / "samples.frame.gz").write_bytes(encoded)
    return model


def make_timeline(folder: Path, model: checkpoints.Model) -> None:
    """Moments of a pretended training: the weights fade in; the first ATTENDED pictures keep attention.

    The last one has scores, the others are as they were written before there were any.
    """
    folder.mkdir()
    for part, step in enumerate(STEPS, 1):
        generator = copy.deepcopy(model.generator)
        for parameter in generator.parameters():
            parameter.mul_(part / (len(STEPS) + 1))
        earlier = checkpoints.Model(model.config, generator, model.discriminator, model.about)
        about = {"step": step} | ({"scores": SCORES} if step == STEPS[-1] else {})
        encoded = frames.encode(sampling.sample(earlier, range(16)), attended=ATTENDED, **about)
        (folder / f"{step:08d}.frame.gz").write_bytes(encoded)


def make_run(runs: Path, *told: BaseModel) -> str:
    """The id of a pretended training of a visitor, which has ended and `told` these events."""
    folder = JobFolder.new(runs)
    folder.write(Record(request=Request(image_size=16, generator_attention=(8,)), data="faces", created=0.0))
    folder.run.path.mkdir()
    model = make_model(folder.run.finished, generator_attention=(8,), heads=3)
    make_timeline(folder.run.frames.path, model)
    folder.run.events_file.write_text("".join(f"{event.model_dump_json()}\n" for event in told), "utf-8")
    return folder.id


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[str]:
    """Address of `python app.py` in a child process with these variables, while it runs."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    variables = {"GRADIO_SERVER_PORT": str(port), "GRADIO_SERVER_NAME": "127.0.0.1"}
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=HOME,
            env=os.environ | variables | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        await_answer(address, child, log)
        yield address
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def await_answer(address: str, child: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return once the page answers; fails with the server's own words when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and child.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the page did not come up:\n{log.read_text(errors='replace')[-3000:]}")
