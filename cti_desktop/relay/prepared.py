"""Statements compiled once and run on SQLite's driver itself: through SQLAlchemy a run costs ten times that.

For the few statements of the hot path. Elsewhere, and for PostgreSQL, `connection.execute` does.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, cast

import msgspec
from sqlalchemy import Connection, Select, TextClause
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import UpdateBase

from cti_desktop.relay.tables import Moment

Row = Mapping[str, object]
Statement = UpdateBase | Select[Any] | TextClause


@dataclass(frozen=True, slots=True)
class _Prepared:
    """SQL, what picks its values out of a row, and which of them are turned into the driver's, and how.

    `fixed` are the values that the statement itself brings.
    """

    sql: str
    pick: Callable[[Row], tuple[Any, ...]]
    turns: tuple[tuple[int, Callable[[Any], Any]], ...]
    fixed: Row

    def of(self, row: Row) -> Sequence[object]:
        picked = self.pick({**self.fixed, **row} if self.fixed else row)
        if not self.turns:
            return picked
        values = list(picked)
        for place, turn in self.turns:
            values[place] = turn(values[place])
        return values


# Locks at once, not at the first write: nothing comes between what was read and what follows from it.
BEGIN: Final = "BEGIN IMMEDIATE"

_json: Final = msgspec.json.Encoder()
_cache: Final[dict[tuple[Statement, tuple[str, ...]], _Prepared]] = {}
# One for all statements: each has a function of its own that does the same.
_moments: Final[dict[str, Callable[[Any], Any]]] = {}
# SQLAlchemy takes a while to say which driver's connection is behind its own; mostly it is the same again.
_latest: tuple[Callable[[], Connection | None], sqlite3.Connection | None] = (lambda: None, None)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit at the end of the block. SQLAlchemy only takes part where a statement is run through it.

    Its own beginning and commit take as long as storing a delivery does.
    """
    with undone_by_errors(connection):
        begin(connection)
        yield
        commit(connection)


@contextmanager
def undone_by_errors(connection: Connection) -> Iterator[None]:
    """Undo the transaction if the block fails; what the driver raises comes as SQLAlchemy's."""
    try:
        yield
    except BaseException as error:
        connection.rollback()  # nothing, where SQLAlchemy took no part
        driver = _driver(connection)
        if driver is not None and driver.in_transaction:
            driver.rollback()
        if isinstance(error, sqlite3.Error):
            raise _wrapped(connection, "COMMIT", error) from error
        raise


def begin(connection: Connection) -> None:
    """Begin a transaction; `commit` ends it. Both inside of `undone_by_errors`."""
    driver = _driver(connection)
    if driver is None:
        connection.begin()
    else:
        driver.execute(BEGIN).close()


def commit(connection: Connection) -> None:
    """Put what was written since `begin` on the disk. For SQLite, other threads may go on meanwhile."""
    driver = _driver(connection)
    if driver is None or connection.in_transaction():
        connection.commit()
    else:
        driver.commit()


def outside_transactions(connection: Connection, sql: str) -> None:
    """Run what SQLite runs in no transaction. Raises as SQLAlchemy does."""
    driver = _driver(connection)
    if driver is None:
        raise LookupError("for SQLite only")
    _fetched(connection, driver, sql, ())


def changes(connection: Connection) -> int:
    """How many rows were written over this connection; only ever 0 if not in SQLite."""
    driver = _driver(connection)
    return 0 if driver is None else driver.total_changes


def write(connection: Connection, statement: UpdateBase, row: Row) -> int:
    """Run `statement` for one row; how many rows it touched."""
    driver = _driver(connection)
    if driver is None:
        return connection.execute(statement, row).rowcount
    prepared = _prepare(connection, statement, tuple(row))
    try:
        return driver.execute(prepared.sql, prepared.of(row)).rowcount
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared.sql, error) from error


def write_all(connection: Connection, statement: UpdateBase, rows: Sequence[Row]) -> None:
    """Run `statement` for each of some rows of the same columns."""
    driver = _driver(connection)
    if driver is None:
        connection.execute(statement, rows)
    else:
        _write_all(connection, driver, statement, rows)


def write_new(connection: Connection, statement: UpdateBase, rows: Sequence[Row]) -> list[bool]:
    """Run an INSERT that does nothing on conflict for each of some rows; which of them were new."""
    if len(rows) > 1 and (driver := _driver(connection)) is not None:
        driver.execute("SAVEPOINT crowd").close()
        all_new = _write_all(connection, driver, statement, rows) == len(rows)
        driver.execute("RELEASE crowd" if all_new else "ROLLBACK TO crowd").close()
        if all_new:
            return [True] * len(rows)
    return [write(connection, statement, row) == 1 for row in rows]


