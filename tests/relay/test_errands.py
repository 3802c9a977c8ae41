"""What agents wish from their cards, over real sockets."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from cti_desktop.core.errands import DIAL, Errand
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.people import Person
from cti_desktop.relay import contacts, history
from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.errands import Errands
from tests.helpers.relay_desk import room
from tests.helpers.relay_parts import ASHA, leg, report
from tests.helpers.relay_store import NOW
from tests.helpers.relay_world import Desktop, World, running

CUSTOMER = "+919999900001"


async def wish(
    desktop: Desktop, what: str, call_id: str = "one", id_: str = "e-1", **args: str
) -> dict[str, Any]:
    """The relay's answer; events that come in between are acknowledged."""
    await desktop.send(type="errand", id=id_, what=what, call_id=call_id, args=args)
    while (answer := await desktop.receive())["type"] == "event":
        await desktop.send(type="ack", seq=answer["seq"])
    return answer


async def directory(world: World) -> list[tuple[str, str | None, list[str]]]:
    """Everybody in the directory."""
    found = await world.relay.store.read(lambda c: contacts.page(c, "", 10))
    return [(entry["name"], entry["company"], entry["phones"]) for entry in found]


async def test_a_stranger_gets_a_name(tmp_path: Path) -> None:
    """Shared with colleagues at once, and known at the next call."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        ravi = await world.add_agent("Ravi", "+919999911102")
        async with world.desktop(asha) as one, world.desktop(ravi) as two:
            await world.ring("one", asha, ravi)
            await one.events(1)
            answer = await wish(one, "contact.add", name=" Asha\nTraders ", company="ATL")
            await two.events(1)
            (told,) = await two.events(1)

        assert answer == {"type": "done", "id": "e-1", "result": {}}
        assert await directory(world) == [("Asha Traders", "ATL", [CUSTOMER])]
        assert told["event"]["kind"] == "call.updated"
        assert told["event"]["caller"]["contact"]["name"] == "Asha Traders"


async def test_sending_it_again_changes_nothing(tmp_path: Path) -> None:
    """After a break nobody knows whether it arrived; nor does a colleague's same name make a second entry."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            for id_, name in (("e-1", "Anil"), ("e-1", "Anil"), ("e-2", "ANIL"), ("e-3", "Bina")):
                world.clock.advance(seconds=1)
                assert (await wish(desktop, "contact.add", id_=id_, name=name))["type"] == "done"

        assert sorted(entry[0] for entry in await directory(world)) == ["Anil", "Bina"]
        meant = await world.relay.store.read(lambda c: contacts.known(c, CUSTOMER).contact)
        assert meant is not None
        assert meant.name == "Bina"


async def test_the_choice_is_remembered(tmp_path: Path) -> None:
    """For the next call of the number, whoever takes it."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            await wish(desktop, "contact.add", id_="a", name="Anil")
            await wish(desktop, "contact.add", id_="b", name="Bina")
            known = await world.relay.store.read(lambda c: contacts.known(c, CUSTOMER))
            anil = next(c for c in known.candidates if c.name == "Anil")
            world.clock.advance(seconds=5)
            assert (await wish(desktop, "contact.choose", id_="c", contact_id=anil.id))["type"] == "done"
            no = await wish(desktop, "contact.choose", id_="d", contact_id="con_other")

        assert ("rejected", "unknown") == (no["type"], no["code"])
        meant = await world.relay.store.read(lambda c: contacts.known(c, CUSTOMER).contact)
        assert meant == anil


async def test_a_promise_that_is_kept_is_told_to_the_agents_other_desktops(tmp_path: Path) -> None:
    """By the outcome without it, once; colleagues' cards tell of it no more."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as one, world.desktop(asha, device="home") as two:
            await world.ring("one", asha)
            id_ = "0b8e4c1e-0000-4f0e-9d1e-1b7d3f7f2a10"
            saved = {"code": "follow_up", "sub_code": None, "notes": "After lunch"}
            times = {"follow_up_at": "2030-01-01T10:00:00Z", "saved_at": "2026-08-01T09:03:10Z"}
            await one.events(1)
            await one.send(type="disposition", id=id_, call_id="one", **saved, **times)
            while (await one.receive())["type"] != "stored":
                pass
            await two.events(1)
            (promised,) = await two.events(1)
            assert (await wish(one, "follow_up.done"))["type"] == "done"
            kept, updated = await two.events(2)
            assert (await wish(one, "follow_up.done", id_="e-2"))["type"] == "done"
            await two.send(type="probe", id="p")
            assert (await two.receive())["type"] == "probed"  # no event before it
            known = await world.relay.store.read(lambda c: history.open_follow_ups(c, CUSTOMER))

        before, after = (event["event"]["disposition"] for event in (promised, kept))
        assert ("2030-01-01T10:00:00Z", None) == (before.pop("follow_up_at"), after.pop("follow_up_at"))
        assert before == after
        assert [] == updated["event"]["caller"]["open_follow_ups"]
        assert () == known


