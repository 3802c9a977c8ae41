"""The writing thread: group commit, isolation of failures, back-pressure, storage errors."""

import asyncio
import concurrent.futures
import sqlite3
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.writer import Job, Upkeep, Writer


@pytest.fixture
def engine(tmp_path: Any) -> Engine:  # noqa: ANN401 - a path
    """A database with one table of unique numbers."""
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE orphans (n INTEGER REFERENCES numbers)")
    return engine


class Rig:
    """A writer and what happened to it."""

    def __init__(
        self,
        engine: Engine,
        limit: int = 100,
        quick_seconds: float = 60.0,
        upkeep: Upkeep | None = None,
    ) -> None:
        self.connections = 0
        self.rollbacks = 0
        self.broken = False
        self.engine = engine
        self.writer = Writer(
            self.connect, self.rolled_back, limit, quick_seconds=quick_seconds, upkeep=upkeep
        )

    def connect(self) -> Connection:
        """Open a connection, unless the disk is gone."""
        self.connections += 1
        if self.broken:
            raise OperationalError("connect", {}, OSError("disk I/O error"))
        return self.engine.connect()

    def rolled_back(self) -> None:
        """Count."""
        self.rollbacks += 1

    def submit(self, run: Callable[[Connection], Any]) -> concurrent.futures.Future[Any]:
        """Queue a job."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        self.writer.submit(Job(run, future))
        return future

    def hold(self) -> threading.Event:
        """Keep the writer busy until the event is set, so that what follows shares a transaction."""
        begun, release = threading.Event(), threading.Event()

        def wait(_connection: Connection) -> None:
            begun.set()
            release.wait()

        self.submit(wait)
        begun.wait()
        return release

    def numbers(self) -> list[int]:
        """What is in the table."""
        with self.engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT n FROM numbers ORDER BY n")]


@pytest.fixture
def rig(engine: Engine) -> Iterator[Rig]:
    """A writer that runs."""
    rig = Rig(engine)
    yield rig
    rig.writer.close()


def add(number: int) -> Callable[[Connection], int]:
    """A job that adds a number, and returns it."""

    def run(connection: Connection) -> int:
        connection.exec_driver_sql("INSERT INTO numbers VALUES (?)", (number,))
        return number

    return run


def test_result_comes_after_the_commit(rig: Rig) -> None:
    """Whoever has the result finds the row."""
    assert 7 == rig.submit(add(7)).result(5)
    assert [7] == rig.numbers()


def test_crowd_shares_a_transaction(rig: Rig) -> None:
    """Jobs that wait together see each other's work before any of it is committed."""
    release = rig.hold()
    first = rig.submit(add(1))
    seen = rig.submit(lambda c: (c.exec_driver_sql("SELECT n FROM numbers").scalars().all(), rig.numbers()))
    release.set()

    assert 1 == first.result(5)
    assert ([1], []) == seen.result(5)


def test_failing_job_spares_its_neighbours(rig: Rig) -> None:
    """A job's own error is its own; the others of its transaction are committed all the same."""
    release = rig.hold()
    futures = [rig.submit(add(n)) for n in (1, 2, 2, 3)]
    release.set()

    assert [1, 2, 3] == [futures[n].result(5) for n in (0, 1, 3)]
    assert isinstance(futures[2].exception(5), IntegrityError)
    assert [1, 2, 3] == rig.numbers()
    assert rig.rollbacks == 2  # the crowd's, and the culprit's


def test_any_exception_reaches_its_submitter(rig: Rig) -> None:
    """The thread survives a bug in a job."""

    def bug(_connection: Connection) -> None:
        raise ZeroDivisionError

    assert isinstance(rig.submit(bug).exception(5), ZeroDivisionError)
    assert 1 == rig.submit(add(1)).result(5)


def test_broken_disk_is_a_storage_error_until_it_works_again(rig: Rig) -> None:
    """Everybody is told; the connection is made anew once the disk is back."""
    rig.broken = True
    failed = rig.submit(add(1))

    assert isinstance(failed.exception(5), StorageError)
    assert "disk I/O error" in str(failed.exception())

    rig.broken = False

    assert 2 == rig.submit(add(2)).result(5)
    assert [2] == rig.numbers()


def test_error_in_a_statement_of_the_database_itself(rig: Rig) -> None:
    """What isn't the job's own fault is a storage error without the statement's text."""
    failed = rig.submit(lambda c: c.exec_driver_sql("INSERT INTO nowhere VALUES ('secret')"))

    assert isinstance(failed.exception(5), StorageError)
    assert "secret" not in str(failed.exception())


