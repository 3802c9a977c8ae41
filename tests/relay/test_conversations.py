"""Conversations for a report, from calls and dispositions on a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.people import Person
from cti_desktop.core.report import CallReport, PanelDisposition, Unanswered
from cti_desktop.relay import conversations, erasure
from cti_desktop.relay.caller_tables import interactions, owed
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.store import Store
from tests.helpers.calls import CATALOGUE
from tests.helpers.relay_parts import ASHA, CUSTOMER, RAVI, leg, new_agent, new_router, report, take, uid
from tests.helpers.relay_store import NOW, opened

END = NOW + timedelta(seconds=40)
SAVED = END + timedelta(seconds=9)
SOLD = Disposition(uid("d-1"), "one", "not_interested", "price", "too dear", None, SAVED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def desk(store: Store) -> Dispositions:
    """The team's catalogue, and a router."""
    return Dispositions(new_router(store), CATALOGUE)


@pytest.fixture
def asha(store: Store, desk: Dispositions) -> Person:
    """An agent; Ravi is another."""
    new_agent(store, "Ravi", RAVI)
    return new_agent(store, "Asha", ASHA)


def told(
    store: Store, begin: datetime | None = None, end: datetime | None = None, stretch: int = 1000
) -> list[dict[str, Any]]:
    """All pages."""
    rows: list[dict[str, Any]] = []
    after: conversations.Place | None = {}
    while after is not None:
        place = after
        found, after = store.read_now(lambda c: conversations.page(c, begin, end, place, stretch))  # noqa: B023 - read now
        rows += found
    return rows


def talk(store: Store, desk: Dispositions, call_id: str, *phones: str, **more: Any) -> None:  # noqa: ANN401 - CallReport's
    """A conversation with each of `phones`, told whole."""
    parts = [
        leg(phone, answered=True, answered_at=NOW, ended_at=END, talk_seconds=30 + n)
        for n, phone in enumerate(phones)
    ]
    take(store, desk.router, report(*parts, call_id=call_id, over=True, **more), END)


def save(store: Store, desk: Dispositions, agent: Person, disposition: Disposition) -> None:
    """A desktop delivers it."""
    assert isinstance(store.write_now(lambda c: desk.record(c, agent, disposition, SAVED)), list)


def test_one_with_its_outcome(store: Store, desk: Dispositions, asha: Person) -> None:
    """Everything that a report asks for."""
    talk(store, desk, "one", ASHA, started_at=NOW, queue="Sales")
    save(store, desk, asha, SOLD)

    assert told(store) == [
        {
            "at": NOW,
            "agent": "Asha",
            "number": CUSTOMER,
            "call_id": "one",
            "state": "desktop",
            "direction": "incoming",
            "queue": "Sales",
            "talk_seconds": 30,
            "result": "talked",
            "code": "not_interested",
            "sub_code": "price",
            "notes": "too dear",
            "follow_up_at": None,
            "saved_at": SAVED,
        }
    ]


def test_one_that_is_owed(store: Store, desk: Dispositions, asha: Person) -> None:
    """It stands there all the same; a call that nobody took is no conversation."""
    talk(store, desk, "one", ASHA)
    take(store, desk.router, report(leg(ASHA, unanswered=Unanswered.NO_ANSWER, ended_at=NOW), call_id="two"))

    [row] = told(store)
    assert (row["call_id"], row["state"], "code" in row) == ("one", "owed", False)


def test_the_last_version_counts(store: Store, desk: Dispositions, asha: Person) -> None:
    """A corrected outcome stands there once."""
    talk(store, desk, "one", ASHA)
    save(store, desk, asha, SOLD)
    save(store, desk, asha, replace(SOLD, id=uid("d-2"), notes="came round", replaces=SOLD.id))

    assert [row["notes"] for row in told(store)] == ["came round"]


