"""Telling the relay that a token shall end."""

import pytest

from cti_desktop.desktop import address
from cti_desktop.desktop.signing_out import tell
from tests.helpers.fake_enrolment import serving


@pytest.mark.parametrize(
    ("status", "ended"),
    [(200, True), (401, True), (404, False), (405, False), (503, False), (302, False), (407, False)],
)
def test_what_the_relay_answers(status: int, *, ended: bool) -> None:
    """What had ended before has ended; an older relay, a portal and a relay in trouble end nothing."""
    with serving() as relay:
        relay.status, relay.location = status, "http://127.0.0.1:1/" if status == 302 else ""
        assert ended is tell(address.parse(relay.url), "mine")
        assert [("POST", "/sign-out", {})] == relay.requests
        assert ["Bearer mine"] == relay.authorizations


def test_nobody_there() -> None:
    """Offline."""
    with serving() as relay:
        url = relay.url
    assert not tell(address.parse(url), "mine")
