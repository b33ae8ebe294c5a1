"""The whole page, served as people serve it: its API trains for real, and its end saves what runs."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from attngan.model import checkpoints
from attngan.run.backends import Local
from demo.jobs import JobFolder
from tests.browser.serving import served


def wait_for(what: Callable[[], Any]) -> Any:
    """What `what` gives as soon as it is true."""
    deadline = time.monotonic() + 180
    while not (found := what()):
        assert time.monotonic() < deadline, "waited for three minutes"
        time.sleep(0.1)
    return found


def test_the_api_trains_and_a_server_that_ends_saves_and_leaves_no_process(tmp_path: Path):
    runs = tmp_path / "runs"
    environment = {"ATTNGAN_RUNS": str(runs), "ATTNGAN_CHECKPOINTS": str(tmp_path)}
    with served(environment, tmp_path / "log.txt") as address:
        client = Client(address, verbose=False, analytics_enabled=False)
        for wrong in ({"seconds": 3}, {"data": "/etc"}, {"image_size": 17}, {"attention": [7]}, {"seed": -1}):
            with pytest.raises(AppError, match=next(iter(wrong))):
                client.predict(**wrong, api_name="/train_start")
        assert list(runs.glob("*")) == []
        run = client.predict(
            data="faces", image_size=16, attention=[8], seconds=600, seed=3, api_name="/train_start"
        )
        told = wait_for(lambda: (news := client.predict(run=run, api_name="/train_status"))["step"] and news)
        assert told["state"] == "running"
        assert told["pictures"] > 8
        folder = JobFolder.find(runs, run)
        assert Local().state(folder.record().ticket).running
        with pytest.raises(AppError, match="not here any more"):
            client.predict(run="0" * 32, api_name="/train_stop")
        client.close()
    wait_for(lambda: not Local().state(folder.record().ticket).running)
    assert folder.run.ending().reason == "stopped"
    model = checkpoints.load(folder.run.path)
    assert model.config.image_size == 16
    assert model.about.seed == 3
    assert model.about.steps == folder.run.ending().step
