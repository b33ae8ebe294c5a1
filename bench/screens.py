"""Pictures of the page to look at: every door, mode and panel, four sizes, light and dark, in both languages.

    python bench/screens.py [--size 1280x800] [--theme dark] [--language zh] [--view edit] [--out FOLDER]
    python bench/screens.py --readme     only the README's picture of the page, docs/images/page.png

The files are called size-theme-language-view.png; a sheet has all views of a size, theme and language.
It needs the extra `test` and a Chromium.
"""

import argparse
import io
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from browsing import HOME, LIVE, chromium, served
from PIL import Image, ImageDraw
from trainings import started, states_for

SIZES = ("1600x1000", "1280x800", "820x1180", "390x844")
THEMES = ("light", "dark")
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
JUDGED = """() => {
  const said = document.querySelector("#explorer-word");
  return !said?.checkVisibility() || said.textContent;
}"""
SETTLE_MILLISECONDS = 1200  # until the samples and what was fetched are there
SHEET_WIDTH = 1800  # pixels
ACROSS = {"390x844": 7, "820x1180": 5}  # pictures in a row of a sheet, else 3
COLOURS = 256  # of the README's picture, so that it stays small


class View(NamedTuple):
    """An address, what is pressed there, and the state (trainings.STATES) of one that the browser started."""

    name: str
    query: str
    presses: tuple[str, ...] = ()
    training: str = ""


def _tab(name: str) -> str:
    return f"#explorer-tabs [data-name={name}]"


PINNED = "model=digits&picture=6&layer=16&head=1&pixel=16,12"
README = View("readme", f"?{PINNED}")
VIEWS = (
    View("opening", "?"),
    *(
        View(f"mode-{mode}", f"?{PINNED}&mode={mode}")
        for mode in ("looks", "seen", "contribution", "rollout", "flow")
    ),
    View("letters", "?model=letters&picture=3&class=2"),
    View("words", "?model=scenes&picture=2&layer=words-8&mode=seen&word=5"),
    View("words-typed", "?model=scenes&text=a+reed+star+above+a+big+blue+circle&mode=seen&word=3"),
    View("words-edit", "?model=scenes&picture=2&layer=words-8&mode=seen&word=5", (_tab("edit"),)),
    View("texts", "?model=dates&picture=2&pixel=9,0"),
    View("texts-seen", "?model=notes&picture=1&mode=seen&word=34"),
    View("texts-edit", "?model=dates&picture=2&pixel=9,0", (_tab("edit"),)),
    View("points", "?model=gaussians&picture=9"),
    View("points-edit", "?model=gaussians&picture=9", (_tab("edit"),)),
    View("without-attention", "?model=twins-without-attention"),
    View("discriminator", "?model=twins-with-attention&pixel=8,8"),
    View("arithmetic", f"?{PINNED}", ("#explorer-arithmetic summary",)),
    View("map", f"?{PINNED}", (_tab("map"),)),
    View("effect", f"?{PINNED}", (_tab("effect"),)),
    View("display", f"?{PINNED}", (_tab("map"), ".view summary")),
    View("edit", f"?{PINNED}", (_tab("edit"),)),
    View("edited", f"?{PINNED}&edit=16*g0.5*x0-7q5_8"),
    View("wander", f"?{PINNED}", (_tab("wander"), "#explorer-go")),
    View("compare", "?model=twins-with-attention&pixel=8,8", (_tab("compare"),)),
    View("keep", f"?{PINNED}", (_tab("keep"),)),
    View("learn", "?door=learn"),
    View("learn-time", "?door=learn", ("#learn-stops li:nth-child(5) button",)),
    View("learn-edit", "?door=learn", ("#learn-stops li:nth-child(6) button",)),
    View("train-points", "?door=train", (), "points"),
    View("points-raced", "?door=train", (), "points-raced"),
    View("train-table", "?door=train", (), "table"),
    View("train", "?door=train"),
    View("train-texts", "?door=train", ("#train-data input", "[role=option]:has-text('2026-11-25')")),
    View(
        "train-words",
        "?door=train",
        ("#train-data input", "[role=option]:has-text('Scenes:'), [role=option]:has-text('场景：')"),
    ),
    View("trained", "?door=train", training="finished"),
    View("own-run", "?door=explore", ("#explorer-model label:has([value^=run-])",), training="finished"),
    *(View(state, "?door=train", training=state) for state in ("raced", "branched", "interrupted", "failed")),
    View("running", "?door=train", training="running"),
    View("paused", "?door=train", ("#train-pause",), training="running"),
    View("stepped", "?door=train", ("#train-step-both",), training="running"),
    View("knobs", "?door=train", ("#train-pause", "#train-knobs summary"), training="running"),
    View("queued", "?door=train", training="waiting"),
)


