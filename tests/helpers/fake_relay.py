"""One agent's relay on a loopback port: real sockets and the real `RelayLink`, with a journal in memory."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from cti_desktop.core.disposition import Catalogue, Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.events import CallEvent
from cti_desktop.core.people import Person
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.events import EventBody, body_of, encode_body
from cti_desktop.wire.messages import SUBPROTOCOL, Done, Rejected, encode
from cti_desktop.wire.policy import Policy
from cti_desktop.wire.relay_link import (
    Acked,
    Asked,
    Complained,
    Greeted,
    PeerEvent,
    RelayLink,
    Stream,
    Submitted,
)
from tests.helpers.calls import CATALOGUE, NOON

TOKEN = "token-of-asha"
ASHA = Person("a1", "Asha")
PATIENCE = 10.0


class Watched:
    """Lets a test wait for what it looks for, without polling."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def change(self) -> None:
        """Something changed: whoever waits looks again."""
        self._changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Return once `condition` holds; fail after a while."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


@dataclass
class Peer:
    """One desktop's connection, as the relay sees it."""

    socket: ServerConnection
    link: RelayLink = field(default_factory=RelayLink)
    news: asyncio.Event = field(default_factory=asyncio.Event)


class FakeRelay(Watched):
    """See the module. Use as `async with`; `stop` and `start` keep the port and the journal."""

    def __init__(self, catalogue: Catalogue = CATALOGUE) -> None:
        super().__init__()
        self.agent = ASHA
        self.catalogue = catalogue
        self.policy = Policy()
        self.epoch = "e1"
        self.floor = 1
        self.journal: list[bytes] = []
        self.open_calls: tuple[EventBody, ...] = ()
        self.rejects: dict[str, DispositionRejected] = {}
        self.answers = True  # False: dispositions are taken in, but never answered
        self.subprotocols: list[Subprotocol] | None = [Subprotocol(SUBPROTOCOL)]
        self.http_status: HTTPStatus | None = None
        self.welcomes = True
        self.clock: Callable[[], datetime] = lambda: NOON
        self.stored: list[Disposition] = []
        self.submissions: list[str] = []
        self.hellos: list[Greeted] = []
        self.complaints: list[str] = []
        self.errands: list[Errand] = []
        self.results: dict[str, dict[str, str]] = {}  # by wish
        self.refusals: dict[str, str] = {}  # by wish: the code
        self.authorizations: list[str] = []
        self.acked = 0
        self.peers: list[Peer] = []
        self.tls: ssl.SSLContext | None = None
        self._port = 0
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """What a desktop is told."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as before."""
        self._server = await serve(
            self._serve,
            "127.0.0.1",
            self._port,
            subprotocols=self.subprotocols,
            ssl=self.tls,
            compression=None,
            process_request=self._check,
            select_subprotocol=lambda _, offered: offered[0] if self.subprotocols else None,
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self, code: int = CloseCode.RESTARTING) -> None:
        """Close every connection and the port."""
        if self._server is not None:
            server, self._server = self._server, None
            server.close(code=code)
            await server.wait_closed()

    def push(self, *events: CallEvent | EventBody) -> None:
        """Commit events to the journal and send them."""
        for event in events:
            self.journal.append(encode_body(event if isinstance(event, EventBody) else body_of(event)))
        self._nudge()

    async def drop(self, code: int) -> None:
        """Close every connection with `code`."""
        for peer in list(self.peers):
            await peer.socket.close(code)

    async def say(self, frame: str) -> None:
        """Send a frame of the test's own making."""
        for peer in list(self.peers):
            await peer.socket.send(frame)

    def _nudge(self) -> None:
        for peer in self.peers:
            peer.news.set()

    def _check(self, socket: ServerConnection, request: Request) -> Response | None:
        self.authorizations.append(request.headers.get("Authorization", ""))
        if self.http_status is not None:
            return socket.respond(self.http_status, "no relay here\n")
        return None if request.path == "/agent" else socket.respond(HTTPStatus.NOT_FOUND, "")

    async def _serve(self, socket: ServerConnection) -> None:
        if self.authorizations[-1] != f"Bearer {TOKEN}":
            await socket.close(CloseCode.AUTH)
            return
        peer = Peer(socket)
        self.peers.append(peer)
        self.change()
        try:
            async with asyncio.TaskGroup() as tasks:
                feed = tasks.create_task(self._feed(peer))
                await self._read(peer)
                feed.cancel()
        finally:
            self.peers.remove(peer)
            self.change()

    async def _read(self, peer: Peer) -> None:
        try:
            while True:
                events, frames = peer.link.receive(await peer.socket.recv())
                for event in events:
                    frames += self._on(peer, event)
                for frame in frames:
                    await peer.socket.send(frame)
                self.change()
        except ConnectionClosed:
            return

    def _on(self, peer: Peer, event: PeerEvent) -> list[str]:
        match event:
            case Greeted():
                return self._greet(peer, event)
            case Acked(seq=seq):
                self.acked = seq
                peer.news.set()  # there may be room again
                return []
            case Submitted(disposition=disposition):
                return self._take(peer, disposition)
            case Asked(errand=errand):
                self.errands.append(errand)
                if errand.what in self.refusals:
                    return [encode(Rejected(errand.id, self.refusals[errand.what], "what", "because"))]
                return [encode(Done(errand.id, self.results.get(errand.what, {})))]
            case Complained(code=code):
                self.complaints.append(code)
                return []

    def _greet(self, peer: Peer, greeted: Greeted) -> list[str]:
        self.hellos.append(greeted)
        if not self.welcomes:
            return []
        stream = Stream(self.epoch, self.floor, len(self.journal))
        frames, resumes = peer.link.welcome(
            greeted, stream, agent=self.agent, now=self.clock(), catalogue=self.catalogue, policy=self.policy
        )
        if not resumes:
            frames += peer.link.reset(stream, self.open_calls)
        peer.news.set()
        return frames

    def _take(self, peer: Peer, disposition: Disposition) -> list[str]:
        self.submissions.append(disposition.id)
        if not self.answers:
            return []
        if disposition.code in self.rejects:
            return [peer.link.rejected(disposition.id, self.rejects[disposition.code])]
        if disposition not in self.stored:
            self.stored.append(disposition)
        return [peer.link.stored(disposition.id)]

    async def _feed(self, peer: Peer) -> None:
        try:
            while True:
                await peer.news.wait()
                peer.news.clear()
                while peer.link.room and peer.link.sent < len(self.journal):
                    seq = peer.link.sent + 1
                    await peer.socket.send(peer.link.event_frame(seq, self.journal[seq - 1]).decode())
        except ConnectionClosed:
            return
