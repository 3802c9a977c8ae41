"""What Prometheus may know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from cti_desktop.relay.metrics import Gauged, Metrics, Pops
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import unrouted
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def events(agent: str, *seqs: int) -> list[Appended]:
    """Events of an agent."""
    return [Appended(agent, seq, b"{}") for seq in seqs]


def test_a_pop_lasts_from_the_webhook_to_the_first_ack() -> None:
    """Cumulative acknowledgements end several; repeated ones, and those of others, none."""
    seen: list[float] = []
    now = 10.0
    pops = Pops(seen.append, lambda: now)
    pops.appended(events("a", 1, 2) + events("b", 1), 10.0)
    pops.appended(events("a", 3), 10.25)
    now = 10.5
    pops.acknowledged("a", 2)
    pops.acknowledged("a", 2)
    pops.acknowledged("c", 9)
    pops.acknowledged("a", 3)

    assert seen == [0.5, 0.5, 0.25]


def test_pops_fill_no_memory() -> None:
    """Of an agent whose desktop acknowledges nothing, the newest are kept, until the desktop is gone."""
    seen: list[float] = []
    pops = Pops(seen.append, lambda: 0.0)
    pops.appended(events("a", *range(1000)), 0.0)
    pops.acknowledged("a", 1000)
    assert len(seen) == 64

    pops.appended(events("a", 1001), 0.0)
    pops.forget("a")
    pops.acknowledged("a", 1001)
    assert len(seen) == 64


async def test_the_page(store: Store) -> None:
    """Counted, measured and asked when somebody looks; twice the same."""
    metrics = Metrics(lambda: 2.0)
    metrics.gauge(Gauged(lambda: 7, lambda: 2, lambda: 0, lambda: float("nan"), lambda: False))
    metrics.ingested("pbx", "v1.incall", "stored", 1.99)
    metrics.ingested("pbx", None, "quarantined", 1.99)
    metrics.turned_away("pbx", "refused", 4)
    metrics.disposed(-3.0)
    row = {"who": "+919999900001", "count": 3, "first_at": NOW, "last_at": NOW, "last_call_id": "c"}
    await store.write(lambda c: c.execute(insert(unrouted), row))

    page = await metrics.page(store)
    assert await metrics.page(store) == page
    lines = page.decode().splitlines()
    assert 'cti_relay_ingest_total{kind="v1.incall",outcome="stored",source="pbx"} 1.0' in lines
    assert 'cti_relay_ingest_total{kind="unknown",outcome="quarantined",source="pbx"} 1.0' in lines
    assert 'cti_relay_refused_since_rotation{source="pbx"} 4.0' in lines
    assert 'cti_relay_commit_seconds_bucket{le="0.025"} 2.0' in lines
    assert "cti_relay_disposition_outbox_age_seconds_sum 0.0" in lines
    assert {"cti_relay_connected 7.0", "cti_relay_behind 2.0", "cti_relay_unrouted 3.0"} <= set(lines)
    assert b"9999900001" not in page


def test_two_relays_in_one_process() -> None:
    """Each has its own registry."""
    assert Metrics().registry is not Metrics().registry
