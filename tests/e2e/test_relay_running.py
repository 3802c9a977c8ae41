"""A relay in service: measured, over TLS of its own, reloaded without a restart."""

import asyncio
import json
import re
import ssl
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from cti_desktop.relay import admin, probes
from cti_desktop.relay.app import Relay
from cti_desktop.relay.health import Level
from cti_desktop.relay.reload import Reloaded
from cti_desktop.relay.tables import inbox
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.messages import SUBPROTOCOL
from tests.helpers.certificates import make_certificate
from tests.helpers.relay_world import World, call_end, incall, relay_config, running

DISPOSITIONS = Path(__file__).parents[2] / "resources" / "dispositions.toml"


async def measured(world: World, **headers: str) -> dict[str, float]:
    """What /metrics says."""
    answer = await world.http.get("/metrics", headers=headers)
    assert answer.status_code == 200
    found = re.findall(r"^(cti_relay_\S+) (\S+)$", answer.text, re.MULTILINE)
    return {name: float(value) for name, value in found}


@pytest.mark.warning_logs("was not understood")
async def test_calls_are_measured_from_webhook_to_ack(tmp_path: Path) -> None:
    """Ingest by kind and outcome, the pop's latency, who is connected; no number anywhere."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("call-1", asha)
            await world.ring("call-1", asha)
            await world.post({"hello": "world"}, headers={"X-Webhook-Token": world.secret})
            await desktop.events(1)
            await desktop.send(type="hello_again")  # answered after the ack was taken in
            assert (await desktop.receive())["type"] == "error"
            found = await measured(world)
            page = (await world.http.get("/metrics")).text

    ingest = 'cti_relay_ingest_total{{kind="{}",outcome="{}",source="myoperator"}}'
    assert found[ingest.format("v1.incall", "stored")] == 1
    assert found[ingest.format("v1.incall", "duplicate")] == 1
    assert found[ingest.format("unknown", "quarantined")] == 1
    assert (found["cti_relay_pop_seconds_count"], found["cti_relay_commit_seconds_count"]) == (1, 3)
    assert (found["cti_relay_connected"], found["cti_relay_behind"]) == (1, 0)
    assert found["cti_relay_quarantined"] == 1
    assert not [number for number in ("9999911101", "9999900001") if number in page]


async def test_the_world_may_not_measure(tmp_path: Path) -> None:
    """Behind a proxy that nobody named, everybody looks like this machine: there is nothing here then."""
    async with running(tmp_path) as world:
        answer = await world.http.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        assert answer.status_code == 404
    async with running(tmp_path, metrics_from=()) as world:
        assert (await world.http.get("/metrics")).status_code == 404


async def serial(url: str, client: ssl.SSLContext) -> str:
    """Which certificate the relay shows."""
    async with httpx.AsyncClient(verify=client) as http:
        answer = await http.get(f"{url}/healthz")
        stream = answer.extensions["network_stream"]
        return str(stream.get_extra_info("ssl_object").getpeercert(binary_form=True))


async def test_tls_of_its_own(tmp_path: Path) -> None:
    """Webhooks and desktops over TLS; a renewed certificate counts for new connections, old ones live on."""
    _, client = make_certificate(tmp_path)
    pem = tmp_path / "server.pem"
    config = relay_config(tmp_path)
    config = replace(config, server=replace(config.server, tls_certificate=pem, tls_key=pem))
    async with Relay(config) as relay:
        assert relay.url.startswith("https://127.0.0.1:")
        before = await serial(relay.url, client)
        found = await asyncio.to_thread(probes.server, config, admin.control_file(config))
        assert found.level is Level.OK, found
        url = relay.url.replace("https", "wss") + "/agent"
        async with connect(url, ssl=client, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None) as old:
            assert "auth" in str(await old.recv())
        async with httpx.AsyncClient() as plain:
            with pytest.raises(httpx.HTTPError):
                await plain.get(relay.url.replace("https", "http") + "/healthz")

        _, renewed = make_certificate(tmp_path)
        assert await relay.reload() == Reloaded()
        assert await serial(relay.url, renewed) != before
        with pytest.raises(httpx.ConnectError):
            await serial(relay.url, client)


@pytest.mark.warning_logs("not reloaded, the earlier one goes on to count")
async def test_new_dispositions_reach_the_desktops(tmp_path: Path) -> None:
    """They are sent away with 1012 and come back for them; a broken file changes nothing."""
    file = tmp_path / "ours.toml"
    text = DISPOSITIONS.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    async with running(tmp_path) as world:
        relay = world.relay
        relay.config = replace(relay.config, catalogue=file)
        asha = await world.add_agent("Asha", "+919999911101")
        file.write_text("nonsense", encoding="utf-8")
        async with world.desktop(asha) as desktop:
            assert len((await relay.reload()).kept) == 1
            await world.post(incall("call-1", asha))
            await desktop.events(1)
            keen = text.replace("version = 1", "version = 2", 1)
            keen = keen.replace('label = "Interested"', 'label = "Keen"', 1)
            file.write_text(keen, encoding="utf-8")
            assert await relay.reload() == Reloaded()
            assert await desktop.close_code() == CloseCode.RESTARTING
        async with world.desktop(asha) as desktop:
            assert "Keen" in str(desktop.welcome["catalogue"])


@pytest.mark.warning_logs("was not understood")
async def test_quarantine_is_replayed_by_the_running_relay(tmp_path: Path) -> None:
    """What this version understands by now reaches the agent as if it came now."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        config = world.relay.config
        await world.post({"hello": "world"})
        body = json.dumps(incall("call-1", asha)).encode()
        become = update(inbox).values(body=body)  # as if a newer version could read it
        await world.relay.store.write(lambda c: c.execute(become))
        async with world.desktop(asha) as desktop:
            replayed = await asyncio.to_thread(admin.run, config, "quarantine.replay", {"after": 0})
            [event] = await desktop.events(1)
            rows = await asyncio.to_thread(admin.run, config, "events.tail", {"limit": 5})

    assert (replayed["understood"], replayed["still"]) == (1, 0)
    assert event["event"]["call_id"] == "call-1"
    assert [(row["kind"], row["outcome"]) for row in rows] == [("v1.incall", "stored")]


async def test_an_erased_number_is_sent_to_nobody(tmp_path: Path) -> None:
    """Not even from memory: a desktop that comes later gets the event without its caller."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha, device="first") as first:
            await world.ring("call-1", asha)
            await world.post(call_end("call-1", asha))
            await first.events(2)
            erased = await asyncio.to_thread(
                admin.run, world.relay.config, "erase", {"number": "+919999900001", "who": "meera"}
            )
            async with world.desktop(asha, device="second") as second:
                events = await second.events(2)

    assert erased["calls"] == 1
    assert [event["event"]["caller"]["number"] for event in events] == [None, None]
