"""Agents' streams in a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from cti_desktop.core.people import Person
from cti_desktop.core.timeline import Addressed
from cti_desktop.relay import streams
from cti_desktop.relay.store import Store
from cti_desktop.wire.events import decode_body
from cti_desktop.wire.relay_link import Stream
from tests.helpers import calls
from tests.helpers.relay_parts import new_agent
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def team(store: Store) -> list[Person]:
    """Two agents."""
    return [new_agent(store, "Asha"), new_agent(store, "Ravi")]


def to(agent: Person, call_id: str) -> Addressed:
    """An event for an agent."""
    return Addressed(agent.id or "", calls.rang(call_id=call_id))


def test_each_agent_counts_from_one(store: Store, team: list[Person]) -> None:
    """Streams are numbered by themselves, in the order given."""
    asha, ravi = team
    events = [to(ravi, "a"), to(asha, "b"), to(ravi, "c")]
    appended = store.write_now(lambda c: streams.append(c, events, NOW))
    more = store.write_now(lambda c: streams.append(c, [to(ravi, "d")], NOW))

    assert {(asha.id, 1), (ravi.id, 1), (ravi.id, 2)} == {(a.agent_id, a.seq) for a in appended}
    assert [(ravi.id, 3)] == [(a.agent_id, a.seq) for a in more]
    assert ["a", "c", "d"] == [
        decode_body(row.body).call_id
        for row in store.read_now(lambda c: streams.after(c, ravi.id or "", 0, 10))
    ]


def test_nothing_appended_costs_nothing(store: Store) -> None:
    """No events, no rows."""
    assert [] == store.write_now(lambda c: streams.append(c, [], NOW))


def test_reading_past_a_cursor(store: Store, team: list[Person]) -> None:
    """What follows, oldest first, no more than asked for, and nobody else's."""
    asha, ravi = team
    store.write_now(lambda c: streams.append(c, [to(asha, str(n)) for n in range(10)] + [to(ravi, "x")], NOW))

    def seqs(after: int, limit: int) -> list[int]:
        rows = store.read_now(lambda c: streams.after(c, asha.id or "", after, limit))
        assert {asha.id} >= {row.agent_id for row in rows}
        return [row.seq for row in rows]

    assert [4, 5, 6] == seqs(3, 3)
    assert [9, 10] == seqs(8, 100)
    assert [] == seqs(10, 100)


def test_extent(store: Store, team: list[Person]) -> None:
    """Floor and head, under the store's epoch."""
    asha, _ = team
    store.write_now(lambda c: streams.append(c, [to(asha, "a"), to(asha, "b")], NOW))

    assert Stream("e", 1, 2) == store.read_now(lambda c: streams.extent(c, asha.id or "", "e"))


def test_rolled_back_numbers_are_used_again(store: Store, team: list[Person]) -> None:
    """A failed transaction leaves no hole."""
    asha, _ = team

    def fail(connection: Connection) -> None:
        streams.append(connection, [to(asha, "lost")], NOW)
        raise KeyError

    with pytest.raises(KeyError):
        store.write_now(fail)
    appended = store.write_now(lambda c: streams.append(c, [to(asha, "kept")], NOW))

    assert [1] == [a.seq for a in appended]
