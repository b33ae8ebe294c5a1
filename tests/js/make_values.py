"""Writes what Python reads from a frame, for the browser's modules to be tested against.

    python tests/js/make_values.py

tests/explain/test_values_for_node.py fails when values.json says otherwise. All weights and values are
quotients of small whole numbers, so that the bytes are the same on every processor.

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
from attngan.model.sampling import Sample
from attngan.nn.attention import AttentionMap

FILE = Path(__file__).with_name("values.json")
M, A = 3, 2
HEIGHT, WIDTH, CHANNELS = 5, 7, 3
LAYERS = {"2": ((2, 3), (1, 3), 2, -0.625), "5": ((5, 7), (3, 2), 3, 0.75)}  # queries, keys, N, gate
PIXELS = ((0, 0), (4, 1), (6, 4))  # x, y; in one cell with their middles, which the browser points at


def attention_map(name: str) -> AttentionMap:
    """A layer whose weights sum to 1, but for one query that may look nowhere."""
    queries, keys, heads, gate = LAYERS[name]
    shape = (M, heads, queries[0] * queries[1], keys[0] * keys[1])
    parts = torch.arange(M * heads * shape[2] * shape[3]).reshape(shape)
    parts = (parts * 7919 % 101 * (parts * 31 % 13) + 1).float()
    weights = parts / parts.sum(-1, keepdim=True)
    weights[0, 1, 4] = 0
    values = (torch.arange(M * heads * shape[3] * 2) * 17 % 11 - 5).float().reshape(M, heads, shape[3], 2)
    output = (torch.arange(heads * 2 * 3) * 13 % 7 - 3).float().reshape(heads, 2, 3)
    none = torch.empty(0)
    return AttentionMap(name, queries, keys, weights, none, none, values, output, torch.tensor(gate))


def frame_bytes(attention: Attention) -> bytes:
    """The frame as the browser sees it, which is gunzipped."""
    pictures = torch.arange(M * HEIGHT * WIDTH * CHANNELS).mul(89).remainder(251).to(torch.uint8)
    images = pictures.reshape(M, HEIGHT, WIDTH, CHANNELS)
    return gzip.decompress(frames.encode(Sample(images, attention, (2, 3, 5), (1, 0, 1)), A, step=1009))


def quantised(attention: Attention) -> Attention:
    """The layers with the weights that a frame keeps of them."""
    kept = []
    for layer in attention:
        scales, levels = (torch.from_numpy(part) for part in frames.quantise(layer.weights))
        kept.append(replace(layer, weights=scales[..., None] * levels.float() / frames.LEVELS))
    return tuple(kept)


def of_picture(attention: Attention, picture: int) -> Attention:
    """The layers of one picture alone."""
    part = slice(picture, picture + 1)
    return tuple(replace(one, weights=one.weights[part], values=one.values[part]) for one in attention)


def values() -> dict[str, Any]:
    """The frame, one pixel of each of its pictures, and of every layer what each mode reads."""
    attention = tuple(map(attention_map, LAYERS))
    data = frame_bytes(attention)
    pictures = frames.decode(gzip.compress(data)).pictures
    readings, spreads = [], []
    for picture in range(A):
        seen = of_picture(quantised(attention), picture)
        for layer in seen:
            if (layer.weights.sum(-1) > 0).all():  # the browser counts those queries alone that look anywhere
                spreads.append({"picture": picture, "layer": layer.name, "heads": rounded(entropy(layer))})
            for index, mode in enumerate(MODES):
                head = None if mode == "rollout" else (None, 1, 0)[(index + picture) % 3]
                for pixel in PIXELS:
                    found = reading(seen, pixel, (HEIGHT, WIDTH), layer.name, head, mode)
                    asked = {
                        "mode": mode,
                        "picture": picture,
                        "layer": layer.name,
                        "head": head,
                        "pixel": pixel,
                    }
                    readings.append(asked | {"grid": found.shape, "map": rounded(found.ravel())})
    return {
        "frame": base64.b64encode(data).decode(),
        "pixels": [
            {"x": x, "y": y, "colour": pictures[at, y, x].tolist()} for at, (x, y) in enumerate(PIXELS)
        ],
        "spreads": spreads,
        "readings": readings,
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
