"""Forgets what is old enough: events that can't be resumed any more, raw bodies, at last all records.

Small transactions, so that no webhook waits for it. Deletes nothing while the clock is not trusted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from cti_desktop.relay.caller_tables import follow_ups, interactions, looked_up, merges, owed
from cti_desktop.relay.clock_watch import ClockWatch
from cti_desktop.relay.config import RetentionConfig
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import agents, calls, dispositions, inbox, meta, stream, unrouted

_log: Final = logging.getLogger(__name__)

# `meta`: when the clock was last believed, and since when it is not.
TRUSTED: Final = "clock.trusted"
HELD: Final = "clock.held"
_EVERY: Final = timedelta(hours=1)
_BATCH: Final = 500


class Retention:
    """See the module. `forgot` is called in the writing thread when calls were deleted."""

    def __init__(
        self,
        store: Store,
        config: RetentionConfig,
        forgot: Callable[[], None],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` and `monotonic` are held against each other."""
        self._store = store
        self._config = config
        self._forgot = forgot
        self._clock = clock
        self._monotonic = monotonic
        self._due = monotonic()
        self._watch: ClockWatch | None = None

    @property
    def held(self) -> bool:
        """Whether nothing is purged, because the clock is not trusted."""
        return self._watch is not None and self._watch.held

    async def begin(self) -> None:
        """Hold the clock against what the store knows. Raises `StorageError`."""
        await self._believes(self._clock())

    async def chore(self) -> None:
        """Look at the clock; purge once an hour. Raises `StorageError`."""
        now = self._clock()
        if not await self._believes(now):
            return
        if self._monotonic() >= self._due:
            self._due = self._monotonic() + _EVERY.total_seconds()
            await self._store.write(lambda c: _note(c, TRUSTED, now))
            await self.purge(now)

    async def purge(self, now: datetime) -> dict[str, int]:
        """Delete all that is too old at `now`; how much of what. Raises `StorageError`."""
        purged = {
            "events": await self._purge_streams(now - timedelta(days=self._config.stream_days)),
            "bodies": await self._purge_bodies(now - timedelta(days=self._config.raw_days)),
            **await self._purge_records(now - timedelta(days=self._config.record_days)),
        }
        if any(purged.values()):
            _log.info("purged: %s", ", ".join(f"{count} {what}" for what, count in purged.items() if count))
        return purged

    async def _believes(self, now: datetime) -> bool:
        if self._watch is None:
            self._watch = ClockWatch(await self._store.read(_last_trusted))
        elif self._watch.held and (told := await self._store.read(_told)) is not None:
            self._watch.told(told)
        was_held, believed = self._watch.held, self._watch.look(now, self._monotonic())
        if was_held is not believed:
            return believed
        if believed:
            _log.info("the clock is right again: old records are purged as before")
            await self._store.write(lambda c: _forget(c, HELD))
        else:
            _log.error(
                "the clock says %s, which doesn't follow from what it said before (%s): nothing is purged. "
                "Set it right; if it is right: cti-relay trust-clock",
                now,
                self._watch.trusted,
            )
            await self._store.write(lambda c: _hold(c, now))
        return believed

    async def _purge_streams(self, before: datetime) -> int:
        total = 0
        for agent_id, floor, last in await self._store.read(partial(_last_old_seqs, before=before)):
            for begin in range(floor, last + 1, _BATCH):
                upto = min(begin + _BATCH - 1, last)
                total += await self._store.write(partial(_raise_floor, agent_id=agent_id, upto=upto))
        return total

    async def _purge_bodies(self, before: datetime) -> int:
        total, last = 0, 0
        while ids := await self._store.read(partial(_old_bodies, before=before, after=last)):
            last = ids[-1]
            total += await self._store.write(partial(_empty, ids=ids))
        return total

    async def _purge_records(self, before: datetime) -> dict[str, int]:
        purged = dict.fromkeys((what for what, _, _ in _records(before)), 0)
        for what, key, old in _records(before):
            while ids := await self._store.read(partial(_keys, key=key, old=old)):
                purged[what] += await self._store.write(partial(self._delete, key=key, ids=ids))
        return purged

    def _delete(self, connection: Connection, key: ColumnElement[object], ids: list[object]) -> int:
        self._forgot()
        return connection.execute(delete(key.table).where(key.in_(ids))).rowcount


