"""What the relay remembers of each number: its last calls and the calls back that were promised.

Lives in the writing thread's transactions; every look is one indexed query, whatever the number of calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text, update

from cti_desktop.core.call import Call
from cti_desktop.core.disposition import Disposition
from cti_desktop.core.events import CallDisposed, CallInfo, FollowUp, Interaction, Result
from cti_desktop.core.history import interaction_of, is_over
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.core.timeline import Directory
from cti_desktop.relay import prepared
from cti_desktop.relay.caller_tables import follow_ups, interactions
from cti_desktop.relay.store import upsert

# As many as tell "called 10 times today" from more.
MAX_CALLS: Final = 10
MAX_FOLLOW_UPS: Final = 3
# A card shows the gist; only the latest few have a note at all. A frame must stay small.
_NOTE: Final = 200
_NOTES: Final = 3

_FACTS: Final = ("number", "at", "direction", "result", "agent_id", "agent", "talk_seconds")
_OUTCOME: Final = ("outcome", "notes")

_last: Final = (
    select(interactions)
    .where(interactions.c.number == bindparam("number"))
    .order_by(interactions.c.at.desc())
    .limit(MAX_CALLS)
)
_promised: Final = (
    select(follow_ups)
    .where(follow_ups.c.number == bindparam("number"), follow_ups.c.done_at.is_(None))
    .order_by(follow_ups.c.due_at)
    .limit(MAX_FOLLOW_UPS)
)
_met: Final = text(
    "SELECT value FROM json_each(:keys) WHERE EXISTS (SELECT 1 FROM interactions WHERE number = value)"
    " OR EXISTS (SELECT 1 FROM follow_ups WHERE number = value)"
)
_keep_promise: Final = (
    update(follow_ups)
    .where(
        follow_ups.c.number == bindparam("of_number"),
        follow_ups.c.done_at.is_(None),
        (follow_ups.c.call_id != bindparam("by_call")) | (follow_ups.c.agent_id == bindparam("by_agent")),
    )
    .values(done_at=bindparam("moment"))
)
_of_call: Final = and_(
    follow_ups.c.call_id == bindparam("of_call"), follow_ups.c.agent_id == bindparam("of_agent")
)
_made: Final = (
    select(follow_ups.c.id, follow_ups.c.made_at, interactions.c.outcome, interactions.c.notes)
    .join(interactions, interactions.c.call_id == follow_ups.c.call_id)
    .where(_of_call, follow_ups.c.done_at.is_(None))
    .order_by(follow_ups.c.made_at)
)
_keep_made: Final = update(follow_ups).where(_of_call).values(done_at=bindparam("moment"))
_promise: Final = insert(follow_ups)
_take_back: Final = delete(follow_ups).where(follow_ups.c.id == bindparam("replaced"))


def strangers(connection: Connection, numbers: Iterable[str]) -> set[str]:
    """Those of `numbers` with whom nothing was before; where it is costly to tell, none."""
    asked = list(dict.fromkeys(numbers))
    return set(asked).difference(prepared.which(connection, _met, asked)) if asked else set()


def last_calls(connection: Connection, number: str) -> tuple[Interaction, ...]:
    """The latest calls with that number, newest first."""
    rows = connection.execute(_last, {"number": number}).all()
    return tuple(
        Interaction(
            call_id=row.call_id,
            at=row.at,
            direction=Direction(row.direction),
            result=Result(row.result),
            agent=Person(row.agent_id, row.agent) if row.agent else None,
            talk_seconds=row.talk_seconds,
            outcome=row.outcome,
            notes=_gist(row.notes) if index < _NOTES else "",
        )
        for index, row in enumerate(rows)
    )


def open_follow_ups(connection: Connection, number: str) -> tuple[FollowUp, ...]:
    """The calls back that were promised to that number, the one due first in front."""
    rows = connection.execute(_promised, {"number": number})
    return tuple(
        FollowUp(row.id, row.due_at, Person(row.agent_id, row.agent) if row.agent else None, _gist(row.notes))
        for row in rows
    )


def note_call(
    connection: Connection, before: Call | None, after: Call, directory: Directory, now: datetime
) -> str | None:
    """Remember a call that is over, or what was learned of it since; the number whose past is another now."""
    if after.caller_number is None or not is_over(after):
        return None
    row = interaction_of(after, directory, now)
    known = before is not None and is_over(before) and before.caller_number is not None
    if known and before is not None and interaction_of(before, directory, now) == row:
        return None
    _put(connection, after.caller_number, row, with_outcome=bool(after.dispositions))
    return after.caller_number


def note_outcome(
    connection: Connection,
    call: Call,
    directory: Directory,
    disposition: Disposition,
    label: str,
    agent: Person,
) -> None:
    """Remember how a conversation ended: older promises are kept thereby, a new one is made."""
    number = call.caller_number
    if number is None:
        return
    at = disposition.saved_at
    row = interaction_of(call, directory, at)
    outcome = Interaction(
        row.call_id, row.at, row.direction, row.result, row.agent, row.talk_seconds, label, disposition.notes
    )
    _put(connection, number, outcome, with_outcome=True)
    connection.execute(
        _keep_promise, {"of_number": number, "by_call": call.id, "by_agent": agent.id, "moment": at}
    )
    if disposition.replaces is not None:  # what the corrected version promised was never meant
        connection.execute(_take_back, {"replaced": disposition.replaces})
    if disposition.follow_up_at is not None:
        connection.execute(_promise, _promise_row(number, disposition, agent))


def keep_promise(
    connection: Connection, call_id: str, agent: Person, now: datetime, info: CallInfo
) -> CallDisposed | None:
    """The agent has called back. What tells the agent's other desktops; None: it was known already."""
    whose = {"of_call": call_id, "of_agent": agent.id}
    made = connection.execute(_made, whose).all()
    if not made:
        return None
    connection.execute(_keep_made, {**whose, "moment": now})
    last = made[-1]
    return CallDisposed(
        info,
        at=last.made_at,
        received_at=now,
        label=last.outcome or "",
        notes=last.notes or "",
        by=agent.name,
        via="desktop",
        disposition_id=last.id,
        follow_up_at=None,
    )


def _put(connection: Connection, number: str, row: Interaction, *, with_outcome: bool) -> None:
    replaced = (*_FACTS, *_OUTCOME) if with_outcome else _FACTS
    values = {
        "call_id": row.call_id,
        "number": number,
        "at": row.at,
        "direction": row.direction.value,
        "result": row.result.value,
        "agent_id": row.agent.id if row.agent else None,
        "agent": row.agent.name if row.agent else None,
        "talk_seconds": row.talk_seconds,
        "outcome": _plain(row.outcome),
        "notes": _plain(row.notes),
    }
    prepared.write(connection, upsert(connection, interactions, key=("call_id",), replaced=replaced), values)


def _promise_row(number: str, disposition: Disposition, agent: Person) -> dict[str, object]:
    return {
        "id": disposition.id,
        "number": number,
        "call_id": disposition.call_id,
        "agent_id": agent.id,
        "agent": agent.name,
        "due_at": disposition.follow_up_at,
        "notes": _plain(disposition.notes),
        "made_at": disposition.saved_at,
        "done_at": None,
    }


def _plain(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL takes no NUL


def _gist(notes: str) -> str:
    return notes if len(notes) <= _NOTE else notes[: _NOTE - 1].rstrip() + "…"
