"""Frames that a kind of its own writes (tests/sums.py) are shown in the canvas, which knows nothing of it."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import expect

from attngan.explain import frames
from attngan.model import checkpoints, sampling
from tests import sums
from tests.browser import canvas
from tests.browser.test_stage_of_places import HALF_LEVEL, open_with, shown

TEXTS = ["3+5+11", "1+2+3"]


def test_where_a_digit_looked_in_its_text_is_painted_and_said(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    with sums.known():
        model = checkpoints.load(sums.write_run(tmp_path / "run", steps=7))
        sample = sampling.sample(model, [11, 13], TEXTS)
        frame = frames.encode(sample)
    page = open_with(visit, gzip.decompress(frame), reduced_motion="reduce")
    names = sums.DIGITS.names
    for item, text in enumerate(TEXTS):
        for place, name in enumerate(names):
            canvas.hover(page, (place + 0.5) / len(names), 0.2)
            values, pointed = shown(page)
            truth = sample.attention[0].weights[item].mean(0)[place].numpy()
            assert pointed == place
            assert np.abs(np.array(values) - truth[: len(values)]).max() <= HALF_LEVEL
            assert values[len(text) :] == [0] * (len(values) - len(text))
            best = text[int(truth.argmax())]
            expect(canvas.part(page, ".sentence")).to_contain_text(f"“{name}”")
            expect(canvas.part(page, ".sentence")).to_contain_text(f"“{best}”")
        page.locator("#explorer-picture").press("n")
