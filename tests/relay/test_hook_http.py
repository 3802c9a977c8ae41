"""Requests to hooks as they travel: in pieces, several at once, too large, too slow, ambiguous."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from starlette.types import Receive, Scope, Send

from cti_desktop.providers.delivery import ProviderSettings
from cti_desktop.relay import asgi, server
from cti_desktop.relay.access import Access
from cti_desktop.relay.hook_http import HookHttp
from cti_desktop.relay.hooks import MAX_BODY, Hook, Hooks
from cti_desktop.relay.ingest import Arrival, Outcome, Settled, Source
from cti_desktop.relay.proxies import network
from cti_desktop.relay.server import Server

SOURCE = Source("pbx", "myoperator", ProviderSettings())
KEY = b"X-Key: secret"


class Hurried(HookHttp):
    """Has no time for bodies."""

    body_seconds = 0.05


@dataclass
class Rig:
    """A server whose deliveries are stored when told to, or at once."""

    port: int = 0
    at_once: bool = True
    taken: list[Arrival] = field(default_factory=list)
    waiting: list[Settled] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, arrival: Arrival, settled: Settled) -> None:
        """Stand in for the store."""
        self.taken.append(arrival)
        self.waiting.append(settled)
        self.came.set()
        if self.at_once:
            asyncio.get_running_loop().call_soon(settled, Outcome.STORED)

    async def ask(self, *chunks: bytes, until: bytes = b"") -> bytes:
        """Everything that comes back until the server closes. Each further chunk waits for `until`."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        answer = b""
        try:
            async with asyncio.timeout(10):
                for place, chunk in enumerate(chunks):
                    answer += await reader.readuntil(until) if place and until else b""
                    writer.write(chunk)
                    await writer.drain()
                return answer + await reader.read()
        finally:
            writer.close()

    @property
    def bodies(self) -> list[bytes]:
        """What got through."""
        return [arrival.body for arrival in self.taken]


async def others(scope: Scope, receive: Receive, send: Send) -> None:
    """What isn't for a hook."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})
    else:
        await asgi.body(scope, receive, 1_000_000)
        await asgi.answer(send, 200, {"elsewhere": scope["path"]})


@asynccontextmanager
async def serving(
    http: type[HookHttp] = HookHttp, hook: Hook | None = None, proxies: Sequence[str] = ()
) -> AsyncIterator[Rig]:
    """A server on a free port."""
    rig = Rig()
    listening = server.bind("127.0.0.1", 0)
    rig.port = int(listening.getsockname()[1])
    access = Access(secrets={"pbx": (b"secret",)})
    hooks = Hooks({"pbx": hook or Hook(SOURCE, b"x-key")}, lambda: access, rig.take)
    connection = partial(http, hooks=hooks, trusted_proxies=[network(proxy) for proxy in proxies])
    served = Server(others, connection)
    async with asyncio.TaskGroup() as group:
        group.create_task(served.serve(sockets=[listening]))
        await served.up.wait()
        yield rig
        served.should_exit = True


def post(body: bytes = b"{}", *headers: bytes, path: bytes = b"/hooks/pbx", close: bool = True) -> bytes:
    """A whole request."""
    lines = [b"POST %b HTTP/1.1" % path, b"Host: x", KEY, *headers]
    if not any(line.lower().startswith(b"transfer-encoding") for line in headers):
        lines.append(b"Content-Length: %d" % len(body))
    lines += [b"Connection: close"] if close else []
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def statuses(answer: bytes) -> list[int]:
    """Of all answers in what came back."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


async def test_an_answer_is_whole() -> None:
    """Status, date, type, length and JSON, as from every other endpoint; nothing about the server."""
    async with serving() as rig:
        answer = await rig.ask(post(b'{"a":1}'))
    head, _, content = answer.partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b'{"status":"stored"}' == content
    names = [line.partition(b":")[0] for line in head.split(b"\r\n")[1:]]
    assert {b"content-length", b"content-type", b"date", b"connection"} == set(names)
    assert [b'{"a":1}'] == rig.bodies


async def test_in_any_pieces() -> None:
    """Byte by byte, and in chunks of its own."""
    chunked = b'5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n'
    async with serving() as rig:
        whole = post(b'{"a":1}')
        slowly = await rig.ask(*[whole[at : at + 1] for at in range(len(whole))])
        in_chunks = await rig.ask(post(chunked, b"Transfer-Encoding: chunked"))

    assert [[200], [200]] == [statuses(slowly), statuses(in_chunks)]
    assert [b'{"a":1}'] * 2 == rig.bodies


