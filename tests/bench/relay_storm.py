"""A thousand desktops, with the product's own way to come back, whose relay ends: when all are back."""

import asyncio
import os
import signal
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import uvloop

from cti_desktop.desktop import address
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.connection import Connection
from cti_desktop.desktop.screen import LinkStatus
from cti_desktop.wire.desktop_link import Cursor, DesktopLink, LinkEvent, Received, Welcomed
from tests.bench import servers
from tests.bench.figures import Figure, open_many_files, percentile, tell
from tests.bench.load import Poster, body
from tests.bench.servers import Server

DESKTOPS = 1_000
LONGEST = 60.0
_PAUSE = 0.02


class Desk:
    """One desktop without a window: commits at once what it hears, and notes when it was welcomed."""

    def __init__(self, server: Server, token: str, number: int, news: asyncio.Event) -> None:
        link = DesktopLink(f"pc-{number}", "bench")
        relay = address.parse(f"http://127.0.0.1:{server.port}")
        self.connection = Connection(SignedIn(relay, token), link, self._hear, lambda: datetime.now(UTC))
        self.welcomed: list[float] = []
        self._news = news

    def _hear(self, what: LinkEvent | LinkStatus) -> None:
        match what:
            case Welcomed():
                self.welcomed.append(perf_counter())
                self._news.set()
            case Received(cursor=Cursor() as cursor):
                self.connection.committed(cursor)
            case _:
                pass


async def until(desks: list[Desk], welcomes: int, news: asyncio.Event) -> None:
    """Return once each was welcomed so often; `news` rings at each welcome."""
    async with asyncio.timeout(LONGEST):
        while any(len(desk.welcomed) < welcomes for desk in desks):
            news.clear()
            await news.wait()


async def posting(server: Server, enough: asyncio.Event) -> list[float]:
    """The provider waits for nobody: a call every 20 ms, and how long each took."""
    loop = asyncio.get_running_loop()
    _, poster = await loop.create_connection(lambda: Poster(server.secret), "127.0.0.1", server.port)
    delays: list[float] = []
    while not enough.is_set():
        began = perf_counter()
        await poster.post(body(len(delays), server.phones[len(delays) % DESKTOPS]))
        delays.append(perf_counter() - began)
        await asyncio.sleep(_PAUSE)
    poster.close()
    return delays


async def storm(folder: Path, server: Server, how: signal.Signals) -> tuple[float, list[float]]:
    """Connect all, end the relay, start it again; how long till the last was back, and what POSTs took."""
    news = asyncio.Event()
    desks = [Desk(server, token, number, news) for number, token in enumerate(server.tokens)]
    enough = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(desk.connection.run()) for desk in desks]
        await until(desks, 1, news)
        went = perf_counter()
        os.kill(server.pid, how)
        with servers.serving(folder, server.port):
            posted = group.create_task(posting(server, enough))
            await until(desks, 2, news)
            enough.set()
            await posted
            for task in tasks:
                task.cancel()
    return max(desk.welcomed[1] for desk in desks) - went, posted.result()


def main() -> None:
    """Measure an orderly restart, and one by `kill -9`: then nobody is told to take their time."""
    open_many_files()
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for word, how in (("a restart", signal.SIGTERM), ("kill -9", signal.SIGKILL)):
            folder = Path(name) / how.name
            with servers.ours(folder, DESKTOPS) as server:
                back, delays = uvloop.run(storm(folder, server, how))
            figures += [
                Figure(f"{DESKTOPS:,} desktops are back after {word}, the last", back, "s", None, "≤ 15"),
                Figure("p99 of a POST meanwhile", 1e3 * percentile(delays, 99), "ms", None, "≤ 1000"),
            ]
    tell(figures)


if __name__ == "__main__":
    main()
