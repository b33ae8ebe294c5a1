"""A scripted stranger who does anything at random in Explore and Learn, and hears what breaks there."""

import io
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from browsing import LIVE, process_megabytes, tab_megabytes
from PIL import Image
from playwright.sync_api import TimeoutError

PICTURE = "#explorer-picture"
KEYS = (
    "Enter",
    "Shift+Enter",
    "Escape",
    "Delete",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    *"hlmnp012,.",
)
SETTLE_SECONDS = 6  # a question may be under way when growth is measured
BOX = f"""() => {{
  const picture = document.querySelector("{PICTURE}");
  picture.scrollIntoView({{ block: "nearest", behavior: "instant" }});
  const {{ left, top, width, height }} = picture.getBoundingClientRect();
  return [left, top, width, height];
}}"""
# Sets a control that can be used now: of the places that have any first one is drawn, then a control of it.
CONTROL = """([place, which, value]) => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled;
  const own = "button, summary, select, input[type=range], input[type=radio], input[type=checkbox]";
  const found = [...document.querySelectorAll(`#page-explore :is(${own})`)].filter((node) =>
    shown(node) || (node.type === "radio" && shown(node.parentElement)));
  const around = "fieldset, details, .buttons, .timeline, .panel, [id]";
  const placeOf = (node) => node.closest(around).id || node.className;
  const places = Map.groupBy(found, placeOf);
  const chosen = [...places.keys()].sort()[Math.floor(place * places.size)];
  if (!found.length) return "none";
  const nodes = places.get(chosen);
  const node = nodes[Math.floor(which * nodes.length)];
  const tell = (...names) => names.forEach((name) => node.dispatchEvent(new Event(name, { bubbles: true })));
  if (node.type === "range") {
    node.value = Number(node.min) + value * (Number(node.max) - Number(node.min));
    tell("input", "change");
  } else if (node.localName === "select") {
    node.selectedIndex = Math.floor(value * node.options.length);
    tell("change");
  } else node.click();
  return node.id || node.dataset.name || node.value || node.className || chosen;
}"""

# Where one is: the door, gradio's tab, the state of the training, and what hides its form.
WHERE = """() => {
  const tab = document.querySelector("[role=tab][aria-selected=true]")?.id;
  const { state } = document.querySelector("#train-panel .panel")?.dataset ?? {};
  const hiding = [];
  for (let node = document.querySelector("#train-seconds input"); node; node = node.parentElement) {
    const { display, visibility } = getComputedStyle(node);
    const shown = display !== "none" && visibility === "visible";
    if (!shown) hiding.push([node.localName, node.id, display, visibility]);
  }
  return JSON.stringify([document.body.dataset.door, tab, state, hiding]);
}"""


