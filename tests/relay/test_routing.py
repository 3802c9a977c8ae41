"""From reports to agents' streams, in a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import CallReport, Unanswered
from cti_desktop.relay import roster
from cti_desktop.relay.routing import Router, legs_of
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import agents, unrouted
from cti_desktop.wire.events import decode_body, encode_body
from tests.helpers.relay_parts import (
    ASHA,
    NOBODY,
    PATIENCE,
    RAVI,
    leg,
    new_agent,
    new_router,
    report,
    stream_of,
    take,
)
from tests.helpers.relay_store import NOW, opened


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
def router(store: Store) -> Router:
    """A router."""
    return new_router(store)


def test_a_leg_goes_to_its_agent(store: Store, router: Router, asha: Person) -> None:
    """Each agent hears of their own leg."""
    ravi = new_agent(store, "Ravi", RAVI)

    rang = take(store, router, report(leg(ASHA), leg(RAVI)))
    taken = take(store, router, report(leg(RAVI, answered=True, answered_at=NOW + timedelta(seconds=5))))

    assert {(asha.id, 1, "call.rang"), (ravi.id, 1, "call.rang")} == set(rang)
    assert {(asha.id, 2, "call.ended"), (ravi.id, 2, "call.answered")} == set(taken)
    assert "ANSWERED_ELSEWHERE" == stream_of(store, asha)[-1].reason


def test_nothing_new_is_no_news(store: Store, router: Router, asha: Person) -> None:
    """The same claims again append nothing."""
    take(store, router, report(leg(ASHA)))

    assert [] == take(store, router, report(leg(ASHA)))
    assert 1 == len(stream_of(store, asha))


def test_what_is_remembered_needs_no_memory(store: Store, router: Router, asha: Person) -> None:
    """After a restart the story goes on where it was."""
    take(store, router, report(leg(ASHA)))
    take(store, new_router(store), report(leg(ASHA, answered=True, answered_at=NOW)))
    take(store, new_router(store), report(over=True))

    assert ["call.rang", "call.answered", "call.ended"] == [body.kind for body in stream_of(store, asha)]


def test_a_rolled_back_report_was_never_taken(store: Store, router: Router, asha: Person) -> None:
    """What the caches learned in a failed transaction is forgotten with it."""

    def fail(connection: Connection) -> None:
        router.take(connection, report(leg(ASHA)), "myoperator", NOW)
        raise KeyError

    with pytest.raises(KeyError):
        store.write_now(fail)

    assert [(asha.id, 1, "call.rang")] == take(store, router, report(leg(ASHA)))


def test_a_crowd_ends_as_one_after_another_would(tmp_path: Path) -> None:
    """What a report changes counts for those behind it: the customer's last call, ended just now, is told."""
    ended = report(
        leg(ASHA, answered=True, answered_at=NOW, ended_at=NOW, talk_seconds=9), over=True, started_at=NOW
    )
    reports = [
        report(leg(ASHA)),
        ended,
        report(leg(ASHA), call_id="call-2"),
        report(leg(ASHA), call_id="call-2", over=True),
        report(leg(ASHA), call_id="call-3"),
    ]
    together = _told(tmp_path / "together", [reports])

    assert together == _told(tmp_path / "apart", [[one] for one in reports])
    rings = [body for body in map(decode_body, together) if body.kind == "call.rang"]
    assert [0, 1, 2] == [len(body.caller.last_interactions) for body in rings]


def _told(folder: Path, crowds: list[list[CallReport]]) -> list[bytes]:
    """What the agent hears of crowds of reports in a store of its own."""
    folder.mkdir()
    with opened(folder) as store:
        router = new_router(store)
        asha = new_agent(store, "Asha", ASHA)
        for crowd in crowds:
            told = [(one, "myoperator") for one in crowd]
            store.write_now(partial(router.take_all, reports=told, now=NOW))
        ids = (asha.id or "").encode()  # made by chance
        return [encode_body(body).replace(ids, b"asha") for body in stream_of(store, asha)]


def strangers(store: Store) -> list[tuple[str, int, str]]:
    """Who is counted as unrouted."""
    columns = (unrouted.c.who, unrouted.c["count"], unrouted.c.last_call_id)
    return store.read_now(
        lambda c: [tuple(row) for row in c.execute(select(*columns).order_by(unrouted.c.who))]
    )


def test_strangers_are_counted_once_per_call(store: Store, router: Router, asha: Person) -> None:
    """A leg whose agent nobody is, is noted by the name that the provider gave it."""
    take(store, router, report(leg(ASHA), leg(NOBODY)))
    take(store, router, report(leg(NOBODY, unanswered=Unanswered.NO_ANSWER)))
    take(store, router, report(leg(NOBODY), call_id="call-2"))
    take(store, router, report(leg(None, "3", agent=AgentRef(email="x@example.com")), call_id="call-3"))
    take(store, router, report(leg(None, "4", agent=AgentRef()), call_id="call-4"))

    assert [(NOBODY, 2, "call-2"), ("x@example.com", 1, "call-3")] == strangers(store)


def test_a_call_that_found_its_agent_late_still_reaches_them(store: Store, router: Router) -> None:
    """Somebody who is added while the phone rings hears of what comes next."""
    take(store, router, report(leg(ASHA)))
    asha = new_agent(store, "Asha", ASHA)
    router.book.forget()

    assert [(asha.id, 1, "call.answered")] == take(store, router, report(leg(ASHA, answered=True)))
    assert [] == strangers(store)


