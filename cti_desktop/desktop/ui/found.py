"""The page with all calls that this device knows: a search, a caller's history, and a list of any length.

Only what is in view is ever read and drawn; the rest is a number.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from cti_desktop.desktop.intents import FindCalls, ReadPages
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, plain_tip
from cti_desktop.desktop.ui.page import ListPage
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.day import FoundModel
from cti_desktop.desktop.viewmodels.rows import Row, waiting_row
from cti_desktop.desktop.viewmodels.words import day as words

# So many lines are kept made; more than any screen shows.
_CACHED: Final = 500

Index = QModelIndex | QPersistentModelIndex


class FoundRows(QStandardItemModel):
    """As many rows as were found; each is made when it is looked at.

    Qt's own model counts them: a view asks each row for its place, and that must not cost a call into Python.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """None were looked for."""
        super().__init__(parent)
        self._model: FoundModel | None = None
        self._made: dict[int, Row] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row, or what is said of it."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return self._row(index.row())
            case Qt.ItemDataRole.DisplayRole:
                return self._row(index.row()).caller.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._row(index.row()).spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._row(index.row()).spoken)
            case _:
                return None

    def show_found(self, model: FoundModel) -> bool:
        """Show `model`; True if it is another search, so that the list begins anew.

        Else the view is to be painted again: `dataChanged` would have it lay out all rows anew.
        """
        was, self._model = self._model, model
        anew = was is None or (was.found.serial, was.found.total) != (model.found.serial, model.found.total)
        self._made.clear()
        if anew:
            self.setRowCount(0)
            self.setColumnCount(1)
            self.setRowCount(model.found.total)
        return anew

    def _row(self, index: int) -> Row:
        row = self._made.get(index)
        if row is None:
            call = self._model.call_at(index) if self._model is not None else None
            if call is None or self._model is None:
                return waiting_row()
            if len(self._made) >= _CACHED:
                self._made.clear()
            row = self._made[index] = self._model.row(call)
        return row


class SearchEdit(QLineEdit):
    """Esc empties it, and closes the window only then; Down goes to the list."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class FoundPage(QWidget):
    """Emits what the agent looks for, and wants of a row."""

    intended = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Nothing was looked for yet."""
        super().__init__()
        self._model: FoundModel | None = None
        self._asked: set[int] = set()
        self._rows = FoundRows(self)
        self.search = SearchEdit()
        self.search.setPlaceholderText(words.SEARCH_HINT)
        self.search.setAccessibleName(words.SEARCH)
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(words.SEARCH_CLEAR)
            button.setToolTip(plain_tip(words.SEARCH_CLEAR))
        self.search.textEdited.connect(lambda text: self.intended.emit(FindCalls(text)))
        self.search.textChanged.connect(self._on_cleared)
        self._heading = ElidedLabel("strong")
        self._count = Label("muted")
        self._all = Button("link", words.ALL_CALLERS)
        on_click(self._all, self.look)
        empty = (words.NO_HISTORY, words.NO_HISTORY_DETAIL)
        self._page = ListPage(theme, words.ALL_CALLS_LIST, empty, picks=True, rows=self._rows)
        self._page.intended.connect(self.intended)
        self._page.history_wanted.connect(self.look_for_caller)
        self.list = self._page.list
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._read_on())
        self.search.went_down.connect(self._to_list)
        self._lay_out()

    def look(self) -> None:
        """Look for what stands in the search, with any caller."""
        self.intended.emit(FindCalls(self.search.text()))

    def look_for_caller(self, number: str) -> None:
        """Show all calls with this number."""
        self.search.clear()
        self.intended.emit(FindCalls(number=number))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_looked(self) -> bool:
        """Whether there is anything to show."""
        return self._model is not None and self._model.found.serial > 0

    def render_found(self, model: FoundModel) -> None:
        """Show `model`."""
        if model == self._model:
            return
        self._model = model
        found = model.found
        self._asked -= set(found.pages)
        self._heading.show_text(model.heading)
        self._all.setVisible(bool(model.heading))
        self._count.show_text(model.count)
        self._page.set_empty(
            *(
                (words.NOTHING_FOUND, words.NOTHING_FOUND_DETAIL)
                if found.text
                else (words.NO_HISTORY, words.NO_HISTORY_DETAIL)
            )
        )
        if found.is_looking:  # the former rows stay for the moment that it takes
            return
        if self._rows.show_found(model):
            self._asked.clear()
            self.list.scrollToTop()
            if found.total:  # so that its buttons show
                self.list.setCurrentIndex(self._rows.index(0, 0))
        self.list.viewport().update()
        self._page.rows_changed()
        self._read_on()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(Space.S, 0, Space.S, 0)
        line.addWidget(self._heading, 1)
        line.addWidget(self._count)
        line.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.search)
        column.addLayout(line)
        column.addWidget(self._page, 1)

    def _on_cleared(self, text: str) -> None:
        if not text and self._model is not None and self._model.found.text:
            self.intended.emit(FindCalls())

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid() and self._rows.rowCount():
            self.list.setCurrentIndex(self._rows.index(0, 0))

    def _read_on(self) -> None:
        """Ask for the pages that are in view, or next to it, each once."""
        if self._model is None or not self._model.found.total:
            return
        first, last = self.list.visible_range()
        lacking = tuple(page for page in self._model.lacks(first, last) if page not in self._asked)
        if lacking:
            self._asked.update(lacking)
            self.intended.emit(ReadPages(self._model.found.serial, lacking))
