"""On macOS: displays that mirror one another, by CGDisplayIsInMirrorSet. Of a meeting, nobody tells."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_GRAPHICS: Final = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_MOST: Final = 16


def is_mirrored() -> bool:
    """Whether a display shows what another one shows."""
    if sys.platform == "darwin":
        graphics = ctypes.CDLL(_GRAPHICS)
        displays, count = (ctypes.c_uint32 * _MOST)(), ctypes.c_uint32()
        if not graphics.CGGetOnlineDisplayList(_MOST, displays, ctypes.byref(count)):
            return any(graphics.CGDisplayIsInMirrorSet(display) for display in displays[: count.value])
    return False
