"""The page goes to a hosted Space with what it needs and nothing more; without --push nothing is sent."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.standin_hub import OWNER, READER, Hub

HOME = Path(__file__).parents[1]
SPACE = f"{OWNER}/page"
COMMIT = "0123456789" * 4
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # the client's own


@pytest.fixture
def script() -> ModuleType:
    place = importlib.util.spec_from_file_location("publish_space", HOME / "scripts" / "publish_space.py")
    assert place
    assert place.loader
    found = importlib.util.module_from_spec(place)
    place.loader.exec_module(found)
    return found


def run(script: ModuleType, monkeypatch: pytest.MonkeyPatch, *words: str) -> str | int | None:
    """What it says when it fails, or None."""
    monkeypatch.setattr(sys, "argv", ["publish_space.py", *words])
    try:
        script.main()
    except SystemExit as end:
        return end.code
    return None


def test_without_push_it_only_tells(
    script: ModuleType, there: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(script, monkeypatch, SPACE) is None
    said = capsys.readouterr().out
    assert " MB  checkpoints" in said
    assert "Nothing was sent" in said
    assert (there.repos, there.asked) == ({}, [])
    sent = {str(path) for path in script.files()}
    assert {"app.py", "requirements.txt", "README.md", "checkpoints/faces/model.safetensors"} <= sent
    assert not [name for name in sent if name.startswith(("tests/", "bench/", ".ci"))]


def test_it_takes_the_place_of_what_was_there(
    script: ModuleType, there: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "SENT", ("app.py", "README.md", "requirements.txt", "docs/images"))
    assert run(script, monkeypatch, SPACE, "--push") is None
    assert capsys.readouterr().out.endswith(f"{there.address}/spaces/{SPACE}\n")
    space = there.repos[f"spaces/{SPACE}"]
    assert space.sdk == "gradio"
    files = space.commits[-1][1]
    assert files["app.py"] == (HOME / "app.py").read_bytes()
    assert files["docs/images/page.png"] == (HOME / "docs/images/page.png").read_bytes()
    assert b"--extra-index-url" in files["requirements.txt"]
    monkeypatch.setattr(script, "SENT", ("app.py", "README.md", "requirements.txt"))
    model = f"{OWNER}/smile@{COMMIT}"
    assert run(script, monkeypatch, SPACE, "--push", "--zero-gpu", "--models", model) is None
    files = space.commits[-1][1]
    assert set(files) == {"app.py", "README.md", "requirements.txt"}
    assert b"--extra-index-url" not in files["requirements.txt"]
    assert space.variables == {"ATTNGAN_HUB_MODELS": model}
    _, settings, text = files["README.md"].decode().split("---\n", 2)
    said = yaml.safe_load(settings)
    assert said["models"] == [f"{OWNER}/smile"]
    assert said["thumbnail"].endswith(f"/spaces/{SPACE}/resolve/main/docs/images/page.png")
    assert text == (HOME / "README.md").read_text("utf-8").split("---\n", 2)[2]


def test_what_is_wrong_is_told_in_a_sentence(
    script: ModuleType, there: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "SENT", ("app.py", "README.md", "requirements.txt"))
    assert "A Space is OWNER/NAME" in str(run(script, monkeypatch, SPACE, "--models", f"{OWNER}/smile@main"))
    monkeypatch.setenv("HF_TOKEN", READER)
    assert "may not write owner/page" in str(run(script, monkeypatch, SPACE, "--push"))
    assert there.repos == {}
