from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.measure import within_screen


def test_no_window_is_higher_than_its_screen(qtbot: QtBot) -> None:
    """At 200 %, a notebook's screen is low; a title bar has to fit, too."""
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert QSize(300, 200) == within_screen(window, QSize(300, 200))
    found = within_screen(window, QSize(300, 10 * room.height()))
    assert (300, True) == (found.width(), 0.8 * room.height() < found.height() < room.height())
