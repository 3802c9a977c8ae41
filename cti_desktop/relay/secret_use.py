"""When a webhook last carried each secret, to within a round: by that a rotation is known to be finished."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.relay.access import Access
from cti_desktop.relay.credentials import active_secrets
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import meta

_USED: Final = "secret-used:"


@dataclass(frozen=True, slots=True)
class SecretUse:
    """Takes down which secrets were carried since the last time."""

    store: Store
    access: Callable[[], Access]
    clock: Callable[[], datetime]

    async def chore(self) -> None:
        """One round. Raises `StorageError`."""
        carried, now = self.access().carried, self.clock()
        if taken := frozenset(carried):
            await self.store.write(lambda c: note(c, taken, now))
            carried -= taken


def note(conn: Connection, carried: Collection[bytes], now: datetime) -> None:
    """Deliveries came with these."""
    statement = upsert(conn, meta, key=("key",), replaced=("value",))
    for secret in active_secrets(conn):
        if secret.secret.encode() in carried:
            conn.execute(statement, {"key": _USED + secret.id, "value": now.isoformat()})


def last_uses(conn: Connection) -> dict[str, datetime]:
    """By the secret's id; what was never carried is missing."""
    rows = conn.execute(select(meta).where(meta.c.key.startswith(_USED, autoescape=True)))
    return {row.key.removeprefix(_USED): datetime.fromisoformat(row.value) for row in rows}


def warning(conn: Connection, secret_id: str) -> str | None:
    """What to say of retiring a secret that the provider uses, and none of its source's others since.

    No reason to refuse: what was carried within the latest round isn't taken down yet.
    """
    used, active = last_uses(conn), active_secrets(conn)
    source = next((secret.source for secret in active if secret.id == secret_id), None)
    others = [secret.id for secret in active if secret.source == source and secret.id != secret_id]
    if (
        secret_id not in used
        or not others
        or any(used[id_] > used[secret_id] for id_ in others if id_ in used)
    ):
        return None
    return (
        f"until some seconds ago webhooks of {source} carried {secret_id}, and none since carried "
        f"{' or '.join(others)}: those that still do are refused from now on, and their calls are lost. "
        f"Put the newer one into the provider's panel at once, and make a test call"
    )
