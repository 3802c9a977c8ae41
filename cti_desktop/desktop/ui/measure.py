"""How high content is, before it was ever on the screen, and how large a window may be there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLayout, QWidget

# Of a screen's height and width, so that a title bar fits, too.
_OF_SCREEN: Final = 0.9
# Somebody has shown or hidden the widget on purpose.
_DECIDED: Final = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


def freshen(root: QWidget) -> None:
    """Make everything in `root` measure itself anew.

    Qt does so by itself only for what was on the screen before; cards are measured before they are shown.
    """
    for widget in [*reversed(root.findChildren(QWidget)), root]:
        if not (widget.isWindow() or widget.testAttribute(_DECIDED)):
            widget.show()  # new in a window that is up: Qt would count it from the next turn of the loop on
        widget.ensurePolished()
        if (layout := widget.layout()) is not None:
            layout.invalidate()
            layout.activate()
        widget.updateGeometry()


def height_at(layout: QLayout, width: int) -> int:
    """How high the content of `layout` is at `width`."""
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )


def within_screen(window: QWidget, wanted: QSize) -> QSize:
    """`wanted`, or less where the screen is low: at 200 % a notebook's has room for 450 pixels."""
    return wanted.boundedTo(window.screen().availableSize() * _OF_SCREEN)
