"""Copies of the store, made beside the running relay and put back."""

import os
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.backup import back_up, restore
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import meta
from tests.helpers.relay_store import NOW, opened


def note(store: Store, value: str) -> None:
    """Write something that can be found again."""
    row = {"key": "note", "value": value}
    store.write_now(lambda c: c.execute(upsert(c, meta, key=("key",), replaced=("value",)), row))


def noted(file: Path) -> str:
    """What a copy says of it."""
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as copy:
        (value,) = copy.execute("SELECT value FROM meta WHERE key = 'note'").fetchone()
    copy.close()
    return str(value)


def test_a_copy_beside_the_running_relay(tmp_path: Path) -> None:
    """One whole file, of one moment, for nobody else's eyes; the relay goes on writing."""
    with opened(tmp_path) as store:
        note(store, "before")
        made = back_up(tmp_path / "relay.db", tmp_path / "copy.db", NOW)
        note(store, "after")

    assert noted(made) == "before"
    assert noted(tmp_path / "relay.db") == "after"
    assert sorted(p.name for p in tmp_path.glob("copy*")) == ["copy.db"]
    if sys.platform != "win32":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_copies_while_it_is_written(tmp_path: Path) -> None:
    """Each of them is consistent, whatever is being committed."""
    done = threading.Event()
    with opened(tmp_path) as store:

        def write() -> None:
            number = 0
            while not done.is_set():
                number += 1
                note(store, f"{number} " * 500)

        note(store, "0")
        writing = threading.Thread(target=write, name="writing")
        writing.start()
        try:
            copies = [back_up(tmp_path / "relay.db", tmp_path / f"copy-{n}.db", NOW) for n in range(5)]
        finally:
            done.set()
            writing.join()

    for copy in copies:
        assert len(set(noted(copy).split())) == 1


def test_a_stopped_relay_into_a_folder(tmp_path: Path) -> None:
    """The copy is named after the moment."""
    with opened(tmp_path) as store:
        note(store, "x")
    (tmp_path / "backups").mkdir()
    made = back_up(tmp_path / "relay.db", tmp_path / "backups", NOW)

    assert (made.name, noted(made)) == ("relay-20260801T090000Z.db", "x")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither is something made of nothing."""
    with opened(tmp_path):
        pass
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(Refused, match="there already"):
        back_up(tmp_path / "relay.db", tmp_path / "copy.db", NOW)
    with pytest.raises(StorageError, match="no store"):
        back_up(tmp_path / "no.db", tmp_path / "other.db", NOW)
    with pytest.raises(StorageError, match="can't be written"):
        back_up(tmp_path / "relay.db", tmp_path / "nowhere" / "copy.db", NOW)

    assert (tmp_path / "copy.db").read_text() == "precious"


def test_back_again_in_a_new_life(tmp_path: Path) -> None:
    """What came after the copy is kept aside; desktops see by the epoch that the history was cut."""
    file = tmp_path / "relay.db"
    with opened(tmp_path) as store:
        note(store, "before")
        made, epoch = back_up(file, tmp_path / "copy.db", NOW), store.epoch
        note(store, "after")
        with pytest.raises(Refused, match="stop it first"):
            restore(made, file, NOW)
    aside = restore(made, file, NOW)
    with opened(tmp_path) as store:
        assert store.epoch != epoch

    assert aside is not None
    assert (noted(file), noted(aside), noted(made)) == ("before", "after", "before")


def test_onto_an_empty_machine(tmp_path: Path) -> None:
    """There is nothing to keep aside."""
    with opened(tmp_path) as store:
        note(store, "x")
    made = back_up(tmp_path / "relay.db", tmp_path / "copy.db", NOW)
    (tmp_path / "new").mkdir()

    assert restore(made, tmp_path / "new" / "relay.db", NOW) is None
    assert noted(tmp_path / "new" / "relay.db") == "x"


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00" + os.urandom(4096)])
def test_a_copy_that_is_no_good_changes_nothing(tmp_path: Path, content: bytes) -> None:
    """Damaged, or something else."""
    with opened(tmp_path) as store:
        note(store, "mine")
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(StorageError):
        restore(bad, tmp_path / "relay.db", NOW)
    with pytest.raises(Refused, match="no file"):
        restore(tmp_path / "missing.db", tmp_path / "relay.db", NOW)

    assert noted(tmp_path / "relay.db") == "mine"


def test_a_foreign_database_is_no_store(tmp_path: Path) -> None:
    """Sound, but not ours."""
    with sqlite3.connect(tmp_path / "foreign.db") as foreign:
        foreign.execute("CREATE TABLE meta (key, value)")
        foreign.execute("CREATE TABLE cursors (x)")
    foreign.close()

    with pytest.raises(StorageError, match="no store of a relay"):
        restore(tmp_path / "foreign.db", tmp_path / "relay.db", NOW)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")
def test_root_restores_for_the_relays_user(tmp_path: Path) -> None:
    """The store belongs to whom it belonged, on an empty machine to the folder's owner."""
    with opened(tmp_path) as store:
        note(store, "x")
    file, new = tmp_path / "relay.db", tmp_path / "new"
    made = back_up(file, tmp_path / "copy.db", NOW)
    new.mkdir()
    os.chown(file, 12345, 12346)
    os.chown(new, 23456, 23457)
    restore(made, file, NOW)
    restore(made, new / "relay.db", NOW)

    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12346)
    assert (new / "relay.db").stat().st_uid == 23456
