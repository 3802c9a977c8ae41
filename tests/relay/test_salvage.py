"""What becomes of a damaged store: noticed, set aside, its rows carried over, never a silent emptiness."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import credentials, roster, salvage
from cti_desktop.relay.store import Store
from tests.helpers.relay_parts import ASHA, RAVI, new_agent, new_router, report, take
from tests.helpers.relay_parts import leg as ringing
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two agents, a secret, and a call that rings with one of them; closed."""
    with opened(tmp_path) as store:
        new_agent(store, "Asha", ASHA)
        new_agent(store, "Ravi", RAVI)
        store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
        take(store, new_router(store), report(ringing(ASHA)))
    return tmp_path / "relay.db"


def spoil(path: Path, table: str, share: float = 0.0) -> None:
    """Overwrite the page on which a table begins."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + int(share * size))
        file.write(b"\xa5" * 64)


def rows(path: Path, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a test's


def test_sound_file_is_left_alone(path: Path) -> None:
    """Nothing is wrong with a store that was closed in good order, or that isn't there yet."""
    assert ["", ""] == [salvage.damage(path), salvage.damage(path.with_name("none.db"))]


@pytest.mark.warning_logs(r"was damaged .* kept as relay.db.damaged-.* Damaged: calls\.")
def test_damaged_table_costs_its_own_rows_only(path: Path) -> None:
    """The file is kept under another name, everything else goes on, under a new epoch."""
    with opened(path.parent) as store:
        before = store.epoch
    spoil(path, "calls")
    with opened(path.parent) as store:
        after = store.epoch
        people = store.read_now(roster.list_agents)
        secrets = store.read_now(credentials.active_secrets)

    [aside] = path.parent.glob("relay.db.damaged-*")
    assert before != after
    assert ["Asha", "Ravi"] == [person["name"] for person in people]
    assert 1 == len(secrets)
    assert (0, "") == (rows(path, "calls"), salvage.damage(path))
    assert salvage.damage(aside)


@pytest.mark.warning_logs(
    r"was damaged \(what (inbox|calls|stream) holds is not as it was written, in 1 places\)"
)
@pytest.mark.parametrize(("table", "column"), [("inbox", "body"), ("calls", "state"), ("stream", "body")])
def test_a_bit_that_turned_over_is_noticed(path: Path, table: str, column: str) -> None:
    """Deep in stored bytes, where SQLite sees nothing: set aside, and only what is sound is carried over."""
    with closing(sqlite3.connect(path)) as connection:
        if table == "inbox":  # the others were written by the routing of a call
            values = "('m', 'k', '2026-08-01 09:00:00.000000', '', 7, zeroblob(99), 'stored')"
            names = "source, dedupe_key, received_at, content_type, crc, body, outcome"
            connection.execute(f"INSERT INTO inbox ({names}) VALUES {values}")  # noqa: S608
        (body,) = connection.execute(f"SELECT {column} FROM {table}").fetchone()  # noqa: S608 - a test's
        connection.execute(f"UPDATE {table} SET {column} = ?", (bytes([body[0] ^ 1]) + body[1:],))  # noqa: S608
        connection.commit()
    with opened(path.parent):
        pass

    assert 1 == len(list(path.parent.glob("relay.db.damaged-*")))
    assert (0, "") == (rows(path, table), salvage.damage(path))
    assert 2 == rows(path, "agents")


@pytest.mark.warning_logs("was damaged")
def test_streams_begin_behind_the_last_event(path: Path) -> None:
    """No seq of the old life is given out again, and none of its events is promised."""
    spoil(path, "calls")
    with opened(path.parent):
        pass

    with closing(sqlite3.connect(path)) as connection:
        heads = connection.execute("SELECT head, floor FROM agents ORDER BY name").fetchall()
    assert [(1, 2), (0, 1)] == heads


@pytest.mark.parametrize("table", ["agents", "secrets"])
def test_nobody_is_served_from_nothing(path: Path, table: str) -> None:
    """Where agents or secrets are gone, the relay says what to do, and the file stays where it is."""
    spoil(path, table)
    content = path.read_bytes()

    codes = []
    for _ in range(2):
        with pytest.raises(StorageError, match=f"{table} can't be read .*restore a backup") as refused:
            Store.open(f"sqlite:///{path}")
        codes.append(refused.value.code)

    assert ["damaged", "damaged"] == codes
    assert content == path.read_bytes()
    assert not list(path.parent.glob("relay.db.*new*"))


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"no database at all" * 300])
def test_file_without_a_database_is_refused(path: Path, content: bytes) -> None:
    """An emptied or foreign file isn't taken for a fresh start."""
    path.write_bytes(content)

    with pytest.raises(StorageError, match="damaged"):
        Store.open(f"sqlite:///{path}")


@pytest.mark.warning_logs("was damaged")
def test_rows_before_and_behind_the_damage_are_kept(path: Path) -> None:
    """A broken page in the middle of the inbox costs what stood on it."""
    with closing(sqlite3.connect(path)) as connection:
        row = "INSERT INTO inbox (source, dedupe_key, received_at, content_type, body, outcome) VALUES "
        values = "('m', ?, '2026-08-01 09:00:00.000000', '', zeroblob(900), 'stored')"
        connection.executemany(row + values, [(str(number),) for number in range(200)])
        connection.commit()
        leaf = "SELECT pageno FROM dbstat WHERE name = 'inbox' AND pagetype = 'leaf' ORDER BY path"
        try:
            page = connection.execute(leaf).fetchall()[25][0]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite can't tell its pages")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 64)
    with opened(path.parent):
        pass

    assert 190 <= rows(path, "inbox") < 200
