"""One desktop's session over a channel without a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.errands import DIAL, Errand
from cti_desktop.core.people import Person
from cti_desktop.relay.access import Access
from cti_desktop.relay.desk import Limits
from cti_desktop.relay.errands import Errands
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.relay_desk import Room, Wire, room
from tests.helpers.relay_parts import ASHA, leg, report, uid
from tests.helpers.relay_store import NOW

CALLS = [report(leg(ASHA), call_id=f"call-{n}") for n in range(300)]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    """A store with one agent, and everything that sessions share."""
    async with room(tmp_path, Limits(hello=5, stall=5)) as found:
        yield found


@pytest.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[Room]:
    """The same, with no patience."""
    async with room(tmp_path, Limits(hello=0.02, stall=0.05)) as found:
        yield found


async def ended(wire: Wire) -> CloseCode:
    """With which code the session ends."""
    async with asyncio.timeout(10):
        return CloseCode(await wire.closed)


async def seqs(wire: Wire, count: int) -> list[int]:
    """The numbers of the next events."""
    return [(await wire.hears())["seq"] for _ in range(count)]


async def test_welcome_tells_all(desk: Room) -> None:
    """Who the agent is, where the stream stands, what may be chosen."""
    await desk.take(*CALLS[:2])
    async with desk.session() as wire:
        welcome = await wire.hears()

    assert ("welcome", 2, desk.store.epoch) == (welcome["type"], welcome["head"], welcome["epoch"])
    assert {"id": desk.asha.id, "name": "Asha"} == welcome["agent"]
    assert NOW.isoformat().replace("+00:00", "Z") == welcome["time"]
    assert "interested" == welcome["catalogue"]["codes"][0]["code"]


# Live events need not wait for a desktop that reads; one that doesn't gets them all the same.
either_way = pytest.mark.parametrize("ready", [False, True])


@either_way
async def test_replay_then_live(desk: Room, *, ready: bool) -> None:
    """What was missed comes first, what happens now follows."""
    await desk.take(*CALLS[:3])
    async with desk.session() as wire:
        wire.ready = ready
        await wire.hears()
        replayed = await seqs(wire, 3)
        await desk.take(CALLS[3])
        live = await seqs(wire, 1)

    assert [1, 2, 3, 4] == replayed + live


async def test_a_desktop_that_stops_reading_now_and_then(desk: Room) -> None:
    """Events come once and in order, whichever way each of them goes."""
    async with desk.session() as wire:
        await wire.hears()
        for number, call in enumerate(CALLS[:40]):
            wire.ready = number % 3 != 0
            await desk.take(call)
        numbers = await seqs(wire, 40)

    assert list(range(1, 41)) == numbers


async def test_resume(desk: Room) -> None:
    """Only what follows the cursor."""
    await desk.take(*CALLS[:5])
    async with desk.session(seq=3, epoch=desk.store.epoch) as wire:
        await wire.hears()

        assert [4, 5] == await seqs(wire, 2)


@pytest.mark.parametrize("greeting", [{"seq": 9}, {"seq": 1, "epoch": "other"}, {"seq": 1}])
async def test_reset(desk: Room, greeting: dict[str, Any]) -> None:
    """A cursor of another life is replaced by the open calls and the head."""
    await desk.take(*CALLS[:2], report(leg(ASHA), call_id="call-0", over=True))
    async with desk.session(**greeting) as wire:
        await wire.hears()
        reset = await wire.hears()
        await desk.take(CALLS[5])

        assert [4] == await seqs(wire, 1)

    assert ("reset", 3) == (reset["type"], reset["head"])
    assert [("call-1", "call.rang")] == [(c["call_id"], c["kind"]) for c in reset["calls"]]


@either_way
async def test_window(desk: Room, *, ready: bool) -> None:
    """256 events unacknowledged, and not one more; an acknowledgement opens it."""
    await desk.take(*CALLS)
    async with desk.session() as wire:
        wire.ready = ready
        await wire.hears()
        first = await seqs(wire, 256)
        for _ in range(20):
            await asyncio.sleep(0)
        closed = wire.to_desktop.empty()
        wire.says(type="ack", seq=10)
        more = await seqs(wire, 10)
        wire.says(type="ack", seq=266)
        rest = await seqs(wire, 34)

    assert list(range(1, 301)) == first + more + rest
    assert closed


async def test_too_slow_to_acknowledge(hurried: Room) -> None:
    """A full window without progress ends the session; nobody waits for ever."""
    await hurried.take(*CALLS[:257])
    async with hurried.session() as wire:
        assert CloseCode.TOO_SLOW == await ended(wire)

    assert 0 == len(hurried.hub)


async def test_too_slow_to_read(hurried: Room) -> None:
    """A desktop that takes nothing off the line isn't even said goodbye to at length."""
    async with hurried.session() as wire:
        await wire.hears()
        wire.stuck = True
        await hurried.take(CALLS[0])

    assert 0 == len(hurried.hub)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "bad_message"),
        (b"{}", "binary_frame"),
        ('{"type":"ack","seq":0}', "hello_expected"),
        ('{"type":"hello","device":"","seq":0}', "bad_message"),
        ('{"type":"hello","device":"pc","seq":-1}', "bad_message"),
    ],
)
async def test_bad_greetings(desk: Room, frame: str | bytes, code: str) -> None:
    """One error frame, and 4002."""
    async with desk.session(hello=False) as wire:
        wire.to_relay.put_nowait(frame)
        error = await wire.hears()

        assert CloseCode.PROTOCOL == await ended(wire)

    assert ("error", code) == (error["type"], error["code"])


