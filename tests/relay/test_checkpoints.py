"""The write-ahead log is moved into the database after so many rows, and by nobody else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from cti_desktop.relay import prepared
from cti_desktop.relay.checkpoints import Checkpoints
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import meta
from tests.helpers.relay_store import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def fill(store: Store, rows: range) -> None:
    """Write rows."""
    values = [{"key": str(n), "value": "x" * 1000} for n in rows]
    store.write_now(lambda c: prepared.write_all(c, insert(meta), values))


def in_the_database(store: Store) -> int:
    """How many of these rows whoever reads the file without its log finds."""
    path = store.read_now(lambda c: str(c.exec_driver_sql("PRAGMA database_list").one()[2]))
    with closing(sqlite3.connect(f"{Path(path).as_uri()}?immutable=1", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM meta WHERE length(value) = 1000").fetchone()[0])


def test_it_is_due_after_so_many_rows(store: Store) -> None:
    """And then only after as many again."""
    checkpoints = Checkpoints()

    def is_due() -> bool:
        return store.write_now(checkpoints.is_due)

    store.write_now(lambda c: setattr(checkpoints, "_done_at", prepared.changes(c)))
    assert not is_due()
    fill(store, range(2_500))
    assert is_due()
    store.write_now(lambda c: setattr(checkpoints, "_done_at", prepared.changes(c)))
    assert not is_due()


def test_the_store_has_it_done(store: Store) -> None:
    """After many rows, without being asked, and while nothing is lost of what comes then."""
    fill(store, range(100))
    assert 0 == in_the_database(store)
    fill(store, range(100, 2_500))
    for number in range(2_500, 2_600):  # the thread does it when nothing else waits
        fill(store, range(number, number + 1))
        if in_the_database(store) >= 2_500:
            break

    assert 2_500 <= in_the_database(store)
