"""The room between panels. With a real panel, on two screens: `tests/e2e/test_x11_session.py`."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from cti_desktop.desktop.ui.work_area import native, without, work_area

LEFT, RIGHT = QRect(0, 0, 1280, 800), QRect(1280, 0, 1920, 1080)
ROOT = QRect(0, 0, 3200, 1080)


@pytest.mark.parametrize(
    ("strut", "left", "right"),
    [
        ((0, 0, 0, 40, *[0] * 6, 1280, 3199), LEFT, QRect(1280, 0, 1920, 1040)),
        ((0, 0, 30, 0, *[0] * 4, 0, 1279, 0, 0), QRect(0, 30, 1280, 770), RIGHT),
        ((60, 0, 0, 0, 0, 799, *[0] * 6), QRect(60, 0, 1220, 800), RIGHT),
        ((0, 50, 0, 0, 0, 0, 0, 1079, *[0] * 4), LEFT, QRect(1280, 0, 1870, 1080)),
        # At the bottom of the lower screen: counted from the bottom of both.
        ((0, 0, 0, 320, *[0] * 6, 0, 1279), QRect(0, 0, 1280, 760), RIGHT),
        # Between the screens: from the edge beyond the other one, which keeps its room.
        ((1340, 0, 0, 0, 0, 1079, *[0] * 6), LEFT, QRect(1340, 0, 1860, 1080)),
        ((0,) * 12, LEFT, RIGHT),
    ],
)
def test_a_panel_takes_its_own_screens_edge(strut: tuple[int, ...], left: QRect, right: QRect) -> None:
    """Bottom, top, left, right; and no other screen's room."""
    assert (left, right) == (without(LEFT, strut, ROOT), without(RIGHT, strut, ROOT))


def test_elsewhere_qt_knows(qapp: QApplication) -> None:
    """Off X11 it is what Qt says."""
    screen = qapp.primaryScreen()
    assert screen.availableGeometry() == work_area(screen)
    assert screen.geometry() == native(screen)
