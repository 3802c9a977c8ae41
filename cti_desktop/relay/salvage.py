"""A damaged SQLite file: noticed before it is used, set aside whole, and what it still tells carried over.

The new file has an epoch of its own, so every desktop starts from a snapshot.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import wal

_log: Final = logging.getLogger(__name__)

# Sequences begin anew, so what counts in them is left behind; the schema's revision is the new file's own.
_LEFT: Final = frozenset({"alembic_version", "stream", "cursors"})
# Without these a relay would run and serve nobody.
_VITAL: Final = ("agents", "secrets")
# What is stored beside a checksum of its own.
_SUMMED: Final = {"inbox": "body", "calls": "state", "stream": "body"}
# The file may be sound, only out of reach.
_NO_DAMAGE: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_FULL")

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """What could be read of a table; `whole` if that is all there was."""

    name: str
    columns: tuple[str, ...]
    rows: list[_Row]
    whole: bool


def damage(path: Path) -> str:
    """What is wrong with the file, in words; "" for a sound one, or none. Reads all of it."""
    if not path.exists():
        return ""
    if path.stat().st_size == 0:
        return "the file is empty"
    if fault := wal.damage(path):
        return fault
    try:
        with closing(_untouched(path)) as connection:
            verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            altered = altered_rows(connection)
    except sqlite3.DatabaseError as error:
        harmless = str(getattr(error, "sqlite_errorname", "")).startswith(_NO_DAMAGE)
        return "" if harmless else str(error)
    words = verdict.removeprefix("*** in database main ***").split()
    return altered if words == ["ok"] else " ".join(words)


def altered_rows(connection: sqlite3.Connection) -> str:
    """Which stored bytes are not those that were written, in words; "" for none."""
    connection.create_function("crc32", 1, zlib.crc32, deterministic=True)
    for table, column in _SUMMED.items():
        if "crc" in _columns(connection, table):  # not in a store of an earlier version
            odd = f"SELECT count(*) FROM {table} WHERE crc <> crc32({column})"  # noqa: S608 - ours
            (count,) = connection.execute(odd).fetchone()
            if count:
                return f"what {table} holds is not as it was written, in {count} places"
    return ""


def _untouched(path: Path) -> sqlite3.Connection:
    """To read the file and its log, and leave both as they are."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def renew(path: Path, fault: str, prepare: Callable[[Path], object]) -> Path:
    """Put a new file in place of a damaged one, with all that can still be read; where the old one is now.

    `prepare` makes an empty store. Raises `StorageError`, and leaves everything as it is, where nobody could
    be served from what is left.
    """
    fresh = path.with_name(path.name + ".new")
    _remove(fresh)
    prepare(fresh)
    tables = _carried_over(path, fresh)
    lacking = [t.name for t in tables if t.name in _VITAL and not t.rows]
    if lacking:
        _remove(fresh)
        raise StorageError(
            f"{path} can't be opened: it is damaged ({fault}), and {' and '.join(lacking)} can't be read "
            "from it any more: restore a backup over it, or move it away and begin anew (`cti-relay init`)",
            code="damaged",
        )
    aside = _set_aside(path)
    fresh.replace(path)
    _report(path, fault, aside, tables)
    return aside


def _carried_over(path: Path, fresh: Path) -> list[_Table]:
    with closing(sqlite3.connect(fresh, isolation_level=None)) as new:
        tables = list(_legible(path, new))
        new.execute("BEGIN IMMEDIATE")
        for table in tables:
            names = ", ".join(f'"{name}"' for name in table.columns)
            marks = ", ".join("?" * len(table.columns))
            statement = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - ours
            new.executemany(statement, table.rows)
        for table_name, rowid, *_ in new.execute("PRAGMA foreign_key_check").fetchall():
            new.execute(f'DELETE FROM "{table_name}" WHERE rowid = ?', (rowid,))  # noqa: S608 - ours
        new.execute("UPDATE agents SET floor = head + 1")  # their streams were left behind
        new.execute("COMMIT")
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tables


def _legible(path: Path, new: sqlite3.Connection) -> Iterator[_Table]:
    """Each table of the new file, with the old file's rows."""
    with closing(_untouched(path)) as old:
        old.text_factory = lambda raw: raw.decode(errors="replace")
        for (name,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in _LEFT and not name.startswith("sqlite_"):
                yield _read(old, name, _columns(new, name))


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _read(old: sqlite3.Connection, table: str, wanted: list[str]) -> _Table:
    """The rows from the front up to the damage, and from the back down to it."""
    try:
        there = set(_columns(old, table))
    except sqlite3.DatabaseError:
        there = set()
    columns = tuple(name for name in wanted if name in there)
    if not columns:
        return _Table(table, tuple(wanted), [], whole=False)
    names = ", ".join(f'"{name}"' for name in columns)
    but_epoch = " WHERE key <> 'epoch'" if table == "meta" else ""
    statement = f'SELECT {names} FROM "{table}" NOT INDEXED{but_epoch}'  # noqa: S608 - names of ours
    rows, whole = _until_damage(old, statement)
    if not whole:
        rows += _until_damage(old, f"{statement} ORDER BY rowid DESC")[0]
    sound = _as_written(rows, columns, _SUMMED.get(table))
    return _Table(table, columns, sound, whole and len(sound) == len(rows))


def _as_written(rows: list[_Row], columns: Sequence[str], summed: str | None) -> list[_Row]:
    """Those rows whose bytes are still what their checksum says."""
    if summed is None or "crc" not in columns:
        return rows
    crc, body = columns.index("crc"), columns.index(summed)
    return [
        row
        for row in rows
        if row[crc] is None or (isinstance(row[body], bytes) and row[crc] == zlib.crc32(row[body]))
    ]


def _until_damage(old: sqlite3.Connection, statement: str) -> tuple[list[_Row], bool]:
    rows: list[_Row] = []
    try:
        rows.extend(old.execute(statement))  # keeps what came before an error
    except sqlite3.DatabaseError:
        return rows, False
    return rows, True


def _set_aside(path: Path) -> Path:
    """Keep the damaged file under another name. Until the new one is in place, this one stays."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    try:
        os.link(path, aside)
    except OSError:  # no hard links there
        shutil.copy2(path, aside)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        log.replace(aside.with_name(aside.name + "-wal"))
    for ending in ("-wal", "-shm"):  # they would be played into the new file
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return aside


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def _report(path: Path, fault: str, aside: Path, tables: list[_Table]) -> None:
    kept = ", ".join(f"{len(table.rows)} {table.name}" for table in tables if table.rows)
    partly = ", ".join(table.name for table in tables if not table.whole) or "no table"
    _log.critical(
        "%s was damaged (%s). It is kept as %s, and a new store took over what could be read: %s. "
        "Damaged: %s. Desktops begin from a snapshot; restore a backup if more is missing than you can bear",
        path.name,
        fault,
        aside.name,
        kept,
        partly,
    )
