"""Fifty desktops that read nothing among a thousand: what the others notice, and what the relay holds."""

import asyncio
import tempfile
from pathlib import Path

import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, percentile, tell
from tests.bench.load import resident_kib
from tests.bench.relay_post import Contender

AGENTS = 1_000
STALLED = 50
SAMPLES = 2_000


async def suffer(contender: Contender, stalled: int) -> float:
    """Post to everybody, some of whom read nothing; how many MiB the relay grew."""
    await contender.connect()
    await contender.pace(200)
    contender.delays.clear()
    await asyncio.sleep(0.2)
    before = resident_kib(contender.server.pid)
    for desktop in contender.fleet.desktops[:stalled]:
        desktop.transport.pause_reading()
    await contender.pace(SAMPLES, frozenset(range(stalled)))
    grown = (resident_kib(contender.server.pid) - before) / 1024
    contender.close()
    return grown


def main() -> None:
    """Measure with the stalled ones, and without."""
    open_many_files()
    slowest, grown = [], []
    with tempfile.TemporaryDirectory() as name:
        for stalled in (STALLED, 0):
            with servers.ours(Path(name) / str(stalled), AGENTS) as server:
                contender = Contender(server)
                grown.append(uvloop.run(suffer(contender, stalled)))
                slowest.append(1e3 * percentile(contender.delays, 99))
    tell(
        [
            Figure("p99 of 950 desktops beside 50 that read nothing", slowest[0], "ms", slowest[1], "≤ 250"),
            Figure("memory grown meanwhile", grown[0], "MiB", None, "≤ 64"),
        ]
    )


if __name__ == "__main__":
    main()
