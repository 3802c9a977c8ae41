"""Exchanging a code for a token, against a real HTTP server."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cti_desktop.core.people import Person
from cti_desktop.desktop.address import parse
from cti_desktop.desktop.enrolment import MAX_ANSWER_BYTES, Enrolled, enrol, readable
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.way import Way
from tests.helpers.certificates import NAME, make_certificate
from tests.helpers.connect_proxy import ConnectProxy
from tests.helpers.fake_enrolment import Enrolment, serving


@pytest.fixture
def relay() -> Iterator[Enrolment]:
    """A relay's `/enrol`."""
    with serving() as enrolment:
        yield enrolment


def refusal_of(relay: Enrolment) -> SignInRefused:
    """Why the code was not exchanged."""
    with pytest.raises(SignInRefused) as refusal:
        enrol(parse(relay.url), "ABCD-EFGH", "desk")
    return refusal.value


def test_a_code_becomes_a_token(relay: Enrolment) -> None:
    """Code and device go in the body; what else the relay says does not matter."""
    assert Enrolled("secret", Person("a1", "Asha")) == enrol(parse(relay.url), " ABCD-EFGH ", "desk")
    assert [("POST", "/enrol", {"code": "ABCD-EFGH", "device": "desk"})] == relay.requests


@pytest.mark.parametrize(
    ("status", "problem", "trouble"),
    [
        (403, SignInProblem.WRONG_CODE, None),
        (429, SignInProblem.TOO_MANY_TRIES, None),
        (404, SignInProblem.RELAY_TROUBLE, Trouble.NOT_A_RELAY),
        (400, SignInProblem.RELAY_TROUBLE, Trouble.NOT_A_RELAY),
        (503, SignInProblem.RELAY_TROUBLE, Trouble.RELAY_FAILED),
        (407, SignInProblem.RELAY_TROUBLE, Trouble.PROXY_LOG_IN),
    ],
)
def test_each_status_has_a_name(
    relay: Enrolment, status: int, problem: SignInProblem, trouble: Trouble | None
) -> None:
    """What the agent can act on, and what IT can."""
    relay.status = status
    refusal = refusal_of(relay)
    assert (problem, trouble) == (refusal.problem, refusal.trouble)


def test_redirects_are_not_followed(relay: Enrolment) -> None:
    """The code goes to the address that was typed, and nowhere else."""
    relay.status, relay.location = 302, f"{relay.url}/elsewhere"
    assert Trouble.PORTAL is refusal_of(relay).trouble
    assert 1 == len(relay.requests)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in to the hotel's network</html>",
        b'{"agent": "Asha"}',
        b'{"token": ""}',
        b'{"token": "two\\nlines"}',
        b'{"token": "secret", "more": "' + b"x" * MAX_ANSWER_BYTES + b'"}',
        b"[" * 50_000,
    ],
)
def test_an_answer_that_is_no_relays(relay: Enrolment, body: bytes) -> None:
    """A portal's page, an unusable token, an endless answer: refused, and nothing of it quoted."""
    relay.body = body
    refusal = refusal_of(relay)
    assert Trouble.NOT_A_RELAY is refusal.trouble
    assert ("secret" in str(refusal), refusal.__cause__) == (False, None)


def test_nobody_listens(relay: Enrolment) -> None:
    """The relay is down."""
    with serving() as gone:
        pass
    assert Trouble.REFUSED is refusal_of(gone).trouble


def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    """The code is not sent before the relay has shown that it is one."""
    server_tls, _ = make_certificate(tmp_path)
    with serving(server_tls) as relay:
        assert Trouble.UNTRUSTED is refusal_of(relay).trouble
        assert [] == relay.requests
        assert "secret" == enrol(parse(relay.url), "ABCD", "desk", Way(str(tmp_path / "server.pem"))).token


def test_a_pin_that_cannot_be_read_is_told(relay: Enrolment, tmp_path: Path) -> None:
    """Before anything is sent."""
    with pytest.raises(SignInRefused) as refusal:
        enrol(parse(relay.url), "ABCD", "desk", Way(str(tmp_path / "none.pem")))
    assert (Trouble.NO_PIN, []) == (refusal.value.trouble, relay.requests)


@pytest.mark.parametrize("agent", [b"null", b'"Asha"', b'{"id": 1}', b"[]"])
def test_who_signed_in_may_be_told_later(relay: Enrolment, agent: bytes) -> None:
    """The welcome tells it anyway."""
    relay.body = b'{"token": "secret", "agent": ' + agent + b"}"
    assert Enrolled("secret") == enrol(parse(relay.url), "ABCD", "desk")


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("200 Connection established", None),
        ("407 Proxy Authentication Required", Trouble.PROXY_LOG_IN),
        ("502 Bad Gateway", Trouble.PROXY),
    ],
)
async def test_the_way_leads_through_the_links_proxy(
    tmp_path: Path, answer: str, trouble: Trouble | None
) -> None:
    """By a name that only the proxy knows; the private authority's certificate is checked behind it."""
    server_tls, _ = make_certificate(tmp_path)
    with serving(server_tls) as relay:
        async with ConnectProxy.listening(answer) as proxy:
            address = parse(relay.url.replace("127.0.0.1", NAME))
            way = Way(str(tmp_path / "server.pem"), proxy.url)
            if trouble is None:
                enrolled = await asyncio.to_thread(enrol, address, "ABCD", "desk", way)
                assert "secret" == enrolled.token
            else:
                with pytest.raises(SignInRefused) as refusal:
                    await asyncio.to_thread(enrol, address, "ABCD", "desk", way)
                assert trouble is refusal.value.trouble
            assert [address.base.removeprefix("https://")] == proxy.asked


def test_it_reads_which_machine_it_is() -> None:
    """By its name; two profiles of one machine, or two machines of one name, are told apart."""
    first, second = readable("3f2a-01"), readable("77b0-02")
    assert first.endswith(" (desktop 3f2a)")
    assert first.startswith(socket.gethostname()[:20])
    assert first != second