def test_full_queue_pushes_back(engine: Engine) -> None:
    """Beyond the limit nothing is queued."""
    rig = Rig(engine, limit=2)
    release = rig.hold()
    waiting = [rig.submit(add(1)), rig.submit(add(2))]
    with pytest.raises(StorageError) as refused:
        rig.submit(add(3))
    release.set()
    rig.writer.close()

    assert "busy" == refused.value.code
    assert [1, 2] == [future.result(5) for future in waiting]


def test_closing_commits_what_waits(engine: Engine) -> None:
    """What was accepted is done; what comes later is refused."""
    rig = Rig(engine)
    release = rig.hold()
    waiting = [rig.submit(add(n)) for n in range(20)]
    release.set()
    rig.writer.close()

    assert list(range(20)) == rig.numbers() == [future.result(0) for future in waiting]
    with pytest.raises(StorageError) as refused:
        rig.submit(add(99))
    assert "closed" == refused.value.code


async def test_event_loop_is_told_in_order_even_of_cancelled_work(rig: Rig) -> None:
    """`then` runs for every commit, in order, though nobody awaits the result any more."""
    loop = asyncio.get_running_loop()
    told: list[int] = []
    release = await asyncio.to_thread(rig.hold)
    futures: list[asyncio.Future[int]] = [loop.create_future() for _ in range(4)]
    for number, future in enumerate(futures):
        rig.writer.submit(Job(add(number), future, loop, told.append))
    futures[1].cancel()
    release.set()

    assert [0, 2, 3] == [await futures[n] for n in (0, 2, 3)]
    assert [0, 1, 2, 3] == told


async def test_event_loop_gets_errors_and_no_then(rig: Rig) -> None:
    """A failure is raised where it is awaited, and is no news."""
    loop = asyncio.get_running_loop()
    told: list[int] = []
    rig.submit(add(1)).result(5)
    future: asyncio.Future[int] = loop.create_future()
    rig.writer.submit(Job(add(1), future, loop, told.append))

    with pytest.raises(IntegrityError):
        await future
    assert [] == told


# --- committed here -----------------------------------------------------------------------------------------


