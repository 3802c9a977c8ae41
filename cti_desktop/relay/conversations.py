"""Conversations and what came of them, page by page: for a team's report. Only reads.

First by time those that callers' histories know, then the rest: without a number, erased, or not over yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select, tuple_

from cti_desktop.core.call import Call
from cti_desktop.core.history import began_at, interaction_of
from cti_desktop.core.timeline import Directory
from cti_desktop.relay.caller_tables import interactions, owed
from cti_desktop.relay.calls import CallBook
from cti_desktop.relay.directory import AddressBook
from cti_desktop.relay.routing import legs_of
from cti_desktop.relay.tables import agents, dispositions

# With the longest notes, so many still fit into one answer.
_PAGE: Final = 100
_STRETCH: Final = 10_000
_KEY: Final = (owed.c.call_id, owed.c.agent_id)

# Where the next page begins, as JSON.
Place = Mapping[str, Any]


def page(
    conn: Connection, begin: datetime | None, end: datetime | None, after: Place, stretch: int = _STRETCH
) -> tuple[list[dict[str, Any]], Place | None]:
    """Rows from `begin` until before `end`, and where to go on, None at the end; `after`: {} at first.

    `stretch`: so many are looked through at once for the few that no history knows.
    """
    if "rest" not in after:
        calls = conn.execute(_known(begin, end, after)).all()
        times: dict[str, datetime] = {row.call_id: row.at for row in calls}
        found = conn.execute(_debts().where(owed.c.call_id.in_(times)).order_by(*_KEY)).all()
        rows = _told(conn, sorted(found, key=lambda row: times[row.call_id]), times)
        if len(calls) < _PAGE:
            return rows, {"rest": True}
        return rows, {"at": calls[-1].at.isoformat(), "call_id": calls[-1].call_id}
    stop = conn.execute(select(*_KEY).where(*_beyond(after)).order_by(*_KEY).limit(1).offset(stretch)).first()
    found = conn.execute(_rest(begin, end, after, stop and tuple(stop))).all()
    last = found[-1] if len(found) == _PAGE else stop
    more = {"rest": True, "call_id": last.call_id, "agent_id": last.agent_id} if last is not None else None
    return _told(conn, found, {}), more


def _known(begin: datetime | None, end: datetime | None, after: Place) -> Select[Any]:
    """Calls by time, by themselves: joined, SQLite would rather walk through all debts for each page."""
    key = (interactions.c.at, interactions.c.call_id)
    statement = select(*key).where(*_within(interactions.c.at, begin, end)).order_by(*key).limit(_PAGE)
    if not after:
        return statement
    at = datetime.fromisoformat(after["at"])
    # The first says nothing new, but leads to where the index goes on.
    return statement.where(interactions.c.at >= at, tuple_(*key) > (at, after["call_id"]))


def _rest(
    begin: datetime | None, end: datetime | None, after: Place, stop: Sequence[str] | None
) -> Select[Any]:
    strange = ~exists().where(interactions.c.call_id == owed.c.call_id)
    statement = _debts().where(strange, *_beyond(after), *_within(owed.c.since, begin, end))
    if stop is not None:
        statement = statement.where(tuple_(*_KEY) <= tuple(stop))
    return statement.order_by(*_KEY).limit(_PAGE)


def _debts() -> Select[Any]:
    return select(owed, agents.c.name).join(agents, agents.c.id == owed.c.agent_id)


def _beyond(after: Place) -> Iterable[ColumnElement[bool]]:
    if "call_id" in after:
        yield tuple_(*_KEY) > (after["call_id"], after["agent_id"])


def _within(
    column: ColumnElement[datetime], begin: datetime | None, end: datetime | None
) -> Iterable[ColumnElement[bool]]:
    if begin is not None:
        yield column >= begin
    if end is not None:
        yield column < end


def _told(conn: Connection, found: Sequence[Row[Any]], times: Mapping[str, datetime]) -> list[dict[str, Any]]:
    book, outcomes = AddressBook(), _outcomes(conn, [row.call_id for row in found])
    return [
        _row(conn, row, book, times.get(row.call_id), outcomes.get((row.call_id, row.agent_id)))
        for row in found
    ]


def _outcomes(conn: Connection, call_ids: Sequence[str]) -> dict[tuple[str, str], Row[Any]]:
    """The version that counts of each: nobody replaces it, and it was saved last."""
    statement = select(dispositions).where(dispositions.c.call_id.in_(call_ids))
    rows = conn.execute(statement.order_by(dispositions.c.saved_at)).all()
    replaced = {row.replaces for row in rows}
    return {(row.call_id, row.agent_id): row for row in rows if row.id not in replaced}


def _row(
    conn: Connection, found: Row[Any], book: AddressBook, at: datetime | None, outcome: Row[Any] | None
) -> dict[str, Any]:
    """Times as moments, all else as it stands in the store: `state` is how the outcome came, or is owed."""
    told: dict[str, Any] = {
        "at": at or found.since,
        "agent": found.name,
        "number": found.number,
        "call_id": found.call_id,
        "state": found.settled_via or found.state,
    }
    kept = CallBook.read(conn, found.call_id)
    if kept is not None:
        told |= _of_call(kept.call, book.open(conn, kept.provider), found)
    if kept is not None and outcome is None and kept.call.dispositions:  # typed into the provider's panel
        panel = kept.call.dispositions[-1]
        told |= {"label": panel.name, "notes": panel.notes, "saved_at": found.settled_at}
    if outcome is not None:
        names = ("code", "sub_code", "notes", "follow_up_at", "saved_at")
        told |= {name: getattr(outcome, name) for name in names}
    return told


def _of_call(call: Call, directory: Directory, found: Row[Any]) -> dict[str, Any]:
    seconds = [leg.talk_seconds for leg in legs_of(call, directory, found.agent_id) if leg.talk_seconds]
    return {
        "at": began_at(call) or found.since,
        "number": call.caller_number,
        "direction": call.direction.value,
        "queue": call.queue,
        "talk_seconds": sum(seconds) if seconds else None,
        "result": interaction_of(call, directory, found.since).result.value,
    }
