"""What Qt says goes to the log; its last words are understood."""

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication

from cti_desktop.desktop.ui.qt_log import DisplayLostError, qt_to_log

LAST_WORDS = "The X11 connection broke (error 1). Did the X11 server die?"


def turned(*said: str) -> None:
    """Qt says this, and its loop ends before its time."""
    with qt_to_log():
        for text in said:
            qWarning(text)
        raise RuntimeError("Event loop stopped before Future completed.")


@pytest.mark.warning_logs("The X11 connection broke|a muttering")
def test_the_end_of_the_display_is_told_apart(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    """Told once; a loop that ended without it is a bug of ours."""
    with pytest.raises(RuntimeError, match="loop stopped"):
        turned("a muttering")
    with pytest.raises(DisplayLostError):
        turned(LAST_WORDS, "a muttering", LAST_WORDS)
    assert 1 == [record.getMessage() for record in caplog.records].count(LAST_WORDS)
