"""Who is who, read from a real store."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert, select

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.relay import contacts, roster
from cti_desktop.relay.caller_tables import looked_up
from cti_desktop.relay.directory import AddressBook, RosterDirectory
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import agent_provider_ids
from tests.helpers.relay_parts import ASHA, CUSTOMER, NOBODY, RAVI, new_agent
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def book() -> AddressBook:
    """Nothing read yet."""
    return AddressBook()


@pytest.fixture
def asha(store: Store) -> Person:
    """An agent with every kind of name."""
    return new_agent(store, "Asha", ASHA, email="Asha@example.com", extension="11", provider_id="uuid-1")


def agent(store: Store, book: AddressBook, ref: AgentRef, provider: str = "myoperator") -> Person | None:
    """Who is meant by `ref`."""
    return store.write_now(lambda c: book.open(c, provider).agent(ref))


@pytest.mark.parametrize(
    "ref",
    [
        AgentRef(phone=ASHA),
        AgentRef(email="ASHA@example.com"),
        AgentRef(extension="11"),
        AgentRef(provider_id="uuid-1"),
        AgentRef(phone=NOBODY, email="asha@example.com"),
    ],
)
def test_any_name_will_do(store: Store, book: AddressBook, asha: Person, ref: AgentRef) -> None:
    """An agent is found by whatever the provider says."""
    assert asha == agent(store, book, ref)


@pytest.mark.parametrize(
    "ref", [AgentRef(), AgentRef(phone=NOBODY), AgentRef(provider_id="uuid-2"), AgentRef(name="Asha")]
)
def test_nobody(store: Store, book: AddressBook, asha: Person, ref: AgentRef) -> None:
    """Blank and foreign names mean nobody; a display name isn't enough."""
    assert agent(store, book, ref) is None


def test_another_providers_ids_are_not_ours(store: Store, book: AddressBook, asha: Person) -> None:
    """Ids are a provider's own."""
    assert agent(store, book, AgentRef(provider_id="uuid-1"), provider="other") is None


def test_phone_counts_more_than_extension(store: Store, book: AddressBook, asha: Person) -> None:
    """Contradictions go to the more telling name."""
    ravi = new_agent(store, "Ravi", RAVI)

    assert ravi == agent(store, book, AgentRef(phone=RAVI, extension="11"))


def test_disabled_agents_are_nobody(store: Store, book: AddressBook, asha: Person) -> None:
    """Who left gets nothing, by none of their names."""
    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=True))

    assert agent(store, book, AgentRef(phone=ASHA)) is None
    assert agent(store, book, AgentRef(provider_id="uuid-1")) is None


def test_changes_count_once_forgotten(store: Store, book: AddressBook) -> None:
    """The roster is read once, and again when told."""
    before = agent(store, book, AgentRef(phone=ASHA))
    asha = new_agent(store, "Asha", ASHA)
    stale = agent(store, book, AgentRef(phone=ASHA))
    book.forget()

    assert [None, None, asha] == [before, stale, agent(store, book, AgentRef(phone=ASHA))]


def test_provider_ids_are_learned(store: Store, book: AddressBook, asha: Person) -> None:
    """An id that once stood beside a known phone is enough later, even after a restart."""
    refs = [AgentRef(phone=ASHA, provider_id="uuid-9"), AgentRef(provider_id="uuid-10"), AgentRef(phone=ASHA)]
    store.write_now(lambda c: book.open(c, "myoperator").learn(refs))

    assert asha == agent(store, book, AgentRef(provider_id="uuid-9"))
    assert asha == agent(store, AddressBook(), AgentRef(provider_id="uuid-9"))
    assert agent(store, book, AgentRef(provider_id="uuid-10")) is None


def test_an_id_that_moved_is_learned_anew(store: Store, book: AddressBook, asha: Person) -> None:
    """The latest word of the provider counts, and one row remains."""
    ravi = new_agent(store, "Ravi", RAVI)
    store.write_now(lambda c: book.open(c, "myoperator").learn([AgentRef(phone=RAVI, provider_id="uuid-1")]))
    rows = store.read_now(lambda c: c.execute(select(agent_provider_ids.c.agent_id)).scalars().all())

    assert ravi == agent(store, book, AgentRef(provider_id="uuid-1"))
    assert [ravi.id] == rows


def put(store: Store, name: str, *numbers: str, **more: Any) -> Contact:  # noqa: ANN401 - Contact's
    """An entry of the directory."""
    contact = Contact(contacts.new_ids(1)[0], name, **more)
    store.write_now(lambda c: contacts.add(c, contact, numbers, NOW))
    return contact


