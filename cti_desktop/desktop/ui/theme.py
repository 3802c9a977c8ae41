"""The look: tokens for colour, space, radius and type, light and dark, and the one style sheet made of them.

Follows the system live. Widgets that paint by themselves read `Theme.colors`; none has colours of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from cti_desktop.assets import resource
from cti_desktop.desktop import branding
from cti_desktop.desktop.colours import contrast, mixed
from cti_desktop.desktop.ui import fonts
from cti_desktop.desktop.viewmodels.card import Tone


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour, as `#rrggbb`. `callers` has one per caller hue, to be written on with `on_caller`."""

    backdrop: str
    surface: str
    sunken: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    chip: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    alert: str
    alert_soft: str
    shadow: str
    shadow_percent: int
    callers: tuple[str, ...]
    on_caller: str

    def of_tone(self, tone: Tone) -> str:
        """The colour of a state's words and dot."""
        return {
            Tone.RINGING: self.good,
            Tone.TALKING: self.accent,
            Tone.QUIET: self.muted,
            Tone.ALERT: self.alert,
            Tone.GOOD: self.good,
        }[tone]


_OUR_LIGHT: Final = Colors(
    backdrop="#f3f5f9",
    surface="#ffffff",
    sunken="#f6f8fb",
    hover="#eef2f8",
    pressed="#e3e9f2",
    border="#dfe4ec",
    border_strong="#8592a6",
    text="#0f172a",
    muted="#566175",
    disabled="#9aa4b5",
    accent="#1d5fd1",
    accent_hover="#1a54ba",
    accent_pressed="#164aa3",
    on_accent="#ffffff",
    accent_soft="#e8f0fe",
    chip="#edf1f6",
    good="#0b7443",
    good_soft="#e3f5eb",
    warn="#8a4b0b",
    warn_soft="#fdf1dc",
    alert="#b42318",
    alert_soft="#fdecea",
    shadow="#0f172a",
    shadow_percent=100,
    callers=("#1d5fd1", "#6d3fc4", "#0f766e", "#b0265f", "#9a4a0c", "#2f6b2f", "#3f51b5", "#475569"),
    on_caller="#ffffff",
)

_OUR_DARK: Final = Colors(
    backdrop="#14171d",
    surface="#1d2129",
    sunken="#242a34",
    hover="#2a313d",
    pressed="#333b49",
    border="#353c49",
    border_strong="#78849a",
    text="#f4f6fa",
    muted="#a6b0c0",
    disabled="#6b7587",
    accent="#6ea0ff",
    accent_hover="#86b0ff",
    accent_pressed="#9cbfff",
    on_accent="#0b1220",
    accent_soft="#1f2f4d",
    chip="#2c333f",
    good="#5bd49b",
    good_soft="#17392a",
    warn="#f9c365",
    warn_soft="#3a2d14",
    alert="#ff938a",
    alert_soft="#43211f",
    shadow="#000000",
    shadow_percent=220,
    callers=("#7aa8ff", "#b79cff", "#4fd1c2", "#ff8fb8", "#f5ae6d", "#8fd48f", "#9fb0ff", "#b3bfd1"),
    on_caller="#0b1220",
)


def accented(colors: Colors, accent: str) -> Colors:
    """`colors` with a team lead's accent, and what follows from it. With its own accent: as it is."""
    if accent == colors.accent:
        return colors
    # What is pressed moves away from what is written on it.
    away = "#000000" if colors.on_accent == "#ffffff" else "#ffffff"
    return replace(
        colors,
        accent=accent,
        accent_hover=mixed(accent, away, 0.12),
        accent_pressed=mixed(accent, away, 0.24),
        accent_soft=mixed(colors.surface, accent, 0.12 if away == "#000000" else 0.25),
    )


LIGHT: Final = accented(_OUR_LIGHT, branding.current().accent)
DARK: Final = accented(_OUR_DARK, branding.current().accent_dark)


class Space:
    """Distances, in device-independent pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20


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
    """The look in use. Emits `changed` after the system switched between light and dark."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Dress `app`, and follow the system from now on."""
        super().__init__(app)
        self._app = app
        self.colors = LIGHT
        fonts.load()
        app.setStyle("Fusion")
        app.setFont(Type.BODY.font())
        self._follow(app.styleHints().colorScheme())
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colors is DARK

    def use(self, colors: Colors) -> None:
        """Dress everything in `colors`."""
        self.colors = colors
        self._app.setPalette(_palette(colors))
        self._app.setStyleSheet(style_sheet(colors))
        self.changed.emit()

    def caller(self, hue: int) -> str:
        """The colour of a caller."""
        return self.colors.callers[hue % len(self.colors.callers)]

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self.use(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)


def style_sheet(colors: Colors) -> str:
    """The style sheet with `colors` in it."""
    source = resource("style.qss").read_text(encoding="utf-8")
    tokens = {f.name: getattr(colors, f.name) for f in fields(colors)}
    icons = resource("icons").as_posix()
    sizes = {f"type_{t.name.lower()}": f"{t.pixels}px" for t in Type}
    return Template(source).substitute(
        tokens, icons=icons, scheme="dark" if colors is DARK else "light", **sizes
    )


def readable_on(fill: str) -> str:
    """Black or white, whichever reads better on `fill`."""
    return max(("#ffffff", "#0b1220"), key=lambda ink: contrast(ink, fill))


def _palette(colors: Colors) -> QPalette:
    """For what the style sheet doesn't reach: tooltips, menus, selections, the calendar."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.backdrop,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.sunken,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.Button: colors.surface,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.muted,
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
