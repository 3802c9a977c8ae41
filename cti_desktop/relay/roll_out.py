"""Enrolment codes for many agents at once, good for longer than one: the command behind `agent codes`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from cti_desktop.relay import credentials, roster
from cti_desktop.relay.audit import traced
from cti_desktop.relay.command import Args, Circumstances, Command, Outcome
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import tokens

# Whoever finds a sheet of codes can use them: not longer than over a weekend.
MAX_HOURS: Final = 72


def _agent_codes(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    """A code for each agent that `agents` names, or for all that never signed in. Earlier unused ones end."""
    hours = args["hours"]
    if not 1 <= hours <= MAX_HOURS:
        raise Refused(f"codes can be good for 1 to {MAX_HOURS} hours, not for {hours}")
    issued = []
    for agent in _meant(conn, args["agents"]):
        code = credentials.issue_code(conn, agent["id"], at.now, timedelta(hours=hours))
        issued.append({**agent, "code": code.code, "expires_at": code.expires_at})
    return Outcome(issued)


def _meant(conn: Connection, names: list[str]) -> list[dict[str, Any]]:
    everybody = {agent["id"]: agent for agent in roster.list_agents(conn)}
    if names:
        chosen = [roster.find_agent(conn, name).id or "" for name in names]
        disabled = [everybody[id_]["name"] for id_ in chosen if everybody[id_]["disabled"]]
        if disabled:
            raise Refused(f"disabled agents can't sign in: {', '.join(disabled)}")
    else:
        signed_in = set(
            conn.execute(select(tokens.c.agent_id).where(tokens.c.revoked_at.is_(None))).scalars()
        )
        chosen = [id_ for id_, agent in everybody.items() if not agent["disabled"] and id_ not in signed_in]
    return [{key: everybody[id_][key] for key in ("id", "name", "phones")} for id_ in dict.fromkeys(chosen)]


COMMANDS: Final[Mapping[str, Command]] = {"agent.codes": traced("agent.codes", _agent_codes)}
