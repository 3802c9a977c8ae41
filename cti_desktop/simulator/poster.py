"""Posts webhooks as MyOperator does: in any of its body forms and credentials, trying again when asked to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlencode

import httpx

from cti_desktop.simulator.facts import Posted

Pause = Callable[[float], Awaitable[None]]

_ENVELOPE: Final = "myoperator"
_JSON: Final = "application/json"
# MyOperator takes a slower answer for a failure.
_PATIENCE_SECONDS: Final = 5.0
_TRIES: Final = 4
_RETRY_SECONDS: Final = 3.0
_LONGEST_WAIT_SECONDS: Final = 30.0
_AT_ONCE: Final = 20


class BodyForm(Enum):
    """How a body is wrapped; all but the first are the first generation's."""

    BARE = "bare"
    WRAPPED = "wrapped"
    STRING = "string"
    FORM = "form"


class CredentialKind(Enum):
    """Where the secret goes."""

    HEADER = "header"
    BASIC = "basic"
    QUERY = "query"
    HMAC = "hmac"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The webhook's secret, and how it is shown."""

    token: str = field(repr=False)
    kind: CredentialKind = CredentialKind.HEADER

    def headers(self, body: bytes) -> dict[str, str]:
        """The headers that prove who sends `body`."""
        if self.kind is CredentialKind.HEADER:
            return {"X-Webhook-Token": self.token}
        if self.kind is CredentialKind.HMAC:
            signature = hmac.new(self.token.encode(), body, hashlib.sha256).hexdigest()
            return {"X-MyOperator-Signature": signature}
        return {}

    @property
    def auth(self) -> httpx.Auth:
        """The secret as a password, or nothing."""
        return (
            httpx.BasicAuth("myoperator", self.token) if self.kind is CredentialKind.BASIC else httpx.Auth()
        )

    @property
    def query(self) -> dict[str, str]:
        """The secret as a parameter."""
        return {"token": self.token} if self.kind is CredentialKind.QUERY else {}


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a post went: the last HTTP status (None: no answer), what it said, and the count of tries."""

    status: int | None
    said: str
    tries: int

    @property
    def accepted(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - a class of HTTP statuses


def encoded(body: Mapping[str, object], form: BodyForm) -> tuple[bytes, str]:
    """`body` in that form, and its content type."""
    plain = json.dumps(body, ensure_ascii=False)
    match form:
        case BodyForm.BARE:
            return plain.encode(), _JSON
        case BodyForm.WRAPPED:
            return json.dumps({_ENVELOPE: body}, ensure_ascii=False).encode(), _JSON
        case BodyForm.STRING:
            return json.dumps({_ENVELOPE: plain}, ensure_ascii=False).encode(), _JSON
        case BodyForm.FORM:
            return urlencode({_ENVELOPE: plain}).encode(), "application/x-www-form-urlencoded"


class Poster:
    """Posts to one URL. Use it as an async context manager."""

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        *,
        form: BodyForm = BodyForm.BARE,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._form = form
        self._pause = pause
        self._client = httpx.AsyncClient(
            timeout=_PATIENCE_SECONDS, limits=httpx.Limits(max_connections=_AT_ONCE), trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def post(self, posted: Posted) -> Receipt:
        """Send it, and again while the receiver is out or asks for patience. A failure doesn't raise."""
        body, content_type = encoded(posted.body, self._form)
        tries = 0
        while True:
            tries += 1
            answer = await self._try(body, content_type)
            receipt = _receipt(answer, tries)
            if tries == _TRIES or not _is_worth_another(receipt):
                return receipt
            await self._pause(_wait_seconds(answer))

    async def _try(self, body: bytes, content_type: str) -> httpx.Response | None:
        try:
            return await self._client.post(
                self._url,
                content=body,
                headers={"content-type": content_type} | self._credentials.headers(body),
                params=self._credentials.query or None,
                auth=self._credentials.auth,
            )
        except httpx.TransportError:
            return None


def _receipt(answer: httpx.Response | None, tries: int) -> Receipt:
    if answer is None:
        return Receipt(None, "no answer", tries)
    try:
        said = answer.json()
    except ValueError:
        said = None
    status = said.get("status") if isinstance(said, dict) else None
    return Receipt(answer.status_code, str(status or answer.reason_phrase), tries)


def _is_worth_another(receipt: Receipt) -> bool:
    return receipt.status is None or receipt.status >= httpx.codes.INTERNAL_SERVER_ERROR


def _wait_seconds(answer: httpx.Response | None) -> float:
    asked = answer.headers.get("retry-after", "") if answer else ""
    return min(float(asked), _LONGEST_WAIT_SECONDS) if asked.isdecimal() else _RETRY_SECONDS
