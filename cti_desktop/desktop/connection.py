"""Keeps the WebSocket to the relay: dials, reads, writes, waits with backoff, and says why there is no link.

What frames mean is `wire.desktop_link`'s business; what they lead to is the controller's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from random import Random
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidProxy, InvalidStatus
from websockets.typing import Subprotocol

from cti_desktop import __version__
from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import RemoteProtocolError
from cti_desktop.desktop import troubles
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.screen import (
    Connecting,
    LinkStatus,
    SignedOut,
    SignInProblem,
    StoodBy,
    Trouble,
    Waiting,
)
from cti_desktop.wire.backoff import delays
from cti_desktop.wire.close_codes import AfterClose, CloseCode, after_close
from cti_desktop.wire.desktop_link import Cursor, DesktopLink, LinkEvent, Welcomed
from cti_desktop.wire.messages import MAX_FRAME_BYTES, SUBPROTOCOL, ErrorMessage, encode

_log: Final = logging.getLogger(__name__)
# websockets writes handshake headers, our token among them, to its debug log: it gets one that has no debug.
_quiet: Final = logging.getLogger(f"{__name__}.websockets")
_quiet.setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `settled`: a link that held for this long begins its backoff anew when it breaks."""

    open: float = 10.0
    welcome: float = 10.0
    ping: float = 15.0
    pong: float = 15.0
    close: float = 2.0
    settled: float = 10.0
    # A restarting relay: a thousand desktops come back spread over this.
    restart: float = 2.0


DEFAULT_PACE: Final = Pace()


@dataclass(frozen=True, slots=True)
class _Break:
    """Why a try or a link ended."""

    after: AfterClose
    trouble: Trouble
    detail: str = ""


class _Connect(connect):
    """Follows no redirects: a captive portal redirects, a relay never does."""

    def process_redirect(self, exc: Exception) -> Exception:
        """Every answer but 101 is the end of the try."""
        return exc