class Stranger:
    """Does something at random, again and again."""

    def __init__(self, page: Any, opened: Callable[..., Any], chance: random.Random) -> None:
        self.page = page
        self.chance = chance
        self.problems: list[str] = []
        self.did: Counter[str] = Counter()
        self.used: Counter[str] = Counter()
        self._opened = opened
        self._acts = {
            self.hover: 4,
            self.control: 24,
            self.press: 4,
            self.stroke: 3,
            self.key: 6,
            self.model: 1,
            self.seed: 1,
            self.text: 1,
            self.moments: 2,
            self.own_picture: 1,
            self.other_tab: 0.4,
            self.train_tab: 0.4,
            self.learn: 0.4,
        }
        self._listen(page)

    def use(self, seconds: float) -> None:
        """Use the page for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            [act] = self.chance.choices([*self._acts], [*self._acts.values()])
            self.did[act.__name__] += 1
            try:
                act()
            except TimeoutError as problem:  # waited in vain for something of the page
                self.problems.append(f"{act.__name__}: {problem}")
                self.problems.append(self.page.evaluate(WHERE))
                self.page.locator("#door-explore").click()
            self.page.wait_for_timeout(self.chance.uniform(20, 300))

    def weigh(self, pid: int) -> dict[str, float]:
        """MB of the tab's live objects, of its canvases, and of the server."""
        self.page.wait_for_timeout(1000 * SETTLE_SECONDS)
        canvases = (
            "[...document.querySelectorAll('canvas')].reduce((sum, one) => sum + one.width * one.height, 0)"
        )
        return {
            "tab": tab_megabytes(self.page),
            "canvases": 4 * float(self.page.evaluate(canvases)) / 1e6,
            "server": process_megabytes(pid),
        }

    def _listen(self, page: Any) -> None:
        def broken(request: Any) -> None:
            if request.failure != "net::ERR_ABORTED":  # a download, or a tab that was closed
                self.problems.append(f"{request.url}: {request.failure}")

        page.on("console", lambda message: message.type == "error" and self.problems.append(message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error.stack or error)))
        page.on("requestfailed", broken)
        page.on(
            "response",
            lambda answer: answer.status >= 400 and self.problems.append(f"{answer.status} {answer.url}"),
        )

    # -- acts -----------------------------------------------------------------------------------------------
    def _somewhere(self) -> tuple[float, float]:
        left, top, width, height = self.page.evaluate(BOX)
        return left + self.chance.random() * width, top + self.chance.random() * height

    def hover(self) -> None:
        """Move over the picture."""
        for _ in range(20):
            self.page.mouse.move(*self._somewhere())

    def press(self) -> None:
        """Pin, lift, or use the tool at hand once."""
        if self.chance.random() < 0.3:
            self.page.keyboard.down("Shift")
        try:
            self.page.mouse.click(*self._somewhere())
        finally:
            self.page.keyboard.up("Shift")

    def stroke(self) -> None:
        """Draw over the picture with the button held."""
        self.page.mouse.move(*self._somewhere())
        self.page.mouse.down()
        try:
            for _ in range(4):
                self.page.mouse.move(*self._somewhere(), steps=3)
        finally:
            self.page.mouse.up()

    def key(self) -> None:
        """Some keys on the picture."""
        self.page.locator(PICTURE).focus()
        for _ in range(3):
            self.page.keyboard.press(self.chance.choice(KEYS))

    def control(self) -> None:
        """Use any control of the Explore tab."""
        self.used[self.page.evaluate(CONTROL, [self.chance.random() for _ in range(3)])] += 1

    def model(self) -> None:
        """Choose another model."""
        options = self.page.locator("#explorer-model label")
        options.nth(self.chance.randrange(options.count())).click()

    def seed(self) -> None:
        """Type a seed."""
        self.page.fill("#explorer-seed input", str(self.chance.choice((0, self.chance.randrange(2**31)))))

    def text(self) -> None:
        """Type a text, where the model reads one."""
        box = self.page.locator("#explorer-text input")
        if box.is_visible():
            box.fill(
                self.chance.choice(("a red star", "two of 1000", "", "zzyzx <b>", "\u5b57 \U0001f600" * 40))
            )

    def moments(self) -> None:
        """Scrub through the training, or play it; only the first noise has its moments."""
        line = self.page.locator("#explorer-timeline")
        if not line.is_visible():
            self.page.fill("#explorer-seed input", "0")
            self.page.wait_for_timeout(500)
        if line.is_visible() and self.chance.random() < 0.5:
            line.locator("select").select_option(self.chance.choice(("4", "8")))
            line.locator("button").first.click()
            self.page.wait_for_timeout(1500)
        elif line.is_visible():
            line.locator("input").focus()
            for _ in range(12):
                self.page.keyboard.press(
                    self.chance.choice(("ArrowLeft", "ArrowRight", "PageDown", "Home", "End"))
                )

    def own_picture(self) -> None:
        """Give the discriminator a picture, where it asks for one."""
        place = self.page.locator("#explorer-discriminator input[type=file]")
        if place.count():
            file = io.BytesIO()
            side = self.chance.randrange(1, 90)
            Image.effect_noise((side, 41), 80).save(file, "png")
            place.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": file.getvalue()})

    def other_tab(self) -> None:
        """Open the link of this view elsewhere, in either language and theme, and use it a little."""
        theme, locale = self.chance.choice(("light", "dark")), self.chance.choice(("en-US", "zh-CN"))
        address = self.page.url
        page = self._opened(locale=locale, permissions=["clipboard-read", "clipboard-write"])
        self._listen(page)
        try:
            page.goto(f"{address}{'&' if '?' in address else '?'}__theme={theme}")
            page.wait_for_selector(LIVE)
            for _ in range(10):
                page.evaluate(CONTROL, [self.chance.random() for _ in range(3)])
                page.wait_for_timeout(100)
        finally:
            page.context.close()

    def train_tab(self) -> None:
        """Have a look at the other tab."""
        self.page.locator("#door-train").click()
        self.page.locator("#train-size input").nth(self.chance.randrange(3)).click()
        self.page.wait_for_timeout(300)
        self.page.locator("#door-explore").click()

    def learn(self) -> None:
        """Go some stops of Learn, which all lead over the stage."""
        self.page.locator("#door-learn").click()
        stops = self.page.locator("#learn-stops ol button")
        for _ in range(3):
            stops.nth(self.chance.randrange(stops.count())).click()
            self.page.wait_for_timeout(self.chance.uniform(100, 1000))
        self.page.locator("#door-explore").click()
