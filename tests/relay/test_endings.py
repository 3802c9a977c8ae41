"""What a desktop is told when its session ends."""

from typing import Any

import pytest

from cti_desktop.core.errors import AuthError, CtiError, LinkDown, RemoteProtocolError, StorageError
from cti_desktop.relay.endings import HangUp, close_code, first
from cti_desktop.wire.close_codes import CloseCode


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (HangUp(CloseCode.TOO_SLOW, "…", code="too_slow"), CloseCode.TOO_SLOW),
        (AuthError("…"), CloseCode.AUTH),
        (RemoteProtocolError("…", code="bad_ack"), CloseCode.PROTOCOL),
        (StorageError("…"), CloseCode.RESTARTING),
        (LinkDown("…"), CloseCode.GOING_AWAY),
    ],
)
def test_every_error_has_its_code(error: CtiError, code: CloseCode) -> None:
    """A store that fails says come back: the cursor is safe."""
    assert code is close_code(error)


def test_what_we_decided_says_more_than_what_followed() -> None:
    """However deep it lies; else the first one."""
    down, ours = LinkDown("gone"), HangUp(CloseCode.TAKEN_OVER, "…", code="taken_over")
    deep: Any = ExceptionGroup("", [ours])

    assert first(ExceptionGroup("", [down, deep])) is ours
    assert first(ExceptionGroup("", [down, AuthError("…")])) is down
