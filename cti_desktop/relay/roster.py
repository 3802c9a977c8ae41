"""Who is who, in memory for routing: agents, contacts, the labels of our numbers.

`Roster` is the `Directory` that `core.timeline` asks. It is immutable: load it again after every change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, Connection, select

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


@dataclass(frozen=True, slots=True)
class Roster:
    """The directory in memory, immutable."""

    people: Mapping[str, Person] = field(default_factory=dict)
    by_phone: Mapping[str, Person] = field(default_factory=dict)
    by_email: Mapping[str, Person] = field(default_factory=dict)
    by_extension: Mapping[str, Person] = field(default_factory=dict)
    by_provider_id: Mapping[str, Person] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, conn: Connection) -> Roster:
        """The roster of this moment. Disabled agents are nobody."""
        rows = conn.execute(
            select(agents.c.id, agents.c.name, agents.c.email, agents.c.extension).where(~agents.c.disabled)
        ).all()
        people = {id_: Person(id_, name) for id_, name, _, _ in rows}
        return cls(
            people=people,
            by_phone=_owned(conn, agent_phones.c.phone, agent_phones.c.agent_id, people),
            by_email={email: people[id_] for id_, _, email, _ in rows if email},
            by_extension={ext: people[id_] for id_, _, _, ext in rows if ext},
            by_provider_id=_owned(
                conn, agent_provider_ids.c.provider_id, agent_provider_ids.c.agent_id, people
            ),
            contacts=_contacts(conn),
            labels=dict(conn.execute(select(did_labels)).tuples().all()),
        )

    def agent(self, ref: AgentRef) -> Person | None:
        """The agent meant by `ref`: by phone, else e-mail, else extension, else the provider's id."""
        return (
            self.by_phone.get(ref.phone or "")
            or self.by_email.get((ref.email or "").strip().lower())
            or self.by_extension.get((ref.extension or "").strip())
            or self.by_provider_id.get(ref.provider_id or "")
        )

    def caller(self, number: str | None, region: str | None) -> Caller:
        """What is known of a customer's number."""
        return Caller(number, region, self.contacts.get(number or ""))

    def did_label(self, did: str | None) -> str | None:
        """What the team calls one of its own numbers."""
        return self.labels.get(did or "")

    def to_learn(self, refs: Iterable[AgentRef]) -> dict[str, Person]:
        """Provider ids that stand beside a phone, e-mail or extension of ours and are not known yet."""
        named = ((ref.provider_id, self.agent(AgentRef(ref.phone, ref.email, ref.extension))) for ref in refs)
        return {id_: person for id_, person in named if id_ and person and id_ not in self.by_provider_id}


def learn(conn: Connection, provider: str, ids: Mapping[str, Person]) -> None:
    """Remember what a provider calls our agents; the latest word counts."""
    for provider_id, person in ids.items():
        row = {"provider": provider, "provider_id": provider_id[:200], "agent_id": person.id}
        conn.execute(
            upsert(conn, agent_provider_ids, key=("provider", "provider_id"), replaced=("agent_id",)).values(
                row
            )
        )


def _owned(
    conn: Connection, key: Column[str], owner: Column[str], people: Mapping[str, Person]
) -> dict[str, Person]:
    return {k: people[id_] for k, id_ in conn.execute(select(key, owner)).tuples() if id_ in people}


def _contacts(conn: Connection) -> dict[str, Contact]:
    columns = (contact_numbers.c.number, contacts.c.id, contacts.c.name, contacts.c.company)
    rows = conn.execute(select(*columns).join(contacts, contacts.c.id == contact_numbers.c.contact_id))
    return {number: Contact(*rest) for number, *rest in rows}
