"""`POST /renew`: a desktop's token becomes a fresh one, without its agent noticing. Idle tokens end.

The old token counts until the fresh one is shown for the first time: whoever could not keep it loses nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, insert, select, update
from starlette.types import Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.config import RetentionConfig
from cti_desktop.relay.keys import digest, is_token, new_token
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import agents, tokens

USUAL: Final = RetentionConfig()


@dataclass(frozen=True, slots=True)
class Renewed:
    """`token` is None while the one that was shown is young enough; `changed`: others ended or began."""

    token: str | None
    changed: bool


class Renewal:
    """The endpoint."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        issued: Callable[[], Awaitable[None]],
        lives: RetentionConfig = USUAL,
    ) -> None:
        """`issued` is awaited before a fresh token is told, so that it counts by then."""
        self._lives = lives
        self._store = store
        self._clock = clock
        self._issued = issued

    async def __call__(self, scope: Scope, send: Send) -> None:
        """Answer one request."""
        if scope["method"] != "POST":
            await asgi.answer(send, 405, {"error": "POST only"}, [(b"allow", b"POST")])
            return
        token, now = asgi.bearer(scope), self._clock()
        renewed: Renewed | None = None
        try:
            if is_token(token):
                renewed = await self._store.write(lambda conn: renew(conn, token, now, self._lives))
        except StorageError:
            await asgi.answer(send, 503, {"error": "the relay can't write just now: try again"})
            return
        if renewed is None:
            await asgi.answer(send, 401, {"error": "unauthorized"})
            return
        if renewed.changed:
            await self._issued()
        await asgi.answer(send, 200, {"token": renewed.token})


def renew(conn: Connection, token: str, now: datetime, lives: RetentionConfig = USUAL) -> Renewed | None:
    """A fresh token where `token` is old enough; None for one that doesn't count."""
    idle = _end_idle(conn, now, timedelta(days=lives.idle_token_days))
    columns = (tokens.c.id, tokens.c.agent_id, tokens.c.device, tokens.c.created_at)
    mine = (tokens.c.sha256 == digest(token)) & tokens.c.revoked_at.is_(None) & ~agents.c.disabled
    row = conn.execute(
        select(*columns).join(agents, agents.c.id == tokens.c.agent_id).where(mine)
    ).one_or_none()
    if row is None:
        return None
    # It was shown, so it is kept: its predecessor ends. So does a successor that was never shown.
    due = now - row.created_at >= timedelta(days=lives.renew_token_days)
    others = (tokens.c.agent_id == row.agent_id) & (tokens.c.device == row.device) & (tokens.c.id != row.id)
    if not due:
        others &= tokens.c.created_at <= row.created_at
    ended = conn.execute(
        update(tokens).where(others & tokens.c.revoked_at.is_(None)).values(revoked_at=now)
    ).rowcount
    if not due:
        return Renewed(None, changed=bool(ended or idle))
    fresh = new_token()
    values = {"id": f"tok_{uuid.uuid4().hex[:12]}", "agent_id": row.agent_id, "device": row.device}
    conn.execute(insert(tokens).values(**values, sha256=digest(fresh), created_at=now))
    return Renewed(fresh, changed=True)


def _end_idle(conn: Connection, now: datetime, life: timedelta) -> int:
    """Those that nobody showed for so long: a laptop in a drawer, a scripted desktop that was taken down."""
    unseen = func.coalesce(tokens.c.last_seen_at, tokens.c.created_at) < now - life
    return conn.execute(
        update(tokens).where(unseen & tokens.c.revoked_at.is_(None)).values(revoked_at=now)
    ).rowcount
