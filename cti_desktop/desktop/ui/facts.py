"""The panel of a card: what is known of the caller, a line each, its name beside it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.card import Fact

_ONE_LINE: Final = 10_000


class FactsPanel(QFrame):
    """Hidden while nothing is known. Keeps its labels: a pop must not wait for new ones."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setProperty("role", "panel")
        self._lines: list[tuple[Label, Label]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.M + 2, Space.M, Space.M + 2, Space.M)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S - 2)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these, in this order."""
        while len(self._lines) < len(facts):
            self._add_line()
        for row, (label, text) in enumerate(self._lines):
            fact = facts[row] if row < len(facts) else Fact("", "")
            label.show_text(fact.label)
            text.show_text(fact.text)
            text.set_tone(fact.tone.value if fact.tone else "")
            if fact.text:  # the name stands on the line of the first words beside it
                text.ensurePolished()
                label.setFixedHeight(text.heightForWidth(_ONE_LINE))
        self.setVisible(bool(facts))

    def _add_line(self) -> None:
        label, text = Label("muted"), Label("body", wraps=True)
        row = len(self._lines)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        self._lines.append((label, text))
