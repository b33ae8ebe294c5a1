"""A Ray cluster of two nodes on this computer, of which each can be killed as if its power were cut."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

START_SECONDS = 180  # on a machine that does much else
# How soon the head notices that a node is gone: left to itself it takes up to half a minute.
HEALTH = {"RAY_health_check_period_ms": "1000", "RAY_health_check_timeout_ms": "5000"}
MEMORY = 80_000_000  # bytes for objects, of which runs have none


class Cluster:
    """A head, which runs nothing itself, and nodes of one processor each."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.port, dashboard, client, agent = (free_port() for _ in range(4))
        self.address = f"http://127.0.0.1:{dashboard}"
        self.nodes: list[subprocess.Popen[bytes]] = []
        self.head = self._start(
            *("--head", f"--port={self.port}", f"--ray-client-server-port={client}", "--num-cpus=0"),
            *("--include-dashboard=true", "--dashboard-host=127.0.0.1", f"--dashboard-port={dashboard}"),
            *(f"--dashboard-agent-listen-port={agent}", f"--temp-dir={place}"),
        )

    def add_node(self) -> None:
        """A further node, which is there when this returns: two that begin at once take the same socket."""
        agent, before = free_port(), 1 + len(self.nodes)  # the head is one too; a look may time out
        node = self._start(
            *(f"--address=127.0.0.1:{self.port}", "--num-cpus=1", f"--dashboard-agent-listen-port={agent}")
        )
        self.nodes.append(node)
        self._wait(node, lambda: self._alive() > before)

    def wait(self) -> None:
        """Returns when the head answers."""
        self._wait(self.head, lambda: self._alive() > 0)

    def kill_node_of_the_run(self) -> None:
        """End at once, and with all that it started, the node on which a run of attngan is."""
        for node in self.nodes:
            below: list[psutil.Process] = []
            with contextlib.suppress(psutil.Error):
                below = psutil.Process(node.pid).children(recursive=True)
            for process in below:
                with contextlib.suppress(psutil.Error):  # one that has just ended hides no other
                    if "attngan.run.ferry" in process.cmdline():
                        end(node)
                        self.nodes.remove(node)
                        return
        raise AssertionError("no run is on any node")

    def close(self) -> None:
        for process in (*self.nodes, self.head):
            end(process)

    def _start(self, *options: str) -> subprocess.Popen[bytes]:
        number = len(self.nodes) if "--head" not in options else 9
        first = 20_000 + (os.getpid() * 7) % 4000 + 100 * number
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        with (self.place / "start.log").open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "ray.scripts.scripts", "start", *options, "--block"),
                    *("--node-ip-address=127.0.0.1", f"--object-store-memory={MEMORY}"),
                    *(f"--min-worker-port={first}", f"--max-worker-port={first + 99}"),
                    "--disable-usage-stats",
                ],
                env=environment | {"PATH": path, "RAY_USAGE_STATS_ENABLED": "0"} | HEALTH,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _alive(self) -> int:
        """How many nodes are there."""
        import requests

        with contextlib.suppress(requests.RequestException, ValueError, KeyError, TypeError):
            answer = requests.get(f"{self.address}/api/v0/nodes?limit=100", timeout=5)
            nodes = answer.json()["data"]["result"]["result"]
            return sum(node["state"] == "ALIVE" for node in nodes)
        return 0

    def _wait(self, process: subprocess.Popen[bytes], what) -> None:  # type: ignore[no-untyped-def]
        deadline = time.monotonic() + START_SECONDS
        while not what():
            told = (self.place / "start.log").read_text(errors="replace")[-1500:]
            assert process.poll() is None, f"ray start ended: {told}"
            assert time.monotonic() < deadline, f"ray start did not come to its end: {told}"
            time.sleep(0.2)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that we started and all below it."""
    with contextlib.suppress(psutil.Error):
        below = psutil.Process(process.pid).children(recursive=True)
        for one in below:
            with contextlib.suppress(psutil.Error):
                one.kill()
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """A port outside of those that systems hand out by themselves, and that nobody has now."""
    for port in range(10_000 + os.getpid() % 7000, 20_000):
        if port not in _given:
            with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
                _given.add(port)
                return port
    raise AssertionError("no free port")


_given: set[int] = set()


@contextlib.contextmanager
def cluster(nodes: int = 2) -> Iterator[Cluster]:
    """A cluster of so many nodes, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as place:  # a short path
        one = Cluster(Path(place))
        try:
            one.wait()
            for _ in range(nodes):
                one.add_node()
            yield one
        finally:
            one.close()
