"""The process that reads a person's pictures, the folder that holds them, the control that takes them."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from gradio.data_classes import FileData, ListFiles
from PIL import Image

from attngan.errors import AttnGanError
from demo.train.files import any_files
from demo.uploads import folder as folders
from demo.uploads import process
from demo.web import BusyError
from tests.demo.pictures import huge, png


def test_the_reader_needs_neither_torch_nor_gradio():
    loaded = "import demo.uploads.reader, sys; print({'torch', 'gradio'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_one_picture_is_read_apart():
    pixels = process.picture(png(5, 16), 16)
    assert np.array_equal(pixels, np.asarray(Image.open(io.BytesIO(png(5, 16)))))
    for wrong, told in ((b"", "cannot be judged"), (huge("PNG"), "more than 12 megapixels")):
        with pytest.raises(AttnGanError, match=told):
            process.picture(wrong, 16)


def test_so_many_read_at_once_and_so_many_wait():
    places = process.Places(count=1, waiting=1, patience=0.01)
    with places.one():
        with pytest.raises(BusyError, match="being read just now"), places.one():
            pass
        waits = process.Places(count=1, waiting=0, patience=60)
        with waits.one(), pytest.raises(BusyError, match="Many people"), waits.one():
            pass
    with places.one():
        pass


def test_the_folder_of_a_dead_server_is_swept_and_that_of_a_living_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    dead = tmp_path / f"{folders.PREFIX}dead"
    (dead / "read").mkdir(parents=True)
    (dead / ".lock").touch()
    other = tmp_path / "attngan-page of somebody"
    other.mkdir()
    script = (
        "import sys, time; from demo.uploads.folder import uploads_folder;"
        "print(uploads_folder(), flush=True); sys.stdin.read()"
    )
    living = subprocess.Popen(
        [sys.executable, "-c", script],
        env=os.environ | {"GRADIO_TEMP_DIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    its = Path(living.stdout.readline().strip())
    assert its.parent == tmp_path
    assert not dead.exists()
    folders.sweep(tmp_path)
    assert its.exists()
    living.communicate("")
    assert sorted(tmp_path.iterdir()) == [other], "it takes its own away when it ends"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(AttnGanError, match="cannot be written"):
        folders.uploads_folder.__wrapped__()


def test_the_control_takes_any_file_and_leaves_none_behind(tmp_path: Path):
    control = any_files("own", "own")
    control.GRADIO_CACHE = str(tmp_path)
    given = ListFiles(root=[FileData(path=f"/uploads/{name}") for name in ("a.jfif", "b", "c.zip")])
    assert control.preprocess(given) == ["/uploads/a.jfif", "/uploads/b", "/uploads/c.zip"]
    assert control.preprocess(None) is None
    assert control.get_config()["file_types"] is None
    assert list(tmp_path.iterdir()) == []


def test_a_reader_answers_in_one_line_of_json():
    wanted = json.dumps({"size": 16, "memory": 2**30, "processor_seconds": 20}).encode()
    done = subprocess.run(
        [sys.executable, "-m", "demo.uploads.reader", "picture"],
        input=wanted + b"\n" + b"no picture",
        capture_output=True,
        check=True,
    )
    assert "cannot be judged" in json.loads(done.stdout)["problem"]
    assert done.stderr == b""
