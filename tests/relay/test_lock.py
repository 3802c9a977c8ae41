"""One writer at a time, by the system's own locks."""

import os
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.lock import FileLock


def test_a_second_holder_is_refused_by_name(tmp_path: Path) -> None:
    """Who has the lock is said, so that it can be found and ended."""
    lock = FileLock(tmp_path / "l")

    with pytest.raises(StorageError, match=f"process {os.getpid()} uses this store") as caught:
        FileLock(tmp_path / "l")

    assert caught.value.code == "in_use"
    lock.release()


def test_a_released_lock_can_be_taken(tmp_path: Path) -> None:
    """The file that stays behind stops nobody; releasing twice is harmless."""
    first = FileLock(tmp_path / "l")
    first.release()
    first.release()

    FileLock(tmp_path / "l").release()


def test_a_holder_that_left_no_name(tmp_path: Path) -> None:
    """A lock file with foreign content still tells that somebody has it."""
    lock = FileLock(tmp_path / "l")
    (tmp_path / "l").write_text("who knows", encoding="ascii")

    with pytest.raises(StorageError, match="another process uses this store"):
        FileLock(tmp_path / "l")
    lock.release()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A lock that can't be made is a storage error, not a lock that is held."""
    with pytest.raises(StorageError, match="can't be opened") as caught:
        FileLock(tmp_path / "none" / "l")

    assert caught.value.code == "storage"
