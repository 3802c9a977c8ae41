"""Exchanges an enrolment code for a token at the relay's `/enrol`. Blocking; holds no state."""

from __future__ import annotations

import socket
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import IO, Final, NoReturn
from urllib.error import HTTPError, URLError

import msgspec

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.core.people import Person
from cti_desktop.core.text import one_line
from cti_desktop.desktop import troubles
from cti_desktop.desktop.address import RelayAddress
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.way import DEFAULT_WAY, Way

TIMEOUT_SECONDS: Final = 10.0
MAX_ANSWER_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a code is exchanged for; `agent` as far as the relay tells."""

    token: str = field(repr=False)
    agent: Person | None = None


class _Agent(msgspec.Struct):
    id: str
    name: str


class _Answer(msgspec.Struct):
    token: str
    agent: msgspec.Raw = msgspec.Raw(b"null")


def readable(device: str) -> str:
    """What IT reads in `cti-relay token list`: the machine's name, told apart from others called the same.

    `device` is the store's own id, by which sessions take over from each other; two profiles have two.
    """
    return f"{one_line(socket.gethostname(), 60) or 'a computer'} (desktop {device[:4]})"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A code is sent to the address that was typed, and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing: the redirect becomes an `HTTPError`."""


def enrol(address: RelayAddress, code: str, device: str, way: Way = DEFAULT_WAY) -> Enrolled:
    """The token for `code`. Raises `SignInRefused`."""
    body = msgspec.json.encode({"code": code.strip(), "device": device})
    headers = {"Content-Type": "application/json", "User-Agent": f"cti-desktop/{__version__}"}
    request = urllib.request.Request(address.enrol_url, body, headers, method="POST")  # noqa: S310 - http(s) only
    try:
        with opener(address, way).open(request, timeout=TIMEOUT_SECONDS) as answer:
            return _enrolled(answer)
    except HTTPError as error:
        with error:
            _refuse_status(error.code)
    except URLError as error:
        cause = error.reason if isinstance(error.reason, Exception) else error
        _refuse_trouble(*way.explain(cause, address))
    except (OSError, UnicodeError, ConfigError) as error:
        _refuse_trouble(*way.explain(error, address))
    except HTTPException as error:
        _refuse_trouble(Trouble.NOT_A_RELAY, type(error).__name__)


def opener(address: RelayAddress, way: Way) -> urllib.request.OpenerDirector:
    """What asks this relay and nobody else: no redirects, and no proxy on this machine."""
    https = urllib.request.HTTPSHandler(context=way.trust())
    return urllib.request.build_opener(way.proxies_to(address), https, _NoRedirects())


def _enrolled(answer: HTTPResponse) -> Enrolled:
    raw = answer.read(MAX_ANSWER_BYTES + 1)
    try:
        told = msgspec.json.decode(raw[:MAX_ANSWER_BYTES], type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # No `from`: the decoder's text may quote the token.
        raise SignInRefused(
            SignInProblem.RELAY_TROUBLE, "the answer is no relay's", trouble=Trouble.NOT_A_RELAY
        ) from None
    token = told.token
    if not token or not token.isascii() or not token.isprintable():
        _refuse_trouble(Trouble.NOT_A_RELAY, "the answer holds no usable token")
    return Enrolled(token, _agent(told.agent))


def _agent(raw: msgspec.Raw) -> Person | None:
    """Whoever it is: the welcome tells it again."""
    try:
        agent = msgspec.json.decode(raw, type=_Agent)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Person(agent.id, agent.name)


def _refuse_status(status: int) -> NoReturn:
    if status == HTTPStatus.FORBIDDEN:
        raise SignInRefused(SignInProblem.WRONG_CODE)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SignInRefused(SignInProblem.TOO_MANY_TRIES)
    _refuse_trouble(troubles.of_status(status), f"HTTP {status}")


def _refuse_trouble(trouble: Trouble, detail: str) -> NoReturn:
    raise SignInRefused(SignInProblem.RELAY_TROUBLE, detail, trouble=trouble)
