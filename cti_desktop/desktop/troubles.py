"""From what the network raises, or a server answers, to a `Trouble`: a stable reason why there is no link."""

from __future__ import annotations

import errno
import socket
import ssl
from http import HTTPStatus
from typing import Final

from websockets.exceptions import (
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
    ProxyError,
)

from cti_desktop.desktop.reasons import Trouble
from cti_desktop.wire.close_codes import CloseCode

_REDIRECT: Final = 3
_NO_TUNNEL: Final = "Tunnel connection failed: "
_SUBPROTOCOL: Final = "Sec-WebSocket-Protocol"
_UNREACHABLE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
# OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, _CERT_HAS_EXPIRED, _HOSTNAME_MISMATCH, _IP_ADDRESS_MISMATCH.
_BY_VERIFY_CODE: Final = {
    9: Trouble.CLOCK,
    10: Trouble.EXPIRED,
    62: Trouble.WRONG_NAME,
    64: Trouble.WRONG_NAME,
}
_BY_CLOSE_CODE: Final = {
    CloseCode.RESTARTING: Trouble.RESTARTING,
    CloseCode.GOING_AWAY: Trouble.RESTARTING,
    CloseCode.TOO_SLOW: Trouble.TOO_SLOW,
    CloseCode.PROTOCOL: Trouble.PROTOCOL,
}


def of_error(error: Exception) -> tuple[Trouble, str]:
    """Why a connection could not be made, and a detail for people."""
    match error:
        case InvalidStatus() if spoken := error.response.headers.get(_SUBPROTOCOL):
            # It says what it speaks instead: it is newer than this program.
            return Trouble.PROTOCOL, spoken
        case InvalidStatus():
            status = error.response.status_code
            return of_status(status), f"HTTP {status}"
        case InvalidProxyStatus() if error.response.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return Trouble.PROXY_LOG_IN, ""
        case ProxyError() | InvalidProxy():
            return Trouble.PROXY, str(error)
        case InvalidMessage() if isinstance(error.__cause__, EOFError):
            return Trouble.LOST, "closed during the handshake"
        case NegotiationError():
            return Trouble.PROTOCOL, str(error)
        case InvalidHandshake():
            return Trouble.NOT_A_RELAY, str(error)
        case _:
            return _of_os_error(error)


def of_status(status: int) -> Trouble:
    """What an HTTP status means that is neither success nor about the code or token."""
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
        return Trouble.FORBIDDEN
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return Trouble.PROXY_LOG_IN
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED or status // 100 == _REDIRECT:
        return Trouble.PORTAL  # a relay never redirects; a network that wants a log-in does
    return Trouble.RELAY_FAILED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Trouble.NOT_A_RELAY


def of_close(code: int | None) -> Trouble:
    """Why a link that was open broke; None: without a close frame."""
    return _BY_CLOSE_CODE.get(CloseCode(code), Trouble.LOST) if code in set(CloseCode) else Trouble.LOST


def _of_os_error(error: Exception) -> tuple[Trouble, str]:
    match error:
        case ssl.SSLCertVerificationError():
            return _BY_VERIFY_CODE.get(error.verify_code, Trouble.UNTRUSTED), error.verify_message
        case ssl.SSLError():
            return _of_tls(error)
        case socket.gaierror():
            return Trouble.NO_SUCH_HOST, error.strerror or ""
        case UnicodeError() | InvalidURI():  # a name that can't even be asked for
            return Trouble.NO_SUCH_HOST, ""
        case TimeoutError():
            return Trouble.TIMEOUT, ""
        case OSError() if str(error).startswith(_NO_TUNNEL):  # http.client has no class for it
            answer = str(error).removeprefix(_NO_TUNNEL)
            wants_name = answer.startswith(f"{HTTPStatus.PROXY_AUTHENTICATION_REQUIRED.value}")
            return (Trouble.PROXY_LOG_IN, "") if wants_name else (Trouble.PROXY, f"HTTP {answer}")
        case ConnectionRefusedError():
            return Trouble.REFUSED, ""
        case OSError() if error.errno in _UNREACHABLE:
            return Trouble.UNREACHABLE, ""
        case OSError() if "Multiple exceptions" in str(error) and "refused" in str(error).lower():
            return Trouble.REFUSED, ""  # asyncio folds the refusals of IPv6 and IPv4 into one OSError
        case _:
            return Trouble.LOST, type(error).__name__


def _of_tls(error: ssl.SSLError) -> tuple[Trouble, str]:
    if "WRONG_VERSION_NUMBER" in str(error):  # the first bytes of an answer are no TLS at all
        return Trouble.NOT_ENCRYPTED, ""
    return Trouble.TLS, str(error.args[-1]) if error.args else ""