async def test_a_reveal_leaves_a_trace(tmp_path: Path) -> None:
    """Who looked at whose number; the trace holds no number."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            await world.ring("one", asha)
            answer = await wish(desktop, "number.reveal")

        rows = await world.relay.store.read(
            lambda c: c.execute(select(audit.c.who, audit.c.what, audit.c.subject)).all()
        )
        assert answer["result"] == {"number": CUSTOMER}
        assert [(asha.id, "number.reveal", "one")] == [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("what", "call_id", "args", "code"),
    [
        ("contact.add", "two", {"name": "X"}, "not_yours"),
        ("contact.add", "one", {"name": " "}, "missing"),
        ("call.dial", "one", {}, "not_configured"),
        ("contact.merge", "one", {"keep": "con_1", "other": "con_2"}, "unknown"),
        ("contact.unmerge", "one", {"merge": "e-0"}, "unknown"),
        ("contact.part", "one", {}, "unknown"),
        ("world.end", "one", {}, "unknown"),
        ("number.reveal", "lost", {}, "forgotten"),
    ],
)
async def test_what_can_not_be_done(
    tmp_path: Path, what: str, call_id: str, args: dict[str, str], code: str
) -> None:
    """Another's call, no name, no vendor's API, something from the future."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        ravi = await world.add_agent("Ravi", "+919999911102")
        await world.ring("one", asha)
        await world.ring("two", ravi)
        async with world.desktop(asha) as desktop:
            answer = await wish(desktop, what, call_id, **args)

        assert ("rejected", code) == (answer["type"], answer["code"])
        assert await directory(world) == []


async def test_one_person_with_two_entries(tmp_path: Path) -> None:
    """Proposed on the card, merged once however often it is asked, taken back, told apart; all audited."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            assert "contact.merge" in desktop.welcome["policy"]["errands"]
            await world.ring("one", asha)
            await wish(desktop, "contact.add", id_="a", name="Anil")
            await wish(desktop, "contact.add", id_="b", name="Anil Rao", company="ATL")
            known = await world.relay.store.read(lambda c: contacts.known(c, CUSTOMER))
            assert known.duplicate is not None
            pair = {"keep": known.duplicate.keep, "other": known.duplicate.other}
            for _ in range(2):
                assert (await wish(desktop, "contact.merge", id_="m", **pair))["type"] == "done"
            assert await directory(world) == [("Anil Rao", "ATL", [CUSTOMER])]
            assert (await wish(desktop, "contact.unmerge", id_="u", merge="m"))["type"] == "done"
            assert len(await directory(world)) == 2
            assert (await wish(desktop, "contact.part", id_="p", **pair))["type"] == "done"
            known = await world.relay.store.read(lambda c: contacts.known(c, CUSTOMER))
            assert known.duplicate is None

        rows = await world.relay.store.read(lambda c: c.execute(select(audit.c.who, audit.c.what)).all())
        assert [(asha.id, f"contact.{what}") for what in ("merge", "unmerge", "part")] == list(
            map(tuple, rows)
        )


async def test_a_call_that_the_relay_lost(tmp_path: Path) -> None:
    """Restored from a backup, it still takes the contact that was made offline."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        async with world.desktop(asha) as desktop:
            answer = await wish(desktop, "contact.add", "lost", name="Anil", number=CUSTOMER)

        assert answer["type"] == "done", json.dumps(answer)
        assert await directory(world) == [("Anil", None, [CUSTOMER])]


async def test_nobody_is_dialled_twice(tmp_path: Path) -> None:
    """Asked again while it is done, and after; a failure may be tried again."""
    begun, ends, dialled = asyncio.Event(), asyncio.Event(), list[str]()

    async def dial(_agent: Person, _number: str, errand: Errand) -> dict[str, str]:
        begun.set()
        await ends.wait()
        dialled.append(errand.id)
        if dialled == ["e", "bad"]:
            raise DispositionRejected("the line is cut", field="number", code="vendor")
        return {}

    async with room(tmp_path) as desk:
        await desk.take(report(leg(ASHA), call_id="one"))
        errands = Errands(desk.store, desk.router, desk.hub.publish, lambda: NOW, live={DIAL: dial})

        async def kind(id_: str) -> str:
            answer = json.loads(await errands.answer(desk.asha, Errand(id_, DIAL, "one")))
            return str(answer.get("code") or answer["type"])

        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(kind("e"), name="first")
            await begun.wait()
            assert await kind("e") == "busy"
            ends.set()
        assert [first.result(), await kind("e")] == ["done", "done"]
        assert [await kind("bad"), await kind("bad")] == ["vendor", "done"]

    assert dialled == ["e", "bad", "bad"]
