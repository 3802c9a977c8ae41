"""The desktop's SQLite file."""

import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cti_desktop.core.disposition import Disposition, Draft
from cti_desktop.core.errors import StorageError
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.changes import Changes, Delivered, Memory, Team
from cti_desktop.desktop.schema import MIGRATIONS
from cti_desktop.desktop.screen import OutboxItem, OutboxState
from cti_desktop.desktop.store import Store
from cti_desktop.wire.desktop_link import Cursor
from cti_desktop.wire.policy import Policy
from tests.helpers.calls import CATALOGUE, NOON, after, info

DISPOSITION = Disposition("d-1", "call-1", "follow_up", None, "नमस्ते", after(3600), NOON)
CALL = MyCall(
    info(), LegState.WRAP_UP, NOON, after(5), after(60), after(60), shown=True, draft=Draft("interested")
)
TEAM = Team(Person("a1", "Asha"), CATALOGUE, Policy("required"))
DELIVERED = Delivered(Disposition("d-0", "call-0", "interested", None, "", None, NOON), after(1))
EVERYTHING = Changes(
    calls={"call-1": CALL},
    outbox={"d-1": OutboxItem(DISPOSITION)},
    cursor=Cursor("e1", 7),
    team=TEAM,
    delivered={"d-0": DELIVERED},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "desktop.sqlite3"


def reopened(path: Path) -> Memory:
    """What the next run finds."""
    store = Store.open(path)
    memory = store.load()
    store.close()
    return memory


def filled(path: Path, *changes: Changes) -> None:
    """Commit each of `changes`."""
    store = Store.open(path)
    for change in changes:
        store.commit(change)
    store.close()


def test_everything_comes_back(path: Path) -> None:
    """Cursor, team, calls with their drafts and the outbox survive."""
    filled(path, EVERYTHING)
    memory = reopened(path)
    assert (Cursor("e1", 7), TEAM, (CALL,)) == (memory.cursor, memory.team, memory.calls)
    assert ((OutboxItem(DISPOSITION),), (DELIVERED,)) == (memory.outbox, memory.delivered)


def test_a_new_store_is_empty_but_knows_its_device(path: Path) -> None:
    """The device's id stays the same."""
    first, second = reopened(path), reopened(path)
    assert Memory(first.device) == second
    assert 36 == len(first.device)


def test_order_is_that_of_the_first_word(path: Path) -> None:
    """A call that changes keeps its place."""
    calls = {f"call-{n}": MyCall(info(call_id=f"call-{n}")) for n in (3, 1, 2)}
    filled(
        path,
        Changes(calls=dict(calls)),
        Changes(calls={"call-3": MyCall(info(call_id="call-3"), shown=True)}),
    )
    assert ["call-3", "call-1", "call-2"] == [call.id for call in reopened(path).calls]


def test_what_is_gone_is_gone(path: Path) -> None:
    """A None takes the row away; one that is not there is no error."""
    filled(path, EVERYTHING, Changes(calls={"call-1": None, "x": None}, outbox={"d-1": None}))
    memory = reopened(path)
    assert ((), (), Cursor("e1", 7)) == (memory.calls, memory.outbox, memory.cursor)


def test_parked_items_keep_their_reason(path: Path) -> None:
    """They are replaced in place."""
    parked = OutboxItem(DISPOSITION, OutboxState.PARKED, "retired", "code", "no longer used")
    filled(path, EVERYTHING, Changes(outbox={"d-1": parked}))
    assert (parked,) == reopened(path).outbox


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits; the folder is the user's")
def test_the_file_and_its_log_are_private(path: Path) -> None:
    """Nobody else may read what was typed, not even while it is open."""
    store = Store.open(path)
    store.commit(EVERYTHING)
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()


def test_commits_are_durable(path: Path) -> None:
    """WAL, and every commit synced."""
    store = Store.open(path)
    assert ("wal", 2) == (
        store._db.execute("PRAGMA journal_mode").fetchone()[0],
        store._db.execute("PRAGMA synchronous").fetchone()[0],
    )
    store.close()


def test_a_killed_process_loses_nothing_committed(path: Path) -> None:
    """Ending without any goodbye right after a commit leaves the commit, and no lock."""
    script = """
import os, sys
from pathlib import Path
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.store import Store
from cti_desktop.wire.desktop_link import Cursor
Store.open(Path(sys.argv[1])).commit(Changes(cursor=Cursor("e1", 7)))
os._exit(9)
"""
    assert 9 == subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode
    assert Cursor("e1", 7) == reopened(path).cursor


def test_one_process_at_a_time(path: Path) -> None:
    """A second one is told so."""
    store = Store.open(path)
    with pytest.raises(StorageError) as error:
        Store.open(path, patience=0)
    store.close()
    assert "in_use" == error.value.code


@pytest.mark.parametrize(
    ("pragma", "code"), [("max_page_count = 1", "disk_full"), ("query_only = ON", "read_only")]
)
def test_a_refused_commit_changes_nothing(path: Path, pragma: str, code: str) -> None:
    """A full or read-only disk gives a stable code, and all of the commit is missing."""
    store = Store.open(path)
    store.commit(Changes(cursor=Cursor("e1", 1)))
    store._db.execute(f"PRAGMA {pragma}")
    big = {f"call-{n}": MyCall(info(call_id=f"call-{n}"), draft=Draft(notes="x" * 4000)) for n in range(20)}
    with pytest.raises(StorageError) as error:
        store.commit(Changes(cursor=Cursor("e1", 2), calls=dict(big)))
    store.close()
    assert code == error.value.code
    assert (Cursor("e1", 1), ()) == (reopened(path).cursor, reopened(path).calls)


@pytest.mark.parametrize("damage", ["no database", "torn page"])
def test_a_damaged_file_is_set_aside(path: Path, damage: str) -> None:
    """It is kept under another name, never overwritten, and a new one begins."""
    filled(path, EVERYTHING)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(b"not a database" * 500 if damage == "no database" else bytes(content))
    bytes_before = path.read_bytes()

    store = Store.open(path)
    aside = store.set_aside
    assert aside is not None
    assert (bytes_before, ()) == (aside.read_bytes(), store.load().calls)
    store.close()


def test_rows_that_make_no_sense_are_damage(path: Path) -> None:
    """They are not dropped in silence: the whole file is set aside."""
    filled(path, EVERYTHING)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE calls SET body = '{'")
    db.close()
    store = Store.open(path)
    assert store.set_aside is not None
    store.close()


def test_a_newer_programs_store_is_left_alone(path: Path) -> None:
    """It is refused, not set aside: the newer program still needs it."""
    filled(path, EVERYTHING)
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(StorageError) as error:
        Store.open(path)
    assert ("newer", [path]) == (error.value.code, list(path.parent.iterdir()))


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A folder in its place, or none around it."""
    for where in (tmp_path, tmp_path / "missing" / "desktop.sqlite3"):
        with pytest.raises(StorageError):
            Store.open(where)


def test_forgotten_calls_can_still_be_found(path: Path) -> None:
    """They leave the memory, not the file."""
    filled(path, EVERYTHING, Changes(calls={"call-1": None}))
    store = Store.open(path)
    assert () == store.load().calls
    assert [CALL] == store.read(store.find("asha traders"))
    store.close()


def test_another_agent_finds_none_of_it(path: Path) -> None:
    """What was forgotten for good is gone from the index, too."""
    filled(path, EVERYTHING, Changes(calls={"call-1": None}, forget_before=after(1e6)))
    store = Store.open(path)
    assert not store.find()
    assert not store.find("asha")
    store.close()


def test_what_an_earlier_version_wrote_is_taken_over(path: Path) -> None:
    """The history begins with what is there, and all of it is that agent's whom it knew."""
    with sqlite3.connect(path) as db:
        for script in MIGRATIONS[:2]:
            db.executescript(script)
        rows = {"device": "desk-1", "team": TEAM, "cursor": Cursor("e1", 7)}
        db.executemany(
            "INSERT INTO meta VALUES (?, ?)", [(k, msgspec.json.encode(v)) for k, v in rows.items()]
        )
        put = "INSERT INTO {} (id, body) VALUES (?, ?)"
        db.execute(put.format("calls"), ("call-1", msgspec.json.encode(CALL)))
        db.execute(put.format("outbox"), ("d-1", msgspec.json.encode(OutboxItem(DISPOSITION))))
        db.execute("PRAGMA user_version = 2")
    db.close()
    store = Store.open(path)
    assert [CALL] == store.read(store.find("asha"))
    memory = store.load()
    store.close()
    assert memory == Memory("desk-1", Cursor("e1", 7), TEAM, (CALL,), (OutboxItem(DISPOSITION),))


ZOE = Team(Person("a2", "Zoë"), CATALOGUE)


def test_each_agent_has_their_own(path: Path) -> None:
    """The same call and the same cursor's place: what one writes changes nothing of the other's."""
    hers = replace(CALL, draft=Draft(notes="hers"))
    filled(
        path,
        EVERYTHING,
        Changes(calls={"call-1": hers}, cursor=Cursor("e1", 2), team=ZOE, owner="a2"),
        Changes(outbox={"d-1": None}, owner="a2"),
    )
    memory = reopened(path)
    assert (ZOE, Cursor("e1", 2), (hers,), ()) == (memory.team, memory.cursor, memory.calls, memory.outbox)
    (other,) = memory.others
    left = (CALL,), (OutboxItem(DISPOSITION),), (DELIVERED,)
    assert (TEAM.agent, Cursor("e1", 7)) == (other.agent, other.cursor)
    assert left == (other.calls, other.outbox, other.delivered)


def test_a_former_agents_last_words_are_still_theirs(path: Path) -> None:
    """They may be written after the next one signed in, whose calls alone are found."""
    store = Store.open(path)
    store.commit(EVERYTHING)
    store.commit(Changes(team=ZOE, owner="a2"))
    store.commit(Changes(calls={"late": CALL}, owner="a1"))
    assert 0 == store.total() == len(store.find("asha"))
    (other,) = store.load().others
    store.close()
    assert (CALL, CALL) == other.calls
