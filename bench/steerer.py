"""A scripted stranger who also has the page train the whole time, and does anything at random with that."""

from collections.abc import Callable
from random import Random
from typing import Any

from stranger import Stranger

SECONDS = 600  # of a training; one that comes to its end is followed by another
STEERING = ("pause", "step-both", "step-discriminator", "step-generator", "slow", "mark")
ENDED = "document.querySelector('#train-stop').disabled"
SAVE_MILLISECONDS = 60_000


class Steerer(Stranger):
    """Goes to Train between all else, and comes back."""

    def __init__(self, page: Any, opened: Callable[..., Any], chance: Random) -> None:
        super().__init__(page, opened, chance)
        self._acts |= {self.train: 8}
        self._inside = {
            self.steer: 8,
            self.change: 4,
            self.undo: 2,
            self.scrub_live: 4,
            self.hover_live: 4,
            self.rename: 1,
            self.stop: 0.5,
            self.train_longer: 1,
            self.delete: 0.5,
        }

    def train(self) -> None:
        """Go to Train, see to it that something learns, do some things there, and come back."""
        self._keep_training()
        for _ in range(self.chance.randrange(1, 6)):
            [act] = self.chance.choices([*self._inside], [*self._inside.values()])
            self.did[act.__name__] += 1
            act()
            self.page.wait_for_timeout(self.chance.uniform(50, 800))
        self._keep_training()
        self.page.locator("#door-explore").click()

    def _press(self, selector: str) -> bool:
        """Press a button where it can be pressed now."""
        button = self.page.locator(selector)
        able = button.count() == 1 and button.is_visible() and button.is_enabled()
        if able:  # a moment later it may be no more, which is no problem of the page
            button.evaluate("(one) => one.click()")
        return able

    def _keep_training(self) -> None:
        """Start a training in Train where none runs; a long pause would have the server go on by itself."""
        self.page.locator("#door-train").click()  # an arrow key may have opened the door beside it
        if self.page.locator("#train-start").is_enabled():
            seconds = self.page.locator("#train-seconds input")
            seconds.fill(str(SECONDS))
            seconds.blur()
            if self._press("#train-start"):
                self.did["start"] += 1
                self.page.wait_for_timeout(1000)
        elif self.page.locator("#train-panel [data-paused=yes]").count():
            self._press("#train-pause")

    # -- acts in Train ---------------------------------------------------------------------------------------
    def steer(self) -> None:
        """Any button of the player, also while the last wish is under way."""
        self._press(f"#train-{self.chance.choice(STEERING)}")

    def change(self) -> None:
        """Move a setting by keys."""
        knobs = self.page.locator("#train-knobs")
        if not knobs.is_visible():
            return
        if not knobs.evaluate("(one) => one.open"):
            knobs.locator("summary").click()
        sliders = knobs.locator("input[type=range]:enabled:visible")
        if sliders.count():
            sliders.nth(self.chance.randrange(sliders.count())).focus()
            self.page.keyboard.press(self.chance.choice(("ArrowLeft", "ArrowRight")))

    def undo(self) -> None:
        """Take the last change back."""
        self._press("#train-knobs .changes li:first-child .undo")

    def scrub_live(self) -> None:
        """Scrub or play the time line of the training while it grows."""
        line = self.page.locator("#train-live-timeline")
        if not line.locator("input").is_visible():
            return
        if self.chance.random() < 0.4:
            line.locator("select").select_option(self.chance.choice(("4", "8")))
            self._press("#train-live-timeline > button:first-child")
            self.page.wait_for_timeout(1500)
        line.locator("input").focus()
        for _ in range(6):
            self.page.keyboard.press(
                self.chance.choice(("ArrowLeft", "ArrowRight", "PageDown", "Home", "End"))
            )

    def hover_live(self) -> None:
        """Move over what is drawn while it learns."""
        box = self.page.locator("#train-live-picture").bounding_box()
        for _ in range(10 if box else 0):
            self.page.mouse.move(
                box["x"] + self.chance.random() * box["width"],
                box["y"] + self.chance.random() * box["height"],
            )

    def rename(self) -> None:
        """Give the training another name, which may be none."""
        name = self.page.locator("#train-name").locator("input, textarea")
        if name.is_visible():
            name.fill(self.chance.choice(("mine", "", "<b>\u5b57</b>", "x" * 300)))
            self._press("#train-rename")

    def stop(self) -> None:
        """Stop, and wait until it is saved."""
        if self._press("#train-stop"):
            self.page.wait_for_function(f"() => {ENDED}", timeout=SAVE_MILLISECONDS)

    def train_longer(self) -> None:
        """Go on with the one that has ended; in most cases there is none, so one is stopped before."""
        self.stop()
        self._press("#train-longer")

    def delete(self) -> None:
        """Delete the training, or say that it was not meant."""
        self.stop()
        if self._press("#train-delete"):
            self._press(f"#train-delete-{self.chance.choice(('sure', 'spare'))}")
            self.page.wait_for_timeout(1000)