def caller_of(store: Store, book: AddressBook, number: str | None) -> Caller:
    """What a card would say of the number."""
    return store.write_now(lambda c: book.open(c, "myoperator").caller(number, "Delhi"))


def test_callers_have_contacts(store: Store, book: AddressBook) -> None:
    """A number in the directory gets its name, any other stays a number."""
    contact = put(store, "Asha Traders", CUSTOMER, company="Asha Ltd", vip=True, tags=("gold",))

    assert Caller(CUSTOMER, "Delhi", contact) == caller_of(store, book, CUSTOMER)
    assert Caller(CUSTOMER, "Delhi", contact) == caller_of(store, book, CUSTOMER)  # from memory
    assert Caller(NOBODY, "Delhi", None) == caller_of(store, book, NOBODY)
    assert Caller(None, "Delhi", None) == caller_of(store, book, None)


def test_of_several_contacts_nobody_is_meant_until_one_is_chosen(store: Store, book: AddressBook) -> None:
    """A shared number names both, and the choice is remembered."""
    father, son = put(store, "Anil Rao", CUSTOMER), put(store, "Sunil Rao", CUSTOMER)
    before = caller_of(store, book, CUSTOMER)
    store.write_now(lambda c: contacts.choose(c, CUSTOMER, son.id, NOW))
    book.forget_number(CUSTOMER)

    assert (None, (father, son)) == (before.contact, before.contacts)
    assert son == caller_of(store, book, CUSTOMER).contact


def test_the_owner_is_called_by_name(store: Store, book: AddressBook, asha: Person) -> None:
    """A CRM may know the owner by e-mail; somebody else's owner stays as written."""
    put(store, "One", CUSTOMER, owner="asha@EXAMPLE.com")
    put(store, "Two", NOBODY, owner="Priya of Pune")

    one, two = (caller_of(store, book, number).contact for number in (CUSTOMER, NOBODY))
    assert one is not None
    assert two is not None
    assert ("Asha", "Priya of Pune") == (one.owner, two.owner)


def test_a_stranger_is_pending_while_others_are_asked(store: Store) -> None:
    """Nobody knows the number, and nobody was asked since the last answer expired."""
    book = AddressBook(asks_others=True, clock=lambda: NOW)

    def pending_after(expires_at: datetime) -> bool:
        row = {"number": CUSTOMER, "source": "crm", "body": None, "expires_at": expires_at}
        store.write_now(
            lambda c: c.execute(upsert(c, looked_up, key=("number",), replaced=("expires_at",)), row)
        )
        book.forget_number(CUSTOMER)
        return caller_of(store, book, CUSTOMER).pending

    assert caller_of(store, book, CUSTOMER).pending
    assert not pending_after(NOW + timedelta(minutes=1))
    assert pending_after(NOW - timedelta(minutes=1))
    assert not caller_of(store, AddressBook(), CUSTOMER).pending


def test_what_another_directory_said_is_a_contact(store: Store, book: AddressBook) -> None:
    """Until our own directory knows better."""
    found = Contact("crm:1", "From the CRM")
    row = {
        "number": CUSTOMER,
        "source": "crm",
        "body": msgspec.json.encode(found).decode(),
        "expires_at": NOW,
    }
    store.write_now(lambda c: c.execute(insert(looked_up), row))

    assert found == caller_of(store, book, CUSTOMER).contact
    mine = put(store, "Ours", CUSTOMER)
    book.forget_number(CUSTOMER)
    assert mine == caller_of(store, book, CUSTOMER).contact


def test_remembered_contacts_are_bounded(store: Store) -> None:
    """A day of strangers doesn't fill the memory."""
    book = AddressBook(contacts=3)

    def look_up(directory: RosterDirectory) -> None:
        for number in range(10):
            directory.caller(f"+9199999{number:05}", None)

    for _ in range(2):
        store.write_now(lambda c: look_up(book.open(c, "myoperator")))
    store.write_now(lambda c: book.open(c, "myoperator"))

    assert 3 == len(book._known)


def test_numbers_of_ours_have_labels(store: Store, book: AddressBook) -> None:
    """The team's word for the number that was dialled."""
    store.write_now(lambda c: roster.label_did(c, "+918000000042", "Sales Delhi", "IN"))

    def label(did: str | None) -> str | None:
        return store.write_now(lambda c: book.open(c, "myoperator").did_label(did))

    assert ["Sales Delhi", None, None] == [label("+918000000042"), label(CUSTOMER), label(None)]
