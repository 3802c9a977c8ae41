"""The administrator's commands for what is kept: erase it, look at it, trust the clock that ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.relay import erasure, quarantine, retention, roster
from cti_desktop.relay.audit import note
from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.command import Args, Circumstances, Command, Outcome
from cti_desktop.relay.tables import agents

_LONGEST_TAIL: Final = 1000
_AUDITED: Final = 500


def _erase(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    number = roster.callable_number(args["number"], at.region)
    return Outcome(asdict(erasure.erase(conn, number, at.who, at.now)))


def _audit(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    """`who` typed it, or the agent's id; then `agent` is the name."""
    columns = (audit.c.at, audit.c.who, agents.c.name.label("agent"), audit.c.what, audit.c.subject)
    named = audit.outerjoin(agents, agents.c.id == audit.c.who)
    statement = select(*columns).select_from(named).order_by(audit.c.id.desc()).limit(_AUDITED)
    rows = conn.execute(statement).mappings()
    return Outcome([dict(row) for row in rows])


def _trust_clock(conn: Connection, _args: Args, at: Circumstances) -> Outcome:
    retention.trust(conn, at.now)
    return Outcome({"trusted_at": at.now})


def _quarantine_list(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome(quarantine.listed(conn))


def _quarantine_show(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    """A customer's number stands in it, whoever's delivery it is: whoever looks leaves a trace."""
    found = quarantine.shown(conn, int(args["id"]))
    note(conn, at.now, at.who, "delivery.show", f"delivery {found['id']}")
    return Outcome(found)


def _tail(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    return Outcome(quarantine.tail(conn, args.get("after"), min(int(args["limit"]), _LONGEST_TAIL)))


COMMANDS: Final[Mapping[str, Command]] = {
    "erase": Command(_erase),
    "audit.list": Command(_audit, writes=False),
    "clock.trust": Command(_trust_clock),
    "quarantine.list": Command(_quarantine_list, writes=False),
    "quarantine.show": Command(_quarantine_show),
    "events.tail": Command(_tail, writes=False),
}
