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
from cti_desktop.core.people import Person
from cti_desktop.desktop.changes import Belongings, Changes, Delivered, Memory, Team
from cti_desktop.desktop.history import History
from cti_desktop.desktop.schema import MIGRATIONS, OWNED
from cti_desktop.desktop.screen import OutboxItem
from cti_desktop.wire.desktop_link import Cursor

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
    # Who is signed in here, as far as is known: whose calls are found.
    _agent: str = ""

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
                store._take_up_owner()
                store._take_up_history()
            store.load()  # rows that make no sense are damage like any other
        except StorageError:
            store.close()
            raise
        return store

    def load(self) -> Memory:
        """All that is remembered. Raises `StorageError`."""
        with _storage_errors("read"):
            mine = self._belongings(self._agent, "")
            agents = self._db.execute("SELECT agent, name FROM agents WHERE agent != ?", (self._agent,))
            return Memory(
                device=self._meta("device", str) or "",
                team=self._meta("team", Team),
                cursor=mine.cursor,
                calls=mine.calls,
                outbox=mine.outbox,
                delivered=mine.delivered,
                errands=mine.errands,
                others=tuple(self._belongings(*other) for other in agents.fetchall()),
            )

    def commit(self, changes: Changes) -> None:
        """Write all of `changes`, or nothing. Raises `StorageError`."""
        with _storage_errors("write"), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            signed_in = (changes.team.agent.id or "") if changes.team else self._agent
            owner = changes.owner or signed_in
            self._put_team(changes.team)
            self._put_cursor(owner, changes.cursor)
            self._put_rows("calls", owner, changes.calls)
            self._put_rows("outbox", owner, changes.outbox)
            self._put_rows("delivered", owner, changes.delivered)
            self._put_rows("errands", owner, changes.errands)
            if changes.forget_before is not None:
                self._history.forget_before(changes.forget_before)
            self._history.put((call for call in changes.calls.values() if call is not None), owner)
        self._agent = signed_in

    def total(self) -> int:
        """How many calls can be found. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.total(self._agent)

    def latest(self, first: int, count: int) -> list[MyCall]:
        """So many of all calls, newest first, after the `first` newest. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.latest(first, count, self._agent)

    def find(self, text: str = "", number: str = "") -> array[int]:
        """Where their calls with `text`, or of this caller, are: newest first. Raises `StorageError`."""
        with _storage_errors("search"):
            return self._history.find(text, number, self._agent)

    def read(self, positions: Sequence[int]) -> list[MyCall]:
        """The calls at positions that `find` gave. Raises `StorageError`."""
        with _storage_errors("read"):
            return self._history.read(positions)

    def close(self) -> None:
        """Fold the log into the file and release the lock."""
        self._db.close()

    def _take_up_owner(self) -> None:
        """What an earlier version wrote belongs to whom it knew."""
        team = self._meta("team", Team)
        if team is None:
            return
        self._agent = team.agent.id or ""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("agents", *OWNED, "history"):
                adopt = f"UPDATE OR REPLACE {table} SET agent = ? WHERE agent = ''"  # noqa: S608 - our own names
                self._db.execute(adopt, (self._agent,))
            self._put_agent(team.agent)

    def _take_up_history(self) -> None:
        """Calls that an earlier version wrote are found, too."""
        self._history = History(self._db)
        rows = self._db.execute(
            """SELECT agent, body FROM calls
               WHERE (agent, id) NOT IN (SELECT agent, id FROM history) ORDER BY position"""
        ).fetchall()
        if rows:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                for agent, body in rows:
                    self._history.put([_decode(body, MyCall)], agent)

    def _belongings(self, agent: str, name: str) -> Belongings:
        found = self._db.execute("SELECT cursor FROM agents WHERE agent = ?", (agent,)).fetchone()
        return Belongings(
            Person(agent, name),
            _decode(found[0], Cursor) if found and found[0] is not None else Cursor(),
            tuple(_decode(body, MyCall) for body in self._bodies("calls", agent)),
            tuple(_decode(body, OutboxItem) for body in self._bodies("outbox", agent)),
            tuple(_decode(body, Delivered) for body in self._bodies("delivered", agent)),
            tuple(_decode(body, Errand) for body in self._bodies("errands", agent)),
        )

    def _bodies(self, table: str, agent: str) -> Iterator[bytes]:
        query = f"SELECT body FROM {table} WHERE agent = ? ORDER BY position"  # noqa: S608 - our own names
        return (body for (body,) in self._db.execute(query, (agent,)))

    def _meta(self, key: str, kind: type[T]) -> T | None:
        found = self._db.execute("SELECT body FROM meta WHERE key = ?", (key,)).fetchone()
        return _decode(found[0], kind) if found else None

    def _put_team(self, team: Team | None) -> None:
        if team is not None:
            self._db.execute("REPLACE INTO meta VALUES ('team', ?)", (msgspec.json.encode(team),))
            self._put_agent(team.agent)

    def _put_agent(self, agent: Person) -> None:
        put = "INSERT INTO agents (agent, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name"
        self._db.execute(put, (agent.id, agent.name))

    def _put_cursor(self, owner: str, cursor: Cursor | None) -> None:
        if cursor is not None:
            put = """INSERT INTO agents (agent, cursor) VALUES (?, ?)
                     ON CONFLICT DO UPDATE SET cursor = excluded.cursor"""
            self._db.execute(put, (owner, msgspec.json.encode(cursor)))

    def _put_rows(self, table: str, owner: str, rows: Mapping[str, _Row | None]) -> None:
        put = f"""INSERT INTO {table} (agent, id, body) VALUES (?, ?, ?)
                  ON CONFLICT (agent, id) DO UPDATE SET body = excluded.body"""  # noqa: S608 - our own names
        kept = [(owner, id_, msgspec.json.encode(row)) for id_, row in rows.items() if row is not None]
        self._db.executemany(put, kept)
        gone = [(owner, id_) for id_, row in rows.items() if row is None]
        self._db.executemany(f"DELETE FROM {table} WHERE agent = ? AND id = ?", gone)  # noqa: S608 - ours


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
