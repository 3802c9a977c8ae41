"""Arithmetic on colours written `#rrggbb`: contrast by WCAG 2, and mixing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

SHAPE: Final = 3.0
"""What WCAG AA asks of shapes."""
_LINEAR_UNTIL: Final = 0.03928


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """How bright a colour is, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@lru_cache(maxsize=256)
def shown_on(ground: str, color: str) -> str:
    """`color`, made brighter or darker until its shape shows on `ground`."""
    away = max(("#ffffff", "#000000"), key=lambda end: contrast(end, ground))
    shades = (mixed(color, away, tenths / 10) for tenths in range(11))
    return next((shade for shade in shades if contrast(shade, ground) >= SHAPE), away)


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_UNTIL else float(((channel + 0.055) / 1.055) ** 2.4)
