"""Pictures one after another, as an animated GIF or WebP.

Shapes: H x W pixels, C channels (1 grey, 3 RGB).
"""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from attngan.errors import AttnGanError

SIDE = 256  # pixels that small pictures are enlarged to, at least, in whole steps
MOST_PICTURES = 256
KINDS = ("gif", "webp")
LAST_MILLISECONDS = 1200  # that the last picture stays, before all begins anew


def film(
    pictures: Sequence[np.ndarray],
    kind: str = "gif",
    milliseconds: int = 120,
    last: int = LAST_MILLISECONDS,
) -> bytes:
    """The file of a film that repeats for ever, of pictures uint8 (H, W, C) shown so long each.

    `last` is for how many milliseconds the last one is shown.

    WebP keeps every colour, GIF 256 of them. Raises AttnGanError for fewer than 2 pictures or too many.
    """
    if not 2 <= len(pictures) <= MOST_PICTURES:
        raise AttnGanError(f"A film has from 2 to {MOST_PICTURES} pictures, not {len(pictures)}.")
    if kind not in KINDS:
        raise AttnGanError(f"A film is a gif or a webp, not {kind!r:.20}.")
    first, *rest = map(enlarged, pictures)
    file = io.BytesIO()
    durations = [milliseconds] * len(rest) + [last]
    more = {"lossless": True} if kind == "webp" else {}
    first.save(file, kind, save_all=True, append_images=rest, duration=durations, loop=0, **more)
    return file.getvalue()


def enlarged(picture: np.ndarray) -> Image.Image:
    """A picture uint8 (H, W, C) in RGB, enlarged to SIDE or more in whole steps, without smoothing."""
    times = max(1, -(-SIDE // min(picture.shape[:2])))
    whole = np.broadcast_to(picture, (*picture.shape[:2], 3))
    return Image.fromarray(np.ascontiguousarray(whole.repeat(times, 0).repeat(times, 1)))
