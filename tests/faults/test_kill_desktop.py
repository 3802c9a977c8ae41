"""`kill -9` of the desktop wherever it may be: what the agent saw saved reaches the relay, once."""

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.calls import answered, ended, rang
from tests.helpers.desktop_process import POINTS, DesktopProcess
from tests.helpers.fake_relay import FakeRelay
from tests.helpers.relay_process import Bomb

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forked processes and SIGKILL")

CALLS = 3  # in each life


def talk(relay: FakeRelay, trial: int) -> None:
    """Calls that ring, are answered and end: each asks for its outcome."""
    for number in range(CALLS):
        call_id, leg = f"call-{trial}-{number}", f"{trial}-{number}"
        relay.push(rang(call_id=call_id, leg=leg))
        relay.push(answered(call_id=call_id, leg=leg), ended(call_id=call_id, leg=leg))


async def live(root: Path, relay: FakeRelay, bomb: Bomb, doom: float | None) -> tuple[list[str], bool]:
    """One life: what was shown as saved, and whether it was cut short.

    By the bomb, or after `doom` seconds; else it ends when the relay has stored the outcome of every call.
    """
    desktop = DesktopProcess(root, relay.url, bomb)
    if doom is not None:
        asyncio.get_running_loop().call_later(doom, desktop.process.kill)
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        calm = group.create_task(relay.until(lambda: len(stored(relay)) * 3 == len(relay.journal)))
        end = group.create_task(desktop.ended())
        await asyncio.wait([calm, end], return_when=asyncio.FIRST_COMPLETED)
        killed = not calm.done()
        calm.cancel()
        end.cancel()
    desktop.kill()
    return desktop.saved(), killed


def stored(relay: FakeRelay) -> Counter[str]:
    """How many dispositions each call has at the relay."""
    return Counter(disposition.call_id for disposition in relay.stored)


@pytest.mark.parametrize("point", [*POINTS, "any moment"])
async def test_nothing_saved_is_lost_at(point: str, tmp_path: Path, *, at_length: bool) -> None:
    """The desktop dies there again and again, and goes on with the same file each time."""
    chance, saved, deaths, trials = random.Random(point), list[str](), 0, 200 if at_length else 10
    async with FakeRelay() as relay:
        for trial in range(trials):
            talk(relay, trial)
            doom = chance.uniform(0.0, 0.04) if point == "any moment" else None
            seen, killed = await live(tmp_path, relay, Bomb(point, chance.randint(1, CALLS)), doom)
            saved += seen
            deaths += killed
        seen, _ = await live(tmp_path, relay, Bomb(), None)
        saved += seen

    assert set(saved) <= {d.id for d in relay.stored}
    assert (CALLS * trials, 1) == (len(stored(relay)), max(stored(relay).values()))
    assert len(saved) > trials
    assert deaths >= trials / 5
