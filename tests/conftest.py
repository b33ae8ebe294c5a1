"""What every test runs with: no analytics, no window, one thread of arithmetic."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jaxtyping import install_import_hook

from tests import shapes

if TYPE_CHECKING:
    from tests.standin_hub import Hub

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Rooms whose annotations say shapes: in tests every call of them is checked.
SHAPED = (
    "attngan.nn",
    "attngan.explain.contribution",
    "attngan.explain.heatmaps",
    "attngan.explain.rollout",
    "attngan.kinds.pictures.augmentation",
    "attngan.kinds.pictures.features",
    "attngan.kinds.pictures.outline",
    "attngan.measure.metrics",
    "attngan.train.draws",
)
CHECKED = install_import_hook([*SHAPED], f"{shapes.__name__}.checked")

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs the command in an empty folder: (exit code, standard output, standard error)."""
    import torch

    from attngan.command import cli
    from attngan.kinds.pictures.presets import PRESETS, PicturePreset
    from tests import tiny

    monkeypatch.chdir(tmp_path)
    small = PicturePreset(
        "tiny",
        "tiny",
        "tiny",
        tiny.model_config().model_dump(),
        tiny.train_config().model_dump(),
        {"batch": 12},
    )
    monkeypatch.setitem(PRESETS, "tiny", small)
    monkeypatch.setattr(cli, "tune_process", lambda: None)  # it would tune the tests' own process

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["attngan", *map(str, arguments)])
        threads = torch.get_num_threads()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        torch.set_num_threads(threads)
        return int(ended.value.code or 0), *capsys.readouterr()

    return run


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A checkpoint folder of an unconditional model."""
    from attngan.model import checkpoints
    from tests import tiny

    checkpoints.save(tmp_path / "model", tiny.model())
    return tmp_path / "model"


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    """A checkpoint folder of a model with 3 classes."""
    from attngan.model import checkpoints
    from tests import tiny

    checkpoints.save(tmp_path / "classes", tiny.model(classes=3))
    return tmp_path / "classes"


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Iterator[Hub]":
    """A stand-in for the hub, which the client of this process asks as its owner."""
    from huggingface_hub import constants

    from tests import standin_hub

    with standin_hub.served() as one:
        resolve = f"{one.address}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(constants, "ENDPOINT", one.address)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", resolve)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setenv("HF_TOKEN", standin_hub.OWNER)
        yield one
