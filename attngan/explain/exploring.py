"""One picture, where its network looked, and what an edit of the attention does to it: `attngan.explore`.

Shapes: H x W pixels, C channels, N heads, Q queries, K keys, Hk x Wk the grid of keys.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from attngan.explain import heatmaps
from attngan.explain.changes import Change, change
from attngan.explain.contribution import carried_lengths
from attngan.explain.edits import Edit, parse_text
from attngan.explain.readings import MODES, reading
from attngan.model.checkpoints import Model, load
from attngan.model.sampling import Sample, sample
from attngan.nn.attention import AttentionMap


@dataclass(frozen=True)
class Exploration:
    """A picture as a model draws it (`original`), and as it draws it under `edit` (`drawn`)."""

    model: Model
    edit: Edit
    original: Sample
    drawn: Sample

    @property
    def image(self) -> np.ndarray:
        """The picture under the edit, uint8 (H, W, C)."""
        return np.asarray(self.drawn.images[0].numpy())

    @property
    def attention(self) -> tuple[AttentionMap, ...]:
        """Where it looked under the edit, one map a layer, small feature maps first."""
        return self.drawn.attention

    @property
    def change(self) -> Change:
        """How far the edit moved the picture."""
        return change(self.original.images, self.drawn.images)

    def heatmap(
        self,
        pixel: tuple[int, int],
        layer: str | None = None,
        head: int | None = None,
        mode: str = "looks",
    ) -> np.ndarray:
        """What `mode` shows of pixel (x, y), float32 (rows, columns): see attngan.explain.readings.reading.

        Usual is where it looks, (Hk, Wk), summing to 1; in the finest layer, the mean of its heads. Raises
        AttnGanError for a pixel, layer, head or mode that is not there.
        """
        size = self.image.shape[0], self.image.shape[1]
        return reading(self.attention, pixel, size, layer, head, mode)

    def figure(
        self,
        pixel: tuple[int, int],
        layer: str | None = None,
        head: int | None = None,
        mode: str = "looks",
    ) -> Figure:
        """Picture, heatmap and both in one, as a matplotlib figure; raises AttnGanError as `heatmap` does."""
        heat = self.heatmap(pixel, layer, head, mode)
        return heatmaps.figure(self.image, heat, pixel, shown=MODES[mode].title, unit=MODES[mode].unit)

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it as named arrays: `image`, `original`, `seed`, `edit`, and for each layer L its
        `L_weights` (N, Q, K), `L_lengths` (N, K; explain.contribution), `L_query_size`, `L_key_size` and
        `L_gate`; `label` where there are classes.
        """
        found = {
            "image": self.image,
            "original": self.original.images[0].numpy(),
            "seed": np.array(self.drawn.seeds[0]),
            "edit": np.array(self.edit.text),
        }
        if self.drawn.labels is not None:
            found["label"] = np.array(self.drawn.labels[0])
        for layer in self.attention:
            found |= {
                f"{layer.name}_weights": layer.weights[0].float().numpy(),
                f"{layer.name}_lengths": carried_lengths(layer)[0].numpy(),
                f"{layer.name}_query_size": np.array(layer.query_size),
                f"{layer.name}_key_size": np.array(layer.key_size),
                f"{layer.name}_gate": np.array(layer.gate.item(), np.float32),
            }
        return found


def explore(
    model: Model | str | Path = "checkpoints/faces",
    seed: int = 0,
    label: int | None = None,
    truncation: float = 1.0,
    edit: Edit | str = "",
) -> Exploration:
    """The picture of one seed with its attention, as drawn and under an edit (explain.edits, also as text).

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
