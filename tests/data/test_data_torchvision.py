"""torchvision's data sets: read where they lie, or told that they are not there."""

import pickle
import socket
import struct
from pathlib import Path

import numpy as np
import pytest

from attngan import data
from attngan.data import torchvision_sets
from attngan.errors import AttnGanError


def _idx(array: np.ndarray) -> bytes:
    """An array of bytes in the IDX format in which MNIST is published."""
    return struct.pack(f">I{array.ndim}I", 0x0800 + array.ndim, *array.shape) + array.tobytes()


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """No network; gives the time limits under which connections were tried."""
    limits: list[float | None] = []

    def refuse(*_: object, **__: object) -> None:
        limits.append(socket.getdefaulttimeout())
        raise OSError("network is unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    return limits


@pytest.mark.parametrize("name", ["mnist", "fashion", "kmnist", "cifar10"])
def test_offline_one_sentence_names_the_sets_that_need_no_network(
    name: str, offline: list[float | None]
) -> None:
    before = socket.getdefaulttimeout()
    with pytest.raises(
        AttnGanError, match=r"could not be downloaded; faces, emoji, digits, letters.*no network"
    ):
        data.load(name)
    assert offline
    assert all(limit == torchvision_sets.SILENCE_SECONDS for limit in offline)
    assert socket.getdefaulttimeout() == before


def test_the_sentence_names_exactly_the_sets_that_need_no_network() -> None:
    names = torchvision_sets.OFFLINE_NAMES.replace(" and ", ", ").split(", ")
    assert names == [source.name for source in data.catalogue("pictures") if not source.needs_network]


@pytest.mark.parametrize(
    ("name", "folder"), [("mnist", "MNIST"), ("fashion", "FashionMNIST"), ("kmnist", "KMNIST")]
)
def test_a_set_is_read_where_it_lies(
    name: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: list[float | None]
) -> None:
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (23, 28, 28), np.uint8)
    labels = (np.arange(23) % 10).astype(np.uint8)
    raw = tmp_path / folder / "raw"
    raw.mkdir(parents=True)
    for part in ("train", "t10k"):
        (raw / f"{part}-images-idx3-ubyte").write_bytes(_idx(images))
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(_idx(labels))
    monkeypatch.setenv(torchvision_sets.FOLDER_VARIABLE, str(tmp_path))
    pictures = data.load(name, 32)
    assert np.array_equal(pictures.images[:, 0, 2:30, 2:30].numpy(), images)
    assert pictures.images[:, 0, :2].eq(0).all()
    assert pictures.labels is not None
    assert pictures.labels.tolist() == labels.tolist()
    assert pictures.classes == 10
    assert len(data.load(name, 16, max_pictures=11)) == 11
    assert not offline


def test_a_cut_off_set_is_told_like_a_missing_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: list[float | None]
) -> None:
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for part in ("train", "t10k"):
        (raw / f"{part}-images-idx3-ubyte").write_bytes(_idx(np.zeros((23, 28, 28), np.uint8))[:999])
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(b"")
    monkeypatch.setenv(torchvision_sets.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(AttnGanError, match="MNIST is not on this computer"):
        data.load("mnist")
    assert offline


def test_foreign_pickles_in_place_of_cifar_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: list[float | None]
) -> None:
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    for name in (
        "data_batch_1",
        "data_batch_2",
        "data_batch_3",
        "data_batch_4",
        "data_batch_5",
        "test_batch",
    ):
        (folder / name).write_bytes(pickle.dumps({"data": [], "labels": []}))
    monkeypatch.setattr(pickle, "load", lambda *_, **__: pytest.fail("opened"))
    monkeypatch.setenv(torchvision_sets.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(AttnGanError, match="CIFAR-10 is not on this computer"):
        data.load("cifar10")
    assert offline
