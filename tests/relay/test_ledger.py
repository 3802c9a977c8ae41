"""Who owes which outcome, from calls and dispositions on a real store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.people import Person
from cti_desktop.core.report import RECOVERED, PanelDisposition, Unanswered
from cti_desktop.relay import ledger
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from tests.helpers.relay_parts import ASHA, CUSTOMER, RAVI, leg, new_agent, new_router, report, take
from tests.helpers.relay_store import NOW, opened

END = NOW + timedelta(seconds=30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def asha(store: Store) -> Person:
    """An agent."""
    return new_agent(store, "Asha", ASHA)


@pytest.fixture
def router(store: Store, asha: Person) -> Router:
    """A router that knows her."""
    return new_router(store)


def debts(store: Store, agent: Person | None = None) -> list[dict[str, Any]]:
    """What is owed."""
    return store.read_now(lambda c: ledger.list_owed(c, agent.id if agent else None))


def talk(store: Store, router: Router, call_id: str, **more: Any) -> None:  # noqa: ANN401 - CallReport's
    """A conversation, told whole."""
    done = leg(ASHA, answered=True, answered_at=NOW, ended_at=END)
    take(store, router, report(done, call_id=call_id, **more), END)


def test_a_conversation_owes_its_outcome(store: Store, router: Router, asha: Person) -> None:
    """From its end on, by who talked."""
    take(store, router, report(leg(ASHA, answered=True, answered_at=NOW), call_id="one"))
    assert debts(store) == []
    talk(store, router, "one")

    assert debts(store) == [
        {"call_id": "one", "agent": "Asha", "number": CUSTOMER, "since": END, "state": "owed"}
    ]


def test_a_missed_call_owes_nothing(store: Store, router: Router) -> None:
    """Nobody talked."""
    take(store, router, report(leg(ASHA, unanswered=Unanswered.NO_ANSWER, ended_at=NOW)))

    assert debts(store) == []


def test_any_device_settles(store: Store, router: Router, asha: Person) -> None:
    """Even if the outcome is here before the call's end is."""
    talk(store, router, "one")
    store.write_now(lambda c: ledger.settle(c, "one", asha, CUSTOMER, END))
    store.write_now(lambda c: ledger.settle(c, "two", asha, CUSTOMER, END))
    talk(store, router, "two")

    assert debts(store) == []


def test_the_providers_panel_settles(store: Store, router: Router) -> None:
    """Recorded in MyOperator, before or after we learn of the end."""
    talk(store, router, "one")
    take(store, router, report(call_id="one", order=9, dispositions=(PanelDisposition("Sold"),)))
    talk(store, router, "two", dispositions=(PanelDisposition("Sold"),))

    assert debts(store) == []


def test_a_call_whose_end_never_came(store: Store, router: Router) -> None:
    """Given up: the conversation is unknown, until the end is reported after all."""
    take(store, router, report(leg(ASHA, answered=True, answered_at=NOW), call_id="one"))
    store.write_now(lambda c: router.give_up_overdue(c, NOW + timedelta(hours=5)))
    assert [d["state"] for d in debts(store)] == ["unknown"]
    talk(store, router, "one")

    assert [d["state"] for d in debts(store)] == ["owed"]


def test_a_call_that_no_webhook_told_of(store: Store, router: Router) -> None:
    """Found in the call log afterwards."""
    talk(store, router, f"{RECOVERED}1")

    assert [d["state"] for d in debts(store)] == ["recovered"]


def test_debts_of_one_agent(store: Store, router: Router, asha: Person) -> None:
    """Each sees their own."""
    ravi = new_agent(store, "Ravi", RAVI)
    talk(store, router, "one")

    assert [len(debts(store, who)) for who in (asha, ravi)] == [1, 0]
    assert store.read_now(lambda c: list(ledger.calls_owed_by(c, asha.id or "", 5))) == ["one"]


def test_a_device_that_can_not_resume_learns_what_is_owed(store: Store, router: Router, asha: Person) -> None:
    """A new machine asks for what the old one did not deliver."""
    talk(store, router, "one")
    talk(store, router, "two")
    store.write_now(lambda c: ledger.settle(c, "two", asha, CUSTOMER, END))
    take(store, router, report(leg(ASHA), call_id="three"))
    told = store.write_now(lambda c: router.owed_calls(c, asha.id or ""))

    assert [("call.ended", "one")] == [(body.kind, body.call_id) for body in told]
