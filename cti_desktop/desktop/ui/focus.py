"""The order in which Tab goes through a window: as the eyes read it, however late a widget was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


class FocusOrder:
    """One window's. Cheap to call again when nothing was added or taken away."""

    def __init__(self, window: QWidget) -> None:
        """As the widgets were made, to begin with."""
        self._window = window
        self._stops: list[QWidget] = []

    def follow(self, root: QWidget, last: tuple[QWidget, ...] = ()) -> None:
        """Let Tab lead from the window through `root`, which is in it; to `last` after everything else."""
        stops = sorted(as_read(root), key=lambda stop: stop in last)
        if stops != self._stops:
            self._stops = stops
            for first, second in pairwise((self._window, *stops)):
                QWidget.setTabOrder(first, second)


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
