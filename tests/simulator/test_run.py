"""Whole scenarios, played against a real receiver on loopback."""

from datetime import UTC, datetime

import pytest

from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import BodyForm, CredentialKind, Receipt
from cti_desktop.simulator.run import run
from cti_desktop.simulator.scenarios import AGENTS, SCENARIOS, Stage
from tests.helpers.calls import NOON
from tests.helpers.receiver import Pauses, receiving


async def test_a_scenario_arrives_in_its_order() -> None:
    """At once, and each post is told of as it is done."""
    told: list[tuple[Posted, Receipt]] = []
    async with receiving() as receiver:
        summary = await run(
            "hunt_group",
            receiver.url,
            "s3cret",
            speed=0,
            start=NOON,
            on_posted=lambda posted, receipt: told.append((posted, receipt)),
        )
    script = SCENARIOS["hunt_group"](Stage(AGENTS, NOON))
    assert [posted.body for posted in script] == [request.json for request in receiver.requests]
    assert script == [posted for posted, _ in told]
    assert ({"stored": 6}, [], 6) == (summary.accepted, summary.failed, summary.posted)


@pytest.mark.parametrize(("speed", "length"), [(1.0, 71), (10.0, 7.1)])
async def test_the_scripts_clock_sets_the_pace(speed: float, length: float) -> None:
    """So many times as fast as life; the first post is due at once."""
    pauses = Pauses()
    async with receiving() as receiver:
        await run("incoming_answered", receiver.url, "s3cret", speed=speed, pause=pauses)
    assert 4 == len(pauses)
    assert length - 3 < pauses[-1] <= length


async def test_calls_do_not_wait_for_each_other() -> None:
    """A busy day of many calls, all of which arrive, each in its order."""
    async with receiving() as receiver:
        summary = await run(
            "busy_day", receiver.url, "s3cret", speed=float("inf"), seed=5, calls_per_agent=4, start=NOON
        )
    script = SCENARIOS["busy_day"](Stage(AGENTS, NOON, 5, 4))
    assert len(script) == summary.posted
    by_call = {posted.call_id: [p.body for p in script if p.call_id == posted.call_id] for posted in script}
    arrived = [request.json for request in receiver.requests]
    for bodies in by_call.values():
        assert bodies == [body for body in arrived if body in bodies]


async def test_what_is_refused_is_listed() -> None:
    """With the receiver's answer."""
    async with receiving((401, {}, ""), (200, {}, '{"status": "duplicate"}')) as receiver:
        summary = await run("v1_missed", receiver.url, "wrong", speed=0)
    assert {"duplicate": 1} == summary.accepted
    assert [("incall", 401)] == [(posted.kind, receipt.status) for posted, receipt in summary.failed]
    assert 2 == summary.posted


async def test_own_agents_forms_and_credentials() -> None:
    """Whatever the command was told."""
    agent = SimAgent("Meera Iyer", "+919999911103")
    async with receiving() as receiver:
        await run(
            "v1_missed",
            receiver.url,
            "s3cret",
            [agent],
            speed=0,
            form=BodyForm.WRAPPED,
            credential=CredentialKind.QUERY,
        )
    request = receiver.requests[0]
    assert (["919999911103"], ["s3cret"]) == (request.json["myoperator"]["users"], request.query["token"])


async def test_it_begins_now() -> None:
    """Unless told otherwise: a card pops only for a ring that is fresh."""
    async with receiving() as receiver:
        await run("missed", receiver.url, "s3cret", speed=0)
    began = datetime.fromisoformat(receiver.requests[0].json["timestamp"])
    assert abs((datetime.now(UTC) - began).total_seconds()) < 60


async def test_an_unknown_scenario() -> None:
    """The command names those that there are."""
    with pytest.raises(KeyError):
        await run("world_peace", "http://127.0.0.1:1/", "s3cret")
