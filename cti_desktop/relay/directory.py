"""Who is who, for routing: the roster in memory, contacts and history looked up as they call.

Lives in the writing thread. `forget` it whenever the roster may have changed; it is read again when needed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.relay import contacts, history
from cti_desktop.relay.contacts import Known
from cti_desktop.relay.store import upsert
from cti_desktop.relay.tables import agent_phones, agent_provider_ids, agents, did_labels

_MAX_CONTACTS: Final = 10_000


@dataclass(slots=True)
class _Roster:
    """The enabled agents by everything that a provider may call them; e-mails in lower case."""

    by_phone: dict[str, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    by_extension: dict[str, Person] = field(default_factory=dict)
    by_provider_id: dict[tuple[str, str], Person] = field(default_factory=dict)
    did_labels: dict[str, str] = field(default_factory=dict)
    # By name, e-mail and id, in lower case: how a contact may name the agent whom it belongs to.
    owners: dict[str, str] = field(default_factory=dict)
    # Of disabled agents, too.
    roles: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Person] = field(default_factory=dict)

    def named(self, ref: AgentRef) -> Person | None:
        """The agent whom the roster knows by what a person would call them."""
        return (
            self.by_phone.get(ref.phone or "")
            or self.by_email.get((ref.email or "").strip().lower())
            or self.by_extension.get((ref.extension or "").strip())
        )


class AddressBook:
    """What the directories of all transactions share.

    `asks_others`: whether other directories are looked up; then a number that nobody knows is `pending`.
    """

    def __init__(
        self,
        *,
        asks_others: bool = False,
        clock: Callable[[], datetime] | None = None,
        contacts: int = _MAX_CONTACTS,
    ) -> None:
        """`contacts`: how many callers to keep in memory."""
        self._limit = contacts
        self._roster: _Roster | None = None
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._asks_others = asks_others
        self._clock = clock or _utc_now

    def forget(self) -> None:
        """Read everything anew when it is next needed."""
        self._roster = None
        self._known.clear()

    def forget_number(self, number: str) -> None:
        """Something was learned of who has the number."""
        self._known.pop(number, None)

    def open(self, connection: Connection, provider: str) -> RosterDirectory:
        """The directory as this transaction sees it, for calls of one provider."""
        if self._roster is None:
            self._roster = _load(connection)
        return RosterDirectory(connection, provider, self._roster, self)

    def role_of(self, connection: Connection, agent_id: str) -> str:
        """What an agent may see goes by their role."""
        if self._roster is None:
            self._roster = _load(connection)
        return self._roster.roles.get(agent_id, "")

    def known(self, connection: Connection, number: str) -> Known:
        """Who has the number, by all directories; kept in memory for the latest callers."""
        if number in self._known:
            self._known.move_to_end(number)
            return self._known[number]
        known = self._known[number] = contacts.known(connection, number)
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
        return known

    def is_pending(self, known: Known) -> bool:
        """Whether other directories have yet to say who it is."""
        if not self._asks_others or known.candidates:
            return False
        return known.asked_until is None or known.asked_until <= self._clock()


@dataclass(frozen=True, slots=True)
class RosterDirectory:
    """A `core.timeline.Directory`, good until the transaction ends."""

    _connection: Connection
    _provider: str
    _roster: _Roster
    _book: AddressBook
    _callers: dict[str, Caller] = field(default_factory=dict)
    _strangers: set[str] = field(default_factory=set)

    def expect(self, numbers: Iterable[str]) -> None:
        """These are about to be asked for: whoever was never heard of needs no question of their own."""
        self._strangers.update(history.strangers(self._connection, numbers))

    def forget(self, number: str) -> None:
        """The past with that number is another now."""
        self._callers.pop(number, None)
        self._strangers.discard(number)

    def agent(self, ref: AgentRef) -> Person | None:
        """The enabled agent meant by `ref`: by phone, else e-mail, else extension, else the provider's id.

        An agent who was recognised before stays the one, disabled or not.
        """
        if ref.id is not None:
            return self._roster.by_id.get(ref.id)
        key = (self._provider, ref.provider_id or "")
        return self._roster.named(ref) or self._roster.by_provider_id.get(key)

    def caller(self, number: str | None, region: str | None) -> Caller:
        """A customer, with the contact that has the number and what was before."""
        if number is None:
            return Caller(None, region)
        if number not in self._callers:
            self._callers[number] = self._caller(number)
        caller = self._callers[number]
        return replace(caller, region=region) if region is not None else caller

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

    def _caller(self, number: str) -> Caller:
        known = self._book.known(self._connection, number)
        strange = number in self._strangers
        return Caller(
            number,
            contact=self._owned(known.contact) if known.contact else None,
            contacts=tuple(self._owned(c) for c in known.candidates) if len(known.candidates) > 1 else (),
            last_interactions=() if strange else history.last_calls(self._connection, number),
            open_follow_ups=() if strange else history.open_follow_ups(self._connection, number),
            pending=self._book.is_pending(known),
            duplicate=known.duplicate,
        )

    def _owned(self, contact: Contact) -> Contact:
        """With the owner as colleagues call them, where the roster knows who is meant."""
        if contact.owner is None:
            return contact
        return replace(contact, owner=self._roster.owners.get(contact.owner.lower(), contact.owner))


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _load(connection: Connection) -> _Roster:
    everybody = connection.execute(select(agents)).all()
    rows = [row for row in everybody if not row.disabled]
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
        owners={name.lower(): row.name for row in rows for name in (row.id, row.name, row.email or row.name)},
        roles={row.id: row.role for row in everybody},
        by_id={row.id: Person(row.id, row.name) for row in everybody},
    )
