"""Screens that show the same: what the agent sees is on a projector, too. Qt tells, on every system.

Not told of on X11 when one output feeds both, and where the system makes one screen of them (Windows, macOS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

# While screens are plugged or moved, Qt tells of them one by one: in between they may seem to overlap.
SETTLE_MS: Final = 250


class ScreensTeller(QObject):
    """See `Teller`."""

    def __init__(self, parent: QObject) -> None:
        """Not listening."""
        super().__init__(parent)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._followed: list[QScreen] = []

    def begin(self, changed: Callable[[], None]) -> None:
        """See `Teller`."""
        app = _app()
        self._settle.timeout.connect(changed)
        app.screenAdded.connect(self._follow)
        app.screenRemoved.connect(self._forget)
        for screen in app.screens():
            self._follow(screen)

    def tells(self) -> bool:
        """See `Teller`."""
        return overlap(screen.geometry() for screen in self._followed)

    def end(self) -> None:
        """See `Teller`."""
        if not self._followed:
            return
        app = _app()
        app.screenAdded.disconnect(self._follow)
        app.screenRemoved.disconnect(self._forget)
        for screen in self._followed:
            screen.geometryChanged.disconnect(self._settle.start)
        self._followed.clear()
        self._settle.stop()
        self._settle.timeout.disconnect()

    def _follow(self, screen: QScreen) -> None:
        self._followed.append(screen)
        screen.geometryChanged.connect(self._settle.start)
        self._settle.start()

    def _forget(self, screen: QScreen) -> None:
        self._followed = [other for other in self._followed if other is not screen]
        self._settle.start()


def overlap(areas: Iterable[QRect]) -> bool:
    """Whether a part of one area is shown by another, too. A projector often shows less than a laptop."""
    return any(one.intersects(other) for one, other in combinations(areas, 2))


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)  # noqa: S101 - there are no screens without one
    return app
