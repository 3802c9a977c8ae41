"""Fetches the provider's call log for times in which webhooks may have been lost: what is missing is taken.

At the start for the gap since the last webhook, then regularly. A call that is known is left as it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NoReturn

from sqlalchemy import Connection, func, select

from cti_desktop.core.errors import StorageError
from cti_desktop.core.report import CallReport
from cti_desktop.relay.call_log import NEAR, report_of
from cti_desktop.relay.caller_tables import interactions
from cti_desktop.relay.late import SETTLED
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox, meta
from cti_desktop.relay.vendor import VendorApi, VendorError

_log: Final = logging.getLogger(__name__)

UNTIL: Final = "reconciled_until"
# The first time, and after a long absence, this far back at most.
_FURTHEST: Final = timedelta(days=7)
_AGAIN_AFTER_FAILURE: Final = timedelta(minutes=5)
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one look: calls in the log, and those of them that nobody had told of."""

    logged: int
    recovered: int


@dataclass(slots=True)
class Reconciler:
    """See the module. `publish` is told of each committed event."""

    api: VendorApi
    store: Store
    router: Router
    publish: Callable[[Iterable[Appended]], None]
    clock: Callable[[], datetime]
    region: str
    every: timedelta = timedelta(hours=24)
    provider: str = "myoperator"

    async def run(self) -> NoReturn:
        """Look now, and then again and again."""
        try:
            while True:  # the waits differ, and nobody wakes us
                pause = await self._look()
                await asyncio.sleep(pause.total_seconds())
        finally:
            await self.api.close()

    async def look(self, since: datetime, until: datetime) -> Found:
        """Take up what is missing between the two. Raises `VendorError` and `StorageError`."""
        logged = recovered = 0
        batch: list[CallReport] = []
        async for row in self.api.call_log(since, until):
            report = report_of(row, self.region)
            if report is not None:
                logged += 1
                batch.append(report)
            if len(batch) == _AT_ONCE:
                recovered += await self._take(batch)
                batch = []
        recovered += await self._take(batch)
        return Found(logged, recovered)

    async def _look(self) -> timedelta:
        """One look at the gap; how long to wait for the next."""
        until = self.clock() - SETTLED
        try:
            since = await self.store.read(_gap_begins)
            since = max(since or until - timedelta(days=1), until - _FURTHEST)
            found = await self.look(since, until)
            await self.store.write(lambda c: _note(c, until))
        except (VendorError, StorageError) as error:
            _log.warning("the call log could not be compared: %s", error)
            return _AGAIN_AFTER_FAILURE
        if found.recovered:
            _log.warning(
                "%d of %d calls since %s never came as webhooks and were recovered from the call log",
                found.recovered, found.logged, since.isoformat(timespec="minutes"),
            )  # fmt: skip
        return self.every

    async def _take(self, reports: Sequence[CallReport]) -> int:
        now = self.clock()
        recovered, _ = await self.store.write(
            lambda c: self._recover(c, reports, now), then=lambda done: self.publish(done[1])
        )
        return recovered

    def _recover(
        self, connection: Connection, reports: Sequence[CallReport], now: datetime
    ) -> tuple[int, list[Appended]]:
        going_on = {kept.call.caller_number for kept in self.router.calls.open(connection)}
        missing = [r for r in reports if r.caller_number not in going_on and not _is_known(connection, r)]
        appended: list[Appended] = []
        for report in missing:
            appended += self.router.take(connection, report, self.provider, now)
        return len(missing), appended


def _is_known(connection: Connection, report: CallReport) -> bool:
    """Whether a call with that customer began about then."""
    if report.started_at is None:
        return True
    near = interactions.c.at.between(report.started_at - NEAR, report.started_at + NEAR)
    found = select(interactions.c.call_id).where(interactions.c.number == report.caller_number, near).limit(1)
    return connection.execute(found).first() is not None


def _gap_begins(connection: Connection) -> datetime | None:
    """Where the last look ended; the first time, the last webhook. An hour is looked at twice."""
    noted = connection.execute(select(meta.c.value).where(meta.c.key == UNTIL)).scalar()
    if noted:
        return datetime.fromisoformat(noted) - timedelta(hours=1)
    last = connection.execute(select(func.max(inbox.c.received_at))).scalar()
    return last - timedelta(hours=1) if last else None


def _note(connection: Connection, until: datetime) -> None:
    statement = upsert(connection, meta, key=("key",), replaced=("value",))
    connection.execute(statement, {"key": UNTIL, "value": until.isoformat()})
