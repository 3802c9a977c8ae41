"""What the relay sees to every few seconds: calls without news, cursors to write, refusals to report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NoReturn

import msgspec
from sqlalchemy import Connection, select

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import meta
from cti_desktop.relay.turned_away import Refused, TurnedAway

_log: Final = logging.getLogger(__name__)

_EVERY_SECONDS: Final = 5.0
# One row of `meta` per source: `refused.myoperator` = {"count": 3, "last_at": "…"}.
REFUSED: Final = "refused."


class Refusals(msgspec.Struct, frozen=True):
    """How many deliveries of a source carried no valid secret, and when the last one came."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Rounds:
    """See the module. `refused` is counted up by the hooks and taken here; `chores` come each time."""

    store: Store
    router: Router
    cursors: Cursors
    refused: TurnedAway
    publish: Callable[[Iterable[Appended]], None]
    clock: Callable[[], datetime]
    chores: tuple[Callable[[], Awaitable[None]], ...] = ()

    async def run(self) -> NoReturn:
        """Go round for ever."""
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            await self.last()
            await self.see_to_chores()

    async def last(self) -> None:
        """One round, come what may."""
        try:
            await self.go()
        except StorageError as error:
            _log.error("the store can't be written: %s", error)

    async def see_to_chores(self) -> None:
        """All of them, come what may."""
        for chore in self.chores:
            try:
                await chore()
            except StorageError as error:
                _log.error("the store can't be written: %s", error)

    async def go(self) -> None:
        """One round. Raises `StorageError`."""
        now = self.clock()
        await self.store.write(lambda c: self.router.give_up_overdue(c, now), then=self.publish)
        await self.cursors.flush(self.store)
        await self._report_refused()

    async def _report_refused(self) -> None:
        refused = self.refused.take()
        for source, found in refused.items():
            _log.warning(
                "%s: %s refused for want of an active secret. If the provider sent that, calls are being "
                "lost: compare the panel's secret with the relay's (cti-relay secret list)",
                source,
                "1 delivery was" if found.count == 1 else f"{found.count} deliveries were",
            )
        if refused:
            try:
                await self.store.write(lambda connection: _note_refused(connection, refused))
            except StorageError:
                self.refused.put_back(refused)
                raise


def _note_refused(connection: Connection, refused: dict[str, Refused]) -> None:
    for source, new in refused.items():
        key = REFUSED + source
        found = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
        earlier = msgspec.json.decode(found, type=Refusals).count if found else 0
        value = msgspec.json.encode(Refusals(earlier + new.count, new.last_at)).decode()
        statement = upsert(connection, meta, key=("key",), replaced=("value",))
        connection.execute(statement, {"key": key, "value": value})
