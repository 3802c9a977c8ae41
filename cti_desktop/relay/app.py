"""The relay's composition root: makes the parts, starts and stops them.

Usable inside any program with an event loop: it installs no signal handlers and configures no logging.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

from starlette.types import ASGIApp

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import (
    admin,
    catalogue,
    from_config,
    funnels,
    policy,
    server,
)
from cti_desktop.relay.access import Access
from cti_desktop.relay.calls import CallBook
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.control import ControlListener
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.desk import Desk, Limits
from cti_desktop.relay.disk_guard import DiskGuard
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.enrolment import Enrolment
from cti_desktop.relay.front import Front
from cti_desktop.relay.hook_http import HookHttp
from cti_desktop.relay.hooks import Hooks
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.ingest import Arrival, Ingest, Settled, Taken
from cti_desktop.relay.live import LiveCommands
from cti_desktop.relay.metrics import Gauged, Metrics
from cti_desktop.relay.outside import Outside
from cti_desktop.relay.reload import Reload, Reloaded
from cti_desktop.relay.retention import Retention
from cti_desktop.relay.rounds import Rounds
from cti_desktop.relay.routing import Router
from cti_desktop.relay.secret_use import SecretUse
from cti_desktop.relay.sockets import Sockets
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tls import Certificate
from cti_desktop.wire.close_codes import CloseCode

_log: Final = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The relay's clock."""
    return datetime.now(UTC)


