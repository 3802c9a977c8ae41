"""The running relay from outside: real HTTP, real WebSockets, a real store on disk."""

import asyncio
import hashlib
import hmac
import json
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from cti_desktop.relay import credentials
from cti_desktop.relay.desk import Limits
from cti_desktop.relay.tables import agents, cursors, dispositions, inbox, unrouted
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.relay_world import NOON, Agent, World, call_end, dial_begin, incall, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A running relay."""
    async with running(tmp_path) as found:
        yield found


@pytest.fixture
async def asha(world: World) -> Agent:
    """An agent."""
    return await world.add_agent("Asha", "+919999911101")


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """What happened, in order."""
    return [event["event"]["kind"] for event in events]


def disposition(call_id: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A valid disposition frame."""
    frame = {"type": "disposition", "id": str(uuid.uuid4()), "call_id": call_id, "code": "interested"}
    return {**frame, "saved_at": NOON.isoformat(), **more}


# --- webhooks ---------------------------------------------------------------------------------------------


async def test_ringing_phone_reaches_its_agent(world: World, asha: Agent) -> None:
    """A post becomes an event on the desktop of the agent whose phone rings."""
    async with world.desktop(asha) as desktop:
        answer = await world.ring("call-1", asha)
        [event] = await desktop.events(1)

    assert (200, {"status": "stored"}) == (answer.status_code, answer.json())
    assert event["seq"] == 1
    assert event["event"]["kind"] == "call.rang"
    assert event["event"]["call_id"] == "call-1"
    assert event["event"]["caller"]["number"] == "+919999900001"


async def test_redelivery_changes_nothing(world: World, asha: Agent) -> None:
    """The same delivery again is answered 200 and told to nobody."""
    body = dial_begin("call-1", asha)
    answers = [(await world.post(body)).json()["status"] for _ in range(3)]
    stream = await world.relay.store.read(lambda c: c.execute(select(agents.c.head)).scalar_one())

    assert ["stored", "duplicate", "duplicate"] == answers
    assert 1 == stream


@pytest.mark.warning_logs("was not understood")
async def test_gibberish_is_kept_whole(world: World) -> None:
    """An authenticated body that nobody understands is answered 200 and stands in the inbox."""
    body = b'{"broken": \xff'
    answer = await world.http.post(
        "/hooks/myoperator", content=body, headers={"X-Webhook-Token": world.secret}
    )
    row = await world.relay.store.read(lambda c: c.execute(select(inbox)).one())

    assert (200, {"status": "quarantined"}) == (answer.status_code, answer.json())
    assert (body, "quarantined") == (row.body, row.outcome)


async def test_every_way_to_authenticate(world: World, asha: Agent) -> None:
    """Basic, token header, query and signature all open the door."""
    body = json.dumps(incall("call-1", asha)).encode()
    signature = hmac.new(world.secret.encode(), body, hashlib.sha256).hexdigest()
    ways: list[dict[str, Any]] = [
        {"auth": ("anybody", world.secret)},
        {"headers": {"X-Webhook-Token": world.secret}},
        {"headers": {"x-myop-signature": world.secret}},
        {"headers": {"X-MyOperator-Signature": signature}},
        {"params": {"token": world.secret}},
    ]

    for way in ways:
        answer = await world.http.post("/hooks/myoperator", content=body, **way)
        assert answer.status_code == 200, way


@pytest.mark.warning_logs("refused for want", "the first since the secrets were changed")
async def test_wrong_credentials_are_refused_without_a_word(world: World, asha: Agent) -> None:
    """Nobody learns what was wrong; the refusal is reported once, with what it means."""
    answers = [
        await world.post(incall("call-1", asha), headers=headers)
        for headers in ({}, {"X-Webhook-Token": "guess"}, {"X-MyOperator-Signature": "00"})
    ]
    await world.relay.rounds.go()

    assert {(401, '{"error":"unauthorized"}')} == {(a.status_code, a.text) for a in answers}


async def test_refusals_of_http(world: World) -> None:
    """Unknown source, wrong method, oversized body: each gets its own answer, none a redirect or a 5xx."""
    unknown = await world.http.post("/hooks/nobody", json={})
    get = await world.http.get("/hooks/myoperator")
    announced = await world.http.post("/hooks/myoperator", content=b"x" * (256 * 1024 + 1))

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 8192

    streamed = await world.http.post("/hooks/myoperator", content=endless())

    assert [404, 405, 413, 413] == [a.status_code for a in (unknown, get, announced, streamed)]
    assert "POST" in get.json()["mend"]


