"""Every call that this device has known for a year, in the store's file, to be searched in milliseconds.

Works on the store's own connection and inside its transactions. SQLite's full-text index where it has one.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.search import INDEXED, findable, terms

SCHEMA: Final = """
    CREATE TABLE history (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at REAL NOT NULL,
                          number TEXT NOT NULL, body BLOB NOT NULL);
    CREATE INDEX history_at ON history (at);
    CREATE INDEX history_number ON history (number, at);
    CREATE TABLE history_words (position INTEGER PRIMARY KEY, words TEXT NOT NULL);
    """
# Each agent finds their own calls only.
OWNERS: Final = """
    CREATE TABLE history_of (position INTEGER PRIMARY KEY, agent TEXT NOT NULL, id TEXT NOT NULL,
                             at REAL NOT NULL, number TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (agent, id));
    INSERT INTO history_of SELECT position, '', id, at, number, body FROM history;
    DROP TABLE history;
    ALTER TABLE history_of RENAME TO history;
    CREATE INDEX history_at ON history (agent, at);
    CREATE INDEX history_number ON history (agent, number, at);
    """
# More than anybody reads; it bounds what a search for one letter costs.
MAX_FOUND: Final = 5_000

_INDEX: Final = """CREATE VIRTUAL TABLE IF NOT EXISTS history_index
                   USING fts5(words, content='history_words', content_rowid='position', tokenize='trigram')"""
_PUT: Final = """INSERT INTO history (agent, id, at, number, body) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (agent, id)
                 DO UPDATE SET at = excluded.at, number = excluded.number, body = excluded.body"""
_POSITION: Final = "SELECT position FROM history WHERE agent = ? AND id = ?"
# By an index of its own: the rows themselves lie on as many pages as there are calls.
_OWNER: Final = "CREATE INDEX IF NOT EXISTS history_owner ON history (agent)"
_OWN: Final = """EXISTS (SELECT 1 FROM history INDEXED BY history_owner
                         WHERE agent = ? AND position = {source}.rowid)"""
_OTHERS: Final = """SELECT EXISTS (SELECT 1 FROM history WHERE agent < ?)
                        OR EXISTS (SELECT 1 FROM history WHERE agent > ?)"""
_LATEST: Final = """SELECT body FROM history
    JOIN (SELECT position AS wanted FROM history WHERE agent = ?
          ORDER BY at DESC, position DESC LIMIT ? OFFSET ?)
    ON position = wanted ORDER BY at DESC, position DESC"""
_WORDS: Final = "SELECT words FROM history_words WHERE position = ?"
_decoder: Final = msgspec.json.Decoder(MyCall)
_encoder: Final = msgspec.json.Encoder()


class History:
    """The tables of one open file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """The tables are there; the index is made, or made good, where this SQLite can have one."""
        self._db = db
        db.execute(_OWNER)
        self.is_indexed = _has_index(db)

    def put(self, calls: Iterable[MyCall], agent: str = "") -> None:
        """Note these calls of `agent` as they are now. Within the caller's transaction."""
        for call in calls:
            row = (agent, call.id, _at(call), call.info.caller.number or "", _encoder.encode(call))
            self._db.execute(_PUT, row)
            (position,) = self._db.execute(_POSITION, (agent, call.id)).fetchone()
            self._put_words(position, findable(call))

    def forget_before(self, moment: datetime) -> None:
        """Drop what is older. Within the caller's transaction."""
        old = self._db.execute("SELECT position FROM history WHERE at < ?", (moment.timestamp(),)).fetchall()
        for (position,) in old:
            self._put_words(position, None)
        self._db.executemany("DELETE FROM history WHERE position = ?", old)

    def total(self, agent: str = "") -> int:
        """How many calls of `agent` there are."""
        (count,) = self._db.execute("SELECT count(*) FROM history WHERE agent = ?", (agent,)).fetchone()
        return int(count)

    def latest(self, first: int, count: int, agent: str = "") -> list[MyCall]:
        """So many of all calls of `agent`, newest first, after the `first` newest."""
        return [_decoder.decode(body) for (body,) in self._db.execute(_LATEST, (agent, count, first))]

    def find(self, text: str = "", number: str = "", agent: str = "") -> array[int]:
        """Positions of the calls of `agent` with `text`, or with this caller, newest first."""
        if number:
            query = "SELECT position FROM history WHERE agent = ? AND number = ? ORDER BY at DESC"
            return self._positions(query, (agent, number))
        wanted = terms(text)
        if not wanted:
            query = "SELECT position FROM history WHERE agent = ? ORDER BY at DESC"
            return self._positions(query, (agent,))
        return self._positions(*self._query(wanted, agent))

    def read(self, positions: Sequence[int]) -> list[MyCall]:
        """The calls at these positions, in this order; those that are gone meanwhile are left out."""
        marks = ",".join("?" * len(positions))
        rows = self._db.execute(
            f"SELECT position, body FROM history WHERE position IN ({marks})",  # noqa: S608 - question marks
            tuple(positions),
        )
        found = {position: _decoder.decode(body) for position, body in rows}
        return [found[position] for position in positions if position in found]

    def _is_shared(self, agent: str) -> bool:
        """Whether calls of others are here, too; on most computers there are none."""
        (others,) = self._db.execute(_OTHERS, (agent, agent)).fetchone()
        return bool(others)

    def _positions(self, query: str, values: Sequence[object]) -> array[int]:
        return array("q", (row[0] for row in self._db.execute(query, values)))

    def _query(self, wanted: Sequence[str], agent: str) -> tuple[str, list[object]]:
        indexed = [term for term in wanted if len(term) >= INDEXED] if self.is_indexed else []
        conditions = ["words LIKE ? ESCAPE '\\'" for term in wanted if term not in indexed]
        values: list[object] = [f"%{_escaped(term)}%" for term in wanted if term not in indexed]
        source = "history_words"
        if indexed:
            source = "history_index"
            conditions.insert(0, "history_index MATCH ?")
            values.insert(0, " ".join('"' + term.replace('"', '""') + '"' for term in indexed))
        if self._is_shared(agent):
            conditions.append(_OWN.format(source=source))
            values.append(agent)
        where = " AND ".join(conditions)
        query = f"SELECT rowid FROM {source} WHERE {where} ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - ours
        return query, [*values, MAX_FOUND]

    def _put_words(self, position: int, words: str | None) -> None:
        """An index over a table of ours wants to be told what was there before."""
        before = self._db.execute(_WORDS, (position,)).fetchone()
        if before is not None and before[0] == words:
            return
        if before is not None and self.is_indexed:
            delete = "INSERT INTO history_index (history_index, rowid, words) VALUES ('delete', ?, ?)"
            self._db.execute(delete, (position, before[0]))
        if words is None:
            self._db.execute("DELETE FROM history_words WHERE position = ?", (position,))
            return
        self._db.execute("REPLACE INTO history_words VALUES (?, ?)", (position, words))
        if self.is_indexed:
            self._db.execute("INSERT INTO history_index (rowid, words) VALUES (?, ?)", (position, words))


def _has_index(db: sqlite3.Connection) -> bool:
    """Make the index where there is none yet. False: this SQLite has no full-text search, or an old one."""
    there = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'history_index'").fetchone()
    try:
        db.execute(_INDEX)
        if there is None:
            db.execute("INSERT INTO history_index (history_index) VALUES ('rebuild')")
        else:
            db.execute("SELECT 1 FROM history_index LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def _at(call: MyCall) -> float:
    at = call.rang_at or call.answered_at or call.ended_at or call.heard_at
    return at.timestamp() if at else 0.0


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
