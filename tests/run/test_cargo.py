"""A package holds what a run needs elsewhere, and nothing that is for this computer alone."""

import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.run import cargo, ferry

KEY = "the-key-of-this-run"


def test_a_package_holds_the_run_and_its_own_data_and_finds_them_again(tmp_path: Path) -> None:
    run, data, package = tmp_path / "run", tmp_path / "pictures", tmp_path / "run.zip"
    for file in ("resume.pt", "states/7.pt", ".lock", ".key", "frames/7.gz", "log.txt", "ticket.json"):
        (run / file).parent.mkdir(parents=True, exist_ok=True)
        (run / file).write_text(file)
    data.mkdir()
    (data / "a.png").write_text("a")
    (run / "config.json").write_text(json.dumps({"data": str(data)}))
    cargo.pack(package, run, [], ["-m", "attngan"], KEY, 1)
    with zipfile.ZipFile(package) as found:
        names = {name.removeprefix("carried/") for name in found.namelist()}
        found.extractall(tmp_path / "there")
    run_files = {f"run/{file}" for file in ("config.json", "resume.pt", "frames/7.gz", "log.txt")}
    assert names == {"order.json", ".own/0/pictures/a.png"} | run_files
    root = tmp_path / "there" / "carried"
    order = json.loads((root / "order.json").read_text())
    ferry.move_in(root / "run" / "config.json", root, order["paths"])
    there = Path(json.loads((root / "run" / "config.json").read_text())["data"])
    assert (there / "a.png").read_text() == "a"
    assert there.is_relative_to(root)


def test_too_much_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cargo, "MOST_BYTES", 7)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "resume.pt").write_bytes(bytes(11))
    with pytest.raises(AttnGanError, match="too much to send"):
        cargo.pack(tmp_path / "run.zip", tmp_path / "run", [], [], KEY, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="such names are those of Linux")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "run") + b"/\xff")).touch()
    with pytest.raises(AttnGanError, match="no text"):
        cargo.pack(tmp_path / "run.zip", tmp_path / "run", [], [], KEY, 1)
