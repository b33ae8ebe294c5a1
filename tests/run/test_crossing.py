"""What a run writes on a node comes home whole, wishes go there, and nothing is written elsewhere."""

import http.client
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attngan.errors import AttnGanError
from attngan.run import crossing, ferry
from attngan.run.crossing import Crossing
from attngan.run.ferry import Ferry
from attngan.run.folder import RunFolder

KEY = "the-key-of-this-run"
WAITS = "import time; time.sleep(600)"


class Node:
    """A ferry in this process, with a run that does nothing by itself."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.run = root / "home"
        self.run.mkdir(parents=True)
        (self.run / "config.json").write_text('{"data": "noise"}')
        order = {"home": "home", "words": ["-c", WAITS], "log": "log.txt", "key": KEY, "cpus": 1}
        self.ferry = Ferry(root, order)
        self.thread = threading.Thread(target=self.ferry.run, daemon=True)
        self.thread.start()
        said = ""
        while ferry.SAYS not in said:
            said += capsys.readouterr().out
            time.sleep(0.01)
        self.port = int(said.split()[-1])

    def write(self, name: str, data: bytes) -> None:
        file = self.run / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def end(self) -> None:
        self.ferry.stop()
        wait_for(lambda: self.ferry.code is not None)

    def close(self) -> None:
        self.end()
        self.ferry.landed.set()
        self.thread.join(60)


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline, "waited for a minute"
        time.sleep(0.01)


@pytest.fixture
def node(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Node]:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:6379")
    monkeypatch.setattr(crossing, "SECONDS", 60.0)
    node = Node((tmp_path / "there").resolve(), capsys)
    yield node
    node.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "here" / "home"
    home.mkdir(parents=True)
    return home


def way(node: Node, home: Path, key: str = KEY) -> Crossing:
    return Crossing("127.0.0.1", node.port, key, home)


def test_what_grows_comes_by_and_by_and_what_is_whole_as_a_whole(node: Node, home: Path) -> None:
    one = way(node, home)
    node.write("events.jsonl", b"one\n")
    node.write("frames/00000007.frame.gz", b"seven")
    node.write("snapshots/00000007/config.json", b"{}")
    node.write("snapshots/00000007/model.safetensors", b"weights")
    assert one.cross() is None
    assert (home / "events.jsonl").read_bytes() == b"one\n"
    assert (home / "frames/00000007.frame.gz").read_bytes() == b"seven"
    assert (home / "snapshots/00000007/model.safetensors").read_bytes() == b"weights"
    asked = []
    request = one._request
    one._request = lambda *words, **values: asked.append((words[1], values)) or request(*words, **values)  # type: ignore[method-assign, func-returns-value]
    node.write("events.jsonl", b"one\ntwo\n")
    one.cross()
    assert (home / "events.jsonl").read_bytes() == b"one\ntwo\n"
    assert [values["start"] for path, values in asked if path == "/file"] == [4]
    one.leave()


def test_a_run_that_went_back_is_here_as_it_is_there(node: Node, home: Path) -> None:
    one = way(node, home)
    node.write("events.jsonl", b"one\ntwo\nthree\n")
    node.write("frames/00000013.frame.gz", b"thirteen")
    node.write("model/config.json", b"{}")
    one.cross()
    node.write("events.jsonl", b"one\nother than before\n")
    (node.run / "frames/00000013.frame.gz").unlink()
    (node.run / "model/config.json").unlink()
    (node.run / "model").rmdir()
    one.cross()
    assert (home / "events.jsonl").read_bytes() == b"one\nother than before\n"
    assert not (home / "frames/00000013.frame.gz").exists()
    assert not (home / "model").exists()
    one.leave()


def test_a_second_program_brings_only_what_is_missing_and_only_one_writes(node: Node, home: Path) -> None:
    first, second = way(node, home), way(node, home)
    node.write("events.jsonl", b"one\n")
    first.cross()
    assert not RunFolder(home).is_free()
    node.write("events.jsonl", b"one\ntwo\n")
    assert second.cross() is None
    assert (home / "events.jsonl").read_bytes() == b"one\n"
    first.leave()
    second.cross()
    assert (home / "events.jsonl").read_bytes() == b"one\ntwo\n"
    second.leave()
    assert RunFolder(home).is_free()


def test_wishes_go_there_once_and_only_when_the_run_listens(node: Node, home: Path) -> None:
    one, there = way(node, home), node.run / "wishes.jsonl"
    (home / "wishes.jsonl").write_bytes(b'{"wish":"pause"}\n{"wish":')
    one.cross()
    assert not there.exists()
    node.write("events.jsonl", b"one\n")
    for _ in range(3):
        one.cross()
    assert there.read_bytes() == b'{"wish":"pause"}\n'
    (home / "wishes.jsonl").write_bytes(b'{"wish":"pause"}\n{"wish":"stop"}\n')
    one.cross()
    one.cross()
    assert there.read_bytes() == b'{"wish":"pause"}\n{"wish":"stop"}\n'
    one.leave()


def test_the_code_is_told_when_all_is_here(node: Node, home: Path) -> None:
    one = way(node, home)
    node.write("events.jsonl", b"one\n")
    assert one.cross() is None
    one.ask("stop")
    wait_for(lambda: node.ferry.code is not None)
    node.write("events.jsonl", b"one\nend\n")
    assert one.cross() == -signal.SIGTERM
    assert (home / "events.jsonl").read_bytes() == b"one\nend\n"
    one.ask("landed")
    node.thread.join(60)
    assert not node.thread.is_alive()
    one.leave()


def test_settings_name_data_where_they_are_here(node: Node, home: Path) -> None:
    one = way(node, home)
    node.write("events.jsonl", b"one\n")
    node.write("config.json", json.dumps({"data": f"{node.root}/home/own.zip"}).encode())
    one.cross()
    assert json.loads((home / "config.json").read_text())["data"] == str(home / "own.zip")
    (home / "config.json").write_text('{"data": "/somewhere/own.zip"}')
    node.write("config.json", json.dumps({"data": f"{node.root}/.own/0/own.zip", "new": 1}).encode())
    one.cross()
    assert json.loads((home / "config.json").read_text()) == {"data": "/somewhere/own.zip", "new": 1}
    one.leave()


@pytest.mark.parametrize("key", ["", "the-key-of-that-run", "the-key-of-this-ru", "ü"])
def test_nobody_without_the_key_is_answered(node: Node, key: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", node.port, timeout=60)
    line.request("GET", "/state", headers={"Authorization": f"Bearer {key}".encode()})
    assert line.getresponse().status == 403
    line.close()


@pytest.mark.parametrize(
    "name", ["/etc/hostname", "home/../../secret", "../secret", "home/config.json/x", "home/\0", ""]
)
def test_no_file_outside_of_the_run_is_handed_out(node: Node, name: str) -> None:
    (node.root.parent / "secret").write_text("secret")
    (node.run / "link").symlink_to(node.root.parent / "secret")
    assert node.ferry.file(name) is None
    assert node.ferry.file("home/link") is None
    assert "home/link" not in [file for file, _ in node.ferry._stamps()]
    assert node.ferry.file("home/config.json") == node.run / "config.json"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/attngan",
        "home/../../attngan",
        "../attngan",
        "home",
        "other/events.jsonl",
        "home/.ssh/key",
        "home\\..\\x",
        "home//x",
        "home/a:b",
        "home/link/x",
        "home/x\0",
        "home/job.json",
        "home/.key",
    ],
)
def test_a_node_that_names_files_outside_of_the_run_writes_nothing(
    node: Node, home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "link").symlink_to(home.parent.parent)
    before = sorted(home.parent.parent.rglob("*"))
    answer = {"code": None, "root": "/", "files": [["home/events.jsonl", 3, 7], [name, 3, 7]]}
    monkeypatch.setattr(node.ferry, "state", lambda: answer)
    with pytest.raises(AttnGanError, match="names a file outside of the run") as error:
        way(node, home).cross()
    assert KEY not in str(error.value)
    assert sorted(home.parent.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"code": "x", "root": "/", "files": []},
        {"code": None, "root": "/", "files": [["home/x", 10**12, 7]]},
        {"code": None, "root": "/", "files": [["home/x", -1, 7]]},
    ],
)
def test_a_node_that_answers_otherwise_is_told_in_a_sentence(
    node: Node, home: Path, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node.ferry, "state", lambda: answer)
    with pytest.raises(AttnGanError, match=r"does not answer as attngan does|has more than"):
        way(node, home).cross()


def test_a_node_that_is_gone_or_says_nothing_is_an_error_of_the_system(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossing, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TimeoutError):
            Crossing("127.0.0.1", port, KEY, home).cross()
    with pytest.raises(ConnectionError):
        Crossing("127.0.0.1", port, KEY, home).cross()


def test_another_python_or_torch_is_told_in_a_sentence() -> None:
    here = ".".join(map(str, sys.version_info[:2]))
    torch = ferry.metadata.version("torch").split("+")[0]
    assert ferry.difference(here, torch) == ""
    assert f"The cluster has Python {here} and torch {torch}, this computer Python 3.4" in ferry.difference(
        "3.4", torch
    )
    assert "and torch 0.1: give both the same" in ferry.difference(here, "0.1")
