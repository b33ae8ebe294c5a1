"""Where a generator looked: an AttentionMap and a place in, arrays out.

Shapes: H x W pixels, C channels, N heads, Q queries, K keys.
"""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from jaxtyping import Float, UInt8
from matplotlib import colormaps
from matplotlib.figure import Figure

from attngan.errors import AttnGanError
from attngan.model.sampling import Sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Columns, Grid, Place, Places, Words, index_at

COLOURS = "magma"  # even steps for the eye, safe for colour-blind people
SHADE, TINT = 0.6, 0.75  # as in demo/canvas/js/heat.js
CREDIT_LETTERS = 190  # in a line of a figure
HATCH, HATCH_COLOUR = 0.75, np.array([190, 190, 200])  # as in demo/canvas/js/hatch.js


def find_layer(attention: tuple[AttentionMap, ...], name: str | None = None) -> AttentionMap:
    """The layer of this name, or the finest one; raises AttnGanError where there is none."""
    names = [layer.name for layer in attention]
    if not names:
        raise AttnGanError("This model was trained without attention, so there is nothing to see of it.")
    if name is not None and name not in names:
        raise AttnGanError(f"This model has no attention layer {name}: it has {', '.join(names)}.")
    return attention[-1 if name is None else names.index(name)]


def weights_of(attention: AttentionMap, item: int, head: int | None = None) -> Float[torch.Tensor, "Q K"]:
    """Weights (Q, K) of one item in one head, or their mean over the heads; raises AttnGanError."""
    if not 0 <= item < len(attention.weights):
        raise AttnGanError(f"There are pictures 0 to {len(attention.weights) - 1}, not {item}.")
    weights = attention.weights[item].float()
    if head is None:
        return weights.mean(0)
    if not 0 <= head < len(weights):
        raise AttnGanError(f"Layer {attention.name} has heads 0 to {len(weights) - 1}, not {head}.")
    return weights[head]


def heatmap(
    attention: AttentionMap, item: int, place: Place, whole: Places, head: int | None = None
) -> np.ndarray:
    """Where a place of an item looks, whose places are `whole`: float32 of the keys' shape, summing to 1."""
    query = index_at(attention.query_places, place, whole)
    return weights_of(attention, item, head)[query].reshape(attention.key_places.shape).numpy()


def received(
    attention: AttentionMap, item: int, place: Place, whole: Places, head: int | None = None
) -> np.ndarray:
    """Who looks at a place of an item: float32 of the queries' shape, the weight that each gives to its
    key.
    """
    key = index_at(attention.key_places, place, whole)
    return weights_of(attention, item, head)[:, key].reshape(attention.query_places.shape).numpy()


def of_words(attention: tuple[AttentionMap, ...]) -> tuple[AttentionMap, ...]:
    """The layers in which a picture's cells look at words; raises AttnGanError where there are none."""
    found = [layer for layer in attention if isinstance(layer.key_places, Words)]
    if not found or isinstance(found[0].query_places, Columns):
        raise AttnGanError("The pixels of this model look at no words, so a word has no heatmap.")
    return tuple(found)


def word_map(attention: AttentionMap, item: int, word: int, head: int | None = None) -> np.ndarray:
    """How much each place looks at a word of the text of an item: float32 of the queries' shape."""
    return received(attention, item, word, attention.key_places.of(item), head)


def entropy(attention: AttentionMap) -> Float[np.ndarray, " N"]:
    """Mean entropy of the weights by head, float32 (N,): 0 looks at one cell, 1 at all of them alike."""
    weights = attention.weights.float()
    entropies = -torch.xlogy(weights, weights).sum(-1)  # (B, N, Q), in nats
    parts: np.ndarray = (entropies.mean((0, 2)) / np.log(max(2, weights.shape[-1]))).numpy()
    return parts


def overlay(
    image: UInt8[np.ndarray, "H W C"], heat: Float[np.ndarray, "..."], strength: float = 0.8
) -> UInt8[np.ndarray, "H W 3"]:
    """The picture uint8 (H, W, C) with the heatmap (h, w) on it, as the page shows it: uint8 (H, W, 3).

    A cell is darker the less it has, in colour only above the even share (the largest value is the brightest
    colour), and hatched below it where the picture is large enough for lines. Cells are stretched without
    smoothing. `strength` in [0, 1]: 0 is the bare picture. Raises AttnGanError for a map over words.
    """
    if heat.ndim != 2:
        raise AttnGanError("A map over words lies nowhere in a picture: choose a layer that looks at cells.")
    height, width = image.shape[:2]
    rows = np.arange(height) * heat.shape[0] // height
    columns = np.arange(width) * heat.shape[1] // width
    scaled = heat / max(float(heat.max()), 1e-12)
    even = max(float(scaled.mean()), 1e-12)
    level = scaled[rows][:, columns]
    shade = strength * SHADE * (1 - np.sqrt(level))
    tint = strength * TINT * ((level - even) / max(1 - even, 1e-12)).clip(0, 1) ** 0.6
    colours = colormaps[COLOURS](level)[..., :3] * 255
    mixed = ((1 - shade) * (1 - tint))[..., None] * image + tint[..., None] * colours
    spacing = height // 36
    if spacing > 2:
        lined = np.add.outer(np.arange(height), np.arange(width)) % spacing == 0
        hatch = HATCH * lined * strength * (1 - level / even).clip(0, 1)
        mixed += hatch[..., None] * (HATCH_COLOUR - mixed)
    pixels: np.ndarray = mixed.round().clip(0, 255).astype(np.uint8)
    return pixels


