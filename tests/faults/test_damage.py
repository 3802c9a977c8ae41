"""A store that the disk has altered: noticed or harmless, never silently empty."""

import logging
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.store import Store
from tests.helpers.ledger import Ledger, http_client
from tests.helpers.relay_process import RelayProcess
from tests.helpers.relay_world import relay_config

# One page in a write-ahead log, with its head.
FRAME: Final = 24 + 4096


@pytest.fixture
async def original(tmp_path: Path) -> Path:
    """A store that has seen some work; closed."""
    return await worked(tmp_path, lambda _relay: None)


@pytest.fixture
async def crashed(tmp_path: Path) -> Path:
    """A store whose relay was killed: the latest commits are in its write-ahead log."""
    return await worked(tmp_path, RelayProcess.kill)


async def worked(folder: Path, end: Callable[[RelayProcess], None]) -> Path:
    """The store of a relay that took 300 calls."""
    ledger = Ledger.open(folder)
    with RelayProcess.start(folder) as relay:
        async with http_client() as http:
            await ledger.storm(relay.url, http, 300)
        end(relay)
    return folder / "relay.db"


def flip(path: Path, chance: random.Random, place: int | None = None) -> None:
    """Turn one bit over, as a tired disk does."""
    with path.open("r+b") as file:
        place = chance.randrange(path.stat().st_size) if place is None else place
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


def overwrite_a_body(path: Path, chance: random.Random) -> None:
    """Turn a bit over inside of some stored body."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        table, column = chance.choice([("inbox", "body"), ("calls", "state"), ("stream", "body")])
        bodies = [row[0] for row in connection.execute(f"SELECT {column} FROM {table}")]  # noqa: S608 - ours
    content, body = path.read_bytes(), chance.choice(bodies)
    at = content.find(body)
    if at < 0:  # it lies on several pages: its beginning will do
        at = content.index(body[:40])
    flip(path, chance, at + 20)


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


@pytest.mark.parametrize("spoil", [flip, scramble, truncate, overwrite_a_body])
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

    # Where nothing is stored, a bit means nothing; a missing end and an altered body are always seen.
    noticed = seen.total() - seen["harmless"]
    least = {"flip": 1, "scramble": 1}.get(spoil.__name__, seen.total())
    assert noticed >= least, seen


def live(log: Path) -> int:
    """How much of a write-ahead log is of its present life; the rest is left over."""
    content = log.read_bytes()
    begins = range(32, len(content) - FRAME + 1, FRAME)
    return 32 + FRAME * sum(content[at + 8 : at + 16] == content[16:24] for at in begins)


def last_but_one(log: Path) -> int:
    """Where the frame begins that ends the last transaction but one: what lies before was surely flushed."""
    content = log.read_bytes()
    begins = range(32, live(log), FRAME)
    commits = [at for at in begins if content[at + 4 : at + 8] != bytes(4)]
    return commits[-2] if len(commits) > 1 else 32


@pytest.mark.parametrize("cut", [False, True], ids=["flip", "cut"])
def test_a_damaged_log_is_never_silent(
    crashed: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, *, cut: bool, at_length: bool
) -> None:
    """What a bit costs is noticed, but for the last transaction; a cut costs the end, and nothing before."""
    caplog.set_level(logging.CRITICAL + 1)
    chance, seen, people = random.Random(cut), Counter[str](), dict[str, int]()
    flushed = last_but_one(crashed.with_name("relay.db-wal"))
    for trial in range(200 if at_length else 6):
        folder = tmp_path / str(trial)
        folder.mkdir()
        for ending in ("", "-wal"):
            shutil.copy(f"{crashed}{ending}", folder)
        log = folder / "relay.db-wal"
        at = chance.randrange(flushed if trial == 1 else live(log))
        if trial and cut:
            os.truncate(log, at)
        elif trial:
            flip(log, chance, at)
        Store.open(relay_config(folder).store.url).close()
        after = census(folder / "relay.db")
        people = people or after
        assert after["agents"] == people["agents"] > 0
        set_aside = bool(list(folder.glob("relay.db.damaged-*")))
        assert set_aside or cut or not trial or at >= flushed, at
        seen["set aside" if set_aside else "whole" if after == people else "cut short"] += 1
        shutil.rmtree(folder)

    assert seen["whole"] > 0  # the first, which nothing was done to
    assert cut or seen["set aside"] > 0, seen
