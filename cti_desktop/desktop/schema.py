"""The tables of the desktop's store, version by version."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop import history

OWNED: Final = ("calls", "outbox", "delivered", "errands")
# Whose each row is: what was there before gets its agent when the file is opened.
_OWNERS: Final = "".join(
    f"""
    CREATE TABLE {table}_of (position INTEGER PRIMARY KEY, agent TEXT NOT NULL, id TEXT NOT NULL,
                             body BLOB NOT NULL, UNIQUE (agent, id));
    INSERT INTO {table}_of SELECT position, '', id, body FROM {table};
    DROP TABLE {table};
    ALTER TABLE {table}_of RENAME TO {table};
    """  # noqa: S608 - our own names
    for table in OWNED
)
_AGENTS: Final = """
    CREATE TABLE agents (agent TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', cursor BLOB) WITHOUT ROWID;
    INSERT INTO agents (agent, cursor) SELECT '', body FROM meta WHERE key = 'cursor';
    DELETE FROM meta WHERE key = 'cursor';
    """
# Each brings a file from the version of its index to the next; never edit one that was released.
MIGRATIONS: Final = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE calls (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
    CREATE TABLE outbox (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
    """,
    """
    CREATE TABLE delivered (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
    """,
    history.SCHEMA,
    """
    CREATE TABLE errands (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
    """,
    f"{_OWNERS}{history.OWNERS}{_AGENTS}",
)
