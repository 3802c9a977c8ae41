"""The WebSocket to the relay: over real sockets, against a relay and against things that are none."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cti_desktop.core.disposition import Disposition
from cti_desktop.desktop import address
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.connection import Connection
from cti_desktop.desktop.dialing import Pace
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import Connecting, LinkStatus, SignedOut, StoodBy, Waiting
from cti_desktop.desktop.vigil import Vigil
from cti_desktop.desktop.way import DEFAULT_WAY, Way
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.desktop_link import (
    Cursor,
    DesktopLink,
    DispositionStored,
    LinkEvent,
    ProbeAnswered,
    Received,
    Welcomed,
)
from tests.helpers.calls import NOON, rang
from tests.helpers.certificates import ELSEWHERE, NAME, make_certificate
from tests.helpers.connect_proxy import ConnectProxy
from tests.helpers.desktop import QUICK
from tests.helpers.fake_relay import TOKEN, FakeRelay, Watched

DISPOSITION = Disposition("d-1", "call-1", "interested", None, "", None, NOON)
# Waits so long that a second try would be seen as a hang.
ONCE = Pace(open=5, welcome=5, close=0.5)


class Line(Watched):
    """A connection, and all that it told."""

    def __init__(self, url: str, pace: Pace, token: str = TOKEN, way: Way = DEFAULT_WAY) -> None:
        super().__init__()
        self.told: list[LinkEvent | LinkStatus] = []
        self.link = DesktopLink("desk", "0.1.0")
        signed_in = SignedIn(address.parse(url), token)
        self.connection = Connection(
            signed_in, self.link, self._tell, lambda: NOON, way=way, pace=pace, random=Random(1)
        )

    def _tell(self, what: LinkEvent | LinkStatus) -> None:
        self.told.append(what)
        self.change()

    async def hears(self, kind: type[Any], count: int = 1) -> Any:  # noqa: ANN401 - of that kind
        """The `count`th thing of a kind."""
        await self.until(lambda: len(self.heard(kind)) >= count)
        return self.heard(kind)[count - 1]

    def heard(self, kind: type[Any]) -> list[Any]:
        """Everything of a kind."""
        return [what for what in self.told if isinstance(what, kind)]


@contextlib.asynccontextmanager
async def line(
    url: str, pace: Pace = ONCE, token: str = TOKEN, way: Way = DEFAULT_WAY
) -> AsyncIterator[Line]:
    """A running connection, cancelled at the end."""
    opened = Line(url, pace, token, way)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(opened.connection.run(), name="link")
        yield opened
        task.cancel()


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def server(handler: Handler) -> AsyncIterator[str]:
    """Something that is no relay."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await handler(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    listening = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


async def test_events_arrive_and_are_acknowledged() -> None:
    """Welcome, event, commit, acknowledgement; the token goes into the header."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        relay.push(rang())
        received = await desk.hears(Received)
        desk.connection.committed(received.cursor)
        await relay.until(lambda: relay.acked == 1)
    assert [f"Bearer {TOKEN}"] == relay.authorizations
    assert [Connecting] == [type(told) for told in desk.told[:1]]
    assert Cursor("e1", 1) == desk.link.cursor


async def test_dispositions_go_out_now_or_at_the_next_welcome() -> None:
    """What was submitted before there was a link is sent once there is one."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        desk.connection.submit([DISPOSITION])
        assert DispositionStored("d-1") == await desk.hears(DispositionStored)
    assert ["d-1"] == relay.submissions


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (HTTPStatus.OK, Trouble.NOT_A_RELAY),
        (HTTPStatus.FOUND, Trouble.PORTAL),
        (HTTPStatus.NOT_FOUND, Trouble.NOT_A_RELAY),
        (HTTPStatus.FORBIDDEN, Trouble.FORBIDDEN),
        (HTTPStatus.SERVICE_UNAVAILABLE, Trouble.RELAY_FAILED),
    ],
)
async def test_other_answers_than_a_relays(status: HTTPStatus, trouble: Trouble) -> None:
    """A captive portal, a wrong path, a failing relay: each has its own name, and is retried."""
    async with FakeRelay() as relay:
        relay.http_status = status
        async with line(relay.url) as desk:
            waiting = await desk.hears(Waiting)
    assert (trouble, f"HTTP {status.value}") == (waiting.trouble, waiting.detail)


