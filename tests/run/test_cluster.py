"""A run in a cluster is steered, loses its node, goes on on another, and is the run that it would be here."""

import contextlib
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from filelock import FileLock

from attngan.errors import AttnGanError
from attngan.events import Changed, Marked, Paused, Started, StepDone
from attngan.run import addresses, cluster, runs
from attngan.run.addresses import backend_at, cluster_at
from attngan.run.backends import Local, Status, Ticket
from attngan.run.cluster import Ray
from attngan.run.folder import RunFolder
from tests import ray_cluster
from tests.conftest import Command
from tests.ray_cluster import Cluster, free_port

STEPS = 499  # more than it takes while this process is held up for seconds
NEW = ("--data", "ring", "--seed", 3, "--threads", 1)


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[Cluster]:
    pytest.importorskip("ray.job_submission", reason="Ray is not installed: pip install attngan[ray]")
    with FileLock(Path(tempfile.gettempdir()) / "attngan-ray.lock"), ray_cluster.cluster() as one:
        yield one  # one at a time on this computer, whoever tests


@pytest.fixture
def backend(two_nodes: Cluster) -> Ray:
    return Ray(two_nodes.address)


def wait_for(what: Callable[[], object], seconds: float = 400) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"waited for {seconds} seconds"
        time.sleep(0.05)


def followed(backend: Ray, ticket: Ticket) -> Status:
    def ended() -> bool:
        with contextlib.suppress(AttnGanError):  # a dashboard that is slow: the next look tells
            backend.fetch(ticket)
            return not backend.state(ticket).running
        return False

    wait_for(ended)
    return backend.state(ticket)


def test_a_command_runs_in_a_copy_of_its_folder_which_comes_back_with_its_code(
    backend: Ray, tmp_path: Path
) -> None:
    home, beside = tmp_path / "home", tmp_path / "beside"
    for folder in (home, beside):
        folder.mkdir()
        (folder / "given.txt").write_text(folder.name)
    code = (
        "import pathlib, sys, attngan; print('here'); "
        "said = pathlib.Path('given.txt').read_text() + pathlib.Path('../beside/given.txt').read_text(); "
        "pathlib.Path('frames').mkdir(); pathlib.Path('frames/one').write_text(said); "
        "pathlib.Path('../beside/frames').mkdir(); pathlib.Path('../beside/frames/two').write_text(said); "
        "sys.exit(3)"
    )
    ticket = backend.start(home, [sys.executable, "-c", code], [beside])
    key = (home / cluster.KEY).read_text()
    assert followed(backend, ticket) == Status(running=False, code=3)
    assert (home / "frames" / "one").read_text() == (beside / "frames" / "two").read_text() == "homebeside"
    assert "here" in (home / "log.txt").read_text()
    assert not (home / cluster.KEY).exists()
    assert key not in ticket.model_dump_json()
    backend.stop(ticket)
    backend.fetch(ticket)
    wait_for(lambda: backend.width() == 2)


def test_a_ticket_written_down_is_enough_for_another_program(backend: Ray, tmp_path: Path) -> None:
    code = "import time; print('here', flush=True); time.sleep(600)"
    ticket = Ticket.parse(backend.start(tmp_path, [sys.executable, "-c", code]).model_dump_json())
    other = backend_at(ticket.backend)
    assert isinstance(other, Ray)
    assert other.state(ticket).running

    def heard() -> bool:
        other.fetch(ticket)
        return (tmp_path / "log.txt").exists() and "here" in (tmp_path / "log.txt").read_text()

    wait_for(heard)
    other.stop(ticket)
    assert followed(other, ticket).code == -15


def test_a_job_is_ended_at_once_and_one_that_nobody_knows_has_ended(backend: Ray, tmp_path: Path) -> None:
    ticket = backend.start(tmp_path, [sys.executable, "-c", "import time; time.sleep(600)"])
    backend.stop(ticket, at_once=True)
    assert followed(backend, ticket) == Status(running=False)
    unknown = ticket.with_(job="attngan-0")
    wait_for(lambda: not backend.state(unknown).running)


