"""What a training is called before its person calls it anything, in that person's language and time."""

import re
from datetime import datetime, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from demo.jobs import UPLOADED, USUAL, Request
from demo.jobs.own import LONGEST_NAME
from demo.words import LANGUAGES, offered

ASIDE = re.compile(r"\s*[(:（：].*")  # what a choice says beyond the name of the data


class Visitor(NamedTuple):
    """How a browser speaks: a language of the page, and its clock."""

    language: str = LANGUAGES[0]
    zone: tzinfo | None = None  # None: the server's own

    @classmethod
    def of(cls, said: Any) -> "Visitor":
        """The visitor that a browser says it is; what it sends may be anything."""
        told = said if isinstance(said, dict) else {}
        language, zone = told.get("language"), told.get("zone")
        known = {name.lower(): name for name in offered()}
        language = known.get(language.lower(), LANGUAGES[0]) if isinstance(language, str) else LANGUAGES[0]
        try:
            return cls(language, ZoneInfo(zone)) if isinstance(zone, str) else cls(language)
        except (KeyError, OSError, ValueError):  # no such zone, or a system that knows none
            return cls(language)


def name_of(request: Request, file: str, visitor: Visitor, now: float) -> str:
    """Such as "Smileys, attention 8+16, 60 s, 21:13"; `file` is the first of the person's own."""
    texts = offered()[visitor.language]
    return texts["train_name"].format(
        data=_data(request, file, texts),
        how=_how(request, texts),
        seconds=f"{request.seconds:g}",
        time=datetime.fromtimestamp(now, visitor.zone).strftime("%H:%M"),
    )


def _how(request: Request, texts: dict[str, str]) -> str:
    """Where it looks; of a kind without sizes, what the recipe is called where that is not the usual one."""
    if "size" not in request.recipe.takes:
        named = texts.get(f"train_recipe_{request.preset}", request.preset)
        return "" if request.preset == USUAL else texts["train_name_recipe"].format(recipe=named)
    sizes = "+".join(map(str, request.generator_attention))
    return texts["train_name_attention"].format(sizes=sizes) if sizes else texts["train_name_bare"]


def _data(request: Request, file: str, texts: dict[str, str]) -> str:
    stem = " ".join(file.rpartition(".")[0].split())
    if request.data == UPLOADED and stem.isprintable() and stem:
        return stem[: LONGEST_NAME // 2]
    return ASIDE.sub("", texts.get(f"train_data_{request.data}", request.data))
