"""Small buttons that show a drawing instead of words; the words are their name and tooltip."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QWidget

from cti_desktop.desktop.ui.labels import plain_tip
from cti_desktop.desktop.ui.theme import Theme

_SIDE: Final = 28
_INK: Final = 1.5
_JOIN: Final = Qt.PenJoinStyle.RoundJoin


class Glyph(Enum):
    """What is drawn, on a field of 12 by 12."""

    COLLAPSE = "collapse"
    EXPAND = "expand"
    PIN = "pin"
    OPEN = "open"
    SETTINGS = "settings"


class IconButton(QPushButton):
    """Like the × of a card. `set_on` draws it in the accent colour: pressed in, as a pin is."""

    def __init__(self, theme: Theme, glyph: Glyph, name: str, parent: QWidget | None = None) -> None:
        """`name` is read aloud and shown as the tooltip."""
        super().__init__(parent)
        self._theme = theme
        self._glyph = glyph
        self._on = False
        self.setProperty("kind", "icon")
        self.setAutoDefault(False)
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name(name)
        theme.changed.connect(self.update)

    def name(self, name: str) -> None:
        """Say what it does now."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))

    def set_on(self, *, on: bool) -> None:
        """Draw it pressed in, or not."""
        if on != self._on:
            self._on = on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's ground, and the drawing on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        color = QColor(colors.accent if self._on else colors.text if self.underMouse() else colors.muted)
        painter.setPen(QPen(color, _INK, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, _JOIN))
        box = QRectF(0, 0, 12, 12)
        box.moveCenter(QRectF(self.rect()).center())
        painter.translate(box.topLeft())
        if self._on:
            painter.setBrush(color)
        _DRAWN[self._glyph](painter)
        painter.end()


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _collapse(painter: QPainter) -> None:
    _line(painter, (1.5, 6), (10.5, 6))


def _expand(painter: QPainter) -> None:
    _line(painter, (2, 8), (6, 4), (10, 8))


def _pin(painter: QPainter) -> None:
    """A drawing pin from the side: head, neck, shoulders, needle."""
    neck = [(4.2, 0.8), (4.6, 4.4), (2.4, 7.2), (9.6, 7.2), (7.4, 4.4), (7.8, 0.8)]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in neck]))
    _line(painter, (3.2, 0.8), (8.8, 0.8))
    _line(painter, (6, 7.2), (6, 11.6))


def _open(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _line(painter, (4.5, 1.5), (1, 1.5), (1, 11), (10.5, 11), (10.5, 7.5))
    _line(painter, (6, 6), (11, 1))
    _line(painter, (7.5, 1), (11, 1), (11, 4.5))


def _settings(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for top, knob in ((2.0, 8.0), (6.0, 3.5), (10.0, 8.0)):
        _line(painter, (0.5, top), (knob - 1.5, top))
        painter.drawEllipse(QPointF(knob, top), 1.4, 1.4)
        _line(painter, (knob + 1.5, top), (11.5, top))


_DRAWN: Final[dict[Glyph, Callable[[QPainter], None]]] = {
    Glyph.COLLAPSE: _collapse,
    Glyph.EXPAND: _expand,
    Glyph.PIN: _pin,
    Glyph.OPEN: _open,
    Glyph.SETTINGS: _settings,
}