@pytest.fixture
def shared(engine: Engine) -> Engine:
    """The same database over connections that threads may hand to each other."""
    shared = create_engine(engine.url, poolclass=NullPool, connect_args={"check_same_thread": False})

    @event.listens_for(shared, "connect")
    def check(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    return shared


def brief(
    run: Callable[[Connection], Any], then: Callable[[Any], None] | None = None
) -> tuple[Job[Any], asyncio.Future[Any]]:
    """A job of this event loop, and its future."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    return Job(run, future, loop, then), future


async def idle(rig: Rig) -> None:
    """Return once the thread has nothing to do."""
    await asyncio.to_thread(rig.submit(add(99)).result)
    while rig.writer._busy:  # noqa: ASYNC110 - it tells before it rests, and of its rest nobody
        await asyncio.sleep(0)


async def test_brief_work_is_committed_where_it_comes_from(shared: Engine) -> None:
    """In this thread, before anything else; its result comes after what the thread committed before it."""
    rig = Rig(shared)
    told: list[object] = []
    job, done = brief(lambda c: (add(1)(c), threading.get_ident()), told.append)
    try:
        await idle(rig)
        assert rig.writer.here(job)
        assert ([1, 99], []) == (rig.numbers(), told)
        await done
        assert [(1, threading.get_ident())] == told
    finally:
        rig.writer.close()


async def test_nothing_runs_here_while_that_would_mean_to_wait(shared: Engine) -> None:
    """Not while the thread is at work, nor at the end."""
    rig = Rig(shared)
    job, _ = brief(add(1))
    try:
        release = await asyncio.to_thread(rig.hold)
        refused = rig.writer.here(job)
        release.set()
    finally:
        rig.writer.close()

    assert [False, False] == [refused, rig.writer.here(job)]
    assert [] == rig.numbers()


@pytest.mark.parametrize(("quick_seconds", "crowd"), [(60.0, True), (0.0, False)])
async def test_a_long_flush_is_left_to_the_thread(
    shared: Engine, quick_seconds: float, *, crowd: bool
) -> None:
    """The job runs here; its result comes once it is on disk, and the next one waits for that."""
    rig = Rig(shared, quick_seconds=quick_seconds)
    job, done = brief(lambda c: (add(1)(c), threading.get_ident()))
    later, later_done = brief(add(2))
    try:
        await idle(rig)
        assert rig.writer.here(job, crowd=crowd)
        if not rig.writer.here(later):
            rig.writer.submit(later)
        assert (1, threading.get_ident()) == await done
        await later_done
        assert [1, 2, 99] == rig.numbers()
    finally:
        rig.writer.close()


@pytest.mark.parametrize("crowd", [False, True])
async def test_a_flush_that_fails_is_told(shared: Engine, *, crowd: bool) -> None:
    """Whoever flushes: nothing was kept, and the next one finds a connection of its own."""
    rig = Rig(shared)
    job, done = brief(_deferred_violation)
    try:
        await idle(rig)
        assert rig.writer.here(job, crowd=crowd)
        with pytest.raises(IntegrityError):
            await done
        await asyncio.to_thread(rig.submit(add(3)).result)
        assert ([3, 99], 1) == (rig.numbers(), rig.rollbacks)
    finally:
        rig.writer.close()


def _deferred_violation(connection: Connection) -> None:
    """What SQLite only finds at the end of the transaction."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("INSERT INTO orphans VALUES (1)")


@pytest.mark.parametrize("crowd", [False, True])
async def test_closing_ends_what_was_begun(shared: Engine, *, crowd: bool) -> None:
    """A flush that was left to the thread comes before its end."""
    rig = Rig(shared)
    job, _ = brief(add(1))
    await idle(rig)
    assert rig.writer.here(job, crowd=crowd)
    await asyncio.to_thread(rig.writer.close)

    assert [1, 99] == rig.numbers()


class Counted:
    """Is due after each commit, and counts."""

    def __init__(self) -> None:
        self.due = False
        self.done = threading.Semaphore(0)

    def is_due(self, _connection: Connection) -> bool:
        """Once."""
        return self.due

    def do(self, _connection: Connection) -> None:
        """Count."""
        self.due = False
        self.done.release()


async def test_upkeep_is_done_by_the_thread_after_a_commit(shared: Engine) -> None:
    """Whoever committed doesn't wait for it."""
    upkeep = Counted()
    rig = Rig(shared, upkeep=upkeep)
    job, done = brief(add(1))
    try:
        await idle(rig)
        upkeep.due = True
        assert rig.writer.here(job)
        await done
        assert await asyncio.to_thread(upkeep.done.acquire, timeout=10)
        await asyncio.to_thread(rig.submit(add(2)).result)
        assert [1, 2, 99] == rig.numbers()
    finally:
        rig.writer.close()


async def test_a_failure_here_is_told_as_by_the_thread(shared: Engine) -> None:
    """A bad row is its own job's; caches are told of the rollback."""
    rig = Rig(shared)
    job, done = brief(add(99))
    try:
        await idle(rig)
        assert rig.writer.here(job)
        with pytest.raises(IntegrityError):
            await done
    finally:
        rig.writer.close()

    assert 1 == rig.rollbacks


@pytest.mark.parametrize(
    ("name", "fatal"),
    [
        ("SQLITE_IOERR_FSYNC", True),
        ("SQLITE_CORRUPT", True),
        ("SQLITE_NOTADB", True),
        ("SQLITE_FULL", False),
        ("SQLITE_BUSY", False),
        ("SQLITE_IOERR_SHMSIZE", False),
    ],
)
def test_nothing_is_written_past_trust(engine: Engine, name: str, *, fatal: bool) -> None:
    """After an fsync that failed the thread tells so, and writes nothing; a full disk passes."""
    told: list[StorageError] = []
    writer = Writer(engine.connect, lambda: None, failed=told.append)

    def fail(_connection: Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = name
        raise OperationalError("COMMIT", {}, error)

    def insert(connection: Connection) -> int:
        return connection.exec_driver_sql("INSERT INTO numbers VALUES (1)").rowcount

    outcomes: list[object] = []
    for run in (fail, insert):
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        writer.submit(Job(run, future))
        outcomes.append(future.exception() or future.result())
    writer.close()

    assert isinstance(outcomes[0], StorageError)
    assert (["the database refused a write: disk I/O error"] if fatal else []) == list(map(str, told))
    assert isinstance(outcomes[1], StorageError) if fatal else outcomes[1] == 1
