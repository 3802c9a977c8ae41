"""Takes a customer's number, and all that leads to it, out of the store; leaves a trace that it was done.

Streams keep their events without the caller, as sequences have no gaps; dispositions keep code and time.
Backups made before, and what desktops have remembered, are not reached.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from cti_desktop.core.call import Call
from cti_desktop.core.numbers import masked
from cti_desktop.relay.audit import note
from cti_desktop.relay.caller_tables import follow_ups, interactions, looked_up, merges, owed
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import (
    calls,
    contact_numbers,
    contacts,
    dispositions,
    inbox,
    stream,
    unrouted,
)
from cti_desktop.wire.events import CallerBody, EventBody, encode_body

_BATCH: Final = 500
# Of a number written in whatever way, so many digits at its end are always there.
_NATIONAL: Final = 10
_NOTHING: Final = {"body": b"", "crc": None}

_call: Final = msgspec.json.Decoder(Call)
_event: Final = msgspec.json.Decoder(EventBody)


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was found."""

    calls: int
    deliveries: int
    events: int
    contacts: int


def erase(conn: Connection, number: str, who: str, now: datetime) -> Erased:
    """Erase `number` (E.164); `who` is noted. Raises `Refused` while the customer is in a call."""
    _overwrite_what_is_deleted(conn, on=True)
    ids = _calls_of(conn, number)
    erased = Erased(
        calls=len(ids),
        deliveries=_empty_deliveries(conn, number, ids),
        events=_mask_events(conn, number),
        contacts=_drop_contacts(conn, number),
    )
    for some in _batches(ids):
        conn.execute(delete(calls).where(calls.c.id.in_(some)))
        conn.execute(update(dispositions).where(dispositions.c.call_id.in_(some)).values(notes=""))
    conn.execute(delete(interactions).where(interactions.c.number == number))
    conn.execute(delete(follow_ups).where(follow_ups.c.number == number))
    conn.execute(delete(looked_up).where(looked_up.c.number == number))
    conn.execute(delete(merges).where(merges.c.before.contains(number, autoescape=True)))
    conn.execute(delete(unrouted).where(unrouted.c.who == number))
    conn.execute(update(owed).where(owed.c.number == number).values(number=None))
    subject = f"number {masked(number)}: {len(ids)} calls"
    note(conn, now, who, "erase", subject)
    _overwrite_what_is_deleted(conn, on=False)
    return erased


def _calls_of(conn: Connection, number: str) -> list[str]:
    rows = conn.execute(
        select(calls.c.id, calls.c.state, calls.c.open).where(_has(conn, calls.c.state, number))
    )
    mine = [row for row in rows if _call.decode(row.state).caller_number == number]
    if any(row.open for row in mine):
        raise Refused("the customer is in a call just now: erase the number when it is over")
    return [row.id for row in mine]


def _empty_deliveries(conn: Connection, number: str, ids: list[str]) -> int:
    """Those of the calls, and what was not understood but has the number in it."""
    unread = inbox.c.call_id.is_(None) & _has(conn, inbox.c.body, number[-_NATIONAL:])
    emptied = conn.execute(update(inbox).where(unread).values(**_NOTHING)).rowcount
    for some in _batches(ids):
        emptied += conn.execute(update(inbox).where(inbox.c.call_id.in_(some)).values(**_NOTHING)).rowcount
    return emptied


def _mask_events(conn: Connection, number: str) -> int:
    found = conn.execute(
        select(stream.c.agent_id, stream.c.seq, stream.c.body).where(_has(conn, stream.c.body, number))
    ).all()
    for agent_id, seq, body in found:
        event = _event.decode(body)
        if event.disposition is not None:
            event = msgspec.structs.replace(
                event, disposition=msgspec.structs.replace(event.disposition, notes="")
            )
        without = encode_body(msgspec.structs.replace(event, caller=CallerBody(), recording=None))
        mine = (stream.c.agent_id == agent_id) & (stream.c.seq == seq)
        conn.execute(update(stream).where(mine).values(body=without, crc=zlib.crc32(without)))
    return len(found)


def _drop_contacts(conn: Connection, number: str) -> int:
    """The number goes from the directory, and an entry that has no other number with it."""
    whose = select(contact_numbers.c.contact_id).where(contact_numbers.c.number == number)
    ids = list(conn.execute(whose).scalars())
    conn.execute(delete(contact_numbers).where(contact_numbers.c.number == number))
    left = select(contact_numbers.c.contact_id)
    return conn.execute(delete(contacts).where(contacts.c.id.in_(ids), contacts.c.id.not_in(left))).rowcount


def _has(conn: Connection, column: ColumnElement[bytes], text: str) -> ColumnElement[bool]:
    """Whether bytes contain `text`."""
    if conn.dialect.name == "sqlite":
        return func.instr(column, text.encode()) > 0
    return func.pg_catalog.position(column, text.encode()) > 0


def _overwrite_what_is_deleted(conn: Connection, *, on: bool) -> None:
    """SQLite leaves the bytes of deleted rows in the file, unless told."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(f"PRAGMA secure_delete = {'ON' if on else 'OFF'}")


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[begin : begin + _BATCH] for begin in range(0, len(ids), _BATCH))
