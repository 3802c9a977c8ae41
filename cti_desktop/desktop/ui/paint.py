"""What is painted by hand: the shell of a card with its shadow, avatars, dots. All from tokens."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cti_desktop.desktop.ui.theme import Colors, Radius, Theme, Type
from cti_desktop.desktop.viewmodels.caller import CallerModel
from cti_desktop.desktop.viewmodels.card import Tone

SHADOW: Final = 16
"""Room around a card for its shadow."""
EDGE: Final = 5
"""Width of the coloured edge."""
_SHADOW_DROP: Final = 4
_SHADOW_REACH: Final = SHADOW - _SHADOW_DROP
# Of each of the shapes that make it; together they come to about a fifth.
_SHADOW_ALPHA: Final = 0.016
_CORNER: Final = SHADOW + Radius.CARD + _SHADOW_DROP


def shell(
    size: QSize, ratio: float, colors: Colors, edge: str, *, shadow: bool, active: bool = False
) -> QPixmap:
    """A card's ground, `size` with the margin for the shadow, at `ratio` device pixels per pixel.

    `active`: it has the keyboard, and a ring says so.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(QRect(0, 0, size.width(), size.height())).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    if shadow:
        _shadow(painter, size, ratio, colors)
    else:  # the mask cuts the corners: no half-transparent pixel may remain
        painter.fillRect(body, QColor(colors.border_strong))
    border = colors.border if shadow else colors.border_strong
    line = QPen(QColor(colors.accent), 2) if active else QPen(QColor(border), 1)
    _ground(painter, body, colors, edge, line)
    painter.end()
    return pixmap


def _shadow(painter: QPainter, size: QSize, ratio: float, colors: Colors) -> None:
    """The corners of a shadow that is drawn once, and its sides drawn out to `size`."""
    tile = _shadow_tile(ratio, colors)
    for left, width, from_left, wide in _thirds(size.width()):
        for top, height, from_top, high in _thirds(size.height()):
            source = QRectF(from_left * ratio, from_top * ratio, wide * ratio, high * ratio)
            painter.drawImage(QRectF(left, top, width, height), tile, source)


def _thirds(length: int) -> tuple[tuple[int, int, int, int], ...]:
    """Corner, side and corner: begin and length, and begin and length on the tile."""
    side = length - 2 * _CORNER
    return (
        (0, _CORNER, 0, _CORNER),
        (_CORNER, side, _CORNER, 1),
        (_CORNER + side, _CORNER, _CORNER + 1, _CORNER),
    )


@lru_cache(maxsize=8)
def _shadow_tile(ratio: float, colors: Colors) -> QImage:
    """The shadow of the smallest card: a lamp above, softer the further away."""
    side = 2 * _CORNER + 1
    tile = QImage(QSize(side, side) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ink = QColor(colors.shadow)
    thrown = QRectF(0, 0, side, side).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).translated(0, _SHADOW_DROP)
    for step in range(_SHADOW_REACH, -_SHADOW_DROP - 1, -1):  # what lies further in is under the card
        bell = 1 - (step / (_SHADOW_REACH + 1)) ** 2
        ink.setAlphaF(min(1.0, _SHADOW_ALPHA * bell * bell * colors.shadow_percent / 100))
        painter.setBrush(ink)
        radius = Radius.CARD + step
        painter.drawRoundedRect(thrown.adjusted(-step, -step, step, step), radius, radius)
    painter.end()
    return tile


def _ground(painter: QPainter, body: QRectF, colors: Colors, edge: str, border: QPen) -> None:
    outline, inset = QPainterPath(), border.widthF() / 2
    outline.addRoundedRect(body.adjusted(inset, inset, -inset, -inset), Radius.CARD, Radius.CARD)
    painter.setPen(border)
    painter.setBrush(QColor(colors.surface))
    painter.drawPath(outline)
    whole, strip = QPainterPath(), QPainterPath()
    whole.addRoundedRect(body, Radius.CARD, Radius.CARD)
    strip.addRect(QRectF(body.left(), body.top(), EDGE, body.height()))
    painter.fillPath(whole.intersected(strip), QColor(edge))


