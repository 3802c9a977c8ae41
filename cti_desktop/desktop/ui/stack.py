"""Where the pop-ups stand: in a corner of the screen that the agent works on, never over one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from cti_desktop.desktop.settings import Corner, Settings
from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.active_window import screen_of_active_window
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.work_area import work_area

# No smaller than the shadow: a neighbour's invisible margin must not swallow clicks.
GAP: Final = paint.SHADOW
_DEFAULT_CORNER: Final[Corner] = "bottom-right"


def places(sizes: Sequence[QSize], area: QRect, corner: Corner = "bottom-right") -> list[QRect]:
    """Where cards of these sizes go in `area`: from `corner` upwards or downwards.

    A full column continues in a new one beside it. A card too high for `area` keeps its top visible.
    """
    found = _from_bottom_right(sizes, area)
    if corner.endswith("left"):
        found = [_mirrored_sideways(place, area) for place in found]
    if corner.startswith("top"):
        found = [_mirrored_upwards(place, area) for place in found]
    return found


def _from_bottom_right(sizes: Sequence[QSize], area: QRect) -> list[QRect]:
    found: list[QRect] = []
    right, bottom, column_width = area.right() + 1 - GAP, area.bottom() + 1 - GAP, 0
    for size in sizes:
        if bottom - size.height() < area.top() + GAP and column_width:
            right, bottom, column_width = right - column_width - GAP, area.bottom() + 1 - GAP, 0
        top = max(area.top() + GAP, bottom - size.height())
        left = max(area.left() + GAP, right - size.width())
        found.append(QRect(QPoint(left, top), size))
        bottom = top - GAP
        column_width = max(column_width, size.width())
    return found


def _mirrored_sideways(place: QRect, area: QRect) -> QRect:
    left = area.left() + area.right() - place.right()
    return QRect(QPoint(max(area.left() + GAP, left), place.top()), place.size())


def _mirrored_upwards(place: QRect, area: QRect) -> QRect:
    top = area.top() + area.bottom() - place.bottom()
    return QRect(QPoint(place.left(), max(area.top() + GAP, top)), place.size())


def screen_names() -> tuple[str, ...]:
    """The screens that are there, as a setting names them."""
    return tuple(screen.name() for screen in QGuiApplication.screens())


class Stack(QObject):
    """Places pop-ups and keeps them on one screen for as long as any is up."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty, in the corner that a new profile has."""
        super().__init__(parent)
        self._popups: tuple[Popup, ...] = ()
        self._screen: QScreen | None = None
        self._work = QRect()
        self._name, self._follow, self._corner = "", "pointer", _DEFAULT_CORNER
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there are no pop-ups without one
        app.screenRemoved.connect(self._on_screen_removed)
        app.screenAdded.connect(self._on_screen_added)

    @property
    def room(self) -> int:
        """How high a card may be."""
        return self._area().height() - 2 * GAP

    def use(self, settings: Settings) -> None:
        """Stand where `settings` say, at once."""
        wanted = (settings.screen, settings.follow, settings.corner)
        if wanted != (self._name, self._follow, self._corner):
            self._name, self._follow, self._corner = wanted
            self._choose_screen()
            self._again()

    def arrange(self, popups: Sequence[Popup]) -> None:
        """Place `popups`, the first nearest to the corner, and show those that are hidden."""
        if not self._popups:
            self._choose_screen()
        self._popups = tuple(popups)
        sizes = [popup.visible_rect().size() for popup in popups]
        for popup, place in zip(popups, places(sizes, self._area(), self._corner), strict=True):
            corner = place.topLeft() - QPoint(paint.SHADOW, paint.SHADOW)
            if not popup.isVisible():
                popup.place(corner)
                popup.appear()
            elif popup.pos() != corner:
                popup.place(corner)
                popup.raise_shield(moved=True)

    def _choose_screen(self) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._on_new_area)
        self._screen = self._wanted_screen()
        self._work = work_area(self._screen)
        self._screen.availableGeometryChanged.connect(self._on_new_area)

    def _wanted_screen(self) -> QScreen:
        """The one that is named, if it is there; else the one that the agent works on."""
        named = next((s for s in QGuiApplication.screens() if self._name and s.name() == self._name), None)
        if named is not None:
            return named
        active = screen_of_active_window() if self._follow == "active-window" else None
        return active or QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()

    def _area(self) -> QRect:
        return self._work if self._screen else QGuiApplication.primaryScreen().availableGeometry()

    def _again(self) -> None:
        self.arrange(self._popups)

    def _on_new_area(self) -> None:
        if self._screen is not None:
            self._work = work_area(self._screen)
        self._again()

    def _on_screen_removed(self, screen: QScreen) -> None:
        if screen is self._screen:
            self._screen = None
            self._choose_screen()
            self._again()

    def _on_screen_added(self, screen: QScreen) -> None:
        """Docked again: back to the screen that was chosen by name."""
        if screen.name() == self._name:
            self._choose_screen()
            self._again()