def figure_of(
    drawn: Sample, heat: np.ndarray, keys: Places, place: Place, title: str = "", credit: str = ""
) -> Figure:
    """A matplotlib figure of the first item of a sample, with its heatmap over `keys` at a place."""
    if isinstance(keys, Grid):
        pixel = place if isinstance(place, tuple) else None
        return figure(drawn.items[0].numpy(), heat, pixel, title, credit=credit)
    read = keys.names if isinstance(keys, Columns) else keys.texts[0]
    if isinstance(place, tuple):
        return text_figure(read, heat, f"{title}\npixel {place[0]}, {place[1]}", credit)
    (text,) = drawn.kind.texts(drawn.items[:1]) or [[]]
    written = "".join(text)
    marked = f"{written[:place]}[{written[place : place + 1]}]{written[place + 1 :]}"
    return text_figure(read, heat, f"{title}\n{marked}", credit)


def word_figure(
    drawn: Sample, attention: AttentionMap, word: int, head: int | None = None, credit: str = ""
) -> Figure:
    """A matplotlib figure of who looks at a word, or character, that the first item of a sample was made of.

    `attention` is of a layer that looks at words. Raises AttnGanError for a word or head that is not there.
    """
    assert isinstance(attention.key_places, Words)
    read = attention.key_places.texts[0]
    if not 0 <= word < len(read):
        raise AttnGanError(f"There are words 0 to {len(read) - 1}, not {word}.")
    heat, shown = word_map(attention, 0, word, head), f"who looks at “{read[word]}”"
    if isinstance(attention.query_places, Grid):
        return figure(drawn.items[0].numpy(), heat, None, shown=shown, credit=credit)
    (places,) = drawn.kind.texts(drawn.items[:1]) or [[]]
    written = "".join(places)
    return text_figure(written, heat[: len(written)], shown, credit)


def text_figure(read: Sequence[str], heat: np.ndarray, title: str = "", credit: str = "") -> Figure:
    """A matplotlib figure: the characters or words that were read, each with its weight as a bar; `credit`
    stands small beneath.
    """
    drawn = Figure(figsize=(max(6.0, 0.22 * len(read)), 3), layout="constrained")
    axes = drawn.subplots()
    axes.bar(range(len(read)), heat, color=colormaps[COLOURS](0.6))
    axes.set_xticks(range(len(read)), ["␣" if token == " " else token for token in read])
    if any(len(token) > 1 for token in read):
        axes.tick_params("x", rotation=45)
    axes.set_ylabel("attention weight")
    axes.set_title(title.strip(), parse_math=False)
    for label in axes.get_xticklabels():
        label.set_parse_math(False)
    return _credited(drawn, credit)


def figure(
    image: np.ndarray,
    heat: np.ndarray,
    pixel: tuple[int, int] | None,
    title: str = "",
    shown: str = "where it looks",
    unit: str = "attention weight",
    credit: str = "",
) -> Figure:
    """A matplotlib figure: picture (H, W, C) with its pixel (x, y) marked, if there is one, heatmap, and both
    in one.

    `shown` says what the heatmap is, `unit` what its colours stand for; `credit` stands small beneath.
    """
    drawn = Figure(figsize=(9, 3.4), layout="constrained")
    axes = drawn.subplots(1, 3)
    picture: Any = image[..., 0] if image.shape[-1] == 1 else image
    axes[0].imshow(picture, cmap="gray", vmin=0, vmax=255)
    axes[0].set_title("picture" if pixel is None else f"pixel {pixel[0]}, {pixel[1]}")
    scale = axes[1].imshow(heat, cmap=COLOURS, vmin=0)
    axes[1].set_title(shown, parse_math=False)
    drawn.colorbar(scale, ax=axes[1], label=unit)
    axes[2].imshow(overlay(image, heat))
    axes[2].set_title("both")
    for place in (0, 2) if pixel else ():
        axes[place].plot(*(pixel or ()), "o", mfc="none", mec="#ff3b6b", mew=2, ms=9)
    for place in axes:
        place.set_xticks([])
        place.set_yticks([])
    if title:
        drawn.suptitle(title)
    return _credited(drawn, credit)


def _credited(drawn: Figure, credit: str) -> Figure:
    if credit:
        beneath = drawn.supxlabel(textwrap.fill(credit, CREDIT_LETTERS), x=0.01, ha="left", fontsize=6)
        beneath.set_parse_math(False)  # a name may have dollars
    return drawn
