"""Many contacts put by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.events import Contact
from cti_desktop.core.numbers import to_e164
from cti_desktop.relay import contact_import, contacts
from cti_desktop.relay.contact_import import Row, checked_link, to_number
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

ONE, TWO, THREE = "+919999900001", "+919999900002", "+919999900003"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def put(store: Store, *rows: Row) -> tuple[int, int]:
    """How many were added and how many updated."""
    return store.write_now(lambda c: contact_import.put(c, rows, NOW))


def names(store: Store) -> dict[str, list[str]]:
    """All entries' numbers by name."""
    return {e["name"]: e["phones"] for e in store.read_now(lambda c: contacts.page(c, "", 100))}


def test_a_second_import_updates_by_key(store: Store) -> None:
    """Name and numbers follow the file; a number that is gone from it goes."""
    assert (2, 0) == put(store, Row("id:1", "Anil", (ONE, TWO)), Row("id:2", "Bina", (THREE,)))
    assert (1, 1) == put(store, Row("id:1", "Anil Rao", (ONE,)), Row("id:3", "Chitra", (THREE,)))

    assert {"Anil Rao": [ONE], "Bina": [THREE], "Chitra": [THREE]} == names(store)


def test_a_chosen_contact_stays_chosen(store: Store) -> None:
    """The nightly import doesn't undo what agents picked."""
    put(store, Row("id:1", "Anil", (ONE,)), Row("id:2", "Bina", (ONE,)))
    bina = store.read_now(lambda c: contacts.search(c, "Bina", 1))[0]["id"]
    store.write_now(lambda c: contacts.choose(c, ONE, bina, NOW))
    put(store, Row("id:1", "Anil", (ONE,)), Row("id:2", "Bina Rao", (ONE,)))

    meant = store.read_now(lambda c: contacts.known(c, ONE)).contact
    assert meant is not None
    assert "Bina Rao" == meant.name


def test_without_an_id_the_number_is_the_key(store: Store) -> None:
    """A contact made by hand, with that number, is taken up instead of doubled."""
    store.write_now(lambda c: contacts.add(c, Contact("c1", "Typed"), [ONE], NOW))

    assert (1, 1) == put(store, Row(f"tel:{ONE}", "From the file", (ONE,)), Row(f"tel:{TWO}", "New", (TWO,)))
    assert {"From the file": [ONE], "New": [TWO]} == names(store)


def test_our_own_export_comes_back_as_it_was(store: Store) -> None:
    """An entry without a key is known by its id."""
    store.write_now(lambda c: contacts.add(c, Contact("con_1", "Typed"), [ONE], NOW))

    assert (0, 1) == put(store, Row("id:con_1", "Typed anew", (ONE,)))
    assert {"Typed anew": [ONE]} == names(store)


def test_the_same_key_twice_in_one_batch(store: Store) -> None:
    """The later line counts."""
    assert (1, 1) == put(store, Row("id:1", "First", (ONE,)), Row("id:1", "Last", (ONE,)))
    assert {"Last": [ONE]} == names(store)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("99999 00001", ONE),
        ("+91-99999-00001", ONE),
        ("099999 00001", ONE),
        ("919999900001", ONE),
        ("0091 9999900001", ONE),
        ("99999 00001 ext. 12", ONE),
        ("022 4000 1000", "+912240001000"),
        ("16502530000", "+16502530000"),
        ("+1 (650) 253-0000", "+16502530000"),
        ("12345", None),
        ("anonymous", None),
        ("", None),
        ("+91 12", None),
    ],
)
def test_spellings(text: str, number: str | None) -> None:
    """National, spaced, `00`, `+`, with extension, and as we export them."""
    assert number == to_number(text, "IN")


@given(st.from_regex(r"\A(\+?91|0)?[6-9][0-9]{9}\Z"))
def test_the_short_cut_is_no_other_way(text: str) -> None:
    """Indian mobile numbers get what the library gives."""
    assert to_e164(text, "IN") == to_number(text, "IN")


@given(st.from_regex(r"\A\+91[6-9][0-9]{9}\Z"))
def test_an_exported_number_is_the_same_number(number: str) -> None:
    """Without its plus, for the spreadsheet's sake."""
    assert number == to_number(number.removeprefix("+"), "IN")


@given(st.text(max_size=50))
def test_foreign_text_never_raises(text: str) -> None:
    """A number or None."""
    number = to_number(text, "IN")
    assert number is None or number.startswith("+")


@pytest.mark.parametrize(
    "link",
    [
        "http://crm.example.com/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a@b.example.com",
        "https://x.example.com/\n",
    ],
)
def test_only_https_is_a_link(link: str) -> None:
    """Agents click on it."""
    if link.endswith("\n"):
        assert checked_link(link) == link.strip()
    else:
        with pytest.raises(Refused, match="no https:// address"):
            checked_link(link)


def test_no_link_is_none() -> None:
    """Most contacts have none."""
    assert (None, None, "https://a.example.com/1") == (
        checked_link(None),
        checked_link(" "),
        checked_link(" https://a.example.com/1 "),
    )
