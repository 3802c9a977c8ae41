"""The one thread and the one connection that write. Owns group commit; knows no tables.

Everything queued goes into one transaction: alone a job is committed at once, a crowd shares a flush.
A job that fails costs its neighbours a repetition, never their outcome.

Waking the thread takes longer than a flush on a quick disk, and two threads that run statements fight for
Python's one interpreter. So a brief job may run `here`, where it came from, if nobody else writes; what takes
long, the flush of a crowd or on a slow disk, is left to the thread. Whoever is `_busy` has the connection.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import database_faults, prepared

T = TypeVar("T")


class Upkeep(Protocol):
    """What the connection needs now and then, between transactions."""

    def is_due(self, connection: Connection) -> bool:
        """Whether now is the time. Asked after each commit, so it must be quick."""

    def do(self, connection: Connection) -> None:
        """Do it. May take a while."""


# About 1.5 s of work for a slow disk; beyond it callers are told to come back later.
QUEUE_LIMIT: Final = 4096
_BATCH_LIMIT: Final = 512
QUICK_SECONDS: Final = 0.002
_LATEST_COUNTS: Final = 0.25


class Job(Generic[T]):
    """A part of a transaction, what to do `then`, and who waits: a future of `loop`, or a thread's."""

    __slots__ = ("error", "future", "loop", "result", "run", "then")

    def __init__(
        self,
        run: Callable[[Connection], T],
        future: asyncio.Future[T] | concurrent.futures.Future[T],
        loop: asyncio.AbstractEventLoop | None = None,
        then: Callable[[T], None] | None = None,
    ) -> None:
        self.run = run
        self.future = future
        self.loop = loop
        self.then = then
        self.result: T | None = None
        self.error: BaseException | None = None


