"""The row of a card's buttons. Knows their looks and order; what they do is the card's affair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.card import Button as ButtonModel
from cti_desktop.desktop.viewmodels.card import CardAction


class ActionBar(QWidget):
    """`chosen` says which action. Keeps its buttons: a pop must not wait for new ones."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Without buttons."""
        super().__init__()
        self._buttons: dict[CardAction, Button] = {}
        self._order: list[CardAction] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)

    def show_buttons(self, models: tuple[ButtonModel, ...]) -> None:
        """Show these, in this order."""
        wanted = [model.action for model in models]
        for model in models:
            button = self._buttons.get(model.action) or self._new_button(model.action)
            button.set_kind("primary" if model.primary else "secondary")
            button.set_caption(model.label, model.help)
        if wanted != self._order:
            self._order = wanted
            for action in wanted:  # each to the end, in their order
                self._row.removeWidget(self._buttons[action])
                self._row.addWidget(self._buttons[action])
        for model in models:
            self._row.setStretchFactor(self._buttons[model.action], int(model.primary))
        for action, button in self._buttons.items():
            button.setVisible(action in wanted)
        self.setVisible(bool(models))

    def offers(self, action: CardAction) -> bool:
        """Whether the call has this button, be it hidden just now."""
        return action in self._order

    def hide_button(self, action: CardAction) -> None:
        """Take one away until the next `show_buttons`."""
        if action in self._buttons:
            self._buttons[action].hide()

    def caption(self, action: CardAction, text: str) -> None:
        """Have a button say something else until the next `show_buttons`."""
        self._buttons[action].set_caption(text)

    def _new_button(self, action: CardAction) -> Button:
        button = Button()
        on_click(button, partial(self.chosen.emit, action))
        self._buttons[action] = button
        return button