def main() -> None:
    """Serve, walk through all views and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=HOME / "build" / "screens")
    parser.add_argument("--size", choices=SIZES, nargs="+", default=SIZES)
    parser.add_argument("--theme", choices=THEMES, nargs="+", default=THEMES)
    parser.add_argument("--language", choices=LANGUAGES, nargs="+", default=LANGUAGES)
    parser.add_argument("--view", nargs="+", help="only these", metavar="NAME")
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as runs, chromium() as opened, served(Path(runs)) as (address, _):
        if asked.readme:
            write_readme(opened(viewport=viewport("1280x800"), locale="en-US"), address)
            return
        asked.out.mkdir(parents=True, exist_ok=True)
        views = [one for one in VIEWS if not asked.view or one.name in asked.view]
        states = states_for({one.training for one in views})
        kept = {state: started(opened, address, Path(runs), state) for state in states}
        for size, theme, language in product(asked.size, asked.theme, asked.language):
            taken = []
            for view in views:
                page = opened(
                    viewport=viewport(size),
                    locale=LANGUAGES[language],
                    has_touch=size in ACROSS,
                    storage_state=kept.get(view.training),
                )
                picture = photograph(page, address, view, theme)
                picture.save(asked.out / f"{size}-{theme}-{language}-{view.name}.png")
                taken.append((view.name, picture))
                page.context.close()
            name = asked.out / f"sheet-{size}-{theme}-{language}.png"
            sheet(taken, ACROSS.get(size, 3)).save(name)
            print(name, flush=True)


def viewport(size: str) -> dict[str, int]:
    """Chromium's words for a size."""
    width, height = map(int, size.split("x"))
    return {"width": width, "height": height}


def photograph(page: Any, address: str, view: View, theme: str) -> Image.Image:
    """A view once everything has come."""
    page.goto(f"{address}{view.query}&__theme={theme}")
    page.wait_for_selector(LIVE if "door=train" not in view.query else "#train-status", timeout=60_000)
    page.wait_for_function(JUDGED)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    for selector in view.presses:
        page.locator(f"{selector} >> visible=true").first.click()
        page.wait_for_timeout(SETTLE_MILLISECONDS)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def sheet(taken: Sequence[tuple[str, Image.Image]], across: int) -> Image.Image:
    """All pictures with their names on one sheet."""
    width = SHEET_WIDTH // across
    height = width * taken[0][1].height // taken[0][1].width + 16
    made = Image.new("RGB", (SHEET_WIDTH, height * -(-len(taken) // across)), "#888888")
    draw = ImageDraw.Draw(made)
    for index, (name, picture) in enumerate(taken):
        x, y = index % across * width, index // across * height
        made.paste(picture.resize((width - 6, height - 16), Image.Resampling.LANCZOS), (x, y + 14))
        draw.text((x + 2, y + 1), name, fill="black")
    return made


def write_readme(page: Any, address: str) -> None:
    """The README's picture of the page."""
    path = HOME / "docs" / "images" / "page.png"
    photograph(page, address, README, "light").quantize(COLOURS).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
