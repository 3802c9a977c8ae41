"""A wall clock that jumps: nothing is lost, nothing is purged, and what comes next still arrives."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cti_desktop.relay.tables import calls, inbox, stream
from tests.helpers.relay_world import Clock, dial_begin, running

DAY = timedelta(days=1)
YEARS = timedelta(days=5 * 365)


@pytest.mark.parametrize("jump", [DAY, -DAY, YEARS, -YEARS], ids=["+1 d", "-1 d", "+5 y", "-5 y"])
async def test_jump_loses_and_purges_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, jump: timedelta
) -> None:
    """While it runs, and over a restart: each event still reaches its desktop, every row stays."""
    clock = Clock()
    async with running(tmp_path, clock=clock) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            for number in range(6):
                if number in {2, 4}:
                    clock.now += jump if number == 2 else -jump
                    await world.relay.rounds.go()
                assert (await world.post(dial_begin(f"call-{number}", asha))).status_code == 200
            rang, seq = list[str](), 0
            while len(rang) < 6:  # between them a call may be given up, as nobody heard of it for years
                [event] = await desktop.events(1)
                rang += [event["event"]["call_id"]] * (event["event"]["kind"] == "call.rang")
                seq = event["seq"]
            epoch = desktop.welcome["epoch"]
        clock.now += jump
    async with running(tmp_path, clock=clock) as world:
        await world.relay.rounds.go()
        assert (await world.post(dial_begin("call-6", asha))).status_code == 200
        async with world.desktop(asha, seq=seq, epoch=epoch) as desktop:
            while (message := await desktop.receive())["event"]["call_id"] != "call-6":
                assert message["type"] == "event"
        kept = await world.relay.store.read(
            lambda c: [c.execute(select(func.count()).select_from(t)).scalar_one() for t in (inbox, calls)]
        )
        first = await world.relay.store.read(lambda c: c.execute(select(func.min(stream.c.seq))).scalar_one())

    assert [f"call-{number}" for number in range(6)] == rang
    assert ([7, 7], 1) == (kept, first)
    assert "a bug of ours" not in caplog.text
