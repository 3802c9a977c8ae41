"""A delivery on its way in: one transaction holds the raw body, the call and the agents' events, or nothing.

Knows no HTTP. What is authenticated is never refused: what can't be understood is kept in quarantine.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from sqlalchemy import Connection

from cti_desktop.providers.delivery import Delivery, NotUnderstood, ProviderSettings, read
from cti_desktop.relay import prepared
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store, insert_new
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox

_log: Final = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of a delivery."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Source:
    """A configured webhook origin."""

    name: str
    provider: str
    settings: ProviderSettings


@dataclass(frozen=True, slots=True)
class Arrival:
    """An authenticated delivery, as it came. `query` has no credentials in it."""

    source: Source
    content_type: str
    body: bytes = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    # When its request came, by a monotonic clock: for measuring, not for judging.
    began: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was committed for a delivery."""

    outcome: Outcome
    appended: list[Appended]
    kind: str | None = None


def _nobody(_arrival: Arrival, _taken: Taken) -> None:
    """Nobody measures."""


class Ingest:
    """See the module. `publish` is told of each committed event, in order of commit."""

    def __init__(
        self,
        store: Store,
        router: Router,
        publish: Callable[[Iterable[Appended]], None],
        clock: Callable[[], datetime],
        noted: Callable[[Arrival, Taken], None] = _nobody,
    ) -> None:
        """`clock` tells the relay's time; `noted` is told of each delivery after its commit."""
        self._store = store
        self._router = router
        self._publish = publish
        self._clock = clock
        self._noted = noted

    async def take(self, arrival: Arrival) -> Outcome:
        """What became of `arrival`, which is on disk now. Raises `StorageError`: nothing was kept."""
        found = read(arrival.body, arrival.content_type, arrival.query, arrival.source.settings)
        return await self._write(arrival, found)

    async def quarantine(self, arrival: Arrival, reason: str) -> Outcome:
        """Keep `arrival` unread, because reading it failed for a `reason` of our own."""
        key = f"raw:{hashlib.sha256(arrival.body).hexdigest()}"
        return await self._write(arrival, NotUnderstood(reason, key))

    async def _write(self, arrival: Arrival, found: Delivery | NotUnderstood) -> Outcome:
        now = self._clock()
        taken = await self._store.write(
            lambda connection: self._take(connection, arrival, found, now),
            then=lambda taken: self._settle(arrival, taken),
        )
        if taken.outcome is Outcome.QUARANTINED and isinstance(found, NotUnderstood):
            _log.warning(
                "%s: a delivery was not understood and is kept: %s", arrival.source.name, found.reason
            )
        return taken.outcome

    def _settle(self, arrival: Arrival, taken: Taken) -> None:
        self._publish(taken.appended)
        self._noted(arrival, taken)

    def _take(
        self, connection: Connection, arrival: Arrival, found: Delivery | NotUnderstood, now: datetime
    ) -> Taken:
        outcome = Outcome.STORED if isinstance(found, Delivery) else Outcome.QUARANTINED
        kind = found.kind if isinstance(found, Delivery) else None
        if not _is_new(connection, arrival, found, outcome, now):
            return Taken(Outcome.DUPLICATE, [], kind)
        report = found.report if isinstance(found, Delivery) else None
        if report is None:
            return Taken(outcome, [], kind)
        appended = self._router.take(connection, report, arrival.source.provider, now)
        return Taken(outcome, appended, kind)


def _is_new(
    connection: Connection,
    arrival: Arrival,
    found: Delivery | NotUnderstood,
    outcome: Outcome,
    now: datetime,
) -> bool:
    """Put the delivery into the inbox; False where it is there already."""
    report = found.report if isinstance(found, Delivery) else None
    row = {
        "source": arrival.source.name,
        "dedupe_key": found.dedupe_key,
        "kind": found.kind if isinstance(found, Delivery) else None,
        "received_at": now,
        "content_type": arrival.content_type,
        "body": arrival.body,
        "crc": zlib.crc32(arrival.body),
        "outcome": outcome.value,
        "reason": found.reason if isinstance(found, NotUnderstood) else None,
        "call_id": report.call_id if report else None,
    }
    statement = insert_new(connection, inbox, key=("source", "dedupe_key"))
    return prepared.write(connection, statement, row) == 1