@pytest.mark.warning_logs("the first since the secrets were changed")
async def test_two_secrets_count_during_rotation(world: World, asha: Agent) -> None:
    """A new secret works beside the old one, and a retired one no more."""
    store = world.relay.store
    new = await store.write(lambda c: credentials.add_secret(c, "myoperator", NOON))
    await world.relay.refresh()
    both = [
        (await world.post(incall("c", asha, at=n), headers={"X-Webhook-Token": s})).status_code
        for n, s in enumerate((world.secret, new.secret))
    ]
    old = next(s for s in await store.read(credentials.active_secrets) if s.secret == world.secret)
    await store.write(lambda c: credentials.retire_secret(c, old.id, NOON))
    await world.relay.refresh()
    retired = await world.post(incall("c", asha, at=9))
    world.relay.rounds.refused.take()

    assert [200, 200] == both
    assert retired.status_code == 401


# --- streams ----------------------------------------------------------------------------------------------


async def test_sequences_have_no_gaps_under_concurrent_posts(world: World) -> None:
    """Many calls for many agents at once: each stream counts 1, 2, 3 … and misses nothing."""
    team = [await world.add_agent(f"Agent {n}", f"+9199999111{n:02}") for n in range(5)]

    async def story(number: int) -> None:
        agent = team[number % 5]
        for body in (dial_begin(f"call-{number}", agent), call_end(f"call-{number}", agent)):
            assert (await world.post(body)).json() == {"status": "stored"}

    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(story(number))

    for agent in team:
        async with world.desktop(agent) as desktop:
            assert desktop.welcome["head"] == 20
            events = await desktop.events(20)
            assert list(range(1, 21)) == [event["seq"] for event in events]
            assert Counter({"call.rang": 10, "call.ended": 10}) == Counter(kinds(events))


async def test_replay_and_live_join_without_a_gap(world: World, asha: Agent) -> None:
    """A desktop that connects in the middle of a storm gets every event once, in order."""
    tenth = asyncio.Event()

    async def storm() -> None:
        for number in range(60):
            await world.post(dial_begin(f"call-{number}", asha))
            if number == 10:
                tenth.set()

    async with asyncio.TaskGroup() as group:
        posting = group.create_task(storm())
        await tenth.wait()
        async with world.desktop(asha) as desktop:
            events = await desktop.events(60)
        await posting

    assert 10 <= desktop.welcome["head"] <= 60
    assert [f"call-{n}" for n in range(60)] == [event["event"]["call_id"] for event in events]
    assert list(range(1, 61)) == [event["seq"] for event in events]


async def test_resume_after_a_cut_in_the_middle_of_the_replay(world: World, asha: Agent) -> None:
    """A connection that dies mid-replay goes on where the device stopped committing."""
    for number in range(30):
        await world.post(dial_begin(f"call-{number}", asha))

    async with world.desktop(asha) as desktop:
        await desktop.events(12)
        epoch = desktop.welcome["epoch"]
        desktop.socket.transport.abort()
    async with world.desktop(asha, seq=12, epoch=epoch) as desktop:
        events = await desktop.events(18)

    assert list(range(13, 31)) == [event["seq"] for event in events]


async def test_two_devices_of_one_agent_both_hear(world: World, asha: Agent) -> None:
    """Each device follows the stream by itself."""
    async with world.desktop(asha, "pc") as first, world.desktop(asha, "laptop") as second:
        await world.ring("call-1", asha)

        assert await first.events(1) == await second.events(1)


async def test_slow_reader_delays_nobody(world: World, asha: Agent) -> None:
    """One desktop takes nothing; its colleague in the same calls gets all of them at once."""
    ravi = await world.add_agent("Ravi", "+919999911102")
    async with world.desktop(asha) as stuck, world.desktop(ravi) as quick:
        for number in range(300):
            await world.ring(f"call-{number}", asha, ravi)
        events = await quick.events(300)
        stuck.socket.transport.abort()

    assert [f"call-{n}" for n in range(300)] == [event["event"]["call_id"] for event in events]


