"""Films: animated files that read back as the pictures they were made of."""

import io

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from attngan.errors import AttnGanError
from attngan.kinds.pictures.films import LAST_MILLISECONDS, film


def pictures(count: int, channels: int) -> list[np.ndarray]:
    return [np.full((5, 7, channels), 40 * index + 11, np.uint8) for index in range(count)]


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_film_reads_back_as_its_pictures(kind: str, channels: int):
    with Image.open(io.BytesIO(film(pictures(3, channels), kind, 70))) as read:
        assert (read.format, read.n_frames, read.size) == (kind.upper(), 3, (364, 260))
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(read)]
        read.seek(2)
        assert read.info["duration"] == LAST_MILLISECONDS
    assert [int(frame[100, 100, 1]) for frame in frames] == [11, 51, 91]
    assert all((frame == frame[0, 0]).all() for frame in frames)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_video_shows_its_pictures_as_long_as_it_should(channels: int):
    with av.open(io.BytesIO(film(pictures(3, channels), "mp4", 70, 210))) as read:
        stream = read.streams.video[0]
        assert (stream.codec.name, stream.width, stream.height) == ("h264", 364, 260)
        assert read.duration == 350_000  # microseconds
        shown = [int(frame.to_ndarray(format="rgb24")[100, 100, 1]) for frame in read.decode(video=0)]
    assert shown == pytest.approx([11, 51, 91, 91, 91], abs=2)  # the colours of videos are rounded


def test_a_video_of_odd_sides_loses_one_pixel():
    with av.open(io.BytesIO(film([np.zeros((257, 259, 3), np.uint8)] * 2, "mp4"))) as read:
        assert (read.streams.video[0].width, read.streams.video[0].height) == (258, 256)


@pytest.mark.parametrize(("count", "kind"), [(1, "gif"), (257, "gif"), (3, "avi")])
def test_what_is_no_film_is_told(count: int, kind: str):
    with pytest.raises(AttnGanError, match="A film"):
        film(pictures(1, 3) * count, kind)