async def test_no_greeting(hurried: Room) -> None:
    """Silence is no hello."""
    async with hurried.session(hello=False) as wire:
        assert "hello_expected" == (await wire.hears())["code"]
        assert CloseCode.PROTOCOL == await ended(wire)


@pytest.mark.parametrize("frame", [{"type": "hello", "device": "pc", "seq": 0}, {"type": "ack", "seq": 7}])
async def test_bad_frames_later(desk: Room, frame: dict[str, object]) -> None:
    """A second hello and an acknowledgement of nothing end the session."""
    async with desk.session() as wire:
        await wire.hears()
        wire.says(**frame)

        assert CloseCode.PROTOCOL == await ended(wire)


async def test_complaints_are_listened_to(desk: Room) -> None:
    """A desktop's error frame ends nothing."""
    async with desk.session() as wire:
        await wire.hears()
        wire.says(type="error", code="odd", message="I did not expect this")
        await desk.take(CALLS[0])

        assert [1] == await seqs(wire, 1)


async def test_acknowledgements_become_cursors(desk: Room) -> None:
    """For whoever looks after them, and so does the sighting."""
    await desk.take(CALLS[0])
    async with desk.session(device="laptop") as wire:
        await wire.hears()
        await wire.hears()
        wire.says(type="ack", seq=1)
        wire.says(type="wave")
        await wire.hears()

    assert {(desk.asha.id, "laptop"): (1, NOW)} == desk.desk.cursors._moved
    assert {desk.owner.token_id: NOW} == desk.desk.cursors._seen


@either_way
async def test_dispositions_are_answered_before_their_event(desk: Room, *, ready: bool) -> None:
    """`stored`, then what it did to the stream; a rejection instead of either."""
    frame = {
        "type": "disposition",
        "id": uid("d-1"),
        "call_id": "call-0",
        "code": "interested",
        "saved_at": NOW.isoformat(),
    }
    async with desk.session() as wire:
        wire.ready = ready
        await wire.hears()
        for sent in (frame, frame, {**frame, "id": uid("d-2"), "code": "?"}):
            wire.says(**sent)
        answers = [await wire.hears() for _ in range(4)]

    assert ["event", "rejected", "stored", "stored"] == sorted(a["type"] for a in answers)
    assert "stored" == answers[0]["type"]
    [told] = [a["event"] for a in answers if a["type"] == "event"]
    assert ("call.disposed", uid("d-1")) == (told["kind"], told["disposition"]["id"])


