"""One call that rings with 1,000 agents at once: until the last desktop has heard, against no durability."""

import statistics
import tempfile
from pathlib import Path
from time import perf_counter

import msgspec
import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, tell
from tests.bench.load import Fleet, body
from tests.bench.relay_post import Contender

AGENTS = 1_000
ROUNDS = 5


def to_everybody(number: int, phones: list[str]) -> bytes:
    """A call with a leg for each agent."""
    event = msgspec.json.decode(body(number, "everybody"))
    if phones:
        event["payload"]["legs"] = [
            {"leg_index": index, "type": "agent", "result": "dialing", "phone_number": phone}
            for index, phone in enumerate(phones)
        ]
    return msgspec.json.encode(event)


async def broadcast(contenders: list[Contender]) -> None:
    """Turn and turn about; each contender's `delays` say how long until the last had it."""
    for contender in contenders:
        await contender.connect()
    for number in range(1, ROUNDS + 2):
        for contender in contenders:
            fleet: Fleet = contender.fleet
            is_ours = contender is contenders[0]
            content = to_everybody(number, contender.server.phones if is_ours else [])
            wanted, begun = fleet.frames + AGENTS, perf_counter()
            await contender.posters[0].post(content)
            await fleet.until(wanted)
            contender.delays.append(perf_counter() - begun)
    for contender in contenders:
        contender.close()


def main() -> None:
    """Measure both; the first round warms up."""
    open_many_files()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            servers.ours(folder / "ours", AGENTS) as first,
            servers.plain(folder / "plain", AGENTS, durable=False) as second,
        ):
            ours, plain = Contender(first), Contender(second)
            uvloop.run(broadcast([ours, plain]))
    last = [1e3 * statistics.median(c.delays[1:]) for c in (ours, plain)]
    tell([Figure("broadcast to 1,000 agents, last receipt", last[0], "ms", last[1], "≤ 1.5×")])


if __name__ == "__main__":
    main()