@pytest.mark.parametrize(
    "path",
    [b"/%68ooks/pbx", b"http://x/hooks/pbx", b"/hooks/pbx?public_ivr_id=5&token=secret", b"/hooks/p%62x"],
)
async def test_every_spelling_of_the_address(path: bytes) -> None:
    """As with every other endpoint: escaped, absolute, with parameters."""
    async with serving() as rig:
        answer = await rig.ask(post(path=path))

    assert [200] == statuses(answer)
    assert ({"public_ivr_id": "5"} if b"?" in path else {}) == rig.taken[0].query


async def test_everything_else_is_not_for_hooks() -> None:
    """On the same connection, before and after."""
    async with serving() as rig:
        answer = await rig.ask(
            post(path=b"/hooks", close=False),
            post(close=False),
            post(b"x" * 99, path=b"/else", close=False),
            post(),
        )

    assert [200] * 4 == statuses(answer)
    assert (1, 1) == (answer.count(b'"/hooks"'), answer.count(b'"/else"'))
    assert 2 == len(rig.taken)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [(b"GET", b"/hooks/pbx", 405), (b"POST", b"/hooks/", 404), (b"POST", b"/hooks/a/b", 404)],
)
async def test_what_is_refused_leaves_the_connection_usable(method: bytes, path: bytes, status: int) -> None:
    """The next request is answered as if nothing had happened."""
    async with serving() as rig:
        answer = await rig.ask(post(path=path, close=False).replace(b"POST", method, 1) + post())

    assert [status, 200] == statuses(answer)


async def test_a_slash_at_the_end_changes_nothing() -> None:
    """Whoever typed it into a panel means the same address: no redirect, which no provider follows."""
    async with serving() as rig:
        answer = await rig.ask(post(path=b"/hooks/pbx/"))

    assert [200] == statuses(answer)


async def test_head_gets_no_body() -> None:
    """Else the next answer would begin with it."""
    async with serving() as rig:
        answer = await rig.ask(b"HEAD /hooks/pbx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert [405] == statuses(answer)
    assert answer.endswith(b"\r\n\r\n")


async def test_old_clients() -> None:
    """HTTP/1.0 is answered, and hung up on."""
    async with serving() as rig:
        answer = await rig.ask(post(close=False).replace(b"HTTP/1.1", b"HTTP/1.0"))

    assert [200] == statuses(answer)
    assert b"connection: close" in answer


async def test_several_at_once_are_answered_in_order() -> None:
    """Pipelined: the second isn't begun before the first is answered, whatever it asks for."""
    async with serving() as rig:
        rig.at_once = False
        asked = asyncio.ensure_future(
            rig.ask(
                post(b"1", close=False)
                + post(b"2", close=False)
                + post(path=b"/else", close=False)
                + post(b"3")
            )
        )
        for number in range(3):
            await rig.came.wait()
            rig.came.clear()
            assert number + 1 == len(rig.taken)
            rig.waiting[number](list(Outcome)[number])
        answer = await asked

    assert [200] * 4 == statuses(answer)
    marks = [answer.index(mark) for mark in (b"stored", b"duplicate", b"elsewhere", b"quarantined")]
    assert sorted(marks) == marks


@pytest.mark.parametrize("size", [MAX_BODY, MAX_BODY + 1, 5 * 1024 * 1024])
async def test_size(size: int) -> None:
    """256 KiB is the limit; what is too large is read for a while, so that its sender sees the answer."""
    async with serving() as rig:
        try:
            answer = await rig.ask(post(b"x" * size, close=False) + (post() if size == MAX_BODY else b""))
        except ConnectionError:
            answer = b""  # of an absurd body the answer may be lost to a reset

    if size == MAX_BODY:
        assert [200, 200] == statuses(answer)
    else:
        assert statuses(answer) in ([413], [])
        assert size > MAX_BODY + 1 or statuses(answer) == [413]
        assert [] == rig.taken


async def test_size_of_a_body_that_tells_none() -> None:
    """Chunk after chunk."""
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    async with serving() as rig:
        answer = await rig.ask(post(chunk * 9 + b"0\r\n\r\n", b"Transfer-Encoding: chunked"))

    assert [413] == statuses(answer)
    assert [] == rig.taken


@pytest.mark.parametrize("begun", [b"", b"x" * 10])
async def test_bodies_have_a_deadline(begun: bytes) -> None:
    """Who announces a body and doesn't send it is shown out."""
    async with serving(Hurried) as rig:
        answer = await rig.ask(post(b"x" * 99)[:-99] + begun)

    assert [408] == statuses(answer)
    assert b"connection: close" in answer


async def test_who_hangs_up_early_is_forgotten() -> None:
    """In the middle of a body, and while the disk is at work."""
    async with serving(Hurried) as rig:
        rig.at_once = False
        for part in (post(b"x" * 99)[:-9], post()):
            _, writer = await asyncio.open_connection("127.0.0.1", rig.port)
            writer.write(part)
            await writer.drain()
            if part.endswith(b"{}"):
                await rig.came.wait()
            writer.transport.abort()
        rig.waiting[0](Outcome.STORED)
        rig.at_once = True
        answer = await rig.ask(post())

    assert [200] == statuses(answer)


async def test_expectations() -> None:
    """A sender that asks first is told to go on, or what is wrong before it sends anything."""
    async with serving() as rig:
        fine = await rig.ask(post(b"x" * 99, b"Expect: 100-continue")[:-99], b"x" * 99, until=b"\r\n\r\n")
        wrong = await rig.ask(
            post(b"x" * 99, b"Expect: 100-continue", path=b"/hooks/none", close=False)[:-99]
        )

    assert [100, 200] == statuses(fine)
    assert [404] == statuses(wrong)
    assert b"connection: close" in wrong


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked",
        b"Content-Length: 3\r\nContent-Length: 4",
        b"Transfer-Encoding: chunked, identity",
        b"Content-Length: -1",
        b"Content-Length : 3",
        b"X: a\x00b",
    ],
)
@pytest.mark.warning_logs("Invalid HTTP request received")
async def test_ambiguous_requests_are_refused(head: bytes) -> None:
    """Two readers might see different requests in it: 400, and the connection is closed."""
    smuggled = (
        b"POST /hooks/pbx HTTP/1.1\r\nHost: x\r\n" + KEY + b"\r\n" + head + b"\r\n\r\n0\r\n\r\n" + post()
    )
    async with serving() as rig:
        answer = await rig.ask(smuggled)

    assert [400] == statuses(answer)
    assert [] == rig.taken


