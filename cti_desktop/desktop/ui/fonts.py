"""The fonts that come along, so that Latin and Devanagari look the same on every computer."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFontDatabase

from cti_desktop.assets import resource

# The second is Noto Sans Devanagari with Inter's figures, on Inter's line: see OFL.txt beside the files.
# Whatever neither has (emoji, other scripts) comes from the system.
FAMILIES: Final = ("Inter", "CTI Devanagari")
_FILES: Final = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "CTIDevanagari-Regular.otf",
    "CTIDevanagari-Bold.ttf",
)


def load() -> list[str]:
    """Make the fonts known to Qt, once per program. Returns the files that could not be used."""
    missing = []
    for name in _FILES:
        if name not in _loaded and QFontDatabase.addApplicationFont(str(resource("fonts") / name)) < 0:
            missing.append(name)
        _loaded.add(name)
    return missing


_loaded: Final[set[str]] = set()
