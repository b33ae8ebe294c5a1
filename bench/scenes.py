"""How surely scenes are read back into facts: as drawn, blurred, noisy, and with other pictures' captions.

`python bench/scenes.py` prints a table of shares in [0, 1] (docs/captions.md) and how long reading takes.
"""

import argparse
import time

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from attngan.data.pixels import Pixels
from attngan.data.scenes.checking import check
from attngan.data.scenes.made import made
from attngan.data.scenes.placement import LAYOUTS
from attngan.data.scenes.seeing import read

BLURS = (0.5, 0.75, 1.0, 1.5)  # standard deviation in pixels
NOISES = (10, 20, 40, 60)  # standard deviation in grey levels
LIVE = 32  # pictures that are read at once while a network trains


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=3000, help="pictures of each layout")
    asked.add_argument("--size", type=int, default=32, help="pixels")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    random = np.random.default_rng(given.seed)
    for layout in LAYOUTS:
        print(f"\n{layout}: {given.count} pictures of {given.size} pixels")
        for number, things in enumerate(("one thing", "two things"), 1):
            scenes = made(given.count, given.seed, layout, number)
            pictures = scenes.pictures(given.size)
            rows = {f"{things}, as drawn": pictures, "  a stray pixel": strayed(pictures, random)}
            rows |= {f"  blur {blur}": blurred(pictures, blur) for blur in BLURS}
            rows |= {f"  noise {noise}": noisy(pictures, noise, random) for noise in NOISES}
            rows["  another's caption"] = np.roll(pictures, 1, 0)
            for name, changed in rows.items():
                shares = check(changed, scenes.facts).shares()
                print(f"{name:22}" + "  ".join(f"{fact} {share:.3f}" for fact, share in shares.items()))
    few = made(LIVE, given.seed).pictures(given.size)
    start = time.process_time()
    for _ in range(10):
        read(few)
    print(f"\n{LIVE} pictures are read in {(time.process_time() - start) * 100:.1f} ms of processor time")


def blurred(pictures: Pixels, pixels: float) -> Pixels:
    """Pictures smoothed by a Gaussian."""
    smooth: NDArray[np.float64] = ndimage.gaussian_filter(pictures.astype(float), (0, pixels, pixels, 0))
    return smooth.round().clip(0, 255).astype(np.uint8)


def noisy(pictures: Pixels, levels: float, random: np.random.Generator) -> Pixels:
    """Pictures under Gaussian noise."""
    return (pictures + random.normal(0, levels, pictures.shape)).round().clip(0, 255).astype(np.uint8)


def strayed(pictures: Pixels, random: np.random.Generator) -> Pixels:
    """Pictures with one pixel of another colour each, anywhere."""
    count, size = pictures.shape[:2]
    changed = pictures.copy()
    places = np.arange(count), random.integers(size, size=count), random.integers(size, size=count)
    changed[places] = random.integers(0, 256, (count, 3))
    return changed


if __name__ == "__main__":
    main()
