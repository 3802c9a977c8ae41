"""`cti-relay outcome export`, with a real file and a real store."""

import csv
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Disposition
from cti_desktop.relay.catalogue import load
from cti_desktop.relay.dispositions import Dispositions
from tests.helpers.relay_cli import Keyboard
from tests.helpers.relay_parts import ASHA, leg, new_agent, new_router, report, take, uid
from tests.helpers.relay_store import NOW, opened

HEADING = (
    "time,agent,queue,direction,number,call_id,talk_seconds,result,"
    "state,code,sub_code,label,notes,follow_up,saved_at"
)


@pytest.fixture
def told(keyboard: Keyboard) -> Keyboard:
    """One conversation with an outcome, and a day later one without."""
    with opened(keyboard.folder) as store:
        asha, router = new_agent(store, "Asha", ASHA), new_router(store)
        for call_id, days in (("one", 0), ("two", 1)):
            at = NOW + timedelta(days=days)
            part = leg(
                ASHA, answered=True, answered_at=at, ended_at=at + timedelta(seconds=31), talk_seconds=31
            )
            take(store, router, report(part, call_id=call_id, started_at=at, over=True, queue="Sales"), at)
        due, saved = NOW + timedelta(days=2), NOW + timedelta(minutes=1)
        draft = Disposition(uid("d-1"), "one", "not_interested", "price", "=cmd(), “dear”\nlater", due, saved)
        answer = store.write_now(lambda c: Dispositions(router, load()).record(c, asha, draft, saved))
        assert isinstance(answer, list)
    return keyboard


def test_export(told: Keyboard, tmp_path: Path) -> None:
    """Outcomes and what is owed, by the team's clock; no cell runs as a formula, nobody else may read it."""
    out = tmp_path / "outcomes.csv"
    assert told.types("outcome", "export", str(out)) == f"2 conversations are in {out}.\n"
    assert sys.platform == "win32" or stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(encoding="utf-8-sig", newline="") as file:
        heading, one, two = csv.reader(file)

    assert heading == HEADING.split(",")
    call = ["Asha", "Sales", "incoming", "919999900001"]
    assert one == [
        *("2026-08-01T14:30:00+05:30", *call, "one", "31", "talked", "desktop", "not_interested", "price"),
        *("Not Interested · Price", "'=cmd(), “dear”\nlater"),
        *("2026-08-03T14:30:00+05:30", "2026-08-01T14:31:00+05:30"),
    ]
    assert two == ["2026-08-02T14:30:00+05:30", *call, "two", "31", "talked", "owed", "", "", "", "", "", ""]


def test_some_days(told: Keyboard, tmp_path: Path) -> None:
    """Both days are part of it, and begin at midnight where the team is; the audit tells which they were."""
    out = str(tmp_path / "outcomes.csv")
    days = [("--from", "2026-08-02"), ("--to", "2026-08-01"), ("--from", "2026-08-01", "--to", "2026-08-02")]
    assert [told.gets("outcome", "export", out, *some) for some in days] == [
        {"rows": rows, "file": out} for rows in (1, 1, 2)
    ]
    assert told.gets("outcome", "export", out, "--from", "2026-08-03")["rows"] == 0

    whats = [(row["what"], row["subject"]) for row in told.gets("audit")]
    assert whats[1] == ("outcome.export", "from 2026-08-01T00:00:00+05:30 to 2026-08-03T00:00:00+05:30")


def test_wrong_usage_is_explained(told: Keyboard, tmp_path: Path) -> None:
    """A day that is none, days the wrong way round, a folder instead of a file."""
    export = ("outcome", "export", str(tmp_path))
    assert "can't be written" in told.types(*export, code=1)
    assert "lies before" in told.types(*export, "--from", "2026-08-02", "--to", "2026-08-01", code=1)
    assert "--from" in told.types(*export, "--from", "yesterday", code=2)
