"""The relay's database: opened, migrated, written by one connection, read by others. Holds no queries.

SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint. So one connection does both,
readers are read-only, and a lock keeps a second process out.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import sqlite3
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, Insert, NullPool, QueuePool, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import database_server, migrations, salvage
from cti_desktop.relay.checkpoints import LIMIT_PAGES, Checkpoints
from cti_desktop.relay.lock import FileLock
from cti_desktop.relay.owner import hand_over
from cti_desktop.relay.prepared import BEGIN
from cti_desktop.relay.soundness import Soundness
from cti_desktop.relay.tables import meta
from cti_desktop.relay.writer import QUEUE_LIMIT, QUICK_SECONDS, Job, Writer

T = TypeVar("T")

_READERS: Final = 2
_BUSY_MS: Final = 5000


class Store:
    """An open store. `epoch` names the life of its sequences. From `Store.open`, until `close`."""

    # How long a flush may take, on average, for which an event loop may wait.
    quick_seconds = QUICK_SECONDS

    def __init__(self, writing: Engine, reading: Engine, lock: FileLock | None, queue_limit: int) -> None:
        self._reading = reading
        self._lock = lock
        self._is_file = lock is not None
        self._soundness: Soundness | None = None
        self._on_rollback: list[Callable[[], None]] = []
        self._on_failure: list[Callable[[StorageError], object]] = []
        self._readers = concurrent.futures.ThreadPoolExecutor(_READERS, "relay-reader")
        self.epoch = _prepared(writing)
        upkeep = Checkpoints() if self._is_file else None
        self._writer = Writer(
            writing.connect, self._rolled_back, queue_limit, self._failed, self.quick_seconds, upkeep
        )

    @classmethod
    def open(cls, url: str, *, queue_limit: int = QUEUE_LIMIT) -> Store:
        """Open and migrate the database at an SQLAlchemy `url` (`sqlite:////path/relay.db`, `postgresql://…`).

        Raises `StorageError`; its code is `in_use` when another process has this store open.
        """
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() != "sqlite":
                return cls(*database_server.engines(parsed, _READERS), None, queue_limit)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise StorageError(f"the store's URL can't be used: {error}") from error
        if parsed.database in (None, "", ":memory:"):
            raise StorageError("the store needs a file: sqlite:////path/to/relay.db")
        return cls._open_file(Path(parsed.database or "").absolute(), queue_limit)

    @classmethod
    def _open_file(cls, path: Path, queue_limit: int) -> Store:
        lock = FileLock(path.with_name(path.name + ".lock"))
        try:
            soundness = Soundness(path)
            if not soundness.is_known:
                if fault := salvage.damage(path):
                    salvage.renew(path, fault, _new_file)
                soundness.was_read()
            _touch(path)
            store = cls(_writing_engine(path), _reading_engine(path), lock, queue_limit)
            store._soundness = soundness
        except OSError as error:
            lock.release()
            raise StorageError(f"{path} can't be opened: {error.strerror}") from error
        except BaseException:
            lock.release()
            raise
        return store

    async def write(self, run: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """What `run` returns, after the commit of all it wrote. Raises `StorageError`, or what `run` raises.

        `run` may be called again after a rollback, and must not keep the connection. `then` gets its
        result on this event loop, in order of commit, even when the caller was cancelled.
        """
        return await self.begin_write(run, then)

    def begin_write(
        self,
        run: Callable[[Connection], T],
        then: Callable[[T], None] | None = None,
        *,
        brief: bool = False,
        crowd: bool = False,
    ) -> asyncio.Future[T]:
        """Like `write`, without waiting. A `brief` job may run here, but for the flush of a `crowd`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        job = Job(run, future, loop, then)
        # A server across a network may keep the event loop waiting, whatever it did lately.
        if not (brief and self._is_file and self._writer.here(job, crowd=crowd)):
            self._writer.submit(job)
        return future

    async def read(self, run: Callable[[Connection], T]) -> T:
        """What `run` returns from one consistent, read-only view. Raises `StorageError`."""
        try:
            reading = asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, run)
        except RuntimeError:  # the pool's word for it
            raise StorageError("the store is closed", code="closed") from None
        return await reading

    def write_now(self, run: Callable[[Connection], T]) -> T:
        """Like `write`, for callers without an event loop."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._writer.submit(Job(run, future))
        return future.result()

    def read_now(self, run: Callable[[Connection], T]) -> T:
        """Like `read`, for callers without an event loop."""
        try:
            with self._reading.connect() as connection, connection.begin():
                return run(connection)
        except (DatabaseError, InterfaceError) as error:
            raise StorageError(f"the database refused a read: {error.orig}") from error

    @property
    def waiting(self) -> int:
        """How many writes wait for their commit."""
        return self._writer.waiting

    def on_rollback(self, forget: Callable[[], None]) -> None:
        """Have `forget` called, in the writing thread, whenever what jobs wrote was undone."""
        self._on_rollback.append(forget)

    def on_failure(self, end: Callable[[StorageError], object]) -> None:
        """Have `end` called, in the writing thread, once the file can't be trusted."""
        self._on_failure.append(end)

    def close(self) -> None:
        """Commit what is queued and let go of the file. A second call does nothing."""
        self._readers.shutdown()
        self._reading.dispose()  # first: the writer's connection is the last, and tidies up the WAL
        self._writer.close()
        if self._soundness is not None:
            self._soundness.note()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _failed(self, error: StorageError) -> None:
        self._soundness = None
        for end in self._on_failure:
            end(error)

    def _rolled_back(self) -> None:
        for forget in self._on_rollback:
            forget()


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of the connected database."""
    return _insert(connection.dialect.name, table)


def insert_new(connection: Connection, table: Table, *, key: tuple[str, ...]) -> Insert:
    """An INSERT that does nothing where `key` is there already: the result's `rowcount` tells."""
    return _insert_new(connection.dialect.name, table, key)


