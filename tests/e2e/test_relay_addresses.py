"""Who may post from where, and whom the limit on enrolment counts, with and without a proxy in between."""

from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.relay.proxies import network
from tests.helpers.relay_world import Agent, World, incall, running

OFFICE, ELSEWHERE = "103.21.77.9", "203.0.113.7"
LOOPBACK = (network("127.0.0.1"),)


async def posted(world: World, agent: Agent, call_id: str, forwarded: str) -> int:
    """The status of a webhook that a proxy says came from `forwarded`."""
    headers = {"X-Webhook-Token": world.secret, "X-Forwarded-For": forwarded}
    return (await world.post(incall(call_id, agent), headers=headers)).status_code


@pytest.mark.warning_logs(
    "a delivery from 203.0.113.7, which is not among its allowed_addresses, was refused"
)
async def test_a_strict_source_takes_its_own_addresses_only(tmp_path: Path) -> None:
    """403 before a byte of the body is read; the proxy's word counts, as it is trusted."""
    async with running(tmp_path, trusted_proxies=LOOPBACK) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        hook = world.relay._hooks["myoperator"]
        world.relay._hooks["myoperator"] = replace(hook, allowed=(network("103.21.77.0/24"),), strict=True)

        assert await posted(world, asha, "call-1", OFFICE) == 200
        assert await posted(world, asha, "call-2", ELSEWHERE) == 403


@pytest.mark.warning_logs("a delivery from 127.0.0.1, which is not among its allowed_addresses, was judged")
async def test_what_a_stranger_claims_counts_nothing(tmp_path: Path) -> None:
    """Without trusted proxies it is the peer's address that is looked at; `alert` lets it in all the same."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        hook = world.relay._hooks["myoperator"]
        world.relay._hooks["myoperator"] = replace(hook, allowed=(network("103.21.77.0/24"),))

        assert await posted(world, asha, "call-1", OFFICE) == 200


async def guesses(world: World, address: str) -> list[int]:
    """Six wrong enrolment codes from behind the proxy."""
    return [
        (
            await world.http.post(
                "/enrol",
                json={"code": f"AAAA-{address[-1]}AA{n}", "device": "d"},
                headers={"X-Forwarded-For": address},
            )
        ).status_code
        for n in range(6)
    ]


async def test_a_guesser_behind_the_proxy_locks_out_nobody_else(tmp_path: Path) -> None:
    """The limit counts the address behind a trusted proxy."""
    async with running(tmp_path, trusted_proxies=LOOPBACK) as world:
        assert await guesses(world, ELSEWHERE) == [403] * 5 + [429]
        assert (await guesses(world, OFFICE))[0] == 403


async def test_a_guesser_cannot_invent_addresses(tmp_path: Path) -> None:
    """Whatever header it sends: without a trusted proxy the peer is counted."""
    async with running(tmp_path) as world:
        assert await guesses(world, ELSEWHERE) == [403] * 5 + [429]
        assert (await guesses(world, OFFICE))[0] == 429
