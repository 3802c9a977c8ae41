"""The input for a promised call back: natural shortcuts and an exact time."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.core.follow_up import from_wall, to_wall
from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.choices import ChoiceButton
from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import Label, field_label, set_look
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.follow_up import FollowUp
from cti_desktop.desktop.viewmodels.words import prompts as words


class FollowUpField(QWidget):
    """Emits `chosen` with a datetime or None, `wanted` when a click asks for the keyboard."""

    chosen = Signal(object)
    wanted = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme, zone: tzinfo | None) -> None:
        """Closed: only a button that opens it."""
        super().__init__()
        self._theme = theme
        self._zone = zone
        self._model: FollowUp | None = None
        self._is_open = False
        self._edit = self._build_edit()
        self._label = field_label(words.FOLLOW_UP, self._edit)
        self._edit.setAccessibleName(words.FOLLOW_UP_TIME)
        self._when = Label("muted")
        self.error = Label("error", wraps=True)
        self._open = Button("link")
        self._open.set_caption(words.ADD_FOLLOW_UP, words.ADD_FOLLOW_UP_HELP)
        on_click(self._open, self._unfold)
        self._none = Button("link", words.NO_FOLLOW_UP)
        on_click(self._none, partial(self._choose, None))
        self._shortcuts = QWidget()
        self._flow = FlowLayout(self._shortcuts, gap=Space.S - 2)
        self._buttons: list[ChoiceButton] = []
        self._other = ChoiceButton(theme, "option")
        self._other.show_choice(words.OTHER_TIME)
        on_click(self._other, self._choose_other)
        self._chained = 0
        self._shown: datetime | None = None
        self._wants_edit = False
        self._lay_out()

    def reset(self) -> None:
        """Another call: closed, unless its draft has a time already."""
        self._is_open = self._wants_edit = False

    def render_follow_up(self, model: FollowUp, error: str) -> None:
        """Show `model`."""
        self._model = model
        is_open = self._is_open or model.needed or model.at is not None or bool(error)
        self._open.setVisible(not is_open)
        for widget in (self._label, self._shortcuts):
            widget.setVisible(is_open)
        # An input always shows some time: it must not look chosen before it is.
        self._edit.setVisible(model.at is not None)
        self._other.setVisible(model.at is None)
        self._none.setVisible(is_open and not model.needed)
        self._label.setText(words.FOLLOW_UP_NEEDED if model.needed else words.FOLLOW_UP)
        self._when.show_text(model.text if is_open else "")
        self.error.show_text(error)
        set_look(self._edit, "wrong", bool(error))
        self._render_shortcuts(model)
        self._render_edit(model)

    def open_and_focus(self) -> None:
        """For the keyboard."""
        self._unfold()
        target = (
            self._edit if not self._edit.isHidden() else self._buttons[0] if self._buttons else self._other
        )
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_edit(self) -> QDateTimeEdit:
        edit = QDateTimeEdit()
        edit.setDisplayFormat(languages.date_time_pattern())
        edit.setCalendarPopup(True)
        edit.dateTimeChanged.connect(self._on_edit)
        for part in (edit, edit.lineEdit()):
            part.installEventFilter(self)
        return edit

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._label)
        head.addWidget(self._when)
        head.addStretch(1)
        head.addWidget(self._none)
        opener = QHBoxLayout()
        opener.addWidget(self._open)
        opener.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S - 2)
        column.addLayout(opener)
        column.addLayout(head)
        column.addWidget(self._shortcuts)
        column.addWidget(self._edit)
        column.addWidget(self.error)

    def _render_shortcuts(self, model: FollowUp) -> None:
        for index, shortcut in enumerate(model.shortcuts):
            if index == len(self._buttons):
                button = ChoiceButton(self._theme, "option")
                on_click(button, partial(self._choose_shortcut, index))
                self._flow.addWidget(button)
                self._buttons.append(button)
            self._buttons[index].show_choice(shortcut.label, chosen=shortcut.chosen)
        self._flow.removeWidget(self._other)
        self._flow.addWidget(self._other)
        if len(self._buttons) != self._chained:  # Tab goes on as the eye does
            self._chained = len(self._buttons)
            for before, after in pairwise((self._open, *self._buttons, self._other, self._edit)):
                QWidget.setTabOrder(before, after)

    def _render_edit(self, model: FollowUp) -> None:
        """While the agent is editing it, the time shown is theirs."""
        if model.at is None:
            return
        wall = to_wall(model.at, self._zone)
        self._shown = wall.replace(second=0, microsecond=0)
        shown = QDateTime(QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute))
        if not self._edit.hasFocus() and self._edit.dateTime() != shown:
            self._edit.blockSignals(True)
            self._edit.setDateTime(shown)
            self._edit.blockSignals(False)
        if self._wants_edit:
            self._wants_edit = False
            self.wanted.emit(self._edit)

    def _unfold(self) -> None:
        self._is_open = True
        if self._model is not None:
            self.render_follow_up(self._model, self.error.full_text())
        self.opened.emit()

    def _choose_shortcut(self, index: int) -> None:
        if self._model is not None:
            self._choose(self._model.shortcuts[index].at)

    def _choose_other(self) -> None:
        """Begin with a likely time, and let the agent change it."""
        if self._model is not None:
            self._wants_edit = True
            self._choose(self._model.suggested)

    def _on_edit(self, shown: QDateTime) -> None:
        naive = shown.toPython()
        assert isinstance(naive, datetime)  # noqa: S101 - what Qt documents
        if naive != self._shown:  # Enter reports what was there before, without its seconds
            self._shown = naive
            self._choose(from_wall(naive, self._zone))

    def _choose(self, at: datetime | None) -> None:
        if at is None:
            self._is_open = False
        self.chosen.emit(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into the time is the wish to type."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.wanted.emit(self._edit)
        return super().eventFilter(watched, event)
