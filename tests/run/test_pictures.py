"""The pictures of a run are known again by what they show, and found by a text that can be written."""

import dataclasses
import os
import sys
from pathlib import Path

import pytest

from attngan.kinds.pictures.kind import PICTURES
from attngan.run.pictures import are_there, fingerprint, lasting, path_of
from tests import tiny
from tests.sums import SUMS, Sums


def test_the_same_pictures_have_one_fingerprint_whatever_they_are_called():
    given = tiny.pictures(classes=3)
    named = dataclasses.replace(given, name="other", label_names=("a", "b", "c"), skipped=("x: why",))
    assert fingerprint(PICTURES, given) == fingerprint(PICTURES, named)
    assert len(fingerprint(PICTURES, given)) == 32


def test_a_pixel_a_label_an_order_or_a_picture_more_is_another_fingerprint():
    given = tiny.pictures(count=67, classes=3)  # more than are read at once
    assert given.labels is not None
    images, labels = given.images.clone(), given.labels.clone()
    images[66, 2, 15, 15] ^= 1
    labels[66] = 1
    others = [
        dataclasses.replace(given, images=images),
        dataclasses.replace(given, labels=labels),
        dataclasses.replace(given, labels=None),
        dataclasses.replace(given, images=given.images.flip(0), labels=given.labels.flip(0)),
        dataclasses.replace(given, images=given.images[:-1], labels=given.labels[:-1]),
    ]
    assert len({fingerprint(PICTURES, one) for one in (given, *others)}) == 6


def test_items_of_another_kind_have_one_too():
    assert fingerprint(SUMS, Sums()) == fingerprint(SUMS, Sums())


def test_a_name_lasts_as_it_is_and_a_path_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert lasting("faces") == "faces"
    assert lasting("own.zip") == lasting("~/own.zip") == str(tmp_path / "own.zip")
    assert path_of(lasting("own 猫.zip")) == str(tmp_path / "own 猫.zip")
    assert are_there("faces")
    assert not are_there(lasting("own.zip"))
    (tmp_path / "own.zip").touch()
    assert are_there(lasting("own.zip"))


@pytest.mark.skipif(sys.platform == "win32", reason="names are text on Windows")
def test_a_path_that_is_no_text_lasts_as_text_and_comes_back(tmp_path: Path):
    path = str(tmp_path / "100%" / os.fsdecode(b"caf\xe9 \xff"))
    assert lasting(path).encode() == f"file://{tmp_path}/100%25/caf%E9%20%FF".encode()
    assert path_of(lasting(path)) == path
    assert not are_there(lasting(path))
