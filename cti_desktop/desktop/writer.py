"""Brings changes to the disk in the background, many in one commit, and reports each commit or refusal.

Nothing waits for it: its reports come back like any other event. What was refused is tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.changes import Changes, Urgency
from cti_desktop.desktop.store import Store

# A draft that is being typed is at most this old on the disk, plus one commit.
SOON_SECONDS: Final = 0.4
RETRY_SECONDS: Final = 2.0
T = TypeVar("T")
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """On the disk."""

    changes: Changes


@dataclass(frozen=True, slots=True)
class Refused:
    """Not on the disk. All of it but newly saved dispositions, and their calls, is tried again by itself."""

    changes: Changes
    error: StorageError


Report = Written | Refused


class Writer:
    """One per open store, which it closes; the only one that touches it, on a thread of its own."""

    def __init__(self, store: Store, report: Callable[[Report], None]) -> None:
        """`report` is called in the loop's thread."""
        self._store = store
        self._report = report
        # One transaction for each owner in turn: the first is the next.
        self._pending: list[Changes] = []
        self._in_flight: tuple[Future[None], Changes] | None = None
        self._soon = asyncio.Event()
        self._now = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    def write(self, *changes: Changes) -> None:
        """Have `changes` written, in the order of calls; returns at once."""
        for one in changes:
            self._queue(one)

    def ask(self, job: Callable[[Store], T], then: Callable[[T], None]) -> None:
        """Run `job` on the store, between two commits, and hand on what it returns; nothing if it fails."""
        answer = asyncio.wrap_future(self._thread.submit(job, self._store))
        answer.add_done_callback(lambda future: _hand_on(future, then))

    def retry_now(self) -> None:
        """Don't wait for the next try."""
        self._now.set()

    async def run(self) -> None:
        """Write until cancelled. What is pending then is left to `close`."""
        while True:
            await self._soon.wait()
            await self._wait(SOON_SECONDS)
            if not await self._commit():
                await self._wait(RETRY_SECONDS)

    def close(self) -> None:
        """Once `run` has ended: write what is pending, then close the store. Raises `StorageError`."""
        self._thread.shutdown()
        try:
            if self._in_flight is not None and self._in_flight[0].exception() is not None:
                self._keep_for_later(self._in_flight[1])
            for changes in self._pending:
                self._store.commit(changes)
        finally:
            self._store.close()

    def _queue(self, changes: Changes) -> None:
        if changes.urgency is Urgency.NONE:
            return
        if not self._pending or self._pending[-1].owner != changes.owner:
            self._pending.append(Changes(owner=changes.owner))
        self._pending[-1].add(changes)
        self._soon.set()
        if changes.urgency is Urgency.NOW:
            self._now.set()

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._now.wait()

    async def _commit(self) -> bool:
        changes = self._pending.pop(0)
        self._soon.clear()
        self._now.clear()
        commit = self._thread.submit(self._store.commit, changes)
        self._in_flight = (commit, changes)
        ended = asyncio.wrap_future(commit)
        # If we are cancelled, `close` looks at the outcome, and nobody at this future.
        ended.add_done_callback(lambda future: future.cancelled() or future.exception())
        try:
            await asyncio.shield(ended)  # a commit that has begun can't be called back
        except StorageError as error:
            self._in_flight = None
            self._keep_for_later(changes)
            self._report(Refused(changes, error))
            return False
        self._in_flight = None
        if self._pending:  # another owner's turn
            self._soon.set()
            self._now.set()
        self._report(Written(changes))
        return True

    def _keep_for_later(self, refused: Changes) -> None:
        again = refused.without_saved()
        if self._pending and self._pending[0].owner == again.owner:
            again.add(self._pending.pop(0))
        self._pending.insert(0, again)
        self._soon.set()


def _hand_on(answer: asyncio.Future[T], then: Callable[[T], None]) -> None:
    if answer.cancelled():
        return
    error = answer.exception()
    if error is None:
        then(answer.result())
    elif isinstance(error, StorageError):
        _log.error("the store does not answer: %s", error)
    else:
        raise error
