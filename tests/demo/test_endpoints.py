"""The named endpoints, as a program calls them: what they say of what was asked."""

from pathlib import Path
from typing import Any

import pytest

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer.api import endpoints
from demo.explorer.studio import Studio
from tests.browser.serving import READERS, make_model, make_reader


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The endpoints of a page with models that read and one that does not."""
    for name, data in READERS.items():
        make_reader(tmp_path / name, data)
    make_model(tmp_path / "faces", generator_attention=(8,))
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path))
    return {one.__name__: one for one in endpoints(Studio())}


def test_a_program_hears_what_was_read_and_what_is_not_known(called: dict[str, Any]) -> None:
    sample = called["sample"]
    told = sample("words", 3, "a bleu star")
    assert (told["label"], told["unread"]) == ("a bleu star", 0)
    assert [*map(list, told["unknown"])] == [["bleu", "blue"]]
    usual = sample("spelled", 3)
    assert (usual["label"], "unknown" in usual) == (shelf.take("spelled").example_texts[0], False)
    assert sample("faces", 3)["label"] is None


def test_a_layer_goes_by_its_name_or_its_number(called: dict[str, Any]) -> None:
    attention = called["attention"]
    assert attention("faces", 3, 1, 2, 8) == attention("faces", 3, 1, 2, "8")
    for wrong in (True, 8.0, None):
        with pytest.raises(AttnGanError, match="is no text"):
            attention("faces", 3, 1, 2, wrong)
