"""What the bundled models draw and where they look, a short hash each: the same before and after, to the bit.

    python bench/fingerprints.py > after.txt
    PYTHONPATH=../before python bench/fingerprints.py > before.txt     (another checkout of this project)
    diff before.txt after.txt

On one machine: processors round differently.
"""

import hashlib
from pathlib import Path

import torch

import attngan
from attngan import checkpoints, sampling

SEEDS = range(16)


def mark(tensor: torch.Tensor) -> str:
    """The hash of a tensor's bytes."""
    return hashlib.sha256(tensor.detach().contiguous().numpy().tobytes()).hexdigest()[:16]


def main() -> None:
    """One line a tensor."""
    torch.set_num_threads(1)
    home = Path(attngan.__file__).parents[1]
    for folder in sorted(file.parent for file in (home / "checkpoints").glob("*/config.json")):
        drawn = sampling.sample(checkpoints.load(folder), SEEDS)
        print(folder.name, "pictures", mark(drawn.images))
        for layer in drawn.attention:
            for part in ("weights", "queries", "keys", "values", "output", "gate"):
                print(folder.name, layer.name, part, mark(getattr(layer, part)))


if __name__ == "__main__":
    main()
