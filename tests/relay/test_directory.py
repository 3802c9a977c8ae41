"""Who is who, read from a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.relay import roster
from cti_desktop.relay.directory import AddressBook, RosterDirectory
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import agent_provider_ids
from tests.helpers.relay_parts import ASHA, CUSTOMER, NOBODY, RAVI, new_agent
from tests.helpers.relay_store import opened


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


def test_callers_have_contacts(store: Store, book: AddressBook) -> None:
    """A number in the directory gets its name, any other stays a number."""
    contact = store.write_now(lambda c: roster.add_contact(c, "Asha Traders", [CUSTOMER], "Asha Ltd", "IN"))

    def caller(number: str | None) -> Caller:
        return store.write_now(lambda c: book.open(c, "myoperator").caller(number, "Delhi"))

    assert Caller(CUSTOMER, "Delhi", Contact(contact.id, "Asha Traders", "Asha Ltd")) == caller(CUSTOMER)
    assert Caller(CUSTOMER, "Delhi", contact) == caller(CUSTOMER)  # from memory
    assert Caller(NOBODY, "Delhi", None) == caller(NOBODY)
    assert Caller(None, "Delhi", None) == caller(None)


def test_remembered_contacts_are_bounded(store: Store) -> None:
    """A day of strangers doesn't fill the memory."""
    book = AddressBook(contacts=3)

    def look_up(directory: RosterDirectory) -> None:
        for number in range(10):
            directory.caller(f"+9199999{number:05}", None)

    for _ in range(2):
        store.write_now(lambda c: look_up(book.open(c, "myoperator")))
    store.write_now(lambda c: book.open(c, "myoperator"))

    assert 3 == len(book._contacts)


def test_numbers_of_ours_have_labels(store: Store, book: AddressBook) -> None:
    """The team's word for the number that was dialled."""
    store.write_now(lambda c: roster.label_did(c, "+918000000042", "Sales Delhi", "IN"))

    def label(did: str | None) -> str | None:
        return store.write_now(lambda c: book.open(c, "myoperator").did_label(did))

    assert ["Sales Delhi", None, None] == [label("+918000000042"), label(CUSTOMER), label(None)]
