"""Deliveries on their way in, with MyOperator's own bodies and a real store."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from cti_desktop.core.errors import StorageError
from cti_desktop.core.people import Person
from cti_desktop.core.report import CallReport
from cti_desktop.providers.delivery import ProviderSettings
from cti_desktop.relay.hooks import MAX_BODY
from cti_desktop.relay.ingest import MAX_QUEUE_BYTES, Arrival, Ingest, Outcome, Source
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox
from tests.helpers.relay_parts import ASHA, new_agent, new_router, stream_of
from tests.helpers.relay_store import NOW, opened

SOURCE = Source("myoperator", "myoperator", ProviderSettings())
CALLS = ("call-1", "bad", "call-2", "call-3")
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def asha(store: Store) -> Person:
    """The first agent of the samples."""
    return new_agent(store, "Asha", ASHA)


class Rig(Ingest):
    """An ingest that remembers what it published."""

    def __init__(self, store: Store) -> None:
        self.published: list[Appended] = []
        super().__init__(store, new_router(store), self.publish, lambda: NOW)

    def publish(self, appended: Iterable[Appended]) -> None:
        """Remember."""
        self.published += appended


@pytest.fixture
def ingest(store: Store) -> Rig:
    """An ingest."""
    return Rig(store)


def arrival(body: bytes, content_type: str = "application/json") -> Arrival:
    """A delivery."""
    return Arrival(SOURCE, content_type, body)


def sample(name: str) -> Arrival:
    """One of MyOperator's bodies."""
    path = SAMPLES / name
    form = path.suffix == ".form"
    return arrival(path.read_bytes(), "application/x-www-form-urlencoded" if form else "application/json")


def taken(ingest: Ingest, what: Arrival) -> asyncio.Future[Outcome]:
    """What becomes of a delivery."""
    future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def settled(outcome: Outcome | BaseException) -> None:
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    ingest.take(what, settled)
    return future


async def test_every_sample_is_stored(ingest: Rig, store: Store, asha: Person) -> None:
    """All that MyOperator sends is taken, whole, and a second time a duplicate."""
    names = sorted(p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*.*"))
    first = [await taken(ingest, sample(name)) for name in names]
    again = [await taken(ingest, sample(name)) for name in names]
    rows = store.read_now(lambda c: c.execute(select(inbox).order_by(inbox.c.id)).all())

    assert {Outcome.DUPLICATE} == set(again)
    assert Outcome.QUARANTINED not in first
    kept = [name for name, outcome in zip(names, first, strict=True) if outcome is Outcome.STORED]
    assert [(SAMPLES / name).read_bytes() for name in kept] == [row.body for row in rows]
    assert {("stored", None, NOW)} == {(row.outcome, row.reason, row.received_at) for row in rows}


async def test_events_are_published_after_the_commit(ingest: Rig, store: Store, asha: Person) -> None:
    """Whoever is told of an event finds it in the store."""
    await taken(ingest, sample("v2/2_call_dial_begin_first_agent.json"))
    [published] = ingest.published
    [stored] = stream_of(store, asha)

    assert (asha.id, 1) == (published.agent_id, published.seq)
    assert "call.rang" == stored.kind


async def test_messages_are_kept_and_told_to_nobody(ingest: Rig, store: Store, asha: Person) -> None:
    """WhatsApp is stored, and no call."""
    outcome = await taken(ingest, sample("v2/whatsapp_message_received.json"))

    assert Outcome.STORED is outcome
    assert [] == ingest.published


@pytest.mark.warning_logs("was not understood")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"uid":', b"\xff\xfe", b"[" * 100_000, b'{"a":1}', b'{"event_type":"new.kind"}'],
)
async def test_the_unintelligible_is_kept_in_quarantine(ingest: Rig, store: Store, body: bytes) -> None:
    """Nothing that came in authenticated is thrown away, and it is kept once."""
    outcomes = [await taken(ingest, arrival(body)) for _ in range(2)]
    row = store.read_now(lambda c: c.execute(select(inbox)).one())

    assert [Outcome.QUARANTINED, Outcome.DUPLICATE] == outcomes
    assert (body, "quarantined") == (row.body, row.outcome)
    assert row.reason


class TrippingRouter(Router):
    """Trips over one call."""

    def take_all(
        self, connection: Connection, reports: Iterable[tuple[CallReport, str]], now: datetime
    ) -> list[list[Appended]]:
        """Take them, unless that call is among them."""
        told = list(reports)
        if any(report.call_id == "bad" for report, _ in told):
            raise ZeroDivisionError
        return super().take_all(connection, told, now)


