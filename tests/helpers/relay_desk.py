"""What sessions share, on a real store, and a desktop's end that is no socket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cti_desktop.core.errors import LinkDown
from cti_desktop.core.people import Person
from cti_desktop.core.report import CallReport
from cti_desktop.relay import credentials
from cti_desktop.relay.access import Access
from cti_desktop.relay.credentials import TokenOwner
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.desk import Desk, Limits
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.sessions import Session
from cti_desktop.relay.store import Store
from tests.helpers.asgi_calls import Peer
from tests.helpers.calls import CATALOGUE
from tests.helpers.relay_parts import ASHA, new_agent, new_router
from tests.helpers.relay_store import NOW, opened


class Wire:
    """A `Channel` whose far end is the test. `stuck`: it reads nothing. `ready`: no need to wait for it."""

    def __init__(self) -> None:
        self.to_relay: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self.to_desktop: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.stuck = False
        self.ready = False

    async def receive(self) -> str | bytes:
        """What the desktop sends."""
        frame = await self.to_relay.get()
        if frame is None:
            raise LinkDown("gone")
        return frame

    async def send(self, frame: str) -> None:
        """To the desktop."""
        if self.stuck:
            await asyncio.get_running_loop().create_future()
        self.to_desktop.put_nowait(json.loads(frame))

    def write(self, frame: bytes) -> None:
        """To the desktop, without waiting."""
        assert self.ready
        self.to_desktop.put_nowait(json.loads(frame))

    async def close(self, code: int, _reason: str) -> None:
        """The end."""
        self.closed.set_result(code)

    def says(self, **message: Any) -> None:  # noqa: ANN401 - JSON
        """The desktop sends a message."""
        self.to_relay.put_nowait(json.dumps(message))

    async def hears(self) -> dict[str, Any]:
        """The next message to the desktop."""
        async with asyncio.timeout(10):
            return await self.to_desktop.get()


class Room:
    """A store with an agent, and the desk of all sessions."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self.store = store
        self.asha: Person = new_agent(store, "Asha", ASHA)
        issued = store.write_now(lambda c: credentials.issue_token(c, self.asha, "pc", NOW))
        self.token = issued.token
        self.owner = TokenOwner(issued.id, self.asha, "pc")
        self.access = store.read_now(Access.load)
        self.router = new_router(store)
        self.hub = Hub()
        self.desk = Desk(
            store=store,
            hub=self.hub,
            dispositions=Dispositions(self.router, CATALOGUE),
            cursors=Cursors(),
            clock=lambda: NOW,
            still_counts=self.counts,
            limits=limits,
        )

    def counts(self, token_id: str) -> bool:
        """Whether a token counts at this moment."""
        return self.access.counts(token_id)

    async def take(self, *reports: CallReport) -> None:
        """Deliveries arrive."""
        for told in reports:
            await self.store.write(
                lambda c, r=told: self.router.take(c, r, "myoperator", NOW),  # type: ignore[misc]  # bound now
                then=self.hub.publish,
            )

    @asynccontextmanager
    async def session(self, *, hello: bool = True, **greeting: Any) -> AsyncIterator[Wire]:  # noqa: ANN401 - JSON
        """A running session; it ends with the block, if not before."""
        wire = Wire()
        async with asyncio.TaskGroup() as group:
            group.create_task(Session(wire, self.owner, self.desk).run())
            if hello:
                wire.says(**{"type": "hello", "device": "pc", "seq": 0, "epoch": None, **greeting})
            yield wire
            wire.to_relay.put_nowait(None)

    @staticmethod
    async def until_welcome(peer: Peer) -> None:
        """Wait until the first frame was sent."""
        async with asyncio.timeout(10):
            await peer.spoken.acquire()


@asynccontextmanager
async def room(folder: Path, limits: Limits | None = None) -> AsyncIterator[Room]:
    """A room on a store of its own."""
    with opened(folder) as store:
        yield Room(store, limits or Limits())
