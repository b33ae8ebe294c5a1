"""A checkpoint comes back exactly; whatever else lies in its folder is refused in a sentence."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from attngan.config import About
from attngan.errors import AttnGanError
from attngan.model import checkpoints
from attngan.model.cards import card
from tests import tiny


class Memory(TorchDispatchMode):
    """Counts the bytes of all tensors that torch makes inside, those on no device aside."""

    bytes = 0

    def __torch_dispatch__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        tensors = [leaf for leaf in tree_leaves(result) if isinstance(leaf, torch.Tensor)]
        self.bytes += sum(tensor.nbytes for tensor in tensors if tensor.device.type != "meta")
        return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checkpoints.save(tmp_path / "model", tiny.model())
    return tmp_path / "model"


def change_tensors(folder: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = safetensors.torch.load_file(folder / "model.safetensors")
    change(tensors)
    safetensors.torch.save_file(tensors, folder / "model.safetensors")


def change_config(folder: Path, part: str, **values: Any) -> None:
    said = json.loads((folder / "config.json").read_text())
    said[part] |= values
    (folder / "config.json").write_text(json.dumps(said))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"classes": 5, "channels": 1},
        {"discriminator_attention": (8,)},
        {"generator_block": "convolution", "generator_noise": (8,)},
    ],
)
def test_a_model_comes_back_exactly(tmp_path: Path, changes: dict[str, Any]):
    saved = tiny.model(**changes)
    checkpoints.save(tmp_path / "model", saved)
    loaded = checkpoints.load(tmp_path / "model")
    assert (loaded.config, loaded.about) == (saved.config, saved.about)
    tiny.assert_same(loaded.generator.state_dict(), saved.generator.state_dict())
    tiny.assert_same(loaded.discriminator.state_dict(), saved.discriminator.state_dict())
    for network in (loaded.generator, loaded.discriminator):
        assert not network.training
        everything = [*network.parameters(), *network.buffers()]
        assert {value.device.type for value in everything} == {"cpu"}
        assert not any(value.requires_grad for value in everything)


def test_a_checkpoint_is_three_files_that_others_may_read(folder: Path):
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "config.json", "model.safetensors"]
    assert [path.name for path in folder.parent.iterdir()] == ["model"]
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in [folder, *folder.iterdir()])


def test_saving_again_replaces_the_model(folder: Path):
    other = tiny.model(seed=11)
    checkpoints.save(folder, other)
    tiny.assert_same(checkpoints.load(folder).generator.state_dict(), other.generator.state_dict())


@pytest.mark.parametrize("network", ["generator", "discriminator"])
def test_a_model_that_is_not_finite_is_not_saved(folder: Path, network: str):
    good = (folder / "model.safetensors").read_bytes()
    broken = tiny.model()
    next(getattr(broken, network).parameters()).data.view(-1)[3] = torch.nan
    with pytest.raises(AttnGanError, match=f"{network}.*not finite"):
        checkpoints.save(folder, broken)
    assert (folder / "model.safetensors").read_bytes() == good


def test_a_run_is_its_finished_model_else_its_newest_snapshot(tmp_path: Path):
    for step in (2, 30, 7):
        checkpoints.save(tmp_path / "snapshots" / f"{step:08d}", tiny.model())
    (tmp_path / "snapshots" / "00000031").mkdir()  # one without a model
    assert checkpoints.find(tmp_path) == tmp_path / "snapshots" / "00000030"
    checkpoints.save(tmp_path / "model", tiny.model())
    assert checkpoints.find(str(tmp_path)) == tmp_path / "model"
    assert checkpoints.find(tmp_path / "model") == tmp_path / "model"


def test_where_there_is_no_model_it_is_told_what_is_missing(tmp_path: Path, folder: Path):
    with pytest.raises(AttnGanError, match=r"There is no folder .*nowhere"):
        checkpoints.load(tmp_path / "nowhere")
    with pytest.raises(AttnGanError, match=r"config\.json is missing"):
        checkpoints.load(tmp_path.parent)
    (folder / "model.safetensors").unlink()
    with pytest.raises(AttnGanError, match=r"model\.safetensors is missing"):
        checkpoints.load(folder)
    with pytest.raises(AttnGanError, match="There is no folder"):
        checkpoints.load(folder / "config.json")


@pytest.mark.parametrize("keep", [0, 4, 100, 5000, -1])
def test_weights_that_were_cut_short_are_refused(folder: Path, keep: int):
    file = folder / "model.safetensors"
    assert file.stat().st_size > 5000
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(AttnGanError, match=r"model\.safetensors is broken or cut short"):
        checkpoints.load(folder)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(997), b"\xff" * 997, b"{}" * 499])
def test_a_foreign_file_is_refused(folder: Path, content: bytes):
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(AttnGanError, match=r"model\.safetensors is broken"):
        checkpoints.load(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tensors: tensors.pop("generator.start.weight"), r"lacks the tensor generator\.start\.weight"),
        (lambda tensors: tensors.update({"generator.extra": torch.zeros(3)}), r"too many, generator\.extra"),
        (lambda tensors: tensors.update({"extra": torch.zeros(3)}), "too many, extra"),
        (
            lambda tensors: tensors.update({"generator.start.bias": torch.zeros(13)}),
            r"generator\.start\.bias is F32 \(13,\), but its config\.json asks for F32 \(256,\)",
        ),
        (
            lambda tensors: tensors.update({"generator.start.bias": torch.zeros(256, dtype=torch.float64)}),
            r"is F64 \(256,\), but",
        ),
        (
            lambda tensors: tensors["discriminator.judge.weight"].fill_(torch.inf),
            r"model\.safetensors: .*discriminator\.judge\.weight are not finite",
        ),
    ],
    ids=["missing", "extra", "foreign", "shape", "dtype", "infinite"],
)
def test_weights_that_do_not_fit_are_refused_by_name(
    folder: Path, change: Callable[[dict[str, torch.Tensor]], object], said: str
):
    change_tensors(folder, change)
    with pytest.raises(AttnGanError, match=said):
        checkpoints.load(folder)


def test_a_config_that_asks_for_more_than_the_file_has_takes_no_memory(folder: Path):
    change_config(folder, "model", width=512, latent_size=1024, image_size=64)
    with Memory() as memory, pytest.raises(AttnGanError, match=r"asks for|lacks"):
        checkpoints.load(folder)
    assert memory.bytes < 1_000_000  # these networks have 500 MB and more


def test_the_memory_that_is_counted_is_that_of_a_model(folder: Path):
    with Memory() as memory:
        tiny.model()
    assert memory.bytes > (folder / "model.safetensors").stat().st_size


@pytest.mark.parametrize(
    ("part", "values", "said"),
    [
        ("model", {"colour": "red"}, "AttnganConfig: colour: Extra"),
        ("model", {"width": 10**12}, "AttnganConfig: width"),
        ("model", {"heads": 2}, "asks for"),
        ("model", {"generator_attention": []}, "too many"),
        ("about", {"seed": "x"}, "about.seed"),
    ],
)
def test_a_config_that_does_not_fit_is_refused_by_field(
    folder: Path, part: str, values: dict[str, Any], said: str
):
    change_config(folder, part, **values)
    with pytest.raises(AttnGanError, match=said):
        checkpoints.load(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": 3}', '{"about": {}}'])
def test_a_damaged_config_is_refused_by_its_path(folder: Path, text: str):
    (folder / "config.json").write_text(text)
    with pytest.raises(AttnGanError, match=r"config\.json: (Contents|Settings)"):
        checkpoints.load(folder)


def test_the_card_says_whose_the_data_is_and_how_it_was_trained():
    about = About(
        name="smile", data="faces", licence="CC BY-SA 4.0", attribution="Open | Moji\nproject",
        seed=13, steps=1009, seconds=61.6, images=64576, command="attngan train",
        metrics={"fd": 7.123456, "memorisation": 0.9, "odd": 2}, real={"fd": 0.0215},
    )  # fmt: skip
    text = card(tiny.model_config(classes=11, generator_attention=(8,)), about)
    assert text.startswith("# smile\n")
    for said in (
        "| Trained on | faces |",
        "CC BY-SA 4.0",
        "| Attribution | Open \\| Moji project |",
        "1009 steps, 64576 pictures seen, 62 seconds",
        "| Seed | 13 |",
        "`attngan train`",
        "| Measured: FD ↓ | 7.123 (real against real: 0.0215) |",
        "| Measured: newness → 1 | 0.9 |",
        "| Measured: odd | 2 |",
        "| Attention in the generator | 8 x 8 |",
        "| Attention in the discriminator | none |",
        "class-conditional (11 classes)",
    ):
        assert said in text


def test_the_card_of_a_model_with_a_convolution_does_not_claim_attention():
    text = card(tiny.model_config(generator_block="convolution", generator_noise=(8,)), About())
    assert "| Attention in the generator | none |" in text
    assert "| Convolution in place of attention | 4 x 4, 8 x 8 |" in text
    assert "| Late noise in the generator | 8 x 8 |" in text


def test_a_halved_model_takes_half_the_bytes_and_comes_back_rounded(folder: Path, tmp_path: Path):
    model = tiny.model(classes=3, clusters=0)
    checkpoints.save(tmp_path / "half", model, half=True)
    loaded = checkpoints.load(tmp_path / "half")
    halved = (tmp_path / "half" / "model.safetensors").stat().st_size
    assert halved < 0.7 * (folder / "model.safetensors").stat().st_size
    for name, value in model.generator.state_dict().items():
        expected = value.half().float() if value.is_floating_point() else value
        assert torch.equal(loaded.generator.state_dict()[name], expected)


@pytest.mark.parametrize("bundled", ["digits", "faces"])
def test_drawing_from_a_checkpoint_does_not_wait_for_torchs_compiler(bundled: str):
    code = (
        "import sys; from attngan import checkpoints, sampling; "
        f"sampling.sample(checkpoints.load('checkpoints/{bundled}'), [3]); "
        "assert 'torch._dynamo' not in sys.modules"
    )
    home = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=home, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
