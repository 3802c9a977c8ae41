"""Every colour, as tokens: light, dark, and both for who needs high contrast. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cti_desktop.desktop import branding
from cti_desktop.desktop.colours import contrast, mixed
from cti_desktop.desktop.viewmodels.card import Tone

_AAA: Final = 7.0


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour, as `#rrggbb`. `callers` has one per caller hue, to be written on with `on_caller`.

    `outline` is around what has a ground of its own; it is seen in high contrast only.
    """

    backdrop: str
    surface: str
    sunken: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    outline: str
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
            Tone.WARN: self.warn,
        }[tone]


_OUR_LIGHT: Final = Colors(
    backdrop="#f3f5f9",
    surface="#ffffff",
    sunken="#f6f8fb",
    hover="#eef2f8",
    pressed="#e3e9f2",
    border="#dfe4ec",
    border_strong="#7d8aa0",
    outline="transparent",
    text="#0f172a",
    muted="#566175",
    disabled="#626e84",
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
    outline="transparent",
    text="#f4f6fa",
    muted="#a6b0c0",
    disabled="#939eb0",
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


def sharpened(colors: Colors) -> Colors:
    """`colors` for who needs high contrast: black and white, borders like text, WCAG AAA for every word."""
    ground, ink = ("#ffffff", "#000000") if colors.on_accent == "#ffffff" else ("#000000", "#ffffff")

    # What is chosen; also what is written on it can be read.
    chosen = mixed(ground, ink, 0.16)

    def read(color: str) -> str:
        while min(contrast(color, ground), contrast(color, chosen)) < _AAA:
            color = mixed(color, ink, 0.1)
        return color

    return replace(
        colors,
        backdrop=ground,
        surface=ground,
        sunken=ground,
        hover=mixed(ground, ink, 0.12),
        pressed=mixed(ground, ink, 0.2),
        border=ink,
        border_strong=ink,
        outline=ink,
        text=ink,
        muted=ink,
        disabled=read(colors.disabled),
        accent=read(colors.accent),
        accent_hover=read(colors.accent_hover),
        accent_pressed=read(colors.accent_pressed),
        on_accent=ground,
        accent_soft=chosen,
        chip=ground,
        good=read(colors.good),
        good_soft=ground,
        warn=read(colors.warn),
        warn_soft=ground,
        alert=read(colors.alert),
        alert_soft=ground,
        callers=tuple(read(color) for color in colors.callers),
        on_caller=ground,
    )


LIGHT: Final = accented(_OUR_LIGHT, branding.current().accent)
DARK: Final = accented(_OUR_DARK, branding.current().accent_dark)
SHARP_LIGHT: Final = sharpened(LIGHT)
SHARP_DARK: Final = sharpened(DARK)
