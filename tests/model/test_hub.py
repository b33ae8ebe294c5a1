"""Models are brought from the hub, config and weights alone; what goes wrong there is told in a sentence."""

import pickle
from pathlib import Path

import pytest
from huggingface_hub import constants

from attngan import Model
from attngan.config import About
from attngan.errors import AttnGanError
from attngan.model import checkpoints, hub
from tests import tiny
from tests.standin_hub import OWNER, READER, Hub
from tests.tiny_smile import SMILE, model, of_both

pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # the client's own


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """A model's files by name."""
    checkpoints.save(tmp_path / "saved", model())
    return {file.name: file.read_bytes() for file in (tmp_path / "saved").iterdir()}


def test_only_config_and_weights_are_brought(there: Hub, files: dict[str, bytes]) -> None:
    there.made(SMILE, files | {"model.bin": pickle.dumps(3), "run.py": b"raise SystemExit(3)"})
    folder = hub.fetched(hub.address(f"hf:{SMILE}"))
    assert {file.name for file in folder.iterdir()} == {"config.json", "model.safetensors"}
    assert not [line for line in there.asked if "model.bin" in line or "run.py" in line]


def test_what_may_not_be_read_or_is_not_there_is_told(
    there: Hub, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    there.made(SMILE, files, private=True)
    there.made(f"{OWNER}/asked", files, gated=True)
    there.made(f"{OWNER}/pickled", {"pytorch_model.bin": pickle.dumps(3), "config.json": b"{}"})
    assert checkpoints.load(f"hf:{SMILE}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", constants.HF_HUB_CACHE + "2")
    monkeypatch.setenv("HF_TOKEN", READER)
    for name, said in (
        (f"hf:{SMILE}", "There is no owner/smile at .* or you may not read it"),
        (f"hf:{OWNER}/nothing", "There is no owner/nothing"),
        (f"hf:{OWNER}/asked", "decides who may read it"),
        (f"hf:{OWNER}/pickled", "model.safetensors is missing there. Its pickles are not read"),
        ("hf:owner", "names no model of the hub"),
        ("hf:owner/../etc", "names no model of the hub"),
        ("hf:-owner/name", "no name that the hub allows"),
    ):
        with pytest.raises(AttnGanError, match=said):
            checkpoints.load(name)
    monkeypatch.setenv("HF_TOKEN", OWNER)
    with pytest.raises(AttnGanError, match="owner/smile has no revision older"):
        checkpoints.load(f"hf:{SMILE}@older")


def test_without_the_hub_what_was_brought_before_is_found(
    there: Hub, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    commit = there.made(SMILE, files)
    assert hub.here(hub.address(f"{SMILE}@{commit}")) is None
    folder = hub.fetched(hub.address(SMILE))
    assert hub.here(hub.address(f"{SMILE}@{commit}")) == folder
    there.refusing = 503
    assert hub.fetched(hub.address(SMILE)) == folder
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    assert hub.fetched(hub.address(SMILE)) == folder
    with pytest.raises(AttnGanError, match="cannot be reached: check the network; hf:owner/other was not"):
        hub.fetched(hub.address(f"{OWNER}/other"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert hub.fetched(hub.address(SMILE)) == folder


def test_a_line_that_breaks_leaves_no_model_and_is_taken_up_again(
    there: Hub, files: dict[str, bytes]
) -> None:
    commit = there.made(SMILE, files)
    there.cutting = True
    with pytest.raises(AttnGanError, match="broke before all of hf:owner/smile was brought here: try again"):
        checkpoints.load(f"hf:{SMILE}")
    assert hub.here(hub.address(f"{SMILE}@{commit}")) is None
    there.cutting = False
    assert checkpoints.load(f"hf:{SMILE}")


def test_what_is_too_large_or_no_model_is_not_brought(
    there: Hub, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    there.made(SMILE, files)
    monkeypatch.setitem(hub.LARGEST, "model.safetensors", 100)
    with pytest.raises(AttnGanError, match=r"has [\d,]+ bytes: more than 100 are not brought"):
        checkpoints.load(f"hf:{SMILE}")
    assert not [line for line in there.asked if line.endswith("model.safetensors")]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("config.json", b'"format": 1', b'"format": 2', "format 2, and this program reads up to 1"),
        (
            "config.json",
            b'"image_size": 16',
            b'"image_size": 32',
            "does not belong to its config.json|asks for",
        ),
        ("model.safetensors", None, pickle.dumps({"weights": 3}), "is broken or cut short"),
        ("README.md", b"16 x 16 pixels", b"512 x 512 pixels", None),
    ],
)
def test_a_newer_format_a_pickle_and_lies_do_no_harm(
    there: Hub, files: dict[str, bytes], name: str, old: bytes | None, new: bytes, said: str | None
) -> None:
    data = new if old is None else files[name].replace(old, new)
    assert data != files[name]
    there.made(SMILE, files | {name: data})
    if said is None:  # nobody reads the card
        assert checkpoints.load(f"hf:{SMILE}").config.image_size == 16  # type: ignore[attr-defined]
        return
    with pytest.raises(AttnGanError, match=said):
        checkpoints.load(f"hf:{SMILE}")


def test_a_pin_is_never_dropped(there: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = model()
    first.push_to_hub(SMILE)
    commit = there.repos[f"models/{SMILE}"].commits[-1][0]
    other = tiny.model(seed=6, generator_attention=(8,))
    Model(other.config, other.generator, other.discriminator, About()).push_to_hub(SMILE, update=True)
    assert of_both(first, Model.from_pretrained(f"hf:{SMILE}", revision=commit))
    assert not of_both(first, Model.from_pretrained(f"hf:{SMILE}"))
    checkpoints.save(tmp_path / "owner" / "smile", first)
    monkeypatch.chdir(tmp_path)
    for name in (SMILE, f"hf:{SMILE}@main"):
        with pytest.raises(AttnGanError, match="has no revision"):
            Model.from_pretrained(name, revision=commit)


def test_a_cache_that_cannot_be_written_and_a_card_that_is_refused_are_told(
    there: Hub, files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.made(SMILE, files)
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(AttnGanError, match="HF_HOME names another place"):
        checkpoints.load(f"hf:{SMILE}")
    with pytest.raises(AttnGanError, match="no name that the hub allows"):
        hub.here(hub.address("-owner/name"))
    there.card_problem = "license is unknown"
    with pytest.raises(AttnGanError, match=r"The hub does not take hf:owner/other: Invalid metadata"):
        model().push_to_hub(f"{OWNER}/other")
    assert f"models/{OWNER}/other" not in there.repos