@pytest.mark.warning_logs("Unsupported upgrade request")
async def test_offers_to_speak_something_else_are_ignored() -> None:
    """Java's client offers HTTP/2 with every request."""
    async with serving() as rig:
        answer = await rig.ask(
            post(b"{}", b"Upgrade: h2c", b"Connection: Upgrade, HTTP2-Settings, close", close=False)
        )

    assert [200] == statuses(answer)


UPGRADE = (
    b"GET /agent HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def test_upgrades_pass() -> None:
    """After a delivery on the same connection, too."""
    async with serving() as rig:
        answer = await rig.ask(post(close=False), UPGRADE, b"\x88\x80\0\0\0\0", until=b"\r\n\r\n")

    assert [200, 101] == statuses(answer)


async def test_no_upgrade_before_the_answer() -> None:
    """An answer among frames would be taken for one."""
    async with serving() as rig:
        rig.at_once = False
        answer = await rig.ask(post(close=False) + UPGRADE)
        rig.waiting[0](Outcome.STORED)

    assert [400] == statuses(answer)


async def flood(writer: asyncio.StreamWriter) -> None:
    """Ask, and ask, and read nothing."""
    while True:
        writer.write(post(path=b"/hooks/none", close=False) * 500)
        await writer.drain()


async def test_who_reads_no_answers_is_not_waited_for() -> None:
    """Thousands of requests whose answers nobody takes: hung up on, instead of remembered."""
    async with serving() as rig:
        _, writer = await asyncio.open_connection("127.0.0.1", rig.port, limit=1)
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # it is one that reads
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(flood(writer), 20)
        writer.close()


@pytest.mark.warning_logs(
    "a delivery from 203.0.113.9, which is not among its allowed_addresses, was refused"
)
async def test_addresses_are_those_behind_trusted_proxies() -> None:
    """The proxy's word counts where it was named."""
    hook = Hook(SOURCE, b"x-key", (network("198.51.100.0/24"),), strict=True)
    async with serving(hook=hook, proxies=["127.0.0.1"]) as rig:
        let_in = await rig.ask(post(b"{}", b"X-Forwarded-For: 198.51.100.7"))
        refused = await rig.ask(post(b"{}", b"X-Forwarded-For: 203.0.113.9", close=False))

    assert ([200], [403]) == (statuses(let_in), statuses(refused))
    assert b"connection: close" in refused


async def test_a_server_that_ends_answers_what_it_took() -> None:
    """The connection is closed after the answer, though the sender would keep it."""
    async with serving() as rig:
        rig.at_once = False
        asked = asyncio.ensure_future(rig.ask(post(close=False)))
        await rig.came.wait()
        asyncio.get_running_loop().call_later(0.3, rig.waiting[0], Outcome.STORED)
    answer = await asked

    assert [200] == statuses(answer)
    assert b"connection: close" in answer
