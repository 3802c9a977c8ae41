"""Statements compiled once and run on SQLite's driver itself: through SQLAlchemy a run costs ten times that.

For the few statements of the hot path. Elsewhere, and for PostgreSQL, `connection.execute` does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import Connection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import UpdateBase

from cti_desktop.relay.tables import Moment

Row = Mapping[str, object]
Statement = UpdateBase | Select[Any]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """SQL, and for each of its marks the name of the value and what turns it into the driver's.

    `fixed` are the values that the statement itself brings.
    """

    sql: str
    values: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    fixed: Row

    def of(self, row: Row) -> tuple[object, ...]:
        if self.fixed:
            row = {**self.fixed, **row}
        return tuple(row[name] if turn is None else turn(row[name]) for name, turn in self.values)


_cache: Final[dict[tuple[Statement, tuple[str, ...]], _Prepared]] = {}


def write(connection: Connection, statement: UpdateBase, row: Row) -> int:
    """Run `statement` for one row; how many rows it touched."""
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, row).rowcount
    prepared = _prepare(connection, statement, tuple(row))
    try:
        return _driver(connection).execute(prepared.sql, prepared.of(row)).rowcount
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared, error) from error


def write_all(connection: Connection, statement: UpdateBase, rows: Sequence[Row]) -> None:
    """Run `statement` for each of some rows of the same columns."""
    if connection.dialect.name != "sqlite":
        connection.execute(statement, rows)
        return
    prepared = _prepare(connection, statement, tuple(rows[0]))
    try:
        _driver(connection).executemany(prepared.sql, map(prepared.of, rows))
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared, error) from error


def returned(connection: Connection, statement: UpdateBase, row: Row) -> int:
    """Run `statement` and give the one number that it returns."""
    if connection.dialect.name != "sqlite":
        return int(connection.execute(statement, row).scalar_one())
    prepared = _prepare(connection, statement, tuple(row))
    try:
        [[number]] = _driver(connection).execute(prepared.sql, prepared.of(row)).fetchall()
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared, error) from error
    return int(number)


def finds(connection: Connection, statement: Select[Any], row: Row) -> bool:
    """Whether `statement` gives any row: cheaper to ask than to read, where there is mostly none."""
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, row).first() is not None
    prepared = _prepare(connection, statement, tuple(row))
    try:
        found = _driver(connection).execute(prepared.sql, prepared.of(row))
        first = found.fetchone()
        found.close()
    except sqlite3.Error as error:
        raise _wrapped(connection, prepared, error) from error
    return first is not None


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _prepare(connection: Connection, statement: Statement, names: tuple[str, ...]) -> _Prepared:
    found = _cache.get((statement, names))
    if found is None:
        found = _cache[statement, names] = _compiled(connection, statement, names)
    return found


def _compiled(connection: Connection, statement: Statement, names: tuple[str, ...]) -> _Prepared:
    keys = None if isinstance(statement, Select) else list(names)
    compiled = statement.compile(dialect=connection.dialect, column_keys=keys)
    marks = compiled.positiontup or []
    fixed = {mark: compiled.params[mark] for mark in marks if mark not in names}
    if lacking := [mark for mark, value in fixed.items() if value is None]:
        # A default, which only SQLAlchemy fills in.
        raise LookupError(f"values are missing: {', '.join(sorted(lacking))}")
    turns = cast("Mapping[str, Callable[[Any], Any]]", compiled._bind_processors)  # noqa: SLF001 - as `execute`
    # Of many rows the moment is mostly the same.
    remembered = {
        mark: lru_cache(8)(turn) if isinstance(compiled.binds[mark].type, Moment) else turn
        for mark, turn in turns.items()
    }
    return _Prepared(compiled.string, tuple((mark, remembered.get(mark)) for mark in marks), fixed)


def _wrapped(connection: Connection, prepared: _Prepared, error: sqlite3.Error) -> BaseException:
    """As SQLAlchemy would raise it; without the values, which may be private."""
    return DBAPIError.instance(prepared.sql, None, error, sqlite3.Error, dialect=connection.dialect)
