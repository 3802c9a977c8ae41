"""What a card tells of a caller, read among a thousand and among a million calls and contacts."""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from cti_desktop.core.events import Caller
from cti_desktop.relay.caller_tables import follow_ups, interactions
from cti_desktop.relay.directory import AddressBook
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import contact_numbers, contacts
from tests.bench.figures import Figure, percentile, tell

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FEW, MANY = 1_000, 1_000_000
ASKED = 2_000
BATCH = 20_000
# So many calls of each customer.
EACH = 10


def number(index: int) -> str:
    """A customer's."""
    return f"+9190{index:08}"


def calls(first: int, count: int) -> Iterator[dict[str, Any]]:
    """Rows of history."""
    for index in range(first, first + count):
        yield {
            "call_id": f"15.{index}", "number": number(index // EACH), "at": NOW - timedelta(minutes=index),
            "direction": "incoming", "result": "talked", "agent_id": "agt_1", "agent": "Asha",
            "talk_seconds": 60,
            "outcome": "Interested", "notes": "Wants the offer by Friday, then a call after lunch. " * 3,
        }  # fmt: skip


def fill(connection: Connection, first: int, count: int) -> None:
    """One batch of calls, their customers and a promise to each hundredth."""
    connection.execute(insert(interactions), list(calls(first, count)))
    people = range(first // EACH, (first + count) // EACH)
    connection.execute(
        insert(contacts), [{"id": f"c{p}", "name": f"Customer {p}", "vip": p % 9 == 0} for p in people]
    )
    connection.execute(
        insert(contact_numbers), [{"number": number(p), "contact_id": f"c{p}"} for p in people]
    )
    promised = [
        {"id": f"f{p}", "number": number(p), "call_id": f"15.{p}", "due_at": NOW, "notes": "", "made_at": NOW}
        for p in people
        if p % 100 == 0
    ]
    if promised:
        connection.execute(insert(follow_ups), promised)


def measured(folder: Path, stored: int) -> list[float]:
    """Milliseconds of each look, each at another caller, in the writing thread as for a webhook."""
    folder.mkdir()
    store = Store.open(f"sqlite:///{folder / 'relay.db'}")
    try:
        for first in range(0, stored, BATCH):
            count = min(BATCH, stored - first)
            store.write_now(lambda c, f=first, n=count: fill(c, f, n))  # type: ignore[misc]
        book = AddressBook(contacts=10)  # nobody is in memory
        chance = random.Random(4)
        took = []

        def look(connection: Connection) -> Caller:
            who = number(chance.randrange(stored // EACH))
            began = time.perf_counter()
            caller = book.open(connection, "myoperator").caller(who, None)
            took.append(1000 * (time.perf_counter() - began))
            return caller

        for _ in range(ASKED):
            found = store.write_now(look)
            assert found.contact is not None
            assert len(found.last_interactions) == EACH
        return took[ASKED // 10 :]
    finally:
        store.close()


def main() -> None:
    """Few, then many."""
    with tempfile.TemporaryDirectory() as name:
        few = measured(Path(name) / "few", FEW)
        many = measured(Path(name) / "many", MANY)
    what = "contact, last calls and promises of a caller, 10⁶ calls stored"
    middle, slow = ((percentile(many, p), percentile(few, p)) for p in (50, 99))
    tell(
        [
            Figure(f"{what}, p50", middle[0], "ms", middle[1], "≤ 2×"),
            Figure("the same, p99", slow[0], "ms", slow[1], "≤ 5"),
        ]
    )


if __name__ == "__main__":
    main()
