"""What an idle desktop costs the relay: resident memory per connection, at 2,000 of them."""

import asyncio
import tempfile
from pathlib import Path

import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, tell
from tests.bench.load import Fleet, resident_kib
from tests.bench.servers import Server

CONNECTIONS = 2_000


async def per_connection(server: Server) -> float:
    """KiB for each, over what the process holds after a few have come and gone."""
    warm = Fleet()
    await warm.connect(server.port, server.tokens[:50])
    warm.close()
    await asyncio.sleep(0.5)
    before = resident_kib(server.pid)
    fleet = Fleet()
    await fleet.connect(server.port, server.tokens)
    await asyncio.sleep(1)
    after = resident_kib(server.pid)
    fleet.close()
    return (after - before) / CONNECTIONS


def main() -> None:
    """Measure the relay and, for comparison, the plain one."""
    open_many_files()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with servers.ours(folder / "ours", CONNECTIONS) as server:
            ours = uvloop.run(per_connection(server))
        with servers.plain(folder / "plain", CONNECTIONS) as server:
            plain = uvloop.run(per_connection(server))
    tell([Figure("memory per idle connection", ours, "KiB", plain, "≤ 24")])


if __name__ == "__main__":
    main()
