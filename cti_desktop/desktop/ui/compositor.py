"""Whether the desktop blends windows. Without that, a card's shadow would be a black frame."""

from __future__ import annotations

import ctypes
import ctypes.util

from PySide6.QtGui import QGuiApplication


def blends_windows() -> bool:
    """True where half-transparent pixels show what lies behind. On X11 it depends on the window manager."""
    return QGuiApplication.platformName() != "xcb" or _has_x11_compositor()


def _has_x11_compositor() -> bool:
    """Ask the X server who owns the compositing manager's selection of the first screen."""
    try:
        x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display.value is None:
        return False
    atom = ctypes.c_ulong(x11.XInternAtom(display, b"_NET_WM_CM_S0", 0))
    owner = x11.XGetSelectionOwner(display, atom)
    x11.XCloseDisplay(display)
    return bool(owner)
