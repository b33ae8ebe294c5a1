"""A frame: pictures and their attention in one compact binary value.

The same bytes serve the live view of a run, its timeline, the explorer and exports. Gunzipped they are

    uint32 length of the header | header, JSON | uint8 pictures (M, H, W, C) |
    for each layer: float32 scales (A, N, Q) | uint8 levels (A, N, Q, K) | float32 lengths (A, N, K)

little-endian, each section at a multiple of 4 bytes. A weight is scale * level / 255: every query has
its own scale, its largest weight, so that small weights are not lost. The lengths are what the values
carry (attngan.explain.contribution); frames written before they were kept have none.

Shapes: M pictures, A of them with attention, N heads, Q queries, K keys, H x W pixels, C channels.
"""

import gzip
import json
import math
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

import numpy as np
import torch
from pydantic import ConfigDict, Field

from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.explain.contribution import carried_lengths
from attngan.model.sampling import Sample

VERSION = 1
LEVELS = 255
FAST, SMALL = 1, 9  # gzip levels: frames are written while the network trains, and kept in timelines

Count = Annotated[int, Field(ge=0, lt=2**31)]
Grid = tuple[Count, Count]  # height, width


@dataclass(frozen=True)
class Layer:
    """Weights float32 (A, N, Q, K) of one attention layer and what its header entry says.

    `lengths` float32 (A, N, K) are of what its values carry, None in a frame written without them.
    """

    name: str
    weights: np.ndarray
    query_size: tuple[int, int]
    key_size: tuple[int, int]
    gate: float
    lengths: np.ndarray | None = None


@dataclass(frozen=True)
class Frame:
    """A decoded frame: pictures uint8 (M, H, W, C), its layers, and its header as it was written."""

    pictures: np.ndarray
    layers: tuple[Layer, ...]
    header: dict[str, Any]


class _LayerHeader(Settings):
    name: str
    heads: Count
    query: Grid
    key: Grid
    gate: float


class _LayerOffsets(Settings):
    scale: Count
    weights: Count
    lengths: Count | None = None


class _Offsets(Settings):
    pictures: Count
    layers: tuple[_LayerOffsets, ...]


class _Header(Settings):
    """What must stand in a header for its sections to be found; more may."""

    model_config = ConfigDict(extra="ignore")

    version: Literal[1]
    count: Count
    attended: Count
    height: Count
    width: Count
    channels: Count
    layers: tuple[_LayerHeader, ...]
    offsets: _Offsets


def encode(sample: Sample, attended: int | None = None, **extra: Any) -> bytes:
    """The frame of a sample, gzipped; the first `attended` pictures (default all) keep their attention.

    `extra` entries are added to the header.
    """
    count = len(sample.images)
    attended = count if attended is None else max(0, min(attended, count))
    layers = tuple(
        Layer(
            attention.name,
            attention.weights[:attended].float().numpy(),
            attention.query_size,
            attention.key_size,
            round(attention.gate.item(), 4),
            carried_lengths(attention)[:attended].numpy(),
        )
        for attention in sample.attention
    )
    return _pack(sample.images.numpy(), layers, {"seeds": sample.seeds, "labels": sample.labels} | extra)


def thin(data: bytes, attended: int) -> bytes:
    """A frame with the attention of its first `attended` pictures only, packed as small as can be."""
    frame = decode(data)
    layers = tuple(
        replace(
            layer,
            weights=layer.weights[:attended],
            lengths=None if layer.lengths is None else layer.lengths[:attended],
        )
        for layer in frame.layers
    )
    return _pack(frame.pictures, layers, frame.header, SMALL)


