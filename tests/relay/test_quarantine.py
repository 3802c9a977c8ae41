"""What was not understood, and is read again later."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from cti_desktop.providers.delivery import ProviderSettings
from cti_desktop.relay import quarantine
from cti_desktop.relay.ingest import Source
from cti_desktop.relay.quarantine import Replayed
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import inbox
from tests.helpers.relay_parts import ASHA, new_agent, new_router
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import Agent, incall

SOURCES = {"pbx": Source("pbx", "myoperator", ProviderSettings(ZoneInfo("Asia/Kolkata"), "IN"))}
GOOD = json.dumps(incall("call-1", Agent("a", "Asha", ASHA, "", ""))).encode()


class Rig:
    """A store, and what an older version did not understand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.router: Router = new_router(store)
        new_agent(store, "Asha", ASHA)

    def keep(self, body: bytes, source: str = "pbx") -> int:
        """Put a body into quarantine; its id."""
        row = {"source": source, "dedupe_key": f"raw:{body!r}", "received_at": NOW, "body": body}
        row |= {"content_type": "application/json", "outcome": "quarantined", "reason": "new"}
        return int(self.store.write_now(lambda c: c.execute(insert(inbox), row).inserted_primary_key[0]))  # type: ignore[index]  # one row

    def replay(self, after: int = 0, only: int | None = None) -> Replayed:
        """Read again."""
        return self.store.write_now(
            partial(quarantine.replay, sources=SOURCES, router=self.router, now=NOW, after=after, only=only)
        )


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """An empty quarantine."""
    with opened(tmp_path) as store:
        yield Rig(store)


def test_listing_shows_no_bodies(rig: Rig) -> None:
    """The newest first; each can be shown whole."""
    first, second = rig.keep(b'{"a": "\xff"}'), rig.keep(b"{}")
    rows = rig.store.read_now(quarantine.listed)
    shown = rig.store.read_now(lambda c: quarantine.shown(c, first))

    assert [(row["id"], row["bytes"]) for row in rows] == [(second, 2), (first, 10)]
    assert "body" not in rows[0]
    assert (shown["body"], shown["reason"]) == ('{"a": "\\xff"}', "new")
    with pytest.raises(Refused, match="no delivery 99"):
        rig.store.read_now(lambda c: quarantine.shown(c, 99))


def test_what_is_understood_now_takes_its_course(rig: Rig) -> None:
    """It becomes a delivery like any other; the agent is told. The rest stays."""
    good = rig.keep(GOOD)
    rig.keep(b"gibberish")
    rig.keep(GOOD, source="removed")
    rig.keep(b"")
    replayed = rig.replay()
    row = rig.store.read_now(lambda c: c.execute(select(inbox).where(inbox.c.id == good)).one())

    assert (replayed.understood, replayed.still, replayed.more) == (1, 3, False)
    assert (row.outcome, row.kind, row.call_id, row.reason) == ("stored", "v1.incall", "call-1", None)
    assert [event.seq for event in replayed.appended] == [1]
    again = rig.replay()
    assert (again.understood, again.appended) == (0, [])


def test_what_came_again_meanwhile_is_a_duplicate(rig: Rig) -> None:
    """The provider may have repeated it to a version that understood."""
    rig.keep(GOOD)
    rig.replay()
    second = rig.keep(GOOD + b" ")
    replayed = rig.replay()

    assert (replayed.understood, replayed.duplicates, replayed.appended) == (0, 1, [])
    assert rig.store.read_now(lambda c: c.execute(select(inbox).where(inbox.c.id == second)).first()) is None


def test_one_alone(rig: Rig) -> None:
    """The others aren't touched."""
    one, _other = rig.keep(GOOD), rig.keep(GOOD + b" ")

    assert rig.replay(only=one).understood == 1
    with pytest.raises(Refused, match="not in quarantine"):
        rig.replay(only=one)
    assert len(rig.store.read_now(quarantine.listed)) == 1


def test_many_in_steps(rig: Rig) -> None:
    """So that no webhook waits for all of them."""
    for number in range(quarantine.REPLAYED_AT_ONCE + 5):
        rig.keep(f"gibberish {number}".encode())
    first = rig.replay()
    second = rig.replay(after=first.last)

    assert (first.still, first.more) == (quarantine.REPLAYED_AT_ONCE, True)
    assert (second.still, second.more) == (5, False)


def test_the_tail(rig: Rig) -> None:
    """The last ones, oldest first, then what follows."""
    ids = [rig.keep(f"{n}".encode()) for n in range(5)]
    last = rig.store.read_now(lambda c: quarantine.tail(c, None, 2))
    more = rig.store.read_now(lambda c: quarantine.tail(c, ids[1], 10))

    assert [row["id"] for row in last] == ids[-2:]
    assert [row["id"] for row in more] == ids[2:]
    assert "body" not in last[0]
