"""A connection to the page: closed where it does not say what it wants, and so many a visitor at most."""

import asyncio
import os
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

import uvicorn.config
from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEADER_SECONDS = 10.0  # until a request's headers are here
MOST_SENDING = 64  # connections of one address whose request is not here yet

if TYPE_CHECKING:  # which of uvicorn's two it is depends on what is installed; we use what they share
    from uvicorn.protocols.http.h11_impl import H11Protocol as Base
else:
    Base = AutoHTTPProtocol


class Connection(Base):
    """uvicorn's connection, with a bound on how long a request's headers may take.

    It also closes one that sends on after its request was answered, as with a body that was refused.
    """

    sending: ClassVar[Counter[str]] = Counter()  # how many connections of each address

    _closing: asyncio.TimerHandle | None = None
    _counted: str | None = None  # the address under which it is counted

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by asyncio."""
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._have_headers()
        elif before is None or before.response_complete:
            self._await_headers()
        if self.cycle is not None and not self.cycle.more_body and self._closing is None:
            self._count_out()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        self._have_headers()
        self._count_out()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        if self._closing is None:
            self._closing = self.loop.call_later(HEADER_SECONDS, self._close)
            self._count_in()

    def _have_headers(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _close(self) -> None:
        if self.transport.get_protocol() is self:  # no other has taken it over
            self.transport.close()

    def _count_in(self) -> None:
        if (
            self._counted is None and self.client and "SPACE_ID" not in os.environ
        ):  # there all come by a proxy
            self._counted = self.client[0]
            self.sending[self._counted] += 1
            if self.sending[self._counted] > MOST_SENDING:
                self.transport.abort()

    def _count_out(self) -> None:
        if self._counted is not None:
            self.sending[self._counted] -= 1
            if not self.sending[self._counted]:
                del self.sending[self._counted]
            self._counted = None


def bound_connections() -> None:
    """From here on, servers of this process have connections of this kind.

    gradio builds uvicorn's settings inside its launch() and lets nobody choose the class of connections.
    """
    uvicorn.config.HTTP_PROTOCOLS["auto"] = f"{Connection.__module__}:{Connection.__name__}"
