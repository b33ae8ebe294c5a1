"""A scripted stranger uses the page at random, a short while, and nothing breaks."""

import random
from collections.abc import Callable
from typing import Any

import stranger as strangers

from tests.browser import canvas

SECONDS = 8


def test_random_use_breaks_nothing(visit: Callable[..., Any], browser: Any) -> None:
    one = visit(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    canvas.ready(one.page)
    stranger = strangers.Stranger(
        one.page, lambda **settings: browser.new_context(**settings).new_page(), random.Random(7)
    )
    while stranger.did.total() <= 5:  # a busy machine does less in the time
        stranger.use(SECONDS)
    stranger.other_tab()
    assert stranger.problems == []
