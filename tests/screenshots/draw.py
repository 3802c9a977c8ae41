"""Draws states with the real widgets on Qt's offscreen platform; no Pillow, only QPainter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import DARK, LIGHT, Colors, Theme, Type
from cti_desktop.desktop.ui.tray import state_icon
from cti_desktop.desktop.viewmodels.connection import Health
from tests.helpers import situations
from tests.screenshots import day_states
from tests.screenshots.__main__ import AT_ALL_SCALES
from tests.screenshots.states import State, all_states

DESKTOPS: Final = {"light": "#dce3eb", "dark": "#0d1016"}
THEMES: Final[dict[str, Colors]] = {"light": LIGHT, "dark": DARK}
_SHEET_COLUMNS: Final = 6
_CELL: Final = QSize(330, 400)


def draw(out: Path, scale: str, only: str) -> int:
    """Draw all states that are due at `scale`; the contact sheet comes with the largest scale."""
    app = QApplication([])
    theme = Theme(app)
    drawn: list[tuple[str, QPixmap]] = []
    for name, colors in THEMES.items():
        theme.use(colors)
        for state in (*all_states(), *day_states.all_states()):
            if only in state.name and (scale == "200" or state.name in AT_ALL_SCALES):
                picture = picture_of(state, theme, DESKTOPS[name])
                picture.save(str(out / f"{state.name}-{name}-{scale}.png"))
                drawn.append((f"{state.name} · {name}", picture))
        picture = tray_strip(DESKTOPS[name])
        picture.save(str(out / f"tray-{name}-{scale}.png"))
    if scale == "200":
        sheet(drawn).save(str(out / "contact-sheet.png"))
    return 0


def picture_of(state: State, theme: Theme, desktop: str) -> QPixmap:
    """Everything that is on the screen in `state`, on a plain desktop."""
    screen = QtScreen(lambda _intent: None, theme=theme, zone=situations.ZONE, shield_ms=0)
    # Once without the calls, as nothing is news that was there at the start.
    screen.render(replace(state.situation, calls=(), prompt_order=()))
    screen.render(state.situation)
    if state.window:
        screen.window.show_page(state.page)
        screen.window.appear()
    else:
        screen.window.hide()
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
    shown: Sequence[QWidget] = [screen.window] if state.window else screen.popups()
    pixmap = compose(shown, desktop)
    screen.closed()
    QApplication.processEvents()
    return pixmap


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
        room = QSize(_CELL.width() - 20, _CELL.height() - 40)
        small = picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(1)
        painter.drawText(left + 10, top + 20, name)
        painter.drawPixmap(left + 10, top + 30, small)
    painter.end()
    return pixmap
