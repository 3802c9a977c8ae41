"""Deliveries that were kept but not understood: listed, shown, read again by a version that knows more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, select, update

from cti_desktop.providers.delivery import Delivery, read
from cti_desktop.relay.ingest import Outcome, Source
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.routing import Router
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox

_KEPT: Final = inbox.c.outcome == Outcome.QUARANTINED.value
_LISTED: Final = 200
REPLAYED_AT_ONCE: Final = 100


@dataclass(slots=True)
class Replayed:
    """What became of those that were read again; `last` is where to go on."""

    understood: int = 0
    duplicates: int = 0
    still: int = 0
    last: int = 0
    more: bool = False
    appended: list[Appended] = field(default_factory=list)


def listed(conn: Connection) -> list[dict[str, Any]]:
    """The newest ones, without their bodies; `bytes` 0: purged."""
    columns = (inbox.c.id, inbox.c.source, inbox.c.received_at, inbox.c.reason)
    size = func.length(inbox.c.body).label("bytes")
    rows = conn.execute(select(*columns, size).where(_KEPT).order_by(inbox.c.id.desc()).limit(_LISTED))
    return [dict(row) for row in rows.mappings()]


def shown(conn: Connection, id_: int) -> dict[str, Any]:
    """One of them, whole. Raises `Refused` for an id that is not there."""
    row = conn.execute(select(inbox).where(inbox.c.id == id_)).first()
    if row is None:
        raise Refused(f"there is no delivery {id_}: `cti-relay quarantine list` shows those not understood")
    return {
        "id": row.id,
        "source": row.source,
        "received_at": row.received_at,
        "outcome": row.outcome,
        "reason": row.reason,
        "content_type": row.content_type,
        "body": row.body.decode("utf-8", "backslashreplace"),
    }


def replay(
    conn: Connection,
    sources: Mapping[str, Source],
    router: Router,
    now: datetime,
    *,
    after: int,
    only: int | None,
) -> Replayed:
    """Read those that follow `after`, or the `only` one, again, as if they came now."""
    which = _KEPT & (inbox.c.id == only if only is not None else inbox.c.id > after)
    rows = conn.execute(select(inbox).where(which).order_by(inbox.c.id).limit(REPLAYED_AT_ONCE)).all()
    if only is not None and not rows:
        raise Refused(f"{only} is not in quarantine: `cti-relay quarantine list` shows what is")
    replayed = Replayed(more=len(rows) == REPLAYED_AT_ONCE)
    for row in rows:
        replayed.last = row.id
        _replay_one(conn, row, sources.get(row.source), router, now, replayed)
    return replayed


def _replay_one(
    conn: Connection, row: Row[Any], source: Source | None, router: Router, now: datetime, replayed: Replayed
) -> None:
    found = read(row.body, row.content_type, {}, source.settings) if source and row.body else None
    if source is None or not isinstance(found, Delivery):
        replayed.still += 1
        return
    same = select(inbox.c.id).where(inbox.c.source == row.source, inbox.c.dedupe_key == found.dedupe_key)
    if conn.execute(same.where(inbox.c.id != row.id)).first() is not None:  # sent again, and understood then
        conn.execute(delete(inbox).where(inbox.c.id == row.id))
        replayed.duplicates += 1
        return
    stored = {
        "outcome": Outcome.STORED.value,
        "reason": None,
        "kind": found.kind,
        "dedupe_key": found.dedupe_key,
        "call_id": found.report.call_id if found.report else None,
    }
    conn.execute(update(inbox).where(inbox.c.id == row.id).values(stored))
    replayed.understood += 1
    if found.report is not None:
        replayed.appended += router.take(conn, found.report, source.provider, now)


def tail(conn: Connection, after: int | None, limit: int) -> Sequence[dict[str, Any]]:
    """The deliveries that follow `after`, oldest first; None: the last ones. Never their bodies."""
    names = ("id", "received_at", "source", "kind", "outcome", "call_id", "reason")
    found = select(*(inbox.c[name] for name in names)).limit(limit)
    if after is None:
        rows = conn.execute(found.order_by(inbox.c.id.desc())).mappings().all()[::-1]
    else:
        rows = conn.execute(found.where(inbox.c.id > after).order_by(inbox.c.id)).mappings().all()
    return [dict(row) for row in rows]
