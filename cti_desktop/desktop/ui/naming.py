"""The part of a card where a stranger gets a name, or one of several contacts is picked. Owns no call."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cti_desktop.desktop.intents import Wish
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.sameness import Sameness
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.naming import NamingModel
from cti_desktop.desktop.viewmodels.words import callers as words
from cti_desktop.desktop.wishes import chosen_contact, new_contact

_LONGEST = 120
# A name and a company.
Typed = tuple[str, str]


class NameEdit(QLineEdit):
    """One line. `wanted`: a click; `left`: Esc."""

    wanted = Signal()
    left = Signal()

    def mousePressEvent(self, event: object) -> None:
        """A click into the text is the wish to write."""
        self.wanted.emit()
        super().mousePressEvent(event)  # type: ignore[arg-type]  # Qt's

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Naming(QWidget):
    """Lives on a card, whose keyboard it asks for; Ctrl+N on the card opens it."""

    def __init__(self, card: Popup, intended: SignalInstance) -> None:
        """Empty, hidden. `intended` is emitted with each `Wish`."""
        super().__init__()
        self._card = card
        self._intended = intended
        QShortcut(QKeySequence("Ctrl+N"), card).activated.connect(self.begin)
        self._model: NamingModel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._picks: list[Button] = []
        self._repicks = False
        self._open = Button("link", words.ADD_CONTACT)
        on_click(self._open, self.begin)
        self._form = self._build_form()
        self._same = Sameness(intended)
        self._column.addWidget(self._same)
        self._column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._form)
        self.hide()

    def show_naming(self, model: NamingModel | None) -> None:
        """Show what can be settled; what is being typed stays while it is the same call's."""
        was, self._model = self._model, model
        if model is None or was is None or was.call_id != model.call_id:
            self._name.clear()
            self._company.clear()
            self._form.hide()
        while self._picks:
            button = self._picks.pop()
            button.hide()
            button.deleteLater()
        self.setVisible(model is not None and model.is_open)
        self._same.show_sameness(model)
        if model is None:
            return
        if was is None or was.call_id != model.call_id or not model.may_repick:
            self._repicks = False
        self._open.set_caption(words.SOMEBODY_ELSE if model.may_repick else words.ADD_CONTACT)
        self._open.setVisible(
            (model.can_add and self._form.isHidden()) or (model.may_repick and not self._repicks)
        )
        for pick in model.picks if self._repicks or not model.may_repick else ():
            button = Button("secondary", pick.text)
            button.set_caption(pick.text, words.PICK_HELP)
            on_click(button, partial(self._pick, pick.contact_id))
            self._column.addWidget(button)
            self._picks.append(button)

    @property
    def is_begun(self) -> bool:
        """Whether the form is open with something in it."""
        return not self._form.isHidden() and bool(self._name.text() or self._company.text())

    @property
    def typed(self) -> Typed | None:
        """What is half typed; None where nothing is."""
        return (self._name.text(), self._company.text()) if self.is_begun else None

    def go_on(self, typed: Typed) -> None:
        """Have the form open with `typed` in it, if the caller still has no name."""
        if self._model is not None and self._model.can_add:
            self._name.setText(typed[0])
            self._company.setText(typed[1])
            self._open.hide()
            self._form.show()
            self._card.fit()

    @property
    def has_focus(self) -> bool:
        """Whether the agent is at the form."""
        return self._name.hasFocus() or self._company.hasFocus()

    def begin(self) -> None:
        """Open the form, or the list of who else it may be. Nothing happens where the caller is known."""
        if self._model is not None and self._model.may_repick:
            self._repicks = True
            self.show_naming(self._model)
            self._card.fit()
        elif self._model is not None and self._model.can_add:
            self._open.hide()
            self._form.show()
            self._card.fit()
            self._card.take_keyboard(self._name)

    def _build_form(self) -> QWidget:
        self._name, self._company = NameEdit(), NameEdit()
        for edit, hint in ((self._name, words.NAME), (self._company, words.COMPANY)):
            edit.setPlaceholderText(hint)
            edit.setAccessibleName(hint)
            edit.setMaxLength(_LONGEST)
            edit.returnPressed.connect(self._save)
            edit.wanted.connect(partial(self._card.take_keyboard, edit))
            edit.left.connect(self._leave)
        save = Button("secondary", words.SAVE_CONTACT)
        on_click(save, self._save)
        form = QWidget()
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.S)
        rows.addWidget(self._name)
        line = QHBoxLayout()
        line.addWidget(self._company, 1)
        line.addWidget(save)
        rows.addLayout(line)
        form.hide()
        return form

    def _save(self) -> None:
        name = self._name.text().strip()
        if self._model is None or not name:
            self._name.setFocus()
            return
        model = self._model
        errand = new_contact(
            str(uuid.uuid4()), model.call_id, model.number, name, self._company.text().strip()
        )
        self._form.hide()
        self._card.leave_keyboard()
        self._intended.emit(Wish(errand))

    def _pick(self, contact_id: str) -> None:
        self._repicks = False
        if self._model is not None:
            self._intended.emit(Wish(chosen_contact(str(uuid.uuid4()), self._model.call_id, contact_id)))

    def _leave(self) -> None:
        self._form.hide()
        self._open.setVisible(self._model is not None and self._model.can_add)
        self._card.fit()
        self._card.leave_keyboard()
