"""Whether attention helped, as the attention study measured it: its figures (study.json) and its document."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from demo import beside, web

FIGURES = Path(__file__).with_name("study.json")  # written by bench/study_figures.py
DOCUMENT = beside.folder("docs") / "attention-study.md"
NOISE = "none"  # the late noise of the models that the page trains


@cache
def studied() -> dict[str, dict[str, Any]]:
    """What came out, by the name of the data."""
    found = json.loads(FIGURES.read_text("utf-8"))
    return {one["data"]: one for one in found if one["noise"] == NOISE}


def study_of(data: str) -> dict[str, Any]:
    """What the page is told: what came out for these `data`, None where they were not studied; which were."""
    return {"found": studied().get(data), "studied": sorted(studied()), "document": f"{web.ROOT}/study"}
