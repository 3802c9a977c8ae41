"""How far each device has come, when each token was last seen. Written lazily: losing some costs a replay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import cursors, tokens

_Moved = dict[tuple[str, str], tuple[int, datetime]]


@dataclass(slots=True)
class Cursors:
    """Collects on the event loop; `flush` writes."""

    _moved: _Moved = field(default_factory=dict)
    _seen: dict[str, datetime] = field(default_factory=dict)

    def moved(self, agent_id: str, device: str, seq: int, now: datetime) -> None:
        """The device has committed everything up to `seq`."""
        self._moved[agent_id, device] = (seq, now)

    def seen(self, token_id: str, now: datetime) -> None:
        """Somebody came in with this token."""
        self._seen[token_id] = now

    async def flush(self, store: Store) -> None:
        """Write what has been collected. Raises `StorageError`; then that much is forgotten."""
        moved, self._moved = self._moved, {}
        seen, self._seen = self._seen, {}
        if moved or seen:
            await store.write(lambda connection: _write(connection, moved, seen))


def _write(connection: Connection, moved: _Moved, seen: dict[str, datetime]) -> None:
    if moved:
        statement = upsert(connection, cursors, key=("agent_id", "device"), replaced=("seq", "updated_at"))
        rows = [
            {"agent_id": agent_id, "device": device, "seq": seq, "updated_at": at}
            for (agent_id, device), (seq, at) in moved.items()
        ]
        connection.execute(statement, rows)
    if seen:
        last_seen = (
            update(tokens).where(tokens.c.id == bindparam("token")).values(last_seen_at=bindparam("at"))
        )
        connection.execute(last_seen, [{"token": token, "at": at} for token, at in seen.items()])
