"""Every call that this device has known, searched in a real file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.history import OWNERS, SCHEMA, History
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls

HINDI = Caller("+919765443210", "पुणे", Contact("c3", "अनन्या देशमुख"))


@pytest.fixture(params=["index", "no index"])
def history(request: pytest.FixtureRequest) -> Iterator[History]:
    """Empty; with the full-text index, and as on a SQLite that has none."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(SCHEMA + OWNERS)
    history = History(db)
    history.is_indexed = request.param == "index"
    yield history
    db.close()


def found(history: History, text: str = "", number: str = "") -> list[str]:
    """The ids, newest first."""
    return [call.id for call in history.read(history.find(text, number))]


def ago(call: MyCall, hours: float) -> MyCall:
    """The same call, but so much earlier."""
    return replace(call, rang_at=s.ago(hours=hours))


def test_newest_first(history: History) -> None:
    """By when they rang, not by when they were heard of."""
    history.put([ago(s.ringing("new"), 1), ago(s.ringing("old"), 9)])
    assert ["new", "old"] == found(history)


@pytest.mark.parametrize(
    "text", ["ananya", "NANYA", "ananya renewals", "98200 55512", "55512", "pu", "textiles"]
)
def test_found_by_what_one_remembers(history: History, text: str) -> None:
    """A part of a word is enough; all words must occur."""
    history.put([s.ringing("a"), s.ringing("b", HINDI)])
    assert "a" in found(history, text)
    assert "b" not in found(history, text + " ananya")


def test_found_in_devanagari(history: History) -> None:
    """Letters and their signs."""
    history.put([s.ringing("a"), s.ringing("b", HINDI)])
    assert ["b"] == found(history, "देशमुख")
    assert ["b"] == found(history, "अन")


@pytest.mark.parametrize("text", ['"', "%", "_", "a*", "NOT x", "(", "'; DROP TABLE history", "\\"])
def test_signs_are_only_signs(history: History, text: str) -> None:
    """What is typed is never a command."""
    history.put([s.ringing("a")])
    assert [] == [id_ for id_ in found(history, text) if id_ != "a"]
    assert ["a"] == found(history)


def test_a_call_is_found_as_it_is_now(history: History) -> None:
    """What it was before is forgotten by the index, too."""
    history.put([s.with_draft(s.wrap_up("a"), notes="discount")])
    assert ["a"] == found(history, "discount")
    history.put([s.with_draft(s.wrap_up("a"), notes="invoice")])
    assert [] == found(history, "discount")
    assert ["a"] == found(history, "invoice")


def test_all_calls_of_a_caller(history: History) -> None:
    """By the number; a withheld one is nobody's."""
    history.put([s.ringing("a"), s.ringing("b", HINDI), ago(s.ringing("c"), 2), s.ringing("d", Caller())])
    assert ["a", "c"] == found(history, number="+919820055512")


def test_what_is_old_is_forgotten(history: History) -> None:
    """With its words."""
    history.put([ago(s.ringing("a"), 1), ago(s.ringing("b"), 48)])
    history.forget_before(s.NOW - timedelta(hours=24))
    assert ["a"] == found(history)
    assert ["a"] == found(history, "ananya")


def test_a_page_out_of_many(history: History) -> None:
    """Read at once, in order."""
    history.put(many_calls(300))
    positions = history.find()
    assert 300 == len(positions)
    assert [f"call-{number}" for number in range(199, 189, -1)] == [
        call.id for call in history.read(positions[100:110])
    ]


def test_the_index_takes_up_what_was_there() -> None:
    """After an update of SQLite that brings it."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(SCHEMA + OWNERS)
    first = History(db)
    db.execute("DROP TABLE history_index")
    first.is_indexed = False
    first.put([s.ringing("a")])
    assert ["a"] == found(History(db), "ananya")
    db.close()


def test_all_calls_page_by_page(history: History) -> None:
    """Without a list of where each of them is."""
    history.put(many_calls(120))
    assert 120 == history.total()
    assert [f"call-{number}" for number in range(19, 9, -1)] == [c.id for c in history.latest(100, 10)]
    assert [] == history.latest(120, 10)


def test_everybody_finds_their_own(history: History) -> None:
    """The same call may be two agents': each finds it as theirs, by text, by number, and in the list."""
    theirs = replace(s.ringing("a"), disposed_as="Sold")
    history.put([s.ringing("a")], "asha")
    history.put([theirs], "ravi")
    number = theirs.info.caller.number or ""
    for positions in (history.find("ananya", agent="ravi"), history.find("", number, "ravi")):
        assert [theirs] == history.read(positions)
    assert [theirs] == history.read(history.find(agent="ravi")) == history.latest(0, 9, "ravi")
    assert (1, 0, []) == (history.total("ravi"), history.total("zoe"), list(history.find("an", agent="zoe")))
