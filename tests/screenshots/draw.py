"""Draws states with the real widgets on Qt's offscreen platform; no Pillow, only QPainter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.theme import DARK, LIGHT, SHARP_DARK, SHARP_LIGHT, Colors, Theme, Type
from cti_desktop.desktop.ui.tray import state_icon
from cti_desktop.desktop.viewmodels.connection import Health
from tests.helpers import pseudo
from tests.screenshots import acted_states
from tests.screenshots.fitting import unfitting
from tests.screenshots.showing import Stage, every_state

LANGUAGES: Final = ("en", "hi")
DESKTOPS: Final = {"light": "#dce3eb", "dark": "#0d1016"}
THEMES: Final[dict[str, Colors]] = {"light": LIGHT, "dark": DARK}
# In English at 100 % only: what differs is the colours, or the side from which one reads.
SHARP: Final[dict[str, Colors]] = {"sharp-light": SHARP_LIGHT, "sharp-dark": SHARP_DARK}
MIRRORED: Final = "rtl"
_SHEET_COLUMNS: Final = 6
_CELL: Final = QSize(330, 400)


@dataclass
class Drawing:
    """The pictures of one scale, their sheets, and what does not fit."""

    theme: Theme
    out: Path
    scale: str
    only: str
    unfit: list[str] = field(default_factory=list)

    def sheet(self, language: str, themes: dict[str, Colors], name: str) -> None:
        """All states in these themes, and one sheet of them, a state's themes side by side."""
        drawn: dict[str, list[tuple[str, QPixmap]]] = {}
        for look, colors in themes.items():
            self.theme.use(colors)
            with Stage(self.theme) as stage:
                for state in (*every_state(), *acted_states.of_qt()):
                    if self.only not in state.name:
                        continue
                    with stage.showing(state) as windows:
                        picture = compose(windows, DESKTOPS["dark" if self.theme.is_dark else "light"])
                        self.note(state.name, language, windows)
                    picture.save(str(self.out / f"{state.name}-{language}-{look}-{self.scale}.png"))
                    drawn.setdefault(state.name, []).append((f"{state.name} · {look}", thumbnail(picture)))
        contact_sheet([one for looks in drawn.values() for one in looks]).save(
            str(self.out / f"contact-sheet-{name}-{self.scale}.png")
        )

    def note(self, state: str, language: str, windows: Sequence[QWidget]) -> None:
        """What does not fit."""
        ours = [window for window in windows if not isinstance(window, QMenu)]
        found = [complaint for window in ours for complaint in unfitting(window)]
        self.unfit += [f"{state} {language} {self.scale} %: {complaint}" for complaint in found]


def draw(out: Path, scale: str, only: str) -> int:
    """Draw all states at `scale`, in every language and theme, and contact sheets. 1: something is cut."""
    app = QApplication([])
    drawing = Drawing(Theme(app), out, scale, only)
    for language in LANGUAGES:
        languages.use(language)
        drawing.sheet(language, THEMES, language)
    if scale == "100":
        languages.use("en")
        drawing.sheet("en", SHARP, "sharp")
        with pseudo.spoken(app, Qt.LayoutDirection.RightToLeft):
            drawing.sheet(MIRRORED, {"light": LIGHT}, MIRRORED)
    for name, desktop in DESKTOPS.items():
        tray_strip(desktop).save(str(out / f"tray-{name}-{scale}.png"))
    for complaint in dict.fromkeys(drawing.unfit):
        print(complaint)  # noqa: T201 - for the person
    return 1 if drawing.unfit else 0


def fit(language: str) -> int:
    """Put up all states in one language, without a picture. 1: something is cut, and said."""
    drawing = Drawing(Theme(QApplication([])), Path(), "", "")
    languages.use(language)
    with Stage(drawing.theme) as stage:
        for state in every_state():
            with stage.showing(state) as windows:
                drawing.note(state.name, language, windows)
    print("\n".join(drawing.unfit))  # noqa: T201 - for the person
    return 1 if drawing.unfit else 0


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
        painter.setOpacity(widget.windowOpacity())
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


def contact_sheet(drawn: list[tuple[str, QPixmap]]) -> QPixmap:
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
