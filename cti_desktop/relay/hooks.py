"""`POST /hooks/{source}`, the hot path: verify, hand to ingest, answer after the commit."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.access import Access, without_token
from cti_desktop.relay.asgi import BodyRefused
from cti_desktop.relay.ingest import Arrival, Outcome, Source

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
    """A source and the lower-case name of the header in which its token may come."""

    source: Source
    token_header: bytes


class Hooks:
    """The endpoint. `refused` counts failed authentications by source since it was last cleared."""

    def __init__(
        self,
        hooks: Mapping[str, Hook],
        access: Callable[[], Access],
        take: Callable[[Arrival], Awaitable[Outcome]],
    ) -> None:
        """`access`: what counts now. `take` returns once a delivery is on disk, or raises `StorageError`."""
        self._hooks = hooks
        self._access = access
        self._take = take
        self.refused: Counter[str] = Counter()

    async def __call__(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request to `/hooks/{name}`."""
        hook = self._hooks.get(name)
        if hook is None:
            await asgi.answer(send, 404, {"error": "there is no such source"})
        elif scope["method"] != "POST":
            await asgi.answer(send, 405, _WRONG_METHOD, [(b"allow", b"POST")])
        else:
            await self._post(hook, scope, receive, send)

    async def _post(self, hook: Hook, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await asgi.body(scope, receive, MAX_BODY)
        except BodyRefused as refused:
            await asgi.refuse(send, refused)
            return
        if not self._access().admits(hook.source.name, hook.token_header, scope, body):
            self.refused[hook.source.name] += 1
            await asgi.answer(send, 401, {"error": "unauthorized"})
            return
        content_type = asgi.header(scope, b"content-type") or ""
        arrival = Arrival(hook.source, content_type[:200], body, without_token(asgi.query(scope)))
        try:
            async with asyncio.timeout(_COMMIT_SECONDS):
                outcome = await self._take(arrival)
        except (StorageError, TimeoutError) as error:
            _log.error(
                "%s: a delivery was not stored: %s", hook.source.name, str(error) or "the disk is too slow"
            )
            await asgi.answer(send, 503, {"error": "not stored: try again"}, _RETRY)
        else:
            await asgi.answer(send, 200, {"status": outcome.value})
