"""Keeps the WebSocket to the relay: dials, reads, writes, waits with backoff, and says why there is no link.

What frames mean is `wire.desktop_link`'s business; what they lead to is the controller's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from random import Random
from typing import Final

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidProxy, InvalidStatus, InvalidURI

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import ConfigError, RemoteProtocolError
from cti_desktop.desktop import troubles
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.dialing import DEFAULT_PACE, Pace, dial
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import Connecting, LinkStatus, SignedOut, StoodBy, Waiting
from cti_desktop.desktop.vigil import own_address
from cti_desktop.desktop.way import DEFAULT_WAY, Way
from cti_desktop.wire.backoff import delays
from cti_desktop.wire.close_codes import AfterClose, CloseCode, after_close
from cti_desktop.wire.desktop_link import Cursor, DesktopLink, LinkEvent, Welcomed
from cti_desktop.wire.messages import SUBPROTOCOL, ErrorMessage, encode

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Break:
    """Why a try or a link ended."""

    after: AfterClose
    trouble: Trouble
    detail: str = ""
    at_once: bool = False


class Connection:
    """One sign-in's. `run` until it returns or is cancelled; everything else is synchronous."""

    def __init__(
        self,
        signed_in: SignedIn,
        link: DesktopLink,
        tell: Callable[[LinkEvent | LinkStatus], None],
        now: Callable[[], datetime],
        *,
        way: Way = DEFAULT_WAY,
        pace: Pace = DEFAULT_PACE,
        random: Random | None = None,
    ) -> None:
        """`tell` gets all that happens, in order; `now`: the relay's clock."""
        self._signed_in = signed_in
        self._link = link
        self._tell = tell
        self._now = now
        self._way = way
        self._pace = pace
        self._random = random or Random()  # noqa: S311 - jitter
        self._peer = ""
        self._vigil = pace.vigil(lambda: own_address(self._peer) if self._peer else "")
        self._doubted = asyncio.Event()
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._wake = asyncio.Event()
        self._welcomed = asyncio.Event()

    def committed(self, cursor: Cursor) -> None:
        """The store has everything up to `cursor`: acknowledge it."""
        self._send(self._link.committed(cursor))

    def submit(self, dispositions: Iterable[Disposition]) -> None:
        """These are saved: deliver them, now or as soon as there is a link."""
        self._send(self._link.submit(dispositions))

    def ask(self, errands: Iterable[Errand]) -> None:
        """These are wished: deliver them, now or as soon as there is a link."""
        self._send(self._link.ask(errands))

    def probe(self, probe_id: str) -> None:
        """Ask the relay to answer at once."""
        self._send(self._link.probe(probe_id))

    def retry_now(self) -> None:
        """Don't wait for the next try."""
        self._wake.set()

    def doubt(self) -> None:
        """The machine slept or changed its network: see whether the link still holds; else try at once."""
        self._doubted.set()
        self._wake.set()

    async def run(self) -> None:
        """Stay linked. Returns after telling `SignedOut` or `StoodBy`: only the agent can go on then."""
        async with asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(self._watch(), name="vigil")
            try:
                await self._stay_linked()
            finally:
                watch.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._pace.look)
            if self._vigil.doubts():
                _log.info("slept, or in another network: looking whether the link holds")
                self.doubt()

    async def _stay_linked(self) -> None:
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
            if not ended.at_once:
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
        why = f"{ended.trouble.value} ({ended.detail})" if ended.detail else ended.trouble.value
        _log.info("no link: %s; next try in %.1f s", why, seconds)
        self._wake.clear()
        self._tell(Waiting(since, self._now() + timedelta(seconds=seconds), ended.trouble, ended.detail))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
                self._tell(Connecting())

    async def _try_once(self) -> _Break:
        self._welcomed.clear()
        self._doubted.clear()
        try:
            async with dial(self._signed_in, self._way, self._pace) as socket:
                return await self._serve(socket)
        except InvalidStatus as error:
            after = AfterClose.RETRY
            if error.response.status_code == HTTPStatus.UNAUTHORIZED:
                after = AfterClose.SIGN_IN
            return _Break(after, *troubles.of_error(error))
        except (InvalidHandshake, InvalidProxy, InvalidURI, OSError, UnicodeError, ConfigError) as error:
            return _Break(AfterClose.RETRY, *self._way.explain(error, self._signed_in.relay))
        finally:
            self._link.closed()

    async def _serve(self, socket: ClientConnection) -> _Break:
        if socket.subprotocol != SUBPROTOCOL:
            return _Break(AfterClose.RETRY, Trouble.NOT_A_RELAY, f"no {SUBPROTOCOL}")
        self._outgoing = asyncio.Queue()
        self._send(self._link.opened())
        self._peer = str(socket.remote_address[0]) if socket.remote_address else ""
        self._vigil.doubts()  # from here on
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(self._write(socket), name="link-writer")
            doubter = tasks.create_task(self._doubt_link(socket), name="link-doubter")
            try:
                return await self._read(socket)
            finally:
                writer.cancel()
                doubter.cancel()

    async def _doubt_link(self, socket: ClientConnection) -> None:
        """When the link is doubted: one answer in time, or it is as good as gone."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._doubted.wait()
                try:
                    async with asyncio.timeout(self._pace.doubt):
                        await (await socket.ping())
                    self._doubted.clear()
                except TimeoutError:
                    socket.transport.abort()
                    return

    async def _read(self, socket: ClientConnection) -> _Break:
        try:
            async with asyncio.timeout(self._pace.welcome):
                while not self._welcomed.is_set():
                    self._receive(await socket.recv())
            while True:
                self._receive(await socket.recv())
        except ConnectionClosed as error:
            code, reason = (error.rcvd.code, error.rcvd.reason) if error.rcvd else (None, "")
            at_once = code is None and self._doubted.is_set()
            return _Break(after_close(code), troubles.of_close(code), reason, at_once=at_once)
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
