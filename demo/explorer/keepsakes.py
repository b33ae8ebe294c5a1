"""What can be kept of a view: its attention as numbers, a film, and a page that works without a network."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from attngan.errors import AttnGanError
from demo import shelf
from demo.canvas.parts import standalone
from demo.explorer import experiments
from demo.explorer.studio import MOST_PICTURES, Selection, Studio

if TYPE_CHECKING:
    from attngan.explain.frames import Frame

MOST_MOMENTS = 48  # of a training, in one film
LOOP_PICTURES, LOOP_MILLISECONDS = 50, 200  # ten seconds
# kinds of figures and of films, and their media types
FIGURES = {"svg": "image/svg+xml", "pdf": "application/pdf"}
FILMS = {"gif": "image/gif", "webp": "image/webp", "mp4": "video/mp4"}


@dataclass(frozen=True)
class Shot:
    """What a film shows: one picture of each frame, and over it where `pixel` (x, y) looks, if any.

    A figure may be of who looks at a `word` beside the item, in place of a pixel; the first is 0.
    """

    pixel: tuple[int, int] | None = None
    layer: str | None = None  # None: the finest
    head: int | None = None  # None: the mean of all
    word: int | None = None

    def of(self, frame: "Frame", picture: int) -> np.ndarray:
        """The picture uint8 (H, W, 3) of a frame; without attention that was not kept."""
        from attngan.explain import heatmaps
        from attngan.kinds.pictures import films
        from attngan.nn.places import Grid, index_at

        image = np.asarray(films.enlarged(frame.items[picture]))
        if self.pixel is None or not frame.layers:
            return image
        layers = {layer.name: layer for layer in frame.layers}
        if self.layer is not None and self.layer not in layers:
            raise AttnGanError(f"There is no attention layer {self.layer!r:.20} to film.")
        layer = frame.layers[-1] if self.layer is None else layers[self.layer]
        heads = layer.weights.shape[1]
        if self.head is not None and not 0 <= self.head < heads:
            raise AttnGanError(f"Layer {layer.name} has heads 0 to {heads - 1}, not {self.head}.")
        if picture >= len(layer.weights):
            return image
        cell = index_at(layer.query_places, self.pixel, Grid(*frame.items.shape[1:3]))
        weights = layer.weights[picture]  # (N, Q, K)
        row = weights[:, cell].mean(0) if self.head is None else weights[self.head, cell]
        return heatmaps.overlay(image, row.reshape(layer.key_places.shape))


def numbers(studio: Studio, shelved: shelf.Shelved, selection: Selection, edit: str) -> bytes:
    """The .npz of attngan.explain.exploring.Exploration.arrays; raises AttnGanError."""
    from attngan.explain.exploring import explore

    selection.checked(shelved)
    with studio.model(shelved) as model:
        seen = explore(model, selection.seed, selection.label, selection.truncation, edit)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **seen.arrays())
    return file.getvalue()


def take_home(shelved: shelf.Shelved) -> bytes:
    """The model as a .zip that loads and draws elsewhere; raises AttnGanError."""
    from attngan.model import export

    return export.zipped(shelved.folder, shelved.title, shelved.command)


def time_film(studio: Studio, shelved: shelf.Shelved, picture: int, shot: Shot, kind: str) -> bytes:
    """The film of a training: one of its kept pictures at every moment; raises AttnGanError."""
    from attngan.explain import frames
    from attngan.kinds.pictures import films

    if not 0 <= picture < MOST_PICTURES:
        raise AttnGanError(f"There are pictures 0 to {MOST_PICTURES - 1}, not {picture}.")
    steps = shelf.steps_of(shelved.key)
    if not steps:
        raise AttnGanError("No moments of this training were kept, so there is no film of it.")
    chosen = np.unique(np.linspace(0, len(steps) - 1, min(MOST_MOMENTS, len(steps))).round().astype(int))
    moments = [shelf.stored_frame(shelved.key, steps[index]).read_bytes() for index in chosen]
    moments.append(studio.frame(shelved, Selection(0, MOST_PICTURES)))
    decoded = [frames.decode(data) for data in moments]
    pictures = [shot.of(frame, picture) for frame in decoded if picture < len(frame.items)]
    return films.film(pictures, kind, 200, credit=shelved.credit)


def way_film(
    studio: Studio, shelved: shelf.Shelved, selection: Selection, last: int, edit: str, shot: Shot, kind: str
) -> bytes:
    """The film of the way from one sample to another; raises AttnGanError."""
    from attngan.explain import frames
    from attngan.kinds.pictures import films

    way = frames.decode(experiments.way(studio, shelved, selection, last, edit))
    there = [shot.of(way, index) for index in range(len(way.items))]
    return films.film(there, kind, 80, credit=shelved.credit)


def loop_film(
    studio: Studio, shelved: shelf.Shelved, selection: Selection, edit: str, shot: Shot, mode: str, kind: str
) -> bytes:
    """Ten seconds in which a pixel goes around one picture and its map of a mode follows; raises
    AttnGanError.
    """
    from attngan.explain import heatmaps
    from attngan.explain.exploring import explore
    from attngan.kinds.pictures import films

    if not shelved.attention:
        raise AttnGanError("This model has no attention, so there is no map that could move.")
    selection.checked(shelved)
    with studio.model(shelved) as model:
        seen = explore(model, selection.seed, selection.label, selection.truncation, edit)
    image = np.asarray(films.enlarged(seen.image))
    height, width = seen.image.shape[:2]
    angles = np.linspace(0, 2 * np.pi, LOOP_PICTURES, endpoint=False)
    columns = (width * (0.5 + 0.36 * np.cos(angles))).astype(int).tolist()
    rows = (height * (0.5 + 0.36 * np.sin(angles))).astype(int).tolist()
    pictures = []
    for pixel in zip(columns, rows, strict=True):
        heat = seen.heatmap(pixel, shot.layer, shot.head, mode)
        pictures.append(_marked(heatmaps.overlay(image, heat), pixel, width))
    return films.film(pictures, kind, LOOP_MILLISECONDS, LOOP_MILLISECONDS, shelved.credit)


def _marked(picture: np.ndarray, pixel: tuple[int, int], width: int) -> np.ndarray:
    """The picture, enlarged from so many pixels across, with a white frame around one of them."""
    side = picture.shape[1] // width
    column, row = (side * place for place in pixel)
    cell = picture[row : row + side, column : column + side].copy()
    picture[max(0, row - 2) : row + side + 2, max(0, column - 2) : column + side + 2] = 255
    picture[row : row + side, column : column + side] = cell
    return picture


def figure(
    studio: Studio, shelved: shelf.Shelved, selection: Selection, edit: str, shot: Shot, mode: str, kind: str
) -> bytes:
    """Picture, map and both as an SVG or a PDF; raises AttnGanError."""
    from attngan.explain.exploring import explore

    if kind not in FIGURES:
        raise AttnGanError(f"A figure is an svg or a pdf, not {kind!r:.20}.")
    if shot.pixel is None and shot.word is None:
        raise AttnGanError(
            "Say of which pixel: pixel=12,20; of a text, of which character: pixel=3,0; or of which word "
            "that it was made from: word=2."
        )
    selection.checked(shelved)
    with studio.model(shelved) as model:
        seen = explore(model, selection.seed, selection.label, selection.truncation, edit)
        if shot.pixel is None:
            drawn = seen.word_figure(shot.word or 0, shot.layer, shot.head)
        else:
            drawn = seen.figure(seen.place(*shot.pixel), shot.layer, shot.head, mode)
        file = io.BytesIO()
        drawn.savefig(file, format=kind, metadata={"Date" if kind == "svg" else "CreationDate": None})
    return file.getvalue()


def page(
    studio: Studio, shelved: shelf.Shelved, selection: Selection, edit: str, language: str, opening: str = ""
) -> str:
    """A whole HTML page of the frame of a selection, which hovers without a network; raises AttnGanError.

    It opens as `opening` says: picture, layer, head, mode and pins, as in the page's address.
    """
    frame = studio.edited(shelved, selection, edit) if edit else studio.frame(shelved, selection)
    about: dict[str, Any] = {"credit": shelved.credit, "names": list(shelved.label_names)}
    return standalone(frame, f"{shelved.title}, {selection.seed}", about, language, opening)
