"""The WebSocket close codes of `cti.v1`, in one table, with what they mean for a desktop."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Final


class CloseCode(IntEnum):
    """Why a link was closed."""

    GOING_AWAY = 1001
    RESTARTING = 1012
    AUTH = 4001
    PROTOCOL = 4002
    TAKEN_OVER = 4003
    TOO_SLOW = 4008


class AfterClose(Enum):
    """What a desktop does next."""

    RETRY = "retry"
    SIGN_IN = "sign in"
    STAND_BY = "stand by"


_SPECIAL: Final = {CloseCode.AUTH: AfterClose.SIGN_IN, CloseCode.TAKEN_OVER: AfterClose.STAND_BY}


def after_close(code: int | None) -> AfterClose:
    """What to do after the relay closed with `code`; None (no close frame) and others mean another try."""
    return _SPECIAL.get(CloseCode(code), AfterClose.RETRY) if code in set(CloseCode) else AfterClose.RETRY
