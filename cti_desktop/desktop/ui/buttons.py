"""Buttons of every kind: plain captions, accessible names, and never one that Enter presses by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from cti_desktop.desktop.ui.labels import plain_caption, plain_tip, set_look, spoken
from cti_desktop.desktop.ui.theme import Radius, Theme

# What the style sheet has around the words of a link: rows of them begin so much further out.
LINK_PADDING: Final = 2
_RING: Final = 2
_INSET: Final = 3


class Button(QPushButton):
    """A push button; `kind` is `primary`, `secondary`, `quiet`, `chip` or `link`."""

    def __init__(self, kind: str = "secondary", text: str = "", parent: QWidget | None = None) -> None:
        """`text` is shown as it is; use `set_caption` with `mnemonic` for our own words that have one."""
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Tab reaches it; a click must not move the focus away from the notes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_caption(text)

    def set_caption(self, text: str, tip: str = "", *, mnemonic: bool = False) -> None:
        """Show `text`; say `tip`, too, to whoever hovers or listens."""
        self.setText(text if mnemonic else plain_caption(text))
        self.setAccessibleName(spoken(text) if mnemonic else text)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleDescription(tip)

    def set_kind(self, kind: str) -> None:
        """Change the look."""
        set_look(self, "kind", kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the style sheet has it; where all of it is the accent, the ring of the keyboard lies inside."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), _RING))
            inside = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            painter.drawRoundedRect(inside, Radius.CONTROL - _INSET + 1, Radius.CONTROL - _INSET + 1)
            painter.end()


class CloseButton(QPushButton):
    """The × in a card's corner."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """`name` is read aloud and shown as the tooltip."""
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "icon")
        self.setAutoDefault(False)
        self.setFixedSize(QSize(28, 28))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name(name)

    def name(self, name: str) -> None:
        """Say what it does here."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's ground, and the cross on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self._theme.colors.text if self.underMouse() else self._theme.colors.muted)
        painter.setPen(QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        box = QRectF(0, 0, 9, 9)
        box.moveCenter(QRectF(self.rect()).center())
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
        painter.end()


def on_click(button: QPushButton, act: Callable[[], None]) -> None:
    """Call `act` on every click, without Qt's `checked` argument."""
    button.clicked.connect(lambda _checked=False: act())
