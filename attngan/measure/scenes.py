"""How well pictures of scenes show what their captions tell, and where both networks look for a word.

Shapes: N pictures, S pixels high and wide, K things a picture, Q cells of a grid, T words of a caption.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from attngan.data.scenes.checking import check
from attngan.data.scenes.drawing import covered
from attngan.data.scenes.made import Scenes, made
from attngan.data.scenes.parsing import parsed
from attngan.data.scenes.scene import COLOURS, MOST_THINGS, SHAPES, Scene, Things
from attngan.data.scenes.seeing import read
from attngan.data.scenes.swaps import swapped
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid

SEED = 7  # of captions; those of one thing that is not held out are few, so that most were learnt from
ASKED = {"all_one": (1, False), "all_two": (2, False), "held_out_one": (1, True), "held_out_two": (2, True)}
TYPES = ("colour", "shape", "size")  # of words that have a map
COVERED = 0.25  # of a cell, from which on it is one of a thing's: less of it is drawn from its neighbours
CHUNK = 64  # pictures drawn or judged at once

Draw = Callable[[Scenes], NDArray[np.uint8]]  # pictures (N, S, S, 3) of scenes


def measure(model: Model, layout: str, count: int, seed: int = 0) -> dict[str, float]:
    """Of `count` pictures in all: the share that shows all that its caption tells, of one thing and of two
    (`all_one`, `all_two`), and of those with a held-out pair of colour and shape (`held_out_one`, ...).

    `swap_obeyed`: the share that shows as many things in just the colours that the caption tells after a
    colour word was changed, with the same noise; `swap_outside`: the share of pixels outside that thing which
    then changed visibly. And how well words are looked for where their thing is: `looked`. The noise is that
    of `seed`, `seed` + 1, ...
    """
    each = max(1, count // len(ASKED))
    seeds = range(seed, seed + each)
    found = all_right(lambda made: sampling.items(model, seeds, made.captions).numpy(), layout, count)
    scenes = made(each, SEED + 1, layout)
    return found | swaps(model, scenes.captions, seed) | looked(model, layout, each, seed)


def all_right(drawn: Draw, layout: str, count: int) -> dict[str, float]:
    """Of `count` pictures in all, the share of each sort of ASKED that shows all that its caption tells."""
    found = {}
    for name, (things, held_out) in ASKED.items():
        scenes = made(max(1, count // len(ASKED)), SEED, layout, things, held_out)
        found[name] = float(check(drawn(scenes), scenes.facts).all.mean())
    return found


def swaps(model: Model, captions: Sequence[str], seed: int = 0) -> dict[str, float]:
    """`swap_obeyed` and `swap_outside` of these captions; the latter is counted where both pictures are
    right.
    """
    random = np.random.default_rng(seed)
    pairs = [(one, new) for one in captions if (new := swapped(one, random, ("colour",)))]
    seeds = range(seed, seed + len(pairs))
    drawn = [sampling.items(model, seeds, several).numpy() for several in zip(*pairs, strict=True)]
    told = [[_scene(caption) for caption in several] for several in zip(*pairs, strict=True)]
    checks = [check(pictures, scenes) for pictures, scenes in zip(drawn, told, strict=True)]
    moved = np.abs(drawn[0].astype(int) - drawn[1]).max(3) > model.kind.visible  # (N, S, S)
    inside = np.zeros_like(moved)
    for pictures, scenes, others in zip(drawn, told, told[::-1], strict=True):
        covers = cover_of_things(pictures, scenes) > 0
        for row, (scene, other) in enumerate(zip(scenes, others, strict=True)):
            changed = [one != two for one, two in zip(scene.things, other.things, strict=True)]
            inside[row] |= covers[row, : len(changed)][changed].any(0)
    both = checks[0].all & checks[1].all
    outside = moved[both][~inside[both]]
    found = {"swap_obeyed": float(checks[1].colour.mean())}
    return found | ({"swap_outside": float(outside.mean())} if outside.size else {})


def looked(model: Model, layout: str, count: int, seed: int = 0) -> dict[str, float]:
    """How well the words of two things are looked for where their thing is, as overlap (intersection over
    union) of its cells, of which it covers COVERED or more, with as many that look at the word most, or that
    it looks at most.

    `iou_colour_generator` and so on: of the colour word, in pictures that the generator drew rightly, if
    there are any; `iou_colour_discriminator`: in real ones. `..._other`: the overlap with the other thing.
    To compare with: `iou_uniform`, cells by chance, and `iou_centre`, those nearest to the middle.
    """
    scenes = made(count, SEED + 2, layout, MOST_THINGS)
    seeds = range(seed, seed + count)
    size = int(sampling.items(model, seeds[:1], scenes.captions[:1]).shape[1])
    found: dict[str, list[float]] = {}
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        captions, facts = scenes.captions[part], scenes.facts[part]
        drawn = sampling.sample(model, seeds[part], captions)
        pictures = drawn.items.numpy()
        right = check(pictures, facts).all
        real = scenes.pictures(size)[part]
        asked = model.kind.condition(model.config, len(captions), captions)
        judged = model.discriminator(model.kind.encode(torch.from_numpy(real)), asked and asked[1])
        for network, maps, masks, rows in (
            ("generator", drawn.attention, cover_of_things(pictures, facts), right.nonzero()[0]),
            ("discriminator", judged.attention, scenes.masks(size)[part], range(len(real))),
        ):
            weights = word_maps(maps)
            if weights is None:
                continue
            grid = torch.from_numpy(masks.astype(np.float32))
            cells = F.adaptive_avg_pool2d(grid, weights.shape[-1]).flatten(2)  # (N, K, Q)
            for row in rows:
                for name, value in _overlaps(captions[row], weights[row].flatten(1), cells[row], network):
                    found.setdefault(name, []).append(value)
    return {name: float(np.mean(values)) for name, values in sorted(found.items())}


def word_maps(maps: Sequence[AttentionMap]) -> Tensor | None:
    """How much each cell looks at each word, or each word at each cell, (N, T, H, W).

    The mean of the heads, of the coarsest layer between words and cells; None without any.
    """
    for seen in maps:
        weights: Tensor = seen.weights.float().mean(1)
        if isinstance(seen.query_places, Grid) and not isinstance(seen.key_places, Grid):
            return weights.transpose(1, 2).reshape(len(weights), -1, *seen.query_places.shape)
        if isinstance(seen.key_places, Grid) and not isinstance(seen.query_places, Grid):
            return weights.reshape(len(weights), -1, *seen.key_places.shape)
    return None


def cover_of_things(pictures: NDArray[np.uint8], scenes: Sequence[Scene]) -> NDArray[np.float32]:
    """How much of each pixel the things of the scenes cover in the pictures, where they are seen with their
    colour and shape: (N, K, S, S), 0 for one that is not there.
    """
    seen = read(pictures).things
    wanted = np.full((len(scenes), MOST_THINGS), -1)  # which of the things that are seen each is
    for row, scene in enumerate(scenes):
        for number, thing in enumerate(scene.things):
            colour, shape = COLOURS.index(thing.colour), SHAPES.index(thing.shape)
            (same,) = ((seen.colour[row] == colour) & (seen.shape[row] == shape)).nonzero()
            wanted[row, number] = same[0] if len(same) else -1
    rows = np.arange(len(scenes))[:, None]
    there = wanted >= 0
    colours, shapes, sizes = (
        np.where(there, each[rows, wanted], -1) for each in (seen.colour, seen.shape, seen.size)
    )
    things = Things(colours, shapes, sizes, seen.x[rows, wanted], seen.y[rows, wanted])
    return covered(things, pictures.shape[1])


def _scene(caption: str) -> Scene:
    told = parsed(caption)
    assert told is not None, caption
    return told.scene


def _overlaps(caption: str, weights: Tensor, cells: Tensor, network: str) -> list[tuple[str, float]]:
    """The overlaps of the words of one caption, whose weights (T, Q) are given with how much of each cell the
    things cover, (K, Q).
    """
    told = parsed(caption)
    assert told is not None, caption
    true = [(part >= COVERED) | (part == part.max()) & (part > 0) for part in cells]
    found = []
    for place, word in enumerate(told.words):
        if word.tells not in TYPES or word.thing is None:
            continue
        own, other = true[word.thing], true[1 - word.thing]
        name = f"iou_{word.tells}_{network}"
        found += [(name, _overlap(weights[place], own)), (f"{name}_other", _overlap(weights[place], other))]
        if network == "discriminator" and word.tells == "shape":
            found += [("iou_centre", _overlap(_central(len(own)), own)), ("iou_uniform", _by_chance(own))]
    return found


def _overlap(weights: Tensor, true: Tensor) -> float:
    """Overlap of the true cells (Q,) with as many of those that have the most weight."""
    count = int(true.sum())
    if not count:
        return 0.0
    named = torch.zeros_like(true)
    named[weights.topk(count).indices] = True
    return float((named & true).sum() / (named | true).sum())


def _central(cells: int) -> Tensor:
    """Weights (Q,) of the cells of a square grid, the larger the nearer they are to the middle."""
    along = torch.arange(round(cells**0.5)) - (round(cells**0.5) - 1) / 2
    away: Tensor = along[:, None].square() + along.square()
    return -away.flatten()


def _by_chance(true: Tensor) -> float:
    """The overlap of true cells with as many by chance, on average nearly."""
    share = float(true.float().mean())
    return share / (2 - share)
