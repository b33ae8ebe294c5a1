"""One item, where its network looked, and what an edit of the attention does to it: `attngan.explore`.

Shapes: H x W pixels, C channels, N heads, Q queries, K keys.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from attngan.errors import AttnGanError
from attngan.explain import heatmaps
from attngan.explain.changes import Change, change
from attngan.explain.contribution import carried_lengths
from attngan.explain.edits import Edit, parse_text
from attngan.explain.readings import MODES, reading
from attngan.model.checkpoints import Model, load
from attngan.model.sampling import Sample, sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid, Place, Words


@dataclass(frozen=True)
class Exploration:
    """An item as a model draws it (`original`), and as it draws it under `edit` (`drawn`)."""

    model: Model
    edit: Edit
    original: Sample
    drawn: Sample

    @property
    def image(self) -> np.ndarray:
        """The item under the edit as it is decoded, a picture uint8 (H, W, C)."""
        return np.asarray(self.drawn.items[0].numpy())

    @property
    def text(self) -> str | None:
        """The item under the edit, where it is a text."""
        texts = self.drawn.kind.texts(self.drawn.items[:1])
        return None if texts is None else "".join(texts[0])

    def place(self, x: int, y: int) -> Place:
        """The place that an address names by two numbers: of a picture its pixel, of all else number `x`."""
        return (x, y) if isinstance(self.drawn.places, Grid) else x

    @property
    def attention(self) -> tuple[AttentionMap, ...]:
        """Where it looked under the edit, one map a layer, small feature maps first."""
        return self.drawn.attention

    @property
    def change(self) -> Change:
        """How far the edit moved the item."""
        return change(self.drawn.kind, self.original.items, self.drawn.items)

    def heatmap(
        self,
        place: Place,
        layer: str | None = None,
        head: int | None = None,
        mode: str = "looks",
    ) -> np.ndarray:
        """What `mode` shows of a place, a picture's pixel (x, y), as float32: see explain.readings.reading.

        Usual is where it looks, of the keys' shape, summing to 1; in the finest layer, the mean of its heads.
        Raises AttnGanError for a place, layer, head or mode that is not there.
        """
        return reading(self.attention, place, self.drawn.places, layer, head, mode)

    def figure(
        self,
        place: Place,
        layer: str | None = None,
        head: int | None = None,
        mode: str = "looks",
    ) -> Figure:
        """Picture, heatmap and both in one, as a matplotlib figure; a map over words or columns as bars.

        Raises AttnGanError as `heatmap` does.
        """
        heat = self.heatmap(place, layer, head, mode)
        shown, unit, credit = MODES[mode].title, MODES[mode].unit, self.model.about.credit
        if heat.ndim == 1:
            seen = heatmaps.find_layer(self.attention, layer)
            places = seen.query_places if MODES[mode].of_queries else seen.key_places
            return heatmaps.figure_of(self.drawn, heat, places, place, shown, credit)
        pixel = place if isinstance(place, tuple) else None
        return heatmaps.figure(self.image, heat, pixel, shown=shown, unit=unit, credit=credit)

    def word_figure(self, word: int, layer: str | None = None, head: int | None = None) -> Figure:
        """Who looks at a word, or character, that the item was made from, by its number from 0 on: as
        `figure`; of a text its characters as bars. Usual is the finest layer that looks at words.

        Raises AttnGanError for a word, layer or head that is not there.
        """
        worded = tuple(one for one in self.attention if isinstance(one.key_places, Words))
        if not worded:
            raise AttnGanError("This model looks at no words, so a word has no map.")
        seen = heatmaps.find_layer(worded, layer)
        return heatmaps.word_figure(self.drawn, seen, word, head, self.model.about.credit)

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it as named arrays: `image`, `original`, `seed`, `edit`, and for each layer L its
        `L_weights` (N, Q, K), `L_lengths` (N, K; explain.contribution), `L_query_size`, `L_key_size` and
        `L_gate`; `label` where there are conditions. Sizes are the shapes of queries and keys: height and
        width.
        """
        found = {
            "image": self.image,
            "original": self.original.items[0].numpy(),
            "seed": np.array(self.drawn.seeds[0]),
            "edit": np.array(self.edit.text),
        }
        if self.drawn.labels is not None:
            found["label"] = np.array(self.drawn.labels[0])
        for layer in self.attention:
            found |= {
                f"{layer.name}_weights": layer.weights[0].float().numpy(),
                f"{layer.name}_lengths": carried_lengths(layer)[0].numpy(),
                f"{layer.name}_query_size": np.array(layer.query_places.shape),
                f"{layer.name}_key_size": np.array(layer.key_places.shape),
                f"{layer.name}_gate": np.array(layer.gate.item(), np.float32),
            }
        return found


def explore(
    model: Model | str | Path = "checkpoints/faces",
    seed: int = 0,
    label: Any = None,
    truncation: float = 1.0,
    edit: Edit | str = "",
) -> Exploration:
    """The item of one seed with its attention, as drawn and under an edit (explain.edits, also as text).

    `model` is a model or the path of one; without a `label` the first class is drawn. Raises AttnGanError
    for whatever is not there or out of range.
    """
    model = model if isinstance(model, Model) else load(model)
    edit = parse_text(edit) if isinstance(edit, str) else edit
    labels = None if label is None else [label]
    original = sample(model, [seed], labels, truncation)
    edits = edit.on(model.generator)
    return Exploration(
        model, edit, original, sample(model, [seed], labels, truncation, edits) if edits else original
    )
