"""Writes what Python reads from two frames, for the browser's modules to be tested against.

    python tests/js/make_values.py

tests/explain/test_values_for_node.py fails when values.json says otherwise. All weights and values are
quotients of small whole numbers, so that the bytes are the same on every processor. In the second frame a
layer looks at the words of captions of unequal length.

Shapes: M pictures, A of them with attention, N heads, Q queries, K keys, D width of a head, C channels.
"""

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from attngan.explain import frames
from attngan.explain.heatmaps import entropy
from attngan.explain.readings import MODES, Attention, reading
from attngan.kinds.pictures.kind import PICTURES
from attngan.model.sampling import Sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid, Places, Words

FILE = Path(__file__).with_name("values.json")
M, A = 3, 2
HEIGHT, WIDTH, CHANNELS = 5, 7, 3
PIXELS = ((0, 0), (4, 1), (6, 4))  # x, y; in one cell with their middles, which the browser points at
TEXTS = (("a", "red", "ball"), ("two",), ("one", "and", "two", "and", "three"))  # the longest is not attended


def attention_map(name: str, queries: Grid, keys: Places, heads: int, gate: float) -> AttentionMap:
    """A layer whose weights sum to 1 and are 0 at padding; one query may look nowhere."""
    shape = (M, heads, len(queries), len(keys))
    parts = torch.arange(M * heads * shape[2] * shape[3]).reshape(shape)
    parts = (parts * 7919 % 101 * (parts * 31 % 13) + 1).float()
    if isinstance(keys, Words):
        parts = parts * keys.present[:, None, None]
    weights = parts / parts.sum(-1, keepdim=True)
    weights[0, 1, 4] = 0
    values = (torch.arange(M * heads * shape[3] * 2) * 17 % 11 - 5).float().reshape(M, heads, shape[3], 2)
    output = (torch.arange(heads * 2 * 3) * 13 % 7 - 3).float().reshape(heads, 2, 3)
    unused = torch.zeros(M, heads, shape[2], 2), torch.zeros_like(values)
    return AttentionMap(name, queries, keys, weights, *unused, values, output, torch.tensor(gate))


def coarse() -> AttentionMap:
    """Layer 2: 2 x 3 queries, 1 x 3 keys, 2 heads."""
    return attention_map("2", Grid(2, 3), Grid(1, 3), 2, -0.625)


def fine() -> AttentionMap:
    """Layer 5: 5 x 7 queries, 3 x 2 keys, 3 heads."""
    return attention_map("5", Grid(5, 7), Grid(3, 2), 3, 0.75)


def captioned() -> AttentionMap:
    """A layer of 2 x 3 queries that look at words with 2 heads."""
    return attention_map("caption", Grid(2, 3), Words.of_texts(TEXTS), 2, 0.875)


def frame_bytes(attention: Attention) -> bytes:
    """The frame as the browser sees it, which is gunzipped."""
    pictures = torch.arange(M * HEIGHT * WIDTH * CHANNELS).mul(89).remainder(251).to(torch.uint8)
    sample = Sample(PICTURES, pictures.reshape(M, HEIGHT, WIDTH, CHANNELS), attention, (2, 3, 5), (1, 0, 1))
    return gzip.decompress(frames.encode(sample, A, step=1009))


def quantised(layer: AttentionMap) -> AttentionMap:
    """What a frame keeps of a layer: weights in levels, words no further than the longest attended."""
    scales, levels = (torch.from_numpy(part) for part in frames.quantise(layer.weights))
    weights = scales[..., None] * levels.float() / frames.LEVELS
    if not isinstance(layer.key_places, Words):
        return replace(layer, weights=weights)
    words = layer.key_places.rows(slice(A)).trimmed()
    keys, values = (part[:A, :, : len(words)] for part in (layer.keys, layer.values))
    kept = weights[:A, ..., : len(words)]
    return replace(layer, key_places=words, weights=kept, queries=layer.queries[:A], keys=keys, values=values)


def readings(attention: Attention) -> list[dict[str, Any]]:
    """What each mode reads of each layer for each pixel, of the pictures that have attention."""
    found = []
    for picture in range(A):
        seen = tuple(quantised(layer).of(picture) for layer in attention)
        for layer in seen:
            for index, mode in enumerate(MODES):
                if mode == "seen" and isinstance(layer.key_places, Words):
                    continue  # a pixel is no word
                head = None if mode == "rollout" else (None, 1, 0)[(index + picture) % 3]
                for pixel in PIXELS:
                    read = reading(seen, pixel, Grid(HEIGHT, WIDTH), layer.name, head, mode)
                    asked = {
                        "mode": mode,
                        "picture": picture,
                        "layer": layer.name,
                        "head": head,
                        "pixel": pixel,
                    }
                    found.append(asked | {"grid": read.shape, "map": rounded(read.ravel())})
    return found


def spreads(attention: Attention) -> list[dict[str, Any]]:
    """The spread of each layer's heads, where every query looks somewhere: others the browser leaves out."""
    seen = [(picture, quantised(layer).of(picture)) for picture in range(A) for layer in attention]
    return [
        {"picture": picture, "layer": layer.name, "heads": rounded(entropy(layer))}
        for picture, layer in seen
        if (layer.weights.sum(-1) > 0).all()
    ]


def values() -> dict[str, Any]:
    """The frames, a pixel of each picture, and what is read of their layers."""
    pictured, worded = (coarse(), fine()), (captioned(), fine())
    data = frame_bytes(pictured)
    pictures = frames.decode(gzip.compress(data)).items
    return {
        "frame": base64.b64encode(data).decode(),
        "pixels": [
            {"x": x, "y": y, "colour": pictures[at, y, x].tolist()} for at, (x, y) in enumerate(PIXELS)
        ],
        "spreads": spreads(pictured),
        "readings": readings(pictured),
        "captioned": base64.b64encode(frame_bytes(worded)).decode(),
        "captioned_readings": readings(worded),
    }


def rounded(numbers: Any) -> list[float]:
    """Numbers in as many digits as float32 is trusted for here."""
    return [round(float(number), 6) for number in numbers]


def text() -> str:
    """What values.json holds: a line for each value."""
    lines = []
    for name, value in values().items():
        if isinstance(value, list):
            inside = ",\n".join("    " + json.dumps(one) for one in value)
            lines.append(f"  {json.dumps(name)}: [\n{inside}\n  ]")
        else:
            lines.append(f"  {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
