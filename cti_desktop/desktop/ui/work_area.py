"""The part of a screen that no panel covers. On X11, Qt knows of panels while there is one screen only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen

from cti_desktop.desktop.ui.x11 import XServer

_STRUT_LENGTH: Final = 12


def work_area(screen: QScreen) -> QRect:
    """Where windows may stand on `screen`."""
    server = XServer.opened() if QGuiApplication.platformName() == "xcb" else None
    if server is None or len(QGuiApplication.screens()) == 1:
        return screen.availableGeometry()
    root = QRect()
    for each in QGuiApplication.screens():
        root = root.united(native(each))
    whole = native(screen)
    area = whole
    for strut in _struts(server):
        area = without(area, strut, root)
    ratio = screen.devicePixelRatio()
    return QRect(whole.topLeft() + (area.topLeft() - whole.topLeft()) / ratio, area.size() / ratio)


def native(screen: QScreen) -> QRect:
    """Qt scales a screen's size, but leaves its corner where the system has it."""
    area = screen.geometry()
    return QRect(area.topLeft(), area.size() * screen.devicePixelRatio())


def without(area: QRect, strut: Sequence[int], root: QRect) -> QRect:
    """`area` without the panel that reserves `strut`, a `_NET_WM_STRUT_PARTIAL`, at the edges of `root`.

    What takes more than half of `area` is the panel of another screen, which lies behind this one.
    """
    left, right, top, bottom, *ends = strut
    right, bottom = root.right() + 1 - right, root.bottom() + 1 - bottom  # where the panels there begin
    found = QRect(area)
    if _meet(ends[0:2], area.top(), area.bottom()) and root.left() + left <= area.center().x():
        found.setLeft(max(area.left(), root.left() + left))
    if _meet(ends[2:4], area.top(), area.bottom()) and right > area.center().x():
        found.setRight(min(area.right(), right - 1))
    if _meet(ends[4:6], area.left(), area.right()) and root.top() + top <= area.center().y():
        found.setTop(max(area.top(), root.top() + top))
    if _meet(ends[6:8], area.left(), area.right()) and bottom > area.center().y():
        found.setBottom(min(area.bottom(), bottom - 1))
    return found


def _meet(ends: Sequence[int], begin: int, end: int) -> bool:
    return ends[0] <= end and ends[1] >= begin


def _struts(server: XServer) -> list[list[int]]:
    clients = server.numbers(server.root.value, b"_NET_CLIENT_LIST")
    found = (server.numbers(client, b"_NET_WM_STRUT_PARTIAL") for client in clients)
    return [strut for strut in found if len(strut) == _STRUT_LENGTH]
