"""Each agent's stream of events: appended without gaps, read past a cursor. Transactions are the caller's."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, text, update

from cti_desktop.core.swift import swift
from cti_desktop.core.timeline import Addressed
from cti_desktop.relay import prepared
from cti_desktop.relay.tables import agents, stream
from cti_desktop.wire.events import body_of, encode_body
from cti_desktop.wire.relay_link import Stream

_json: Final = msgspec.json.Encoder()


@swift
@dataclass(frozen=True, slots=True)
class Appended:
    """One event as it stands in an agent's stream; `body` is its JSON."""

    agent_id: str
    seq: int
    body: bytes


# The counter and the row commit together, so a committed seq has no hole before it.
_advance: Final = (
    update(agents)
    .where(agents.c.id == bindparam("agent"))
    .values(head=agents.c.head + bindparam("count"))
    .returning(agents.c.head)
)
# The same for many agents: SQLite has one writer, who needs no order.
_advance_all: Final = text(
    "UPDATE agents SET head = head + new.value FROM json_each(:counts) AS new"
    " WHERE agents.id = new.key RETURNING agents.id, agents.head"
)
_append: Final = insert(stream)
_extent: Final = select(agents.c.floor, agents.c.head).where(agents.c.id == bindparam("agent"))
_after: Final = (
    select(stream.c.seq, stream.c.body)
    .where(stream.c.agent_id == bindparam("agent"), stream.c.seq > bindparam("seq"))
    .order_by(stream.c.seq)
    .limit(bindparam("limit"))
)


def append(connection: Connection, events: Iterable[Addressed], now: datetime) -> list[Appended]:
    """Put `events` at the ends of their agents' streams, in the order given; that is the order returned."""
    every = list(events)
    counts: dict[str, int] = {}
    for addressed in every:
        counts[addressed.agent_id] = counts.get(addressed.agent_id, 0) + 1
    latest = _advanced(connection, counts) if counts else {}
    following = {agent_id: head - counts[agent_id] + 1 for agent_id, head in latest.items()}
    rows: list[dict[str, object]] = []
    appended: list[Appended] = []
    for addressed in every:
        agent_id, event = addressed.agent_id, addressed.event
        seq = following[agent_id]
        following[agent_id] = seq + 1
        body = encode_body(body_of(event))
        call_id = event.info.call_id
        row = {"agent_id": agent_id, "seq": seq, "call_id": call_id, "received_at": now}
        rows.append({**row, "body": body, "crc": zlib.crc32(body)})
        appended.append(Appended(agent_id, seq, body))
    if rows:
        prepared.write_all(connection, _append, rows)
    return appended


def extent(connection: Connection, agent_id: str, epoch: str) -> Stream:
    """What can be read of the agent's stream."""
    floor, head = connection.execute(_extent, {"agent": agent_id}).one()
    return Stream(epoch, floor, head)


def after(connection: Connection, agent_id: str, seq: int, limit: int) -> Sequence[Appended]:
    """The events that follow `seq`, oldest first, at most `limit`."""
    rows = connection.execute(_after, {"agent": agent_id, "seq": seq, "limit": limit})
    return [Appended(agent_id, row.seq, row.body) for row in rows]


def _advanced(connection: Connection, counts: Mapping[str, int]) -> dict[str, int]:
    """Each agent's head, after so many more events."""
    heads = prepared.answers(connection, _advance_all, {"counts": _json.encode(counts)})
    if heads is not None:
        return dict(heads)
    latest: dict[str, int] = {}
    for agent_id in sorted(counts):  # everybody locks counters in the same order
        row = {"agent": agent_id, "count": counts[agent_id]}
        latest[agent_id] = int(connection.execute(_advance, row).scalar_one())
    return latest
