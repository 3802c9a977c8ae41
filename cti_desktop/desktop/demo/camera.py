"""Pictures of the agent's screen: every visible window where it is, on a plain desktop with a tray."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, QTime
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

BAR: Final = 32
_TRAY_ICON: Final = 22
_LIGHT: Final = (QColor("#E4E9F0"), QColor("#CBD5E1"))
_DARK: Final = (QColor("#1B2130"), QColor("#0B0F17"))


class Camera:
    """Takes numbered pictures into one folder."""

    def __init__(self, folder: Path, tray_icon: Callable[[], QIcon]) -> None:
        """`tray_icon` gives what the tray shows at that moment; offscreen there is no tray to show it."""
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
        self._folder = folder
        self._tray_icon = tray_icon
        self.taken: list[Path] = []

    def take(self, name: str) -> Path:
        """The screen as it is now, as `NN-name.png`."""
        path = self._folder / f"{len(self.taken) + 1:02}-{name}.png"
        if not picture(self._tray_icon()).save(str(path)):
            raise OSError(errno.EIO, "the picture can't be written", str(path))
        self.taken.append(path)
        return path


def picture(tray_icon: QIcon) -> QPixmap:
    """The primary screen with all visible windows of ours, at the screen's own resolution."""
    screen = QGuiApplication.primaryScreen()
    area, scale = screen.geometry(), screen.devicePixelRatio()
    pixmap = QPixmap(area.size() * scale)
    pixmap.setDevicePixelRatio(scale)
    painter = QPainter(pixmap)
    painter.fillRect(QRect(0, 0, area.width(), area.height()), _backdrop(area))
    _paint_bar(painter, area.width(), tray_icon)
    for window in _windows():
        painter.drawPixmap(window.pos() - area.topLeft(), _grabbed(window, scale))
    painter.end()
    return pixmap


def _paint_bar(painter: QPainter, width: int, tray_icon: QIcon) -> None:
    """The desktop's bar at the top, with the tray at its end."""
    painter.fillRect(QRect(0, 0, width, BAR), QColor("#0F172A"))
    painter.setPen(QColor("#E2E8F0"))
    clock = QRect(width - 64, 0, 56, BAR)
    painter.drawText(clock, Qt.AlignmentFlag.AlignCenter, QTime.currentTime().toString("HH:mm"))
    tray_icon.paint(painter, QRect(width - 92, (BAR - _TRAY_ICON) // 2, _TRAY_ICON, _TRAY_ICON))


def _windows() -> list[QWidget]:
    """Visible windows, those that stay on top last."""
    visible = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    return sorted(visible, key=lambda w: bool(w.windowFlags() & Qt.WindowType.WindowStaysOnTopHint))


def _grabbed(window: QWidget, scale: float) -> QPixmap:
    """One window; what it leaves clear stays clear."""
    pixmap = QPixmap(window.size() * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    window.render(pixmap)
    return pixmap


def _backdrop(area: QRect) -> QLinearGradient:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    gradient = QLinearGradient(QPointF(0, 0), QPointF(area.width(), area.height()))
    for position, color in enumerate(_DARK if dark else _LIGHT):
        gradient.setColorAt(position, color)
    return gradient
