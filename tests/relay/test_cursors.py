"""Cursors and last sightings, written in batches."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import credentials
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import cursors, tokens
from tests.helpers.relay_parts import new_agent
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


async def test_only_the_latest_is_written(store: Store) -> None:
    """Many acknowledgements become one row per device."""
    asha = new_agent(store, "Asha")
    collected = Cursors()
    for seq in (1, 2, 3):
        collected.moved(asha.id or "", "pc", seq, NOW)
    collected.moved(asha.id or "", "laptop", 2, NOW)
    await collected.flush(store)
    collected.moved(asha.id or "", "pc", 9, NOW + timedelta(minutes=1))
    await collected.flush(store)
    columns = (cursors.c.device, cursors.c.seq, cursors.c.updated_at)
    rows = store.read_now(lambda c: {tuple(row) for row in c.execute(select(*columns))})

    assert {("laptop", 2, NOW), ("pc", 9, NOW + timedelta(minutes=1))} == rows


async def test_last_seen(store: Store) -> None:
    """When a token was last used stands beside it."""
    asha = new_agent(store, "Asha")
    used = store.write_now(lambda c: credentials.issue_token(c, asha, "pc", NOW))
    unused = store.write_now(lambda c: credentials.issue_token(c, asha, "laptop", NOW))
    collected = Cursors()
    collected.seen(used.id, NOW)
    await collected.flush(store)
    rows = store.read_now(lambda c: {row.id: row.last_seen_at for row in c.execute(select(tokens))})

    assert {used.id: NOW, unused.id: None} == rows


async def test_nothing_to_write_writes_nothing(store: Store) -> None:
    """An idle relay leaves the disk alone, even a broken one."""
    store.close()
    await Cursors().flush(store)

    busy = Cursors()
    busy.seen("x", NOW)
    with pytest.raises(StorageError):
        await busy.flush(store)
