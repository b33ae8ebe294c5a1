"""Models are put on the hub and come back the same; whatever goes wrong there is told in a sentence."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from huggingface_hub import ModelCard, constants

from attngan import Model
from attngan.config import About
from attngan.data import sources
from attngan.errors import AttnGanError
from attngan.model import checkpoints, hub, pushing, sampling
from tests import tiny, tiny_texts
from tests.conftest import Command
from tests.standin_hub import OWNER, READER, Hub

HOME = Path(__file__).parents[2]
SMILE = f"{OWNER}/smile"
TOKEN = "hf_secret"
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # the client's own


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """A model's files by name."""
    checkpoints.save(tmp_path / "saved", model())
    return {file.name: file.read_bytes() for file in (tmp_path / "saved").iterdir()}


def model() -> Model:
    about = About(
        name="smile", data="faces", licence="CC BY-SA 4.0", attribution="OpenMoji", metrics={"fd": 7.12345}
    )
    made = tiny.model(generator_attention=(8,))
    return Model(made.config, made.generator, made.discriminator, about)


def of_both(first: Model, second: Model) -> bool:
    """Whether both draw the same to the bit."""
    drawn = [sampling.sample(one, range(3)).items for one in (first, second)]
    return torch.equal(*drawn)


def test_a_model_comes_back_from_the_hub_the_same_to_the_bit(there: Hub) -> None:
    pushed = model()
    address = pushed.push_to_hub(SMILE)
    commit, stored = there.repos[f"models/{SMILE}"].commits[-1]
    assert address == f"{there.address}/{SMILE}/commit/{commit}"
    assert set(stored) == {"config.json", "model.safetensors", "README.md", "samples.png"}
    assert of_both(pushed, Model.from_pretrained(SMILE))
    assert of_both(pushed, checkpoints.load(f"hf:{SMILE}@{commit}"))
    assert Model.from_pretrained(SMILE, revision=commit).config == pushed.config


def test_only_config_and_weights_are_brought(there: Hub, files: dict[str, bytes]) -> None:
    there.made(SMILE, files | {"model.bin": pickle.dumps(3), "run.py": b"raise SystemExit(3)"})
    folder = hub.fetched(hub.address(f"hf:{SMILE}"))
    assert {file.name for file in folder.iterdir()} == {"config.json", "model.safetensors"}
    assert not [line for line in there.asked if "model.bin" in line or "run.py" in line]


def test_the_card_is_what_the_hub_searches_by(there: Hub) -> None:
    model().push_to_hub(SMILE)
    stored = there.repos[f"models/{SMILE}"].commits[-1][1]
    card = ModelCard(stored["README.md"].decode())
    said = card.data.to_dict()
    assert said["license"] == "cc-by-sa-4.0"
    assert said["library_name"] == "attngan"
    assert said["pipeline_tag"] == "unconditional-image-generation"
    assert {"gan", "attention", "pictures"} <= set(said["tags"])
    result = said["model-index"][0]["results"][0]
    assert result["metrics"] == [{"type": "fd", "value": 7.1235, "name": "FD ↓"}]
    assert "![Its first" in card.text
    assert f'Model.from_pretrained("{SMILE}")' in card.text
    assert "It knows only its training data" in card.text
    assert stored["samples.png"] == pushing.samples_of(Model.from_pretrained(SMILE))


def test_the_lines_of_the_card_load_it(there: Hub) -> None:
    model().push_to_hub(SMILE)
    text = there.repos[f"models/{SMILE}"].commits[-1][1]["README.md"].decode()
    found: dict[str, object] = {}
    exec(text.split("```python")[1].split("```")[0], found)
    assert len(found["items"]) == 16  # type: ignore[arg-type]


def test_data_of_the_hub_and_what_it_has_no_word_for_are_told_so() -> None:
    place = hub.address(SMILE)
    digits = Model(
        *(getattr(model(), name) for name in ("config", "generator", "discriminator")), About(data="mnist")
    )
    said = ModelCard(pushing.hub_card(digits, place)).data.to_dict()
    assert said["datasets"] == ["ylecun/mnist"]
    assert (said["license"], said["license_name"]) == ("other", "unknown")
    assert {*pushing.DATASETS} <= {source.name for source in sources.catalogue()}
    assert {*pushing.LICENCES} <= {source.licence for source in sources.catalogue()}
    texts = tiny_texts.trained()
    assert ModelCard(pushing.hub_card(texts, place)).data.to_dict()["pipeline_tag"] == "text-generation"


def test_a_name_that_is_taken_is_refused_and_update_adds_a_version(there: Hub) -> None:
    first = model()
    first.push_to_hub(SMILE)
    with pytest.raises(AttnGanError, match=r"owner/smile is there already: .*--update"):
        model().push_to_hub(SMILE)
    second = model()
    second.push_to_hub(SMILE, update=True)
    commits = there.repos[f"models/{SMILE}"].commits
    assert len(commits) == 3
    assert of_both(first, Model.from_pretrained(SMILE, revision=commits[1][0]))
    assert of_both(second, Model.from_pretrained(SMILE))


def test_a_push_that_fails_leaves_nothing(there: Hub) -> None:
    there.refusing_commits = 403
    with pytest.raises(AttnGanError, match="may not write owner/smile"):
        model().push_to_hub(SMILE)
    assert there.repos == {}


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("nobody", "does not know your token"),
        (READER, "may not write owner/smile"),
        ("", "does not know your token"),
    ],
)
def test_who_may_not_write_is_told_so(
    there: Hub, monkeypatch: pytest.MonkeyPatch, token: str, said: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(AttnGanError, match=said):
        model().push_to_hub(SMILE)
    assert there.repos == {}


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


def test_the_command_says_one_sentence_without_the_token(
    there: Hub, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checkpoints.save(tmp_path / "model", model())
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    code, out, error = command("push", "model", SMILE)
    assert (code, out) == (1, "")
    assert error.startswith("Error: Your token may not write owner/smile")
    assert error.count("\n") == 1
    assert TOKEN not in error
    monkeypatch.setenv("HF_TOKEN", OWNER)
    code, out, _ = command("push", "model", SMILE, "--private")
    assert code == 0
    assert out.startswith(f"{there.address}/{SMILE}/commit/")
    assert there.repos[f"models/{SMILE}"].private
    code, _, error = command("push", "model", f"{SMILE}@main")
    assert (code, error) == (1, "Error: A model is put on the hub as OWNER/NAME, without @main.\n")


def test_another_process_finds_it_and_draws_the_same(there: Hub, tmp_path: Path) -> None:
    first = model()
    first.push_to_hub(SMILE)
    environment = os.environ | {
        "HF_ENDPOINT": there.address, "HF_HOME": str(tmp_path / "home"), "HF_HUB_DISABLE_XET": "1",
        "PYTHONPATH": str(HOME),
    }  # fmt: skip
    out = tmp_path / "drawn.npy"
    done = subprocess.run(
        [sys.executable, "-m", "attngan", "sample", f"hf:{SMILE}", "--count", "3", "--out", out],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    import numpy as np

    expected = sampling.items(first, range(3), None)
    np.testing.assert_array_equal(np.load(out), expected.numpy())


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


def test_who_may_read_a_model_is_not_changed_by_a_new_version(there: Hub) -> None:
    model().push_to_hub(SMILE)
    with pytest.raises(AttnGanError, match="is decided on its page"):
        model().push_to_hub(SMILE, private=True, update=True)


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
