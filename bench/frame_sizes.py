"""How large frames are in their own format, against the same tensors as safetensors.

    python bench/frame_sizes.py [checkpoints/digits checkpoints/faces]

Both gzipped at the same level. The header of a frame goes into the metadata of safetensors, as one text,
since that holds texts alone.
"""

import argparse
import gzip
import json
from pathlib import Path

import safetensors.numpy

from attngan.explain import frames
from attngan.model import checkpoints, sampling


def as_safetensors(sample: sampling.Sample) -> bytes:
    """The tensors and the header of a sample's frame as gzipped safetensors."""
    frame = frames.decode(frames.encode(sample))
    tensors = {"items": frame.items}
    for layer, seen in zip(frame.layers, sample.attention, strict=True):
        scales, levels = frames.quantise(seen.weights)
        tensors |= {f"{layer.name}.scale": scales, f"{layer.name}.weights": levels}
        if layer.lengths is not None:
            tensors[f"{layer.name}.lengths"] = layer.lengths
    said = {name: value for name, value in frame.header.items() if name != "offsets"}
    return gzip.compress(safetensors.numpy.save(tensors, {"frame": json.dumps(said)}), frames.FAST, mtime=0)


def main() -> None:
    """One line a model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("models", nargs="*", type=Path, default=["checkpoints/digits", "checkpoints/faces"])
    for path in parser.parse_args().models:
        sample = sampling.sample(checkpoints.load(path), range(16))
        own, other = len(frames.encode(sample)), len(as_safetensors(sample))
        print(f"{path}: {own} bytes, as safetensors {other}, {other / own:.4f} times")


if __name__ == "__main__":
    main()
