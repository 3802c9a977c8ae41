"""The composition root: starting, stopping, and where our own bugs end up."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, cast

import httpx
import pytest
from sqlalchemy import select

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.relay import server
from cti_desktop.relay.access import Access
from cti_desktop.relay.app import Relay, utc_now
from cti_desktop.relay.config import ServerConfig, SourceConfig
from cti_desktop.relay.ingest import Arrival, Ingest, Settled
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import inbox
from tests.helpers.relay_store import opened
from tests.helpers.relay_world import incall, relay_config, running


async def test_start_and_stop(tmp_path: Path) -> None:
    """It listens while it runs, and lets go of the store afterwards."""
    relay = Relay(relay_config(tmp_path))
    await relay.start()
    async with httpx.AsyncClient(base_url=relay.url) as http:
        alive = await http.get("/healthz")
    await relay.stop()
    await relay.stop()  # harmless
    with opened(tmp_path) as store:
        epoch = store.epoch

    assert 200 == alive.status_code
    assert epoch == relay.store.epoch
    assert relay.url == f"http://127.0.0.1:{relay.port}"


@pytest.mark.qasync
async def test_it_lives_on_qts_loop(tmp_path: Path) -> None:
    """The demo runs relay and desktop on one loop."""
    async with Relay(relay_config(tmp_path)) as relay:
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        writer.write(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 200")


def test_it_lives_in_a_thread(tmp_path: Path) -> None:
    """No signal handlers, no main thread needed."""
    statuses: list[int] = []

    async def live() -> None:
        async with Relay(relay_config(tmp_path)) as relay:
            statuses.append((await asyncio.to_thread(httpx.get, f"{relay.url}/readyz")).status_code)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    thread.join(20)

    assert [200] == statuses


async def test_taken_port(tmp_path: Path) -> None:
    """The address that can't be had is named, and nothing stays open."""
    with server.bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        relay = Relay(replace(relay_config(tmp_path), server=ServerConfig(port=port)))
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}"):
            await relay.start()
    with opened(tmp_path):
        pass


async def test_taken_store(tmp_path: Path) -> None:
    """A store that another process writes is left alone, and the port is free again."""
    with opened(tmp_path):
        relay = Relay(relay_config(tmp_path))
        with pytest.raises(StorageError):
            await relay.start()
    server.bind("127.0.0.1", relay.port).close()


def test_bad_zone(tmp_path: Path) -> None:
    """A time zone that nobody knows is refused before anything is opened."""
    sources = MappingProxyType({"pbx": SourceConfig(timezone="Mars/Olympus")})
    with pytest.raises(ConfigError, match="Mars/Olympus"):
        Relay(replace(relay_config(tmp_path), sources=sources))
    assert [] == list(tmp_path.iterdir())


async def test_ipv6_address_is_written_in_brackets(tmp_path: Path) -> None:
    """As URLs want it."""
    relay = Relay(replace(relay_config(tmp_path), server=ServerConfig(host="::1")))

    assert "http://[::1]:0" == relay.url


class BuggyRouter(Router):
    """Trips over every report."""

    def take_all(self, *_: object) -> NoReturn:
        """A bug whose message quotes what it shouldn't."""
        raise KeyError("+919999900001")


@pytest.mark.warning_logs("a bug of ours keeps a delivery to myoperator", "was not understood")
async def test_our_bug_loses_no_delivery(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What trips over a bug is kept in quarantine, and no number gets into the reason."""
    async with running(tmp_path) as world:
        relay = world.relay
        router = BuggyRouter(relay._router.calls, relay._router.book)
        relay._ingest = Ingest(relay.store, router, relay.hub.publish, utc_now)
        answer = await world.post(incall("call-1"))
        row = await relay.store.read(lambda c: c.execute(select(inbox)).one())

    assert (200, {"status": "quarantined"}) == (answer.status_code, answer.json())
    assert "KeyError in test_app.py" in row.reason
    assert "9999900001" not in row.reason


class FullIngest(Ingest):
    """The disk is full."""

    def take(self, arrival: Arrival, settled: Settled) -> NoReturn:
        """Not a bug."""
        raise StorageError("disk full")


@pytest.mark.warning_logs("a delivery was not stored: disk full")
async def test_a_full_disk_is_no_bug(tmp_path: Path) -> None:
    """503, not quarantine."""
    async with running(tmp_path) as world:
        relay = world.relay
        relay._ingest = FullIngest(relay.store, relay._router, relay.hub.publish, utc_now)

        assert 503 == (await world.post(incall("call-1"))).status_code


@pytest.mark.warning_logs("a bug of ours ended a request to /hooks/myoperator: AttributeError in hooks.py")
async def test_our_bug_ends_one_request(tmp_path: Path) -> None:
    """500 without a word of what it was; the next request is answered as if nothing had happened."""
    async with running(tmp_path) as world:
        access, world.relay.access = world.relay.access, cast("Access", None)
        broken = await world.post(incall("call-1"))
        world.relay.access = access
        mended = await world.post(incall("call-1"))

    assert (500, {"error": "internal error"}) == (broken.status_code, broken.json())
    assert 200 == mended.status_code


def test_the_clock_is_aware() -> None:
    """UTC."""
    assert utc_now().tzinfo is not None


async def test_refresh_takes_up_what_was_changed_elsewhere(tmp_path: Path) -> None:
    """Roster, tokens and secrets count as they stand in the store."""
    async with running(tmp_path) as world:
        before = world.relay.access
        await world.relay.refresh()

    assert before == world.relay.access
    assert isinstance(world.relay.store, Store)
