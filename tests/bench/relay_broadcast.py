"""One event to 1,000 desktops: until the last of them has heard, against a relay that keeps nothing.

The thousand are devices of one agent: one row in the store. A call that rings with many agents is many rows,
each of which names all of them; it is measured with a hundred.
"""

import dataclasses
import statistics
import tempfile
from pathlib import Path
from time import perf_counter

import msgspec
import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, tell
from tests.bench.load import body
from tests.bench.relay_post import Contender

DESKTOPS = 1_000
RINGING = 100
ROUNDS = 7


def call(number: int, phones: list[str]) -> bytes:
    """A call with a leg for each phone."""
    event = msgspec.json.decode(body(number, "everybody"))
    event["payload"]["legs"] = [
        {"leg_index": index, "type": "agent", "result": "dialing", "phone_number": phone}
        for index, phone in enumerate(phones)
    ]
    return msgspec.json.encode(event)


async def broadcast(contenders: list[tuple[Contender, list[str]]]) -> None:
    """Turn and turn about; each contender's `delays` say how long until the last had it."""
    for contender, _ in contenders:
        await contender.connect()
    for number in range(1, ROUNDS + 2):
        for contender, phones in contenders:
            fleet = contender.fleet
            wanted, begun = fleet.frames + len(fleet.desktops), perf_counter()
            await contender.posters[0].post(call(number, phones))
            await fleet.until(wanted)
            contender.delays.append(perf_counter() - begun)
    for contender, _ in contenders:
        contender.close()


def main() -> None:
    """Measure all in one run; the first round warms up."""
    open_many_files()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            servers.ours(folder / "one", 1) as alone,
            servers.ours(folder / "many", RINGING) as team,
            servers.plain(folder / "plain", DESKTOPS, durable=False) as keeps_nothing,
        ):
            devices = Contender(dataclasses.replace(alone, tokens=alone.tokens * DESKTOPS))
            agents, plain = Contender(team), Contender(keeps_nothing)
            rivals = [(devices, alone.phones), (agents, team.phones), (plain, ["everybody"])]
            uvloop.run(broadcast(rivals))
    last = [1e3 * statistics.median(c.delays[1:]) for c in (devices, agents, plain)]
    tell(
        [
            Figure("one durable event to 1,000 desktops, last receipt", last[0], "ms", last[2], "≤ 1.5×"),
            Figure("one call that rings with 100 agents, last receipt", last[1], "ms"),
        ]
    )


if __name__ == "__main__":
    main()
