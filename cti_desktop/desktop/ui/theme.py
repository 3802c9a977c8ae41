"""The look: tokens for colour, space, radius, type and time, light and dark, and the one style sheet of them.

Follows the system live. Widgets that paint by themselves read `Theme.colors`; none has colours of its own.
"""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from cti_desktop.assets import resource
from cti_desktop.desktop.colours import contrast, shown_on
from cti_desktop.desktop.ui import fonts
from cti_desktop.desktop.ui.palette import DARK, LIGHT, SHARP_DARK, SHARP_LIGHT, Colors, accented

__all__ = ["DARK", "LIGHT", "SHARP_DARK", "SHARP_LIGHT", "Colors", "accented"]


class Space:
    """Distances, in device-independent pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20


class Duration:
    """How long what moves does so, in milliseconds."""

    FADE: Final = 220


class Radius:
    """Corner radii. Never over half of the height: Qt would draw a square."""

    CARD: Final = 14
    CONTROL: Final = 8
    CHIP: Final = 10


class Type(Enum):
    """Text sizes in pixels and weights."""

    TITLE = (19, QFont.Weight.Bold)
    HEADING = (15, QFont.Weight.DemiBold)
    BODY = (14, QFont.Weight.Normal)
    STRONG = (14, QFont.Weight.DemiBold)
    SMALL = (13, QFont.Weight.Normal)
    SMALL_STRONG = (13, QFont.Weight.DemiBold)
    MICRO = (12, QFont.Weight.Normal)
    KEY = (12, QFont.Weight.Bold)
    SMALL_KEY = (10, QFont.Weight.DemiBold)

    @property
    def pixels(self) -> int:
        """The size."""
        return self.value[0]

    def font(self) -> QFont:
        """The font, in the family list of the program."""
        font = QFont(fonts.FAMILIES)
        font.setPixelSize(self.pixels)
        font.setWeight(self.value[1])
        return font


class Theme(QObject):
    """The look in use. Emits `changed` after the system chose other colours."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Dress `app`, and follow the system from now on."""
        super().__init__(app)
        self._app = app
        self.colors = LIGHT
        fonts.load()
        app.setStyle("Fusion")
        app.setFont(Type.BODY.font())
        hints = app.styleHints()
        self._follow(hints.colorScheme())
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(
            lambda _wish: self._follow(hints.colorScheme())
        )

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colors in (DARK, SHARP_DARK)

    def use(self, colors: Colors) -> None:
        """Dress everything in `colors`."""
        self.colors = colors
        self._app.setPalette(_palette(colors))
        self._app.setStyleSheet(style_sheet(colors))
        self.changed.emit()

    def caller(self, hue: int, *, faded: bool = False) -> str:
        """The colour of a caller. `faded`: of one who matters no more; initials still read on it."""
        return self.colors.disabled if faded else self.colors.callers[hue % len(self.colors.callers)]

    def outcome(self, color: str) -> str:
        """A colour of the team's list, so that it shows here, whatever theme it was picked for."""
        return shown_on(self.colors.chip, color)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self.use(colors_for(scheme, self._app.styleHints().accessibility().contrastPreference()))


def colors_for(scheme: Qt.ColorScheme, wish: Qt.ContrastPreference) -> Colors:
    """What the system asks for."""
    is_dark = scheme == Qt.ColorScheme.Dark
    if wish == Qt.ContrastPreference.HighContrast:
        return SHARP_DARK if is_dark else SHARP_LIGHT
    return DARK if is_dark else LIGHT


def style_sheet(colors: Colors) -> str:
    """The style sheet with `colors` in it."""
    source = resource("style.qss").read_text(encoding="utf-8")
    tokens = {f.name: getattr(colors, f.name) for f in fields(colors)}
    icons = resource("icons").as_posix()
    sizes = {f"type_{t.name.lower()}": f"{t.pixels}px" for t in Type}
    schemes = ("dark", "light") if colors in (DARK, SHARP_DARK) else ("light", "dark")
    return Template(source).substitute(
        tokens, icons=icons, scheme=schemes[0], other_scheme=schemes[1], **sizes
    )


def readable_on(fill: str) -> str:
    """Black or white, whichever reads better on `fill`."""
    return max(("#ffffff", "#0b1220"), key=lambda ink: contrast(ink, fill))


def _palette(colors: Colors) -> QPalette:
    """For what the style sheet doesn't reach: tooltips, menus, selections."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.backdrop,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.sunken,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.Button: colors.surface,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.disabled,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.on_accent,
        QPalette.ColorRole.ToolTipBase: colors.text,
        QPalette.ColorRole.ToolTipText: colors.surface,
        QPalette.ColorRole.Link: colors.accent,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.disabled))
    return palette
