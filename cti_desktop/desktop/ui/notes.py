"""The input for notes: grows with its text, asks for the keyboard on a click, knows a prompt's keys.

And the same with its name, its key and what is wrong with it, as a prompt has it.
"""

from __future__ import annotations

from typing import Final, Self

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.labels import KeyHint, Label, field_label, set_look
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.prompt import PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words

KEYS: Final = "Alt+N"
_LINES: Final = (2, 6)


class NotesEdit(QPlainTextEdit):
    """Plain text only. `wanted`: a click; `submitted`: Ctrl+Enter; `left`: Esc; `edited`: by the agent."""

    wanted = Signal()
    submitted = Signal()
    left = Signal()
    edited = Signal(str)
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._loading = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_change)
        self._fit()

    def load(self, text: str) -> None:
        """Show `text` without reporting it as the agent's."""
        if text == self.toPlainText():
            return
        self._loading = True
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)  # where it is written on
        self._loading = False

    def go_on(self, text: str) -> Self:
        """Take `text` over as the agent's, to be written on."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        return self

    def with_line(self, text: str) -> str:
        """What is written, and `text` below it."""
        return "\n".join(part for part in (self.toPlainText(), text) if part)

    def add_line(self, text: str) -> None:
        """Take `text` over as the agent's last line; nothing, if it is empty."""
        if text:
            self.go_on(self.with_line(text))

    def sizeHint(self) -> QSize:
        """As high as the text, within bounds."""
        line = self.fontMetrics().lineSpacing()
        least, most = _LINES
        lines = max(least, min(most, int(self.document().size().height())))
        return QSize(super().sizeHint().width(), lines * line + 20)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the text is the wish to write."""
        self.wanted.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter and Esc belong to the prompt."""
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_change(self) -> None:
        self._fit()
        if not self._loading:
            self.edited.emit(self.toPlainText())

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.maximumHeight() or height != self.minimumHeight():
            self.setFixedHeight(height)
            self.grew.emit()


class NotesField(QWidget):
    """A prompt's: whether notes are needed, and what is wrong with them."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.edit = NotesEdit()
        self.edit.setPlaceholderText(words.NOTES_HINT)
        self._label = field_label(words.NOTES, self.edit)
        self._error = Label("error", wraps=True)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(KeyHint(KEYS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S - 2)
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addWidget(self._error)

    def render_notes(self, model: PromptModel) -> None:
        """Show `model`. What is being written stays."""
        self._label.setText(words.NOTES_NEEDED if model.notes_needed else words.NOTES)
        self.edit.setReadOnly(model.saving)
        self.edit.setAccessibleDescription(model.errors.notes)
        self._error.show_text(model.errors.notes)
        set_look(self.edit, "wrong", bool(model.errors.notes))