def which(connection: Connection, statement: TextClause, keys: Sequence[str]) -> Collection[str]:
    """Those of `keys` that `statement` gives back of the JSON list `:keys`; all of them if not in SQLite.

    For asking about a crowd at once: who isn't among them needs no question of their own.
    """
    found = answers(connection, statement, {"keys": _json.encode(keys)})
    return keys if found is None else {key for (key,) in found}


def answers(connection: Connection, statement: TextClause, row: Row) -> list[tuple[Any, ...]] | None:
    """All that `statement` gives; None, and nothing was done, if not in SQLite."""
    driver = _driver(connection)
    if driver is None:
        return None
    prepared = _prepare(connection, statement, tuple(row))
    return _fetched(connection, driver, prepared.sql, prepared.of(row))


def finds(connection: Connection, statement: Select[Any], row: Row) -> bool:
    """Whether `statement` gives any row: cheaper to ask than to read, where there is mostly none."""
    driver = _driver(connection)
    if driver is None:
        return connection.execute(statement, row).first() is not None
    prepared = _prepare(connection, statement, tuple(row))
    return bool(_fetched(connection, driver, prepared.sql, prepared.of(row)))


def _write_all(
    connection: Connection, driver: sqlite3.Connection, statement: UpdateBase, rows: Sequence[Row]
) -> int:
    prepared = _prepare(connection, statement, tuple(rows[0]))
    try:
        return driver.executemany(prepared.sql, map(prepared.of, rows)).rowcount
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared.sql, error) from error


def _fetched(
    connection: Connection, driver: sqlite3.Connection, sql: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    try:
        return driver.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        raise _wrapped(connection, sql, error) from error


def _driver(connection: Connection) -> sqlite3.Connection | None:
    """SQLite's own connection; None for another database."""
    global _latest  # noqa: PLW0603 - a cache
    known, driver = _latest
    if known() is not connection:
        is_ours = connection.dialect.name == "sqlite"
        driver = cast("sqlite3.Connection", connection.connection.driver_connection) if is_ours else None
        _latest = (weakref.ref(connection), driver)
    return driver


def _prepare(connection: Connection, statement: Statement, names: tuple[str, ...]) -> _Prepared:
    found = _cache.get((statement, names))
    if found is None:
        found = _cache[statement, names] = _compiled(connection, statement, names)
    return found


def _compiled(connection: Connection, statement: Statement, names: tuple[str, ...]) -> _Prepared:
    keys = list(names) if isinstance(statement, UpdateBase) else None
    compiled = statement.compile(dialect=connection.dialect, column_keys=keys)
    marks = compiled.positiontup or []
    fixed = {mark: compiled.params[mark] for mark in marks if mark not in names}
    if lacking := [mark for mark, value in fixed.items() if value is None]:
        # A default, which only SQLAlchemy fills in.
        raise LookupError(f"values are missing: {', '.join(sorted(lacking))}")
    turns = cast("Mapping[str, Callable[[Any], Any]]", compiled._bind_processors)  # noqa: SLF001 - as `execute`
    turning = (
        (place, turns[mark], compiled.binds[mark].type) for place, mark in enumerate(marks) if mark in turns
    )
    kept = tuple((place, _remembering(turn, kind)) for place, turn, kind in turning)
    return _Prepared(compiled.string, _picking(marks), kept, fixed)


def _remembering(turn: Callable[[Any], Any], kind: object) -> Callable[[Any], Any]:
    """`turn`; of moments, which are written again and again, with what it made of the latest ones."""
    return _moments.setdefault("turn", lru_cache(64)(turn)) if isinstance(kind, Moment) else turn


def _picking(marks: Sequence[str]) -> Callable[[Row], tuple[Any, ...]]:
    if len(marks) == 1:  # of one name `itemgetter` gives no tuple
        return lambda row: (row[marks[0]],)
    return itemgetter(*marks) if marks else lambda _row: ()


def _wrapped(connection: Connection, sql: str, error: sqlite3.Error) -> BaseException:
    """As SQLAlchemy would raise it; without the values, which may be private."""
    return DBAPIError.instance(sql, None, error, sqlite3.Error, dialect=connection.dialect)
