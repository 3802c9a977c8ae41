"""Which screen the window lies on that has the keyboard: X11 and Windows tell; elsewhere nobody does."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QScreen

from cti_desktop.desktop.ui.work_area import native
from cti_desktop.desktop.ui.x11 import XServer


def screen_of_active_window() -> QScreen | None:
    """None where it can't be known."""
    middle: QPoint | None = None
    if sys.platform == "win32":
        middle = _middle_on_windows()
    elif QGuiApplication.platformName() == "xcb":
        middle = _middle_on_x11()
    return next((s for s in QGuiApplication.screens() if middle and native(s).contains(middle)), None)


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
    windows = server.numbers(server.root.value, b"_NET_ACTIVE_WINDOW") if server is not None else []
    if server is None or not windows or not windows[0]:
        return None
    # From its own corner to the root's. A window that went away meanwhile is an error that Qt's own
    # handler swallows; then nothing is filled in, and the size stays 0.
    found, other = ctypes.c_ulong(), ctypes.c_ulong()
    x, y, left, top = (ctypes.c_int() for _ in range(4))
    width, height, border, depth = (ctypes.c_uint() for _ in range(4))
    lib, display, ref = server.lib, server.display, ctypes.byref
    drawable = ctypes.c_ulong(windows[0])
    lib.XGetGeometry(
        display, drawable, ref(found), ref(x), ref(y), ref(width), ref(height), ref(border), ref(depth)
    )
    lib.XTranslateCoordinates(display, drawable, server.root, 0, 0, ref(left), ref(top), ref(other))
    if not width.value:
        return None
    return QPoint(left.value + width.value // 2, top.value + height.value // 2)