async def test_redirects_are_not_followed() -> None:
    """The token must not travel on."""
    async with FakeRelay() as relay:

        async def redirect(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            location = relay.url.replace("http", "ws") + "/agent"
            writer.write(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode())

        async with server(redirect) as url, line(url) as desk:
            waiting = await desk.hears(Waiting)
    assert (Trouble.PORTAL, []) == (waiting.trouble, relay.authorizations)


async def test_garbage_is_no_relay() -> None:
    """Something that does not even speak HTTP."""

    async def mumble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")

    async with server(mumble) as url, line(url) as desk:
        assert Trouble.NOT_A_RELAY is (await desk.hears(Waiting)).trouble


async def test_a_door_slammed_is_a_lost_link() -> None:
    """Closed before any answer: as when a relay is just ending."""

    async def slam(_: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    async with server(slam) as url, line(url) as desk:
        assert Trouble.LOST is (await desk.hears(Waiting)).trouble


async def test_silence_has_an_end() -> None:
    """Accepted, and never answered."""

    async def brood(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with server(brood) as url, line(url, Pace(open=0.05)) as desk:
        assert Trouble.TIMEOUT is (await desk.hears(Waiting)).trouble


async def test_a_relay_that_never_welcomes_is_left() -> None:
    """The upgrade alone is not enough."""
    async with FakeRelay() as relay:
        relay.welcomes = False
        async with line(relay.url, Pace(welcome=0.05, close=0.5)) as desk:
            waiting = await desk.hears(Waiting)
    assert (Trouble.TIMEOUT, "no welcome") == (waiting.trouble, waiting.detail)


async def test_another_websocket_server_is_no_relay() -> None:
    """Without the subprotocol nothing is said, not even hello."""
    async with FakeRelay() as relay:
        await relay.stop()
        relay.subprotocols = None
        await relay.start()
        async with line(relay.url) as desk:
            waiting = await desk.hears(Waiting)
    assert (Trouble.NOT_A_RELAY, []) == (waiting.trouble, relay.hellos)


async def test_nobody_listens() -> None:
    """The relay is down."""
    async with FakeRelay() as relay:
        await relay.stop()
        async with line(relay.url) as desk:
            assert Trouble.REFUSED is (await desk.hears(Waiting)).trouble


async def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    """A self-signed one is refused, and no token leaves."""
    server_tls, _ = make_certificate(tmp_path)
    relay = FakeRelay()
    relay.tls = server_tls
    async with relay:
        async with line(relay.url) as desk:
            assert Trouble.UNTRUSTED is (await desk.hears(Waiting)).trouble
        assert [] == relay.authorizations


async def test_a_pinned_authority_is_the_only_one_trusted(tmp_path: Path) -> None:
    """IT named the company's own: the relay's certificate passes, any other says that somebody may listen."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
    server_tls, _ = make_certificate(ours)
    make_certificate(theirs)
    relay = FakeRelay()
    relay.tls = server_tls
    async with relay:
        async with line(relay.url, way=Way(ca_file=str(ours / "server.pem"))) as desk:
            await desk.hears(Welcomed)
        async with line(relay.url, way=Way(ca_file=str(theirs / "server.pem"))) as desk:
            assert Trouble.NOT_PINNED is (await desk.hears(Waiting)).trouble
        async with line(relay.url, way=Way(ca_file=str(tmp_path / "none.pem"))) as desk:
            assert Trouble.NO_PIN is (await desk.hears(Waiting)).trouble
    assert 1 == len(relay.authorizations)


async def test_a_proxy_that_cannot_be_used_ends_nothing() -> None:
    """Something typed wrong, or SOCKS: it is told, and another try follows when that was mended."""
    for proxy in ("socks5://127.0.0.1:1", "http://proxy..example.com:3128"):
        async with line("https://relay.example.com", way=Way(proxy=proxy)) as desk:
            waiting = await desk.hears(Waiting)
        assert (Trouble.BAD_PROXY, proxy.removeprefix("http://")) == (waiting.trouble, waiting.detail)


@pytest.mark.parametrize(
    ("certificate", "trouble"),
    [
        ({"days": (-9, -2)}, Trouble.EXPIRED),
        ({"days": (2, 9)}, Trouble.CLOCK),
        ({"of": (ELSEWHERE,)}, Trouble.WRONG_NAME),
    ],
)
async def test_a_certificate_tells_what_is_wrong(
    tmp_path: Path, certificate: dict[str, Any], trouble: Trouble
) -> None:
    """Over, of tomorrow (so the clock is behind), or another host's: each by a real one; no token leaves."""
    relay = FakeRelay()
    relay.tls, _ = make_certificate(tmp_path, **certificate)
    async with relay, line(relay.url, way=Way(str(tmp_path / "server.pem"))) as desk:
        assert trouble is (await desk.hears(Waiting)).trouble
    assert [] == relay.authorizations


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("200 Connection established", None),
        ("407 Proxy Authentication Required", Trouble.PROXY_LOG_IN),
        ("403 Forbidden", Trouble.PROXY),
    ],
)
async def test_through_a_proxy(tmp_path: Path, answer: str, trouble: Trouble | None) -> None:
    """By a name that only the proxy knows, with the certificate checked behind it; or the proxy's refusal."""
    relay = FakeRelay()
    relay.tls, _ = make_certificate(tmp_path)
    async with relay, ConnectProxy.listening(answer) as proxy:
        url = relay.url.replace("127.0.0.1", NAME)
        way = Way(str(tmp_path / "server.pem"), proxy.url)
        async with line(url, way=way) as desk:
            if trouble is None:
                await desk.hears(Welcomed)
            else:
                assert trouble is (await desk.hears(Waiting)).trouble
        assert proxy.asked[0].startswith(f"{NAME}:")
    async with line(url, way=way) as desk:
        assert Trouble.NO_PROXY is (await desk.hears(Waiting)).trouble


async def test_a_doubted_link_that_holds_goes_on() -> None:
    """After sleep: one answer in time is enough, and nothing is said."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
        desk.connection.doubt()
        relay.push(rang())
        await desk.hears(Received)
    assert [] == desk.heard(Waiting)


async def test_a_doubted_link_that_is_dead_is_made_anew_at_once() -> None:
    """After sleep or in another network nobody waits for the ping's long patience, nor for a backoff."""
    async with FakeRelay() as relay, line(relay.url, Pace(close=0.02, doubt=0.05)) as desk:
        await desk.hears(Welcomed)
        relay.peers[0].socket.transport.pause_reading()
        desk.connection.doubt()
        await desk.hears(Welcomed, 2)
        relay.peers[0].socket.transport.abort()
    assert [] == desk.heard(Waiting)


async def test_waking_up_is_noticed_by_itself() -> None:
    """Whoever watches the clocks doubts the link."""

    class Woken(Vigil):
        def doubts(self) -> bool:
            return True

    pace = Pace(close=0.02, doubt=0.05, look=0.01, vigil=Woken)
    async with FakeRelay() as relay, line(relay.url, pace) as desk:
        await desk.hears(Welcomed)
        relay.peers[0].socket.transport.pause_reading()
        await desk.hears(Welcomed, 2)
        relay.peers[0].socket.transport.abort()


async def test_a_probe_goes_to_the_relay_and_back() -> None:
    """The test pop's way."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
        desk.connection.probe("p-1")
        assert ProbeAnswered("p-1") == await desk.hears(ProbeAnswered)


async def test_an_unauthorised_upgrade_asks_to_sign_in() -> None:
    """HTTP 401 means the same as close code 4001."""
    async with FakeRelay() as relay:
        relay.http_status = HTTPStatus.UNAUTHORIZED
        async with line(relay.url) as desk:
            assert SignedOut(SignInProblem.REVOKED) == await desk.hears(SignedOut)


async def test_a_bad_token_asks_to_sign_in() -> None:
    """After 4001 nothing is tried again."""
    async with FakeRelay() as relay, line(relay.url, token="old") as desk:
        assert SignedOut(SignInProblem.REVOKED) == await desk.hears(SignedOut)
    assert 1 == len(relay.authorizations)


async def test_a_taken_over_session_stands_by() -> None:
    """After 4003 nothing is tried again."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
        await relay.drop(CloseCode.TAKEN_OVER)
        assert StoodBy() == await desk.hears(StoodBy)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (CloseCode.RESTARTING, Trouble.RESTARTING),
        (CloseCode.TOO_SLOW, Trouble.TOO_SLOW),
        (CloseCode.PROTOCOL, Trouble.PROTOCOL),
        (1011, Trouble.LOST),
    ],
)
async def test_other_closes_are_retried(code: int, trouble: Trouble) -> None:
    """The desktop comes back, resuming from what it has committed."""
    async with FakeRelay() as relay, line(relay.url, QUICK) as desk:
        await desk.hears(Welcomed)
        desk.link.cursor = Cursor("e1", 0)
        await relay.drop(code)
        assert trouble is (await desk.hears(Waiting)).trouble
        desk.connection.retry_now()
        await desk.hears(Welcomed, 2)


