from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cti_desktop.desktop.ui.focus import ReadInOrder, as_read


def test_a_late_button_comes_where_it_is_seen(qtbot: QtBot) -> None:
    """A button put in between is reached in between, though it is the newest of the window."""
    window = ReadInOrder()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, last = QPushButton("first"), QPushButton("last")
    column.addWidget(first)
    column.addWidget(last)
    late = QPushButton("late")
    column.insertWidget(1, late)
    assert last.nextInFocusChain() is late
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert late.hasFocus()
    assert [first, late, last] == as_read(window)
    assert all(one.nextInFocusChain() is other for one, other in pairwise((window, first, late, last)))


def test_grids_are_read_row_by_row(qtbot: QtBot) -> None:
    """Whatever was put in first; what scrolls is read where it stands."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    inner, scroll = QWidget(), QScrollArea()
    grid = QGridLayout(inner)
    buttons = [QPushButton(str(number)) for number in range(4)]
    for number in (3, 1, 0, 2):
        grid.addWidget(buttons[number], number // 2, number % 2)
    scroll.setWidget(inner)
    column.addWidget(scroll)
    assert buttons == as_read(window)


def test_nothing_is_kept_of_what_qt_may_delete(qtbot: QtBot) -> None:
    """No item of a layout is held by Python: Qt deletes it unseen, and what comes to its address crashes."""
    window = ReadInOrder()
    qtbot.addWidget(window)
    column, row = QVBoxLayout(window), QHBoxLayout()
    column.addLayout(row)
    for caption in ("first", "second"):
        row.addWidget(QPushButton(caption))
        column.addWidget(QPushButton(caption))
    before = _items()
    window.order_stops()
    assert _items() == before


def _items() -> int:
    return sum(isinstance(held, QWidgetItem) for held in Shiboken.getAllValidWrappers())