async def test_agent_added_while_running_is_routed_to(world: World) -> None:
    """No restart is needed for somebody new."""
    stranger = Agent("", "", "+919999911109", "", "")
    await world.ring("call-1", stranger)
    columns = (unrouted.c.who, unrouted.c["count"], unrouted.c.last_call_id)
    nobody = await world.relay.store.read(lambda c: c.execute(select(*columns)).one())
    ravi = await world.add_agent("Ravi", stranger.phone)
    async with world.desktop(ravi) as desktop:
        await world.ring("call-2", ravi)
        [event] = await desktop.events(1)

    assert (stranger.phone, 1, "call-1") == tuple(nobody)
    assert "call-2" == event["event"]["call_id"]


async def test_call_without_an_end_is_given_up(world: World, asha: Agent) -> None:
    """A call that rings for ever ends by the relay's own patience, reason unknown."""
    async with world.desktop(asha) as desktop:
        await world.ring("call-1", asha)
        world.clock.advance(seconds=179)
        await world.relay.rounds.go()
        world.clock.advance(seconds=1)
        await world.relay.rounds.go()
        events = await desktop.events(2)

    assert ["call.rang", "call.ended"] == kinds(events)
    assert "UNKNOWN" == events[1]["event"]["reason"]


async def test_cursor_of_another_life_is_reset(world: World, asha: Agent) -> None:
    """A desktop with an unknown epoch gets the open calls, and then what follows."""
    await world.post(dial_begin("over", asha))
    await world.post(call_end("over", asha))
    await world.post(dial_begin("open", asha))
    async with world.desktop(asha, seq=77, epoch="another") as desktop:
        reset = await desktop.receive()
        await world.post(call_end("open", asha))
        [event] = await desktop.events(1)

    assert ("reset", 3, desktop.welcome["epoch"]) == (reset["type"], reset["head"], reset["epoch"])
    assert [("call.rang", "open")] == [(c["kind"], c["call_id"]) for c in reset["calls"]]
    assert (4, "call.ended") == (event["seq"], event["event"]["kind"])


async def test_acknowledged_cursors_are_kept(world: World, asha: Agent) -> None:
    """How far each device came can be read from the store."""
    await world.ring("call-1", asha)
    async with world.desktop(asha, "laptop") as desktop:
        await desktop.events(1)
        await desktop.send(type="disposition", id="", call_id="", code="", saved_at="")  # a round trip
        await desktop.receive()
    await world.relay.rounds.go()
    row = await world.relay.store.read(lambda c: c.execute(select(cursors)).one())

    assert (asha.id, "laptop", 1) == (row.agent_id, row.device, row.seq)


# --- dispositions -----------------------------------------------------------------------------------------


async def test_disposition_is_stored_once_and_told_to_all_devices(world: World, asha: Agent) -> None:
    """It is answered `stored` however often it is sent, kept once, and resolves the prompt elsewhere."""
    await world.ring("call-1", asha)
    async with world.desktop(asha, "pc") as pc, world.desktop(asha, "laptop") as laptop:
        await pc.events(1)
        await laptop.events(1)
        frame = disposition("call-1", notes="wants a quote")
        await pc.send(**frame)
        stored, own = await pc.receive(), await pc.receive()
        await pc.send(**frame)
        again = await pc.receive()
        [told] = await laptop.events(1)
    rows = await world.relay.store.read(lambda c: c.execute(select(dispositions)).all())

    assert {"type": "stored", "id": frame["id"]} == stored == again
    assert own == told
    assert [(frame["id"], "call-1", asha.id, "interested", "wants a quote")] == [
        (row.id, row.call_id, row.agent_id, row.code, row.notes) for row in rows
    ]
    assert "call.disposed" == told["event"]["kind"]
    assert {"label": "Interested", "notes": "wants a quote", "by": "Asha", "via": "desktop"} == {
        key: told["event"]["disposition"][key] for key in ("label", "notes", "by", "via")
    }


async def test_bad_disposition_is_rejected_by_field(world: World, asha: Agent) -> None:
    """What can be mended is named, and the connection goes on."""
    ravi = await world.add_agent("Ravi", "+919999911102")
    await world.ring("call-1", ravi)
    async with world.desktop(asha) as desktop:
        faults = []
        for frame in (
            disposition("call-9", code="nonsense"),
            disposition("call-9", saved_at="yesterday"),
            disposition("call-1"),
        ):
            await desktop.send(**frame)
            answer = await desktop.receive()
            faults.append((answer["type"], answer["field"], answer["code"]))
        await desktop.send(**disposition("call-9"))

        assert "stored" == (await desktop.receive())["type"]

    assert [
        ("rejected", "code", "unknown"),
        ("rejected", "saved_at", "unreadable"),
        ("rejected", "call_id", "not_yours"),
    ] == faults


