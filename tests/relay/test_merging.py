"""Entries made one, and two again, on a real store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.events import Contact
from cti_desktop.relay import contact_import, contacts, merging
from cti_desktop.relay.command import Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.contact_import import Row
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

ONE, TWO = "+919999900001", "+919999900002"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def put(store: Store, id_: str, name: str, *numbers: str, **more: Any) -> Contact:  # noqa: ANN401 - Contact's
    """An entry."""
    contact = Contact(id_, name, **more)
    store.write_now(lambda c: contacts.add(c, contact, numbers, NOW))
    return contact


def imported(store: Store, *rows: Row) -> None:
    """A nightly file."""
    store.write_now(lambda c: contact_import.put(c, rows, LATER))


def everybody(store: Store) -> dict[str, list[str]]:
    """Each entry's numbers, by name."""
    return {e["name"]: e["phones"] for e in store.read_now(lambda c: contacts.page(c, "", 100))}


def test_merging_keeps_what_either_knew(store: Store) -> None:
    """The entry that goes leaves numbers, tags and notes."""
    put(store, "a", "Anil", ONE, tags=("x",), notes="Old", fields=(("Plan", "A"),))
    put(
        store,
        "b",
        "Anil Rao",
        ONE,
        TWO,
        company="Rao",
        vip=True,
        tags=("y",),
        notes="New",
        fields=(("Plan", "B"),),
    )
    merged = store.write_now(lambda c: merging.merge(c, "m1", "a", "b", "agt_1", NOW))

    expected = Contact("a", "Anil", "Rao", None, True, ("x", "y"), "Old\nNew", None, (("Plan", "A"),))
    assert merged == expected == store.read_now(lambda c: contacts.find(c, "a"))
    assert [ONE, TWO] == store.read_now(lambda c: contacts.numbers_of(c, "a"))
    with pytest.raises(Refused, match="no contact 'b'"):
        store.read_now(lambda c: contacts.find(c, "b"))
    with pytest.raises(Refused, match="with itself"):
        store.write_now(lambda c: merging.merge(c, "m2", "a", "a", "agt_1", NOW))


def test_duplicates_are_proposed(store: Store) -> None:
    """The one that knows more stands in front."""
    put(store, "a", "Anil", ONE)
    put(store, "b", "Anil Rao", ONE, company="Rao")
    put(store, "c", "Chitra", TWO)

    assert store.read_now(merging.proposals) == [
        {
            "number": ONE,
            "contacts": [{"id": "b", "name": "Anil Rao"}, {"id": "a", "name": "Anil"}],
            "alike": True,
        }
    ]


def test_taking_it_back(store: Store) -> None:
    """Both are as they were, numbers, choices and all; a second time changes nothing."""
    one = put(store, "a", "Anil", ONE, notes="Old")
    two = put(store, "b", "Anil Rao", ONE, TWO, company="Rao")
    store.write_now(lambda c: contacts.choose(c, ONE, "b", NOW))
    before = store.read_now(lambda c: contacts.page(c, "", 9))
    store.write_now(lambda c: merging.merge(c, "m1", "a", "b", "agt_1", LATER))
    assert store.read_now(lambda c: contacts.known(c, TWO)).contact != two

    for _ in range(2):
        assert ("a", "b") == store.write_now(lambda c: merging.unmerge(c, "m1", LATER))
    assert before == store.read_now(lambda c: contacts.page(c, "", 9))
    assert two == store.read_now(lambda c: contacts.known(c, ONE)).contact
    assert one == store.read_now(lambda c: contacts.find(c, "a"))
    with pytest.raises(Refused, match="no merge"):
        store.write_now(lambda c: merging.unmerge(c, "m9", LATER))


def test_nothing_is_kept_of_an_entry_that_is_taken_out(store: Store) -> None:
    """Neither what it was merged from."""
    put(store, "a", "Anil", ONE)
    put(store, "b", "Anil Rao", ONE, TWO)
    store.write_now(lambda c: merging.merge(c, "m1", "a", "b", "agt_1", LATER))
    args = {"id": "a"}
    store.write_now(lambda c: command("contact.remove").run(c, args, Circumstances(LATER)))

    assert everybody(store) == {}
    assert not store.read_now(lambda c: merging.is_done(c, "m1"))


def test_an_entry_without_numbers(store: Store) -> None:
    """An import took them away; it can be merged and come back all the same."""
    put(store, "a", "Anil", ONE)
    put(store, "b", "Anil Rao")
    store.write_now(lambda c: merging.merge(c, "m1", "a", "b", "agt_1", LATER))
    store.write_now(lambda c: merging.unmerge(c, "m1", LATER))

    assert everybody(store) == {"Anil": [ONE], "Anil Rao": []}


def test_what_was_changed_since_stays(store: Store) -> None:
    """Taking a merge back brings the other entry back, and leaves the kept one's newer name alone."""
    imported(store, Row("id:1", "Anil", (ONE,)), Row("id:2", "Anil Rao", (ONE, TWO)))
    a, b = (e["id"] for e in store.read_now(lambda c: contacts.search(c, "Anil", 2)))
    store.write_now(lambda c: merging.merge(c, "m1", a, b, "agt_1", NOW))
    imported(store, Row("id:1", "Anil K", (ONE,)))
    store.write_now(lambda c: merging.unmerge(c, "m1", LATER))

    assert everybody(store) == {"Anil K": [ONE], "Anil Rao": [ONE, TWO]}


def test_the_next_import_does_not_undo_it(store: Store) -> None:
    """Its file still has both rows: the kept entry follows its own, and has the numbers of either."""
    rows = Row("id:1", "Anil", (ONE,)), Row("id:2", "Anil Rao", (ONE, TWO)), Row("id:3", "A. Rao", (TWO,))
    imported(store, *rows)
    ids = {e["name"]: e["id"] for e in store.read_now(lambda c: contacts.page(c, "", 9))}
    store.write_now(lambda c: merging.merge(c, "m1", ids["Anil Rao"], ids["A. Rao"], "agt_1", NOW))
    store.write_now(lambda c: merging.merge(c, "m2", ids["Anil"], ids["Anil Rao"], "agt_1", NOW))
    imported(store, *rows, Row("id:1", "Anil K", (ONE,)))

    assert everybody(store) == {"Anil K": [ONE, TWO]}
