"""What cards tell of earlier calls, through router and dispositions on a real store."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Catalogue, Code, Disposition
from cti_desktop.core.events import FollowUp, Interaction, Result
from cti_desktop.core.people import Person
from cti_desktop.core.report import PanelDisposition, Unanswered
from cti_desktop.relay import history
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from tests.helpers.relay_parts import ASHA, CUSTOMER, RAVI, leg, new_agent, new_router, report, take, uid
from tests.helpers.relay_store import NOW, opened

LATER = NOW + timedelta(days=1)


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


def last(store: Store) -> tuple[Interaction, ...]:
    """The customer's latest calls."""
    return store.read_now(lambda c: history.last_calls(c, CUSTOMER))


def promised(store: Store) -> tuple[FollowUp, ...]:
    """The calls back that the customer waits for."""
    return store.read_now(lambda c: history.open_follow_ups(c, CUSTOMER))


def talk(store: Store, router: Router, call_id: str, at: datetime = NOW) -> None:
    """A conversation of half a minute."""
    end = at + timedelta(seconds=30)
    done = leg(ASHA, answered=True, answered_at=at, ended_at=end, talk_seconds=30)
    take(store, router, report(done, call_id=call_id, started_at=at), end)


def dispose(store: Store, router: Router, agent: Person, call_id: str, **more: object) -> None:
    """The agent says how it went."""
    catalogue = Catalogue(1, (Code("sold", "Sold"), Code("later", "Later", requires=("follow_up",))))
    id_ = str(more.pop("id", uid(f"d-{call_id}")))
    given = {"code": "sold", "sub_code": None, "notes": "", "follow_up_at": None, "saved_at": NOW, **more}
    outcome = Disposition(id_, call_id, **given)  # type: ignore[arg-type]
    answer = store.write_now(lambda c: Dispositions(router, catalogue).record(c, agent, outcome, NOW))
    assert isinstance(answer, list)


def test_strangers_are_those_with_whom_nothing_was(store: Store, router: Router, asha: Person) -> None:
    """Neither a call nor a promise."""
    other = "+919999900099"
    assert {CUSTOMER, other} == store.read_now(lambda c: history.strangers(c, [CUSTOMER, other, CUSTOMER]))

    talk(store, router, "call-1")

    assert {other} == store.read_now(lambda c: history.strangers(c, [CUSTOMER, other]))
    assert set() == store.read_now(lambda c: history.strangers(c, []))


def test_a_call_that_goes_on_is_no_history(store: Store, router: Router) -> None:
    """Only what is over is told."""
    take(store, router, report(leg(ASHA)))

    assert last(store) == ()


def test_a_conversation_and_its_outcome(store: Store, router: Router, asha: Person) -> None:
    """When, who, how long; then the outcome and the note."""
    talk(store, router, "one")
    told = Interaction("one", NOW, result=Result.TALKED, agent=asha, talk_seconds=30)
    assert last(store) == (told,)

    dispose(store, router, asha, "one", notes="Pays by\0 Friday")

    assert [(i.outcome, i.notes) for i in last(store)] == [("Sold", "Pays by Friday")]


def test_what_is_learned_later_keeps_the_outcome(store: Store, router: Router, asha: Person) -> None:
    """A late summary mends the facts; the agent's words stay."""
    talk(store, router, "one")
    dispose(store, router, asha, "one", notes="Kept")
    take(store, router, report(leg(ASHA, answered=True, talk_seconds=45), call_id="one", order=9))

    assert [(i.outcome, i.notes, i.talk_seconds) for i in last(store)] == [("Sold", "Kept", 45)]


def test_a_panels_disposition_is_told(store: Store, router: Router) -> None:
    """Recorded in MyOperator instead of here."""
    talk(store, router, "one")
    panel = (PanelDisposition("Sold in the panel", "x"),)
    take(store, router, report(call_id="one", order=9, dispositions=panel))

    assert [i.outcome for i in last(store)] == ["Sold in the panel"]


def test_a_missed_call(store: Store, router: Router) -> None:
    """Nobody talked."""
    take(store, router, report(leg(ASHA, unanswered=Unanswered.NO_ANSWER, ended_at=NOW), over=True))

    assert [(i.result, i.agent) for i in last(store)] == [(Result.MISSED, None)]


def test_newest_first_and_bounded(store: Store, router: Router) -> None:
    """A card tells of the latest; only the first few carry notes."""
    for number in range(12):
        talk(store, router, f"c{number}", NOW + timedelta(minutes=number))

    assert [i.call_id for i in last(store)] == [f"c{n}" for n in range(11, 1, -1)]


def test_a_promise_is_open_until_the_next_outcome(store: Store, router: Router, asha: Person) -> None:
    """Promised at the end of one conversation, kept by the next that has its outcome."""
    talk(store, router, "one")
    dispose(store, router, asha, "one", code="later", follow_up_at=LATER, notes="4 pm")
    assert promised(store) == (FollowUp(uid("d-one"), LATER, asha, "4 pm"),)

    talk(store, router, "two", NOW + timedelta(hours=1))
    assert len(promised(store)) == 1
    dispose(store, router, asha, "two")

    assert promised(store) == ()


def test_a_correction_takes_the_wrong_promise_back(store: Store, router: Router, asha: Person) -> None:
    """Only what counts in the end was promised."""
    talk(store, router, "one")
    dispose(store, router, asha, "one", code="later", follow_up_at=LATER, notes="4 pm")
    sooner = LATER - timedelta(hours=1)
    dispose(
        store, router, asha, "one", id=uid("d-2"), code="later", follow_up_at=sooner, replaces=uid("d-one")
    )
    assert [(f.id, f.due_at) for f in promised(store)] == [(uid("d-2"), sooner)]

    dispose(store, router, asha, "one", id=uid("d-3"), replaces=uid("d-2"))
    assert promised(store) == ()


def test_long_notes_come_as_their_gist(store: Store, router: Router, asha: Person) -> None:
    """A frame must stay small."""
    talk(store, router, "one")
    dispose(store, router, asha, "one", notes="x" * 4000)

    assert len(last(store)[0].notes) == 200


def test_a_withheld_number_has_no_history(store: Store, router: Router) -> None:
    """Two strangers without a number are not the same one."""
    from dataclasses import replace  # noqa: PLC0415 - only here

    hidden = replace(
        report(leg(ASHA, unanswered=Unanswered.NO_ANSWER, ended_at=NOW), over=True), caller_number=None
    )
    take(store, router, hidden)

    assert last(store) == ()


def test_the_next_card_tells_of_it(store: Store, router: Router, asha: Person) -> None:
    """The event of the next ring carries what was before."""
    from tests.helpers.relay_parts import stream_of  # noqa: PLC0415

    new_agent(store, "Ravi", RAVI)
    talk(store, router, "one")
    dispose(store, router, asha, "one", notes="Wants an offer")
    take(store, router, report(leg(ASHA), call_id="two"))

    rang = stream_of(store, asha)[-1]
    assert rang.kind == "call.rang"
    assert [(i.call_id, i.outcome, i.notes) for i in rang.caller.last_interactions] == [
        ("one", "Sold", "Wants an offer")
    ]
