"""What the network raises, by its stable name."""

import errno
import socket
import ssl

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import (
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
)
from websockets.http11 import Response

from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.troubles import of_close, of_error, of_status
from cti_desktop.wire.close_codes import CloseCode

NEWER = Headers({"Sec-WebSocket-Protocol": "cti.v2"})


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ConnectionRefusedError(), Trouble.REFUSED),
        (
            OSError("Multiple exceptions: [Errno 111] Connect call failed: Connection refused"),
            Trouble.REFUSED,
        ),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Trouble.NO_SUCH_HOST),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), Trouble.UNREACHABLE),
        (TimeoutError(), Trouble.TIMEOUT),
        (UnicodeError("label empty or too long"), Trouble.NO_SUCH_HOST),
        (InvalidURI("wss://", "no host"), Trouble.NO_SUCH_HOST),
        (ssl.SSLError(1, "[SSL: NO_CIPHERS_AVAILABLE]"), Trouble.TLS),
        (ConnectionResetError(), Trouble.LOST),
        (InvalidProxy("proxy", "bad"), Trouble.PROXY),
        (InvalidProxyStatus(Response(403, "Forbidden", Headers())), Trouble.PROXY),
        (
            InvalidProxyStatus(Response(407, "Proxy Authentication Required", Headers())),
            Trouble.PROXY_LOG_IN,
        ),
        (InvalidStatus(Response(200, "OK", Headers())), Trouble.NOT_A_RELAY),
        (InvalidStatus(Response(502, "Bad Gateway", Headers())), Trouble.RELAY_FAILED),
        (InvalidMessage("did not receive a valid HTTP response"), Trouble.NOT_A_RELAY),
        (InvalidHandshake("odd"), Trouble.NOT_A_RELAY),
        (InvalidStatus(Response(403, "Forbidden", NEWER)), Trouble.PROTOCOL),
        (NegotiationError("unsupported subprotocol: cti.v2"), Trouble.PROTOCOL),
    ],
)
def test_errors(error: Exception, trouble: Trouble) -> None:
    """Each kind of failure has one name."""
    assert trouble is of_error(error)[0]


def test_a_port_without_encryption_is_told_in_words() -> None:
    """`https://` where plain http is spoken; nobody needs OpenSSL's line of source."""
    here, there = ssl.MemoryBIO(), ssl.MemoryBIO()
    here.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(ssl.SSLError) as refused:
        ssl.create_default_context().wrap_bio(here, there, server_hostname="relay").do_handshake()
    assert (Trouble.NOT_ENCRYPTED, "") == of_error(refused.value)


def test_an_untrusted_certificate_says_why() -> None:
    """Expired, unknown, or of another name."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message, error.verify_code = "self-signed certificate", 18
    assert (Trouble.UNTRUSTED, "self-signed certificate") == of_error(error)


@pytest.mark.parametrize(
    ("code", "trouble"), [(9, Trouble.CLOCK), (10, Trouble.EXPIRED), (62, Trouble.WRONG_NAME)]
)
def test_a_certificate_tells_of_a_wrong_clock(code: int, trouble: Trouble) -> None:
    """One that is not valid yet means that this computer is behind; the next step differs for each."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message, error.verify_code = "no", code
    assert trouble is of_error(error)[0]


def test_statuses() -> None:
    """What is refused, what fails, and what is something else."""
    assert [
        Trouble.FORBIDDEN,
        Trouble.FORBIDDEN,
        Trouble.PROXY_LOG_IN,
        Trouble.RELAY_FAILED,
        Trouble.PORTAL,
        Trouble.PORTAL,
        Trouble.NOT_A_RELAY,
    ] == [of_status(status) for status in (403, 429, 407, 500, 302, 511, 404)]


def test_closes() -> None:
    """Known codes have a name, the others are a lost link."""
    assert [Trouble.RESTARTING, Trouble.RESTARTING, Trouble.TOO_SLOW, Trouble.LOST, Trouble.LOST] == [
        of_close(code)
        for code in (CloseCode.RESTARTING, CloseCode.GOING_AWAY, CloseCode.TOO_SLOW, 1006, None)
    ]
