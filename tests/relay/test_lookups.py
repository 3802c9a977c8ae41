"""Cards fill in after they popped: a real relay, real sockets, a CRM that answers late or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.events import Contact
from cti_desktop.relay import contacts
from tests.helpers.crm import Crm, crm
from tests.helpers.relay_world import NOON, World, running

CUSTOMER = "+919999900001"


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[World, Crm]]:
    """A relay that asks a CRM."""
    async with crm() as server:
        file = folder / "lookups.toml"
        file.write_text(
            f'[[source]]\nkind = "http"\nname = "crm"\nurl = "{server.url}/{{digits}}"\n'
            'allow = ["127.0.0.1"]\ntimeout_seconds = 0.3\n[source.read]\nname = "name"\nvip = "vip"\n',
            encoding="utf-8",
        )
        server.body = b'{"name":"From the CRM","vip":true}'
        async with running(folder, lookups=file) as world:
            yield world, server


def caller(event: dict[str, Any]) -> tuple[str, str | None, bool]:
    """Kind, name and whether somebody is still asked."""
    body = event["event"]
    contact = body["caller"]["contact"]
    return body["kind"], contact and contact["name"], body["caller"]["pending"]


async def test_the_card_pops_at_once_and_fills_in(tmp_path: Path) -> None:
    """The event goes out while the CRM still thinks; the answer follows."""
    async with office(tmp_path) as (world, server):
        server.answering.clear()
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            (rang,) = await desktop.events(1)
            assert caller(rang) == ("call.rang", None, True)
            await asyncio.wait_for(server.arrived.wait(), 10)
            server.answering.set()
            (updated,) = await desktop.events(1)

        assert caller(updated) == ("call.updated", "From the CRM", False)
        assert updated["event"]["caller"]["contact"]["vip"]


async def test_the_answer_is_kept(tmp_path: Path) -> None:
    """The next ring of the number asks nobody; several agents are told of one question."""
    async with office(tmp_path) as (world, server):
        asha = await world.add_agent("Asha", "+919999911101")
        ravi = await world.add_agent("Ravi", "+919999911102")
        async with world.desktop(asha) as one, world.desktop(ravi) as two:
            await world.ring("one", asha, ravi)
            assert ["From the CRM"] * 2 == [caller((await d.events(2))[1])[1] for d in (one, two)]
            await world.ring("two", asha)
            (rang,) = await one.events(1)

        assert caller(rang) == ("call.rang", "From the CRM", False)
        assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["HTTP/1.1 404 Not Found", "HTTP/1.1 500 Oops"])
async def test_nobody_and_no_answer(tmp_path: Path, status: str) -> None:
    """The card stops waiting; a failure is asked again sooner than an unknown number."""
    async with office(tmp_path) as (world, server):
        server.status = status
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            assert caller((await desktop.events(2))[1]) == ("call.updated", None, False)
            world.clock.advance(minutes=2)
            await world.ring("two", asha, at=120)
            (rang,) = await desktop.events(1)

            assert ("500" in status) == caller(rang)[2]


async def test_a_crm_that_hangs(tmp_path: Path) -> None:
    """Its time is up after a while, and the card says so by asking no longer."""
    async with office(tmp_path) as (world, server):
        server.answering.clear()
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)

            assert [c[2] for c in map(caller, await desktop.events(2))] == [True, False]


async def test_our_own_directory_comes_first(tmp_path: Path) -> None:
    """Whom we know nobody else is asked about."""
    async with office(tmp_path) as (world, server):
        asha = await world.add_agent("Asha", "+919999911101")
        ours = Contact("con_1", "Ours")
        await world.relay.store.write(lambda c: contacts.add(c, ours, [CUSTOMER], NOON))
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            assert caller((await desktop.events(1))[0]) == ("call.rang", "Ours", False)

        assert server.asked == []
