"""The line of a card that asks whether two entries are one person's, and takes a merge back. Owns no call."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.core.errands import Errand
from cti_desktop.desktop.intents import Wish
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.naming import NamingModel
from cti_desktop.desktop.viewmodels.words import callers as words
from cti_desktop.desktop.wishes import merged_contacts, parted_contacts, unmerged_contacts


class Sameness(QWidget):
    """`intended` is emitted with each `Wish`."""

    def __init__(self, intended: SignalInstance) -> None:
        """Hidden."""
        super().__init__()
        self._intended = intended
        self._model: NamingModel | None = None
        self._text = Label("muted", wraps=True)
        self._trouble = Label("error", wraps=True)
        self._merge = self._button(words.MERGE, words.MERGE_HELP, lambda m: self._judged(m, merged_contacts))
        self._part = self._button(
            words.NOT_SAME, words.NOT_SAME_HELP, lambda m: self._judged(m, parted_contacts)
        )
        self._undo = self._button(words.UNDO, "", self._taken_back)
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(self._text, 1)
        for button in (self._merge, self._part, self._undo):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(line)
        column.addWidget(self._trouble)
        self.hide()

    def show_sameness(self, model: NamingModel | None) -> None:
        """Ask what `model` asks, tell what it tells."""
        self._model = model
        asks = model is not None and model.same is not None
        tells = model is not None and bool(model.merged)
        self._text.show_text(
            (model.same.question if model.same is not None else model.merged) if model is not None else ""
        )
        self._trouble.show_text(model.trouble if model is not None else "")
        for button, wanted in ((self._merge, asks), (self._part, asks), (self._undo, tells)):
            button.setVisible(wanted)
        self.setVisible(model is not None and (asks or tells or bool(model.trouble)))

    def _button(self, text: str, tip: str, act: Callable[[NamingModel], Errand | None]) -> Button:
        button = Button("link")
        button.set_caption(text, tip)

        def wish() -> None:
            errand = act(self._model) if self._model is not None else None
            if errand is not None:
                self._intended.emit(Wish(errand))

        on_click(button, wish)
        return button

    @staticmethod
    def _judged(model: NamingModel, judge: Callable[[str, str, str, str], Errand]) -> Errand | None:
        same = model.same
        return judge(str(uuid4()), model.call_id, same.keep, same.other) if same is not None else None

    @staticmethod
    def _taken_back(model: NamingModel) -> Errand | None:
        return unmerged_contacts(str(uuid4()), model.call_id, model.merge) if model.merge else None
