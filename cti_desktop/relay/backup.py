"""Copies of the store: made while the relay runs, put back while it doesn't, which begins a new epoch.

SQLite only: a database server has tools of its own.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import salvage
from cti_desktop.relay.lock import FileLock
from cti_desktop.relay.owner import hand_over
from cti_desktop.relay.refusal import Refused

_SIDE_FILES: Final = ("-wal", "-shm")


def back_up(store: Path, destination: Path, now: datetime) -> Path:
    """Copy the store at `store`, running or not; where the copy is. `destination`: a new file, or a folder.

    Raises `Refused` where something is there already, `StorageError` for the disk's faults and damage.
    """
    if not store.exists():
        raise StorageError(f"there is no store at {store}")
    if destination.is_dir():
        destination /= f"relay-{now:%Y%m%dT%H%M%SZ}.db"
    if destination.exists():
        raise Refused(f"{destination} is there already: nothing was copied")
    with (
        _alone(store) as alone,
        _storage_errors(f"{destination} can't be written"),
        contextlib.closing(_source(store, alone=alone)) as source,
    ):
        _copy(source, destination)
    return destination


def restore(copy: Path, store: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the store, as a new epoch; where the former store lies now, if any.

    Raises `Refused` while the relay runs, `StorageError` for a copy that is damaged or no store of ours.
    """
    if not copy.exists():
        raise Refused(f"there is no file {copy}")
    with _lock(store), _storage_errors(f"{copy} can't be restored"):
        draft = store.with_name(store.name + ".restoring")
        draft.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as source:
            _copy(source, draft, new_epoch=True)
        hand_over(draft, like=store)
        aside = _set_aside(store, now)
        draft.replace(store)
        _sync_folder(store.parent)
        return aside


def _copy(source: sqlite3.Connection, destination: Path, *, new_epoch: bool = False) -> None:
    """All pages of one moment, checked, and on the disk before the copy has its name."""
    draft = destination.with_name(destination.name + ".part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target:
            _fill(target, source)
            if new_epoch:
                _begin_epoch(target)
        _sync(draft)
        draft.replace(destination)
    finally:
        draft.unlink(missing_ok=True)  # half a copy helps nobody
    _sync_folder(destination.parent)


def _fill(target: sqlite3.Connection, source: sqlite3.Connection) -> None:
    source.backup(target)
    target.execute("PRAGMA journal_mode = DELETE")
    target.execute("PRAGMA synchronous = FULL")
    (verdict,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok" or (verdict := salvage.altered_rows(target)):
        raise StorageError(f"the store is damaged: {verdict}", code="corrupt")


def _begin_epoch(target: sqlite3.Connection) -> None:
    """Sequences go on from where the copy was made: desktops that saw later ones must learn so."""
    target.execute("BEGIN")
    changed = target.execute("UPDATE meta SET value = ? WHERE key = 'epoch'", (uuid.uuid4().hex,)).rowcount
    if changed != 1:
        raise StorageError("that is no store of a relay")
    target.execute("DELETE FROM cursors")
    target.execute("COMMIT")


def _source(store: Path, *, alone: bool) -> sqlite3.Connection:
    """Read-only beside a running relay: only one may ever checkpoint."""
    if alone:
        return sqlite3.connect(store)
    return sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)


@contextlib.contextmanager
def _alone(store: Path) -> Iterator[bool]:
    """Whether nobody else has the store open, and then nobody opens it meanwhile."""
    try:
        lock = FileLock(store.with_name(store.name + ".lock"))
    except StorageError as error:
        if error.code != "in_use":
            raise
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextlib.contextmanager
def _lock(store: Path) -> Iterator[None]:
    with _alone(store) as alone:
        if not alone:
            raise Refused("the relay is running: stop it first, so that nothing is written to the old store")
        yield


def _set_aside(store: Path, now: datetime) -> Path | None:
    if not store.exists():
        return None
    aside = store.with_name(f"{store.name}.before-{now:%Y%m%dT%H%M%S%f}")
    for ending in _SIDE_FILES:
        with contextlib.suppress(FileNotFoundError):
            store.with_name(store.name + ending).rename(aside.with_name(aside.name + ending))
    store.rename(aside)
    return aside


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDWR)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _sync_folder(folder: Path) -> None:
    """So that a renamed file is found under its name after a power cut. Windows can't, and needn't."""
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


@contextlib.contextmanager
def _storage_errors(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"{what}: {error}") from error
    except OSError as error:
        raise StorageError(f"{what}: {error.strerror}") from error
