"""`POST /hooks/{source}`, the hot path: verify, hand to ingest, answer after the commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.access import Access, without_token
from cti_desktop.relay.asgi import BodyRefused
from cti_desktop.relay.disk_guard import DiskGuard, Room
from cti_desktop.relay.ingest import Arrival, Outcome, Source
from cti_desktop.relay.metrics import Metrics
from cti_desktop.relay.proxies import Network, contains
from cti_desktop.relay.turned_away import TurnedAway

_log: Final = logging.getLogger(__name__)

MAX_BODY: Final = 256 * 1024
# Later than 5 s counts as a failure there; the provider tries again, and the dedupe key sees to the rest.
_COMMIT_SECONDS: Final = 4.0
_RETRY: Final = [(b"retry-after", b"5")]
_WRONG_METHOD: Final = {
    "error": "this address takes POST only",
    "mend": "In MyOperator's panel, edit this webhook: set the method to POST and the format to JSON.",
}


@dataclass(frozen=True, slots=True)
class Hook:
    """A source, the lower-case name of the header in which its token may come, and from where it may come.

    No `allowed` addresses: from anywhere. Others are let in all the same unless `strict`, but not unnoticed.
    """

    source: Source
    token_header: bytes
    allowed: tuple[Network, ...] = ()
    strict: bool = False


class Hooks:
    """The endpoint. `turned_away` is told of everybody who isn't let in."""

    def __init__(
        self,
        hooks: Mapping[str, Hook],
        access: Callable[[], Access],
        take: Callable[[Arrival], Awaitable[Outcome]],
        disk: DiskGuard | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        """`access`: what counts now. `take` returns once a delivery is on disk, or raises `StorageError`."""
        self._hooks = hooks
        self._access = access
        self._take = take
        self._disk = disk or DiskGuard(None)
        self._metrics = metrics or Metrics()
        self.turned_away = TurnedAway()

    @property
    def refused(self) -> TurnedAway:
        """Who failed to authenticate, to be taken and reported."""
        return self.turned_away

    async def __call__(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request to `/hooks/{name}`."""
        hook = self._hooks.get(name)
        if hook is None:
            await asgi.answer(send, 404, {"error": "there is no such source"})
        elif scope["method"] != "POST":
            await asgi.answer(send, 405, _WRONG_METHOD, [(b"allow", b"POST")])
        elif not self._comes_from_where_it_may(hook, asgi.client(scope)):
            self._count(hook, "stranger")
            await asgi.answer(send, 403, {"error": "not from this address"}, [(b"connection", b"close")])
        else:
            await self._post(hook, scope, receive, send)

    def _comes_from_where_it_may(self, hook: Hook, address: str) -> bool:
        if not hook.allowed or contains(hook.allowed, address):
            return True
        self.turned_away.stranger(hook.source.name, address, let_in=not hook.strict)
        return not hook.strict

    async def _post(self, hook: Hook, scope: Scope, receive: Receive, send: Send) -> None:
        began = self._metrics.monotonic()
        try:
            body = await asgi.body(scope, receive, MAX_BODY)
        except BodyRefused as refused:
            await asgi.refuse(send, refused)
            return
        if not self._access().admits(hook.source.name, hook.token_header, scope, body):
            secrets = self._access().secrets.get(hook.source.name, ())
            self.turned_away.wrong_secret(hook.source.name, secrets, asgi.client(scope))
            self._count(hook, "refused")
            await asgi.answer(send, 401, {"error": "unauthorized"})
            return
        if self._disk.room is Room.FULL:
            self._count(hook, "unavailable")
            await asgi.answer(send, 503, {"error": "the disk is full: try again"}, _RETRY)
            return
        content_type = asgi.header(scope, b"content-type") or ""
        arrival = Arrival(hook.source, content_type[:200], body, without_token(asgi.query(scope)), began)
        try:
            async with asyncio.timeout(_COMMIT_SECONDS):
                outcome = await self._take(arrival)
        except (StorageError, TimeoutError) as error:
            _log.error(
                "%s: a delivery was not stored: %s", hook.source.name, str(error) or "the disk is too slow"
            )
            self._count(hook, "unavailable")
            await asgi.answer(send, 503, {"error": "not stored: try again"}, _RETRY)
        else:
            await asgi.answer(send, 200, {"status": outcome.value})

    def _count(self, hook: Hook, outcome: str) -> None:
        name = hook.source.name
        self._metrics.turned_away(name, outcome, self.turned_away.since_rotation[name])
