"""How large a machine: whole calls at a pace, with so many desktops; answers, processor, memory, disk."""

import asyncio
import os
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import uvloop

from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, percentile, tell
from tests.bench.load import Fleet, Poster, resident_kib
from tests.bench.servers import Server

# Agents, and webhooks a second: a small team, a floor, a centre, and the promise of the protocol.
LOADS = ((50, 10), (200, 50), (500, 200), (1_000, 500))
SECONDS = 10
LINES = 24
NOON = "2026-11-20T12:00:00+00:00"
KINDS = ("call.initiated", "call.dial_begin", "call.answered", "call.end", "call.summary")


def webhook(call: int, step: int, phone: str) -> bytes:
    """The next webhook of a call that rings with one agent, is answered and ends: some 700 bytes."""
    leg: dict[str, Any] = {"leg_index": 2, "type": "agent", "phone_number": phone, "started_at": NOON}
    leg["result"] = ("", "dialing", "answered", "answered", "answered")[step]
    if step > 1:
        leg["answered_at"] = NOON
    if step > 2:
        leg |= {"ended_at": NOON, "talk_duration": 60, "dial_status": "ANSWER"}
    payload = {"id": f"sized-{call}", "direction": "incoming", "legs": [leg] if step else []}
    if step > 2:
        payload |= {"status": "bridged", "ended_at": NOON, "recording_filename": f"{call}.mp3"}
    return msgspec.json.encode(
        {
            "event_id": f"sized-{call}-{step}",
            "event_type": KINDS[step],
            "event_sequence": step + 1,
            "event_version": 1,
            "timestamp": NOON,
            "channel": "call",
            "direction": "incoming",
            "session_id": f"sized-{call}",
            "system_identifier": "+918000000042",
            "customer_identifier": f"+9199{call % 100_000_000:08}",
            "payload": payload,
        }
    )


def traffic(phones: list[str]) -> Iterator[bytes]:
    """Calls without end, many at once: each agent's next webhook in turn."""
    call = 0
    while True:
        some = random.sample(phones, min(len(phones), 20))
        for step in range(len(KINDS)):
            yield from (webhook(call + number, step, phone) for number, phone in enumerate(some))
        call += len(some)


def seconds_of_processor(pid: int) -> float:
    """What a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def kept(store: Path) -> tuple[int, int]:
    """How many bytes a store takes that nobody uses, now, and once bodies and streams are purged."""
    now = store.stat().st_size
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript("UPDATE inbox SET body = x''; DELETE FROM stream; VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return now, store.stat().st_size


async def answer(poster: Poster, content: bytes, due: float, delays: list[float]) -> None:
    """From the moment at which it was due."""
    await poster.post(content)
    delays.append(perf_counter() - due)


async def pace(server: Server, rate: int, seconds: float) -> list[float]:
    """Post `rate` a second, waiting for nobody; how long each took."""
    loop = asyncio.get_running_loop()
    posters = [
        (await loop.create_connection(lambda: Poster(server.secret), "127.0.0.1", server.port))[1]
        for _ in range(LINES)
    ]
    bodies, delays, began = traffic(server.phones), list[float](), perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            group.create_task(answer(posters[number % LINES], next(bodies), due, delays))
    for poster in posters:
        poster.close()
    return delays


async def measure(server: Server, rate: int) -> list[Figure]:
    """One load."""
    fleet = Fleet()
    await fleet.connect(server.port, server.tokens)
    used = seconds_of_processor(server.pid)
    delays = await pace(server, rate, SECONDS)
    share = 100 * (seconds_of_processor(server.pid) - used) / SECONDS
    held = resident_kib(server.pid) / 1024
    fleet.close()
    what = f"{len(server.phones):,} agents, {rate} webhooks/s"
    goal = "≤ 100" if rate == max(load[1] for load in LOADS) else ""
    return [
        Figure(f"{what}: p50 of the answer", 1e3 * percentile(delays, 50), "ms"),
        Figure(f"{what}: p99 of the answer", 1e3 * percentile(delays, 99), "ms", None, goal),
        Figure(f"{what}: of one processor", share, "%"),
        Figure(f"{what}: memory", held, "MiB"),
    ]


def main() -> None:
    """Measure each load on a store of its own."""
    open_many_files()
    figures: list[Figure] = []
    fresh = old = 0
    with tempfile.TemporaryDirectory() as name:
        for agents, rate in LOADS:
            folder = Path(name) / str(agents)
            with servers.ours(folder, agents) as server:
                empty = (folder / "relay.db").stat().st_size
                figures += uvloop.run(measure(server, rate))
            fresh, old = (size - empty for size in kept(folder / "relay.db"))
    webhooks = LOADS[-1][1] * SECONDS * 1024
    figures.append(Figure("disk for each webhook, at first", fresh / webhooks, "KiB"))
    figures.append(Figure("disk for each webhook, after 30 days", old / webhooks, "KiB"))
    tell(figures)


if __name__ == "__main__":
    main()
