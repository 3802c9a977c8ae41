"""A real store in a temporary folder, for tests of what is kept in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cti_desktop.relay.store import Store

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store of its own, closed at the end."""
    store = Store.open(f"sqlite:///{folder / 'relay.db'}")
    try:
        yield store
    finally:
        store.close()
