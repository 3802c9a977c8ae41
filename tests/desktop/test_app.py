"""The composition root, each time in a process of its own: there is one QApplication in a process."""

import os
import subprocess
import sys
from pathlib import Path

from cti_desktop.core.disposition import Draft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop import places
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.places import Places
from cti_desktop.desktop.store import Store
from tests.helpers.calls import info

# A desktop whose screen does what the test says, at the second situation that it is shown.
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import EditDraft
from cti_desktop.desktop import app, logs, places
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.credentials import InMemory

where = places.under(Path(sys.argv[1]))
where.make()
application = app.make_application()

class Screen:
    def __init__(self, emit): self.emit = emit; self.count = 0
    def activate(self): print("forward")
    def closed(self): print("closed")
    def render(self, situation):
        self.count += 1
        if self.count == 2:
            self.emit(EditDraft("call-1", Draft(notes="typed")))
        if self.count == 3:
            {what}

def main():
    return app.run(application, where, Account(where.settings, InMemory()), Screen, forward={forward})

with logs.to_file(where.log), app.qt_to_log():
    code = app.turn(application, main)
sys.exit(code)
"""


def ran(root: Path, what: str, *, forward: bool = False) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a desktop whose screen does `what`; a prompt is open in it."""
    where = places.under(root)
    where.make()
    store = Store.open(where.store)
    store.commit(Changes(calls={"call-1": MyCall(info(), LegState.WRAP_UP)}))
    store.close()
    script = SCRIPT.replace("{what}", what).replace("{forward}", str(forward))
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", script, str(root)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def draft_in(where: Places) -> Draft:
    """What the next run finds typed."""
    store = Store.open(where.store)
    memory = store.load()
    store.close()
    return memory.calls[0].draft


def test_quitting_qt_ends_in_order(tmp_path: Path) -> None:
    """Cmd+Q, a logout: what was typed is written first."""
    assert (0, "closed\n", "") == ran(tmp_path, "application.quit()")
    assert Draft(notes="typed") == draft_in(places.under(tmp_path))


def test_who_starts_it_by_hand_sees_its_window(tmp_path: Path) -> None:
    """A tray icon alone would look as if nothing had happened."""
    assert (0, "forward\nclosed\n", "") == ran(tmp_path, "application.quit()", forward=True)


def test_the_end_of_a_session_is_no_reason_to_quit(tmp_path: Path) -> None:
    """Another program may call it off; what was typed goes to the disk at once, and the program goes on."""
    again = "application.session_ends(); self.emit(EditDraft('call-1', Draft(notes='more')));"
    assert (0, "closed\n", "") == ran(tmp_path, f"{again} application.quit()")
    assert Draft(notes="more") == draft_in(places.under(tmp_path))


def test_a_bug_ends_the_program_but_loses_nothing(tmp_path: Path) -> None:
    """In the screen: exit code 1, the traceback in the log, the draft on the disk."""
    code, out, _ = ran(tmp_path, "raise ZeroDivisionError('+919999900001')")
    where = places.under(tmp_path)
    log = where.log.read_text(encoding="utf-8")
    assert (1, "closed\n") == (code, out)
    assert ("ZeroDivisionError" in log, "99999" in log) == (True, False)
    assert Draft(notes="typed") == draft_in(where)


def test_a_bug_in_a_slot_ends_the_program_too(tmp_path: Path) -> None:
    """Qt would only print it, and go on half-broken."""
    code, out, err = ran(tmp_path, "QTimer.singleShot(0, lambda: 1 // 0)")
    assert (1, "closed\n", "") == (code, out, err)
    assert "bug in a slot (ZeroDivisionError)" in places.under(tmp_path).log.read_text(encoding="utf-8")


def test_what_qt_mutters_goes_to_the_log(tmp_path: Path) -> None:
    """Not to a terminal that nobody watches."""
    mutter = "from PySide6.QtCore import qWarning; qWarning('mind the gap'); application.quit()"
    assert (0, "closed\n", "") == ran(tmp_path, mutter)
    assert "WARNING qt: mind the gap" in places.under(tmp_path).log.read_text(encoding="utf-8")
