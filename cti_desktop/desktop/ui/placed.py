"""A window that stands where it was put, and knows it: the ground of a pop-up's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QWidget

from cti_desktop.desktop.ui.focus import ReadInOrder

_ASK_AGAIN_MS: Final = 150


class Placed(ReadInOrder):
    """Asks once more where it stands elsewhere, or Qt says so; whoever moves it later has his way.

    Qt may look where it is while openbox is about to frame it, and then goes on to take it for elsewhere:
    menus and tooltips would open there.
    """

    def __init__(self, parent: QWidget | None, flags: Qt.WindowType) -> None:
        """Nowhere in particular."""
        super().__init__(parent, flags)
        self._placed: QPoint | None = None
        self._placing = QTimer(self, singleShot=True, interval=_ASK_AGAIN_MS)
        self._placing.timeout.connect(self._place_again)

    def place(self, corner: QPoint) -> None:
        """Move it there, with its shadow."""
        self._placed = corner
        self.move(corner)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Somebody or something moved it."""
        super().moveEvent(event)
        if self._placed is not None and event.pos() != self._placed:
            self._placing.start()

    def _place_again(self) -> None:
        corner, self._placed = self._placed, None
        if corner is not None and self.isVisible():
            self.move(corner)
