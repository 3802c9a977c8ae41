"""The server in front of any application: bounded heads, one port, no signals, no 40 ms."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.asyncio.client import connect

from cti_desktop.relay import asgi, server
from cti_desktop.relay.server import MAX_HEAD_BYTES, BoundedHttp, Server


class Watched(BoundedHttp):
    """Remembers whether its sockets wait for more to send."""

    nodelay: list[int] = []  # noqa: RUF012 - shared on purpose

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Look."""
        super().connection_made(transport)
        connected: socket.socket = transport.get_extra_info("socket")
        self.nodelay.append(connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


class Impatient(BoundedHttp):
    """Has no time."""

    head_seconds = 0.05


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body."""
    if scope["type"] == "http":
        body = await asgi.body(scope, receive, 1_000_000)
        await asgi.answer(send, 200, {"length": len(body)})


@asynccontextmanager
async def serving(http: type[BoundedHttp] = BoundedHttp, app: ASGIApp = hello) -> AsyncIterator[int]:
    """A server on a free port."""
    listening = server.bind("127.0.0.1", 0)
    port = int(listening.getsockname()[1])
    served = Server(app, http)
    async with asyncio.TaskGroup() as group:
        group.create_task(served.serve(sockets=[listening]))
        await served.up.wait()
        yield port
        served.should_exit = True


async def ask(port: int, *chunks: bytes) -> bytes:
    """Everything that comes back until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def post(length: int, *headers: bytes) -> bytes:
    """A request's head."""
    lines = [b"POST / HTTP/1.1", b"host: x", b"connection: close", b"content-length: %d" % length, *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def test_requests_get_through() -> None:
    """With a body much larger than any head may be."""
    async with serving() as port:
        answer = await ask(port, post(500_000), b"x" * 500_000)

    assert answer.startswith(b"HTTP/1.1 200")
    assert b'{"length":500000}' in answer
    assert b"server:" not in answer


async def test_heads_are_bounded() -> None:
    """Headers without end are cut, in one line or in many."""
    async with serving() as port:
        one = await ask(port, b"POST / HTTP/1.1\r\nx: ", *[b"y" * 8192] * (MAX_HEAD_BYTES // 8192 + 2))
        many = await ask(port, b"POST / HTTP/1.1\r\n", *[b"x: y\r\n" * 1024] * (MAX_HEAD_BYTES // 6144 + 2))

    assert {b"HTTP/1.1 400", b""} >= {one[:12], many[:12]}  # the answer may be lost to a reset


@pytest.mark.parametrize("begun", [b"", b"POST / HTTP/1.1\r\nx: "])
async def test_heads_have_a_deadline(begun: bytes) -> None:
    """Who connects and says nothing, or too little, is shown out."""
    async with serving(Impatient) as port:
        answer = await ask(port, begun)

    assert answer.startswith(b"HTTP/1.1 400")


async def test_the_deadline_is_each_requests_own() -> None:
    """A connection may live on after its first request; the second head has a deadline again."""
    async with serving(Impatient) as port:
        answer = await ask(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nslow: ")

    assert [1, 1] == [answer.count(b"HTTP/1.1 200"), answer.count(b"HTTP/1.1 400")]


async def test_answers_are_not_held_back() -> None:
    """Without this each answer waits 40 ms for the peer's acknowledgement."""
    Watched.nodelay.clear()
    async with serving(Watched) as port:
        await ask(port, post(0))

    assert [True] == [bool(flag) for flag in Watched.nodelay]


async def test_signals_stay_the_programs() -> None:
    """The relay may live inside another program."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    async with serving():
        during = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    assert before == during


def test_binding() -> None:
    """A taken port is refused, and nothing is left open."""
    with server.bind("127.0.0.1", 0) as first:
        assert socket.IPPROTO_TCP == first.proto
        with pytest.raises(OSError, match="in use"):
            server.bind("127.0.0.1", first.getsockname()[1])


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_ipv6() -> None:
    """Either family."""
    try:
        listening = server.bind("::1", 0)
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with listening:
        assert socket.AF_INET6 == listening.family


async def test_who_reads_no_answers_gets_none() -> None:
    """Pings of a peer that reads nothing pile up nowhere; once it reads, they are answered again."""
    sockets: list[server.PromptWebSocket] = []
    heard = asyncio.Event()

    async def quiet(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await hello(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.accept"})
        sockets.append(scope["extensions"][server.PROMPT])
        while (await receive())["type"] == "websocket.receive":
            heard.set()

    async with serving(app=quiet) as port, connect(f"ws://127.0.0.1:{port}", ping_interval=None) as socket:
        await socket.send("here")
        await heard.wait()
        heard.clear()
        sockets[0].pause_writing()  # as the transport does
        unanswered = await socket.ping(b"1")
        await socket.send("still here")
        await heard.wait()
        await ask(port, post(1), b"x")  # long enough for an answer, if there was one
        assert isinstance(unanswered, asyncio.Future)
        assert not unanswered.done()

        sockets[0].resume_writing()
        await (await socket.ping(b"2"))
