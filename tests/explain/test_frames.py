"""A frame comes back as it was, within its quantisation, and other bytes are refused."""

import gzip
import json
import struct
from typing import Any

import numpy as np
import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.contribution import carried_lengths
from attngan.explain.frames import LEVELS, decode, encode, quantise, thin
from attngan.kinds.pictures.kind import PICTURES
from attngan.model.sampling import Sample, sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid
from tests import tiny

M, H, W, C = 5, 7, 11, 3
GRIDS = {"a": (Grid(3, 5), Grid(2, 7)), "b": (Grid(1, 13), Grid(11, 1))}  # queries, keys
HEADS = {"a": 2, "b": 3}


def attention_map(name: str) -> AttentionMap:
    queries, keys = GRIDS[name]
    shape = (M, HEADS[name], len(queries), len(keys))
    weights = torch.randn(shape, generator=torch.Generator().manual_seed(len(name))).mul(3).softmax(-1)
    weights[0, 1, 0] = 0  # a query that may look nowhere
    values = torch.randn((*shape[:2], shape[3], 3), generator=torch.Generator().manual_seed(7))
    output = torch.randn((shape[1], 3, 5), generator=torch.Generator().manual_seed(11))
    return tiny.attention_map(name, queries, keys, weights, values, output, 0.12341)


def some_sample(labels: tuple[int, ...] | None = None) -> Sample:
    images = torch.arange(M * H * W * C).remainder(251).to(torch.uint8).reshape(M, H, W, C)
    return Sample(PICTURES, images, (attention_map("a"), attention_map("b")), (2, 3, 5, 7, 2**53 - 1), labels)


def parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Header and all of the unzipped bytes."""
    raw = gzip.decompress(data)
    (length,) = struct.unpack_from("<I", raw)
    return json.loads(raw[4 : 4 + length]), raw


def remade(change: dict[str, Any], cut: int = 0) -> bytes:
    """A frame whose header says something else; `change` goes into the header."""
    header, raw = parts(encode(some_sample()))
    (length,) = struct.unpack_from("<I", raw)
    text = json.dumps(header | change, separators=(",", ":")).encode().ljust(length)
    body = raw[4 + length :]
    return gzip.compress(struct.pack("<I", len(text)) + text + body[: len(body) - cut])


def test_pictures_and_weights_come_back_within_half_a_level():
    given = some_sample(labels=(1, 0, 1, 0, 1))
    frame = decode(encode(given, step=1009))
    assert np.array_equal(frame.items, given.images.numpy())
    assert [layer.name for layer in frame.layers] == ["a", "b"]
    for layer, seen in zip(frame.layers, given.attention, strict=True):
        assert (layer.query_places, layer.key_places, layer.gate) == (
            seen.query_places,
            seen.key_places,
            0.1234,
        )
        assert layer.weights.shape == seen.weights.shape
        allowed = seen.weights.amax(-1, keepdim=True).numpy() * 0.5 / LEVELS + 1e-7
        assert (np.abs(layer.weights - seen.weights.numpy()) <= allowed).all()
        assert (layer.weights[0, 1, 0] == 0).all()
        assert layer.lengths is not None
        np.testing.assert_allclose(layer.lengths, carried_lengths(seen))
    assert frame.header["seeds"] == [2, 3, 5, 7, 2**53 - 1]
    assert frame.header["labels"] == [1, 0, 1, 0, 1]
    assert frame.header["step"] == 1009


@pytest.mark.parametrize(("attended", "kept"), [(None, 5), (0, 0), (2, 2), (5, 5), (99, 5), (-1, 0)])
def test_the_first_pictures_keep_their_attention(attended: int | None, kept: int):
    frame = decode(encode(some_sample(), attended))
    assert len(frame.items) == M
    assert [len(layer.weights) for layer in frame.layers] == [kept, kept]
    whole = decode(encode(some_sample()))
    assert np.array_equal(frame.layers[1].weights, whole.layers[1].weights[:kept])


@pytest.mark.parametrize("length", range(1, 9))
def test_every_section_begins_at_a_multiple_of_four_whatever_the_headers_length(length: int):
    header, raw = parts(encode(some_sample(), note="x" * length))
    offsets = header["offsets"]
    starts = [offsets["pictures"], *(at for layer in offsets["layers"] for at in layer.values())]
    assert len(starts) == 7
    assert all(start % 4 == 0 for start in starts)
    assert starts == sorted(starts)
    (text,) = struct.unpack_from("<I", raw)
    assert (4 + text) % 4 == 0
    assert starts[0] == 4 + text


def test_the_bytes_lie_where_the_header_says():
    given = some_sample()
    header, raw = parts(encode(given))
    assert raw[header["offsets"]["pictures"] :][: M * H * W * C] == given.images.numpy().tobytes()
    weights = given.attention[1].weights
    at = header["offsets"]["layers"][1]
    scales = struct.unpack_from(f"<{M * 3 * 13}f", raw, at["scale"])
    assert scales == pytest.approx(weights.amax(-1).flatten().tolist())
    levels = raw[at["weights"] :][: weights.numel()]
    assert levels[-1] == round(weights[-1, -1, -1, -1].item() / scales[-1] * 255)
    assert header["layers"][1] == {"name": "b", "heads": 3, "query": [1, 13], "key": [11, 1], "gate": 0.1234}


def test_the_same_sample_gives_the_same_bytes():
    assert encode(some_sample()) == encode(some_sample())


def test_the_largest_weight_of_a_query_is_exact_and_small_ones_are_not_lost():
    scales, levels = quantise(torch.tensor([[0.5, 0.25, 0.0], [0.001, 0.0005, 0.001]]))
    assert scales == pytest.approx([0.5, 0.001])
    assert levels.tolist() == [[255, 128, 0], [255, 128, 255]]


@pytest.mark.parametrize("changes", [{"generator_attention": ()}, {"generator_block": "convolution"}])
def test_a_model_without_attention_has_a_frame_too(changes: dict[str, Any]):
    drawn = sample(tiny.model(channels=1, **changes), [3, 5])
    frame = decode(encode(drawn))
    assert frame.layers == ()
    assert np.array_equal(frame.items, drawn.images.numpy())


def test_a_real_sample_comes_back():
    drawn = sample(tiny.model(classes=3), [3, 5, 7])
    frame = decode(encode(drawn))
    assert np.array_equal(frame.items, drawn.images.numpy())
    for layer in frame.layers:
        np.testing.assert_allclose(layer.weights.sum(-1), 1, atol=0.02)


def test_a_gate_that_is_not_finite_is_no_json():
    given = some_sample()
    seen = given.attention[0]
    broken = AttentionMap(**{**vars(seen), "gate": torch.tensor(torch.nan)})
    with pytest.raises(ValueError, match="JSON"):
        encode(Sample(PICTURES, given.images, (broken,), given.seeds, None))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no gzip at all",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"ab", mtime=0),
        gzip.compress(struct.pack("<I", 10**9) + b"{}", mtime=0),
        gzip.compress(struct.pack("<I", 2) + b"[]", mtime=0),
        gzip.compress(struct.pack("<I", 4) + b"\xff\xfe\xfd\xfc", mtime=0),
        encode(some_sample())[:-20],
        b"\x1f\x8b" + bytes(97),
        remade({"version": 2}),
        remade({"count": "many"}),
        remade({"count": -1}),
        remade({"count": 6000}),
        remade({"count": 2**30, "height": 2**30, "width": 2**30}),
        remade({"layers": []}),
        remade({"layers": 3}),
        remade({"offsets": {"pictures": -4, "layers": []}}),
        remade({"offsets": None}),
        remade({}, cut=9),
    ],
)
def test_foreign_bytes_are_refused(data: bytes):
    with pytest.raises(AttnGanError, match="These bytes are no frame"):
        decode(data)


def test_weights_that_are_not_finite_are_refused():
    header, raw = parts(encode(some_sample()))
    at = header["offsets"]["layers"][1]["scale"]
    broken = raw[:at] + struct.pack("<f", float("nan")) + raw[at + 4 :]
    with pytest.raises(AttnGanError, match="layer b has weights that are not finite"):
        decode(gzip.compress(broken))


def test_a_frame_of_before_lengths_were_kept_still_opens_and_thins():
    offsets = parts(encode(some_sample()))[0]["offsets"]
    for layer in offsets["layers"]:
        del layer["lengths"]
    old = remade({"offsets": offsets})
    for data in (old, thin(old, 2)):
        assert [layer.lengths for layer in decode(data).layers] == [None, None]
    whole = decode(encode(some_sample()))
    assert np.array_equal(decode(old).layers[1].weights, whole.layers[1].weights)


def test_a_header_may_say_more():
    assert decode(remade({"model": "faces"})).header["model"] == "faces"


def test_a_thinned_frame_keeps_every_picture_and_the_first_attention_to_the_bit():
    data = encode(some_sample(), step=1009)
    whole, thinned = decode(data), decode(thin(data, 2))
    assert np.array_equal(thinned.items, whole.items)
    assert thinned.header["attended"] == 2
    assert thinned.header["step"] == 1009
    for few, every in zip(thinned.layers, whole.layers, strict=True):
        assert few.weights.shape[0] == 2
        assert np.array_equal(few.weights, every.weights[:2])
        assert np.array_equal(few.lengths, every.lengths[:2])