class Relay:
    """One relay: `start` it, `stop` it, or use it as an async context manager."""

    def __init__(
        self,
        config: RelayConfig,
        *,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        limits: Limits | None = None,
        open_store: Callable[[str], Store] = Store.open,
    ) -> None:
        """Opens nothing yet. Raises `ConfigError` for a catalogue, source or certificate that is no good."""
        self.config = config
        self.metrics = Metrics()
        self.hub = Hub(self.metrics.pops.forget)
        self.access = Access()
        self._clock = clock
        self._monotonic = monotonic
        self._certificate = Certificate.of(config.server)
        self._limits = limits or Limits()
        self._open_store = open_store
        self._catalogue = catalogue.load(config.catalogue)
        self._policy = policy.checked(config.policy, self._catalogue, config.path)
        self._hooks = {name: from_config.hook(name, source) for name, source in config.sources.items()}
        self._outside = Outside(config, clock)
        self._router = Router(
            CallBook(from_config.patience(config.calls)), self._outside.book(), config.privacy.masked_roles
        )
        self.disk = DiskGuard(config.store.file.parent if config.store.file else None)
        self._stopping = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._died_of: StorageError | None = None
        self._listening: socket.socket
        self._port = 0
        self._ingest: Ingest
        self._endpoint: Hooks
        self._desk: Desk
        self._retention: Retention
        self.store: Store
        self.rounds: Rounds

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        return self._port

    @property
    def url(self) -> str:
        """Where it can be reached from this machine, once started."""
        return from_config.address_of(self.config, self.port)

    async def start(self) -> None:
        """Open the store and listen. Raises `StorageError`; `ConfigError` for an address that isn't free."""
        self._listening = from_config.bound(self.config)
        self._port = int(self._listening.getsockname()[1])
        try:
            self.store = await asyncio.to_thread(self._open_store, self.config.store.url)
        except BaseException:
            self._listening.close()
            raise
        self.store.on_rollback(self._router.forget)
        loop = asyncio.get_running_loop()
        self.store.on_failure(lambda error: loop.call_soon_threadsafe(self._die, error))
        up: asyncio.Future[None] = loop.create_future()
        # The one task outside of a group: all others live inside it, and `stop` waits for it.
        self._life = asyncio.create_task(self._live(up), name="relay")  # noqa: TID251 - named and kept
        await asyncio.wait([self._life, up], return_when=asyncio.FIRST_COMPLETED)
        if self._life.done():
            up.cancel()
            await self._life

    async def stop(self) -> None:
        """Take nothing new, finish what was begun, say goodbye to the desktops, close the store."""
        self._stopping.set()
        await self.wait()

    async def wait(self) -> None:
        """Until it has stopped. Raises what it died of."""
        if self._life is not None:
            await self._life

    async def refresh(self, _ended_tokens: tuple[str, ...] = ()) -> None:
        """Roster, tokens or secrets were changed: go by the new ones, end sessions whose token ended."""
        await self.store.write(lambda _connection: self._router.forget())
        self.hub.forget()
        self.access = replace(await self.store.read(Access.load), carried=self.access.carried)
        self.hub.hang_up(
            CloseCode.AUTH, "the token was revoked", lambda session: not self._still_counts(session.token_id)
        )

    async def reload(self) -> Reloaded:
        """Read agents, secrets, dispositions and certificate anew; what can't be used stays as it was."""
        await self.refresh()
        return Reload(self.config, self._desk, self._certificate).go()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _publish(self, appended: Iterable[Appended]) -> None:
        """To the desktops at once; what is not known of a caller is asked for afterwards."""
        events = tuple(appended)
        self.hub.publish(events)
        self._outside.notice(events)

    def _die(self, error: StorageError) -> None:
        """The store's file can't be trusted any more: stop in good order, and `wait` raises why."""
        _log.critical("%s: the relay ends, so that a new start reads the disk anew", error)
        self._died_of = error
        self._stopping.set()

    async def _live(self, up: asyncio.Future[None]) -> None:
        sources = {name: hook.source for name, hook in self._hooks.items()}
        live = LiveCommands(
            self.store, self._router, sources, self._publish, self._clock, self.reload, self.hub
        )
        perform = admin.performer(self.config, self.store, self.refresh, live.commands)
        control = ControlListener(admin.control_file(self.config), perform)
        try:
            self.access = await self.store.read(Access.load)
            tls = self._certificate.context if self._certificate else None
            http = server.Server(self._furnished(), self._connection, tls=tls)
            async with asyncio.TaskGroup() as group:
                group.create_task(http.serve(sockets=[self._listening]), name="relay: http")
                rounds = group.create_task(self.rounds.run(), name="relay: rounds")
                outside = group.create_task(self._outside.run(), name="relay: outside")
                await http.up.wait()
                await self._retention.begin()
                await control.start(self.port, self.config.server.host)
                up.set_result(None)
                await self._stopping.wait()
                await control.stop()
                self.hub.hang_up(CloseCode.RESTARTING, "the relay is restarting", lambda _session: True)
                http.should_exit = True
                rounds.cancel()
                outside.cancel()
            await self.rounds.last()
            if self._died_of is not None:
                raise self._died_of
        finally:
            self._listening.close()
            await asyncio.to_thread(self.store.close)

    def _furnished(self) -> ASGIApp:
        """All rooms, and the front door."""
        store, clock, metrics = self.store, self._clock, self.metrics
        self._ingest = Ingest(store, self._router, self._publish, clock, self._note)
        self._outside.furnish(store, self._router, self.hub.publish)
        self._desk = desk = Desk(
            store=store,
            hub=self.hub,
            dispositions=Dispositions(self._router, self._catalogue),
            cursors=Cursors(),
            clock=clock,
            still_counts=self._still_counts,
            policy=self._policy,
            limits=self._limits,
            acknowledged=metrics.pops.acknowledged,
            disposed=metrics.disposed,
            errands=self._outside.errands,
        )
        self._endpoint = hooks = Hooks(self._hooks, lambda: self.access, self._take, self.disk, metrics)
        self._retention = retention = Retention(
            store, self.config.retention, self._router.forget, clock, self._monotonic
        )
        watches = [self._certificate.watch] if self._certificate else []
        used = SecretUse(store, lambda: self.access, clock)
        chores = (retention.chore, self.disk.watch, used.chore, *watches)
        self.rounds = Rounds(
            store, self._router, desk.cursors, hooks.refused, self.hub.publish, clock, chores
        )
        metrics.gauge(Gauged.of(self.hub, self._waiting, self.disk, lambda: retention.held))
        front = Front(
            sockets=Sockets(desk, lambda: self.access, self.config.server.allowed_origins),
            enrolment=Enrolment(store, clock, self.refresh, lives=self.config.retention),
            store=store,
            clock=clock,
            relay_url=self.config.server.public_url or self.url,
            metrics=metrics,
            metrics_from=self.config.server.metrics_from,
            trusted_proxies=self.config.server.trusted_proxies,
            disk=self.disk,
        )
        return partial(funnels.survived, front)

    def _connection(self, *uvicorns: Any, **more: Any) -> HookHttp:  # noqa: ANN401 - uvicorn's
        """One HTTP connection; the server calls it for each."""
        trusted = self.config.server.trusted_proxies
        return HookHttp(*uvicorns, hooks=self._endpoint, trusted_proxies=trusted, **more)

    def _note(self, arrival: Arrival, taken: Taken) -> None:
        self.metrics.ingested(arrival.source.name, taken.kind, taken.outcome.value, arrival.began)
        self.metrics.pops.appended((e for e in taken.appended if self.hub.has(e.agent_id)), arrival.began)

    def _take(self, arrival: Arrival, settled: Settled) -> None:
        self._ingest.take(arrival, settled)

    def _waiting(self) -> int:
        return self.store.waiting + self._ingest.waiting

    def _still_counts(self, token_id: str) -> bool:
        return self.access.counts(token_id)
