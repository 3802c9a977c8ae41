"""The input for a promised call back: natural times to press, and a line to write any other time in."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cti_desktop.core.disposition import Fault
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.choices import ChoiceButton
from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import KeyHint, Label, field_label, set_look
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.follow_up import MAX_SHORTCUTS, FollowUp, read
from cti_desktop.desktop.viewmodels.words import prompts as words

OPEN: Final = "Alt+F"
CHOOSE: Final = tuple(f"Ctrl+{number}" for number in range(1, MAX_SHORTCUTS + 1))


class FollowUpField(QWidget):
    """`chosen`: a datetime or None. `wanted`: the keyboard, for the edit. `left`: Enter. `opened`: grew."""

    chosen = Signal(object)
    wanted = Signal(object)
    left = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, zone: tzinfo | None) -> None:
        """Closed: only a button that opens it."""
        super().__init__()
        self._theme = theme
        self._zone = zone
        self._model: FollowUp | None = None
        self._since_render = QElapsedTimer()
        self._is_open = False
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(words.FOLLOW_UP_HINT)
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._on_text)
        self.edit.returnPressed.connect(self._on_enter)
        self._label = field_label(words.FOLLOW_UP, self.edit)
        self.edit.setAccessibleName(words.FOLLOW_UP_TIME)
        self._when = Label("strong-small")
        self.error = Label("error", wraps=True)
        self._open = Button("link")
        self._open.set_caption(words.ADD_FOLLOW_UP, words.ADD_FOLLOW_UP_HELP)
        on_click(self._open, self.open_and_focus)
        self._none = Button("link", words.NO_FOLLOW_UP)
        on_click(self._none, self._give_up)
        self._keys = KeyHint(OPEN)
        self._shortcuts = QWidget()
        self._flow = FlowLayout(self._shortcuts, gap=Space.S - 2)
        self._buttons: list[ChoiceButton] = []
        self._lay_out()

    def reset(self) -> None:
        """Another call: closed, unless its draft has a time already."""
        self._is_open = False
        self.edit.clear()

    def render_follow_up(self, model: FollowUp, error: str) -> None:
        """Show `model`. What is being written stays."""
        self._model = model
        self._since_render.start()
        is_open = self._is_open or model.needed or model.at is not None or bool(error)
        self._closed.setVisible(not is_open)
        for widget in (self._head, self._shortcuts, self.edit):
            widget.setVisible(is_open)
        self._none.setVisible(not model.needed)
        self._label.setText(words.FOLLOW_UP_NEEDED if model.needed else words.FOLLOW_UP)
        self._when.show_text(model.text)
        self._complain(error or self._complaint(model.at, finished=not self.edit.hasFocus()))
        self._render_shortcuts(model)

    def open_and_focus(self) -> None:
        """For the keyboard."""
        self._is_open = True
        if self._model is not None:
            self.render_follow_up(self._model, self.error.full_text())
        self.opened.emit()
        self.wanted.emit(self.edit)

    def choose(self, index: int) -> None:
        """One of the natural times, where it is offered."""
        if self._model is not None and index < len(self._model.shortcuts) and self.edit.isVisible():
            self.edit.clear()
            self.chosen.emit(self._model.shortcuts[index].moment(self._now(), self._zone))

    def settle(self) -> bool:
        """Whether what is written is a time. If not, say so: a promise would be lost."""
        if self._model is None or not self.edit.text().strip():
            return True  # what else may be missing was said by the model
        self._complain(self._complaint(self._model.at, finished=True))
        return not self.error.full_text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into the time is the wish to write; leaving half a sentence is told."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.wanted.emit(self.edit)
        if event.type() == QEvent.Type.FocusOut and not self.settle():
            self.opened.emit()
        return super().eventFilter(watched, event)

    # --- building and rendering ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._closed, self._head = QWidget(), QWidget()
        for box, parts in (
            (self._closed, (self._open, KeyHint(OPEN))),
            (self._head, (self._label, self._none, self._keys)),
        ):
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Space.S)
            for part in parts:
                row.addWidget(part)
            row.insertStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S - 2)
        for widget in (self._closed, self._head, self._shortcuts, self.edit, self._when, self.error):
            column.addWidget(widget)

    def _render_shortcuts(self, model: FollowUp) -> None:
        for index, shortcut in enumerate(model.shortcuts):
            if index == len(self._buttons):
                button = ChoiceButton(self._theme, "option")
                on_click(button, partial(self.choose, index))
                self._flow.addWidget(button)
                self._buttons.append(button)
            self._buttons[index].show_choice(shortcut.label, chosen=shortcut.chosen)
            self._buttons[index].setAccessibleDescription(CHOOSE[index])
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(model.shortcuts))
        self._keys.show_run(CHOOSE[: len(model.shortcuts)])

    def _complain(self, error: str) -> None:
        self.error.show_text(error)
        set_look(self.edit, "wrong", bool(error))
        self.edit.setAccessibleDescription(error)

    def _complaint(self, at: datetime | None, *, finished: bool) -> str:
        """What can't be read may not be complete yet; a time that is over will stay so."""
        if not self.edit.text().strip():
            return ""
        if self._read() is None:
            return words.fault("follow_up_at", Fault.UNKNOWN) if finished else ""
        return words.fault("follow_up_at", Fault.IN_THE_PAST) if at and at <= self._now() else ""

    # --- what the agent does ------------------------------------------------------------------------------

    def _now(self) -> datetime:
        """The relay's clock, counted on since the last render: `in 45m` is from now on."""
        assert self._model is not None  # noqa: S101 - nothing can be written before the first render
        return self._model.now + timedelta(milliseconds=self._since_render.elapsed())

    def _read(self) -> datetime | None:
        return read(self.edit.text(), self._now(), self._zone)

    def _on_text(self) -> None:
        self._complain("")
        self.chosen.emit(self._read())

    def _on_enter(self) -> None:
        (self.left if self.settle() else self.opened).emit()

    def _give_up(self) -> None:
        self.reset()
        self.chosen.emit(None)
