"""The signal for one who waits."""

import asyncio

from cti_desktop.relay.bell import Bell


async def test_it_stays_rung_until_it_is_cleared() -> None:
    """Who comes late doesn't wait; who waits is woken by the next ring only."""
    bell = Bell()
    bell.set()
    bell.set()
    await bell.wait()
    bell.clear()
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(bell.wait(), name="waiter")
        await asyncio.sleep(0)
        assert not waiting.done()
        bell.set()
