"""A delivery on its way in: one transaction holds the raw body, the call and the agents' events, or nothing.

Knows no HTTP. What is authenticated is never refused: what can't be understood is kept in quarantine.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from sqlalchemy import Connection

from cti_desktop.core.errors import StorageError
from cti_desktop.core.swift import swift
from cti_desktop.providers.delivery import Delivery, NotUnderstood, ProviderSettings
from cti_desktop.relay import funnels, prepared
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store, insert_new
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox
from cti_desktop.relay.writer import QUEUE_LIMIT

_log: Final = logging.getLogger(__name__)

# In one transaction: more would keep the event loop from its other work for longer than anybody should wait.
_AT_ONCE: Final = 64
# So many take longer to flush than it takes to leave that to the writing thread.
_CROWD: Final = 4
# A hundred bodies of the largest size; of common ones, more than QUEUE_LIMIT.
MAX_QUEUE_BYTES: Final = 32 * 1024 * 1024


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


@swift
@dataclass(frozen=True, slots=True)
class Taken:
    """What was committed for a delivery."""

    outcome: Outcome
    appended: list[Appended]
    kind: str | None = None


# Told once, on the event loop, what became of a delivery, or why nothing was kept of it.
Settled = Callable[[Outcome | BaseException], None]


def _nobody(_arrival: Arrival, _taken: Taken) -> None:
    """Nobody measures."""


@swift
@dataclass(frozen=True, slots=True)
class _Waiting:
    """A delivery that was read, and whoever waits for its commit."""

    arrival: Arrival
    found: Delivery | NotUnderstood
    settled: Settled


class Ingest:
    """See the module. `publish` is told of each committed event, in order of commit.

    All that comes while the disk is busy shares the next transaction. What waits is bounded, also in bytes.
    """

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
        self._queue: deque[_Waiting] = deque()
        self._queue_bytes = 0
        self._committing = False

    @property
    def waiting(self) -> int:
        """How many deliveries wait for their turn to be committed."""
        return len(self._queue)

    def take(self, arrival: Arrival, settled: Settled) -> None:
        """Keep `arrival`; `settled` is told once it is on disk. Raises `StorageError`: nothing was kept."""
        source = arrival.source
        found = funnels.understood(
            arrival.body, arrival.content_type, arrival.query, source.name, source.settings
        )
        size = len(arrival.body)
        if len(self._queue) >= QUEUE_LIMIT or self._queue_bytes + size > MAX_QUEUE_BYTES:
            raise StorageError("more deliveries wait than the disk can keep up with", code="busy")
        self._queue.append(_Waiting(arrival, found, settled))
        self._queue_bytes += size
        if not self._committing:  # after this turn of the loop, so that all that came in it is there
            self._committing = True
            asyncio.get_running_loop().call_soon(self._commit_next)

    def _commit_next(self) -> None:
        batch = [self._queue.popleft() for _ in range(min(len(self._queue), _AT_ONCE))]
        self._queue_bytes -= sum(len(waiting.arrival.body) for waiting in batch)
        self._committing = bool(batch)
        if batch:
            self._commit(batch, self._commit_next)

    def _commit(self, batch: Sequence[_Waiting], then: Callable[[], None]) -> None:
        now = self._clock()
        try:
            writing = self._store.begin_write(
                lambda connection: self._take_all(connection, batch, now),
                then=lambda all_taken: self._settle(batch, all_taken),
                brief=True,
                crowd=len(batch) >= _CROWD,
            )
        except StorageError as error:
            _fail(batch, error)
            then()
        else:
            writing.add_done_callback(lambda written: self._written(batch, written.exception(), then))

    def _written(
        self, batch: Sequence[_Waiting], error: BaseException | None, then: Callable[[], None]
    ) -> None:
        if error is None:
            then()
        elif isinstance(error, StorageError) or (
            len(batch) == 1 and isinstance(batch[0].found, NotUnderstood)
        ):
            _fail(batch, error)
            then()
        elif len(batch) == 1:  # a bug of ours
            self._commit([_unread(batch[0], error)], then)
        else:  # one of them trips over a bug: that shall cost nobody else anything
            self._commit_each(batch, then)

    def _commit_each(self, batch: Sequence[_Waiting], then: Callable[[], None]) -> None:
        if batch:
            self._commit(batch[:1], lambda: self._commit_each(batch[1:], then))
        else:
            then()

    def _settle(self, batch: Sequence[_Waiting], all_taken: Sequence[Taken]) -> None:
        for waiting, taken in zip(batch, all_taken, strict=True):
            arrival, found = waiting.arrival, waiting.found
            self._publish(taken.appended)
            self._noted(arrival, taken)
            _tell(waiting, taken.outcome)
            if taken.outcome is Outcome.QUARANTINED and isinstance(found, NotUnderstood):
                _log.warning(
                    "%s: a delivery was not understood and is kept: %s", arrival.source.name, found.reason
                )

    def _take_all(self, connection: Connection, batch: Sequence[_Waiting], now: datetime) -> list[Taken]:
        statement = insert_new(connection, inbox, key=("source", "dedupe_key"))
        rows = [_row(waiting.arrival, waiting.found, now) for waiting in batch]
        new = prepared.write_new(connection, statement, rows)
        reports = [
            (waiting.found.report, waiting.arrival.source.provider)
            for waiting, is_new in zip(batch, new, strict=True)
            if is_new and isinstance(waiting.found, Delivery) and waiting.found.report is not None
        ]
        appended = iter(self._router.take_all(connection, reports, now) if reports else [])
        return [
            _taken(waiting.found, appended) if is_new else Taken(Outcome.DUPLICATE, [], _kind(waiting.found))
            for waiting, is_new in zip(batch, new, strict=True)
        ]


def _taken(found: Delivery | NotUnderstood, appended: Iterator[list[Appended]]) -> Taken:
    """What became of a new delivery; what it `appended` is the next, if it reported anything."""
    if isinstance(found, NotUnderstood):
        return Taken(Outcome.QUARANTINED, [])
    return Taken(Outcome.STORED, next(appended) if found.report is not None else [], found.kind)


def _unread(waiting: _Waiting, error: BaseException) -> _Waiting:
    arrival = waiting.arrival
    found = funnels.unread(arrival.body, arrival.source.name, error)
    return _Waiting(arrival, found, waiting.settled)


def _kind(found: Delivery | NotUnderstood) -> str | None:
    return found.kind if isinstance(found, Delivery) else None


def _fail(batch: Iterable[_Waiting], error: BaseException) -> None:
    """Tell whoever still waits. Each gets a storage error of its own: a shared one gathers all tracebacks."""
    for waiting in batch:
        own = StorageError(str(error), code=error.code) if isinstance(error, StorageError) else error
        _tell(waiting, own)


def _tell(waiting: _Waiting, outcome: Outcome | BaseException) -> None:
    """A bug of ours in telling one costs the others of its crowd nothing: their answers are owed as well."""
    funnels.attempt(waiting.arrival.source.name, lambda: waiting.settled(outcome), lambda: None)


def _row(arrival: Arrival, found: Delivery | NotUnderstood, now: datetime) -> dict[str, object]:
    """The delivery as the inbox keeps it."""
    understood = found if isinstance(found, Delivery) else None
    report = understood.report if understood else None
    return {
        "source": arrival.source.name,
        "dedupe_key": found.dedupe_key,
        "kind": understood.kind if understood else None,
        "received_at": now,
        "content_type": arrival.content_type,
        "body": arrival.body,
        "crc": zlib.crc32(arrival.body),
        "outcome": (Outcome.STORED if understood else Outcome.QUARANTINED).value,
        "reason": found.reason if isinstance(found, NotUnderstood) else None,
        "call_id": report.call_id if report else None,
    }
