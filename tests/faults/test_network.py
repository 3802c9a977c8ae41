"""Sessions over a bad network: no gap, nothing twice, and resuming is quick."""

import asyncio
import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.helpers.fault_proxy import Fault, FaultProxy
from tests.helpers.ledger import Desktop, Ledger, http_client
from tests.helpers.relay_process import RelayProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forked processes")

AGENTS = 10


def bad_luck(chance: random.Random) -> Fault:
    """One connection's fate: each kind of fault alone, or mixed with delay."""
    delay = chance.uniform(0.0005, 0.25)  # one way: 1 to 500 ms there and back
    return chance.choice(
        [
            Fault(delay=delay),
            Fault(bytes_per_second=1000),
            Fault(split=chance.randint(1, 7)),
            Fault(delay=delay / 10, cut_after=chance.randint(1, 20_000)),
            Fault(delay=delay / 10, silent_after=chance.randint(200, 20_000)),
            Fault(delay=delay / 10, split=chance.randint(50, 500), cut_after=chance.randint(3_000, 20_000)),
        ]
    )


async def session(desktop: Desktop, proxy: FaultProxy, seconds: float) -> float | None:
    """One connection, at most so long; how long it took till the welcome, if there was one."""
    begun = asyncio.get_running_loop().time()
    welcomed = desktop.welcomes
    try:
        async with asyncio.timeout(seconds):
            await desktop.converse(proxy.url)
    except TimeoutError:
        pass
    return desktop.welcomed_at - begun if desktop.welcomes > welcomed else None


async def suffer(
    desktop: Desktop, port: int, fates: Iterator[tuple[Fault, float]], resumed: list[float]
) -> None:
    """One agent's bad day: a session after the other, each over a network of its own."""
    for fault, seconds in fates:
        async with FaultProxy.before(port) as proxy:
            proxy.faults.append(fault)
            took = await session(desktop, proxy, seconds)
        if took is not None and not fault.bytes_per_second:
            resumed.append(took)


async def post_until(stop: asyncio.Event, ledger: Ledger, url: str, http: httpx.AsyncClient) -> None:
    """The provider is on a good network, and never stops."""
    while not stop.is_set():
        await ledger.post(url, http)


async def test_bad_network_costs_time_only(tmp_path: Path, *, at_length: bool) -> None:
    """Delayed, narrow, split, cut and half-open connections: each desktop hears all, once, in order."""
    ledger, chance, resumed = Ledger.open(tmp_path, AGENTS), random.Random(7), list[float]()
    sessions = 200 if at_length else 30
    fates = [(bad_luck(chance), chance.uniform(0.3, 1.5)) for _ in range(sessions)]
    with RelayProcess.start(tmp_path) as relay:
        port, stop = int(relay.url.rpartition(":")[2]), asyncio.Event()
        async with http_client() as http:
            async with asyncio.TaskGroup() as group:
                posting = group.create_task(post_until(stop, ledger, relay.url, http))
                async with asyncio.TaskGroup() as days:
                    for number, desktop in enumerate(ledger.desktops):
                        mine = itertools.islice(fates, number, None, AGENTS)
                        days.create_task(suffer(desktop, port, mine, resumed))
                stop.set()
                await posting
            await ledger.storm(relay.url, http, 10)
    ledger.check_effects()

    assert sum(desktop.resets for desktop in ledger.desktops) == 0
    assert len(resumed) > sessions / 4
    assert sorted(resumed)[int(0.99 * len(resumed))] < 2
