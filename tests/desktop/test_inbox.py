"""The one queue."""

import asyncio

from cti_desktop.desktop.inbox import Inbox
from cti_desktop.desktop.intents import Quit, RetryNow, ShowWindow


async def test_everything_that_is_there_is_one_batch() -> None:
    """In the order of arrival."""
    inbox = Inbox()
    for item in (RetryNow(), ShowWindow(), Quit()):
        inbox.put(item)
    assert [RetryNow(), ShowWindow(), Quit()] == await inbox.batch(None)


async def test_it_waits_for_the_first() -> None:
    """However long that takes."""
    inbox = Inbox()
    async with asyncio.TaskGroup() as tasks:
        batch = tasks.create_task(inbox.batch(None))
        await asyncio.sleep(0)
        inbox.put(Quit())
    assert [Quit()] == batch.result()


async def test_when_it_is_time_the_batch_is_empty() -> None:
    """And nothing that comes later is lost."""
    inbox = Inbox()
    assert [] == await inbox.batch(asyncio.get_running_loop().time())
    inbox.put(Quit())
    assert [Quit()] == await inbox.batch(None)
