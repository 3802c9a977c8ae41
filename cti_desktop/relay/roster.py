"""Who is who, as rows: agents and the labels of our numbers, found, added and listed.

Everything that can't be done raises `Refused`; the transaction that it is raised in must be undone.
"""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, delete, insert, select, update

from cti_desktop.core.numbers import to_e164
from cti_desktop.core.people import Person
from cti_desktop.core.text import one_line
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import upsert
from cti_desktop.relay.tables import (
    agent_phones,
    agent_provider_ids,
    agents,
    did_labels,
    unrouted,
)

_PROVIDER: Final = "myoperator"


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent to be added; `phones` in any spelling."""

    name: str
    phones: tuple[str, ...] = ()
    email: str | None = None
    extension: str | None = None
    queue: str | None = None
    provider_id: str | None = None


# --- agents -----------------------------------------------------------------------------------------------


def find_agent(conn: Connection, who: str) -> Person:
    """The agent with that id or name. Raises `Refused`, with the nearest names, where nobody is meant."""
    everybody = [Person(id_, name) for id_, name in conn.execute(select(agents.c.id, agents.c.name))]
    wanted = one_line(who)
    found = [p for p in everybody if who == p.id] or [p for p in everybody if wanted == p.name]
    found = found or [p for p in everybody if wanted.casefold() == p.name.casefold()]
    match found:
        case [person]:
            return person
        case []:
            near = difflib.get_close_matches(wanted, [p.name for p in everybody], n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "`cti-relay agent list` shows everybody"
            raise Refused(f"there is no agent {wanted!r}: {hint}")
        case several:
            ids = ", ".join(f"{p.name} {p.id}" for p in several)
            raise Refused(f"{wanted!r} may mean several agents: say which by id ({ids})")


def add_agent(conn: Connection, new: NewAgent, region: str, now: datetime) -> Person:
    """Add an agent. Raises `Refused` for a name, number or address that somebody has."""
    new = _normal(new, region)
    _refuse_taken(conn, new)
    person = Person(f"agt_{uuid.uuid4().hex[:12]}", new.name)
    row = {"name": new.name, "email": new.email, "extension": new.extension, "queue": new.queue}
    conn.execute(insert(agents).values(id=person.id, **row, created_at=now))
    for phone in new.phones:
        conn.execute(insert(agent_phones).values(phone=phone, agent_id=person.id))
    if new.provider_id:
        row = {"provider": _PROVIDER, "provider_id": new.provider_id, "agent_id": person.id}
        conn.execute(insert(agent_provider_ids).values(row))
    _forget_unrouted(conn, new)
    return person


def _normal(new: NewAgent, region: str) -> NewAgent:
    """`new` as it is stored. Raises `Refused` for what can't be."""
    agent = NewAgent(
        name=one_line(new.name),
        phones=tuple(dict.fromkeys(callable_number(text, region) for text in new.phones)),
        email=(new.email or "").strip().lower() or None,
        extension=(new.extension or "").strip() or None,
        queue=one_line(new.queue or "") or None,
        provider_id=(new.provider_id or "").strip() or None,
    )
    if not agent.name:
        raise Refused("an agent needs a name")
    if agent.email and "@" not in agent.email:
        raise Refused(f"{agent.email!r} is no e-mail address")
    return agent


def add_phones(conn: Connection, person: Person, add: Iterable[str], region: str) -> list[str]:
    """Give an agent further phones; all of theirs afterwards. Raises `Refused` for one that somebody has."""
    phones = [callable_number(text, region) for text in add]
    mine = agent_phones.c.agent_id == person.id
    known = set(conn.execute(select(agent_phones.c.phone).where(mine)).scalars())
    new = [phone for phone in dict.fromkeys(phones) if phone not in known]
    _refuse_taken(conn, NewAgent("", tuple(new)))
    for phone in new:
        conn.execute(insert(agent_phones).values(phone=phone, agent_id=person.id))
    _forget_unrouted(conn, NewAgent("", tuple(new)))
    return sorted({*known, *new})


def set_disabled(conn: Connection, person: Person, *, disabled: bool) -> None:
    """Take an agent out of the roster, or back in. Nothing that was recorded is touched."""
    conn.execute(update(agents).where(agents.c.id == person.id).values(disabled=disabled))


def list_agents(conn: Connection) -> list[dict[str, Any]]:
    """Everybody, by name, ready for JSON."""
    phones: dict[str, list[str]] = {}
    for phone, id_ in conn.execute(select(agent_phones.c.phone, agent_phones.c.agent_id)):
        phones.setdefault(id_, []).append(phone)
    names = ("id", "name", "email", "extension", "queue", "disabled")
    rows = conn.execute(select(*(agents.c[name] for name in names)).order_by(agents.c.name)).mappings()
    return [{**row, "phones": sorted(phones.get(row["id"], []))} for row in rows]


# --- our numbers ------------------------------------------------------------------------------------------


def label_did(conn: Connection, number: str, label: str, region: str) -> str:
    """Name one of our own numbers; its E.164. An empty label takes the name away."""
    did = callable_number(number, region)
    text = one_line(label)
    if text:
        row = {"number": did, "label": text}
        conn.execute(upsert(conn, did_labels, key=("number",), replaced=("label",)).values(row))
    else:
        conn.execute(delete(did_labels).where(did_labels.c.number == did))
    return did


def list_dids(conn: Connection) -> list[dict[str, Any]]:
    """Our named numbers, ready for JSON."""
    return [dict(row) for row in conn.execute(select(did_labels).order_by(did_labels.c.number)).mappings()]


# --- inner ------------------------------------------------------------------------------------------------


def callable_number(text: str, region: str) -> str:
    """`text` as E.164. Raises `Refused` for what can't be called."""
    number = to_e164(text, region)
    if number is None:
        raise Refused(f"{text!r} is no phone number that can be called: write it like +91 99999 00001")
    return number


def _refuse_taken(conn: Connection, new: NewAgent) -> None:
    """`new` is in normal spelling here."""
    if new.name and _owner(conn, agents.c.name, new.name):
        raise Refused(f"there is an agent named {new.name} already: names tell agents apart")
    for column, value in _claims(new):
        owner = _owner(conn, column, value)
        if owner is not None:
            raise Refused(f"{value} is {owner}'s already")


def _claims(new: NewAgent) -> Iterator[tuple[Column[Any], str]]:
    """What only one agent can have."""
    yield from ((agent_phones.c.phone, phone) for phone in new.phones)
    if new.email:
        yield agents.c.email, new.email
    if new.extension:
        yield agents.c.extension, new.extension
    if new.provider_id:
        yield agent_provider_ids.c.provider_id, new.provider_id


def _owner(conn: Connection, column: Column[Any], value: str) -> str | None:
    statement = select(agents.c.name).where(column == value)
    if column.table is not agents:
        statement = statement.join(column.table, column.table.c.agent_id == agents.c.id)
    return conn.execute(statement).scalar()


def _forget_unrouted(conn: Connection, new: NewAgent) -> None:
    """What belongs to somebody now is no trouble any more. `unrouted` spells extensions like this."""
    whos = [
        value if column is not agents.c.extension else f"extension {value}" for column, value in _claims(new)
    ]
    conn.execute(delete(unrouted).where(unrouted.c.who.in_(whos)))
