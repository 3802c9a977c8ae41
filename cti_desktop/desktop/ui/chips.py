"""Short remarks in a row that wraps."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import ElidedLabel
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.card import Chip


class ChipRow(QWidget):
    """Hidden while there is nothing to remark."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._flow = FlowLayout(self, gap=Space.S - 2)
        self._labels: list[ElidedLabel] = []

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these, in this order."""
        self.setVisible(bool(chips))
        while len(self._labels) > len(chips):
            spare = self._labels.pop()
            spare.hide()
            spare.setParent(None)
            spare.deleteLater()
        for index, chip in enumerate(chips):
            if index == len(self._labels):
                label = ElidedLabel("chip")
                label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                self._flow.addWidget(label)
                self._labels.append(label)
            self._labels[index].setText(chip.text)
            self._labels[index].set_tone(chip.tone.value if chip.tone else "")
