"""Blocking calls that may never come back: each on a daemon thread, which nobody waits for at the end.

`asyncio.to_thread` would be waited for when the loop closes; a keyring's prompt can stay open for hours.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def detached(name: str, call: Callable[[], T], seconds: float) -> T:
    """What `call` returns or raises, from a thread of its own; `TimeoutError` after `seconds`."""
    outcome: Future[T] = Future()
    # A running future can't be cancelled, so that the thread may settle it even when nobody listens any more.
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - it is raised where the outcome is awaited
            outcome.set_exception(error)
        else:
            outcome.set_result(result)

    threading.Thread(target=run, name=name, daemon=True).start()
    async with asyncio.timeout(seconds):
        return await asyncio.wrap_future(outcome)
