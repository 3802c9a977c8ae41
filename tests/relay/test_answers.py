"""From answers of CRMs to contacts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.assets import resource
from cti_desktop.core.events import Contact
from cti_desktop.relay.answers import Unreadable, at, contact_of, decoded
from cti_desktop.relay.lookup_sources import Reading, load
from tests.helpers.crm import ANSWERS

ONE = "+919999900001"


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_each_examples_answer_is_read(name: str) -> None:
    """Name, company and the address of the record."""
    (source,) = load(resource(f"lookups/{name}.toml"))
    contact = contact_of(ANSWERS[name], source.read, name, ONE, "IN")

    assert contact is not None
    assert "Asha" == contact.name
    assert name == "freshdesk" or contact.company == "ATL"
    assert name == "sql" or (contact.link is not None and "55" in contact.link)


def test_nobody() -> None:
    """An empty list, another shape, a name that is none."""
    reading = Reading("data.0.name")
    documents: list[object] = [
        {},
        {"data": []},
        [],
        None,
        7,
        {"data": {"0": 1}},
        {"data": [{"name": {"x": 1}}]},
    ]
    for document in documents:
        assert contact_of(document, reading, "crm", ONE, "IN") is None


def test_somebody_elses_entry_is_nobody() -> None:
    """A search that only resembles must not put another customer's name on the card."""
    reading = Reading("name", number="phone")

    assert contact_of({"name": "A", "phone": "9999900002"}, reading, "crm", ONE, "IN") is None
    assert contact_of({"name": "A", "phone": "099999-00001"}, reading, "crm", ONE, "IN") == Contact(
        f"crm:{ONE}", "A"
    )


@pytest.mark.parametrize("link", ["http://a.example.com", "javascript:1", "", "{host}", "http://x/{name}"])
def test_only_https_becomes_a_link(link: str) -> None:
    """Whatever the CRM says."""
    contact = contact_of({"name": "A", "link": link}, Reading("name", link="link"), "crm", ONE, "IN")

    assert contact is not None
    assert contact.link is None
    (other,) = [contact_of({"name": "A", "host": "x"}, Reading("name", link=link), "crm", ONE, "IN")]
    assert other is not None
    assert other.link is None


@pytest.mark.parametrize("raw", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 6000, b"NaN"])
def test_what_is_no_json(raw: bytes) -> None:
    """Login pages and hostile nesting."""
    with pytest.raises(Unreadable, match="no JSON"):
        decoded(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab0"), inner, max_size=3),
)


@given(JSON, st.from_regex(r"\A[ab0.{}]{0,8}\Z"))
def test_any_document_and_path(document: object, path: str) -> None:
    """Never an exception; a contact or nobody."""
    read = decoded(json.dumps(document).encode())
    at(read, path)
    found = contact_of(read, Reading(path, link=path, tags=path, fields={"x": path}), "crm", ONE, "IN")
    assert found is None or found.name
