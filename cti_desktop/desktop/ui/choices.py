"""Buttons to choose an outcome, a reason or a time with: key cap, colour, label."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from cti_desktop.desktop.ui.labels import plain_tip, set_look
from cti_desktop.desktop.ui.theme import Theme, Type, readable_on

# Side of the key cap, gap behind it, padding at both ends.
_SIZES: Final = {"choice": (20, 8, 9), "option": (16, 5, 5)}
_TICK: Final = 10
_TICK_GAP: Final = 4


class ChoiceButton(QPushButton):
    """An outcome: its key on a cap in its colour, and its label, cut where there is no room."""

    def __init__(self, theme: Theme, kind: str = "choice", parent: QWidget | None = None) -> None:
        """`kind` is `choice` for outcomes, `option` for the smaller ones below."""
        super().__init__(parent)
        self._theme = theme
        self._label = self._key = self._color = ""
        self._cap, self._gap, self._pad = _SIZES[kind]
        self.setProperty("kind", kind)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        wide = QSizePolicy.Policy.Expanding if kind == "choice" else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def show_choice(self, label: str, *, key: str = "", color: str = "", chosen: bool = False) -> None:
        """Show this choice. `color` is `#rrggbb`, empty for none."""
        self._label, self._key, self._color = label, key.upper(), color
        self.setAccessibleName(label)
        self.setAccessibleDescription(self._key)
        self.setChecked(chosen)
        set_look(self, "chosen", chosen)
        self.updateGeometry()
        self.update()

    def label(self) -> str:
        """The label as it was given."""
        return self._label

    def nextCheckState(self) -> None:
        """A click only asks: the model says what is chosen."""

    def sizeHint(self) -> QSize:
        """Room for cap and label."""
        self.ensurePolished()
        width = 2 * self._pad + self._indent() + self.fontMetrics().horizontalAdvance(self._label) + 2
        width += _TICK + _TICK_GAP if self.isChecked() else 0
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the cap and the beginning of the label."""
        return QSize(2 * self._pad + self._indent() + 24, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style sheet's ground, then cap and label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        if self._indent():
            self._paint_cap(painter)
        end = self._pad
        if self.isChecked():
            self._paint_tick(painter)
            end += _TICK + _TICK_GAP
        room = QRectF(self.rect()).adjusted(self._pad + self._indent(), 0, -end, 0)
        text = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        self.setToolTip(plain_tip(self._label) if text != self._label else "")
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.colors.text if self.isEnabled() else self._theme.colors.disabled))
        painter.setLayoutDirection(self.layoutDirection())
        # Beside its cap; in the middle where there is none.
        side = Qt.AlignmentFlag.AlignLeft if self._indent() else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(self._turned(room), Qt.AlignmentFlag.AlignVCenter | side, text)
        painter.end()

    def _indent(self) -> int:
        return self._cap + self._gap if self._key or self._color else 0

    def _turned(self, box: QRectF) -> QRectF:
        """`box` where the language that is read has it."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return box
        return box.translated(self.width() - box.left() - box.right(), 0)

    def _paint_tick(self, painter: QPainter) -> None:
        """Chosen is more than a colour, and no ring: a ring is where the keyboard is."""
        box = self._turned(QRectF(self.width() - self._pad - _TICK, self.height() / 2 - 4, _TICK, 8))
        painter.setPen(
            QPen(QColor(self._theme.colors.accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawPolyline(
            [box.topLeft() + QPointF(*spot) for spot in ((0.0, 4.5), (3.5, 8.0), (_TICK - 1.0, 0.5))]
        )

    def _paint_cap(self, painter: QPainter) -> None:
        colors = self._theme.colors
        cap = self._turned(QRectF(self._pad, (self.height() - self._cap) / 2, self._cap, self._cap))
        if not self._color:
            painter.setPen(QPen(QColor(colors.border_strong), 1))
            painter.setBrush(QColor(colors.surface))
            cap.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._color))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setFont((Type.KEY if self._color else Type.SMALL_KEY).font())
        painter.setPen(QColor(readable_on(self._color) if self._color else colors.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
