"""Pictures one after another, as an animated GIF or WebP, or as an MP4.

Shapes: H x W pixels, C channels (1 grey, 3 RGB).
"""

import io
import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from PIL import Image
from PIL.ExifTags import Base

from attngan.errors import AttnGanError

SIDE = 256  # pixels that small pictures are enlarged to, at least, in whole steps
MOST_PICTURES = 256
KINDS = ("gif", "webp", "mp4")
COPYRIGHT = Base.Copyright  # of Exif
LAST_MILLISECONDS = 1200  # that the last picture stays, before all begins anew


def film(
    pictures: Sequence[np.ndarray],
    kind: str = "gif",
    milliseconds: int = 120,
    last: int = LAST_MILLISECONDS,
    credit: str = "",
) -> bytes:
    """The file of a film of pictures uint8 (H, W, C) shown so long each; the last one, `last` milliseconds.

    It carries `credit` as its comment (GIF), in its Exif (WebP) or its metadata (MP4), as copyright.

    GIF keeps 256 colours and WebP all; both repeat for ever. MP4 (H.264, 8 bits, 4:2:0) is what other
    programs play: a player decides whether it repeats, and thin lines of colour are softened.
    Raises AttnGanError for fewer than 2 pictures or too many.
    """
    if not 2 <= len(pictures) <= MOST_PICTURES:
        raise AttnGanError(f"A film has from 2 to {MOST_PICTURES} pictures, not {len(pictures)}.")
    if kind not in KINDS:
        raise AttnGanError(f"A film is a gif, a webp or an mp4, not {kind!r:.20}.")
    shown = [enlarged(picture) for picture in pictures]
    durations = [milliseconds] * (len(shown) - 1) + [last]
    return _video(shown, durations, credit) if kind == "mp4" else _animation(shown, durations, kind, credit)


def _animation(pictures: list[Image.Image], durations: list[int], kind: str, credit: str) -> bytes:
    """The GIF or WebP of pictures shown for so many milliseconds each."""
    first, *rest = pictures
    file = io.BytesIO()
    exif = Image.Exif()
    exif[COPYRIGHT] = credit
    more = {"lossless": True, "exif": exif} if kind == "webp" else {"comment": credit.encode()}
    first.save(file, kind, save_all=True, append_images=rest, duration=durations, loop=0, **more)
    return file.getvalue()


def _video(pictures: list[Image.Image], durations: list[int], credit: str) -> bytes:
    """The MP4 of pictures shown for so many milliseconds each; an odd side loses its last pixel."""
    import av

    width, height = (side - side % 2 for side in pictures[0].size)  # 4:2:0 takes pairs of pixels
    even = [np.asarray(picture)[:height, :width] for picture in pictures]
    tick = math.gcd(*durations)  # players are surest of equal frames: who stays longer comes several times
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        container.metadata["copyright"] = credit
        stream = container.add_stream("libx264", rate=Fraction(1000, tick), options={"crf": "12"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for picture, duration in zip(even, durations, strict=True):
            for _ in range(duration // tick):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    return file.getvalue()


def enlarged(picture: np.ndarray) -> Image.Image:
    """A picture uint8 (H, W, C) in RGB, enlarged to SIDE or more in whole steps, without smoothing.

    Raises AttnGanError for what is none.
    """
    if picture.ndim != 3:
        raise AttnGanError("A film shows pictures, and this model makes none.")
    times = max(1, -(-SIDE // min(picture.shape[:2])))
    whole = np.broadcast_to(picture, (*picture.shape[:2], 3))
    return Image.fromarray(np.ascontiguousarray(whole.repeat(times, 0).repeat(times, 1)))
