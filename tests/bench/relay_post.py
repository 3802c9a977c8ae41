"""From a durable POST to the agent's WebSocket: throughput and latency, against the plain relay.

Beside both, the bare relay, without and with our rows: what Python can do at best on this machine, just now.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from time import perf_counter

import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, percentile, tell
from tests.bench.load import Fleet, Poster, body
from tests.bench.servers import Server

AGENTS = 100
LINES = 32
ROUNDS = 3
SECONDS = 3.0
PACE = 100
SAMPLES = 400


def processor_seconds(pid: int) -> float:
    """How long a process has kept a processor busy so far."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - /proc
        user, system = file.read().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Contender:
    """One relay with its fleet."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.fleet = Fleet(silent=server.silent)
        self.posters: list[Poster] = []
        self.numbers = itertools.count(1)
        self.rates: list[float] = []
        self.work: list[float] = []
        self.load: list[float] = []
        self.delays: list[float] = []

    async def connect(self) -> None:
        """Desktops and the provider's connections."""
        await self.fleet.connect(self.server.port, self.server.tokens)
        loop = asyncio.get_running_loop()
        for _ in range(LINES):
            _, poster = await loop.create_connection(
                lambda: Poster(self.server.secret), "127.0.0.1", self.server.port
            )
            self.posters.append(poster)

    async def storm(self, seconds: float) -> None:
        """As many posts as it takes; counted is what reached its desktop."""
        begun, before = perf_counter(), self.fleet.frames
        busy, ours = self._processor_seconds(), time.process_time()
        sent = await asyncio.gather(*(self._line(poster, begun + seconds) for poster in self.posters))
        await self.fleet.until(before + sum(sent))
        self.rates.append(sum(sent) / (perf_counter() - begun))
        self.work.append((self._processor_seconds() - busy) / sum(sent))
        self.load.append((time.process_time() - ours) / sum(sent))

    def _processor_seconds(self) -> float:
        return sum(map(processor_seconds, (self.server.pid, *self.server.helpers)))

    async def _line(self, poster: Poster, until: float) -> int:
        count = 0
        while perf_counter() < until:
            _, content, agent = self._next()
            await poster.post(content, agent)
            count += 1
        return count

    def _next(self) -> tuple[bytes, bytes, str]:
        number = next(self.numbers)
        agent = self.server.phones[number % len(self.server.phones)]
        return f"bench-{number}".encode(), body(number, agent), agent

    async def pace(self, samples: int, stalled: frozenset[int] = frozenset()) -> None:
        """Posts at a steady pace; how long each takes to its desktop; nobody waits for `stalled`."""
        loop = asyncio.get_running_loop()
        sent: dict[bytes, float] = {}
        begun, before = perf_counter(), self.fleet.frames
        posts = []
        for index in range(samples):
            await asyncio.sleep(max(0.0, begun + index / PACE - perf_counter()))
            call, content, agent = self._next()
            if int(call[6:]) % len(self.server.phones) not in stalled:
                sent[call] = perf_counter()
            posts.append(loop.create_task(self.posters[index % LINES].post(content, agent)))
        await asyncio.gather(*posts)
        await self.fleet.until(before + len(sent))
        self.delays += [self.fleet.heard[call] - at for call, at in sent.items()]

    def close(self) -> None:
        """Hang up."""
        self.fleet.close()
        for poster in self.posters:
            poster.close()


async def compete(contenders: list[Contender], rounds: int) -> None:
    """Turn and turn about, so that the machine's moods meet everybody."""
    for contender in contenders:
        await contender.connect()
        await contender.storm(0.5)  # warm
    for contender in contenders:
        contender.rates.clear()
        contender.work.clear()
        contender.load.clear()
    for _ in range(rounds):
        for contender in contenders:
            await contender.pace(SAMPLES)
        for contender in contenders:
            await contender.storm(SECONDS)
    for contender in contenders:
        contender.close()


def main() -> None:
    """Measure both relays in one run."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            servers.ours(folder / "ours", AGENTS) as first,
            servers.plain(folder / "plain", AGENTS) as second,
            servers.plain(folder / "bare", AGENTS, program="bare_relay") as third,
            servers.plain(folder / "rows", AGENTS, program="rows_relay") as fourth,
        ):
            ours, plain, bare, rows = map(Contender, (first, second, third, fourth))
            uvloop.run(compete([ours, plain, bare, rows], rounds))
    possible = [
        Figure(f"{f.what} ({name})", f.value, f.unit, f.baseline)
        for name, contender in (("bare", bare), ("bare, with our rows", rows))
        for f in figures([contender, plain])
    ]
    tell(figures([ours, plain]) + possible)


def figures(
    contenders: list[Contender], *, against: str = "", rate: str = "≥ 6×", delay: str = "≤ 0.8×"
) -> list[Figure]:
    """The first contender beside the second, and the goals."""
    rates = [statistics.median(c.rates) for c in contenders]
    work = [1e6 * statistics.median(c.work) for c in contenders]
    load = [1e6 * statistics.median(c.load) for c in contenders]
    middle = [1e3 * statistics.median(c.delays) for c in contenders]
    slowest = [1e3 * percentile(c.delays, 99) for c in contenders]
    what = f"durable POST to WebSocket{against}"
    return [
        Figure(f"{what}, throughput", rates[0], "POST/s", rates[1], rate),
        Figure(f"{what}, processor time of one", work[0], "µs", work[1]),
        Figure(f"{what}, what posting and hearing it takes", load[0], "µs", load[1]),
        Figure(f"{what}, p50", middle[0], "ms", middle[1], delay),
        Figure(f"{what}, p99", slowest[0], "ms", slowest[1], delay),
    ]


if __name__ == "__main__":
    main()
