"""Whether the desktop blends windows. Where not, a card's shadow would be a black frame, and none fades."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from cti_desktop.desktop.ui.x11 import XServer


def blends_windows() -> bool:
    """True where half-transparent pixels show what lies behind. On X11 it depends on the window manager."""
    return QGuiApplication.platformName() != "xcb" or _has_x11_compositor()


def fades_windows() -> bool:
    """Whether a window can be half-transparent as a whole. Wayland's can't."""
    return QGuiApplication.platformName() != "wayland" and blends_windows()


def _has_x11_compositor() -> bool:
    """Ask the X server who owns the compositing manager's selection of the first screen."""
    server = XServer.opened()
    return server is not None and bool(
        server.lib.XGetSelectionOwner(server.display, server.atom(b"_NET_WM_CM_S0"))
    )
