"""How high content is, before it was ever on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def freshen(root: QWidget) -> None:
    """Make everything in `root` measure itself anew.

    Qt does so by itself only for what was on the screen before; cards are measured before they are shown.
    """
    for widget in [*reversed(root.findChildren(QWidget)), root]:
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
