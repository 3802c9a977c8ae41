"""The relay with its store in a real PostgreSQL, where one is installed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import admin, credentials
from cti_desktop.relay.app import Relay
from cti_desktop.relay.config import RelayConfig, StoreConfig
from cti_desktop.relay.retention import Retention
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import dispositions
from tests.helpers import postgres
from tests.helpers.relay_world import NOON, Clock, World, call_end, relay_config

PROGRAMS = postgres.programs()
pytestmark = pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL is installed")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database."""
    assert PROGRAMS is not None
    with postgres.cluster(PROGRAMS, tmp_path_factory.mktemp("postgresql")) as found:
        yield found


@asynccontextmanager
async def running(config: RelayConfig) -> AsyncIterator[World]:
    """A relay that serves from that database."""
    clock = Clock()
    async with Relay(config, clock=clock, monotonic=clock.monotonic) as relay:
        active = await relay.store.read(credentials.active_secrets)
        secret = (
            active[0]
            if active
            else await relay.store.write(lambda c: credentials.add_secret(c, "myoperator", NOON))
        )
        await relay.refresh()
        async with httpx.AsyncClient(base_url=relay.url) as http:
            yield World(relay, http, clock, secret.secret)


def exported(config: RelayConfig) -> list[dict[str, Any]]:
    """What an export of outcomes reads, page by page."""
    rows: list[dict[str, Any]] = []
    after: Any = {}
    while after is not None:
        asked = {"from": "2000-01-01T00:00:00+00:00", "to": None, "after": after}
        answer = admin.run(config, "outcome.page", asked)
        rows, after = rows + answer["rows"], answer["after"]
    return rows


@pytest.mark.warning_logs("was not understood")
async def test_the_whole_way(url: str, tmp_path: Path) -> None:
    """Webhook, event, disposition, restart, resume, upkeep: as with SQLite."""
    config = replace(relay_config(tmp_path), store=StoreConfig(url), path=tmp_path / "relay.toml")
    async with running(config) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            assert (await world.ring("call-1", asha)).json() == {"status": "stored"}
            assert (await world.ring("call-1", asha)).json() == {"status": "duplicate"}
            assert (await world.post({"hello": "world"})).json() == {"status": "quarantined"}
            [event] = await desktop.events(1)
            told = {"id": "0b8e4c1e-6a52-4f0e-9d1e-1b7d3f7f2a10", "call_id": "call-1", "code": "interested"}
            for _ in range(2):
                await desktop.send(type="disposition", saved_at=NOON.isoformat(), **told)
            said = [(await desktop.receive())["type"] for _ in range(3)]
            assert sorted(said) == ["event", "stored", "stored"]
            epoch = desktop.welcome["epoch"]
        assert "cti_relay_quarantined 1.0" in (await world.http.get("/metrics")).text
        with pytest.raises(StorageError, match="another relay uses this database"):
            await asyncio.to_thread(Store.open, url)
        facts = await asyncio.to_thread(admin.run, config, "doctor.facts", {})
        assert facts["quarantined"][0]["count"] == 1

    async with running(config) as world:
        async with world.desktop(asha, seq=event["seq"], epoch=epoch) as desktop:
            await world.post(call_end("call-1", asha))
            kinds = [event["event"]["kind"] for event in await desktop.events(2)]
        stored = await world.relay.store.read(
            lambda c: c.execute(select(dispositions.c.code)).scalars().all()
        )
        outcomes = await asyncio.to_thread(exported, config)
        erased = await asyncio.to_thread(
            admin.run, config, "erase", {"number": "+919999900001", "who": "meera"}
        )
        retention = Retention(
            world.relay.store,
            config.retention,
            world.relay._router.forget,
            world.clock,
            world.clock.monotonic,
        )
        world.clock.advance(days=401)
        purged = await retention.purge(world.clock())

    assert kinds == ["call.disposed", "call.ended"]
    assert (list(stored), erased["calls"]) == (["interested"], 1)
    assert [(row["call_id"], row["state"], row["code"]) for row in outcomes] == [
        ("call-1", "desktop", "interested")
    ]
    assert (purged["events"] > 2, purged["dispositions"], purged["deliveries"]) == (True, 1, 3)


def test_a_server_that_is_not_there() -> None:
    """Said in its own words, without a password."""
    with pytest.raises(StorageError, match="can't be opened") as caught:
        Store.open("postgresql://cti:hunter2@127.0.0.1:1/relay")

    assert "hunter2" not in str(caught.value)
