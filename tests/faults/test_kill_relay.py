"""`kill -9` of the relay wherever it may be: no promise is lost, none kept twice, the file stays sound."""

import asyncio
import random
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.ledger import Broken, Ledger, http_client
from tests.helpers.relay_process import POINTS, Bomb, RelayProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forked processes and SIGKILL")

LONGEST_FUSE = 12


async def run_until_dead(ledger: Ledger, bomb: Bomb) -> int | None:
    """One life under load; the exit code."""
    try:
        started = RelayProcess.start(ledger.folder, bomb)
    except EOFError:  # some points are passed before it listens, too
        return -signal.SIGKILL
    with started as relay:
        async with http_client() as http, asyncio.timeout(30):
            await ledger.storm(relay.url, http)
        return relay.exit_code


async def settle(ledger: Ledger) -> None:
    """A life without accidents, in which everybody gets what is owed."""
    with RelayProcess.start(ledger.folder) as relay:
        async with http_client() as http:
            await ledger.storm(relay.url, http, posts=len(ledger.pending) + 10)
    assert relay.exit_code == 0


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_at(point: str, tmp_path: Path, *, at_length: bool) -> None:
    """The relay dies there again and again, and goes on with the same store each time.

    Odd fuses have a disk so slow that the thread commits; with even ones the event loop does, but for crowds.
    """
    ledger, chance = Ledger.open(tmp_path), random.Random(point)
    for _ in range(200 if at_length else 20):
        code = await run_until_dead(ledger, Bomb(point, chance.randint(1, LONGEST_FUSE)))
        assert code == -signal.SIGKILL
        ledger.check_store()
    await settle(ledger)

    ledger.check_effects()
    assert len(ledger.acknowledged) > 20


async def test_nothing_is_lost_at_any_moment(tmp_path: Path, *, at_length: bool) -> None:
    """Killed from outside, at moments that nobody chose."""
    ledger, chance = Ledger.open(tmp_path), random.Random(6)
    for _ in range(200 if at_length else 10):
        with RelayProcess.start(ledger.folder, Bomb(fuse=chance.randint(1, 2))) as relay:
            asyncio.get_running_loop().call_later(chance.uniform(0.01, 0.15), relay.process.kill)
            async with http_client() as http, asyncio.timeout(30):
                await ledger.storm(relay.url, http)
        ledger.check_store()
    await settle(ledger)

    ledger.check_effects()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("DELETE FROM inbox WHERE id = 3", "acknowledged and lost"),
        ("DELETE FROM dispositions WHERE rowid = 1", "dispositions stored and lost"),
        ("UPDATE inbox SET call_id = 'call-1' WHERE id = 5", "acknowledged and lost"),
    ],
)
async def test_ledger_notices(tmp_path: Path, fault: str, words: str) -> None:
    """These tests would see a promise that was broken."""
    ledger = Ledger.open(tmp_path)
    await settle(ledger)
    with closing(sqlite3.connect(tmp_path / "relay.db")) as connection:
        connection.execute(fault)
        connection.commit()

    with pytest.raises(Broken, match=words):
        ledger.check_effects()