@pytest.mark.warning_logs("a bug of ours", "was not understood")
async def test_a_bug_costs_the_deliveries_beside_it_nothing(store: Store, asha: Person) -> None:
    """What trips over one of ours is kept unread; whatever shared its transaction is stored as if alone."""
    known = new_router(store)
    ingest = Ingest(store, TrippingRouter(known.calls, known.book), lambda _appended: None, lambda: NOW)
    bodies = [json.dumps({"event_type": "call.dial_begin", "session_id": call_id}) for call_id in CALLS]
    outcomes = await asyncio.gather(*[taken(ingest, arrival(body.encode())) for body in bodies])
    rows = store.read_now(lambda c: c.execute(select(inbox.c.reason).order_by(inbox.c.id)).scalars().all())

    assert [Outcome.QUARANTINED if call_id == "bad" else Outcome.STORED for call_id in CALLS] == outcomes
    [reason] = [reason for reason in rows if reason is not None]
    assert reason.startswith("a bug of ours: ZeroDivisionError in test_ingest.py:")


@pytest.mark.warning_logs("was not understood")
async def test_what_waits_is_bounded_in_bytes(ingest: Rig) -> None:
    """The largest bodies that are let in can't fill the memory: whoever comes then shall come again."""
    fitting = MAX_QUEUE_BYTES // MAX_BODY
    all_taken = [
        taken(ingest, arrival(b"%d" % number + b" " * (MAX_BODY - 3))) for number in range(100, 100 + fitting)
    ]
    with pytest.raises(StorageError) as refused:
        taken(ingest, arrival(b" " * MAX_BODY))

    assert "busy" == refused.value.code
    assert [Outcome.QUARANTINED] * fitting == await asyncio.gather(*all_taken)
    assert 0 == ingest.waiting
    assert Outcome.QUARANTINED is await taken(ingest, arrival(b"later"))


async def test_a_crowd_is_numbered_in_order_of_arrival(ingest: Rig, store: Store, asha: Person) -> None:
    """Events of one transaction follow each other without gaps, and a repetition among them is one."""
    again = sample("v2/2_call_dial_begin_first_agent.json")
    others = [
        again.body.replace(b'"event_id":"', b'"event_id":"%d-' % n).replace(
            b'"event_id": "', b'"event_id": "%d-' % n
        )
        for n in range(3)
    ]
    outcomes = await asyncio.gather(*[taken(ingest, a) for a in (again, again, *map(arrival, others))])

    assert [Outcome.STORED, Outcome.DUPLICATE, *[Outcome.STORED] * 3] == outcomes
    assert list(range(1, len(ingest.published) + 1)) == [event.seq for event in ingest.published]
    assert len(ingest.published) == len(stream_of(store, asha))


async def test_sources_have_their_own_keys(ingest: Rig) -> None:
    """Two sources may send the same body."""
    body = sample("v1/incall_ringing.json").body
    other = Source("second", "myoperator", ProviderSettings())
    outcomes = [await taken(ingest, Arrival(source, "application/json", body)) for source in (SOURCE, other)]

    assert [Outcome.STORED, Outcome.STORED] == outcomes


async def test_a_closed_store_takes_nothing(ingest: Rig, store: Store) -> None:
    """Then nobody is told that anything was stored."""
    store.close()
    with pytest.raises(StorageError):
        await taken(ingest, sample("v1/incall_ringing.json"))
    assert [] == ingest.published


def test_a_body_is_in_no_repr() -> None:
    """Logs and exceptions may show an arrival, but not what it says."""
    assert "+9199" not in repr(Arrival(SOURCE, "application/json", b"+9199", {"number": "+9199"}))


@pytest.mark.warning_logs("a bug of ours ended a request to myoperator: KeyError in test_ingest.py")
async def test_a_bug_in_telling_one_costs_the_others_nothing(ingest: Rig) -> None:
    """Each of a crowd is told of its own, whoever trips."""

    def trip(_outcome: Outcome | BaseException) -> None:
        raise KeyError("ours")

    bodies = [b'{"event_type": "message.sent", "event_id": "%d"}' % number for number in range(3)]
    before = taken(ingest, arrival(bodies[0]))
    ingest.take(arrival(bodies[1]), trip)
    after = taken(ingest, arrival(bodies[2]))

    assert [Outcome.STORED] * 2 == [await before, await after]
