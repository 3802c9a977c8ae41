"""Which screen the window lies on that has the keyboard: X11 and Windows tell; elsewhere nobody does."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QScreen

from cti_desktop.desktop.ui.x11 import XServer

_WINDOW_TYPE: Final = 33  # XA_WINDOW


def screen_of_active_window() -> QScreen | None:
    """None where it can't be known."""
    middle: QPoint | None = None
    if sys.platform == "win32":
        middle = _middle_on_windows()
    elif QGuiApplication.platformName() == "xcb":
        middle = _middle_on_x11()
    return next((s for s in QGuiApplication.screens() if middle and _native(s).contains(middle)), None)


def _native(screen: QScreen) -> QRect:
    """Qt scales a screen's size, but leaves its corner where the system has it."""
    ratio = screen.devicePixelRatio()
    area = screen.geometry()
    return QRect(area.topLeft(), area.size() * ratio)


if sys.platform == "win32":

    def _middle_on_windows() -> QPoint | None:
        rect = (ctypes.c_long * 4)()
        user32 = ctypes.windll.user32
        if not user32.GetWindowRect(ctypes.c_void_p(user32.GetForegroundWindow()), ctypes.byref(rect)):
            return None
        left, top, right, bottom = rect
        return QPoint((left + right) // 2, (top + bottom) // 2)


def _middle_on_x11() -> QPoint | None:
    server = XServer.opened()
    window = _active_window(server) if server is not None else 0
    if server is None or not window:
        return None
    # From its own corner to the root's. A window that went away meanwhile is an error that Qt's own
    # handler swallows; then nothing is filled in, and the size stays 0.
    found, other = ctypes.c_ulong(), ctypes.c_ulong()
    x, y, left, top = (ctypes.c_int() for _ in range(4))
    width, height, border, depth = (ctypes.c_uint() for _ in range(4))
    lib, display, ref = server.lib, server.display, ctypes.byref
    drawable = ctypes.c_ulong(window)
    lib.XGetGeometry(
        display, drawable, ref(found), ref(x), ref(y), ref(width), ref(height), ref(border), ref(depth)
    )
    lib.XTranslateCoordinates(display, drawable, server.root, 0, 0, ref(left), ref(top), ref(other))
    if not width.value:
        return None
    return QPoint(left.value + width.value // 2, top.value + height.value // 2)


def _active_window(server: XServer) -> int:
    lib, display, ref = server.lib, server.display, ctypes.byref
    atom = server.atom(b"_NET_ACTIVE_WINDOW")
    kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    form = ctypes.c_int()
    value = ctypes.c_void_p()
    wanted = ctypes.c_ulong(_WINDOW_TYPE)
    zero, one = ctypes.c_long(0), ctypes.c_long(1)
    lib.XGetWindowProperty(
        display,
        server.root,
        atom,
        zero,
        one,
        0,
        wanted,
        ref(kind),
        ref(form),
        ref(count),
        ref(rest),
        ref(value),
    )
    if value.value is None:
        return 0
    window = ctypes.cast(value, ctypes.POINTER(ctypes.c_ulong))[0] if count.value else 0
    lib.XFree(value)
    return int(window)
