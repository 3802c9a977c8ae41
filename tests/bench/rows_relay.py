"""The bare relay with the rows that ours keeps: what is possible at best with this schema. Still no calls.

What ours needs beyond it is the reading and the work; what it needs beyond `bare_relay`, SQLite needs.
"""

import itertools
import sqlite3
import sys
from datetime import UTC, datetime

import uvloop

from cti_desktop.relay.store import Store
from tests.bench import bare_relay

# As large as ours: a call as JSON, and the event that a card is made from.
STATE, EVENT = b"x" * 420, b"y" * 560
AGENTS = 100
_INBOX = """
    INSERT INTO inbox (source, dedupe_key, kind, received_at, content_type, body, crc, outcome, call_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_CALLS = """
    INSERT INTO calls (id, provider, state, crc, updated_at, open, deadline)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state
"""
_STREAM = """
    INSERT INTO stream (agent_id, seq, call_id, received_at, body, crc) VALUES (?, ?, ?, ?, ?, ?)
"""
_HEADS = "UPDATE agents SET head = ? WHERE id = ?"


def prepared(path: str) -> sqlite3.Connection:
    """Our own schema, with agents."""
    Store.open(f"sqlite:///{path}").close()
    database = sqlite3.connect(path)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"):
        database.execute(statement)
    with database:
        rows = [(f"agt_{number:012d}", f"Agent {number}", "2026-01-01") for number in range(AGENTS)]
        database.executemany("INSERT INTO agents (id, name, created_at) VALUES (?, ?, ?)", rows)
    return database


class Connection(bare_relay.Connection):
    """One desktop, or one line of the provider."""

    numbers = itertools.count()

    def store(self, database: sqlite3.Connection, bodies: list[bytes]) -> None:
        """What ours writes for so many deliveries, each of a new call, each with one event."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        told = [
            (n, f"agt_{n % AGENTS:012d}", f"rows-{n}", body)
            for n, body in zip(self.numbers, bodies, strict=False)
        ]
        kind, json = "call.dial_begin", "application/json"
        inbox = [
            ("rows", f"v2:{call}", kind, now, json, body, 0, "stored", call) for _, _, call, body in told
        ]
        calls = [(call, "rows", STATE, 0, now, 1, now) for _, _, call, _ in told]
        stream = [(agent, 1 + n // AGENTS, call, now, EVENT, 0) for n, agent, call, _ in told]
        heads = [(1 + n // AGENTS, agent) for n, agent, _, _ in told]
        for statement, rows in ((_INBOX, inbox), (_CALLS, calls), (_STREAM, stream), (_HEADS, heads)):
            database.executemany(statement, rows)


if __name__ == "__main__":
    uvloop.run(bare_relay.main(prepared(sys.argv[1]), int(sys.argv[2]), Connection))
