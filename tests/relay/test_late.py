"""A webhook that comes hours late finds the call that was recovered meanwhile: one call, not two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import CallReport, CallStatus, Direction, RingSet, Unanswered
from cti_desktop.relay import erasure, history, ledger
from cti_desktop.relay.call_log import report_of
from cti_desktop.relay.calls import CallBook
from tests.helpers.relay_parts import (
    ASHA,
    CUSTOMER,
    RAVI,
    leg,
    new_agent,
    new_router,
    report,
    stream_of,
    take,
)
from tests.helpers.relay_store import NOW, opened
from tests.helpers.vendor import logged

EARLIER = NOW - timedelta(hours=3)


class Day:
    """Asha's call was recovered from the log; its webhooks are still on their way."""

    def __init__(self, folder: Path) -> None:
        self._opened = opened(folder)
        self.store = self._opened.__enter__()
        self.asha = new_agent(self.store, "Asha", ASHA, extension="11")
        self.ravi = new_agent(self.store, "Ravi", RAVI)
        self.router = new_router(self.store)
        self.recovered = self.logged(EARLIER)

    def logged(self, at: datetime) -> str:
        """The log tells of a call; its id."""
        told = report_of(logged(int(at.timestamp())), "IN")
        assert told is not None
        take(self.store, self.router, told)
        return told.call_id

    def comes(self, told: CallReport) -> list[tuple[str, int, str]]:
        """A webhook comes now."""
        return take(self.store, self.router, told)

    def calls_known(self) -> list[str]:
        """The customer's calls, as the next card shows them."""
        return [c.call_id for c in self.store.read_now(lambda c: history.last_calls(c, CUSTOMER))]

    def close(self) -> None:
        """The end."""
        self._opened.__exit__(None, None, None)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """A day."""
    found = Day(tmp_path)
    yield found
    found.close()


def talked(at: datetime = EARLIER, *, call_id: str = "15.1", off: float = 2, **more: object) -> CallReport:
    """The provider's last word on Asha's call, which began `off` seconds after what the log says."""
    began = at + timedelta(seconds=off)
    asha = leg(ASHA, "leg-2", answered=True, answered_at=began, ended_at=began + timedelta(seconds=40))
    told = report(replace(asha, rang_at=began), call_id=call_id, order=6, started_at=began, over=True)
    return replace(told, direction=Direction.INCOMING, status=CallStatus.BRIDGED, **more)  # type: ignore[arg-type]


def test_it_is_one_call(day: Day) -> None:
    """Nothing rings or ends twice; what is new is an update; one entry, one debt."""
    before = stream_of(day.store, day.asha)
    for told in (talked(), talked(recording="better.mp3"), talked()):
        day.comes(told)
    after = stream_of(day.store, day.asha)[len(before) :]

    assert ["call.ended"] == [event.kind for event in before]
    assert {"call.updated"} == {event.kind for event in after}
    assert "better.mp3" == after[-1].recording
    assert {day.recovered} == {event.call_id for event in after}
    assert [day.recovered] == day.calls_known()
    assert 1 == len(day.store.read_now(ledger.list_owed))


def test_every_kind_in_any_order(day: Day) -> None:
    """Ringing, as a set of phones too, comes after the end: nobody's phone rings three hours late."""
    rang = EARLIER + timedelta(seconds=3)
    ringing = report(replace(leg(ASHA, "leg-2"), rang_at=rang), call_id="15.1", order=2, started_at=EARLIER)
    missed = replace(leg(RAVI, "leg-3", unanswered=Unanswered.NO_ANSWER), rang_at=rang)
    phones = replace(
        report(call_id="15.1", started_at=EARLIER), ringing=RingSet(rang, frozenset({"leg-2", "leg-3"}))
    )
    kinds = [
        kind
        for told in (ringing, phones, talked(), report(missed, call_id="15.1"))
        for _, _, kind in day.comes(told)
    ]

    assert "call.rang" not in kinds
    assert "call.answered" not in kinds
    assert ["call.ended"] == [event.kind for event in stream_of(day.store, day.ravi)]
    assert [day.recovered] == day.calls_known()


def test_a_report_without_legs_may_come_first(day: Day) -> None:
    """And the call's id still leads to the recovered one: also for other threads, and after a restart."""
    day.comes(report(call_id="15.1", started_at=None))
    day.comes(talked())
    day.router.forget()

    found = day.store.read_now(lambda c: (CallBook.read(c, "15.1"), day.router.calls.find(c, "15.1")))
    assert [day.recovered] * 2 == [kept.call.id for kept in found if kept]
    assert [day.recovered] == day.calls_known()


@pytest.mark.parametrize(
    "other",
    [
        talked(off=200),
        replace(talked(), direction=Direction.OUTGOING),
        replace(talked(), caller_number="+919999900002"),
        replace(talked(), started_at=None, legs=()),
    ],
    ids=["another time", "the other way", "another customer", "no time"],
)
def test_other_calls_are_other_calls(day: Day, other: CallReport) -> None:
    """What can't be the same isn't."""
    day.comes(other)

    kept = day.store.read_now(lambda c: day.router.calls.find(c, "15.1"))
    assert kept is not None
    assert "15.1" == kept.call.id


def test_of_two_the_nearer_one(day: Day) -> None:
    """A customer who called again within a minute."""
    second = day.logged(EARLIER + timedelta(seconds=60))
    day.comes(talked(EARLIER + timedelta(seconds=60), call_id="15.2"))
    day.comes(talked(call_id="15.1"))

    found = [day.store.read_now(lambda c, i=i: day.router.calls.find(c, i)) for i in ("15.1", "15.2")]  # type: ignore[misc]
    assert [day.recovered, second] == [kept.call.id for kept in found if kept]


def test_an_agent_who_talked_twice(day: Day) -> None:
    """Parts of the same agent are paired in their order; one that the log lacks is told of."""
    again = leg(ASHA, "leg-4", answered=True, answered_at=EARLIER + timedelta(seconds=50))
    told = talked()
    day.comes(replace(told, legs=(*told.legs, replace(again, rang_at=EARLIER + timedelta(seconds=45)))))

    assert ["log-0-0", "leg-4"] == [event.leg for event in stream_of(day.store, day.asha)]
    assert 1 == len(day.store.read_now(ledger.list_owed))


def test_strangers_are_nobodys_pair(day: Day) -> None:
    """A leg whose agent nobody is stays a leg of its own."""
    stranger = leg(None, "leg-9", agent=AgentRef(phone="+919999900077"))
    day.comes(replace(talked(), legs=(stranger,)))

    kept = day.store.read_now(lambda c: day.router.calls.find(c, "15.1"))
    assert kept is not None
    assert {"log-0-0", "leg-9"} == {part.key for part in kept.call.legs}


def test_erasing_reaches_both(day: Day) -> None:
    """The webhook's id, too, is the customer's."""
    day.comes(talked())
    erased = day.store.write_now(lambda c: erasure.erase(c, CUSTOMER, "meera", NOW))
    day.router.forget()

    assert 2 == erased.calls
    assert day.store.read_now(lambda c: day.router.calls.find(c, "15.1")) is None
