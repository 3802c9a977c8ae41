"""A relay's address, as people type it."""

import pytest

from cti_desktop.desktop.address import is_loopback, parse, unfold
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.relay.cli.sheet import link


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("relay.example.com", "https://relay.example.com"),
        (" https://relay.example.com/ ", "https://relay.example.com"),
        ("wss://relay.example.com:8443/cti/", "https://relay.example.com:8443/cti"),
        ("127.0.0.1:8420", "http://127.0.0.1:8420"),
        ("http://localhost:8420", "http://localhost:8420"),
        ("ws://[::1]:8420", "http://[::1]:8420"),
        ("https://localhost", "https://localhost"),
        ("https://नमस्ते.भारत", "https://xn--h2bhs4b8d8a.xn--h2brj9c"),
        ("http://127.0.0.1:8420/ü/a%20b", "http://127.0.0.1:8420/%C3%BC/a%20b"),
        ("https://[::1]:84", "https://[::1]:84"),
    ],
)
def test_what_people_type_is_understood(typed: str, base: str) -> None:
    """A host name alone means https; this machine alone means http."""
    assert base == parse(typed).base


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("http://relay.example.com", SignInProblem.INSECURE_URL),
        ("ws://10.0.0.5:8420", SignInProblem.INSECURE_URL),
        ("", SignInProblem.BAD_URL),
        ("https://", SignInProblem.BAD_URL),
        ("ftp://relay.example.com", SignInProblem.BAD_URL),
        ("https://relay.example.com:port", SignInProblem.BAD_URL),
        ("https://asha:secret@relay.example.com", SignInProblem.BAD_URL),
        ("https://relay.example.com/?token=secret", SignInProblem.BAD_URL),
        ("https://[::1", SignInProblem.BAD_URL),
        ("relay example com", SignInProblem.BAD_URL),
        ("https://a..b", SignInProblem.BAD_URL),
        ("https://" + "a" * 80, SignInProblem.BAD_URL),
        ("https://" + "a." * 140 + "example", SignInProblem.BAD_URL),
        ("https://a%b", SignInProblem.BAD_URL),
        ("https://straße.example", SignInProblem.BAD_URL),  # some would ask for strasse.example
    ],
)
def test_what_cannot_be_used_is_refused(typed: str, problem: SignInProblem) -> None:
    """No clear text to other machines, no secret in an address; the refusal quotes no secret."""
    with pytest.raises(SignInRefused) as refusal:
        parse(typed)
    assert problem is refusal.value.problem
    assert "secret" not in str(refusal.value)


def test_urls_follow_from_the_address() -> None:
    """The WebSocket and the enrolment are below the address."""
    secure, local = parse("relay.example.com/cti"), parse("localhost:8420")
    assert "wss://relay.example.com/cti/agent" == secure.agent_url
    assert "https://relay.example.com/cti/enrol" == secure.enrol_url
    assert ("ws://localhost:8420/agent", True) == (local.agent_url, local.is_loopback)


def test_a_code_of_the_relays_sheet_holds_both() -> None:
    """As the relay writes it; anything else is a code as it is typed."""
    said = link("https://relay.example.com/cti", "AB12-CD34")
    assert ("https://relay.example.com/cti", "AB12-CD34") == unfold(f" {said}\n", "https://old.example.com")
    assert ("https://old.example.com", "AB12-CD34") == unfold("AB12-CD34", "https://old.example.com")
    assert ("", "") == unfold("cti-desktop:enrol?", "")


def test_only_this_machine_is_loopback() -> None:
    """Names that merely look local are not."""
    assert [True, True, False, False] == [
        is_loopback(host) for host in ("127.8.9.1", "::1", "localhost.example.com", "192.168.0.1")
    ]
