"""How a session ends: which error says most of why, and the code by which the desktop learns of it."""

from __future__ import annotations

from cti_desktop.core.errors import AuthError, CtiError, RemoteProtocolError, StorageError
from cti_desktop.wire.close_codes import CloseCode


class HangUp(CtiError):
    """The session ends with this close code."""

    def __init__(self, close_code: CloseCode, message: str, *, code: str) -> None:
        """`code` is what the desktop is told beside the number."""
        super().__init__(message, code=code)
        self.close_code = close_code


def close_code(error: CtiError) -> CloseCode:
    """The code that says it."""
    match error:
        case HangUp():
            return error.close_code
        case AuthError():
            return CloseCode.AUTH
        case RemoteProtocolError():
            return CloseCode.PROTOCOL
        case StorageError():  # come back later: the cursor is safe
            return CloseCode.RESTARTING
        case _:
            return CloseCode.GOING_AWAY


def first(errors: BaseExceptionGroup[CtiError]) -> CtiError:
    """The error that says most: what we decided, before what followed from it."""
    flat: list[CtiError] = []
    for error in errors.exceptions:
        flat += [first(error)] if isinstance(error, BaseExceptionGroup) else [error]
    return next((e for e in flat if isinstance(e, HangUp)), flat[0])
