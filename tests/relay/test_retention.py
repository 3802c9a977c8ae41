"""What is forgotten when, and that a wrong clock forgets nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, insert, select

from cti_desktop.relay import retention, streams
from cti_desktop.relay.config import RetentionConfig
from cti_desktop.relay.retention import Retention
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import calls, inbox, stream, unrouted
from tests.helpers.relay_parts import ASHA, leg, new_agent, new_router, report
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import NOON, Clock

DAY = timedelta(days=1)
HELD = "nothing is purged"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


class Rig:
    """Retention over a store, with a clock of its own."""

    def __init__(self, store: Store, config: RetentionConfig | None = None) -> None:
        self.store = store
        self.clock = Clock(NOW)
        self.clock.skew = NOW - NOON
        self.router = new_router(store)
        self.forgot = 0
        self.retention = self.fresh(config)

    def fresh(self, config: RetentionConfig | None = None) -> Retention:
        """As after a restart."""
        config = config or RetentionConfig()
        return Retention(self.store, config, self.forget, self.clock, self.clock.monotonic)

    def forget(self) -> None:
        """The calls' cache is told."""
        self.forgot += 1
        self.router.forget()

    def call(self, call_id: str, *, over: bool = True) -> None:
        """A call came now, with its delivery."""
        told = report(leg(ASHA), call_id=call_id, over=over)
        self.store.write_now(lambda c: self.router.take(c, told, "myoperator", self.clock()))
        row = {"source": "pbx", "dedupe_key": call_id, "received_at": self.clock(), "content_type": ""}
        self.store.write_now(
            lambda c: c.execute(
                insert(inbox), {**row, "body": b"{}", "outcome": "stored", "call_id": call_id}
            )
        )

    def count(self, table: Table) -> int:
        """How many rows are there."""
        return self.store.read_now(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one())

    def bodies(self) -> list[bytes]:
        """Of all deliveries."""
        return self.store.read_now(
            lambda c: list(c.execute(select(inbox.c.body).order_by(inbox.c.id)).scalars())
        )


@pytest.fixture
def rig(store: Store) -> Rig:
    """Retention with its defaults."""
    return Rig(store)


async def test_each_kind_at_its_term(rig: Rig) -> None:
    """Events after 7 days, bodies after 30, records after 400; what is younger stays."""
    asha = new_agent(rig.store, "Asha", ASHA)
    rig.call("call-1")
    rig.clock.now += 8 * DAY
    rig.call("call-2")
    events = rig.count(stream)
    assert (await rig.retention.purge(rig.clock()))["events"] == events // 2
    extent = rig.store.read_now(lambda c: streams.extent(c, asha.id or "", "e"))
    assert (extent.floor, extent.head) == (events // 2 + 1, events)
    assert rig.bodies() == [b"{}", b"{}"]

    rig.clock.now = NOW + 31 * DAY
    assert (await rig.retention.purge(rig.clock()))["bodies"] == 1
    assert rig.bodies() == [b"", b"{}"]
    assert (rig.count(inbox), rig.count(calls)) == (2, 2)

    rig.clock.now = NOW + 401 * DAY
    purged = await rig.retention.purge(rig.clock())
    assert (purged["calls"], purged["deliveries"]) == (1, 1)
    assert (rig.count(inbox), rig.count(calls), rig.forgot) == (1, 1, rig.forgot)
    assert rig.forgot > 0


async def test_an_open_call_is_never_purged(rig: Rig) -> None:
    """Whatever its age."""
    new_agent(rig.store, "Asha", ASHA)
    rig.call("call-1", over=False)
    rig.clock.now += 500 * DAY

    assert (await rig.retention.purge(rig.clock()))["calls"] == 0


async def test_a_purged_cursor_cannot_be_honoured(rig: Rig) -> None:
    """The floor says so: who comes from before it is reset."""
    asha = new_agent(rig.store, "Asha", ASHA)
    for number in range(3):
        rig.call(f"call-{number}")
    rig.clock.now += 8 * DAY
    await rig.retention.purge(rig.clock())
    extent = rig.store.read_now(lambda c: streams.extent(c, asha.id or "", "e"))

    assert extent.floor == extent.head + 1
    assert [extent.can_resume("e", seq) for seq in (0, extent.head - 1, extent.head)] == [False, False, True]


async def test_many_in_small_transactions(rig: Rig) -> None:
    """More than fit into one go; all of them."""
    rows = [
        {"who": f"+9199999{n:05}", "count": 1, "first_at": NOW, "last_at": NOW, "last_call_id": "c"}
        for n in range(1201)
    ]
    rig.store.write_now(lambda c: c.execute(insert(unrouted), rows))

    assert (await rig.retention.purge(NOW + 401 * DAY))["strangers"] == 1201


async def test_it_purges_once_an_hour(rig: Rig) -> None:
    """By the clock that doesn't jump."""
    new_agent(rig.store, "Asha", ASHA)
    rig.call("call-1")
    await rig.retention.chore()
    rig.clock.now += 8 * DAY
    rig.call("call-2")
    await rig.retention.chore()
    assert rig.count(stream) > 0
    floor = rig.count(stream)
    rig.clock.now += timedelta(minutes=59)
    await rig.retention.chore()

    assert rig.count(stream) == floor


@pytest.mark.parametrize("days", [1, -1, 5 * 365, -5 * 365])
@pytest.mark.warning_logs(HELD)
async def test_a_jump_of_the_clock_purges_nothing(rig: Rig, days: int) -> None:
    """Not even an hour later; after the clock was mended everything is as before."""
    new_agent(rig.store, "Asha", ASHA)
    rig.call("call-1")
    await rig.retention.begin()
    events = rig.count(stream)
    rig.clock.jump(days=days)
    for _ in range(5):
        rig.clock.advance(hours=1)
        await rig.retention.chore()

    assert (rig.retention.held, rig.count(stream), rig.bodies()) == (True, events, [b"{}"])
    rig.clock.jump(days=-days)
    await rig.retention.chore()
    assert (rig.retention.held, rig.count(stream)) == (False, events)


@pytest.mark.warning_logs(HELD)
async def test_a_wrong_clock_at_the_start(rig: Rig) -> None:
    """A restart five years later is doubted, until somebody says that it is right."""
    new_agent(rig.store, "Asha", ASHA)
    rig.call("call-1")
    await rig.retention.chore()
    rig.clock.now += 5 * 365 * DAY
    restarted = rig.fresh()
    await restarted.begin()
    await restarted.chore()
    assert restarted.held
    assert rig.count(stream) > 0

    rig.store.write_now(lambda c: retention.trust(c, rig.clock()))
    await restarted.chore()
    assert (restarted.held, rig.count(stream)) == (False, 0)


@pytest.mark.warning_logs(HELD)
async def test_a_store_of_before_knows_the_time_from_its_deliveries(rig: Rig) -> None:
    """It was never told that the clock is right."""
    rig.call("call-1")
    rig.clock.now -= 30 * DAY
    await rig.retention.begin()

    assert rig.retention.held
