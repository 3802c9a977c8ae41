"""The desktop's SQLite file: cursor, calls with their drafts, outbox. Blocking, and for one thread at a time.

A commit that returned is on the disk (WAL, synchronous=FULL). The file is locked for one process while open.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import StorageError
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop import history
from cti_desktop.desktop.changes import Changes, Delivered, Memory, Team
from cti_desktop.desktop.history import History
from cti_desktop.desktop.screen import OutboxItem
from cti_desktop.wire.desktop_link import Cursor

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
)
LOCK_SECONDS: Final = 2.0
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_CODES: Final = {
    sqlite3.SQLITE_BUSY: "in_use",
    sqlite3.SQLITE_LOCKED: "in_use",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_IOERR: "io",
}
T = TypeVar("T")
_Row = MyCall | OutboxItem | Delivered | Errand


@dataclass(slots=True)
class Store:
    """An open file. `set_aside` is where a damaged predecessor was moved to, if there was one."""

    _db: sqlite3.Connection
    set_aside: Path | None = None
    _history: History = field(init=False)

    @classmethod
    def open(cls, path: Path, patience: float = LOCK_SECONDS) -> Self:
        """Open or make the file; a damaged one is set aside and a new one begun.

        Raises `StorageError`: `in_use` by another process, `newer` than this version, or the disk's fault.
        `patience` is in seconds, for a process that is just ending.
        """
        try:
            return cls._opened(path, patience)
        except StorageError as error:
            if error.code != "corrupt":
                raise
        aside = _set_aside(path)
        store = cls._opened(path, patience)
        store.set_aside = aside
        return store

    @classmethod
    def _opened(cls, path: Path, patience: float) -> Self:
        store = cls(_connect(path, patience))
        try:
            with _storage_errors("open"):
                _prepare(store._db)
                store._take_up_history()
            store.load()  # rows that make no sense are damage like any other
        except StorageError:
            store.close()
            raise
        return store

    def load(self) -> Memory:
        """All that is remembered. Raises `StorageError`."""
        with _storage_errors("read"):
            meta = dict(self._db.execute("SELECT key, body FROM meta").fetchall())
            return Memory(
                device=_decode(meta["device"], str),
                cursor=_decode(meta["cursor"], Cursor) if "cursor" in meta else Cursor(),
                team=_decode(meta["team"], Team) if "team" in meta else None,
                calls=tuple(_decode(body, MyCall) for body in self._bodies("calls")),
                outbox=tuple(_decode(body, OutboxItem) for body in self._bodies("outbox")),
                delivered=tuple(_decode(body, Delivered) for body in self._bodies("delivered")),
                errands=tuple(_decode(body, Errand) for body in self._bodies("errands")),
            )

    def commit(self, changes: Changes) -> None:
        """Write all of `changes`, or nothing. Raises `StorageError`."""
        with _storage_errors("write"), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._put_meta("cursor", changes.cursor)
            self._put_meta("team", changes.team)
            self._put_rows("calls", changes.calls)
            self._put_rows("outbox", changes.outbox)
            self._put_rows("delivered", changes.delivered)
            self._put_rows("errands", changes.errands)
            if changes.forget_before is not None:
                self._history.forget_before(changes.forget_before)
            self._history.put(call for call in changes.calls.values() if call is not None)

    def total(self) -> int:
        """How many calls can be found. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.total()

    def latest(self, first: int, count: int) -> list[MyCall]:
        """So many of all calls, newest first, after the `first` newest. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.latest(first, count)

    def find(self, text: str = "", number: str = "") -> array[int]:
        """Where the calls with `text`, or of this caller, are: newest first. Raises `StorageError`."""
        with _storage_errors("search"):
            return self._history.find(text, number)

    def read(self, positions: Sequence[int]) -> list[MyCall]:
        """The calls at positions that `find` gave. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.read(positions)

    def close(self) -> None:
        """Fold the log into the file and release the lock."""
        self._db.close()

    def _take_up_history(self) -> None:
        """Calls that an earlier version wrote are found, too."""
        self._history = History(self._db)
        bodies = self._db.execute(
            "SELECT body FROM calls WHERE id NOT IN (SELECT id FROM history) ORDER BY position"
        ).fetchall()
        if bodies:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._history.put(_decode(body, MyCall) for (body,) in bodies)

    def _bodies(self, table: str) -> Iterator[bytes]:
        rows = self._db.execute(f"SELECT body FROM {table} ORDER BY position")  # noqa: S608 - our own names
        return (body for (body,) in rows)

    def _put_meta(self, key: str, value: object) -> None:
        if value is not None:
            self._db.execute("REPLACE INTO meta VALUES (?, ?)", (key, msgspec.json.encode(value)))

    def _put_rows(self, table: str, rows: Mapping[str, _Row | None]) -> None:
        put = f"""INSERT INTO {table} (id, body) VALUES (?, ?)
                  ON CONFLICT (id) DO UPDATE SET body = excluded.body"""  # noqa: S608 - our own names
        kept = [(id_, msgspec.json.encode(row)) for id_, row in rows.items() if row is not None]
        self._db.executemany(put, kept)
        gone = [(id_,) for id_, row in rows.items() if row is None]
        self._db.executemany(f"DELETE FROM {table} WHERE id = ?", gone)  # noqa: S608 - our own names


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    with _storage_errors("open"):
        # Made by us, so that it is never readable by others, not even for a moment.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        return sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)


def _prepare(db: sqlite3.Connection) -> None:
    # Exclusive: a second process is told at once, and nobody else ever checkpoints (a bug before 3.51.3).
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("BEGIN EXCLUSIVE")
    db.execute("COMMIT")
    (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise StorageError(f"the store is damaged: {verdict}", code="corrupt")
    _migrate(db)


def _migrate(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StorageError(
            f"a newer program wrote the store: version {version}, this one knows {len(MIGRATIONS)}",
            code="newer",
        )
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        db.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
    device = msgspec.json.encode(str(uuid.uuid4()))
    db.execute("INSERT INTO meta VALUES ('device', ?) ON CONFLICT (key) DO NOTHING", (device,))


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    with _storage_errors("set aside"):
        for ending in ("-wal", "-shm", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
        path.rename(aside)
    return aside


def _decode(body: bytes, kind: type[T]) -> T:
    return msgspec.json.decode(body, type=kind)


@contextlib.contextmanager
def _storage_errors(doing: str) -> Iterator[None]:
    """Turn what the database and the disk raise into `StorageError` with a stable code."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the primary code; the rest says where it was found.
        primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        raise StorageError(f"{doing}: {error}", code=_CODES.get(primary, "storage")) from error
    except OSError as error:
        raise StorageError(f"{doing}: {error.strerror}", code="io") from error
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
        raise StorageError(f"{doing}: a row can't be understood: {error}", code="corrupt") from error
