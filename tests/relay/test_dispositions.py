"""Dispositions from desktops, judged and kept in a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.people import Person
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import dispositions
from tests.helpers.calls import CATALOGUE
from tests.helpers.relay_parts import ASHA, RAVI, leg, new_agent, new_router, report, stream_of, take, uid
from tests.helpers.relay_store import NOW, opened

GOOD = Disposition(uid("d-1"), "call-1", "not_interested", "price", "too dear", None, NOW)


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
    """An agent who talked in call-1."""
    asha = new_agent(store, "Asha", ASHA)
    take(store, desk.router, report(leg(ASHA, "1"), leg(RAVI, "2"), leg(ASHA, "3", answered=True), over=True))
    return asha


def record(
    store: Store,
    desk: Dispositions,
    agent: Person,
    disposition: Disposition,
    now: datetime = NOW + timedelta(seconds=9),
) -> list[int] | DispositionRejected:
    """Record it: the seqs appended, or the rejection."""
    answer = store.write_now(lambda c: desk.record(c, agent, disposition, now))
    return [row.seq for row in answer] if isinstance(answer, list) else answer


def kept(store: Store) -> list[str]:
    """The ids that are stored."""
    return store.read_now(lambda c: list(c.execute(select(dispositions.c.id)).scalars()))


def test_a_good_one_is_kept_and_told(store: Store, desk: Dispositions, asha: Person) -> None:
    """The row holds what was saved; the stream says it with the catalogue's words."""
    head = len(stream_of(store, asha))
    answer = record(store, desk, asha, GOOD)
    row = store.read_now(lambda c: c.execute(select(dispositions)).one())
    told = stream_of(store, asha)[-1]

    assert [head + 1] == answer
    assert (uid("d-1"), "call-1", asha.id, "not_interested", "price", "too dear", None) == tuple(row)[:7]
    assert (NOW, NOW + timedelta(seconds=9)) == (row.saved_at, row.received_at)
    assert ("call.disposed", "call-1", "3", NOW) == (told.kind, told.call_id, told.leg, told.at)
    assert told.disposition is not None
    assert ("Not Interested · Price", "too dear", "Asha", "desktop", uid("d-1")) == (
        told.disposition.label,
        told.disposition.notes,
        told.disposition.by,
        told.disposition.via,
        told.disposition.id,
    )


def test_a_second_send_changes_nothing(store: Store, desk: Dispositions, asha: Person) -> None:
    """The first content stays, whatever comes under its id, even nonsense."""
    record(store, desk, asha, GOOD)
    later = (GOOD, replace(GOOD, notes="x"), replace(GOOD, code="?"))
    again = [record(store, desk, asha, disposition) for disposition in later]
    row = store.read_now(lambda c: c.execute(select(dispositions)).one())

    assert [[], [], []] == again
    assert "too dear" == row.notes


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"code": "?"}, "code", "unknown"),
        ({"code": ""}, "code", "missing"),
        ({"sub_code": None}, "sub_code", "missing"),
        ({"sub_code": "?"}, "sub_code", "unknown"),
        ({"notes": "x" * 4001}, "notes", "too_long"),
        ({"code": "follow_up", "sub_code": None}, "follow_up_at", "missing"),
        ({"follow_up_at": NOW}, "follow_up_at", "in_the_past"),
        ({"call_id": ""}, "call_id", "unknown"),
        ({"call_id": "x" * 501}, "call_id", "unknown"),
        ({"id": ""}, "id", "unreadable"),
        ({"id": "x"}, "id", "unreadable"),
        ({"id": "x\0"}, "id", "unreadable"),
        ({"id": f"{uid('d-1')}0"}, "id", "unreadable"),
        ({"replaces": "zz"}, "replaces", "unreadable"),
    ],
)
def test_bad_ones_name_their_field(
    store: Store, desk: Dispositions, asha: Person, change: dict[str, object], field: str, code: str
) -> None:
    """Nothing is kept, and the agent can be told what to mend."""
    answer = record(store, desk, asha, replace(GOOD, **change))  # type: ignore[arg-type]  # parametrised

    assert isinstance(answer, DispositionRejected)
    assert (field, code) == (answer.field, answer.code)
    assert [] == kept(store)


def test_a_late_one_is_judged_by_when_it_was_saved(store: Store, desk: Dispositions, asha: Person) -> None:
    """A follow-up that lay ahead when the agent saved it offline is accepted when it has passed."""
    late = replace(GOOD, saved_at=NOW - timedelta(days=2), follow_up_at=NOW - timedelta(days=1))

    assert not isinstance(record(store, desk, asha, late), DispositionRejected)


def test_a_retired_code_is_still_good(store: Store, desk: Dispositions, asha: Person) -> None:
    """It was offered when the agent chose it."""
    assert not isinstance(
        record(store, desk, asha, replace(GOOD, code="old", sub_code=None)), DispositionRejected
    )


