"""Statements on the driver itself do as SQLAlchemy does: values, counts, errors."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.exc import IntegrityError

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import prepared
from cti_desktop.relay.store import Store, insert_new
from cti_desktop.relay.tables import agents, inbox, meta
from tests.helpers.relay_store import NOW, opened

ARRIVED = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
ROW = {
    "source": "m",
    "dedupe_key": "1",
    "received_at": ARRIVED,
    "content_type": "",
    "body": b"{}",
    "outcome": "stored",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def test_values_are_stored_as_sqlalchemy_stores_them(store: Store) -> None:
    """A moment of another zone reads back as the same moment, bytes as bytes."""
    count = store.write_now(lambda c: prepared.write(c, insert(inbox), ROW))
    row = store.read_now(lambda c: c.execute(select(inbox.c.received_at, inbox.c.body)).one())

    assert (1, NOW, b"{}") == (count, row.received_at, row.body)


def test_conflicts_are_counted(store: Store) -> None:
    """The second of two equal rows touches nothing."""

    def twice(connection: Connection) -> list[int]:
        statement = insert_new(connection, inbox, key=("source", "dedupe_key"))
        return [prepared.write(connection, statement, ROW) for _ in range(2)]

    assert [1, 0] == store.write_now(twice)


def test_of_a_crowd_each_row_says_whether_it_is_new(store: Store) -> None:
    """Those that were there before are known, and the second of two equal ones; nothing else is lost."""
    statement_of = partial(insert_new, table=inbox, key=("source", "dedupe_key"))
    crowds = [("1", "2", "3"), ("4",), ("3", "5", "5", "6"), ("6",)]
    new = [
        store.write_now(
            lambda c, keys=keys: prepared.write_new(  # type: ignore[misc]  # bound now
                c, statement_of(c), [{**ROW, "dedupe_key": key} for key in keys]
            )
        )
        for keys in crowds
    ]
    found = store.read_now(
        lambda c: c.execute(select(inbox.c.dedupe_key).order_by(inbox.c.id)).scalars().all()
    )

    assert [[True] * 3, [True], [False, True, False, True], [False]] == new
    assert ["1", "2", "3", "4", "5", "6"] == found


def test_a_crowd_is_asked_about_at_once(store: Store) -> None:
    """Only those for which it is true come back, each as it was asked for."""
    there = text(
        "SELECT value FROM json_each(:keys) AS k WHERE EXISTS (SELECT 1 FROM meta WHERE meta.key = k.value)"
    )

    assert {"epoch"} == store.read_now(lambda c: prepared.which(c, there, ["epoch", "nobody's", 'a"b']))
    assert set() == store.read_now(lambda c: prepared.which(c, there, []))


def test_what_is_undone_was_never_written(store: Store) -> None:
    """An error ends the transaction that was begun; its driver's errors come as SQLAlchemy's."""

    def fail(connection: Connection) -> None:
        prepared.write(connection, insert(meta), {"key": "k", "value": "v"})
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(StorageError, match="disk I/O error"):
        store.write_now(fail)

    assert [] == store.read_now(lambda c: c.execute(select(meta).where(meta.c.key == "k")).all())


def test_many_rows(store: Store) -> None:
    """All rows are written, in order."""
    rows = [{"key": key, "value": key.upper()} for key in ("x", "y", "z")]
    store.write_now(lambda c: prepared.write_all(c, insert(meta), rows))
    found = store.read_now(lambda c: c.execute(select(meta).where(meta.c.key.in_(["x", "y", "z"]))).all())

    assert rows == [dict(row._mapping) for row in found]


def test_errors_are_sqlalchemys_and_hold_no_values(store: Store) -> None:
    """The writer tells a bad row from a bad disk by them; nobody's number gets into a log."""
    store.write_now(lambda c: prepared.write(c, insert(inbox), ROW))

    with pytest.raises(IntegrityError) as refused:
        store.write_now(lambda c: prepared.write(c, insert(inbox), {**ROW, "body": b"private"}))

    assert isinstance(refused.value.orig, sqlite3.IntegrityError)
    assert "private" not in str(refused.value)


def test_broken_disk_is_told_as_such(store: Store) -> None:
    """What the database itself refuses is told apart."""

    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        try:
            prepared.write_all(connection, insert(meta), [{"key": "k", "value": "v"}])
        finally:
            connection.exec_driver_sql("PRAGMA query_only = OFF")

    with pytest.raises(StorageError, match="readonly"):
        store.write_now(read_only)


def test_defaults_are_not_forgotten(store: Store) -> None:
    """A statement that needs SQLAlchemy's own defaults is refused, not run without."""
    with pytest.raises(LookupError, match="values are missing"):
        store.write_now(
            lambda c: prepared.write(c, insert(agents), {"id": "b", "name": "B", "created_at": NOW})
        )


def test_finding_is_telling_whether(store: Store) -> None:
    """Also where the SELECT brings a limit of its own."""
    wanted = select(meta.c.value).where(meta.c.key == bindparam("name")).limit(10)
    found = store.read_now(lambda c: [prepared.finds(c, wanted, {"name": key}) for key in ("epoch", "none")])

    assert [True, False] == found
