"""The smallest of everything that the tests of the core train, save and draw."""

from typing import Any

import torch
from torch import Tensor

from attngan.config import About, TrainConfig
from attngan.data import ImageSet
from attngan.kinds.pictures.config import PictureConfig
from attngan.kinds.registry import kind_of, parse_config
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Places, Words
from attngan.train.state import TrainState


def model_config(**changes: Any) -> PictureConfig:
    given = {"image_size": 16, "latent_size": 7, "width": 4, "generator_attention": (4, 8), "heads": 3}
    config = parse_config(given | changes)
    assert isinstance(config, PictureConfig)
    return config


def train_config(**changes: Any) -> TrainConfig:
    given = {"steps": 3, "batch": 4, "precision": "float32", "seed": 5}
    return TrainConfig.of(**given | changes)


def pictures(count: int = 13, size: int = 16, channels: int = 3, classes: int = 0) -> ImageSet:
    """Noise in uint8, the same each time; picture i has label i modulo `classes`."""
    rng = torch.Generator().manual_seed(17)
    return ImageSet(
        name="noise",
        images=torch.randint(256, (count, channels, size, size), generator=rng, dtype=torch.uint8),
        labels=torch.arange(count) % classes if classes else None,
        label_names=tuple(f"class {label}" for label in range(classes)),
        licence="CC0 1.0",
        source="Nobody's noise",
    )


def state(model: dict[str, Any] | None = None, **train: Any) -> TrainState:
    return TrainState(model_config(**model or {}), train_config(**train))


def model(seed: int = 5, **changes: Any) -> Model:
    """Networks as they are before training, ready to draw."""
    config = model_config(**changes)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        generator, discriminator = kind_of(config).build(config)
    for network in (generator, discriminator):
        network.eval().requires_grad_(False)
    return Model(config, generator, discriminator, About(name="tiny", data="noise", licence="CC0 1.0"))


def flat(values: Any) -> list[Any]:
    """All leaves of nested dicts and lists, in order."""
    if isinstance(values, dict):
        return [leaf for key in sorted(values, key=str) for leaf in flat(values[key])]
    if isinstance(values, list | tuple):
        return [leaf for value in values for leaf in flat(value)]
    return [values]


def assert_same(left: Any, right: Any) -> None:
    """Both hold equal leaves, tensors to the bit; there is at least one tensor."""
    pairs = list(zip(flat(left), flat(right), strict=True))
    assert any(isinstance(one, Tensor) for one, _ in pairs)
    for one, other in pairs:
        assert torch.equal(one, other) if isinstance(one, Tensor) else one == other


def attention_map(
    name: str,
    queries: Places,
    keys: Places,
    weights: Tensor,
    values: Tensor | None = None,
    output: Tensor | None = None,
    gate: float = 1.0,
) -> AttentionMap:
    """A map of these weights (B, N, Q, K); what is not given is 0, and so is what the weights came from."""
    batch, heads, rows, columns = weights.shape
    values = torch.zeros(batch, heads, columns, 2) if values is None else values
    width = values.shape[-1]
    output = torch.zeros(heads, width, 3) if output is None else output
    nothing = torch.zeros(batch, heads, rows, width)
    return AttentionMap(
        name, queries, keys, weights, nothing, torch.zeros_like(values), values, output, torch.tensor(gate)
    )


def words(model: Model, texts: list[str]) -> Words:
    """The condition of a model that reads these texts."""
    asked = model.kind.condition(model.config, len(texts), texts)
    assert asked is not None
    assert isinstance(asked[1], Words)
    return asked[1]