def test_two_who_talked(store: Store, desk: Dispositions, asha: Person) -> None:
    """Each has a row, and their own seconds and outcome."""
    talk(store, desk, "one", ASHA, RAVI)
    save(store, desk, asha, SOLD)

    assert {(r["agent"], r["talk_seconds"], r["state"], r.get("code")) for r in told(store)} == {
        ("Asha", 30, "desktop", "not_interested"),
        ("Ravi", 31, "owed", None),
    }


def test_an_outcome_of_the_panel(store: Store, desk: Dispositions, asha: Person) -> None:
    """It has a name, but no code of ours."""
    talk(store, desk, "one", ASHA, dispositions=(PanelDisposition("Sold", "two boxes"),))

    [row] = told(store)
    assert (row["state"], row["label"], row["notes"], row["saved_at"]) == (
        "provider",
        "Sold",
        "two boxes",
        END,
    )


def test_those_that_no_history_knows(store: Store, desk: Dispositions, asha: Person) -> None:
    """Withheld, erased, or of a call that the relay was never told of."""
    talk(store, desk, "erased", ASHA)
    save(store, desk, asha, replace(SOLD, call_id="erased"))
    store.write_now(lambda c: erasure.erase(c, CUSTOMER, "meera", END))
    desk.router.forget()
    part = leg(ASHA, answered=True, answered_at=NOW, ended_at=END)
    take(store, desk.router, CallReport("withheld", 1, legs=(part,), over=True), END)
    save(store, desk, asha, replace(SOLD, id=uid("d-2"), call_id="unheard-of"))

    assert {(r["call_id"], r["number"], r["state"], r.get("notes")) for r in told(store)} == {
        ("erased", None, "desktop", ""),
        ("unheard-of", None, "desktop", "too dear"),
        ("withheld", None, "owed", None),
    }


def many(store: Store, agent: Person, known: int, rest: int) -> None:
    """So many conversations, a minute apart and two of each minute."""
    number = [("known", n) for n in range(known)] + [("rest", n) for n in range(rest)]
    debts = [
        {"call_id": f"{kind}-{n}", "agent_id": agent.id, "since": moment(n), "state": "owed"}
        for kind, n in number
    ]
    calls = [
        {
            "call_id": f"known-{n}",
            "number": CUSTOMER,
            "at": moment(n),
            "direction": "incoming",
            "result": "talked",
        }
        | {"outcome": "", "notes": ""}
        for n in range(known)
    ]
    store.write_now(lambda c: (c.execute(insert(owed), debts), c.execute(insert(interactions), calls)))


def moment(n: int) -> datetime:
    """Two of each minute."""
    return NOW + timedelta(minutes=n // 2)


def test_many_come_by_pages(store: Store, asha: Person) -> None:
    """Each once, by time, whatever is cut where; and of some days only theirs."""
    many(store, asha, 205, 111)
    rows = told(store, stretch=50)
    known = [row for row in rows if row["call_id"].startswith("known")]
    some = told(store, moment(20), moment(40), stretch=50)

    assert (len(rows), len({row["call_id"] for row in rows}), len(known)) == (316, 316, 205)
    assert all(one["at"] <= other["at"] for one, other in pairwise(known))
    assert sorted(row["call_id"] for row in some) == sorted(
        f"{k}-{n}" for k in ("known", "rest") for n in range(20, 40)
    )


def test_a_page_reads_no_more_than_it_shows(store: Store, asha: Person) -> None:
    """Millions of calls are walked by the index of their times, and no page sorts them."""
    many(store, asha, 3, 0)
    place = {"at": NOW.isoformat(), "call_id": "known-0"}
    statement = conversations._known(NOW, None, place)

    def plan(c: Any) -> str:  # noqa: ANN401 - a connection
        sql = str(statement.compile(c, compile_kwargs={"literal_binds": True}))
        return str(c.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all())

    found = store.read_now(plan)
    assert "interactions USING INDEX ix_interactions_at (at>" in found, found