# --- who may connect --------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "ctid_wrong", "x" * 500])
async def test_bad_token_is_told_and_closed(world: World, token: str | None) -> None:
    """Missing and wrong tokens get one error frame and 4001."""
    async with world.socket(token) as socket:
        error = json.loads(await socket.recv())
        await socket.wait_closed()

    assert ("error", "auth") == (error["type"], error["code"])
    assert CloseCode.AUTH == socket.close_code


async def test_revoked_token_closes_the_live_connection(world: World, asha: Agent) -> None:
    """Revoking takes effect at once, and for good."""
    async with world.desktop(asha) as desktop:
        await world.relay.store.write(lambda c: credentials.revoke_token(c, asha.token_id, NOON))
        await world.relay.refresh()
        error = await desktop.receive()
        code = await desktop.close_code()
    async with world.socket(asha.token) as socket:
        await socket.wait_closed()

    assert ("auth", CloseCode.AUTH) == (error["code"], code)
    assert CloseCode.AUTH == socket.close_code


async def test_disabled_agent_is_out(world: World, asha: Agent) -> None:
    """Disabling an agent closes the connection and routes nothing any more."""
    async with world.desktop(asha) as desktop:
        disable = update(agents).where(agents.c.id == asha.id).values(disabled=True)
        await world.relay.store.write(lambda c: c.execute(disable).rowcount)
        await world.relay.refresh()
        code = await desktop.close_code()
    await world.ring("call-1", asha)
    head = await world.relay.store.read(lambda c: c.execute(select(agents.c.head)).scalar_one())

    assert CloseCode.AUTH == code
    assert 0 == head


async def test_same_device_takes_over(world: World, asha: Agent) -> None:
    """The newer session of a device wins; the older is told why."""
    async with world.desktop(asha) as older, world.desktop(asha) as newer:
        code = await older.close_code()
        await world.ring("call-1", asha)
        await newer.events(1)

    assert CloseCode.TAKEN_OVER == code


@pytest.mark.parametrize(
    "frame",
    ['{"type":"ack","seq":0}', "no json", '{"type":"hello","device":"","seq":0}', '{"type":"hello"}'],
)
async def test_broken_greeting_is_a_protocol_error(world: World, asha: Agent, frame: str) -> None:
    """Anything but a proper hello gets an error frame and 4002."""
    async with world.socket(asha.token) as socket:
        await socket.send(frame)
        error = json.loads(await socket.recv())
        await socket.wait_closed()

    assert "error" == error["type"]
    assert CloseCode.PROTOCOL == socket.close_code


async def test_silence_instead_of_a_hello(tmp_path: Path) -> None:
    """Who says nothing is shown out."""
    async with running(tmp_path, limits=Limits(hello=0.05)) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.socket(asha.token) as socket:
            error = json.loads(await socket.recv())
            await socket.wait_closed()

    assert ("hello_expected", CloseCode.PROTOCOL) == (error["code"], socket.close_code)


async def test_ack_of_the_future_is_a_protocol_error(world: World, asha: Agent) -> None:
    """What was never sent can't be acknowledged."""
    async with world.desktop(asha) as desktop:
        await desktop.send(type="ack", seq=5)

        assert CloseCode.PROTOCOL == await desktop.close_code()


async def test_unknown_message_is_answered_not_fatal(world: World, asha: Agent) -> None:
    """A newer desktop's message gets an error frame; the talk goes on."""
    async with world.desktop(asha) as desktop:
        await desktop.send(type="wave")
        answer = await desktop.receive()
        await world.ring("call-1", asha)
        await desktop.events(1)

    assert ("error", "unknown_type") == (answer["type"], answer["code"])


async def test_foreign_web_pages_are_refused(tmp_path: Path) -> None:
    """A browser's upgrade passes only from a listed origin."""
    async with running(tmp_path, allowed_origins=("https://lead.example",)) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        with pytest.raises(InvalidStatus) as refused:
            async with world.socket(asha.token, origin="https://evil.example"):
                pass
        async with world.socket(asha.token, origin="https://lead.example") as socket:
            await socket.send('{"type":"hello","device":"page","seq":0}')
            assert "welcome" in str(await socket.recv())

    assert 403 == refused.value.response.status_code


