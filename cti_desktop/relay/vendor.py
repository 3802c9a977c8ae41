"""MyOperator's own API: who its users are, what calls it logged, recordings, and calls it should make.

Every request carries the account's token, which stands in no log and no message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

import httpx

from cti_desktop.core.errors import CtiError
from cti_desktop.core.text import one_line
from cti_desktop.relay.answers import Unreadable, at, decoded
from cti_desktop.relay.named_secrets import secret_of
from cti_desktop.relay.vendor_config import VendorConfig

_PAGE: Final = 100
_SECONDS: Final = 15.0
_MAX_PAGES: Final = 1000
# How an answer with the status 200 says that nothing was done.
_NO: Final = frozenset({"error", "failed", "failure", "fail", "false"})


class VendorError(CtiError):
    """MyOperator refused, or can't be reached. The message says which, and what to do."""

    code = "vendor"


class VendorApi:
    """One account's. Close it with `close`."""

    def __init__(self, config: VendorConfig) -> None:
        """Raises `ConfigError` for a secret that isn't there."""
        self._config = config
        self._token = secret_of(config.token)
        self._api_key, self._secret_token = secret_of(config.api_key), secret_of(config.secret_token)
        self._client = httpx.AsyncClient(follow_redirects=False, timeout=_SECONDS)
        self._in_body = False

    @property
    def can_dial(self) -> bool:
        """Whether everything for click-to-call is configured."""
        return bool(self._api_key and self._config.company_id and self._config.public_ivr_id)

    async def users(self) -> list[Mapping[str, Any]]:
        """The agents, as the panel has them: `uuid name contact_number country_code extension email`."""
        document = await self._get(f"{self._config.url}/user", {"_all": "1"})
        found = at(document, "data")
        return [user for user in found if isinstance(user, Mapping)] if isinstance(found, list) else []

    async def call_log(self, since: datetime, until: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """Every logged call that began between the two, page by page."""
        for page in range(_MAX_PAGES):
            wanted = {
                "from": str(int(since.timestamp())),
                "to": str(int(until.timestamp())),
                "log_from": str(page * _PAGE),
                "page_size": str(_PAGE),
            }
            hits = at(await self._search(wanted), "data.hits")
            rows = hits if isinstance(hits, list) else []
            for hit in rows:
                source = at(hit, "_source")
                if isinstance(source, Mapping):
                    yield source
            if len(rows) < _PAGE:
                return

    async def recording_link(self, file: str) -> str:
        """Where a recording can be heard for 24 hours. Raises `VendorError` where there is none."""
        document = await self._get(f"{self._config.url}/recordings/link", {"file": file})
        for path in ("url", "data.url", "link", "data.link", "data"):
            link = at(document, path)
            if isinstance(link, str) and link.startswith("https://"):
                return link
        raise VendorError("MyOperator has no such recording", code="missing")

    async def dial(self, number: str, reference: str, *, user: str | None, phone: str | None) -> None:
        """Have MyOperator ring the agent (by user id, else by phone) and then the number."""
        if not self.can_dial:
            raise VendorError(
                "click-to-call isn't configured: see [vendor] in relay.toml", code="not_configured"
            )
        # One of both: with two, MyOperator answers 403.
        agent = {"user_id": user} if user else {"number_2": phone or ""}
        body = {
            "company_id": self._config.company_id,
            "secret_token": self._secret_token,
            "type": "1",
            "number": number,
            "public_ivr_id": self._config.public_ivr_id,
            "reference_id": reference,
            **agent,
        }
        headers = {"x-api-key": self._api_key}
        response = await self._send("POST", self._config.dial_url, headers=headers, json=body)
        document = _document(response) if response.content else {}
        if str(at(document, "status")).lower() in _NO:
            why = one_line(at(document, "message") or "it doesn't say why", 200)
            raise VendorError(f"MyOperator doesn't make the call: {why}")

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _get(self, url: str, query: Mapping[str, str]) -> object:
        response = await self._send("GET", url, params={"token": self._token, **query})
        return _document(response)

    async def _search(self, wanted: Mapping[str, str]) -> object:
        """Accounts differ in where they take what is wanted: the query string, or a JSON body."""
        url, everything = f"{self._config.url}/search", {"token": self._token, **wanted}
        if not self._in_body:
            response = await self._send("POST", url, params=everything, accepted=(HTTPStatus.BAD_REQUEST,))
            if response.status_code != HTTPStatus.BAD_REQUEST:
                return _document(response)
            self._in_body = True
        return _document(await self._send("POST", url, json=everything))

    async def _send(
        self,
        method: str,
        url: str,
        *,
        accepted: tuple[int, ...] = (),
        **request: Any,  # noqa: ANN401 - httpx's
    ) -> httpx.Response:
        try:
            response = await self._client.request(method, url, **request)
        except httpx.HTTPError as error:
            raise VendorError(f"MyOperator can't be reached ({type(error).__name__}): try again") from None
        if response.is_success or response.status_code in accepted:
            return response
        if response.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise VendorError(
                "MyOperator refuses the token or key of [vendor]: compare it with the panel", code="auth"
            )
        raise VendorError(f"MyOperator answered {response.status_code}: try again later")


def _document(response: httpx.Response) -> object:
    try:
        return decoded(response.content)
    except Unreadable as error:
        raise VendorError(f"MyOperator said what nobody understands: {error}") from None
