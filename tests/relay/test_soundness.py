"""A large store that was closed in good order is not read whole at each opening."""

import os
from pathlib import Path

import pytest

from cti_desktop.relay.soundness import Soundness
from cti_desktop.relay.store import Store

DAY = 24 * 3600.0


class Watch:
    """A clock."""

    now = 1_000_000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store's file, read whole and closed."""
    path = tmp_path / "relay.db"
    path.write_bytes(b"x" * 100)
    left = Soundness(path, Watch(), large=10)
    assert not left.is_known
    left.was_read()
    left.note()
    return path


def known(path: Path, *, later: float = 0.0) -> bool:
    """Whether the next opening may do without."""
    watch = Watch()
    watch.now += later
    return Soundness(path, watch, large=10).is_known


def test_it_is_known_for_a_day(file: Path) -> None:
    """However often it is opened and closed meanwhile; never by a clock that went back."""
    again = Soundness(file, Watch(), large=10)
    assert again.is_known
    again.note()
    assert known(file, later=DAY - 1)
    assert not known(file, later=DAY)
    assert not known(file, later=-1)


def test_whatever_touched_it_has_it_read(file: Path) -> None:
    """A change of a byte, another length, a log of commits that a crash left, a note that is none."""
    log = file.with_name("relay.db-wal")
    log.touch()
    assert not known(file)
    log.unlink()
    assert known(file)
    with file.open("r+b") as changed:
        changed.write(b"y")
    os.utime(file, ns=(1, 1))
    assert not known(file)
    file.with_name("relay.db.sound").write_bytes(b"{}")
    assert not known(file)


def test_a_small_one_is_read_each_time(tmp_path: Path) -> None:
    """That takes no time, and leaves no file."""
    store = Store.open(f"sqlite:///{tmp_path / 'relay.db'}")
    store.close()

    assert not (tmp_path / "relay.db.sound").exists()
