"""Who may come in: desktops by token, webhooks by a source's secret. `load` it again after changes."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from sqlalchemy import Connection
from starlette.types import Scope

from cti_desktop.relay import asgi
from cti_desktop.relay.credentials import TokenIndex, active_secrets

_TOKEN: Final = "token"  # noqa: S105 - the name of a query parameter
_SIGNATURE: Final = b"x-myoperator-signature"
_LEGACY_TOKEN: Final = b"x-myop-signature"


@dataclass(frozen=True, slots=True)
class Access:
    """All that counts at one moment. `secrets` are bytes, by source; `carried`: those that deliveries had."""

    tokens: TokenIndex = TokenIndex()
    secrets: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    token_ids: frozenset[str] = frozenset()
    carried: set[bytes] = field(default_factory=set, repr=False, compare=False)

    @classmethod
    def load(cls, connection: Connection) -> Self:
        """What the store says now."""
        secrets: dict[str, tuple[bytes, ...]] = {}
        for secret in active_secrets(connection):
            secrets[secret.source] = (*secrets.get(secret.source, ()), secret.secret.encode())
        tokens = TokenIndex.load(connection)
        return cls(tokens, secrets, frozenset(owner.token_id for owner in tokens.by_digest.values()))

    def counts(self, token_id: str) -> bool:
        """Whether the token of that id has not been revoked."""
        return token_id in self.token_ids

    def admits(self, source: str, token_header: bytes, scope: Scope, body: bytes) -> bool:
        """Whether a delivery to `source` carries one of its secrets, or `body` a signature made with one.

        Compares everything with everything in constant time, so that an answer's delay tells nothing.
        """
        headers = dict(reversed(scope["headers"]))  # of several of one name, the first
        tokens = list(_tokens(headers, scope["query_string"], token_header))
        signature = headers.get(_SIGNATURE, b"").removeprefix(b"sha256=").lower()
        admitted = False
        for secret in self.secrets.get(source, ()):
            fits = False
            if signature:  # whether one came is no secret
                expected = hmac.digest(secret, body, "sha256").hex().encode()
                fits |= hmac.compare_digest(expected, signature)
            for token in tokens:
                fits |= hmac.compare_digest(secret, token)
            if fits:  # whoever has the secret may learn so by the clock
                self.carried.add(secret)
                admitted = True
        return admitted


def without_token(query: Mapping[str, str]) -> dict[str, str]:
    """A URL's parameters without the credential among them."""
    return {name: value for name, value in query.items() if name != _TOKEN}


def _tokens(headers: Mapping[bytes, bytes], query_string: bytes, token_header: bytes) -> Iterator[bytes]:
    """Everything in a request that may be a secret as such."""
    for name in (token_header, _LEGACY_TOKEN):
        if value := headers.get(name):
            yield value
    if query_string and (token := asgi.parameters(query_string).get(_TOKEN)):
        yield token.encode()
    scheme, _, credentials = headers.get(b"authorization", b"").partition(b" ")
    match scheme.lower():
        case b"basic":
            yield _password(credentials)
        case b"bearer":
            yield credentials.strip()
        case _:
            pass


def _password(credentials: bytes) -> bytes:
    try:
        return base64.b64decode(credentials.strip(), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""
