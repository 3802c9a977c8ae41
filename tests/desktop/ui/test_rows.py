from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.rows import HEIGHT, RowList
from cti_desktop.desktop.ui.theme import DARK, Theme
from cti_desktop.desktop.viewmodels.rows import Row
from cti_desktop.desktop.viewmodels.window import window_model
from tests.helpers import situations as s


def rows(*ids: str) -> tuple[Row, ...]:
    """Rows of finished calls, newest first."""
    calls = [s.disposed(call_id) for call_id in reversed(ids)]
    return window_model(s.situation(*calls), s.ZONE).today


@pytest.fixture
def listing(qtbot: QtBot, theme: Theme) -> RowList:
    """A list on the screen."""
    made = RowList(theme, "Calls")
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    return made


def test_rows_are_read_aloud(listing: RowList) -> None:
    """A screen reader gets the whole row; the tooltip shows it plain."""
    listing.show_rows(rows("a"))
    index = listing.model().index(0, 0)
    assert "Ananya Deshmukh" == index.data()
    assert "Interested" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("<qt>")
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert "Calls" == listing.accessibleName()


def test_the_current_row_stays_when_others_come(listing: RowList) -> None:
    """A new call above doesn't move the agent to another row."""
    listing.show_rows(rows("b", "a"))
    listing.setCurrentIndex(listing.model().index(1, 0))
    listing.show_rows(rows("c", "b", "a"))
    current = listing.current()
    assert current is not None
    assert "a" == current.key


def test_a_row_that_went_leaves_none_current(listing: RowList) -> None:
    """Nothing is done to the wrong row."""
    listing.show_rows(rows("b", "a"))
    listing.setCurrentIndex(listing.model().index(1, 0))
    listing.show_rows(rows("b"))
    assert listing.current() is None


def test_a_picking_list_always_has_a_current_row(qtbot: QtBot, theme: Theme) -> None:
    """So that its buttons can be seen."""
    made = RowList(theme, "To do", picks=True)
    qtbot.addWidget(made)
    made.show_rows(rows("b", "a"))
    current = made.current()
    assert current is not None
    assert "b" == current.key


def test_a_picking_list_begins_with_the_first_whenever_it_comes_up(qtbot: QtBot, theme: Theme) -> None:
    """What came above it meanwhile is more urgent; but a row that the agent chose stays."""
    made = RowList(theme, "Follow-ups", picks=True)
    qtbot.addWidget(made)
    made.show_rows(rows("b"))
    made.show_rows(rows("c", "b", "a"))
    made.show()
    assert "c" == current_key(made)
    made.show_rows(rows("d", "c", "b", "a"))
    assert "c" == current_key(made)  # it is looked at: nothing moves under a click
    QTest.keyClick(made, Qt.Key.Key_Down)
    made.hide()
    made.show()
    assert "b" == current_key(made)


def current_key(listing: RowList) -> str:
    """The key of the current row."""
    current = listing.current()
    assert current is not None
    return current.key


def test_enter_opens(listing: RowList) -> None:
    """The keyboard does what a double click does."""
    opened: list[Row] = []
    listing.opened.connect(opened.append)
    listing.show_rows(rows("b", "a"))
    listing.setCurrentIndex(listing.model().index(1, 0))
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert ["a"] == [row.key for row in opened]


def test_rows_are_painted_in_both_themes(listing: RowList, theme: Theme, settle: Callable[[], None]) -> None:
    """Something is seen of each, in light and dark."""
    listing.show_rows(rows("b", "a"))
    settle()
    light = listing.grab().toImage()
    theme.use(DARK)
    settle()
    dark = listing.grab().toImage()
    spot = listing.visualRect(listing.model().index(1, 0)).center()
    assert light.pixelColor(spot.x(), spot.y()).lightness() > dark.pixelColor(spot.x(), spot.y()).lightness()
    assert HEIGHT == listing.visualRect(listing.model().index(0, 0)).height()


def test_ten_thousand_rows_are_no_burden(listing: RowList, settle: Callable[[], None]) -> None:
    """Only what is visible is drawn; the end can be reached."""
    one = rows("a")[0]
    listing.show_rows((one,) * 10_000)
    listing.scrollToBottom()
    settle()
    assert 9_999 == listing.indexAt(listing.viewport().rect().bottomLeft()).row()
