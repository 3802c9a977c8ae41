"""What an event costs once a thousand, and a million, others are stored: the cost must stay flat."""

import statistics
import tempfile
from pathlib import Path

import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, tell
from tests.bench.relay_post import AGENTS, Contender

FEW, MANY = 1_000, 1_000_000
ROUNDS = 4
SECONDS = 1.5


async def compete(contenders: list[Contender]) -> None:
    """Turn and turn about."""
    for contender in contenders:
        await contender.connect()
        await contender.storm(0.5)
        contender.rates.clear()
    for _ in range(ROUNDS):
        for contender in contenders:
            await contender.storm(SECONDS)
    for contender in contenders:
        contender.close()


def main() -> None:
    """Measure the same relay on a young and on an old store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            servers.ours(folder / "old", AGENTS, stored=MANY) as old,
            servers.ours(folder / "young", AGENTS, stored=FEW) as young,
        ):
            contenders = [Contender(old), Contender(young)]
            uvloop.run(compete(contenders))
    cost = [1e6 / statistics.median(c.rates) for c in contenders]
    tell([Figure("cost of an event with 10⁶ stored, against 10³", cost[0], "µs", cost[1], "≤ 1.25×")])


if __name__ == "__main__":
    main()
