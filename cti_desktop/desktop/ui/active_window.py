"""Which screen the window lies on that has the keyboard: X11 and Windows tell; elsewhere nobody does."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QScreen

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
    try:
        x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if display.value is None:
        return None
    try:
        return _middle_of_active(x11, display)
    finally:
        x11.XCloseDisplay(display)


def _middle_of_active(x11: ctypes.CDLL, display: ctypes.c_void_p) -> QPoint | None:
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    window = _active_window(x11, display, root)
    if not window:
        return None
    # From its own corner to the root's. A window that went away meanwhile is an error that Qt's own
    # handler swallows; then nothing is filled in, and the size stays 0.
    found, other = ctypes.c_ulong(), ctypes.c_ulong()
    x, y, left, top = (ctypes.c_int() for _ in range(4))
    width, height, border, depth = (ctypes.c_uint() for _ in range(4))
    ref = ctypes.byref
    drawable = ctypes.c_ulong(window)
    x11.XGetGeometry(
        display, drawable, ref(found), ref(x), ref(y), ref(width), ref(height), ref(border), ref(depth)
    )
    x11.XTranslateCoordinates(display, drawable, root, 0, 0, ref(left), ref(top), ref(other))
    if not width.value:
        return None
    return QPoint(left.value + width.value // 2, top.value + height.value // 2)


def _active_window(x11: ctypes.CDLL, display: ctypes.c_void_p, root: ctypes.c_ulong) -> int:
    atom = ctypes.c_ulong(x11.XInternAtom(display, b"_NET_ACTIVE_WINDOW", 0))
    kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    form = ctypes.c_int()
    value = ctypes.c_void_p()
    ref = ctypes.byref
    wanted = ctypes.c_ulong(_WINDOW_TYPE)
    zero, one = ctypes.c_long(0), ctypes.c_long(1)
    x11.XGetWindowProperty(
        display, root, atom, zero, one, 0, wanted, ref(kind), ref(form), ref(count), ref(rest), ref(value)
    )
    if value.value is None:
        return 0
    window = ctypes.cast(value, ctypes.POINTER(ctypes.c_ulong))[0] if count.value else 0
    x11.XFree(value)
    return int(window)
