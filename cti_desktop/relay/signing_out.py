"""`POST /sign-out`: a desktop ends its own token, and with it whatever is connected by it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from starlette.types import Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.credentials import sign_out
from cti_desktop.relay.keys import is_token
from cti_desktop.relay.store import Store

_log: Final = logging.getLogger(__name__)


class SigningOut:
    """The endpoint."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], ended: Callable[[], Awaitable[None]]
    ) -> None:
        """`ended` is awaited before it is told, so that nobody comes in by then."""
        self._store = store
        self._clock = clock
        self._ended = ended

    async def __call__(self, scope: Scope, send: Send) -> None:
        """Answer one request."""
        if scope["method"] != "POST":
            await asgi.answer(send, 405, {"error": "POST only"}, [(b"allow", b"POST")])
            return
        token, now = asgi.bearer(scope), self._clock()
        ids: tuple[str, ...] = ()
        try:
            if is_token(token):
                ids = await self._store.write(lambda conn: sign_out(conn, token, now))
        except StorageError:
            await asgi.answer(send, 503, {"error": "the relay can't write just now: try again"})
            return
        if not ids:
            await asgi.answer(send, 401, {"error": "unauthorized"})
            return
        await self._ended()
        _log.info("signed out: %s", ", ".join(ids))
        await asgi.answer(send, 200, {"signed_out": True})
