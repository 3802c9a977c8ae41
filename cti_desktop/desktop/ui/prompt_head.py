"""The head of a prompt: what is asked, how many more wait, and of whose call."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, TailLabel
from cti_desktop.desktop.ui.paint import Avatar
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.prompt import PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words

_AVATAR: Final = 36


class PromptHead(QWidget):
    """`turned`: to the next call that waits. `put_off`: by the × in the corner."""

    turned = Signal()
    put_off = Signal()

    def __init__(self, theme: Theme) -> None:
        """Of no call."""
        super().__init__()
        self._title = Label("heading")
        self._position = Button("chip")
        on_click(self._position, self.turned.emit)
        self.close_button = CloseButton(theme, words.LATER_HELP)
        on_click(self.close_button, self.put_off.emit)
        self._avatar = Avatar(theme, _AVATAR)
        self._name = TailLabel("strong")
        self._summary = ElidedLabel("muted")
        self._lay_out()

    def render_head(self, model: PromptModel) -> None:
        """Show `model`."""
        self._title.setText(model.title)
        self._position.set_caption(model.position, words.NEXT_HELP)
        self._position.setVisible(bool(model.position))
        self._avatar.show_caller(model.caller)
        self._name.show_tailed(model.caller.brief, model.caller.last_digits)
        self._summary.show_text(model.summary)

    def _lay_out(self) -> None:
        title, caller = QHBoxLayout(), QHBoxLayout()
        title.setSpacing(Space.S)
        title.addWidget(self._title)
        title.addWidget(self._position)
        title.addStretch(1)
        title.addWidget(self.close_button)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._summary)
        caller.setSpacing(Space.M)
        caller.addWidget(self._avatar)
        caller.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(title)
        column.addLayout(caller)
