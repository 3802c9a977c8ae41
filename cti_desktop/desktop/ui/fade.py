"""The one thing that moves: a pop-up that goes by itself fades. When, and whether at all, others decide."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPropertyAnimation

from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.theme import Duration


class Fade(QPropertyAnimation):
    """Of one pop-up; `valueChanged` tells its opacity, from 1 to 0, where it stays until it is hidden."""

    def __init__(self, popup: Popup, parent: QObject) -> None:
        """Not begun."""
        super().__init__(popup, b"windowOpacity", parent)
        self._popup = popup
        self.setDuration(Duration.FADE)
        self.setStartValue(1.0)
        self.setEndValue(0.0)
        self.valueChanged.connect(self._tell)

    def hurry(self) -> None:
        """Be at the end at once."""
        self.setCurrentTime(self.duration())

    def call_off(self) -> None:
        """Stop, for good; the pop-up is as before."""
        self.stop()
        self._popup.setWindowOpacity(1.0)
        self.deleteLater()

    def _tell(self) -> None:
        """Paint a point: until something is painted, Qt keeps from an X server what it has to say."""
        self._popup.update(0, 0, 1, 1)
