"""What all routes share: addresses come back as they were built, and what is wrong is told in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from attngan.errors import AttnGanError
from demo import web
from demo.web import BusyError, Query


def client_of(endpoint: web.Endpoint) -> TestClient:
    return TestClient(Starlette(routes=[web.get("it/{model}/{step:int}", endpoint)]))


def ask(client: TestClient, query: str = "") -> Any:
    return client.get(f"{web.ROOT}/it/faces/7{query}")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("0", 0), ("12", 12), (12, 12), ("13", None), (13, None), ("-1", None), (-1, None), ("", None),
        ("1.0", None), (1.0, None), (True, None), (None, None), ("²", None), ("1" * 16, None), ([3], None),
    ],
)  # fmt: skip
def test_a_whole_number_below_an_end_is_found_in_whatever_is_given(given: object, found: int | None) -> None:
    assert web.whole_below(13, given) == found


def test_a_query_is_read_by_name_and_what_is_not_given_is_as_usual() -> None:
    def read(query: Query) -> dict[str, Any]:
        return {
            "part": [query.part("model"), query.part("step")],
            "text": query.text("layer", "finest"),
            "whole": [query.whole("seed"), query.whole("count", 5), query.whole_or_none("label")],
            "number": query.number("truncation", 1),
        }

    client = client_of(web.document(read))
    assert ask(client).json() == {
        "part": ["faces", 7],
        "text": "finest",
        "whole": [0, 5, None],
        "number": 1,
    }
    assert ask(client, "?layer=16&seed=11&count=&label=3&truncation=0.7").json() == {
        "part": ["faces", 7],
        "text": "16",
        "whole": [11, 5, 3],
        "number": 0.7,
    }
    assert ask(client, "?seed=1234567890123456789&truncation=1.2345678901234567e-7").json() == {
        "part": ["faces", 7],
        "text": "finest",
        "whole": [1234567890123456789, 5, None],
        "number": 1.2345678901234567e-7,
    }
    for query, problem in (
        ("?seed=1.5", "seed must be a whole number."),
        ("?label=x", "label must be a whole number."),
        ("?seed=" + "1" * 25, "seed is too long: a number has at most 24 characters here."),
        ("?truncation=0." + "1" * 23, "truncation is too long: a number has at most 24 characters here."),
        ("?truncation=x", "truncation must be a number."),
    ):
        assert ask(client, query).json() == {"problem": problem}


def wrong(_: Query) -> Any:
    raise AttnGanError("No, since.")


def busy(_: Query) -> Any:
    raise BusyError("Later.", 17)


@pytest.mark.parametrize(
    ("endpoint", "status", "text"),
    [
        (web.frame(wrong), 404, "No, since."),
        (web.frame(wrong, web.sentence), 200, "No, since."),
        (web.file(wrong), 404, "No, since."),
        (web.document(wrong), 200, '{"problem":"No, since."}'),
        (web.frame(busy), 503, "Later."),
        (web.file(busy), 503, "Later."),
    ],
)
def test_what_is_wrong_is_one_sentence(endpoint: web.Endpoint, status: int, text: str) -> None:
    answer = ask(client_of(endpoint))
    assert (answer.status_code, answer.text) == (status, text)
    assert answer.headers.get("retry-after") == ("17" if status == 503 else None)


def test_addresses_leave_open_what_the_browser_fills_in() -> None:
    assert web.frame_url("faces", 3, 16) == "/gradio_api/attngan/frame/faces?seed=3&count=16"
    assert web.frame_url("faces", 3, 16, 0).endswith("?seed=3&count=16&label=0")
    assert web.single_url("faces").endswith("frame/faces?seed={seed}&count=1&label={label}")
    assert web.steps_url("run-x").format(step=7) == web.step_url("run-x", 7)


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (web.text, "16", 16),
        (web.whole, 16, True),
        (web.whole, 0, "0"),
        (web.whole_or_none, None, 1.0),
        (web.number, 1, "nan"),
        (web.number, 0.5, False),
        (web.number, 2**1000, 10**400),
        (web.text, "ü 字", "\ud800"),
        (web.text, "", "a\0"),
    ],
)
def test_what_programs_give_is_checked_and_told_by_name(
    check: Callable[[object], Any], good: object, bad: object
) -> None:
    assert check(good) == good
    with pytest.raises(AttnGanError, match=r"is (no (text|whole number|number)|too large a number)\.$"):
        check(bad)
