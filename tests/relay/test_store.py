"""The store: opened, migrated, private, one writer and many readers."""

import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.store import Store, insert, insert_new, upsert
from cti_desktop.relay.tables import meta, metadata
from tests.helpers.relay_store import opened


def put(key: str, value: str) -> Any:  # noqa: ANN401 - a job
    """A job that writes one row."""

    def run(connection: Connection) -> None:
        connection.execute(
            upsert(connection, meta, key=("key",), replaced=("value",)), {"key": key, "value": value}
        )

    return run


def get(key: str) -> Any:  # noqa: ANN401 - a job
    """A job that reads one row."""
    return lambda connection: connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()


def test_schema_is_what_the_tables_say(tmp_path: Path) -> None:
    """The revisions and `tables` agree."""
    with opened(tmp_path) as store:
        differences = store.read_now(lambda c: compare_metadata(MigrationContext.configure(c), metadata))

    assert [] == differences


def test_epoch_lasts_as_long_as_the_file(tmp_path: Path) -> None:
    """Opening again is the same life, another file another one."""
    with opened(tmp_path) as store:
        first = store.epoch
    with opened(tmp_path) as store:
        again = store.epoch
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other") as store:
        other = store.epoch

    assert first == again != other


def test_what_is_written_is_read_and_lasts(tmp_path: Path) -> None:
    """A committed row is seen by readers, and after reopening."""
    with opened(tmp_path) as store:
        store.write_now(put("a", "1"))
        store.write_now(put("a", "2"))
        assert "2" == store.read_now(get("a"))
    with opened(tmp_path) as store:
        assert "2" == store.read_now(get("a"))


async def test_asynchronous_doors(tmp_path: Path) -> None:
    """`write` and `read` do the same from an event loop."""
    with opened(tmp_path) as store:
        told: list[None] = []
        await store.write(put("a", "1"), then=told.append)

        assert "1" == await store.read(get("a"))
        assert [None] == told


def test_pragmas_that_the_contract_rests_on(tmp_path: Path) -> None:
    """WAL, a flush per commit, foreign keys; readers can't write."""
    names = ("journal_mode", "synchronous", "foreign_keys")
    with opened(tmp_path) as store:
        found = store.write_now(lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names])
        with pytest.raises(StorageError):
            store.read_now(lambda c: c.exec_driver_sql("DELETE FROM meta"))

    assert ["wal", 2, 1] == found


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_file_is_private(tmp_path: Path) -> None:
    """Nobody else on the machine reads it, nor what SQLite lays beside it."""
    with opened(tmp_path) as store:
        store.write_now(put("a", "1"))
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}

    assert {"relay.db", "relay.db-wal", "relay.db-shm", "relay.db.lock"} == set(modes)
    assert {0o600} == set(modes.values())


def test_second_process_stays_out(tmp_path: Path) -> None:
    """An open store is in use; a closed one isn't."""
    with opened(tmp_path), pytest.raises(StorageError) as refused, opened(tmp_path):
        pass
    with opened(tmp_path):
        pass

    assert "in_use" == refused.value.code


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "nonsense", "what://ever", "postgresql+nope://x"]
)
def test_useless_urls(url: str) -> None:
    """A URL that names no database that we can keep is refused in words."""
    with pytest.raises(StorageError):
        Store.open(url)


def test_file_that_is_no_database(tmp_path: Path) -> None:
    """Garbage is named as such, never overwritten, and the lock is let go."""
    garbage = b"not a database, but somebody's thesis" * 100
    (tmp_path / "relay.db").write_bytes(garbage)
    for _ in range(2):
        with pytest.raises(StorageError, match="can't be opened"), opened(tmp_path):
            pass

    assert garbage == (tmp_path / "relay.db").read_bytes()


def test_folder_that_is_missing(tmp_path: Path) -> None:
    """Where no file can be made, that is said."""
    with pytest.raises(StorageError), opened(tmp_path / "nowhere"):
        pass


def test_store_of_a_newer_relay(tmp_path: Path) -> None:
    """A schema that only a newer relay knows is left alone."""
    with opened(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "relay.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StorageError) as refused, opened(tmp_path):
        pass

    assert "newer" == refused.value.code


def test_rollback_tells_those_who_cache(tmp_path: Path) -> None:
    """A failed job makes them forget."""
    forgotten: list[bool] = []

    def fail(_connection: Connection) -> None:
        raise KeyError

    with opened(tmp_path) as store:
        store.on_rollback(lambda: forgotten.append(True))
        with pytest.raises(KeyError):
            store.write_now(fail)

    assert [True] == forgotten


def test_insert_new_tells_whether_it_was(tmp_path: Path) -> None:
    """The first one wins, and the row count says so."""
    row = {"key": "k", "value": "v"}
    with opened(tmp_path) as store:
        counts = [
            store.write_now(lambda c: c.execute(insert_new(c, meta, key=("key",)), row).rowcount)
            for _ in range(2)
        ]

    assert [1, 0] == counts


def test_statements_are_built_once(tmp_path: Path) -> None:
    """Building is the costly part."""
    with opened(tmp_path) as store:
        once, twice = (
            store.write_now(lambda c: upsert(c, meta, key=("key",), replaced=("value",))) for _ in "ab"
        )
        fresh = store.write_now(lambda c: insert(c, meta))

    assert once is twice
    assert "sqlite" in type(fresh).__module__


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    """As it happens when a start fails half-way."""
    with opened(tmp_path) as store:
        store.close()