def _pack(pictures: np.ndarray, layers: tuple[Layer, ...], extra: dict[str, Any], level: int = FAST) -> bytes:
    count, height, width, channels = pictures.shape
    sections: list[dict[str, np.ndarray]] = [{"pictures": pictures}]
    described = []
    for layer in layers:
        scales, levels = quantise(torch.from_numpy(layer.weights))
        sections.append({"scale": scales, "weights": levels})
        if layer.lengths is not None:
            sections[-1]["lengths"] = layer.lengths.astype("<f4")
        described.append(
            {
                "name": layer.name,
                "heads": layer.weights.shape[1],
                "query": layer.query_size,
                "key": layer.key_size,
                "gate": layer.gate,
            }
        )
    header = extra | {
        "version": VERSION,
        "count": count,
        "attended": len(layers[0].weights) if layers else count,
        "height": height,
        "width": width,
        "channels": channels,
        "layers": described,
    }
    body, starts = _join([section for part in sections for section in part.values()])
    names = [list(part) for part in sections]
    return gzip.compress(_with_header(header, names, starts) + body, level, mtime=0)


def decode(data: bytes) -> Frame:
    """The frame of these bytes; raises AttnGanError where they are none."""
    try:
        raw = gzip.decompress(data)
        (length,) = struct.unpack_from("<I", raw)
        text = raw[4 : 4 + length]
        header = _Header.parse(text)
        shape = (header.count, header.height, header.width, header.channels)
        pictures = _section(raw, header.offsets.pictures, shape, np.dtype("u1"))
        layers = []
        for about, offset in zip(header.layers, header.offsets.layers, strict=True):
            rows = (header.attended, about.heads, math.prod(about.query))
            scales = _section(raw, offset.scale, rows, np.dtype("<f4"))
            levels = _section(raw, offset.weights, (*rows, math.prod(about.key)), np.dtype("u1"))
            lengths = None
            if offset.lengths is not None:
                lengths = _section(raw, offset.lengths, (rows[0], rows[1], levels.shape[-1]), np.dtype("<f4"))
            if not (np.isfinite(scales).all() and (lengths is None or np.isfinite(lengths).all())):
                raise ValueError(f"layer {about.name} has weights that are not finite")
            weights = scales[..., None] * (levels.astype(np.float32) / LEVELS)
            layers.append(Layer(about.name, weights, about.query, about.key, about.gate, lengths))
    except (OSError, EOFError, zlib.error, struct.error, ValueError, OverflowError, AttnGanError) as error:
        raise AttnGanError(f"These bytes are no frame: {error}") from error
    return Frame(pictures, tuple(layers), json.loads(text))


def quantise(weights: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Scales float32 (..., Q) and levels uint8 (..., Q, K) of weights (..., Q, K) in [0, 1]."""
    scales = weights.amax(-1)
    levels = (weights / scales.clamp_min(1e-12)[..., None] * LEVELS).round().to(torch.uint8)
    return scales.numpy().astype("<f4"), levels.numpy()


def _join(sections: list[np.ndarray]) -> tuple[bytes, list[int]]:
    """The sections behind one another, each from a multiple of 4 bytes, and where each starts."""
    parts, offsets, position = [], [], 0
    for section in sections:
        data = section.tobytes()
        offsets.append(position)
        parts.append(data + bytes(-len(data) % 4))
        position += len(parts[-1])
    return b"".join(parts), offsets


def _with_header(header: dict[str, Any], names: list[list[str]], starts: list[int]) -> bytes:
    """The header's length and text; the text holds offsets that depend on its length, so it is padded.

    `names` are those of the sections, first the pictures', then each layer's.
    """

    def text(body: int) -> bytes:
        places = iter(starts)
        pictures, *layers = ({name: body + next(places) for name in part} for part in names)
        whole = header | {"offsets": pictures | {"layers": layers}}
        return json.dumps(whole, separators=(",", ":"), allow_nan=False).encode()

    room = len(text(10**9)) + 4  # offsets of ten digits are longer than any that follow
    room += -room % 4
    return struct.pack("<I", room - 4) + text(room).ljust(room - 4)


def _section(raw: bytes, offset: int, shape: tuple[int, ...], kind: np.dtype[Any]) -> np.ndarray:
    return np.frombuffer(raw, kind, math.prod(shape), offset).reshape(shape)
