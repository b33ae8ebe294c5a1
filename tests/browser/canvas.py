"""Driving the attention canvas from a test: where to point, and what it shows."""

from typing import Any, NamedTuple

import numpy as np

COMPONENT = "#explorer-canvas"
FIND = f"const one = [...document.querySelectorAll('{COMPONENT} *')].find((node) => node.attentionCanvas)"


class Map(NamedTuple):
    """The map that the canvas paints: cells row by row, its grid, and the cell that is pointed at."""

    values: list[float]
    rows: int
    columns: int
    cell: int


def ready(page: Any) -> None:
    """Wait until the pictures are there, and what the discriminator thinks of them."""
    page.wait_for_selector(f"{COMPONENT} .attention[data-version]")
    page.wait_for_function(
        f"() => document.querySelector('{COMPONENT} .attention').dataset.version"
        f" === document.querySelector('{COMPONENT} .discriminator').dataset.version"
    )


def point(page: Any, x: float, y: float) -> tuple[float, float]:
    """Position on the screen of a fraction of the picture's sides."""
    page.locator("#explorer-picture").scroll_into_view_if_needed()
    box = page.locator("#explorer-picture").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def hover(page: Any, x: float, y: float) -> None:
    page.mouse.move(*point(page, x, y))
    settle(page)


def word(page: Any, place: int) -> tuple[float, float]:
    """Where the word beside the item lies, as a fraction of the canvas's sides."""
    found: list[float] = page.evaluate(
        f"(place) => {{ {FIND}; const box = one.attentionCanvas.boxOfWord(place);"
        "const { width, height } = document.querySelector('#explorer-picture');"
        "return [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height] }",
        place,
    )
    return found[0], found[1]


def hover_word(page: Any, place: int) -> None:
    """Point at a word beside the item."""
    hover(page, *word(page, place))


def settle(page: Any) -> None:
    """Wait until what was asked for is painted."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def view(page: Any) -> dict[str, Any]:
    """What is chosen: picture, layer, head, mode, pins."""
    keys = "chosen, layer, head, mode, pin, pins, active, together, point, smooth, range"
    found: dict[str, Any] = page.evaluate(
        f"() => {{ {FIND}; const {{ {keys} }} = one.attentionCanvas.view; return {{ {keys} }} }}"
    )
    return found


def shown_map(page: Any) -> Map:
    """The map that is painted now."""
    found = page.evaluate(
        f"() => {{ {FIND}; const map = one.attentionCanvas.map(); return map && "
        "{values: [...map.map], rows: map.painted.rows, columns: map.painted.columns, cell: map.cell} }"
    )
    assert found is not None, "nothing is pointed at"
    return Map(**found)


def await_map(page: Any, expected: np.ndarray) -> None:
    """Wait until the painted map is this one."""
    page.wait_for_function(
        f"(wanted) => {{ {FIND}; const map = one.attentionCanvas.map()?.map;"
        "return map?.length === wanted.length && wanted.every((one, at) => Math.abs(one - map[at]) < 1e-4) }",
        arg=[float(value) for value in expected.ravel()],
    )


def pixels(page: Any) -> bytes:
    """The painted picture as it is on the screen."""
    return bytes(page.locator("#explorer-picture").screenshot())


def part(page: Any, selector: str) -> Any:
    """What the canvas says or offers there; `expect` waits until it is as it should be."""
    return page.locator(f"{COMPONENT} {selector}")