async def test_other_device_hears_of_a_disposition(desk: Room) -> None:
    """The agent's prompt is resolved everywhere."""
    async with desk.session() as pc, desk.session(device="laptop") as laptop:
        await pc.hears()
        await laptop.hears()
        pc.says(type="disposition", id=uid("d-1"), call_id="c", code="interested", saved_at=NOW.isoformat())

        assert "call.disposed" == (await laptop.hears())["event"]["kind"]


async def test_same_device_takes_over(desk: Room) -> None:
    """The older session ends with 4003."""
    async with desk.session() as older:
        await older.hears()
        async with desk.session() as newer:
            await newer.hears()

            assert CloseCode.TAKEN_OVER == await ended(older)
            assert 1 == len(desk.hub)


async def test_hung_up_from_within(desk: Room) -> None:
    """Restarting needs no error frame; the first reason stands."""
    async with desk.session() as wire:
        await wire.hears()
        desk.hub.hang_up(CloseCode.RESTARTING, "restarting", lambda _: True)
        desk.hub.hang_up(CloseCode.AUTH, "too late", lambda _: True)

        assert CloseCode.RESTARTING == await ended(wire)

    assert wire.to_desktop.empty()


async def test_revoked_between_upgrade_and_hello(desk: Room) -> None:
    """The window in which no hub knows the session is covered."""
    async with desk.session(hello=False) as wire:
        await asyncio.sleep(0)
        desk.access = Access()
        wire.says(type="hello", device="pc", seq=0)

        assert "auth" == (await wire.hears())["code"]
        assert CloseCode.AUTH == await ended(wire)


async def test_broken_store_says_come_back(desk: Room) -> None:
    """The desktop's cursor is safe; it tries again later."""
    async with desk.session(hello=False) as wire:
        await asyncio.sleep(0)
        desk.store._writer.close()
        wire.says(type="hello", device="pc", seq=5)

        assert CloseCode.RESTARTING == await ended(wire)


async def test_many_sessions_follow_one_stream(desk: Room) -> None:
    """Each by itself."""
    async with AsyncExitStack() as stack:
        wires = [await stack.enter_async_context(desk.session(device=f"d-{n}")) for n in range(5)]
        for wire in wires:
            await wire.hears()
        await desk.take(*CALLS[:20])

        assert [list(range(1, 21))] * 5 == [await seqs(wire, 20) for wire in wires]

    assert 0 == len(desk.hub)


async def test_somebody_outside_holds_up_nothing(desk: Room) -> None:
    """While MyOperator thinks, outcomes are stored and questions answered; a fifth wish is one too many."""
    answers = asyncio.Event()

    async def dial(_agent: Person, _number: str, _errand: Errand) -> dict[str, str]:
        await answers.wait()
        return {}

    await desk.take(*CALLS[:2])
    desk.desk.errands = Errands(desk.store, desk.router, desk.hub.publish, lambda: NOW, live={DIAL: dial})
    async with desk.session() as wire:
        assert DIAL in (await wire.hears())["policy"]["errands"]
        assert [1, 2] == await seqs(wire, 2)
        for number in range(5):
            wire.says(type="errand", id=f"e{number}", what=DIAL, call_id="call-1")
        busy = await wire.hears()
        wire.says(type="probe", id="p")
        probed = await wire.hears()
        answers.set()
        done = {(await wire.hears())["id"] for _ in range(4)}

    assert ("rejected", "e4", "busy") == (busy["type"], busy["id"], busy["code"])
    assert {"type": "probed", "id": "p"} == probed
    assert {"e0", "e1", "e2", "e3"} == done
