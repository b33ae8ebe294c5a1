"""What else a model is asked: ways between samples, the truth of its maps, its nearest training pictures."""

import dataclasses
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache, cached

from demo import sheet
from demo.explorer.studio import Selection, Studio, attended, labels_of, unknown_in
from demo.explorer.training_data import training_data
from demo.shelf import Shelved

if TYPE_CHECKING:
    from torch import Tensor

    from attngan.kinds.kind import Kind
    from attngan.measure.neighbours import Gallery

WAY_PICTURES = 25  # on the way between two samples, where their attention fits into one frame
FEWEST_ON_A_WAY = 5
NEAREST = 4  # training pictures


def way(studio: Studio, shelved: Shelved, selection: Selection, last: int, edit: str = "") -> bytes:
    """The gzipped frame of the way from the seed of a selection to another; raises AttnGanError."""
    from attngan.explain import edits, frames
    from attngan.model import sampling

    selection.checked(shelved)
    Selection(last, 1).checked(shelved)
    with studio.model(shelved) as model:
        given = (selection.label, selection.truncation, edits.parse_text(edit).on(model.generator))
        ends = sampling.interpolate(model, selection.seed, last, 2, *given)
        count = max(FEWEST_ON_A_WAY, attended(ends, WAY_PICTURES))
        drawn = sampling.interpolate(model, selection.seed, last, count, *given)
        return frames.encode(drawn, **unknown_in(model, selection))


def truth(studio: Studio, shelved: Shelved, layer: str) -> dict[str, Any]:
    """attngan.explain.faithfulness of a layer as JSON holds it; raises AttnGanError."""
    from attngan.explain.faithfulness import faithfulness

    with studio.model(shelved) as model:
        return dataclasses.asdict(faithfulness(model, layer or None))


def nearest(studio: Studio, shelved: Shelved, selection: Selection) -> dict[str, Any]:
    """The training pictures nearest to a sample: data: addresses, distances, credit; raises AttnGanError.

    The unit of distances is that of attngan.measure.neighbours.
    """
    from attngan.model import sampling

    selection.checked(shelved)
    with studio.model(shelved) as model:
        drawn = sampling.sample(model, [selection.seed], labels_of(model, selection), selection.truncation)
    kind = model.kind
    with studio.looking.one():
        gallery = _gallery(kind, shelved)
        kind.check(model.config, gallery.data)
        found = gallery.nearest(drawn.items, NEAREST)
    return {
        "pictures": [address_of(kind, item) for item in found.items[0]],
        "distances": found.distances[0].tolist(),
        "credit": gallery.data.source,
    }


@cached(LRUCache(2), key=lambda _, shelved: (shelved.key, shelved.version))
def _gallery(kind: "Kind", shelved: Shelved) -> "Gallery":
    """The training data, looked at once; raises AttnGanError where they are not here."""
    from attngan.measure.neighbours import Gallery

    return Gallery.of(kind, training_data(shelved))


def address_of(kind: "Kind", item: "Tensor") -> str:
    """A decoded item as a data: address of its picture."""
    return sheet.png_address(kind.png(item))
