"""A page of the main window: a list, what stands there while it is empty, and buttons for the current row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cti_desktop.assets import resource
from cti_desktop.desktop.intents import DiscardParked
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.confirm import ConfirmBar
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.rows import RowList
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.window import Row
from cti_desktop.desktop.viewmodels.words import windows as words

_MARK = 44


class ListPage(QWidget):
    """Emits what the agent wants of a row."""

    intended = Signal(object)

    def __init__(self, theme: Theme, name: str, empty: tuple[str, str], *, picks: bool = False) -> None:
        """`empty`: title and text while there are no rows. `picks`: there is always a current row."""
        super().__init__()
        self.list = RowList(theme, name, picks=picks)
        self.list.opened.connect(self._on_open)
        self.list.picked.connect(self._render_actions)
        self._open = Button("primary")
        on_click(self._open, self._open_current)
        self._discard = Button("secondary")
        self._discard.set_caption(words.DISCARD, mnemonic=True)
        on_click(self._discard, self._ask_to_discard)
        self._confirm = ConfirmBar()
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(_empty(*empty))
        self._lay_out()
        self.show_rows(())

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`."""
        self.list.show_rows(rows)
        self._pages.setCurrentIndex(0 if rows else 1)
        self._render_actions()

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setContentsMargins(Space.S, 0, Space.S, 0)
        actions.addStretch(1)
        actions.addWidget(self._discard)
        actions.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._pages, 1)
        column.addWidget(self._confirm)
        column.addLayout(actions)

    def _render_actions(self) -> None:
        row = self.list.current()
        label = row.opens_label if row else ""
        self._open.set_caption(label, mnemonic=True)
        self._open.setVisible(bool(label))
        self._discard.setVisible(bool(row and row.discards))

    def _on_open(self, row: Row) -> None:
        if row.opens is not None:
            self.intended.emit(row.opens)

    def _open_current(self) -> None:
        if row := self.list.current():
            self._on_open(row)

    def _ask_to_discard(self) -> None:
        row = self.list.current()
        if row is not None and row.discards:
            discarded = row.discards
            self._confirm.ask(
                words.DISCARD_SURE, words.YES_DISCARD, lambda: self.intended.emit(DiscardParked(discarded))
            )


def _empty(title: str, detail: str) -> QWidget:
    page = QWidget()
    mark, heading, text = Label(), Label("heading"), Label("muted", wraps=True)
    mark.setPixmap(QIcon(str(resource("icons/mark-off.svg"))).pixmap(_MARK, _MARK, QIcon.Mode.Disabled))
    heading.setText(title)
    text.setText(detail)
    column = QVBoxLayout(page)
    column.setContentsMargins(Space.XL * 2, 0, Space.XL * 2, Space.XL)
    column.setSpacing(Space.S)
    column.addStretch(1)
    for label in (mark, heading, text):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)
    column.addStretch(1)
    return page
