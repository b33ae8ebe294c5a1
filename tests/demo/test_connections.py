"""Connections of strangers who do not say what they want, in raw sockets against a server of this process."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
import uvicorn.config
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from demo import connections
from demo.connections import Connection

WHOLE = b"GET /all HTTP/1.1\r\nHost: here\r\n\r\n"


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], socket.socket]]:
    """Connects to a server whose patience is short; what is never closed fails after ten seconds."""
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.2)
    monkeypatch.setattr(connections, "MOST_SENDING", 3)

    async def read_all(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{len(await request.body())} came")

    async def refuse(_: Request) -> PlainTextResponse:
        return PlainTextResponse("no", 413)

    routes = [Route("/all", read_all, methods=["GET", "POST"]), Route("/no", refuse, methods=["POST"])]
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=routes), http=Connection, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    with contextlib.ExitStack() as opened:
        yield lambda: opened.enter_context(socket.create_connection(listening.getsockname(), timeout=10))
    server.should_exit = True
    thread.join(30)
    listening.close()
    assert not Connection.sending


def rest(one: socket.socket) -> bytes:
    """All that comes until the server closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := one.recv(4096):
            parts.append(part)
    return b"".join(parts)


def read_to(one: socket.socket, words: bytes) -> None:
    """Reads an answer up to these words; fails where it ends before."""
    read = b""
    while words not in read:
        read += (part := one.recv(4096))
        assert part, read


def trickle(one: socket.socket) -> None:
    """Sends a byte now and then, for ten seconds."""
    for _ in range(1000):
        one.sendall(b"x")
        time.sleep(0.01)


@pytest.mark.parametrize("begun", [b"", b"G", b"POST /all HTTP/1.1\r\nHost: here\r\nX-Part: "])
def test_who_never_says_what_is_wanted_is_let_go(connect: Callable[[], socket.socket], begun: bytes) -> None:
    one = connect()
    one.sendall(begun)
    assert rest(one) == b""


def test_headers_that_trickle_are_not_waited_for(connect: Callable[[], socket.socket]) -> None:
    one = connect()
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        trickle(one)


def test_a_second_request_that_does_not_come_is_let_go(connect: Callable[[], socket.socket]) -> None:
    one = connect()
    one.sendall(WHOLE)
    read_to(one, b"0 came")
    one.sendall(WHOLE[:11])
    assert rest(one) == b""


def test_a_slow_body_is_no_matter_of_the_headers(connect: Callable[[], socket.socket]) -> None:
    one = connect()
    one.sendall(b"POST /all HTTP/1.1\r\nHost: here\r\nContent-Length: 37\r\n\r\n")
    for _ in range(37):
        time.sleep(0.02)
        one.sendall(b"x")
    read_to(one, b"37 came")


def test_who_sends_on_after_a_refusal_is_let_go(connect: Callable[[], socket.socket]) -> None:
    one = connect()
    one.sendall(b"POST /no HTTP/1.1\r\nHost: here\r\nContent-Length: 1000003\r\n\r\n")
    read_to(one, b"413")
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        trickle(one)


def test_one_address_cannot_hold_all_connections(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 600)
    held = [connect() for _ in range(3)]
    assert rest(connect()) == b""
    for one in held:
        one.sendall(WHOLE)
        read_to(one, b"0 came")
    more = connect()  # the three are open, but have sent what they wanted
    more.sendall(WHOLE)
    read_to(more, b"0 came")
    for one in (*held, more):
        one.close()


def test_behind_a_proxy_an_address_says_nothing(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACE_ID", "somebody/attngan")
    monkeypatch.setattr(connections, "HEADER_SECONDS", 600)
    opened = [connect() for _ in range(7)]
    for one in opened:
        one.sendall(WHOLE)
        read_to(one, b"0 came")


def test_servers_that_others_set_up_have_such_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.config, "HTTP_PROTOCOLS", dict(uvicorn.config.HTTP_PROTOCOLS))
    connections.bound_connections()
    config = uvicorn.Config(Starlette())
    config.load()
    assert config.http_protocol_class is Connection
