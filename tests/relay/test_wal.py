"""A write-ahead log after a crash: torn off at its end it is sound, with a hole before that it is damaged."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cti_desktop.relay import wal

HEADER, FRAME = 32, 24 + 512
Change = Callable[[bytearray], object]


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A database whose process died after a checkpoint and five more transactions, all of them in its log."""
    path, there = tmp_path / "living.db", tmp_path / "store.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (zeroblob(300))", [()] * 20)
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
        connection.executemany("INSERT INTO t VALUES (zeroblob(300))", [()] * 5)
        for ending in ("", "-wal"):
            shutil.copy(tmp_path / f"living.db{ending}", tmp_path / f"store.db{ending}")
    return there


def spoiled(path: Path, change: Change) -> str:
    """What is found wrong once the log was changed; it is as before afterwards."""
    log = path.with_name(path.name + "-wal")
    whole = log.read_bytes()
    content = bytearray(whole)
    change(content)
    log.write_bytes(content)
    found = wal.damage(path)
    log.write_bytes(whole)
    return found


def sound_commits(path: Path) -> list[int]:
    """Where the last frame of each transaction of this life of the log begins."""
    log = path.with_name(path.name + "-wal").read_bytes()
    begins = range(HEADER, len(log), FRAME)
    return [at for at in begins if log[at + 8 : at + 16] == log[16:24] and any(log[at + 4 : at + 8])]


def flip(at: int) -> Change:
    """Turn over a bit of that byte."""

    def change(log: bytearray) -> None:
        log[at] ^= 4

    return change


def test_a_crash_is_no_damage(crashed: Path, tmp_path: Path) -> None:
    """A sound log, frames left over from its earlier life included; none at all; one that just begins."""
    assert "" == wal.damage(crashed)
    assert "" == wal.damage(tmp_path / "none.db")
    assert "" == spoiled(crashed, lambda log: log.__delitem__(slice(40, None)))


def test_a_torn_end_is_no_damage(crashed: Path) -> None:
    """Wherever the last transaction was broken off, or written only in parts."""
    *_, before, last = sound_commits(crashed)

    assert 5 == len(sound_commits(crashed))
    for at in range(before + FRAME, last + FRAME, 50):
        assert "" == spoiled(crashed, lambda log, at=at: log.__delitem__(slice(at, None)))  # type: ignore[misc]
        assert "" == spoiled(crashed, flip(at))


def test_lost_commits_are_damage(crashed: Path) -> None:
    """A bit that turned over in any transaction but the last: those behind it had been flushed."""
    *_, before, _ = sound_commits(crashed)
    found = {spoiled(crashed, flip(at)) for at in range(HEADER, before, 50)}

    assert {"the write-ahead log lost commits"} == found


def test_a_spoilt_header_is_damage(crashed: Path) -> None:
    """SQLite would take the log for an empty one."""
    found = {spoiled(crashed, flip(at)) for at in range(HEADER)}

    assert {"the write-ahead log's header is not as it was written"} == found