def avatar(painter: QPainter, box: QRectF, caller: CallerModel, theme: Theme, *, faded: bool = False) -> None:
    """A disc in the caller's colour with the initials, or a figure where nobody is known."""
    color = theme.caller(caller.hue, faded=faded)
    painter.drawImage(box.topLeft(), _disc(color, box.height(), painter.device().devicePixelRatioF()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(theme.colors.on_caller)
    if caller.initials:
        font = Type.STRONG.font()
        font.setPixelSize(round(box.height() * 0.36))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, caller.initials)
    else:
        _figure(painter, box, ink)


def shades(color: str) -> tuple[QColor, QColor]:
    """From what to what a disc goes: the caller's initials read on both."""
    return QColor(color).lighter(106), QColor(color).darker(108)


@lru_cache(maxsize=64)
def _disc(color: str, side: float, ratio: float) -> QImage:
    """Drawn once: a soft round edge costs more than all of the rest of a row."""
    disc = QImage(QSizeF(side, side).toSize() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    disc.setDevicePixelRatio(ratio)
    disc.fill(Qt.GlobalColor.transparent)
    box = QRectF(0, 0, side, side)
    blend = QLinearGradient(box.topLeft(), box.bottomRight())
    for end, shade in enumerate(shades(color)):
        blend.setColorAt(end, shade)
    painter = QPainter(disc)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend)
    painter.drawEllipse(box)
    painter.end()
    return disc


def _figure(painter: QPainter, box: QRectF, ink: QColor) -> None:
    side, middle = box.height(), box.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(middle.x(), middle.y() - side * 0.12), side * 0.14, side * 0.14)
    shoulders = QPainterPath()
    shoulders.addRoundedRect(
        QRectF(middle.x() - side * 0.24, middle.y() + side * 0.08, side * 0.48, side * 0.40),
        side * 0.22,
        side * 0.22,
    )
    cut = QPainterPath()
    cut.addRect(QRectF(box.left(), middle.y() + side * 0.26, side, side))
    painter.drawPath(shoulders.subtracted(cut))


class Avatar(QWidget):
    """The caller's disc as a widget. Says nothing to screen readers: the name stands beside it."""

    def __init__(self, theme: Theme, side: int, parent: QWidget | None = None) -> None:
        """`side` is its width and height."""
        super().__init__(parent)
        self._theme = theme
        self._caller: CallerModel | None = None
        self._faded = False
        self.setFixedSize(side, side)
        theme.changed.connect(self.update)

    def show_caller(self, caller: CallerModel, *, faded: bool = False) -> None:
        """Draw this caller from now on."""
        if (caller, faded) != (self._caller, self._faded):
            self._caller, self._faded = caller, faded
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc."""
        if self._caller is not None:
            painter = QPainter(self)
            avatar(painter, QRectF(self.rect()), self._caller, self._theme, faded=self._faded)
            painter.end()


class Dot(QWidget):
    """The small disc that carries a state's colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, side: int = 9) -> None:
        """In the quiet colour until told otherwise."""
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone | None = None
        self._color = ""
        self.setFixedSize(side, side)
        theme.changed.connect(self.update)

    def set_tone(self, tone: Tone) -> None:
        """Take the colour of a state."""
        self._tone, self._color = tone, ""
        self.update()

    def set_color(self, color: str) -> None:
        """Take a colour of the catalogue's."""
        self._tone, self._color = None, color
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._fill()))
        painter.drawEllipse(QRectF(self.rect()))
        painter.end()

    def _fill(self) -> str:
        if self._color:
            return self._theme.outcome(self._color)
        return self._theme.colors.of_tone(self._tone) if self._tone else self._theme.colors.muted
