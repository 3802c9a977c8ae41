"""Who owes which outcome: one row per agent and conversation, settled by whichever way the outcome came.

Lives in the writing thread's transactions. Knows nothing of desktops: what they still hold, they deliver.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from cti_desktop.core.call import Call
from cti_desktop.core.history import debtors
from cti_desktop.core.people import Person
from cti_desktop.core.report import is_recovered
from cti_desktop.core.timeline import Directory
from cti_desktop.relay import prepared
from cti_desktop.relay.caller_tables import owed
from cti_desktop.relay.store import insert_new, upsert
from cti_desktop.relay.tables import agents

# How a debt came about: reported in time · found in the provider's call log afterwards · its end never came.
OWED: Final = "owed"
RECOVERED: Final = "recovered"
UNKNOWN: Final = "unknown"

_settle_call: Final = (
    update(owed)
    .where(owed.c.call_id == bindparam("call"), owed.c.settled_at.is_(None))
    .values(settled_at=bindparam("moment"), settled_via=bindparam("via"))
)
_ended_after_all: Final = (
    update(owed)
    .where(owed.c.call_id == bindparam("call"), owed.c.agent_id == bindparam("debtor"))
    .where(owed.c.state == UNKNOWN)
    .values(state=OWED)
)


def note_call(
    connection: Connection, before: Call | None, after: Call, directory: Directory, now: datetime
) -> None:
    """Take up what `after` makes owed, and settle what its panel dispositions say."""
    earlier = {agent.id: known for agent, _, known in debtors(before, directory)} if before else {}
    for agent, at, known in debtors(after, directory):
        if agent.id not in earlier:
            state = RECOVERED if is_recovered(after.id) else OWED if known else UNKNOWN
            _take_up(connection, after, agent, at or now, state)
        elif known and not earlier[agent.id]:
            connection.execute(_ended_after_all, {"call": after.id, "debtor": agent.id})
    if after.dispositions:
        connection.execute(_settle_call, {"call": after.id, "moment": now, "via": "provider"})


def settle(connection: Connection, call_id: str, agent: Person, number: str | None, at: datetime) -> None:
    """A desktop of the agent delivered the outcome, perhaps before the relay learned of the call's end."""
    row = {
        "call_id": call_id,
        "agent_id": agent.id,
        "number": number,
        "since": at,
        "state": OWED,
        "settled_at": at,
        "settled_via": "desktop",
    }
    statement = upsert(connection, owed, key=("call_id", "agent_id"), replaced=("settled_at", "settled_via"))
    connection.execute(statement, row)


def list_owed(connection: Connection, agent_id: str | None = None) -> list[dict[str, Any]]:
    """What is owed, oldest first, ready for JSON; by one agent or by all."""
    columns = (owed.c.call_id, agents.c.name.label("agent"), owed.c.number, owed.c.since, owed.c.state)
    statement = select(*columns).join(agents).where(owed.c.settled_at.is_(None))
    if agent_id is not None:
        statement = statement.where(owed.c.agent_id == agent_id)
    return [dict(row) for row in connection.execute(statement.order_by(owed.c.since)).mappings()]


def calls_owed_by(connection: Connection, agent_id: str, limit: int) -> Iterable[str]:
    """The ids of the calls whose outcome the agent owes, newest first."""
    statement = select(owed.c.call_id).where(owed.c.agent_id == agent_id, owed.c.settled_at.is_(None))
    return connection.execute(statement.order_by(owed.c.since.desc()).limit(limit)).scalars().all()


def _take_up(connection: Connection, call: Call, agent: Person, since: datetime, state: str) -> None:
    row = {
        "call_id": call.id,
        "agent_id": agent.id,
        "number": call.caller_number,
        "since": since,
        "state": state,
        "settled_at": None,
        "settled_via": None,
    }
    prepared.write(connection, insert_new(connection, owed, key=("call_id", "agent_id")), row)
