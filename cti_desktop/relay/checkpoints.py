"""When SQLite's write-ahead log is moved into the database: between deliveries, by the writing thread.

Left to itself, SQLite does it within the commit of whichever delivery comes just then, and that one waits.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from cti_desktop.relay import prepared

# A delivery writes four rows, and alone some ten pages.
_ROWS: Final = 2_000
# So many pages are too many, whoever waits: bodies may be large.
LIMIT_PAGES: Final = 8_000


class Checkpoints:
    """What the writer asks after each commit, of the one connection that may do it."""

    def __init__(self) -> None:
        self._done_at = 0

    def is_due(self, connection: Connection) -> bool:
        """Whether the log has grown long."""
        return prepared.changes(connection) - self._done_at >= _ROWS

    def do(self, connection: Connection) -> None:
        """Move it, as far as no reader needs it. Raises as SQLAlchemy does."""
        self._done_at = prepared.changes(connection)
        prepared.outside_transactions(connection, "PRAGMA wal_checkpoint(PASSIVE)")
