"""A layout that fills rows as the language is read and breaks where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Children keep their preferred size, but are never wider than the layout. Hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, *, gap: int) -> None:
        """`gap` separates neighbours in both directions."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way to add."""
        self._items.append(item)

    def count(self) -> int:
        """How many children there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The child at `index`."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove the child at `index`."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The fewer columns fit, the higher it is."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at `width`."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the children."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """The least that it can do with."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest child's minimum."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        left, top, row_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), rect.width()))
            if left + size.width() > rect.x() + rect.width() and row_height:
                left, top, row_height = rect.x(), top + row_height + self._gap, 0
            if move:
                item.setGeometry(QStyle.visualRect(self._direction(), rect, QRect(QPoint(left, top), size)))
            left += size.width() + self._gap
            row_height = max(row_height, size.height())
        return top + row_height - rect.y()
