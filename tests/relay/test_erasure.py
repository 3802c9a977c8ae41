"""A customer's number is nowhere any more, and everything else is where it was."""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from cti_desktop.core.events import Contact
from cti_desktop.relay import contacts as directory
from cti_desktop.relay import erasure, streams
from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import calls, contacts, dispositions, inbox, stream, unrouted
from tests.helpers.relay_parts import ASHA, leg, new_agent, new_router, report
from tests.helpers.relay_store import NOW, opened

GONE, STAYS = "+919812345670", "+919812345671"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def fill(store: Store, *, over: bool = True) -> str:
    """One call of each number with all that leads to it; the agent's id."""
    asha = new_agent(store, "Asha", ASHA)
    router = new_router(store)
    for call_id, number in (("call-1", GONE), ("call-2", STAYS)):
        told = replace(report(leg(ASHA), call_id=call_id, over=over), caller_number=number)
        store.write_now(lambda c, t=told: router.take(c, t, "myoperator", NOW))  # type: ignore[misc]  # bound now
        row: dict[str, object] = {
            "source": "pbx",
            "received_at": NOW,
            "content_type": "",
            "outcome": "stored",
        }
        body = f'{{"clid":"{number}"}}'.encode()
        row |= {"body": body, "crc": zlib.crc32(body)}
        stored = {**row, "dedupe_key": call_id, "call_id": call_id}
        kept = {**stored, "dedupe_key": f"q-{call_id}", "call_id": None, "outcome": "quarantined"}
        said: dict[str, object] = {
            "id": f"d-{call_id}",
            "call_id": call_id,
            "agent_id": asha.id,
            "code": "interested",
        }
        said |= {"notes": f"call {number}", "saved_at": NOW, "received_at": NOW}
        stranger = {"who": number, "count": 1, "first_at": NOW, "last_at": NOW, "last_call_id": call_id}
        for table, values in ((inbox, stored), (inbox, kept), (dispositions, said), (unrouted, stranger)):
            store.write_now(lambda c, t=table, v=values: c.execute(insert(t), v))  # type: ignore[misc]  # bound now
        contact = Contact(f"con-{call_id}", f"Customer of {call_id}")
        store.write_now(lambda c, k=contact, n=number: directory.add(c, k, (n,), NOW))  # type: ignore[misc]  # bound now
    return asha.id or ""


def test_nothing_leads_to_the_number_any_more(store: Store, tmp_path: Path) -> None:
    """In no table, and in no freed page of the file; the other customer's traces are whole."""
    asha = fill(store)
    before = store.read_now(lambda c: streams.extent(c, asha, "e"))
    erased = store.write_now(lambda c: erasure.erase(c, GONE, "meera", NOW))
    after = store.read_now(lambda c: streams.after(c, asha, 0, 100))
    notes = store.read_now(lambda c: list(c.execute(select(dispositions.c.notes)).scalars()))
    left = store.read_now(lambda c: list(c.execute(select(calls.c.id)).scalars()))
    names = store.read_now(lambda c: list(c.execute(select(contacts.c.name)).scalars()))
    trace = store.read_now(lambda c: c.execute(select(audit)).one())
    store.close()
    with sqlite3.connect(tmp_path / "relay.db") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    file = (tmp_path / "relay.db").read_bytes()

    assert (erased.calls, erased.deliveries, erased.contacts) == (1, 2, 1)
    assert erased.events > 0
    assert GONE[3:].encode() not in file
    assert STAYS[3:].encode() in file
    assert [event.seq for event in after] == list(range(1, before.head + 1))
    assert (sorted(notes), left, names) == (["", f"call {STAYS}"], ["call-2"], ["Customer of call-2"])
    assert (trace.who, trace.what, trace.subject) == ("meera", "erase", "number …5670: 1 calls")


def test_a_customer_in_a_call_is_not_erased(store: Store) -> None:
    """What comes next would bring the number back; nothing at all is changed."""
    fill(store, over=False)
    with pytest.raises(Refused, match="in a call just now"):
        store.write_now(lambda c: erasure.erase(c, GONE, "meera", NOW))

    assert store.read_now(lambda c: c.execute(select(func.count()).select_from(audit)).scalar_one()) == 0
    assert store.read_now(lambda c: c.execute(select(func.count()).select_from(unrouted)).scalar_one()) == 2


def test_a_number_that_nobody_knows(store: Store) -> None:
    """Is noted as well: somebody asked for it."""
    erased = store.write_now(lambda c: erasure.erase(c, GONE, "meera", NOW))

    assert (erased.calls, erased.deliveries, erased.events, erased.contacts) == (0, 0, 0, 0)
    assert store.read_now(lambda c: c.execute(select(func.count()).select_from(audit)).scalar_one()) == 1
    assert store.read_now(lambda c: c.execute(select(func.count()).select_from(stream)).scalar_one()) == 0
