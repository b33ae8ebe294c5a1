"""Models of the hub that the operator wants on the page: ATTNGAN_HUB_MODELS names them.

Each is OWNER/NAME@COMMIT, with blanks between: a commit never changes, so nobody can put other weights under
a page that runs.
"""

import os
import re
import sys
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.model import hub

SETTING = "ATTNGAN_HUB_MODELS"
LONGEST_KEY = 64


def wanted() -> dict[str, hub.Address]:
    """The models by their keys; raises AttnGanError for a name that is none, or that names no commit."""
    found = {}
    for name in os.environ.get(SETTING, "").split():
        model = hub.address(name)
        if not model.pinned:
            raise AttnGanError(
                f"{SETTING}: {model} must name a commit, the 40 digits that its page shows, after an @."
            )
        found[re.sub(r"[^A-Za-z0-9_-]", "-", model.repo)[:LONGEST_KEY]] = model
    return found


def bring() -> None:
    """Bring all of them here; what is not to be had is told in the log, and the page does without it."""
    for model in wanted().values():
        try:
            hub.fetched(model)
        except AttnGanError as error:
            print(f"{SETTING}: {error}", file=sys.stderr)  # noqa: T201 - an operator reads it


def folders() -> dict[str, Path]:
    """Where those that are here lie, by their keys."""
    places = {key: hub.here(model) for key, model in wanted().items()}
    return {key: place for key, place in places.items() if place is not None}
