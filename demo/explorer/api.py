"""Named endpoints for programs (gradio_client), documented in docs/api.md: the explorer without its page."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from demo import shelf, web
from demo.explorer import experiments
from demo.explorer.studio import Selection, Studio, unknown_in

if TYPE_CHECKING:
    from attngan.explain.exploring import Exploration


def endpoints(studio: Studio) -> list[Callable[..., Any]]:
    """All endpoints, by their names; they raise AttnGanError for whatever is wrong."""

    def explored(model: str, selection: Selection, edit: str) -> "Exploration":
        from attngan.explain.exploring import explore

        shelved = shelf.take(web.text(model))
        selection.checked(shelved)
        with studio.model(shelved) as ready:
            return explore(ready, selection.seed, selection.label, selection.truncation, web.text(edit))

    def models() -> list[dict[str, Any]]:
        """The bundled models: name, attention layers (in pixels, or by name), number of classes, texts that
        one can be asked with as its label, metrics.
        """
        return [
            {
                "name": one.key,
                "attention": [int(name) if name.isdecimal() else name for name in one.attention],
                "classes": one.classes,
                "texts": list(one.example_texts),
                "metrics": dict(one.metrics),
            }
            for one in map(shelf.take, shelf.bundled())
        ]

    def sample(
        model: str = "faces",
        seed: int = 0,
        label: int | str | None = None,
        truncation: float = 1.0,
        edit: str = "",
    ) -> dict[str, Any]:
        """One picture as a PNG in a data: address, with the layers, gates and grids of its attention; what it
        says, where it is a text; what it was made from, and of that what the model does not know.
        """
        selection = selection_of(seed, label, truncation)
        seen = explored(model, selection, edit)
        layers = [
            {
                "name": layer.name,
                "heads": layer.weights.shape[1],
                "query_size": layer.query_places.shape,
                "key_size": layer.key_places.shape,
                "gate": layer.gate.item(),
            }
            for layer in seen.attention
        ]
        return {
            "picture": experiments.address_of(seen.model.kind, seen.drawn.items[0]),
            "text": seen.text,
            "seed": seed,
            "layers": layers,
            "label": seen.drawn.labels[0] if seen.drawn.labels else None,
        } | unknown_in(seen.model, selection)

    def attention(
        model: str = "faces",
        seed: int = 0,
        x: int = 0,
        y: int = 0,
        layer: int | str = "",
        head: int | None = None,
        label: int | str | None = None,
        edit: str = "",
        truncation: float = 1.0,
        mode: str = "looks",
    ) -> list[list[float]]:
        """Where pixel (x, y), or character x of a text, looks: rows of weights that sum to 1, over words one.

        Usual: finest layer, mean of its heads. Other modes: seen, contribution, rollout, flow
        (attngan.explain.readings).
        """
        seen = explored(model, selection_of(seed, label, truncation), edit)
        place = seen.place(web.whole(x), web.whole(y))
        found = seen.heatmap(place, layer_of(layer) or None, web.whole_or_none(head), web.text(mode))
        rows: list[list[float]] = np.atleast_2d(found).tolist()
        return rows

    def edit(
        model: str = "faces",
        seed: int = 0,
        edit: str = "",
        label: int | str | None = None,
        truncation: float = 1.0,
    ) -> dict[str, Any]:
        """A picture before and after an edit of the attention (its text: explain.edits), and the change."""
        seen = explored(model, selection_of(seed, label, truncation), edit)
        return {
            "before": experiments.address_of(seen.model.kind, seen.original.items[0]),
            "after": experiments.address_of(seen.model.kind, seen.drawn.items[0]),
            "edit": seen.edit.text,
        } | dataclasses.asdict(seen.change)

    def faithfulness(model: str = "faces", layer: int | str = "") -> dict[str, Any]:
        """Whether the map of a layer (usual: the finest) tells the truth: attngan.explain.faithfulness."""
        return experiments.truth(studio, shelf.take(web.text(model)), layer_of(layer))

    def nearest(
        model: str = "faces", seed: int = 0, label: int | str | None = None, truncation: float = 1.0
    ) -> dict[str, Any]:
        """The training pictures nearest to a sample, with distances in units of measure.neighbours."""
        selection = selection_of(seed, label, truncation)
        return experiments.nearest(studio, shelf.take(web.text(model)), selection)

    return [models, sample, attention, edit, faithfulness, nearest]


def layer_of(given: object) -> str:
    """The name of a layer, which may be a number; raises AttnGanError."""
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else web.text(given)


def selection_of(seed: object, label: object, truncation: object) -> Selection:
    """One picture, as a program asks for it; raises AttnGanError for what is no number."""
    return Selection(web.whole(seed), 1, web.label(label), web.number(truncation))
