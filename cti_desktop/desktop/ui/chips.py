"""Short remarks in a row that wraps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import ElidedLabel
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.card import Chip, Tone


class ChipRow(QWidget):
    """Hidden while there is nothing to remark."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._flow = FlowLayout(self, gap=Space.S - 2)
        self._labels: list[ElidedLabel] = []

    def show_chips(self, chips: tuple[Chip, ...], *, faded: bool = False) -> None:
        """Show these, in this order. `faded`: they matter no more."""
        self.setVisible(bool(chips))
        while len(self._labels) > len(chips):
            spare = self._labels.pop()
            spare.hide()
            spare.setParent(None)
            spare.deleteLater()
        for index, chip in enumerate(chips):
            if index == len(self._labels):
                label = ElidedLabel("chip")
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                self._flow.addWidget(label)
                self._labels.append(label)
            self._labels[index].setText(chip.text)
            tone = Tone.QUIET if faded else chip.tone
            self._labels[index].set_tone(tone.value if tone else "")
