"""Asks a directory that speaks HTTP: one request to a checked address, no redirects, a bounded answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import httpx
import phonenumbers

from cti_desktop.core.errors import CtiError
from cti_desktop.core.events import Contact
from cti_desktop.relay import address_guard
from cti_desktop.relay.answers import Unreadable, contact_of, decoded
from cti_desktop.relay.lookup_sources import HttpLookup
from cti_desktop.relay.named_secrets import secret_of

_MAX_ANSWER: Final = 64 * 1024
_NOBODY: Final = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND})


class NotAnswered(CtiError):
    """The directory gave no answer that counts; the message says why, without the number or a secret."""

    code = "not_answered"


class HttpDirectory:
    """One source. `ask` may run several times at once."""

    def __init__(self, source: HttpLookup, region: str) -> None:
        """Raises `ConfigError` for a secret that isn't there."""
        self.source = source
        self._region = region
        self._template = source.template()
        secret = secret_of(source.secret)
        self._headers = {name: text.replace("{secret}", secret) for name, text in source.headers.items()}
        self._client = httpx.AsyncClient(
            follow_redirects=False, trust_env=False, timeout=httpx.Timeout(source.timeout_seconds)
        )

    async def ask(self, number: str) -> Contact | None:
        """Who has the number; None for nobody. Raises `NotAnswered`."""
        values = spellings(number)
        address = self._template.filled(values)
        if address is None:
            raise NotAnswered("the number does not fit into the address")
        try:
            raw = await self._fetch(address, values)
            document = decoded(raw) if raw is not None else None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, address_guard.Forbidden, Unreadable) as error:
            raise NotAnswered(_why(error)) from None
        if document is None:
            return None
        return contact_of(document, self.source.read, self.source.name, number, self._region)

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()

    async def _fetch(self, address: str, values: dict[str, str]) -> bytes | None:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        checked = await address_guard.resolved(host, port, self.source.allow)
        literal = f"[{checked}]" if ":" in checked else checked
        # To the address that was checked: a second look at the name could give another one.
        pinned = urlunsplit((parts.scheme, f"{literal}:{port}", parts.path, parts.query, ""))
        body = self.source.body
        for name, text in values.items():
            body = body.replace(f"{{{name}}}", text)
        request = self._client.build_request(
            self.source.method,
            pinned,
            headers={"Accept-Encoding": "identity", **self._headers, "Host": parts.netloc},
            content=body.encode() or None,
            extensions={"sni_hostname": host},
        )
        response = await self._client.send(request, stream=True)
        try:
            return await _read(response)
        finally:
            await response.aclose()


async def _read(response: httpx.Response) -> bytes | None:
    if response.status_code in _NOBODY:
        return None
    if response.status_code != HTTPStatus.OK:
        raise NotAnswered(f"it answered {response.status_code}")
    too_long = NotAnswered(f"its answer is over {_MAX_ANSWER // 1024} KiB")
    if int(response.headers.get("content-length", "0")) > _MAX_ANSWER:
        raise too_long
    raw = b""
    async for chunk in response.aiter_raw():  # as it came: nothing is unpacked
        raw += chunk
        if len(raw) > _MAX_ANSWER:
            raise too_long
    return raw or None


def spellings(number: str) -> dict[str, str]:
    """An E.164 number in the ways in which directories keep it."""
    national = str(phonenumbers.parse(number).national_number)
    return {"number": number, "digits": number.removeprefix("+"), "national": national}


def _why(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it took too long"
    if isinstance(error, address_guard.Forbidden | Unreadable):
        return str(error)
    return f"it can't be reached ({type(error).__name__})"
