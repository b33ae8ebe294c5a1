"""A frame: items and their attention in one compact binary value.

The same bytes serve the live view of a run, its timeline, the explorer and exports. Gunzipped they are

    uint32 length of the header | header, JSON | items, for pictures uint8 (M, H, W, C) |
    for each layer: float32 scales (A, N, Q) | uint8 levels (A, N, Q, K) | float32 lengths (A, N, K)

little-endian, each section at a multiple of 4 bytes. A weight is scale * level / 255: every query has
its own scale, its largest weight, so that small weights are not lost. The lengths are what the values
carry (explain.contribution); frames written before they were kept have none. The header says what the places
of queries and keys are (attngan.nn.places); that of pictures names their height, width and channels, that
of any other kind its `kind` and, as `item`, type, shape and places of one item and perhaps the text to
show at each. Where it is known exactly which of a training's items are `right` (measure.evaluation), it says
that. What else a header may say: the `step` of training that drew the items, and the `scores` that
the discriminator then gave them (`made`) and as many reals (`reals`); the page's `judged`
(demo.explorer.discriminator), `unknown` and `unread` (demo.explorer.studio.unknown_in).

Shapes: M items, A of them with attention, N heads, Q queries, K keys, S the shape of an item.
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
from isal import igzip
from pydantic import ConfigDict, Field, JsonValue

from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.explain.contribution import carried_lengths
from attngan.model.sampling import Sample
from attngan.nn.places import Places, Words, from_json, to_json

VERSION = 1
LEVELS = 255
FAST, SMALL = 1, 9  # levels of igzip, for who waits or trains meanwhile, and of gzip, for what is kept

PICTURES = "pictures"  # the kind of frames that name none
TYPES = {torch.float32: "<f4", torch.int32: "<i4", torch.uint8: "u1"}  # of items

Count = Annotated[int, Field(ge=0, lt=2**31)]


@dataclass(frozen=True)
class Layer:
    """Weights float32 (A, N, Q, K) of one attention layer and what its header entry says.

    `lengths` float32 (A, N, K) are of what its values carry, None in a frame written without them.
    """

    name: str
    weights: np.ndarray
    query_places: Places
    key_places: Places
    gate: float
    lengths: np.ndarray | None = None


@dataclass(frozen=True)
class Frame:
    """A decoded frame: items (M, *S), pictures uint8 (M, H, W, C); its layers; its header as it was
    written.
    """

    items: np.ndarray
    layers: tuple[Layer, ...]
    header: dict[str, Any]


class _LayerHeader(Settings):
    name: str
    heads: Count
    query: JsonValue
    key: JsonValue
    gate: float


class _ItemHeader(Settings):
    """One item of a kind that is no picture."""

    type: Literal["<f4", "<i4", "u1"]
    shape: tuple[Count, ...]
    places: JsonValue
    texts: list[list[str]] | None = None


class _LayerOffsets(Settings):
    scale: Count
    weights: Count
    lengths: Count | None = None


class _Offsets(Settings):
    pictures: Count | None = None
    items: Count | None = None
    layers: tuple[_LayerOffsets, ...]


class _Header(Settings):
    """What must stand in a header for its sections to be found; more may."""

    model_config = ConfigDict(extra="ignore")

    version: Literal[1]
    count: Count
    attended: Count
    kind: str = PICTURES
    height: Count = 0
    width: Count = 0
    channels: Count = 0
    item: _ItemHeader | None = None
    layers: tuple[_LayerHeader, ...]
    offsets: _Offsets


def encode(sample: Sample, attended: int | None = None, **extra: Any) -> bytes:
    """The frame of a sample, gzipped; the first `attended` items (default all) keep their attention.

    `extra` entries are added to the header.
    """
    count = len(sample.items)
    attended = count if attended is None else max(0, min(attended, count))
    layers = tuple(
        _of_first(
            Layer(
                attention.name,
                attention.weights.float().numpy(),
                attention.query_places,
                attention.key_places,
                round(attention.gate.item(), 4),
                carried_lengths(attention).numpy(),
            ),
            attended,
        )
        for attention in sample.attention
    )
    about: dict[str, Any] = {"seeds": sample.seeds, "labels": sample.labels}
    items = sample.items
    if sample.kind.name != PICTURES:
        if items.dtype not in TYPES:
            items = items.float() if items.is_floating_point() else items.int()
        about["kind"] = sample.kind.name
        about["item"] = {
            "type": TYPES[items.dtype],
            "shape": [*sample.items.shape[1:]],
            "places": to_json(sample.places),
            "texts": sample.kind.texts(sample.items),
        }
    return igzip.compress(_pack(items.numpy(), layers, about | extra), FAST, mtime=0)


def thin(data: bytes, attended: int) -> bytes:
    """A frame with the attention of its first `attended` items only, packed as small as can be."""
    frame = decode(data)
    layers = tuple(_of_first(layer, attended) for layer in frame.layers)
    return gzip.compress(_pack(frame.items, layers, frame.header), SMALL, mtime=0)


def _of_first(layer: Layer, items: int) -> Layer:
    """A layer of the first items alone; where places are words, a text for each, with no more padding than
    these need.
    """
    queries, keys = (
        places.rows(slice(items)).trimmed() if isinstance(places, Words) else places
        for places in (layer.query_places, layer.key_places)
    )
    return replace(
        layer,
        query_places=queries,
        key_places=keys,
        weights=layer.weights[:items, :, : len(queries), : len(keys)],
        lengths=None if layer.lengths is None else layer.lengths[:items, :, : len(keys)],
    )


def _pack(items: np.ndarray, layers: tuple[Layer, ...], extra: dict[str, Any]) -> bytes:
    what = "items" if "item" in extra else PICTURES
    sections: list[dict[str, np.ndarray]] = [{what: items}]
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
                "query": to_json(layer.query_places),
                "key": to_json(layer.key_places),
                "gate": layer.gate,
            }
        )
    header = extra | {
        "version": VERSION,
        "count": len(items),
        "attended": len(layers[0].weights) if layers else len(items),
    }
    if what == PICTURES:
        header |= dict(zip(("height", "width", "channels"), items.shape[1:], strict=True))
    header["layers"] = described
    body, starts = _join([section for part in sections for section in part.values()])
    names = [list(part) for part in sections]
    return _with_header(header, names, starts) + body


def decode(data: bytes) -> Frame:
    """The frame of these bytes; raises AttnGanError where they are none."""
    try:
        raw = gzip.decompress(data)
        (length,) = struct.unpack_from("<I", raw)
        text = raw[4 : 4 + length]
        header = _Header.parse(text)
        item = header.item or _ItemHeader.of(
            type="u1",
            shape=(header.height, header.width, header.channels),
            places=[header.height, header.width],
        )
        start = header.offsets.pictures if header.item is None else header.offsets.items
        if start is None:
            raise ValueError("it does not say where its items are")
        items = _section(raw, start, (header.count, *item.shape), np.dtype(item.type))
        layers = []
        for about, offset in zip(header.layers, header.offsets.layers, strict=True):
            queries, keys = from_json(about.query), from_json(about.key)
            rows = (header.attended, about.heads, len(queries))
            scales = _section(raw, offset.scale, rows, np.dtype("<f4"))
            levels = _section(raw, offset.weights, (*rows, len(keys)), np.dtype("u1"))
            lengths = None
            if offset.lengths is not None:
                lengths = _section(raw, offset.lengths, (rows[0], rows[1], levels.shape[-1]), np.dtype("<f4"))
            if not (np.isfinite(scales).all() and (lengths is None or np.isfinite(lengths).all())):
                raise ValueError(f"layer {about.name} has weights that are not finite")
            weights = scales[..., None] * (levels.astype(np.float32) / LEVELS)
            layers.append(Layer(about.name, weights, queries, keys, about.gate, lengths))
    except (OSError, EOFError, zlib.error, struct.error, ValueError, OverflowError, AttnGanError) as error:
        raise AttnGanError(f"These bytes are no frame: {error}") from error
    return Frame(items, tuple(layers), json.loads(text))


def quantise(weights: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Scales float32 (..., Q) and levels uint8 (..., Q, K) of weights (..., Q, K) in [0, 1]."""
    scales = weights.amax(-1) if weights.shape[-1] else weights.new_zeros(weights.shape[:-1])
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

    `names` are those of the sections, first that of the items, then each layer's.
    """

    def text(body: int) -> bytes:
        places = iter(starts)
        items, *layers = ({name: body + next(places) for name in part} for part in names)
        whole = header | {"offsets": items | {"layers": layers}}
        return json.dumps(whole, separators=(",", ":"), allow_nan=False).encode()

    room = len(text(10**9)) + 4  # offsets of ten digits are longer than any that follow
    room += -room % 4
    return struct.pack("<I", room - 4) + text(room).ljust(room - 4)


def _section(raw: bytes, offset: int, shape: tuple[int, ...], kind: np.dtype[Any]) -> np.ndarray:
    return np.frombuffer(raw, kind, math.prod(shape), offset).reshape(shape)
