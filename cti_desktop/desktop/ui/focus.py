"""The order in which Tab goes through a window: as the eyes read it, however late a widget was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


class FocusOrder:
    """One window's. Cheap to call again when nothing was added or taken away."""

    def __init__(self, window: QWidget) -> None:
        """As the widgets were made, to begin with."""
        self._window = window
        self._stops: list[QWidget] = []

    def follow(self, root: QWidget) -> None:
        """Let Tab lead from the window through `root`, which is in it."""
        stops = as_read(root)
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
        yield from _within(layout)
    else:
        yield widget


def _within(layout: QLayout) -> Iterator[QWidget]:
    for index in _indices(layout):
        item = layout.itemAt(index)
        inner, nested = (item.widget(), item.layout()) if item is not None else (None, None)
        if inner is not None:
            yield from _leaves(inner)
        elif nested is not None:
            yield from _within(nested)


def _indices(layout: QLayout) -> list[int]:
    """A grid is read row by row, in whatever order it was filled."""
    indices = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places = [_place(layout, index) for index in indices]
        indices.sort(key=lambda index: places[index])
    return indices


def _place(grid: QGridLayout, index: int) -> tuple[int, int]:
    found = grid.getItemPosition(index)
    assert isinstance(found, tuple)  # noqa: S101 - row, column, spans; the stubs say object
    return int(found[0]), int(found[1])
