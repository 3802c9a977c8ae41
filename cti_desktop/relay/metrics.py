"""What Prometheus may know of the relay: counts, delays and states; never a number, a name or a secret.

One registry per relay, so that several can live in one process.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Connection, func, select

from cti_desktop.relay.disk_guard import DiskGuard
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox, unrouted

CONTENT_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_WAITED: Final = (1.0, 10.0, 60.0, 600.0, 3600.0, 6 * 3600.0, 24 * 3600.0, 7 * 24 * 3600.0)
_PENDING: Final = 64


class Pops:
    """Of each agent's newest events, when the webhook came from which they followed."""

    def __init__(self, popped: Callable[[float], None], monotonic: Callable[[], float]) -> None:
        """`popped` gets the seconds from the webhook to the desktop's acknowledgement."""
        self._popped = popped
        self._monotonic = monotonic
        self._pending: dict[str, deque[tuple[int, float]]] = {}

    def appended(self, events: Iterable[Appended], began: float) -> None:
        """These followed from a webhook that came at `began`."""
        for event in events:
            pending = self._pending.setdefault(event.agent_id, deque(maxlen=_PENDING))
            pending.append((event.seq, began))

    def acknowledged(self, agent_id: str, seq: int) -> None:
        """One of the agent's desktops has everything up to `seq`. The first to say so counts."""
        pending = self._pending.get(agent_id)
        while pending and pending[0][0] <= seq:
            self._popped(self._monotonic() - pending.popleft()[1])

    def forget(self, agent_id: str) -> None:
        """Nobody of that agent is connected: what waits now would measure their absence."""
        self._pending.pop(agent_id, None)


@dataclass(frozen=True, slots=True)
class Gauged:
    """What is asked when somebody looks, each a function without arguments."""

    connected: Callable[[], float]
    behind: Callable[[], float]
    queued: Callable[[], float]
    disk_free_bytes: Callable[[], float]
    purging_held: Callable[[], float]

    @classmethod
    def of(cls, hub: Hub, queued: Callable[[], int], disk: DiskGuard, held: Callable[[], bool]) -> Self:
        """The states of a relay's parts."""
        return cls(
            connected=lambda: len(hub),
            behind=lambda: hub.behind,
            queued=queued,
            disk_free_bytes=lambda: disk.free,
            purging_held=held,
        )


class Metrics:
    """See the module."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`monotonic` must be the clock by which arrivals are stamped."""
        self.registry = CollectorRegistry()
        self.monotonic = monotonic
        self._ingested = self._counter("ingest", "Webhooks by what became of them.", "source kind outcome")
        self._refused = self._gauge(
            "refused_since_rotation",
            "Webhooks without a valid secret since secrets changed.",
            "source",
        )
        self._commit = self._histogram("commit_seconds", "From a webhook's request to its commit.", _SECONDS)
        self._pop = self._histogram("pop_seconds", "From a webhook to its desktop's ack.", _SECONDS)
        self._outbox_age = self._histogram(
            "disposition_outbox_age_seconds", "How long dispositions lay in a desktop's outbox.", _WAITED
        )
        self._unrouted = self._gauge("unrouted", "Legs whose agent nobody in the roster is.")
        self._quarantined = self._gauge("quarantined", "Webhooks that are kept but not understood.")
        self.pops = Pops(self._pop.observe, monotonic)
        self._counters: dict[tuple[str, str | None, str], Counter] = {}

    def ingested(self, source: str, kind: str | None, outcome: str, began: float) -> None:
        """A delivery was committed; `kind` None: not understood."""
        key = (source, kind, outcome)
        counter = self._counters.get(key)
        if counter is None:  # looking it up by its labels takes as long as counting
            counter = self._counters[key] = self._ingested.labels(source, kind or "unknown", outcome)
        counter.inc()
        self._commit.observe(self.monotonic() - began)

    def turned_away(self, source: str, outcome: str, since_rotation: int) -> None:
        """A delivery was refused, or could not be kept."""
        self._ingested.labels(source, "unread", outcome).inc()
        self._refused.labels(source).set(since_rotation)

    def disposed(self, seconds: float) -> None:
        """A disposition came that was saved so many seconds ago, by both sides' clocks."""
        self._outbox_age.observe(max(seconds, 0.0))

    def gauge(self, gauged: Gauged) -> None:
        """Have these asked. Once."""
        for name, about, ask in (
            ("connected", "Desktops that are connected.", gauged.connected),
            ("behind", "Connected desktops that have not acknowledged everything.", gauged.behind),
            ("commit_queue", "Writes that wait for their commit.", gauged.queued),
            (
                "disk_free_bytes",
                "Room on the store's disk; NaN: not ours.",
                gauged.disk_free_bytes,
            ),
            ("purging_held", "1 while the clock is not trusted and nothing is purged.", gauged.purging_held),
        ):
            self._gauge(name, about).set_function(ask)

    async def page(self, store: Store) -> bytes:
        """All of it in Prometheus' text format. Raises `StorageError`."""
        counts = await store.read(_counts)
        self._unrouted.set(counts[0])
        self._quarantined.set(counts[1])
        return generate_latest(self.registry)

    def _counter(self, name: str, about: str, labels: str) -> Counter:
        return Counter(f"cti_relay_{name}", about, labels.split(), registry=self.registry)

    def _gauge(self, name: str, about: str, labels: str = "") -> Gauge:
        return Gauge(f"cti_relay_{name}", about, labels.split(), registry=self.registry)

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"cti_relay_{name}", about, buckets=buckets, registry=self.registry)


def _counts(connection: Connection) -> tuple[int, int]:
    strangers = connection.execute(select(func.coalesce(func.sum(unrouted.c.count), 0))).scalar_one()
    quarantined = select(func.count()).select_from(inbox).where(inbox.c.outcome == "quarantined")
    return int(strangers), connection.execute(quarantined).scalar_one()
