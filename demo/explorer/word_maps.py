"""How right a model's maps of words are, where that was measured: whether they lie on what they tell of."""

from typing import Any

from attngan.data.scenes.parsing import sorts
from demo import shelf

NETWORKS = ("generator", "discriminator")


def word_maps_of(shelved: shelf.Shelved) -> dict[str, Any] | None:
    """The sort of each word, by sort and network the overlap of its maps with its thing, and that by chance;
    None where none of it was measured.
    """
    known = shelved.metrics
    overlaps = {
        sort: {one: known[name] for one in NETWORKS if (name := f"iou_{sort}_{one}") in known}
        for sort in dict.fromkeys(sorts().values())
    }
    measured = {sort: found for sort, found in overlaps.items() if len(found) == len(NETWORKS)}
    if not measured or "iou_uniform" not in known:
        return None
    words = {word: sort for word, sort in sorts().items() if sort in measured}
    return {"sorts": words, "overlaps": measured, "chance": known["iou_uniform"]}