async def test_subprotocol_is_cti_v1(world: World, asha: Agent) -> None:
    """It is selected when offered, optional, and no other will do."""
    async with world.socket(asha.token) as socket:
        assert "cti.v1" == socket.subprotocol
    async with world.socket(asha.token, subprotocols=None) as socket:
        assert socket.subprotocol is None
    with pytest.raises(InvalidStatus) as refused:
        async with world.socket(asha.token, subprotocols=["mqtt"]):
            pass
    with pytest.raises(InvalidStatus) as elsewhere:
        async with connect(world.relay.url.replace("http", "ws") + "/nowhere"):
            pass

    assert (403, 403) == (refused.value.response.status_code, elsewhere.value.response.status_code)


# --- enrolment --------------------------------------------------------------------------------------------


async def enrol(world: World, code: str, device: str = "pc-7") -> httpx.Response:
    """Try a code."""
    return await world.http.post("/enrol", json={"code": code, "device": device})


async def test_code_buys_one_token(world: World, asha: Agent) -> None:
    """A code works once, and its token at once."""
    issued = await world.relay.store.write(lambda c: credentials.issue_code(c, asha.id, NOON))
    answer = await enrol(world, issued.code)
    again = await enrol(world, issued.code)
    token = answer.json()["token"]
    async with world.desktop(Agent(asha.id, "Asha", asha.phone, token, "")) as desktop:
        agent = desktop.welcome["agent"]

    assert 200 == answer.status_code
    assert {"id": asha.id, "name": "Asha"} == answer.json()["agent"] == agent
    assert world.relay.url == answer.json()["relay"]
    assert 403 == again.status_code


async def test_expired_code_is_refused(world: World, asha: Agent) -> None:
    """Ten minutes, and no longer."""
    issued = await world.relay.store.write(lambda c: credentials.issue_code(c, asha.id, NOON))
    world.clock.advance(minutes=10)

    assert 403 == (await enrol(world, issued.code)).status_code


async def test_guessing_is_stopped_after_five_tries(world: World, asha: Agent) -> None:
    """Then even the right code has to wait."""
    issued = await world.relay.store.write(lambda c: credentials.issue_code(c, asha.id, NOON))
    guesses = [(await enrol(world, f"AAAA-AAA{n}")).status_code for n in range(6)]
    right = await enrol(world, issued.code)

    assert [403] * 5 + [429] == guesses
    assert 429 == right.status_code


# --- life and death ---------------------------------------------------------------------------------------


async def test_health(world: World) -> None:
    """It lives, and its store takes writes."""
    alive, ready, agent, nothing = [
        await world.http.get(path) for path in ("/healthz", "/readyz", "/agent", "/")
    ]

    assert [200, 200, 426, 404] == [a.status_code for a in (alive, ready, agent, nothing)]


async def test_restart_says_come_back(tmp_path: Path) -> None:
    """A stop closes everybody with 1012, and nothing that was answered is lost."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("call-1", asha)
            await desktop.events(1)
            epoch = desktop.welcome["epoch"]
            await world.relay.stop()
            code = await desktop.close_code()
    async with running(tmp_path) as world:
        await world.ring("call-2", asha)
        async with world.desktop(asha, seq=1, epoch=epoch) as desktop:
            events = await desktop.events(1)

    assert CloseCode.RESTARTING == code
    assert [(2, "call-2")] == [(event["seq"], event["event"]["call_id"]) for event in events]


async def test_what_was_acknowledged_survives_without_the_desktop(tmp_path: Path) -> None:
    """Posts answered 200 before a stop are all replayed after it, to a device that had acknowledged none."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            for number in range(20):
                await world.post(dial_begin(f"call-{number}", asha))
            await desktop.events(5, ack=False)
            desktop.socket.transport.abort()
    async with running(tmp_path) as world, world.desktop(asha) as desktop:
        events = await desktop.events(20)

    assert [f"call-{n}" for n in range(20)] == [event["event"]["call_id"] for event in events]


async def test_a_call_joins_across_a_restart(tmp_path: Path) -> None:
    """A call that rang before a restart ends after it, as the same call."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        await world.post(dial_begin("call-1", asha))
    async with running(tmp_path) as world, world.desktop(asha) as desktop:
        await world.post(call_end("call-1", asha, answered=False))
        events = await desktop.events(2)

    assert ["call.rang", "call.ended"] == kinds(events)
    assert "MISSED" == events[1]["event"]["reason"]
    assert timedelta(0) == world.clock() - NOON
