"""What the store can tell about the relay's health. Judges nothing: `health` does."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from cti_desktop.relay.retention import held_at
from cti_desktop.relay.rounds import REFUSED, Refusals
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

_MANY: Final = 50


class AgentFacts(msgspec.Struct, frozen=True):
    """An enabled agent. `reachable`: a provider's webhook can mean them by something that we know."""

    name: str
    reachable: bool
    signed_in: bool
    last_seen_at: datetime | None = None


class Stranger(msgspec.Struct, frozen=True):
    """Somebody whom the provider rings and whom nobody in the roster is."""

    who: str
    count: int
    last_at: datetime


class Received(msgspec.Struct, frozen=True):
    """One kind of webhooks of one source; `kind` is None for what was not understood."""

    source: str
    kind: str | None
    count: int
    last_at: datetime


class Quarantined(msgspec.Struct, frozen=True):
    """Bodies of one source that were kept but not understood, for one reason."""

    source: str
    reason: str
    count: int
    last_at: datetime


class SecretFacts(msgspec.Struct, frozen=True):
    """An active webhook secret."""

    id: str
    source: str
    since: datetime


class RefusedFacts(msgspec.Struct, frozen=True):
    """Deliveries to one source that carried none of its secrets."""

    source: str
    count: int
    last_at: datetime


class RotationFacts(msgspec.Struct, frozen=True):
    """When a source's secrets last changed, after the first one was made."""

    source: str
    at: datetime


class Facts(msgspec.Struct, frozen=True):
    """All of it. `damage` is what the database finds wrong with itself."""

    damage: tuple[str, ...] = ()
    agents: tuple[AgentFacts, ...] = ()
    unrouted: tuple[Stranger, ...] = ()
    received: tuple[Received, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    secrets: tuple[SecretFacts, ...] = ()
    refused: tuple[RefusedFacts, ...] = ()
    rotated: tuple[RotationFacts, ...] = ()
    clock_held_at: datetime | None = None


def gather(conn: Connection) -> Facts:
    """Everything that the store knows, in one consistent view."""
    return Facts(
        damage=_damage(conn),
        agents=_agents(conn),
        unrouted=_unrouted(conn),
        received=_received(conn),
        quarantined=_quarantined(conn),
        secrets=_secrets(conn),
        refused=_refused(conn),
        rotated=_rotated(conn),
        clock_held_at=held_at(conn),
    )


def touch(conn: Connection, now: datetime) -> None:
    """Write something, to see whether that works."""
    row = {"key": "doctor", "value": now.isoformat()}
    conn.execute(upsert(conn, meta, key=("key",), replaced=("value",)).values(row))


def _damage(conn: Connection) -> tuple[str, ...]:
    if conn.dialect.name != "sqlite":
        return ()
    found = tuple(str(row[0]) for row in conn.exec_driver_sql("PRAGMA quick_check(10)"))
    return () if found == ("ok",) else found


def _agents(conn: Connection) -> tuple[AgentFacts, ...]:
    known = set(conn.execute(select(agent_phones.c.agent_id)).scalars())
    known |= set(conn.execute(select(agent_provider_ids.c.agent_id)).scalars())
    columns = (tokens.c.agent_id, func.max(tokens.c.last_seen_at))
    valid = select(*columns).where(tokens.c.revoked_at.is_(None)).group_by(tokens.c.agent_id)
    seen = {id_: last for id_, last in conn.execute(valid)}  # noqa: C416 - a Result is no mapping for mypy
    rows = conn.execute(select(agents).where(~agents.c.disabled).order_by(agents.c.name))
    return tuple(
        AgentFacts(
            name=row.name,
            reachable=row.id in known or bool(row.email) or bool(row.extension),
            signed_in=row.id in seen,
            last_seen_at=seen.get(row.id),
        )
        for row in rows
    )


def _unrouted(conn: Connection) -> tuple[Stranger, ...]:
    columns = (unrouted.c.who, unrouted.c.count, unrouted.c.last_at)
    rows = conn.execute(select(*columns).order_by(unrouted.c.last_at.desc()).limit(_MANY))
    return tuple(Stranger(*row) for row in rows)


def _received(conn: Connection) -> tuple[Received, ...]:
    last = func.max(inbox.c.received_at)
    columns = (inbox.c.source, inbox.c.kind, func.count(), last)
    rows = conn.execute(select(*columns).group_by(inbox.c.source, inbox.c.kind).order_by(last.desc()))
    return tuple(Received(*row) for row in rows)


def _quarantined(conn: Connection) -> tuple[Quarantined, ...]:
    last = func.max(inbox.c.received_at)
    columns = (inbox.c.source, func.coalesce(inbox.c.reason, ""), func.count(), last)
    kept = select(*columns).where(inbox.c.outcome == "quarantined")
    rows = conn.execute(kept.group_by(inbox.c.source, inbox.c.reason).order_by(last.desc()).limit(_MANY))
    return tuple(Quarantined(*row) for row in rows)


def _secrets(conn: Connection) -> tuple[SecretFacts, ...]:
    columns = (secrets.c.id, secrets.c.source, secrets.c.created_at)
    active = select(*columns).where(secrets.c.retired_at.is_(None))
    return tuple(SecretFacts(*row) for row in conn.execute(active.order_by(secrets.c.created_at)))


def _refused(conn: Connection) -> tuple[RefusedFacts, ...]:
    rows = conn.execute(select(meta).where(meta.c.key.startswith(REFUSED, autoescape=True)))
    found = [(row.key.removeprefix(REFUSED), msgspec.json.decode(row.value, type=Refusals)) for row in rows]
    return tuple(RefusedFacts(source, r.count, r.last_at) for source, r in found)


def _rotated(conn: Connection) -> tuple[RotationFacts, ...]:
    columns = (secrets.c.source, func.max(secrets.c.created_at), func.max(secrets.c.retired_at), func.count())
    rows = conn.execute(select(*columns).group_by(secrets.c.source))
    return tuple(
        RotationFacts(source, max(made, retired or made))
        for source, made, retired, count in rows
        if count > 1
    )
