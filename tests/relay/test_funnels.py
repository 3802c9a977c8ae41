"""Where our own bugs end up; what they do to a running relay stands in test_app.py."""

from typing import NoReturn

import pytest
from starlette.types import Receive, Scope, Send

from cti_desktop.relay.funnels import place, survived
from tests.helpers.asgi_calls import Peer, call, scope, upgrade


async def buggy(_scope: Scope, _receive: Receive, _send: Send) -> NoReturn:
    """Trips, and quotes what it shouldn't."""
    raise KeyError("+919999900001")


@pytest.mark.warning_logs("a bug of ours ended a request to /: KeyError in test_funnels.py")
async def test_a_request_is_answered_without_a_word() -> None:
    """500, and the log says where, not with what."""

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        await survived(buggy, scope, receive, send)

    answer = await call(front, scope())

    assert (answer.status, answer.payload) == (500, {"error": "internal error"})


@pytest.mark.warning_logs("a bug of ours ended a request to /agent")
async def test_a_websocket_gets_no_http_answer() -> None:
    """The server closes it."""
    peer = Peer()
    await survived(buggy, upgrade(), peer.receive, peer.send)

    assert peer.sent == []


def test_place_of_a_bug() -> None:
    """Type, file and line, never the message; of several bugs the first; the type alone if never raised."""
    try:
        raise ValueError("+919999900001")
    except ValueError as error:
        found = place(error)

    assert found.startswith("ValueError in test_funnels.py:")
    assert place(ExceptionGroup("several", [KeyError("+919999900001")])) == "KeyError"
