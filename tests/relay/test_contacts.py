"""The directory's entries on a real store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.events import Contact
from cti_desktop.relay import contacts
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

ONE, TWO = "+919999900001", "+919999900002"


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


def test_everything_of_a_contact_is_kept(store: Store) -> None:
    """What goes in comes out."""
    more = {"company": "ATL", "owner": "Asha", "vip": True, "tags": ("gold", "pune"), "notes": "Two\nlines"}
    full = put(
        store,
        "c1",
        "Asha Traders",
        ONE,
        TWO,
        link="https://crm.example.com/1",
        fields=(("Plan", "A"),),
        **more,
    )

    assert full == store.read_now(lambda c: contacts.find(c, "c1"))
    assert [ONE, TWO] == store.read_now(lambda c: contacts.numbers_of(c, "c1"))


def test_foreign_text_is_made_safe(store: Store) -> None:
    """Control characters and blank fields don't get in; a name must remain."""
    put(store, "c1", "A\u202eB\nC", ONE, fields=(("Empty", " "),), tags=("", "x"))
    kept = store.read_now(lambda c: contacts.find(c, "c1"))

    assert ("AB C", (), ("x",)) == (kept.name, kept.fields, kept.tags)
    with pytest.raises(Refused, match="needs a name"):
        put(store, "c2", "\u202e ", TWO)


def test_the_one_chosen_last_is_meant(store: Store) -> None:
    """Of several with the same number."""
    a, b = put(store, "a", "Anil", ONE), put(store, "b", "Bina", ONE)
    assert store.read_now(lambda c: contacts.known(c, ONE)) == contacts.Known(None, (a, b))
    assert store.write_now(lambda c: contacts.choose(c, ONE, "a", NOW))
    assert store.write_now(lambda c: contacts.choose(c, ONE, "b", NOW + timedelta(minutes=1)))

    assert b == store.read_now(lambda c: contacts.known(c, ONE)).contact
    assert not store.write_now(lambda c: contacts.choose(c, TWO, "a", NOW))


def test_removing(store: Store) -> None:
    """Its numbers are a stranger's again."""
    put(store, "a", "Anil", ONE)

    assert [ONE] == store.write_now(lambda c: contacts.remove(c, "a"))
    assert contacts.Known() == store.read_now(lambda c: contacts.known(c, ONE))
    with pytest.raises(Refused, match="contact list"):
        store.write_now(lambda c: contacts.remove(c, "a"))


def test_searching(store: Store) -> None:
    """By the beginning of name or company, whatever its case, by number and by id."""
    put(store, "a", "Anil", ONE, company="Rao & Sons")
    put(store, "b", "100% Cotton", TWO)

    def found(text: str) -> list[str]:
        return [entry["id"] for entry in store.read_now(lambda c: contacts.search(c, text, 10))]

    assert [["b", "a"], ["a"], ["a"], ["b"], ["a"], ["b"], []] == [
        found(text) for text in ("", "ani", "RAO", TWO, "a", "100%", "0")
    ]


def test_pages_hold_everybody_once(store: Store) -> None:
    """Read by id, a page at a time."""
    for number in range(5):
        put(store, f"c{number}", "x", f"+9199999000{number:02}")
    first = store.read_now(lambda c: contacts.page(c, "", 3))
    rest = store.read_now(lambda c: contacts.page(c, first[-1]["id"], 3))

    assert ["c0", "c1", "c2", "c3", "c4"] == [entry["id"] for entry in first + rest]
    assert (5, ["+919999900000"]) == (store.read_now(contacts.count), first[0]["phones"])
