"""Who is who, for routing: the roster in memory, contacts looked up as they call.

Lives in the writing thread. `forget` it whenever the roster may have changed; it is read again when needed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, bindparam, select

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.relay.store import upsert
from cti_desktop.relay.tables import (
    agent_phones,
    agent_provider_ids,
    agents,
    contact_numbers,
    contacts,
    did_labels,
)

_MAX_CONTACTS: Final = 10_000

_contact_of: Final = (
    select(contacts.c.id, contacts.c.name, contacts.c.company)
    .join(contact_numbers, contact_numbers.c.contact_id == contacts.c.id)
    .where(contact_numbers.c.number == bindparam("number"))
)


@dataclass(slots=True)
class _Roster:
    """The enabled agents by everything that a provider may call them; e-mails in lower case."""

    by_phone: dict[str, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    by_extension: dict[str, Person] = field(default_factory=dict)
    by_provider_id: dict[tuple[str, str], Person] = field(default_factory=dict)
    did_labels: dict[str, str] = field(default_factory=dict)

    def named(self, ref: AgentRef) -> Person | None:
        """The agent whom the roster knows by what a person would call them."""
        return (
            self.by_phone.get(ref.phone or "")
            or self.by_email.get((ref.email or "").strip().lower())
            or self.by_extension.get((ref.extension or "").strip())
        )


class AddressBook:
    """What the directories of all transactions share."""

    def __init__(self, contacts: int = _MAX_CONTACTS) -> None:
        """`contacts`: how many numbers are remembered, strangers' included."""
        self._roster: _Roster | None = None
        self._contacts: OrderedDict[str, Contact | None] = OrderedDict()
        self._most = contacts

    def forget(self) -> None:
        """Read everything anew when it is next needed."""
        self._roster = None
        self._contacts.clear()

    def open(self, connection: Connection, provider: str) -> RosterDirectory:
        """The directory as this transaction sees it, for calls of one provider."""
        if self._roster is None:
            self._roster = _load(connection)
        while len(self._contacts) > self._most:
            self._contacts.popitem(last=False)
        return RosterDirectory(connection, provider, self._roster, self._contacts)


@dataclass(frozen=True, slots=True)
class RosterDirectory:
    """A `core.timeline.Directory`, good until the transaction ends."""

    _connection: Connection
    _provider: str
    _roster: _Roster
    _contacts: OrderedDict[str, Contact | None]

    def agent(self, ref: AgentRef) -> Person | None:
        """The enabled agent meant by `ref`: by phone, else e-mail, else extension, else the provider's id."""
        key = (self._provider, ref.provider_id or "")
        return self._roster.named(ref) or self._roster.by_provider_id.get(key)

    def caller(self, number: str | None, region: str | None) -> Caller:
        """A customer, with the contact that has the number."""
        return Caller(number, region, self._contact(number) if number else None)

    def did_label(self, did: str | None) -> str | None:
        """What the team calls one of its own numbers."""
        return self._roster.did_labels.get(did or "")

    def learn(self, refs: Iterable[AgentRef]) -> None:
        """Remember what the provider calls agents whom we know otherwise: later legs may carry only that."""
        for ref in refs:
            person = self._roster.named(ref) if ref.provider_id else None
            key = (self._provider, ref.provider_id or "")
            if person is not None and self._roster.by_provider_id.get(key) != person:
                statement = upsert(
                    self._connection,
                    agent_provider_ids,
                    key=("provider", "provider_id"),
                    replaced=("agent_id",),
                )
                row = {"provider": key[0], "provider_id": key[1], "agent_id": person.id}
                self._connection.execute(statement, row)
                self._roster.by_provider_id[key] = person

    def _contact(self, number: str) -> Contact | None:
        if number in self._contacts:
            self._contacts.move_to_end(number)
            return self._contacts[number]
        row = self._connection.execute(_contact_of, {"number": number}).first()
        contact = self._contacts[number] = Contact(row.id, row.name, row.company) if row else None
        return contact


def _load(connection: Connection) -> _Roster:
    rows = connection.execute(select(agents).where(agents.c.disabled.is_(False))).all()
    people = {row.id: Person(row.id, row.name) for row in rows}
    phones = connection.execute(select(agent_phones)).all()
    provider_ids = connection.execute(select(agent_provider_ids)).all()
    return _Roster(
        by_phone={row.phone: people[row.agent_id] for row in phones if row.agent_id in people},
        by_email={row.email.lower(): people[row.id] for row in rows if row.email},
        by_extension={row.extension: people[row.id] for row in rows if row.extension},
        by_provider_id={
            (row.provider, row.provider_id): people[row.agent_id]
            for row in provider_ids
            if row.agent_id in people
        },
        did_labels={row.number: row.label for row in connection.execute(select(did_labels))},
    )