async def test_a_broken_line_is_noticed() -> None:
    """No close frame, just gone."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
        relay.peers[0].socket.transport.abort()
        assert Trouble.LOST is (await desk.hears(Waiting)).trouble


async def test_a_frozen_line_is_noticed() -> None:
    """A peer that does not answer pings any more is given up."""
    async with FakeRelay() as relay, line(relay.url, Pace(ping=0.02, pong=0.02, close=0.02)) as desk:
        await desk.hears(Welcomed)
        relay.peers[0].socket.transport.pause_reading()
        assert Trouble.LOST is (await desk.hears(Waiting)).trouble
        relay.peers[0].socket.transport.abort()


@pytest.mark.warning_logs("the relay broke the protocol: binary frame")
async def test_a_peer_that_breaks_the_protocol_is_told() -> None:
    """With an error frame and 4002; then the desktop tries again."""
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
        await relay.peers[0].socket.send(b"\x00")
        assert Trouble.PROTOCOL is (await desk.hears(Waiting)).trouble
        await relay.until(lambda: relay.complaints)
    assert ["binary_frame"] == relay.complaints


async def test_waits_grow_and_say_until_when() -> None:
    """Each try that fails says since when, why, and when the next one is."""
    async with FakeRelay() as relay:
        await relay.stop()
        async with line(relay.url) as desk:
            for count in range(1, 6):
                await desk.hears(Waiting, count)
                desk.connection.retry_now()
            waits = [w.retry_at - w.since for w in desk.heard(Waiting)[:5]]
    assert {NOON} == {w.since for w in desk.heard(Waiting)}
    assert timedelta(0) < waits[0] < waits[2] < waits[4] < timedelta(seconds=6)


async def test_the_token_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Not even with everything at debug level."""
    caplog.set_level(logging.DEBUG)
    async with FakeRelay() as relay, line(relay.url) as desk:
        await desk.hears(Welcomed)
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("cti_desktop")]
    assert not [text for text in ours if TOKEN in text]
    assert TOKEN not in repr(SignedIn(address.parse(relay.url), TOKEN))


@pytest.mark.qasync
async def test_it_works_and_ends_cleanly_on_the_qt_loop() -> None:
    """Cancelled in the middle of a read, and in the middle of a wait."""
    async with FakeRelay() as relay:
        async with line(relay.url) as desk:
            relay.push(rang())
            await desk.hears(Received)
        await relay.stop()
        async with line(relay.url) as desk:
            await desk.hears(Waiting)
