"""Addresses with blanks: no value can lead anywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.links import BadTemplate, LinkTemplate, host_of, percent_encoded

SEARCH = LinkTemplate.parsed("https://crm.example.com/search?q={digits}&n={name}#top")


def test_blanks_are_filled() -> None:
    """Values are encoded, whatever stands in them."""
    filled = SEARCH.filled({"digits": "919999900001", "name": "A & B/ü"})

    assert ("crm.example.com", ("digits", "name")) == (SEARCH.host, SEARCH.blanks)
    assert filled == "https://crm.example.com/search?q=919999900001&n=A%20%26%20B%2F%C3%BC#top"


def test_a_missing_value_makes_no_address() -> None:
    """Half an address is worse than none."""
    assert SEARCH.filled({"digits": "1", "name": ""}) is None
    assert SEARCH.filled({"digits": "1"}) is None
    assert SEARCH.filled({"digits": "1", "name": "x" * 3000}) is None


@pytest.mark.parametrize(
    "text",
    [
        "http://crm.example.com/{number}",
        "https://{host}/x",
        "https://crm{number}.example.com/",
        "https://user@crm.example.com/",
        "javascript:alert({number})",
        "file:///etc/{number}",
        "https://crm.example.com/{a b}",
        "https://crm.example.com/{",
        "//crm.example.com/",
        "",
    ],
)
def test_what_is_no_template(text: str) -> None:
    """Https, and a host without blanks."""
    with pytest.raises(BadTemplate):
        LinkTemplate.parsed(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_changes_the_host(digits: str, name: str) -> None:
    """Whatever a payload or a directory holds."""
    filled = SEARCH.filled({"digits": digits, "name": name})

    assert filled is None or host_of(filled) == "crm.example.com"
    assert filled is None or (filled.isascii() and filled.count("#") == 1)


@pytest.mark.parametrize(
    "text", ["http://a.example.com", "https://a@b.example.com", "https:///x", "x", "https://a.b/ c"]
)
def test_only_https_addresses_have_a_host(text: str) -> None:
    """Everything else must not be opened."""
    assert host_of(text) is None
    assert host_of("https://CRM.example.com:8443/1") == "crm.example.com:8443"


def test_encoding() -> None:
    """Only what RFC 3986 calls unreserved stays."""
    assert percent_encoded("aZ09-._~ /\ud800") == "aZ09-._~%20%2F%3F"
