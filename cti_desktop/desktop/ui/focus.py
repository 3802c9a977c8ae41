"""The order in which Tab goes through a window: as the eyes read it, however late a widget was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


class ReadInOrder(QWidget):
    """A window through which Tab leads as the eyes read it.

    The order is found when Tab is pressed: a card that pops must not wait for it.
    """

    # What stands in the corner: reached by Tab after all that matters more.
    corner: tuple[QWidget, ...] = ()
    _stops: tuple[QWidget, ...] = ()

    def read_from(self) -> QWidget:
        """The part of the window that has a layout."""
        return self

    def order_stops(self) -> None:
        """Let Tab lead from the window through all that is in it now."""
        stops = tuple(sorted(as_read(self.read_from()), key=lambda stop: stop in self.corner))
        if stops != self._stops:
            self._stops = stops
            for first, second in pairwise((self, *stops)):
                QWidget.setTabOrder(first, second)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's
        """Tab was pressed."""
        self.order_stops()
        return super().focusNextPrevChild(forward)


def as_read(root: QWidget) -> list[QWidget]:
    """What Tab can stop at within `root`, in layout order. Hidden ones count: they may be shown."""
    return [widget for widget in _leaves(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _leaves(widget: QWidget) -> Iterator[QWidget]:
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if inner is not None:
        yield from _leaves(inner)
    elif (layout := widget.layout()) is not None:
        yield from _within(layout, [child for child in widget.children() if isinstance(child, QWidget)])
    else:
        yield widget


def _within(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """`widgets` are of the widget that `layout` lays out, be they in `layout` itself or not.

    Nothing here asks for a layout's items: PySide would keep each in Python, and never learn that Qt deleted
    it. The next object at its address then takes the program down when it goes.
    """
    nested = [child for child in layout.children() if isinstance(child, QLayout)]
    placed: list[tuple[int, QWidget | QLayout]] = [
        *((layout.indexOf(widget), widget) for widget in widgets),
        *((layout.indexOf(inner), inner) for inner in nested),
    ]
    for _, part in sorted(((_place(layout, at), part) for at, part in placed if at >= 0), key=itemgetter(0)):
        if isinstance(part, QWidget):
            yield from _leaves(part)
        else:
            yield from _within(part, widgets)


def _place(layout: QLayout, index: int) -> tuple[int, int]:
    """A grid is read row by row, in whatever order it was filled."""
    if not isinstance(layout, QGridLayout):
        return index, 0
    found = layout.getItemPosition(index)
    assert isinstance(found, tuple)  # noqa: S101 - row, column, spans; the stubs say object
    return int(found[0]), int(found[1])
