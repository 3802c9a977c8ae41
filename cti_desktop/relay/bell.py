"""One waiter's signal: rung, it stays rung until it is cleared."""

from __future__ import annotations

import asyncio


class Bell:
    """An `asyncio.Event` for one who waits: without its queue an idle desktop costs less."""

    __slots__ = ("_rung", "_waiter")

    def __init__(self) -> None:
        """Silent."""
        self._rung = False
        self._waiter: asyncio.Future[None] | None = None

    def set(self) -> None:
        """Ring."""
        self._rung = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def clear(self) -> None:
        """From now on, wait for the next ring."""
        self._rung = False

    async def wait(self) -> None:
        """Return once it rang."""
        while not self._rung:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