class Connection:
    """One sign-in's. `run` until it returns or is cancelled; everything else is synchronous."""

    def __init__(
        self,
        signed_in: SignedIn,
        link: DesktopLink,
        tell: Callable[[LinkEvent | LinkStatus], None],
        now: Callable[[], datetime],
        *,
        tls: ssl.SSLContext | None = None,
        pace: Pace = DEFAULT_PACE,
        random: Random | None = None,
    ) -> None:
        """`tell` gets all that happens, in order; `now`: the relay's clock; `tls` None: system trust."""
        self._signed_in = signed_in
        self._link = link
        self._tell = tell
        self._now = now
        self._tls = tls
        self._pace = pace
        self._random = random or Random()  # noqa: S311 - jitter
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._wake = asyncio.Event()
        self._welcomed = asyncio.Event()

    def committed(self, cursor: Cursor) -> None:
        """The store has everything up to `cursor`: acknowledge it."""
        self._send(self._link.committed(cursor))

    def submit(self, dispositions: Iterable[Disposition]) -> None:
        """These are saved: deliver them, now or as soon as there is a link."""
        self._send(self._link.submit(dispositions))

    def retry_now(self) -> None:
        """Don't wait for the next try."""
        self._wake.set()

    async def run(self) -> None:
        """Stay linked. Returns after telling `SignedOut` or `StoodBy`: only the agent can go on then."""
        self._tell(Connecting())
        waits = delays(self._random)
        since: datetime | None = None
        while True:
            began = asyncio.get_running_loop().time()
            ended = await self._try_once()
            if self._stops(ended):
                return
            if self._welcomed.is_set() or since is None:
                since = self._now()
            if self._welcomed.is_set() and asyncio.get_running_loop().time() - began > self._pace.settled:
                waits = delays(self._random)
            await self._wait(ended, since, next(waits))

    def _stops(self, ended: _Break) -> bool:
        match ended.after:
            case AfterClose.SIGN_IN:
                self._tell(SignedOut(SignInProblem.REVOKED))
            case AfterClose.STAND_BY:
                self._tell(StoodBy())
            case AfterClose.RETRY:
                return False
        _log.info("link stopped: %s", ended.after.value)
        return True

    async def _wait(self, ended: _Break, since: datetime, seconds: float) -> None:
        if ended.trouble is Trouble.RESTARTING:
            seconds += self._random.uniform(0, self._pace.restart)
        _log.info("no link: %s %s; next try in %.1f s", ended.trouble.value, ended.detail, seconds)
        self._wake.clear()
        self._tell(Waiting(since, self._now() + timedelta(seconds=seconds), ended.trouble, ended.detail))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
                self._tell(Connecting())

    async def _try_once(self) -> _Break:
        self._welcomed.clear()
        try:
            async with self._dial() as socket:
                return await self._serve(socket)
        except InvalidStatus as error:
            after = AfterClose.RETRY
            if error.response.status_code == HTTPStatus.UNAUTHORIZED:
                after = AfterClose.SIGN_IN
            return _Break(after, *troubles.of_error(error))
        except (InvalidHandshake, InvalidProxy, OSError) as error:
            return _Break(AfterClose.RETRY, *troubles.of_error(error))
        finally:
            self._link.closed()

    def _dial(self) -> _Connect:
        relay = self._signed_in.relay
        tls = (self._tls or True) if relay.agent_url.startswith("wss:") else None
        return _Connect(
            relay.agent_url,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            additional_headers={"Authorization": f"Bearer {self._signed_in.token}"},
            user_agent_header=f"cti-desktop/{__version__}",
            compression=None,
            proxy=None if relay.is_loopback else True,
            open_timeout=self._pace.open,
            ping_interval=self._pace.ping,
            ping_timeout=self._pace.pong,
            close_timeout=self._pace.close,
            max_size=MAX_FRAME_BYTES,
            logger=_quiet,
            ssl=tls,
        )

    async def _serve(self, socket: ClientConnection) -> _Break:
        if socket.subprotocol != SUBPROTOCOL:
            return _Break(AfterClose.RETRY, Trouble.NOT_A_RELAY, f"no {SUBPROTOCOL}")
        self._outgoing = asyncio.Queue()
        self._send(self._link.opened())
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(self._write(socket), name="link-writer")
            try:
                return await self._read(socket)
            finally:
                writer.cancel()

    async def _read(self, socket: ClientConnection) -> _Break:
        try:
            async with asyncio.timeout(self._pace.welcome):
                while not self._welcomed.is_set():
                    self._receive(await socket.recv())
            while True:
                self._receive(await socket.recv())
        except ConnectionClosed as error:
            code, reason = (error.rcvd.code, error.rcvd.reason) if error.rcvd else (None, "")
            return _Break(after_close(code), troubles.of_close(code), reason)
        except RemoteProtocolError as error:
            _log.warning("the relay broke the protocol: %s", error)
            await self._complain(socket, error)
            return _Break(AfterClose.RETRY, Trouble.PROTOCOL, error.code)
        except TimeoutError:
            return _Break(AfterClose.RETRY, Trouble.TIMEOUT, "no welcome")

    def _receive(self, frame: str | bytes) -> None:
        events, answers = self._link.receive(frame)
        for event in events:
            if isinstance(event, Welcomed):
                self._welcomed.set()
            self._tell(event)
        self._send(answers)

    async def _complain(self, socket: ClientConnection, error: RemoteProtocolError) -> None:
        with contextlib.suppress(ConnectionClosed):
            await socket.send(encode(ErrorMessage(error.code, str(error)[:200])))
        await socket.close(CloseCode.PROTOCOL)

    async def _write(self, socket: ClientConnection) -> None:
        # Whatever breaks here, the reader sees as well; what was not answered is sent again.
        with contextlib.suppress(ConnectionClosed):
            while True:
                await socket.send(await self._outgoing.get())

    def _send(self, frames: Iterable[str]) -> None:
        for frame in frames:
            self._outgoing.put_nowait(frame)
