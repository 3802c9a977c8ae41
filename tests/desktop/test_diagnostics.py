"""The file for IT."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.diagnostics import write
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import Waiting
from cti_desktop.desktop.settings import Settings
from tests.helpers import situations as s


def test_it_helps_and_tells_nothing_of_customers(tmp_path: Path) -> None:
    """Versions, settings, the link, counts and the log; no name, no number, no note, no token."""
    log = tmp_path / "state" / "cti-desktop.log"
    log.parent.mkdir()
    log.write_text("called +91 98200 55512 with Bearer abc.def\n")
    waiting = Waiting(s.NOW, s.NOW, Trouble.NO_SUCH_HOST, "Name or service not known")
    situation = s.situation(
        s.with_draft(s.wrap_up(), notes="wants an offer"),
        s.ringing("b"),
        link=waiting,
        outbox=(s.saved(),),
        settings=Settings("https://relay.example.com", corner="top-left"),
        locked=frozenset({"corner"}),
        clock_skew=timedelta(minutes=3),
    )
    path = write(tmp_path / "out", log, situation, s.NOW)
    with zipfile.ZipFile(path) as archive:
        assert {"report.json", "log/cti-desktop.log"} == set(archive.namelist())
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
        told = json.loads(archive.read("report.json"))
    assert ("Waiting", "no_such_host") == (told["link"]["state"], told["link"]["trouble"])
    assert ({"RINGING": 1, "WRAP_UP": 1}, 1, 180) == (
        told["calls"],
        told["owed"],
        told["clock_is_ahead_by_seconds"],
    )
    assert ("top-left", ["corner"]) == (told["settings"]["corner"], told["locked"])
    for secret in ("Ananya", "98200", "abc.def", "offer", "Meera"):
        assert secret not in whole


def test_a_refusing_disk_is_said(tmp_path: Path) -> None:
    """With the place."""
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(StorageError, match="out"):
        write(tmp_path / "out", tmp_path / "log", s.situation(), s.NOW)