def test_another_torch_in_the_cluster_is_told_in_one_sentence(
    backend: Ray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attngan.run.cargo.metadata.version", lambda name: "1.2.3+cpu")
    ticket = backend.start(tmp_path, [sys.executable, "-c", "print('never')"])
    assert followed(backend, ticket) == Status(running=False, code=3)
    words = (tmp_path / "log.txt").read_text().splitlines()
    assert len(words) == 1
    assert "this computer Python" in words[0]
    assert "torch 1.2.3: give both the same" in words[0]


def test_a_run_is_steered_loses_its_node_goes_on_on_the_other_and_equals_the_local_run_to_the_bit(
    two_nodes: Cluster, command: Command, tmp_path: Path
) -> None:
    where, far = ("--where", f"ray:{two_nodes.address}"), tmp_path / "far"
    trouble: list[BaseException] = []

    def seen(kind: type) -> bool:
        with contextlib.suppress(AttnGanError):
            return any(isinstance(event, kind) for event in runs.read_events(far))
        return False

    def steer() -> None:
        try:
            wait_for(lambda: seen(StepDone))
            runs.ask(far, "pause")
            wait_for(lambda: seen(Paused))
            runs.ask(far, "change", changes={"r1_weight": 0.5})
            runs.ask(far, "mark")
            wait_for(lambda: seen(Marked))
            runs.ask(far, "resume")
            two_nodes.kill_node_of_the_run()
        except BaseException as error:  # noqa: BLE001 - told by the test
            trouble.append(error)

    helper = threading.Thread(target=steer)
    helper.start()
    code, _, said = command("train", *NEW, "--steps", STEPS, "--run-dir", "far", *where)
    helper.join()
    assert trouble == []
    assert (code, said.count("Error:")) == (1, 1), said
    assert "was interrupted" in said
    assert RunFolder(far).ending() is None
    assert not (far / "ticket.json").exists()

    assert command("train", "--resume", "far", "--threads", 1, *where)[0] == 0
    events = runs.read_events(far)
    assert sum(isinstance(event, Started) for event in events) == 2
    changed = next(event for event in events if isinstance(event, Changed))
    assert not list(far.glob(".key"))

    near = tmp_path / "near"
    locally(near, far, changed.step)
    weights = [(folder / "model" / "model.safetensors").read_bytes() for folder in (far, near)]
    assert weights[0] == weights[1]
    assert equal(*(torch.load(folder / "resume.pt", weights_only=True) for folder in (far, near)))


def locally(near: Path, far: Path, step: int) -> None:
    """The same run in this process, changed in the same way after the same step."""
    config, data = runs.pictures_of(runs.read_config(far))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for event in runs.record(near, config, runs.create(near, config), data, races=True):
        if isinstance(event, StepDone) and event.step == step:
            runs.ask(near, "change", changes={"r1_weight": 0.5})
    torch.set_num_threads(threads)


def equal(one: object, other: object, name: str = "") -> bool:
    """Whether two states are the same to the bit, but for how long training took."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and torch.equal(one, other)
    if isinstance(one, dict):
        assert isinstance(other, dict)
        assert one.keys() == other.keys()
        return all(equal(one[key], other[key], str(key)) for key in one if key != "seconds")
    if isinstance(one, list | tuple):
        assert isinstance(other, list | tuple)
        return len(one) == len(other) and all(map(equal, one, other))
    return one == other


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ray",
        "ray:",
        "ray:head:8265",
        "ray:ftp://head:8265",
        "ray:http://",
        "ray:http://head:0",
        "ray:http://head:99999",
        "ray:http://head:port",
        "ray:http://head:8265/jobs",
        "ray:http://head:8265?x=1",
        "ray:http://he ad:8265",
        "http://head:8265",
        "slurm:head",
        "LOCAL",
    ],
)
def test_a_malformed_address_is_told_and_nothing_is_left(command: Command, tmp_path: Path, text: str) -> None:
    code, _, said = command("train", "--data", "ring", "--steps", 3, "--run-dir", "far", "--where", text)
    assert code == 1
    assert said.count("Where to run is local, or ray:http://HOST:PORT") == 1, said
    assert [*tmp_path.iterdir()] == []


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(AttnGanError, match="no user and no password") as error:
        cluster_at("ray:http://me:secret@head:8265")
    assert "secret" not in str(error.value)


def test_places_by_their_names() -> None:
    assert cluster_at("local") is None
    assert isinstance(backend_at("local"), Local)
    found = cluster_at("ray:https://head:8265/", cpus=2)
    assert isinstance(found, Ray)
    assert (found.address, found.cpus, found.name) == ("https://head:8265", 2, "ray:https://head:8265")
    assert addresses.backend_at(found.name).name == found.name


def test_a_cluster_that_is_not_there_is_told_and_nothing_is_left(command: Command, tmp_path: Path) -> None:
    pytest.importorskip("ray.job_submission", reason="Ray is not installed: pip install attngan[ray]")
    where = f"ray:http://127.0.0.1:{free_port()}"
    code, _, said = command("train", "--data", "ring", "--steps", 3, "--run-dir", "far", "--where", where)
    assert (code, said.count("does not answer")) == (1, 1), said
    assert [*tmp_path.iterdir()] == []


def test_without_ray_the_extra_is_named_and_nothing_is_left(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray.job_submission", None)
    where = "ray:http://127.0.0.1:8265"
    code, _, said = command("train", "--data", "ring", "--steps", 3, "--run-dir", "far", "--where", where)
    assert (code, said.count("pip install attngan[ray]")) == (1, 1), said
    assert [*tmp_path.iterdir()] == []


def test_a_cluster_of_the_environment_is_not_asked_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "http://other:8265")
    with pytest.raises(AttnGanError, match="RAY_ADDRESS is set"):
        Ray("http://127.0.0.1:8265").check()


def test_a_server_does_not_wait_for_a_cluster_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("ray.job_submission", reason="Ray is not installed: pip install attngan[ray]")
    backend = Ray(f"http://127.0.0.1:{free_port()}", waits=False)
    ticket = backend.start(tmp_path, [sys.executable, "-c", "print('never')"])
    wait_for(lambda: not backend.state(ticket).running)
    assert backend.state(ticket) == Status(running=False)  # interrupted: it can go on later
    assert "does not answer" in (tmp_path / "log.txt").read_text()
    assert backend.width() == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("Request failed with status code 500: secret"), "refused: Request failed"),
        (type("AuthenticationError", (Exception,), {})("the token secret is wrong"), "wants a token: set it"),
        (TimeoutError("timed out"), "does not answer: look whether"),
        (type("OfRay", (Exception,), {})("odd"), "refused: odd"),
    ],
)
def test_whatever_ray_raises_is_told_in_a_sentence(error: Exception, told: str) -> None:
    def question() -> None:
        raise error

    with pytest.raises(AttnGanError) as found:
        Ray("http://head:8265")._dashboard._asked(question)
    assert told in str(found.value)
    assert ("token" in told) <= ("secret" not in str(found.value))


def test_what_a_cluster_does_not_know_is_none() -> None:
    def question() -> None:
        raise RuntimeError("Request failed with status code 404: Job attngan-7 does not exist.")

    assert Ray("http://head:8265")._dashboard._asked(question) is None
