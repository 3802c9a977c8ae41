"""A store that the disk has altered: noticed or harmless, never silently empty."""

import logging
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.store import Store
from tests.helpers.ledger import Ledger, http_client
from tests.helpers.relay_process import RelayProcess
from tests.helpers.relay_world import relay_config


@pytest.fixture
async def original(tmp_path: Path) -> Path:
    """A store that has seen some work; closed."""
    folder = tmp_path / "original"
    folder.mkdir()
    ledger = Ledger.open(folder)
    with RelayProcess.start(folder) as relay:
        async with http_client() as http:
            await ledger.storm(relay.url, http, 300)
    return folder / "relay.db"


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit over, as a tired disk does."""
    with path.open("r+b") as file:
        place = chance.randrange(path.stat().st_size)
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def scramble(path: Path, chance: random.Random) -> None:
    """Replace one sector by noise."""
    with path.open("r+b") as file:
        file.seek(512 * chance.randrange(path.stat().st_size // 512))
        file.write(chance.randbytes(512))


def truncate(path: Path, chance: random.Random) -> None:
    """Cut the end off."""
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def census(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # noqa: S608


def outcome(folder: Path, epoch: str, people: dict[str, int]) -> str:
    """Open the store and say what became of it; fails where something is missing and nobody was told."""
    try:
        store = Store.open(relay_config(folder).store.url)
    except StorageError:
        return "refused in words"
    store.close()
    if list(folder.glob("relay.db.damaged-*")):
        assert store.epoch != epoch
        assert all(census(folder / "relay.db")[table] for table in ("agents", "secrets"))
        return "set aside"
    assert census(folder / "relay.db") == people
    return "harmless"


@pytest.mark.parametrize("spoil", [flip, scramble, truncate])
def test_damage_is_never_silent(
    original: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Path, random.Random], None],
    *,
    at_length: bool,
) -> None:
    """Refused in words, or set aside under a new epoch; what goes unnoticed costs not one row."""
    caplog.set_level(logging.CRITICAL + 1)
    people, chance, seen = census(original), random.Random(spoil.__name__), Counter[str]()
    store = Store.open(f"sqlite:///{original}")
    store.close()
    for trial in range(200 if at_length else 6):
        folder = tmp_path / str(trial)
        folder.mkdir()
        shutil.copy(original, folder)
        spoil(folder / "relay.db", chance)
        seen[outcome(folder, store.epoch, people)] += 1
        shutil.rmtree(folder)

    # What lies inside of a stored body SQLite can't judge; a missing end it always sees.
    noticed = seen.total() - seen["harmless"]
    assert noticed >= {"flip": 0, "scramble": 1, "truncate": seen.total()}[spoil.__name__], seen
