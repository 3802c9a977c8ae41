"""Calls in a real store, through the cache."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.call import Call
from cti_desktop.core.report import RingSet
from cti_desktop.relay.calls import CallBook, KeptCall
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import calls
from tests.helpers.relay_parts import ASHA, PATIENCE, leg, report
from tests.helpers.relay_store import NOW, opened

RINGING = Call("call-1").joined(report(leg(ASHA)))
TALKING = RINGING.joined(report(leg(ASHA, answered=True, answered_at=NOW)))
OVER = TALKING.joined(report(over=True))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def book() -> CallBook:
    """An empty cache."""
    return CallBook(PATIENCE)


def keep(store: Store, book: CallBook, call: Call) -> KeptCall:
    """Write a call as of now."""
    kept = KeptCall(call, "myoperator", NOW)
    store.write_now(lambda c: book.keep(c, kept))
    return kept


@pytest.mark.parametrize("forget", [False, True])
def test_a_kept_call_is_found(store: Store, book: CallBook, forget: bool) -> None:
    """Cached or read from disk, it is the same call."""
    kept = keep(store, book, TALKING)
    if forget:
        book.forget()

    assert kept == store.write_now(lambda c: book.find(c, "call-1"))
    assert store.write_now(lambda c: book.find(c, "call-2")) is None


@pytest.mark.parametrize("forget", [False, True])
def test_calls_that_nobody_told_of(store: Store, book: CallBook, forget: bool) -> None:
    """Of a crowd of ids, those that neither the cache nor the disk has."""
    keep(store, book, TALKING)
    if forget:
        book.forget()

    assert {"call-2", "call-3"} == store.write_now(
        lambda c: book.unheard_of(c, ["call-1", "call-2", "call-3", "call-2"])
    )
    assert set() == store.write_now(lambda c: book.unheard_of(c, ["call-1"]))


def test_how_far_a_leg_came_is_kept(store: Store, book: CallBook) -> None:
    """`reached` is no fact, but must survive a restart."""
    keep(store, book, OVER)
    book.forget()
    found = store.write_now(lambda c: book.find(c, "call-1"))

    assert found is not None
    assert [leg.reached for leg in OVER.legs] == [leg.reached for leg in found.call.legs]


def test_ring_sets_are_kept(store: Store, book: CallBook) -> None:
    """Sets of phones have no JSON of their own."""
    call = Call("call-1").joined(report(ringing=RingSet(NOW, frozenset({ASHA, "+911"}))))
    keep(store, book, call)
    book.forget()
    found = store.write_now(lambda c: book.find(c, "call-1"))

    assert found is not None
    assert call.ring_sets == found.call.ring_sets


@pytest.mark.parametrize(
    ("call", "deadline"),
    [
        (RINGING, NOW + PATIENCE.ringing),
        (TALKING, NOW + PATIENCE.talking),
        (OVER, None),
        (replace(RINGING, given_up=True), None),
        (Call("call-1"), None),
    ],
    ids=["ringing", "talking", "over", "given up", "no legs"],
)
def test_deadline(store: Store, book: CallBook, call: Call, deadline: object) -> None:
    """A call is open as long as a leg goes on, and for as long as our patience lasts."""
    keep(store, book, call)
    row = store.read_now(lambda c: c.execute(select(calls)).one())

    assert (deadline, deadline is not None) == (row.deadline, row.open)


def test_open_and_overdue(store: Store, book: CallBook) -> None:
    """Open calls are listed; overdue ones only once their time has come."""
    keep(store, book, RINGING)
    keep(store, book, replace(TALKING, id="call-2"))
    keep(store, book, replace(OVER, id="call-3"))

    def overdue(after: timedelta) -> list[str]:
        return [k.call.id for k in store.read_now(lambda c: book.overdue(c, NOW + after, 10))]

    assert ["call-1", "call-2"] == [k.call.id for k in store.read_now(book.open)]
    assert [] == overdue(PATIENCE.ringing - timedelta(seconds=1))
    assert ["call-1"] == overdue(PATIENCE.ringing)
    assert ["call-1", "call-2"] == overdue(PATIENCE.talking)


def test_cache_is_bounded(store: Store) -> None:
    """Old calls are read again when they are needed."""
    book = CallBook(PATIENCE, remembered=2)
    for number in range(5):
        keep(store, book, replace(RINGING, id=f"call-{number}"))

    assert 2 == len(book._recent)
    assert store.write_now(lambda c: book.find(c, "call-0")) is not None
