"""Where the pop-ups stand: in the corner of the screen that the pointer was on, never over one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.popup import Popup

# No smaller than the shadow: a neighbour's invisible margin must not swallow clicks.
GAP: Final = paint.SHADOW


def places(sizes: Sequence[QSize], area: QRect) -> list[QRect]:
    """Where cards of these sizes go in `area`: from the bottom right corner upwards.

    A full column continues in a new one to the left. A card too high for `area` keeps its top visible.
    """
    found: list[QRect] = []
    right, bottom, column_width = area.right() + 1 - GAP, area.bottom() + 1 - GAP, 0
    for size in sizes:
        if bottom - size.height() < area.top() + GAP and column_width:
            right, bottom, column_width = right - column_width - GAP, area.bottom() + 1 - GAP, 0
        top = max(area.top() + GAP, bottom - size.height())
        left = max(area.left() + GAP, right - size.width())
        found.append(QRect(QPoint(left, top), size))
        bottom = top - GAP
        column_width = max(column_width, size.width())
    return found


class Stack(QObject):
    """Places pop-ups and keeps them on one screen for as long as any is up."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._popups: tuple[Popup, ...] = ()
        self._screen: QScreen | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there are no pop-ups without one
        app.screenRemoved.connect(self._on_screen_removed)

    @property
    def room(self) -> int:
        """How high a card may be."""
        return self._area().height() - 2 * GAP

    def arrange(self, popups: Sequence[Popup]) -> None:
        """Place `popups`, the first nearest to the corner, and show those that are hidden."""
        if not self._popups:
            self._choose_screen()
        self._popups = tuple(popups)
        sizes = [popup.visible_rect().size() for popup in popups]
        for popup, place in zip(popups, places(sizes, self._area()), strict=True):
            corner = place.topLeft() - QPoint(paint.SHADOW, paint.SHADOW)
            if not popup.isVisible():
                popup.move(corner)
                popup.appear()
            elif popup.pos() != corner:
                popup.move(corner)
                popup.raise_shield()

    def _choose_screen(self) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._again)
        self._screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        self._screen.availableGeometryChanged.connect(self._again)

    def _area(self) -> QRect:
        screen = self._screen or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def _again(self) -> None:
        self.arrange(self._popups)

    def _on_screen_removed(self, screen: QScreen) -> None:
        if screen is self._screen:
            self._screen = None
            self._choose_screen()
            self._again()
