"""Commands about callers: contacts added, imported, chosen, merged and exported; outcomes owed and exported.

Rows of an import come with numbers that are E.164 already: the transaction must stay short.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, update

from cti_desktop.core.events import Contact
from cti_desktop.relay import contact_import, contacts, conversations, duplicates, ledger, merging, roster
from cti_desktop.relay.audit import note, traced
from cti_desktop.relay.command import Args, Circumstances, Command, Outcome
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import agents

_LISTED: Final = 100
# What fits into one answer, whatever the notes.
_PAGE: Final = 500


def _add(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    contact = Contact(
        contacts.new_ids(1)[0],
        args["name"],
        args.get("company"),
        args.get("owner"),
        bool(args.get("vip")),
        tuple(args.get("tags") or ()),
        args.get("notes") or "",
        contact_import.checked_link(args.get("link")),
        tuple((args.get("fields") or {}).items()),
    )
    contacts.add(conn, contact, _numbers(args["phones"], at), at.now)
    return Outcome({"id": contact.id, "name": contact.name})


def _list(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    text = str(args.get("text") or "")
    number = contact_import.to_number(text, at.region) if text else None
    return Outcome(contacts.search(conn, number or text, int(args.get("limit") or _LISTED)))


def _remove(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    numbers = contacts.remove(conn, args["id"])
    merging.forget(conn, args["id"])
    note(conn, at.now, at.who, "contact.remove", args["id"])
    return Outcome({"id": args["id"], "phones": numbers})


def _choose(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    number = roster.callable_number(args["number"], at.region)
    if not contacts.choose(conn, number, args["id"], at.now):
        raise Refused(f"{args['id']} doesn't have {number}: `cti-relay contact list {number}` shows who has")
    return Outcome({"number": number, "id": args["id"]})


def _merge(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    id_, keep, other = f"mrg_{uuid.uuid4().hex[:16]}", args["keep"], args["other"]
    merged = merging.merge(conn, id_, keep, other, at.who, at.now)
    note(conn, at.now, at.who, "contact.merge", f"{keep} {other} {id_}")
    return Outcome({"id": merged.id, "name": merged.name, "merge": id_})


def _unmerge(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    keep, other = merging.unmerge(conn, args["merge"], at.now)
    note(conn, at.now, at.who, "contact.unmerge", f"{keep} {other}")
    return Outcome({"id": keep, "other": other})


def _part(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    one, other = (contacts.find(conn, args[name]).id for name in ("one", "other"))
    duplicates.part(conn, one, other, at.who, at.now)
    note(conn, at.now, at.who, "contact.part", f"{one} {other}")
    return Outcome({"one": one, "other": other})


def _duplicates(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome(merging.proposals(conn))


def _import(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    rows = msgspec.convert(args["rows"], list[contact_import.Row])
    added, updated = contact_import.put(conn, rows, at.now)
    return Outcome({"added": added, "updated": updated})


def _page(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    return Outcome(contacts.page(conn, args.get("after", ""), _PAGE))


def _exported(conn: Connection, _args: Args, at: Circumstances) -> Outcome:
    """Whoever takes the whole directory away leaves a trace."""
    note(conn, at.now, at.who, "contact.export", "")
    return Outcome({"contacts": contacts.count(conn)})


def _count(conn: Connection, _args: Args, _at: Circumstances) -> Outcome:
    return Outcome({"contacts": contacts.count(conn)})


def _owed(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    agent = roster.find_agent(conn, args["agent"]) if args.get("agent") else None
    return Outcome(ledger.list_owed(conn, agent.id if agent else None))


def _outcomes(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    begin, end = (datetime.fromisoformat(args[day]) if args.get(day) else None for day in ("from", "to"))
    rows, after = conversations.page(conn, begin, end, args["after"])
    return Outcome({"rows": rows, "after": after})


def _outcomes_exported(conn: Connection, args: Args, at: Circumstances) -> Outcome:
    """As with contacts: whoever takes them away leaves a trace."""
    note(
        conn, at.now, at.who, "outcome.export", f"from {args['from'] or 'the first'} to {args['to'] or 'now'}"
    )
    return Outcome({})


def _role(conn: Connection, args: Args, _at: Circumstances) -> Outcome:
    """What an agent may see goes by their role."""
    person = roster.find_agent(conn, args["agent"])
    role = str(args["role"]).strip().lower()
    if not role.isidentifier():
        raise Refused(f"{args['role']!r} is no role: use one word, such as agent or lead")
    conn.execute(update(agents).where(agents.c.id == person.id).values(role=role))
    return Outcome({"id": person.id, "name": person.name, "role": role})


def _numbers(texts: Iterable[str], at: Circumstances) -> list[str]:
    return [roster.callable_number(text, at.region) for text in texts]


COMMANDS: Final[Mapping[str, Command]] = {
    "contact.add": Command(_add),
    "contact.list": Command(_list, writes=False),
    "contact.remove": Command(_remove),
    "contact.choose": Command(_choose),
    "contact.merge": Command(_merge),
    "contact.unmerge": Command(_unmerge),
    "contact.part": Command(_part),
    "contact.duplicates": Command(_duplicates, writes=False),
    "contact.import": Command(_import),
    "contact.page": Command(_page, writes=False),
    "contact.exported": Command(_exported),
    "contact.count": Command(_count, writes=False),
    "agent.role": traced("agent.role", _role),
    "owed.list": Command(_owed, writes=False),
    "outcome.page": Command(_outcomes, writes=False),
    "outcome.exported": Command(_outcomes_exported),
}
