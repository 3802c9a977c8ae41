"""The administrator's commands: one table of plain functions, each run in one transaction.

Arguments and results are plain JSON values, since a command may come from another process. Owns no transport.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.relay import (
    caller_commands,
    credentials,
    facts,
    roll_out,
    roster,
    secret_use,
    upkeep_commands,
)
from cti_desktop.relay.audit import traced
from cti_desktop.relay.command import Args, Circumstances, Command, Outcome
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import agents, secrets, tokens

__all__ = ["COMMANDS", "Args", "Circumstances", "Command", "Outcome", "command"]


def _agent_add(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    person = roster.add_agent(conn, _new_agent(args), at.region, at.now)
    return Outcome({"id": person.id, "name": person.name})


def _new_agent(args: Args) -> roster.NewAgent:
    return roster.NewAgent(
        name=args["name"],
        phones=tuple(args.get("phones", ())),
        email=args.get("email"),
        extension=args.get("extension"),
        queue=args.get("queue"),
        provider_id=args.get("provider_id"),
    )


def _agent_import(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    """Each row by itself: a bad one is listed with its line, the others are added."""
    added, refused = [], []
    for row in args["rows"]:
        try:
            with conn.begin_nested():
                person = roster.add_agent(conn, _new_agent(row), at.region, at.now)
        except Refused as error:
            refused.append({"line": row["line"], "name": row["name"], "error": str(error)})
        else:
            added.append({"line": row["line"], "id": person.id, "name": person.name})
    return Outcome({"added": added, "refused": refused})


def _agent_list(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome(roster.list_agents(conn))


def _agent_phone(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    person = roster.find_agent(conn, args["agent"])
    phones = roster.add_phones(conn, person, args["phones"], at.region)
    return Outcome({"id": person.id, "name": person.name, "phones": phones})


def _agent_disable(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    person = roster.find_agent(conn, args["agent"])
    roster.set_disabled(conn, person, disabled=True)
    ended = credentials.revoke_tokens_of(conn, person.id or "", at.now)
    return Outcome({"id": person.id, "name": person.name, "revoked": list(ended)}, ended)


def _agent_enable(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    person = roster.find_agent(conn, args["agent"])
    roster.set_disabled(conn, person, disabled=False)
    return Outcome({"id": person.id, "name": person.name})


def _agent_enrol(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    agent_id = _enabled(conn, args["agent"])
    code = credentials.issue_code(conn, agent_id, at.now)
    return Outcome({"code": code.code, "expires_at": code.expires_at})


def _agent_token(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    device = str(args["device"]).strip()
    if not 0 < len(device) <= credentials.MAX_DEVICE:
        raise Refused(f"a device's name has 1 to {credentials.MAX_DEVICE} characters")
    _enabled(conn, args["agent"])
    issued = credentials.issue_token(conn, roster.find_agent(conn, args["agent"]), device, at.now)
    return Outcome({"id": issued.id, "token": issued.token}, issued.replaced)


def _enabled(conn: Connection, who: str) -> str:
    person = roster.find_agent(conn, who)
    if conn.execute(select(agents.c.disabled).where(agents.c.id == person.id)).scalar_one():
        raise Refused(f"{person.name} is disabled: `cti-relay agent enable` takes them back")
    return person.id or ""


def _token_list(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    names = ("id", "device", "created_at", "last_seen_at", "revoked_at")
    statement = select(*(tokens.c[name] for name in names), agents.c.name.label("agent")).join(agents)
    rows = conn.execute(statement.order_by(agents.c.name, tokens.c.created_at)).mappings()
    return Outcome([{**row, "connected": False} for row in rows])  # a running relay knows better: see `live`


def _token_revoke(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    ended = credentials.revoke_token(conn, args["id"], at.now)
    return Outcome({"id": args["id"], "was_valid": bool(ended)}, ended)


def _secret_list(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    columns = (secrets.c.id, secrets.c.source, secrets.c.created_at, secrets.c.retired_at)
    rows = conn.execute(select(*columns).order_by(secrets.c.source, secrets.c.created_at)).mappings()
    used = secret_use.last_uses(conn)
    return Outcome([{**row, "last_used_at": used.get(row["id"])} for row in rows])


def _secret_add(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    if args["source"] not in at.sources:
        known = ", ".join(at.sources)
        raise Refused(f"there is no source {args['source']!r} in the configuration, only: {known}")
    secret = credentials.add_secret(conn, args["source"], at.now)
    return Outcome({"id": secret.id, "source": secret.source, "secret": secret.secret})


def _secret_retire(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    warning = secret_use.warning(conn, args["id"])
    credentials.retire_secret(conn, args["id"], at.now, force=bool(args.get("force")))
    return Outcome({"id": args["id"]} | ({"warning": warning} if warning else {}))


def _did_label(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    number = roster.label_did(conn, args["number"], args["label"], at.region)
    return Outcome({"number": number, "label": args["label"]})


def _did_list(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome(roster.list_dids(conn))


def _facts(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome(facts.gather(conn))


def _touch(conn: Connection, _args: Args, at: Circumstances) -> Outcome:
    facts.touch(conn, at.now)
    return Outcome({})


COMMANDS: Final[Mapping[str, Command]] = {
    "agent.add": traced("agent.add", _agent_add),
    "agent.import": traced("agent.import", _agent_import),
    "agent.list": Command(_agent_list, writes=False),
    "agent.phone": traced("agent.phone", _agent_phone),
    "agent.disable": traced("agent.disable", _agent_disable),
    "agent.enable": traced("agent.enable", _agent_enable),
    "agent.enrol": traced("agent.enrol", _agent_enrol),
    "agent.token": traced("agent.token", _agent_token),
    "token.list": Command(_token_list, writes=False),
    "token.revoke": traced("token.revoke", _token_revoke),
    "secret.list": Command(_secret_list, writes=False),
    "secret.add": traced("secret.add", _secret_add),
    "secret.retire": traced("secret.retire", _secret_retire),
    **caller_commands.COMMANDS,
    **upkeep_commands.COMMANDS,
    **roll_out.COMMANDS,
    "did.label": Command(_did_label),
    "did.list": Command(_did_list, writes=False),
    "doctor.facts": Command(_facts, writes=False),
    "doctor.touch": Command(_touch),
}


def command(name: str) -> Command:
    """The command of that name. Raises `Refused` where a newer `cti-relay` speaks to an older server."""
    found = COMMANDS.get(name)
    if found is None:
        raise Refused(f"the running relay doesn't know {name!r}: it is older than this command. Restart it")
    return found
