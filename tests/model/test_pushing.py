"""Models are put on the hub and come back the same; what fails leaves nothing and is told in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import ModelCard

from attngan import Model
from attngan.config import About
from attngan.data import sources
from attngan.errors import AttnGanError
from attngan.model import checkpoints, hub, pushing, sampling
from tests import tiny_texts
from tests.conftest import Command
from tests.standin_hub import OWNER, READER, Hub
from tests.tiny_smile import SMILE, model, of_both

HOME = Path(__file__).parents[2]
TOKEN = "hf_secret"
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # the client's own


def test_a_model_comes_back_from_the_hub_the_same_to_the_bit(there: Hub) -> None:
    pushed = model()
    address = pushed.push_to_hub(SMILE)
    commit, stored = there.repos[f"models/{SMILE}"].commits[-1]
    assert address == f"{there.address}/{SMILE}/commit/{commit}"
    assert set(stored) == {"config.json", "model.safetensors", "README.md", "samples.png"}
    assert of_both(pushed, Model.from_pretrained(SMILE))
    assert of_both(pushed, checkpoints.load(f"hf:{SMILE}@{commit}"))
    assert Model.from_pretrained(SMILE, revision=commit).config == pushed.config


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
    expected = sampling.items(first, range(3), None)
    np.testing.assert_array_equal(np.load(out), expected.numpy())


def test_who_may_read_a_model_is_not_changed_by_a_new_version(there: Hub) -> None:
    model().push_to_hub(SMILE)
    with pytest.raises(AttnGanError, match="is decided on its page"):
        model().push_to_hub(SMILE, private=True, update=True)
