"""Named endpoints for programs (gradio_client), documented in docs/api.md: the explorer without its page."""

import dataclasses
from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer import experiments
from demo.explorer.frames import Studio, Wish


def offer(studio: Studio) -> None:
    """Adds the endpoints to the current gr.Blocks."""
    for endpoint in endpoints(studio):
        gr.api(endpoint, api_name=endpoint.__name__, queue=False)


def endpoints(studio: Studio) -> list[Callable[..., Any]]:
    """All endpoints, by their names; whatever is wrong is told as gr.Error, in a sentence."""

    def explored(model: str, wish: Wish, edit: str) -> Any:
        from attngan.explain.exploring import explore

        shelved = shelf.take(_text(model))
        wish.checked(shelved)
        with studio.model(shelved) as ready:
            return explore(ready, wish.seed, wish.label, wish.truncation, _text(edit))

    def models() -> list[dict[str, Any]]:
        """The bundled models: name, sizes of their attention layers in pixels, number of classes, metrics."""
        return [
            {
                "name": one.key,
                "attention": [int(name) if name.isdecimal() else name for name in one.attention],
                "classes": one.classes,
                "metrics": dict(one.metrics),
            }
            for one in map(shelf.take, shelf.bundled())
        ]

    def sample(
        model: str = "faces",
        seed: int = 0,
        label: int | None = None,
        truncation: float = 1.0,
        edit: str = "",
    ) -> dict[str, Any]:
        """One picture as a PNG in a data: address, with the layers, gates and grids of its attention."""
        seen = explored(model, Wish(_whole(seed), 1, _label(label), _number(truncation)), edit)
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
        return {"picture": experiments.address_of(seen.image), "seed": seed, "layers": layers}

    def attention(
        model: str = "faces",
        seed: int = 0,
        x: int = 0,
        y: int = 0,
        layer: str = "",
        head: int | None = None,
        label: int | None = None,
        edit: str = "",
        truncation: float = 1.0,
        mode: str = "looks",
    ) -> list[list[float]]:
        """Where pixel (x, y) looks: rows of weights that sum to 1. Usual: finest layer, mean of its heads.

        Other modes: seen, contribution, rollout, flow (attngan.explain.readings).
        """
        seen = explored(model, Wish(_whole(seed), 1, _label(label), _number(truncation)), edit)
        pixel = _whole(x), _whole(y)
        found = seen.heatmap(pixel, _text(layer) or None, _label(head), _text(mode))
        rows: list[list[float]] = found.tolist()
        return rows

    def edit(
        model: str = "faces", seed: int = 0, edit: str = "", label: int | None = None, truncation: float = 1.0
    ) -> dict[str, Any]:
        """A picture before and after an edit of the attention (its text: explain.edits), and the change."""
        seen = explored(model, Wish(_whole(seed), 1, _label(label), _number(truncation)), edit)
        return {
            "before": experiments.address_of(seen.original.items[0].numpy()),
            "after": experiments.address_of(seen.image),
            "edit": seen.edit.text,
        } | dataclasses.asdict(seen.change)

    def faithfulness(model: str = "faces", layer: str = "") -> dict[str, Any]:
        """Whether the map of a layer (usual: the finest) tells the truth: attngan.explain.faithfulness."""
        return experiments.truth(studio, shelf.take(_text(model)), _text(layer))

    def nearest(
        model: str = "faces", seed: int = 0, label: int | None = None, truncation: float = 1.0
    ) -> dict[str, Any]:
        """The training pictures nearest to a sample, with distances in units of measure.neighbours."""
        wish = Wish(_whole(seed), 1, _label(label), _number(truncation))
        return experiments.nearest(studio, shelf.take(_text(model)), wish)

    return list(map(_told, (models, sample, attention, edit, faithfulness, nearest)))


def _told(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(endpoint)
    def safe(*given: Any, **named: Any) -> Any:
        try:
            return endpoint(*given, **named)
        except AttnGanError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return safe


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise AttnGanError(f"{given!r:.40} is no text.")
    return given


def _whole(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise AttnGanError(f"{number!r:.40} is no whole number.")
    return number


def _number(number: object) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise AttnGanError(f"{number!r:.40} is no number.")
    return float(number)


def _label(number: object) -> int | None:
    return None if number is None else _whole(number)
