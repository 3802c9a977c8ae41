"""What the relay sees to every few seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.rounds import REFUSED, Refusals, Rounds
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import cursors, meta
from cti_desktop.relay.turned_away import TurnedAway
from tests.helpers.relay_parts import ASHA, PATIENCE, leg, new_agent, new_router, report, take
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


class Rig:
    """Rounds, and all that they look after."""

    def __init__(self, store: Store) -> None:
        self.router: Router = new_router(store)
        self.published: list[Appended] = []
        self.cursors = Cursors()
        self.clock = Clock(NOW)
        self.refused = TurnedAway(self.clock)
        self.rounds = Rounds(store, self.router, self.cursors, self.refused, self.publish, self.clock)

    def publish(self, appended: Iterable[Appended]) -> None:
        """Remember."""
        self.published += appended


@pytest.fixture
def rig(store: Store) -> Rig:
    """Rounds."""
    return Rig(store)


async def test_calls_without_news_end(rig: Rig, store: Store) -> None:
    """Their agents are told."""
    asha = new_agent(store, "Asha", ASHA)
    take(store, rig.router, report(leg(ASHA)))
    await rig.rounds.go()
    assert [] == rig.published

    rig.clock.now += PATIENCE.ringing
    await rig.rounds.go()

    assert [(asha.id, 2)] == [(row.agent_id, row.seq) for row in rig.published]


async def test_cursors_are_written(rig: Rig, store: Store) -> None:
    """What was acknowledged since the last round."""
    asha = new_agent(store, "Asha")
    rig.cursors.moved(asha.id or "", "pc", 3, NOW)
    await rig.rounds.go()

    assert 3 == store.read_now(lambda c: c.execute(select(cursors.c.seq)).scalar_one())


@pytest.mark.warning_logs(
    "pbx: a delivery from", "pbx: 3 deliveries were refused", "pbx: 1 delivery was refused"
)
async def test_refusals_are_reported_and_noted(rig: Rig, store: Store) -> None:
    """One line in the log per round, and for `doctor` a count and when the last one really came."""
    for count, minutes in ((3, 0), (0, 1), (1, 2)):
        rig.clock.now = NOW + timedelta(minutes=minutes)
        for _ in range(count):
            rig.refused.wrong_secret("pbx", (), "203.0.113.7")
        rig.clock.now += timedelta(seconds=4)
        await rig.rounds.go()
    noted = store.read_now(
        lambda c: c.execute(select(meta.c.value).where(meta.c.key == REFUSED + "pbx")).scalar()
    )

    assert Refusals(4, NOW + timedelta(minutes=2)) == msgspec.json.decode(noted or "", type=Refusals)
    assert not rig.refused.counted


@pytest.mark.warning_logs("the store can't be written")
async def test_a_broken_disk_ends_no_rounds(rig: Rig, store: Store) -> None:
    """It is logged, and tried again the next time."""
    store.close()
    await rig.rounds.last()


@pytest.mark.warning_logs("pbx: a delivery from", "pbx: 3 deliveries were refused")
async def test_refusals_wait_for_a_store_that_can_be_written(rig: Rig, store: Store) -> None:
    """They are counted in the next round then."""
    for _ in range(3):
        rig.refused.wrong_secret("pbx", (), "203.0.113.7")
    store.close()
    with pytest.raises(StorageError):
        await rig.rounds._report_refused()
    rig.refused.wrong_secret("pbx", (), "203.0.113.7")

    assert {"pbx": 4} == {source: found.count for source, found in rig.refused.counted.items()}


@pytest.mark.warning_logs("the store can't be written: full")
async def test_a_chore_that_fails_keeps_no_other_from_its_turn(rig: Rig) -> None:
    """Nor the rounds from going on."""
    done: list[str] = []

    async def fails() -> None:
        raise StorageError("full")

    async def works() -> None:
        done.append("worked")

    await replace(rig.rounds, chores=(fails, works)).see_to_chores()

    assert ["worked"] == done
