"""Deliveries on their way in, with MyOperator's own bodies and a real store."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.errors import StorageError
from cti_desktop.core.people import Person
from cti_desktop.providers.delivery import ProviderSettings
from cti_desktop.relay.ingest import Arrival, Ingest, Outcome, Source
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import inbox
from tests.helpers.relay_parts import ASHA, new_agent, new_router, stream_of
from tests.helpers.relay_store import NOW, opened

SOURCE = Source("myoperator", "myoperator", ProviderSettings())
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


async def test_every_sample_is_stored(ingest: Rig, store: Store, asha: Person) -> None:
    """All that MyOperator sends is taken, whole, and a second time a duplicate."""
    names = sorted(p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*.*"))
    first = [await ingest.take(sample(name)) for name in names]
    again = [await ingest.take(sample(name)) for name in names]
    rows = store.read_now(lambda c: c.execute(select(inbox).order_by(inbox.c.id)).all())

    assert {Outcome.DUPLICATE} == set(again)
    assert Outcome.QUARANTINED not in first
    kept = [name for name, outcome in zip(names, first, strict=True) if outcome is Outcome.STORED]
    assert [(SAMPLES / name).read_bytes() for name in kept] == [row.body for row in rows]
    assert {("stored", None, NOW)} == {(row.outcome, row.reason, row.received_at) for row in rows}


async def test_events_are_published_after_the_commit(ingest: Rig, store: Store, asha: Person) -> None:
    """Whoever is told of an event finds it in the store."""
    await ingest.take(sample("v2/2_call_dial_begin_first_agent.json"))
    [published] = ingest.published
    [stored] = stream_of(store, asha)

    assert (asha.id, 1) == (published.agent_id, published.seq)
    assert "call.rang" == stored.kind


async def test_messages_are_kept_and_told_to_nobody(ingest: Rig, store: Store, asha: Person) -> None:
    """WhatsApp is stored, and no call."""
    outcome = await ingest.take(sample("v2/whatsapp_message_received.json"))

    assert Outcome.STORED is outcome
    assert [] == ingest.published


@pytest.mark.warning_logs("was not understood")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"uid":', b"\xff\xfe", b"[" * 100_000, b'{"a":1}', b'{"event_type":"new.kind"}'],
)
async def test_the_unintelligible_is_kept_in_quarantine(ingest: Rig, store: Store, body: bytes) -> None:
    """Nothing that came in authenticated is thrown away, and it is kept once."""
    outcomes = [await ingest.take(arrival(body)) for _ in range(2)]
    row = store.read_now(lambda c: c.execute(select(inbox)).one())

    assert [Outcome.QUARANTINED, Outcome.DUPLICATE] == outcomes
    assert (body, "quarantined") == (row.body, row.outcome)
    assert row.reason


@pytest.mark.warning_logs("a bug of ours")
async def test_quarantine_for_a_reason_of_our_own(ingest: Rig, store: Store) -> None:
    """What trips over a bug is kept with that reason."""
    outcome = await ingest.quarantine(sample("v1/incall_ringing.json"), "a bug of ours")
    row = store.read_now(lambda c: c.execute(select(inbox)).one())

    assert (Outcome.QUARANTINED, "a bug of ours") == (outcome, row.reason)


async def test_sources_have_their_own_keys(ingest: Rig) -> None:
    """Two sources may send the same body."""
    body = sample("v1/incall_ringing.json").body
    other = Source("second", "myoperator", ProviderSettings())
    outcomes = [await ingest.take(Arrival(source, "application/json", body)) for source in (SOURCE, other)]

    assert [Outcome.STORED, Outcome.STORED] == outcomes


async def test_a_closed_store_takes_nothing(ingest: Rig, store: Store) -> None:
    """Then nobody is told that anything was stored."""
    store.close()
    with pytest.raises(StorageError):
        await ingest.take(sample("v1/incall_ringing.json"))
    assert [] == ingest.published


def test_a_body_is_in_no_repr() -> None:
    """Logs and exceptions may show an arrival, but not what it says."""
    assert "+9199" not in repr(Arrival(SOURCE, "application/json", b"+9199", {"number": "+9199"}))