def test_an_id_learned_in_one_call_routes_the_next(store: Store, router: Router, asha: Person) -> None:
    """Legs that carry nothing but the provider's id find the agent."""
    take(store, router, report(leg(None, "1", agent=AgentRef(phone=ASHA, provider_id="u-1"))))
    told = take(store, router, report(leg(None, "1", agent=AgentRef(provider_id="u-1")), call_id="call-2"))

    assert [(asha.id, 2, "call.rang")] == told


def test_who_is_recognised_by_their_id_only_now_still_rings(
    store: Store, router: Router, asha: Person
) -> None:
    """First the provider's own id, which nobody knew; then the phone beside it: nothing was told before."""
    take(store, router, report(leg(None, "2", agent=AgentRef(provider_id="u1"))))
    told = take(store, router, report(leg(ASHA, "2", agent=AgentRef(ASHA, provider_id="u1"))))

    assert [(asha.id, 1, "call.rang")] == told


def test_a_phone_that_is_added_while_it_rings(store: Store, router: Router, asha: Person) -> None:
    """The next report rings: what nobody was told wasn't told to whom the phone belongs now."""
    told = report(leg(NOBODY, "2"), leg(ASHA, "3"))
    take(store, router, told)
    store.write_now(lambda c: roster.add_phones(c, asha, [NOBODY], "IN"))
    router.forget()
    found = take(store, router, replace(told, did="+918000000042"))

    assert {"call.rang", "call.updated"} == {kind for _, _, kind in found}


def test_an_agent_who_is_disabled_during_a_call(store: Store, router: Router, asha: Person) -> None:
    """Their part ends for them; the next call is nobody's."""
    take(store, router, report(leg(ASHA)))
    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=True))
    router.forget()

    assert [(asha.id, 2, "call.ended")] == take(store, router, report(leg(ASHA), over=True))
    assert [] == take(store, router, report(leg(ASHA), call_id="call-2"))


def test_overdue_calls_are_given_up_once(store: Store, router: Router, asha: Person) -> None:
    """Ringing and talking without news end by their own patience, reason unknown."""
    take(store, router, report(leg(ASHA)))
    take(store, router, report(leg(ASHA, answered=True, answered_at=NOW), call_id="call-2"))

    def given_up(after: timedelta) -> int:
        return len(store.write_now(lambda c: router.give_up_overdue(c, NOW + after)))

    assert [0, 1, 0, 1, 0] == [
        given_up(PATIENCE.ringing - timedelta(seconds=1)),
        given_up(PATIENCE.ringing),
        given_up(PATIENCE.ringing),
        given_up(PATIENCE.talking),
        given_up(PATIENCE.talking),
    ]
    assert [("call.ended", "UNKNOWN")] * 2 == [(b.kind, b.reason) for b in stream_of(store, asha)[-2:]]


def test_news_puts_off_giving_up(store: Store, router: Router, asha: Person) -> None:
    """Patience counts from the last news."""
    take(store, router, report(leg(ASHA)))
    take(store, router, report(leg(RAVI)), now=NOW + timedelta(minutes=2))
    overdue = store.write_now(lambda c: router.give_up_overdue(c, NOW + PATIENCE.ringing))

    assert [] == overdue


def test_late_end_of_a_given_up_call_mends_its_reason(store: Store, router: Router, asha: Person) -> None:
    """A real end that comes after all is told as an update."""
    take(store, router, report(leg(ASHA, answered=True, answered_at=NOW)))
    store.write_now(lambda c: router.give_up_overdue(c, NOW + PATIENCE.talking))
    take(store, router, report(over=True, ended_at=NOW))

    assert [("call.answered", None), ("call.ended", "UNKNOWN"), ("call.updated", "HUNG_UP")] == [
        (body.kind, body.reason) for body in stream_of(store, asha)
    ]


def test_open_calls_of_an_agent(store: Store, router: Router, asha: Person) -> None:
    """A snapshot tells ringing as rang and talking as answered, and nobody else's."""
    take(store, router, report(leg(ASHA)))
    take(store, router, report(leg(ASHA, answered=True, answered_at=NOW), call_id="call-2"))
    take(store, router, report(leg(ASHA), over=True, call_id="call-3"))
    take(store, router, report(leg(RAVI), call_id="call-4"))
    bodies = store.write_now(lambda c: router.open_calls(c, asha.id or ""))

    assert [("call-1", "call.rang"), ("call-2", "call.answered")] == [(b.call_id, b.kind) for b in bodies]
    assert [NOW, NOW] == [body.at for body in bodies]


def test_my_legs(store: Store, router: Router, asha: Person) -> None:
    """An agent's own parts in a call."""
    take(store, router, report(leg(ASHA, "1"), leg(RAVI, "2"), leg(ASHA, "3")))
    kept = store.write_now(lambda c: router.calls.find(c, "call-1"))
    assert kept is not None
    mine = store.write_now(lambda c: legs_of(kept.call, router.book.open(c, "myoperator"), asha.id or ""))

    assert ["1", "3"] == [found.key for found in mine]


def test_head_moves_with_the_rows(store: Store, router: Router, asha: Person) -> None:
    """The counter says how much there is."""
    for number in range(3):
        take(store, router, report(leg(ASHA), call_id=f"call-{number}"))
    head = store.read_now(lambda c: c.execute(select(agents.c.head)).scalar_one())

    assert 3 == head == len(stream_of(store, asha))
