"""Changes on their way to the disk, with a real store."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import StorageError
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.changes import Changes, Memory, Urgency
from cti_desktop.desktop.screen import OutboxItem
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.writer import Refused, Report, Writer, Written
from cti_desktop.wire.desktop_link import Cursor
from tests.helpers.calls import NOON, info
from tests.helpers.desktop import FailingStore
from tests.helpers.fake_relay import Watched

CALL = MyCall(info())
ITEM = OutboxItem(Disposition("d-1", "call-1", "interested", None, "", None, NOON))


class Desk(Watched):
    """Who hears of commits."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[Report] = []

    def hear(self, report: Report) -> None:
        """Note it."""
        self.reports.append(report)
        self.change()


@contextlib.asynccontextmanager
async def writing(store: Store, desk: Desk) -> AsyncIterator[Writer]:
    """A running writer, cancelled and closed at the end."""
    writer = Writer(store, desk.hear)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(writer.run(), name="writer")
        yield writer
        task.cancel()
    writer.close()


def reopened(path: Path) -> Memory:
    """What the next run finds."""
    store = Store.open(path)
    memory = store.load()
    store.close()
    return memory


def at(seq: int, urgency: Urgency = Urgency.NOW) -> Changes:
    """A cursor to be written."""
    return Changes(cursor=Cursor("e1", seq), urgency=urgency)


async def test_many_changes_make_one_commit(tmp_path: Path) -> None:
    """What is queued together is committed together, the last word counts."""
    desk = Desk()
    async with writing(Store.open(tmp_path / "s"), desk) as writer:
        for seq in range(1, 6):
            writer.write(at(seq))
        await desk.until(lambda: desk.reports)
    assert [Cursor("e1", 5)] == [report.changes.cursor for report in desk.reports]
    assert Cursor("e1", 5) == reopened(tmp_path / "s").cursor


async def test_a_draft_is_written_soon(tmp_path: Path) -> None:
    """It waits for the next keystroke, but not for long."""
    desk = Desk()
    async with writing(Store.open(tmp_path / "s"), desk) as writer:
        writer.write(Changes(calls={"call-1": CALL}, urgency=Urgency.SOON))
        assert [] == desk.reports
        await desk.until(lambda: desk.reports)
    assert (CALL,) == reopened(tmp_path / "s").calls


async def test_what_is_pending_at_the_end_is_written(tmp_path: Path) -> None:
    """Quitting loses no keystroke."""
    desk = Desk()
    async with writing(Store.open(tmp_path / "s"), desk) as writer:
        writer.write(Changes(calls={"call-1": CALL}, urgency=Urgency.SOON))
    assert (CALL,) == reopened(tmp_path / "s").calls


async def test_nothing_to_write_is_not_written(tmp_path: Path) -> None:
    """An idle desktop leaves the disk alone."""
    desk = Desk()
    async with writing(Store.open(tmp_path / "s"), desk) as writer:
        writer.write(Changes())
        writer.write(at(1))
        await desk.until(lambda: desk.reports)
    assert 1 == len(desk.reports)


async def test_what_is_refused_is_tried_again_but_for_saved_dispositions(tmp_path: Path) -> None:
    """A disposition that was not saved is the agent's again; cursor and other calls must not be lost."""
    desk = Desk()
    store = FailingStore.open(tmp_path / "s")
    store.refuses = True
    other = MyCall(info(call_id="call-2"))
    async with writing(store, desk) as writer:
        changes = Changes({"call-1": CALL, "call-2": other}, {"d-1": ITEM}, Cursor("e1", 1))
        changes.saved["d-1"] = "call-1"
        changes.hurry(Urgency.NOW)
        writer.write(changes)
        await desk.until(lambda: desk.reports)
        assert isinstance(desk.reports[0], Refused)
        store.refuses = False
        writer.retry_now()
        await desk.until(lambda: isinstance(desk.reports[-1], Written))
    memory = reopened(tmp_path / "s")
    assert ((other,), (), Cursor("e1", 1)) == (memory.calls, memory.outbox, memory.cursor)


async def test_a_last_commit_that_fails_is_told(tmp_path: Path) -> None:
    """The store is closed all the same."""
    store = FailingStore.open(tmp_path / "s")
    store.refuses = True
    writer = Writer(store, Desk().hear)
    writer.write(at(1))
    with pytest.raises(StorageError):
        writer.close()
    assert Cursor() == reopened(tmp_path / "s").cursor


async def test_a_commit_that_is_under_way_at_the_end_is_not_lost(tmp_path: Path) -> None:
    """Refused after nobody listened any more: it is tried once more."""

    class Slow(FailingStore):
        """Refuses the first commit, after the writer was cancelled."""

        __slots__ = ("commits",)

        def commit(self, changes: Changes) -> None:
            self.commits = getattr(self, "commits", 0) + 1
            if self.commits == 1:
                loop.call_soon_threadsafe(begun.set_result, None)
                asyncio.run_coroutine_threadsafe(cancelled.wait(), loop).result()
                raise StorageError("write: disk I/O error", code="io")
            Store.commit(self, changes)

    loop = asyncio.get_running_loop()
    begun: asyncio.Future[None] = loop.create_future()
    cancelled = asyncio.Event()
    writer = Writer(Slow.open(tmp_path / "s"), Desk().hear)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(writer.run(), name="writer")
        writer.write(at(1))
        await begun
        task.cancel()
    cancelled.set()
    await asyncio.to_thread(writer.close)
    assert Cursor("e1", 1) == reopened(tmp_path / "s").cursor
