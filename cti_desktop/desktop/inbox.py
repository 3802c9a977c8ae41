"""The one queue of the desktop: everything that happens, in the order in which it was heard of."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from cti_desktop.desktop.asking import Asked
from cti_desktop.desktop.connection import Connection
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.screen import LinkStatus
from cti_desktop.desktop.writer import Refused, Written
from cti_desktop.wire.desktop_link import LinkEvent


@dataclass(frozen=True, slots=True)
class Heard:
    """From a connection, which may have been replaced meanwhile."""

    source: Connection
    what: LinkEvent | LinkStatus


Item = Heard | Asked | Written | Refused | AnyIntent


class Inbox:
    """Bounded by what fills it: the relay's window, one commit, one question, and a person's pace."""

    def __init__(self) -> None:
        """Begin empty."""
        self._items: asyncio.Queue[Item] = asyncio.Queue()

    def put(self, item: Item) -> None:
        """Have `item` handled in its turn. From the loop's thread."""
        self._items.put_nowait(item)

    async def batch(self, due: float | None) -> list[Item]:
        """All that is there, waiting for the first; empty once the loop's clock shows `due` (None: never)."""
        batch: list[Item] = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(due):
                batch.append(await self._items.get())
        while not self._items.empty():
            batch.append(self._items.get_nowait())
        return batch
