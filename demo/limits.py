"""How much a request may send and how slowly, and how much all uploads together may take of the disk."""

import asyncio
import contextlib
import os
import re
import threading
import time
from collections import Counter, deque
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attngan.errors import AttnGanError
from demo import visitors

MEGABYTE = 1024 * 1024
MOST_SENT = MEGABYTE  # bytes of a body that is no file
MOST_TOLD = 4 * MEGABYTE  # bytes of an event of the page: the names of 5000 files that were uploaded take 3
MOST_UNSAID = 200 * MEGABYTE  # bytes of an upload that does not say its length before
SILENCE_SECONDS = 10.0  # until the next bytes of a body
GRACE_SECONDS = 20.0  # that a body of any length may keep us waiting
SLOWEST = 16 * 1024  # bytes a second after that
VISITOR_MOST = 400 * MEGABYTE  # bytes that one visitor may upload within WINDOW_MINUTES
WINDOW_MINUTES = 10
FOLDER_MOST = 2048 * MEGABYTE  # bytes that may lie in the folder of uploads

UPLOAD = "/gradio_api/upload"
EVENT = "/gradio_api/run/predict"  # to which the page's own events are sent
# Its route counts what is sent to it; see demo.explorer.routes.
PICTURE = re.compile(r"^/gradio_api/attngan/judged/")


class RefusedError(AttnGanError):
    """What was sent is too much or too slow, told in a sentence with a status of HTTP."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class UploadSum:
    """What has been uploaded: by each visitor lately, and by all in `folder`. Any thread may call it."""

    def __init__(
        self, folder: Path, visitor_most: int = VISITOR_MOST, folder_most: int = FOLDER_MOST
    ) -> None:
        self._folder, self._visitor_most, self._folder_most = folder, visitor_most, folder_most
        self._minutes: deque[tuple[int, Counter[str]]] = deque()  # bytes of each visitor, by minute
        self._coming = 0  # bytes of uploads that are under way
        self._lock = threading.Lock()

    def take(self, visitor: str, size: int) -> None:
        """Counts an upload that begins; raises RefusedError where it would be too much.

        Files that no upload of the last minutes has brought make room for it, the oldest first.
        """
        with self._lock:
            if self._sent_by(visitor) + size > self._visitor_most:
                raise RefusedError(
                    413,
                    f"One visitor may upload {self._visitor_most // MEGABYTE} MB within {WINDOW_MINUTES} "
                    "minutes: try again later, or with fewer and smaller files.",
                )
            if self._made_room(size + self._coming) + size + self._coming > self._folder_most:
                raise RefusedError(
                    413, f"Many people upload just now: try again in {WINDOW_MINUTES} minutes."
                )
            self._count(visitor, size)
            self._coming += size

    def settle(self, visitor: str, size: int, came: int) -> None:
        """Counts what really came of an upload of `size` that was taken and has ended."""
        with self._lock:
            self._count(visitor, came - size)
            self._coming -= size

    def _count(self, visitor: str, size: int) -> None:
        minute = int(time.monotonic() // 60)
        if not self._minutes or self._minutes[-1][0] != minute:
            self._minutes.append((minute, Counter()))
        self._minutes[-1][1][visitor] += size

    def _sent_by(self, visitor: str) -> int:
        first = int(time.monotonic() // 60) - WINDOW_MINUTES
        while self._minutes and self._minutes[0][0] < first:
            self._minutes.popleft()
        return sum(sizes[visitor] for _, sizes in self._minutes)

    def _made_room(self, size: int) -> int:
        """Bytes in the folder, after old files have made room for so many more."""
        paths = (Path(place, name) for place, _, names in os.walk(self._folder) for name in names)
        found = []
        for path in paths:
            with contextlib.suppress(OSError):  # it has just gone
                state = path.lstat()
                found.append((state.st_mtime, state.st_size, path))
        lying = sum(length for _, length, _ in found)
        young = time.time() - 60 * WINDOW_MINUTES
        for changed, length, path in sorted(found):
            if lying + size <= self._folder_most or changed > young:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                lying -= length
                if path.parent != self._folder:  # gradio gives each upload a folder of its own
                    path.parent.rmdir()
        return lying


class Body:
    """A request's body as it comes: bounded in length, and in how long it keeps us waiting."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self.came = 0  # bytes
        self.refused: RefusedError | None = None
        self._waited = 0.0  # seconds
        self._whole = False

    async def receive(self) -> Message:
        """The next message. A body that is refused is told as a visitor who has gone."""
        if self._whole:
            return await self._receive()
        if self.refused is None:
            try:
                return await self._next()
            except RefusedError as error:
                self.refused = error
        return {"type": "http.disconnect"}

    async def _next(self) -> Message:
        left = GRACE_SECONDS + self.came / SLOWEST - self._waited
        begun = time.monotonic()
        try:
            async with asyncio.timeout(min(SILENCE_SECONDS, left)):
                message = await self._receive()
        except TimeoutError:
            raise RefusedError(408, "What was to be sent here came too slowly. Try again.") from None
        self._waited += time.monotonic() - begun
        self.came += len(message.get("body", b""))
        if self.came > self._most:
            raise _too_much(self._most)
        self._whole = not message.get("more_body", False)
        return message


class Limits:
    """ASGI middleware: requests that send too much or too slowly get a sentence, 413 or 408."""

    def __init__(self, app: ASGIApp, uploads: UploadSum) -> None:
        self.app, self._uploads = app, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            if scope["method"] == "POST" and scope["path"].rstrip("/") == UPLOAD:
                await self._upload(scope, receive, send)
            else:
                said, most = _length(scope), _most(scope)
                if said is not None and said > most:
                    raise _too_much(most)
                await self._serve(Body(receive, most), scope, send)
        except RefusedError as error:
            headers = {"Connection": "close"} if error.status == 408 else {}
            await PlainTextResponse(str(error), error.status, headers)(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        said, visitor = _length(scope), visitors.address_of(HTTPConnection(scope))
        size = MOST_UNSAID if said is None else said
        await run_in_threadpool(self._uploads.take, visitor, size)
        body = Body(receive, size)
        try:
            await self._serve(body, scope, send)
        finally:
            self._uploads.settle(visitor, size, min(body.came, size))

    async def _serve(self, body: Body, scope: Scope, send: Send) -> None:
        """Has the request answered; raises RefusedError where nothing has been answered yet."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if body.refused is None or begun:
                begun = True
                await send(message)

        try:
            await self.app(scope, body.receive, sending)
        except Exception:
            if body.refused is None or begun:
                raise
        if body.refused is not None and not begun:
            raise body.refused


def _most(scope: Scope) -> int:
    """How many bytes a body that is no upload may have."""
    if scope["method"] == "POST" and PICTURE.match(scope["path"]):
        return MOST_UNSAID
    return MOST_TOLD if scope["path"].rstrip("/") == EVENT else MOST_SENT


def _length(scope: Scope) -> int | None:
    """The length that a body is said to have; raises RefusedError for what is none."""
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    if not said:
        return None
    if len(said) > 1 or not re.fullmatch(rb"[0-9]{1,15}", said[0]):
        raise RefusedError(400, "The length of what is sent must be one whole number.")
    return int(said[0])


def _too_much(most: int) -> RefusedError:
    return RefusedError(413, f"At most {most // MEGABYTE} MB can be sent here at once.")
