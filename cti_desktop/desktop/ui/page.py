"""A page of the main window: a list, what stands there while it is empty, and buttons for the current row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cti_desktop.assets import resource
from cti_desktop.desktop.intents import DiscardParked
from cti_desktop.desktop.ui.buttons import LINK_PADDING, Button, on_click
from cti_desktop.desktop.ui.confirm import ConfirmBar
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.rows import RowList
from cti_desktop.desktop.ui.services import Services
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.rows import Badge, Row
from cti_desktop.desktop.viewmodels.words import day
from cti_desktop.desktop.viewmodels.words import windows as words

_MARK = 44


class ListPage(QWidget):
    """Emits what the agent wants of a row."""

    intended = Signal(object)
    history_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        empty: tuple[str, str],
        *,
        picks: bool = False,
        rows: QAbstractItemModel | None = None,
    ) -> None:
        """`empty`: title and text while there are no rows. `picks`: there is always a current row.

        `rows`: see `RowList`; then call `rows_changed` instead of `show_rows`.
        """
        super().__init__()
        self.list = RowList(theme, name, picks=picks, rows=rows)
        self.list.opened.connect(self._on_open)
        self.list.picked.connect(self._render_actions)
        self._open = Button("primary")
        on_click(self._open, self._open_current)
        self._also = Button("secondary")
        on_click(self._also, self._do_also)
        self._history = Button("link")
        self._history.set_caption(day.CALLERS_CALLS, mnemonic=True)
        on_click(self._history, self._ask_for_history)
        self._discard = Button("secondary")
        self._discard.set_caption(words.DISCARD, mnemonic=True)
        on_click(self._discard, self._ask_to_discard)
        self._services = Services(self, self.intended)
        self._services.setContentsMargins(Space.S, 0, Space.S, 0)
        self._told = Label("muted", wraps=True)
        self._told.setContentsMargins(Space.S, 0, Space.S, 0)
        self._confirm = ConfirmBar()
        self._confirm.setProperty("role", "card")
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._empty = EmptyPage(*empty)
        self._pages.addWidget(self._empty)
        self._lay_out()
        self.show_rows(())

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`."""
        self.list.show_rows(rows)
        self.rows_changed()

    def rows_changed(self) -> None:
        """The list has other rows now."""
        page = 0 if self.list.model().rowCount() else 1
        if page != self._pages.currentIndex():
            self._pages.setCurrentIndex(page)
        self._render_actions()

    def set_empty(self, title: str, detail: str) -> None:
        """What stands there while there are no rows."""
        self._empty.say(title, detail)

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setContentsMargins(Space.S - LINK_PADDING, 0, Space.S, 0)
        actions.addWidget(self._history)
        actions.addStretch(1)
        actions.addWidget(self._discard)
        actions.addWidget(self._also)
        actions.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._pages, 1)
        column.addWidget(self._told)
        column.addWidget(self._services)
        column.addWidget(self._confirm)
        column.addLayout(actions)

    def _render_actions(self) -> None:
        row = self.list.current()
        label = row.opens_label if row else ""
        self._open.set_caption(label, mnemonic=True)
        self._open.setVisible(bool(label))
        self._discard.setVisible(bool(row and row.discards))
        self._also.set_caption(row.also_label if row else "", mnemonic=True)
        self._also.setVisible(bool(row and row.also_label))
        self._history.setVisible(bool(row and row.number))
        self._services.show_services(row.services if row else None)
        self._told.show_text(row.told if row else "")
        self._told.set_tone("alert" if row and row.badge_tone is Badge.ALERT and row.discards else "")

    def _on_open(self, row: Row) -> None:
        if row.opens is not None:
            self.intended.emit(row.opens)

    def _do_also(self) -> None:
        row = self.list.current()
        if row is not None and row.also is not None:
            self.intended.emit(row.also)

    def _ask_for_history(self) -> None:
        if row := self.list.current():
            self.history_wanted.emit(row.number)

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


class EmptyPage(QWidget):
    """What stands there while a list is empty."""

    def __init__(self, title: str, detail: str) -> None:
        """With these words."""
        super().__init__()
        mark, self._title, self._detail = Label(), Label("heading"), Label("muted", wraps=True)
        mark.setPixmap(QIcon(str(resource("icons/mark-off.svg"))).pixmap(_MARK, _MARK, QIcon.Mode.Disabled))
        self.say(title, detail)
        column = QVBoxLayout(self)
        # Narrow, for two lines of like length rather than one and a word.
        column.setContentsMargins(Space.XL * 4, 0, Space.XL * 4, Space.XL)
        column.setSpacing(Space.S)
        column.addStretch(1)
        for label in (mark, self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)

    def say(self, title: str, detail: str) -> None:
        """Other words."""
        self._title.setText(title)
        self._detail.setText(detail)