def upsert(
    connection: Connection, table: Table, *, key: tuple[str, ...], replaced: tuple[str, ...]
) -> Insert:
    """An INSERT that replaces the columns `replaced` where `key` is there already."""
    return _upsert(connection.dialect.name, table, key, replaced)


# Building a statement costs several times as much as running it.


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _insert_new(dialect: str, table: Table, key: tuple[str, ...]) -> Insert:
    statement = _insert(dialect, table).inline().on_conflict_do_nothing(index_elements=key)
    # Else PostgreSQL's driver has closed its cursor before anybody asks, and everything is a duplicate.
    return statement.execution_options(preserve_rowcount=True)


@cache
def _upsert(dialect: str, table: Table, key: tuple[str, ...], replaced: tuple[str, ...]) -> Insert:
    statement = _insert(dialect, table)
    values = {name: statement.excluded[name] for name in replaced}
    return statement.on_conflict_do_update(index_elements=key, set_=values)


def _touch(path: Path) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    hand_over(path)


def _new_file(path: Path) -> None:
    """Make an empty store, with an epoch of its own."""
    _touch(path)
    _prepared(_writing_engine(path))


def _prepared(engine: Engine) -> str:
    """Bring the schema up to date; the store's epoch."""
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection)
        with engine.begin() as connection:
            new = {"key": "epoch", "value": uuid.uuid4().hex}
            connection.execute(insert_new(connection, meta, key=("key",)), new)
            epoch = connection.execute(select(meta.c.value).where(meta.c.key == "epoch")).scalar_one()
            return str(epoch)
    except (DatabaseError, InterfaceError) as error:
        raise StorageError(f"the store can't be opened: {error.orig}") from error


def _writing_engine(path: Path) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False),
        poolclass=NullPool,
    )
    _listen(
        engine,
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"wal_autocheckpoint = {LIMIT_PAGES}",
        begin=BEGIN,
    )
    return engine


def _reading_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        uri = f"{path.as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=_READERS)
    _listen(engine, "query_only = ON", begin="BEGIN")
    return engine


def _listen(engine: Engine, *pragmas: str, begin: str) -> None:
    """Set up each connection, and begin transactions ourselves: the driver would begin too late."""

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        for pragma in (*pragmas, f"busy_timeout = {_BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if driver is None or not driver.in_transaction:  # `prepared.transaction` may have begun it
            connection.exec_driver_sql(begin)
