"""Bars across a window: a question before something that can't be undone, and notices. No dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.labels import Label, set_look
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.window import NoticeModel
from cti_desktop.desktop.viewmodels.words import windows as words


class ConfirmBar(QFrame):
    """Hidden until it asks; Esc and Cancel mean no."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self.setProperty("role", "bar")
        self._act: Callable[[], None] | None = None
        self._text = Label("body", wraps=True)
        self._no = Button("secondary")
        self._no.set_caption(words.CANCEL, mnemonic=True)
        self._yes = Button("danger")
        on_click(self._no, self.hide)
        on_click(self._yes, self._confirmed)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addStretch(1)
        buttons.addWidget(self._no)
        buttons.addWidget(self._yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self.hide()

    def ask(self, question: str, yes: str, act: Callable[[], None]) -> None:
        """Ask; call `act` on yes."""
        self._act = act
        self._text.setText(question)
        self._yes.set_caption(yes, mnemonic=True)
        self.setAccessibleName(question)
        self.show()
        self._no.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is no."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _confirmed(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()


class NoticeBar(QFrame):
    """One notice with a × that calls `dismiss`."""

    def __init__(self, theme: Theme, dismiss: Callable[[], None], parent: QWidget | None = None) -> None:
        """Without words."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._text = Label("notice", wraps=True)
        close = CloseButton(theme, words.DISMISS)
        on_click(close, dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.addWidget(self._text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def show_notice(self, text: str, tone: str) -> None:
        """Say this, in the style sheet's colours for `tone`."""
        self._text.setText(text)
        self._text.set_tone(tone)
        self.setAccessibleName(text)
        set_look(self, "tone", tone)


class NoticeColumn(QWidget):
    """All notices, one below the other. `came`: a new one, by its code; `dismissed`: it was read."""

    came = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Without notices; takes no room then."""
        super().__init__()
        self._theme = theme
        self._bars: dict[str, NoticeBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.M, Space.M, 0)
        self._column.setSpacing(Space.S)
        self.hide()

    def show_notices(self, notices: tuple[NoticeModel, ...]) -> None:
        """Show these, and no others."""
        wanted = {notice.code for notice in notices}
        for code in [c for c in self._bars if c not in wanted]:
            bar = self._bars.pop(code)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(notices))
        for notice in notices:
            if is_new := notice.code not in self._bars:
                bar = NoticeBar(self._theme, partial(self.dismissed.emit, notice.code), self)
                self._bars[notice.code] = bar
                self._column.addWidget(bar)
                bar.show()
            self._bars[notice.code].show_notice(notice.text, notice.tone.value)
            if is_new:
                self.came.emit(notice.code)
