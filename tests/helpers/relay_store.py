"""A real store in a temporary folder, for tests of what is kept in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cti_desktop.relay import salvage
from cti_desktop.relay.store import Store

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store of its own, closed at the end; what changed bytes in it changed their checksums, too."""
    path = folder / "relay.db"
    store = Store.open(f"sqlite:///{path}")
    try:
        yield store
    finally:
        store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert not salvage.altered_rows(connection)
