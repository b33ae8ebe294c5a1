"""What else a model is asked: ways, the truth of its maps, training pictures; edits leave nothing behind."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.explain import frames
from attngan.explain.faithfulness import faithfulness
from attngan.model import checkpoints
from demo import shelf
from demo.explorer import experiments
from demo.explorer.studio import Selection, Studio
from tests.browser.serving import make_model


@pytest.fixture
def shelved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> shelf.Shelved:
    monkeypatch.setenv("ATTNGAN_CHECKPOINTS", str(tmp_path))
    make_model(tmp_path / "faces", generator_attention=(4, 8))
    return shelf.take("faces")


def test_edits_are_drawn_and_nothing_of_them_stays(shelved: shelf.Shelved) -> None:
    studio = Studio()
    drawn = {studio.edited(shelved, Selection(3, 1), f"8*g{gain / 50}") for gain in range(37)}
    assert len(drawn) == 37
    assert not studio._frames
    assert len(studio._models) == 1
    assert frames.decode(studio.edited(shelved, Selection(3, 1), "8*x0-7")).header["edit"] == "8*x0-7"


def test_a_way_has_its_attention_and_both_ends(shelved: shelf.Shelved) -> None:
    studio = Studio()
    way = frames.decode(experiments.way(studio, shelved, Selection(3, 1), 11))
    assert way.header["count"] == way.header["attended"] == experiments.WAY_PICTURES
    last = frames.decode(studio.frame(shelved, Selection(11, 1)))
    assert abs(way.items[-1].astype(int) - last.items[0]).max() <= 1


@pytest.mark.parametrize(
    ("last", "edit", "told"), [(-1, "", "seed"), (2**40, "", "seed"), (5, "9*g0", "no attention layer 9")]
)
def test_a_way_that_cannot_be_drawn_is_told(shelved: shelf.Shelved, last: int, edit: str, told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        experiments.way(Studio(), shelved, Selection(3, 1), last, edit)


def test_the_truth_of_a_map_is_the_library_s(shelved: shelf.Shelved) -> None:
    found = experiments.truth(Studio(), shelved, "8")
    assert found == dataclasses.asdict(faithfulness(checkpoints.load(shelved.folder), "8"))
    with pytest.raises(AttnGanError, match="no attention layer 9"):
        experiments.truth(Studio(), shelved, "9")


def test_the_nearest_training_pictures_come_with_their_credit(shelved: shelf.Shelved) -> None:
    with pytest.raises(AttnGanError, match="are not kept here"):
        experiments.nearest(Studio(), shelved, Selection(3, 1))
    found = experiments.nearest(Studio(), dataclasses.replace(shelved, data="faces"), Selection(3, 1))
    assert len(found["pictures"]) == experiments.NEAREST
    assert all(address.startswith("data:image/png;base64,") for address in found["pictures"])
    assert found["distances"] == sorted(found["distances"])
    assert "OpenMoji" in found["credit"]


def test_while_training_data_are_read_others_draw(
    shelved: shelf.Shelved, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, drawn = Studio(), list[bytes]()

    def gallery(*_: object) -> None:
        with ThreadPoolExecutor(1) as other:
            drawn.append(other.submit(studio.frame, shelved, Selection(7, 2)).result(timeout=60))
        raise AttnGanError("read")

    monkeypatch.setattr(experiments, "_gallery", gallery)
    with pytest.raises(AttnGanError, match="read"):
        experiments.nearest(studio, shelved, Selection(3, 1))
    assert len(drawn) == 1
