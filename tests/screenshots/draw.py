"""Draws states with the real widgets on Qt's offscreen platform; no Pillow, only QPainter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.theme import DARK, LIGHT, Colors, Theme, Type
from cti_desktop.desktop.ui.tray import state_icon
from cti_desktop.desktop.viewmodels.connection import Health
from tests.screenshots.showing import every_state, showing

LANGUAGES: Final = ("en", "hi")
DESKTOPS: Final = {"light": "#dce3eb", "dark": "#0d1016"}
THEMES: Final[dict[str, Colors]] = {"light": LIGHT, "dark": DARK}
_SHEET_COLUMNS: Final = 6
_CELL: Final = QSize(330, 400)


def draw(out: Path, scale: str, only: str) -> int:
    """Draw all states at `scale`, in every language and theme, and a contact sheet of each language."""
    app = QApplication([])
    theme = Theme(app)
    for language in LANGUAGES:
        languages.use(language)
        drawn: list[tuple[str, QPixmap]] = []
        for name, colors in THEMES.items():
            theme.use(colors)
            for state in every_state():
                if only in state.name:
                    with showing(state, theme) as windows:
                        picture = compose(windows, DESKTOPS[name])
                    picture.save(str(out / f"{state.name}-{language}-{name}-{scale}.png"))
                    drawn.append((f"{state.name} · {name}", thumbnail(picture)))
            tray_strip(DESKTOPS[name]).save(str(out / f"tray-{name}-{scale}.png"))
        sheet(drawn).save(str(out / f"contact-sheet-{language}-{scale}.png"))
    return 0


def compose(widgets: Sequence[QWidget], desktop: str) -> QPixmap:
    """The widgets where they stand, with some desktop around them."""
    area = QRect()
    for widget in widgets:
        area = area.united(widget.geometry())
    area.adjust(-8, -8, 8, 8)
    ratio = widgets[0].devicePixelRatioF()
    pixmap = QPixmap(area.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(desktop))
    painter = QPainter(pixmap)
    for widget in widgets:
        grabbed = QPixmap(widget.size() * ratio)
        grabbed.setDevicePixelRatio(ratio)
        grabbed.fill(Qt.GlobalColor.transparent)
        flags = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren
        widget.render(grabbed, QPoint(), QRegion(), flags)
        painter.drawPixmap(widget.geometry().topLeft() - area.topLeft(), grabbed)
    painter.end()
    return pixmap


def tray_strip(desktop: str) -> QPixmap:
    """The tray icon in all states, without and with something owed."""
    pixmap = QPixmap(8 * 80, 80)
    pixmap.fill(QColor(desktop))
    painter = QPainter(pixmap)
    for index, (health, owed) in enumerate((h, o) for h in Health for o in (0, 3)):
        icon = state_icon(health, owed)
        painter.drawPixmap(QRect(index * 80 + 4, 8, 48, 48), icon.pixmap(QSize(48, 48), 1.0))
        painter.drawPixmap(QRect(index * 80 + 56, 34, 22, 22), icon.pixmap(QSize(22, 22), 1.0))
    painter.end()
    return pixmap


def sheet(drawn: list[tuple[str, QPixmap]]) -> QPixmap:
    """All pictures, small, with their names."""
    rows = -(-len(drawn) // _SHEET_COLUMNS)
    pixmap = QPixmap(_SHEET_COLUMNS * _CELL.width(), max(1, rows) * _CELL.height())
    pixmap.fill(QColor("#ffffff"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setFont(Type.SMALL.font())
    for index, (name, picture) in enumerate(drawn):
        left = index % _SHEET_COLUMNS * _CELL.width()
        top = index // _SHEET_COLUMNS * _CELL.height()
        painter.drawText(left + 10, top + 20, name)
        painter.drawPixmap(left + 10, top + 30, picture)
    painter.end()
    return pixmap


def thumbnail(picture: QPixmap) -> QPixmap:
    """A picture as small as a cell of the sheet."""
    room = QSize(_CELL.width() - 20, _CELL.height() - 40)
    small = picture.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small.setDevicePixelRatio(1)
    return small
