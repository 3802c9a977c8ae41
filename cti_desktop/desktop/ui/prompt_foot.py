"""The foot of a prompt: whose call it is once more, and the ways out: put it off, till a time, or save."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import Label, TailLabel
from cti_desktop.desktop.ui.paint import Dot
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.prompt import Later, PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words


class PromptFoot(QWidget):
    """`put_off` with when to ask again or None; `saved`."""

    put_off = Signal(object)
    saved = Signal()

    def __init__(self, theme: Theme) -> None:
        """Of no call."""
        super().__init__()
        self._later_model = Later("", "")
        self._swatch = Dot(theme, side=10)
        self._whose = TailLabel("muted")
        self._again = Button("secondary")
        self._again.set_caption("⋯", words.LATER_MENU_HELP)
        self._again.setAccessibleName(words.LATER_MENU)
        self._again.setProperty("kind", "slim")
        on_click(self._again, self.offer_times)
        self._later = Button("narrow")
        on_click(self._later, lambda: self.put_off.emit(None))
        self._save = Button("primary")
        on_click(self._save, self.saved.emit)
        self._keys = Label("hint")
        self._keys.setText(
            words.saves(QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText))
        )
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._whose)
        texts.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._swatch)
        row.addLayout(texts, 1)
        for button in (self._again, self._later, self._save):
            row.addWidget(button)

    def render_foot(self, model: PromptModel) -> None:
        """Show whose call it is, and what can be done."""
        self._later_model = model.later
        self._whose.show_tailed(model.caller.brief, model.caller.last_digits)
        self._later.set_caption(model.later.label, model.later.help)
        self._again.setVisible(bool(model.later.choices))
        self._save.setEnabled(not model.saving)
        self._keys.setVisible(not model.saving)
        self._save.set_caption(words.SAVING if model.saving else words.SAVE, words.SAVE_HELP)

    def set_color(self, color: str) -> None:
        """The caller's colour: a draft belongs to its call."""
        self._swatch.set_color(color)

    def offer_times(self) -> None:
        """When to be asked again."""
        if not self._later_model.choices:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, until in self._later_model.choices:
            menu.addAction(label, partial(self.put_off.emit, until))
        menu.popup(self._again.mapToGlobal(self._again.rect().topLeft()))
