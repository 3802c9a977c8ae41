"""What the store can tell about the relay's health, as plain values. Judges nothing: `doctor` does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from cti_desktop.relay.store import upsert
from cti_desktop.relay.tables import (
    agent_phones,
    agent_provider_ids,
    agents,
    inbox,
    meta,
    secrets,
    tokens,
    unrouted,
)

_MANY = 50


def gather(conn: Connection, now: datetime) -> dict[str, Any]:
    """Everything that `doctor` looks at, in one consistent view."""
    return {
        "now": now,
        "integrity": _integrity(conn),
        "agents": _agents(conn),
        "unrouted": _unrouted(conn),
        "received": _received(conn),
        "quarantined": _quarantined(conn),
        "secrets": _secrets(conn),
    }


def touch(conn: Connection, now: datetime) -> None:
    """Write something, to see whether that works."""
    row = {"key": "doctor", "value": now.isoformat()}
    conn.execute(upsert(conn, meta, key=("key",), replaced=("value",)).values(row))


def _integrity(conn: Connection) -> list[str]:
    """What SQLite finds wrong with its file; nothing for a server."""
    if conn.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in conn.exec_driver_sql("PRAGMA quick_check(10)")]
    return [] if found == ["ok"] else found


def _agents(conn: Connection) -> list[dict[str, Any]]:
    """The enabled agents: can they be called, have they a device, when was one last seen."""
    phones = set(conn.execute(select(agent_phones.c.agent_id)).scalars())
    phones |= set(conn.execute(select(agent_provider_ids.c.agent_id)).scalars())
    valid = tokens.c.revoked_at.is_(None)
    columns = (tokens.c.agent_id, func.max(tokens.c.last_seen_at))
    seen = dict(conn.execute(select(*columns).where(valid).group_by(tokens.c.agent_id)).all())
    rows = conn.execute(select(agents).where(~agents.c.disabled).order_by(agents.c.name))
    return [
        {
            "name": row.name,
            "reachable": row.id in phones or bool(row.email) or bool(row.extension),
            "signed_in": row.id in seen,
            "last_seen_at": seen.get(row.id),
        }
        for row in rows
    ]


def _unrouted(conn: Connection) -> list[dict[str, Any]]:
    rows = conn.execute(select(unrouted).order_by(unrouted.c.last_at.desc()).limit(_MANY)).mappings()
    return [dict(row) for row in rows]


def _received(conn: Connection) -> list[dict[str, Any]]:
    """Each source's kinds of webhooks: how many, and when the last one came."""
    last = func.max(inbox.c.received_at).label("last_at")
    columns = (inbox.c.source, inbox.c.kind, func.count().label("count"), last)
    rows = conn.execute(
        select(*columns).group_by(inbox.c.source, inbox.c.kind).order_by(last.desc())
    ).mappings()
    return [dict(row) for row in rows]


def _quarantined(conn: Connection) -> list[dict[str, Any]]:
    """Bodies that were kept but not understood, by reason."""
    last = func.max(inbox.c.received_at).label("last_at")
    columns = (inbox.c.source, inbox.c.reason, func.count().label("count"), last)
    rows = conn.execute(
        select(*columns)
        .where(inbox.c.outcome == "quarantined")
        .group_by(inbox.c.source, inbox.c.reason)
        .order_by(last.desc())
        .limit(_MANY)
    ).mappings()
    return [dict(row) for row in rows]


def _secrets(conn: Connection) -> dict[str, list[datetime]]:
    """Since when each source's active secrets count."""
    found: dict[str, list[datetime]] = {}
    columns = (secrets.c.source, secrets.c.created_at)
    for source, since in conn.execute(select(*columns).where(secrets.c.retired_at.is_(None))):
        found.setdefault(source, []).append(since)
    return found