def _records(before: datetime) -> tuple[tuple[str, ColumnElement[object], ColumnElement[bool]], ...]:
    """What is deleted at its term: name, key, and which rows are old enough."""
    return (
        ("calls", calls.c.id, ~calls.c.open & (calls.c.updated_at < before)),
        ("dispositions", dispositions.c.id, dispositions.c.received_at < before),
        ("deliveries", inbox.c.id, inbox.c.received_at < before),
        ("strangers", unrouted.c.who, unrouted.c.last_at < before),
        ("interactions", interactions.c.call_id, interactions.c.at < before),
        ("follow-ups", follow_ups.c.id, (follow_ups.c.made_at < before) & follow_ups.c.done_at.is_not(None)),
        ("debts", owed.c.call_id, owed.c.settled_at < before),
        (
            "merges",
            merges.c.id,
            (merges.c.at < before) & (merges.c.other_key.is_(None) | merges.c.undone_at.is_not(None)),
        ),
        ("look-ups", looked_up.c.number, looked_up.c.expires_at < before),
    )


def trust(connection: Connection, now: datetime) -> None:
    """Somebody says that the clock is right."""
    _note(connection, TRUSTED, now)
    _forget(connection, HELD)


def held_at(connection: Connection) -> datetime | None:
    """When the clock was found not to be trusted; None while it is."""
    return _moment(connection, HELD)


def _last_trusted(connection: Connection) -> datetime | None:
    """Until when the time is known: as an earlier run noted, else from the newest delivery."""
    noted = _moment(connection, TRUSTED)
    return noted or connection.execute(select(func.max(inbox.c.received_at))).scalar()


def _told(connection: Connection) -> datetime | None:
    """When somebody said that the clock is right, since it was held."""
    return None if _moment(connection, HELD) else _moment(connection, TRUSTED)


def _hold(connection: Connection, now: datetime) -> None:
    _note(connection, HELD, now)


def _moment(connection: Connection, key: str) -> datetime | None:
    found = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return datetime.fromisoformat(found) if found else None


def _note(connection: Connection, key: str, moment: datetime) -> None:
    statement = upsert(connection, meta, key=("key",), replaced=("value",))
    connection.execute(statement, {"key": key, "value": moment.isoformat()})


def _forget(connection: Connection, key: str) -> None:
    connection.execute(delete(meta).where(meta.c.key == key))


def _last_old_seqs(connection: Connection, before: datetime) -> list[tuple[str, int, int]]:
    """Per agent: the floor, and the last event that is older than `before`."""
    last = (
        select(stream.c.agent_id, func.max(stream.c.seq).label("last"))
        .where(stream.c.received_at < before)
        .group_by(stream.c.agent_id)
        .subquery()
    )
    found = select(agents.c.id, agents.c.floor, last.c.last).join(last, last.c.agent_id == agents.c.id)
    return [(row[0], row[1], row[2]) for row in connection.execute(found)]


def _raise_floor(connection: Connection, agent_id: str, upto: int) -> int:
    """Drop the agent's events up to `upto`: a cursor before it can't be honoured any more."""
    gone = delete(stream).where(stream.c.agent_id == agent_id, stream.c.seq <= upto)
    connection.execute(update(agents).where(agents.c.id == agent_id).values(floor=upto + 1))
    return connection.execute(gone).rowcount


def _old_bodies(connection: Connection, before: datetime, after: int) -> list[int]:
    old = (inbox.c.received_at < before) & (inbox.c.id > after) & (func.length(inbox.c.body) > 0)
    return list(
        connection.execute(select(inbox.c.id).where(old).order_by(inbox.c.id).limit(_BATCH)).scalars()
    )


def _empty(connection: Connection, ids: list[int]) -> int:
    return connection.execute(update(inbox).where(inbox.c.id.in_(ids)).values(body=b"", crc=None)).rowcount


def _keys(connection: Connection, key: ColumnElement[object], old: ColumnElement[bool]) -> list[object]:
    return list(connection.execute(select(key).where(old).limit(_BATCH)).scalars())
