"""How much and how slowly a stranger may send: bodies in the middleware, and all uploads together."""

import asyncio
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from gradio.data_classes import FileData
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from demo import limits
from demo.limits import EVENT, MOST_SENT, MOST_TOLD, Limits, RefusedError, UploadSum
from demo.uploads.sets import MOST_FILES
from tests.awaited import awaited

JSON = "/gradio_api/call/sample"


async def measuring(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


def answer(
    path: str,
    parts: Iterable[bytes | float],
    headers: dict[str, str] | None = None,
    uploads: UploadSum | None = None,
    app: Any = measuring,
) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of what is answered to a body of these parts; a number is a pause."""
    messages = iter(parts)
    sent: list[Message] = []

    async def receive() -> Message:
        for part in messages:
            if isinstance(part, bytes):
                return {"type": "http.request", "body": part, "more_body": True}
            await asyncio.sleep(part)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": "POST", "path": path, "headers": raw, "client": ("192.0.2.7", 11)}
    middleware = Limits(app, uploads or UploadSum(Path("nowhere")))
    awaited(middleware(scope, receive, send))
    start = [one for one in sent if one["type"] == "http.response.start"]
    assert len(start) == 1
    text = b"".join(one.get("body", b"") for one in sent).decode()
    return start[0]["status"], text, {name.decode(): value.decode() for name, value in start[0]["headers"]}


def never(_: Scope, __: Receive, ___: Send) -> Any:
    raise AssertionError("this was to be refused before")


def test_a_body_that_is_no_file_may_have_a_megabyte() -> None:
    assert answer(JSON, [b"x" * 700_001, b"y" * (MOST_SENT - 700_001)])[:2] == (200, str(MOST_SENT))
    for path in (JSON, "/gradio_api/queue/join", "/gradio_api/uploads", "/anything"):
        status, text, _ = answer(path, [b"x" * 700_001, b"y" * (MOST_SENT - 700_000)])
        assert (status, text) == (413, "At most 1 MB can be sent here at once.")


def test_an_event_of_the_page_may_have_four_megabytes() -> None:
    assert answer(EVENT, [b"x" * MOST_TOLD])[:2] == (200, str(MOST_TOLD))
    status, text, _ = answer(EVENT, [b"x" * MOST_TOLD, b"y"])
    assert (status, text) == (413, "At most 4 MB can be sent here at once.")


def test_the_page_can_name_as_many_files_as_may_be_used() -> None:
    folder = f"/var/folders/zz/{'t' * 32}/T/attngan-page-abcdefgh/files/{'f' * 64}"
    path = f"{folder}/Photograph 2024-05-17 at 11.37.png"
    file = FileData(
        path=path,
        url=f"https://somebody-something.hf.space/gradio_api/file={path}",
        size=1234567,
        orig_name=Path(path).name,
        mime_type="image/png",
    )
    assert MOST_FILES * len(file.model_dump_json()) < MOST_TOLD


def test_a_length_that_is_too_much_is_refused_before_anything_is_read() -> None:
    status, text, _ = answer(JSON, [], {"Content-Length": str(MOST_SENT + 1)}, app=never)
    assert (status, text) == (413, "At most 1 MB can be sent here at once.")
    assert answer(JSON, [b"abc"], {"Content-Length": "3"})[:2] == (200, "3")


@pytest.mark.parametrize("length", ["abc", "-5", "1.5", "+3", "", "1e3", "0x11", "9" * 5000])
def test_a_length_that_is_no_whole_number_is_refused(length: str) -> None:
    status, text, _ = answer(JSON, [], {"Content-Length": length}, app=never)
    assert (status, text) == (400, "The length of what is sent must be one whole number.")


def test_files_may_be_longer() -> None:
    long = [b"x" * MOST_SENT] * 3
    for path in ("/gradio_api/upload", "/gradio_api/attngan/judged/faces"):
        assert answer(path, long)[:2] == (200, str(3 * MOST_SENT))


def test_a_body_that_does_not_come_is_answered_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.02)
    for parts in ([600.0], [b"x" * 17, 600.0]):
        status, text, headers = answer(JSON, parts)
        assert (status, text) == (408, "What was to be sent here came too slowly. Try again.")
        assert headers["connection"] == "close"


def test_a_body_that_trickles_is_answered_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(limits, "SLOWEST", 1000)
    assert answer(JSON, [b"x", 0.01] * 1000)[0] == 408
    monkeypatch.setattr(limits, "SLOWEST", 10)  # a hundred seconds for each part: no stall is as long
    assert answer(JSON, [b"x" * 1000, 0.01] * 23)[:2] == (200, "23000")


def test_who_has_sent_all_may_wait_as_long_as_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.02)

    async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        await receive()
        await PlainTextResponse("told later")(scope, receive, send)

    async def ask() -> list[Message]:
        sent: list[Message] = []
        messages = iter(({"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}))
        pauses = iter((0.0, 0.1))

        async def receive() -> Message:
            await asyncio.sleep(next(pauses))
            return next(messages)

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": JSON, "headers": []}
        await Limits(waiting, UploadSum(Path("nowhere")))(scope, receive, send)
        return sent

    assert awaited(ask())[-1]["body"] == b"told later"


def test_a_visitor_may_upload_so_much_within_some_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    uploads = UploadSum(tmp_path, visitor_most=100, folder_most=10_000)
    uploads.take("a", 61)
    uploads.settle("a", 61, 61)
    with pytest.raises(RefusedError, match="within 10 minutes: try again later") as refused:
        uploads.take("a", 41)
    assert refused.value.status == 413
    uploads.take("b", 100)
    uploads.take("a", 39)
    uploads.settle("a", 39, 3)  # its sender went away
    uploads.take("a", 36)
    now[0] += 660
    uploads.take("a", 100)


def file(folder: Path, name: str, size: int, minutes: int) -> Path:
    """A file of the folder, which was written so many minutes ago."""
    path = folder / name / "picture.png"
    path.parent.mkdir()
    path.write_bytes(b"x" * size)
    written = time.time() - 60 * minutes
    os.utime(path, (written, written))
    return path


def test_old_files_make_room_for_new_ones_and_young_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / "gradio"
    uploads = UploadSum(folder, visitor_most=10_000, folder_most=1000)
    uploads.take("a", 11)
    uploads.settle("a", 11, 0)  # there is no folder yet
    folder.mkdir()
    young, old, oldest = (file(folder, str(age), 300, age) for age in (3, 23, 47))
    uploads.take("a", 100)
    assert oldest.is_file()
    uploads.take("a", 100)  # 900 lie there, and 100 are coming
    assert (young.is_file(), old.is_file(), oldest.parent.exists()) == (True, True, False)
    with pytest.raises(RefusedError, match="Many people upload just now: try again in 10 minutes") as refused:
        uploads.take("a", 501)
    assert refused.value.status == 413
    assert (young.is_file(), old.parent.exists()) == (True, False)
    assert folder.is_dir()


def test_an_upload_is_counted_as_its_visitor_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for headers, hosted, known in (
        ({}, False, "192.0.2.7"),
        ({"X-Forwarded-For": "192.0.2.3, 192.0.2.5"}, False, "192.0.2.7"),
        ({"X-Forwarded-For": "192.0.2.3, 192.0.2.5"}, True, "192.0.2.5"),
        ({}, True, "192.0.2.7"),
    ):
        monkeypatch.setenv("SPACE_ID", "who/what") if hosted else monkeypatch.delenv("SPACE_ID", False)
        uploads = UploadSum(tmp_path, visitor_most=100)
        said = headers | {"Content-Length": "61"}
        assert answer("/gradio_api/upload", [b"x" * 61], said, uploads)[0] == 200
        with pytest.raises(RefusedError):
            uploads.take(known, 41)
        uploads.take(known, 39)
        assert answer("/gradio_api/upload", [], said, uploads, never)[0] == 413


def test_of_an_upload_counts_what_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.02)
    uploads = UploadSum(tmp_path, visitor_most=100)
    said = {"Content-Length": "97"}
    assert answer("/gradio_api/upload", [b"x" * 13, 600.0], said, uploads)[0] == 408
    uploads.take("192.0.2.7", 87)
    with pytest.raises(RefusedError):
        uploads.take("192.0.2.7", 1)