def test_unknown_calls_are_believed(store: Store, desk: Dispositions, asha: Person) -> None:
    """A relay restored from a backup has forgotten calls that desktops remember."""
    assert not isinstance(record(store, desk, asha, replace(GOOD, call_id="call-77")), DispositionRejected)
    assert ("call-77", "") == (stream_of(store, asha)[-1].call_id, stream_of(store, asha)[-1].leg)


def test_other_peoples_calls_are_not(store: Store, desk: Dispositions, asha: Person) -> None:
    """Who had no part in a call has nothing to say of it."""
    meera = new_agent(store, "Meera")
    answer = record(store, desk, meera, GOOD)

    assert isinstance(answer, DispositionRejected)
    assert ("call_id", "not_yours") == (answer.field, answer.code)


def test_ids_belong_to_whoever_came_first(store: Store, desk: Dispositions, asha: Person) -> None:
    """Nobody overwrites, or learns of, another agent's disposition."""
    ravi = new_agent(store, "Ravi", RAVI)
    desk.router.book.forget()
    record(store, desk, asha, GOOD)
    answer = record(store, desk, ravi, GOOD)

    assert isinstance(answer, DispositionRejected)
    assert ("id", "taken") == (answer.field, answer.code)
    assert [uid("d-1")] == kept(store)


def test_nul_is_dropped(store: Store, desk: Dispositions, asha: Person) -> None:
    """One of the two databases can't keep it."""
    record(store, desk, asha, replace(GOOD, notes="a\0b"))
    row = store.read_now(lambda c: c.execute(select(dispositions)).one())

    assert "ab" == row.notes


def test_a_correction_is_kept_beside_what_it_corrects(store: Store, desk: Dispositions, asha: Person) -> None:
    """Both versions are there; sent again, neither is doubled."""
    better = replace(
        GOOD, id=uid("d-2"), notes="too dear by far", replaces=uid("d-1"), saved_at=NOW + timedelta(seconds=9)
    )
    for _ in range(2):
        record(store, desk, asha, GOOD)
        record(store, desk, asha, better)
    assert {uid("d-1"), uid("d-2")} == set(kept(store))
    query = select(dispositions.c.replaces).order_by(dispositions.c.saved_at)
    assert [None, uid("d-1")] == store.read_now(lambda c: list(c.execute(query).scalars()))


def test_a_correction_of_what_is_not_known_is_kept(store: Store, desk: Dispositions, asha: Person) -> None:
    """The relay was restored from a backup: nothing that an agent saved is lost."""
    assert isinstance(record(store, desk, asha, replace(GOOD, replaces=uid("lost"))), list)


def test_an_id_has_one_spelling(store: Store, desk: Dispositions, asha: Person) -> None:
    """In capitals or without hyphens it is the same disposition, and the same version to correct."""
    spelled = GOOD.id.upper(), GOOD.id.replace("-", ""), GOOD.id
    answers = [record(store, desk, asha, replace(GOOD, id=id_)) for id_ in spelled]
    better = replace(GOOD, id=uid("d-2"), call_id="call-2", replaces=GOOD.id.upper())

    assert [True, False, False] == [bool(answer) for answer in answers]
    assert [GOOD.id] == kept(store)
    assert isinstance(record(store, desk, asha, better), DispositionRejected)


def test_what_an_earlier_relay_kept_is_known(store: Store, desk: Dispositions, asha: Person) -> None:
    """It took any text as an id; sent again, it is stored already."""
    record(store, desk, asha, GOOD)
    store.write_now(lambda c: c.exec_driver_sql("UPDATE dispositions SET id = 'x'"))

    assert [] == record(store, desk, asha, replace(GOOD, id="x"))


def test_nothing_was_saved_in_the_future(store: Store, desk: Dispositions, asha: Person) -> None:
    """A desktop's clock may be years ahead: what it saves counts from when it came."""
    came = NOW + timedelta(seconds=9)
    promise = NOW + timedelta(days=1)
    ahead = replace(GOOD, saved_at=NOW + timedelta(days=1500), follow_up_at=promise)
    record(store, desk, asha, ahead, came)
    row = store.read_now(lambda c: c.execute(select(dispositions)).one())

    assert (came, promise) == (row.saved_at, row.follow_up_at)
    assert came == stream_of(store, asha)[-1].at


def test_a_correction_has_its_time_and_its_call(store: Store, desk: Dispositions, asha: Person) -> None:
    """Half an hour later, or for another call, it is refused."""
    record(store, desk, asha, GOOD)
    late = replace(GOOD, id=uid("d-2"), replaces=uid("d-1"), saved_at=NOW + timedelta(minutes=31))
    other = replace(GOOD, id=uid("d-3"), replaces=uid("d-1"), call_id="call-2")
    for wrong, code in ((late, "too_late"), (other, "not_yours")):
        answer = record(store, desk, asha, wrong, late.saved_at)
        assert isinstance(answer, DispositionRejected)
        assert ("replaces", code) == (answer.field, answer.code)