class Writer:
    """A started thread. `connect` opens its connection, `rolled_back` is told to drop caches."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        rolled_back: Callable[[], None],
        limit: int = QUEUE_LIMIT,
        failed: Callable[[StorageError], None] = lambda _error: None,
        quick_seconds: float = QUICK_SECONDS,
        upkeep: Upkeep | None = None,
    ) -> None:
        """`failed` is told when the file can't be trusted: then nothing more is written.

        `quick_seconds` is how long a flush may take, on average, for which an event loop may wait.
        """
        self._connect = connect
        self._rolled_back = rolled_back
        self._failed = failed
        self._failure = ""
        self._limit = limit
        self._queue: deque[Job[Any]] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._connection: Connection | None = None
        self._upkeep = upkeep
        self._busy = False
        self._unflushed: Job[Any] | None = None
        self._quick_seconds = quick_seconds
        self._flush_seconds = 1.0  # until the first one has shown better
        self._thread = threading.Thread(target=self._work, name="relay-writer")
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many jobs are queued."""
        return len(self._queue)

    def submit(self, job: Job[Any]) -> None:
        """Queue `job`. Raises `StorageError`: `busy` when the queue is full, `closed` after `close`."""
        with self._changed:
            if self._closing:
                raise StorageError("the store is closed", code="closed")
            if len(self._queue) >= self._limit:
                raise StorageError("the store has more to write than it can keep up with", code="busy")
            self._queue.append(job)
            self._changed.notify()

    def here(self, job: Job[Any], *, crowd: bool = False) -> bool:
        """Run `job` before this returns, if nothing else waits; else do nothing.

        To be called by the job's own event loop. A `crowd`'s and slow flushes are the thread's. The job's
        future is done soon after, as with the thread's.
        """
        with self._changed:
            if self._busy or self._queue or self._closing or self._failure:
                return False
            self._busy = True
        if not self._begin([job]):
            self._done_here(job)
        elif crowd or self._flush_seconds > self._quick_seconds:
            with self._changed:
                self._unflushed = job
                self._changed.notify()
        else:
            self._flush([job])
            self._done_here(job)
        return True

    def _done_here(self, job: Job[Any]) -> None:
        if job.loop is not None:
            job.loop.call_soon(_deliver, [job])  # not now: what the thread committed before comes first
        self._free()

    def close(self) -> None:
        """Commit what is queued, then end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._has_work():
            if (job := self._unflushed) is not None:
                self._unflushed = None
                self._flush([job])
                _settle([job])
            elif batch := self._take():
                self._commit(batch)
                _settle(batch)
            else:
                self._keep_up()
            self._free()
        self._disconnect()

    def _has_work(self) -> bool:
        """Wait for some, and have the connection then; False: there is none, and never will be."""
        with self._changed:
            while True:
                if self._unflushed is not None:
                    return True
                if not self._busy:
                    if self._queue or self._is_upkeep_due():
                        self._busy = True
                        return True
                    if self._closing:
                        return False
                self._changed.wait()

    def _take(self) -> list[Job[Any]]:
        return [self._queue.popleft() for _ in range(min(len(self._queue), _BATCH_LIMIT))]

    def _free(self) -> None:
        """Whoever needs the connection may have it."""
        with self._changed:
            self._busy = False
            if self._queue or self._closing or self._is_upkeep_due():
                self._changed.notify()

    def _is_upkeep_due(self) -> bool:
        connection = self._connection
        return self._upkeep is not None and connection is not None and self._upkeep.is_due(connection)

    def _keep_up(self) -> None:
        try:
            if self._upkeep is not None and self._connection is not None:
                self._upkeep.do(self._connection)
        except DatabaseError as error:
            self._database_failed(error, [])

    def _commit(self, batch: Sequence[Job[Any]]) -> None:
        if self._begin(batch):
            self._flush(batch)

    def _begin(self, batch: Sequence[Job[Any]]) -> bool:
        """Run the jobs in a transaction; False: they ended otherwise, and each knows how."""
        if self._failure:
            _refuse(batch, self._failure)
            return False
        try:
            if self._connection is None:
                self._connection = self._connect()
            with prepared.undone_by_errors(self._connection):
                prepared.begin(self._connection)
                for job in batch:
                    job.result = job.run(self._connection)
        except BaseException as error:  # noqa: BLE001 - it goes to whoever waits for the job
            self._undone(error, batch)
            return False
        return True

    def _flush(self, batch: Sequence[Job[Any]]) -> None:
        """End the transaction."""
        flushing = time.perf_counter()
        try:
            if self._connection is not None:
                with prepared.undone_by_errors(self._connection):
                    prepared.commit(self._connection)
        except BaseException as error:  # noqa: BLE001 - the same
            self._undone(error, batch)
        self._flush_seconds += (time.perf_counter() - flushing - self._flush_seconds) * _LATEST_COUNTS

    def _undone(self, error: BaseException, batch: Sequence[Job[Any]]) -> None:
        """What the jobs wrote is gone: it was their own fault, or another's, or the database's."""
        self._rolled_back()
        if database_faults.is_the_databases(error):
            self._database_failed(error, batch)
        elif len(batch) == 1:
            batch[0].error = error
        else:
            for job in batch:
                self._commit([job])

    def _database_failed(self, error: BaseException, batch: Sequence[Job[Any]]) -> None:
        self._disconnect()
        words = f"the database refused a write: {database_faults.words(error)}"
        _refuse(batch, words)
        if database_faults.is_past_trust(error):
            self._failure = words
            self._failed(StorageError(words))

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _refuse(batch: Iterable[Job[Any]], words: str) -> None:
    """Fail each job with an error of its own: a shared one would gather the tracebacks of all."""
    for job in batch:
        job.error = StorageError(words)


def _settle(batch: Iterable[Job[Any]]) -> None:
    """Tell everybody who waits: each event loop with one call."""
    waiting: dict[asyncio.AbstractEventLoop | None, list[Job[Any]]] = {}
    for job in batch:
        waiting.setdefault(job.loop, []).append(job)
    for loop, jobs in waiting.items():
        if loop is None:
            _deliver(jobs)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_deliver, jobs)


def _deliver(jobs: Iterable[Job[Any]]) -> None:
    for job in jobs:
        if job.error is None and job.then is not None:
            job.then(job.result)
        if job.future.done():  # nobody waits any more
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
