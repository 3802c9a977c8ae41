"""Who did what that somebody may ask about later: one row each, with ids, never with numbers or secrets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert

from cti_desktop.relay import roster
from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.command import Args, Circumstances, Command, Outcome


def note(conn: Connection, at: datetime, who: str, what: str, subject: str) -> None:
    """Keep it, for ever."""
    conn.execute(insert(audit), {"at": at, "who": who, "what": what, "subject": subject})


def traced(what: str, run: Callable[[Connection, Args, Circumstances], Outcome]) -> Command:
    """A command that writes, and leaves a row that it was run: about the agent, the token or the secret."""

    def run_and_note(conn: Connection, args: Args, at: Circumstances) -> Outcome:
        outcome = run(conn, args, at)
        note(conn, at.now, at.who, what, _subject(conn, args, outcome))
        return outcome

    return Command(run_and_note)


def _subject(conn: Connection, args: Args, outcome: Outcome) -> str:
    agent = (roster.find_agent(conn, args["agent"]).id or "") if "agent" in args else ""
    made = str(outcome.result.get("id", "")) if isinstance(outcome.result, dict) else ""
    return agent if made in {"", agent} else f"{agent} {made}".strip()
