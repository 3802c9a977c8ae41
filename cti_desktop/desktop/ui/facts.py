"""The panel of a card: what is known of the caller, a line each, its name beside it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.card import Fact

_ONE_LINE: Final = 10_000


class FactsPanel(QFrame):
    """Hidden while nothing is known."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setProperty("role", "panel")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.M + 2, Space.M, Space.M + 2, Space.M)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S - 2)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these, in this order."""
        while item := self._grid.takeAt(0):
            remove(item.widget())
        for row, fact in enumerate(facts):
            label, text = Label("muted"), Label("body", wraps=True)
            label.setText(fact.label)
            text.setText(fact.text)
            text.set_tone(fact.tone.value if fact.tone else "")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
            text.ensurePolished()  # the name stands on the line of the first words beside it
            label.setFixedHeight(text.heightForWidth(_ONE_LINE))
        self.setVisible(bool(facts))


def remove(widget: QWidget | None) -> None:
    """Take a widget out of its layout and its window, for good."""
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
