"""A list of `Row`s: model, painting and keyboard. Draws only what is visible, however many rows there are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.labels import plain_tip, tabular
from cti_desktop.desktop.ui.theme import Colors, Radius, Space, Theme, Type
from cti_desktop.desktop.viewmodels.rows import Badge, Row

HEIGHT: Final = 60
_AVATAR: Final = 36
_DOT: Final = 7
_RING: Final = 2
# Top and height of the upper and the lower line of text.
_UPPER: Final = (8, 22)
_LOWER: Final = (30, 20)
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The rows for Qt. Screen readers get `Row.spoken`."""

    def __init__(self, parent: QWidget) -> None:
        """Empty."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row, or what is said of it."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.caller.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.spoken)
            case Qt.ItemDataRole.UserRole:
                return row
            case _:
                return None

    def replace(self, rows: tuple[Row, ...]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class RowPainter(QStyledItemDelegate):
    """Paints one row: avatar, name over detail, time over badge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Paints in the colours of `theme`."""
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(option.rect.width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row at `index`."""
        row = index.data(_ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        # From here on, left and right are as for English; `_at` and the painter turn them round.
        painter.setLayoutDirection(option.direction)
        self._paint_ground(painter, rect, option.state)
        disc = QRect(rect.left() + Space.M, rect.center().y() - _AVATAR // 2, _AVATAR, _AVATAR)
        paint.avatar(painter, QRectF(_at(painter, rect, disc)), row.caller, self._theme)
        room = rect.adjusted(Space.M + _AVATAR + Space.M, 0, -Space.M, 0)
        outer = _at(painter, rect, room)
        taken = max(
            self._paint_time(painter, outer, row), self._paint_badge(painter, outer, row, option.state)
        )
        texts = room.adjusted(0, 0, -taken - Space.M, 0)
        self._paint_texts(painter, _at(painter, rect, texts), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colors = self._theme.colors
        ground = QRectF(rect).adjusted(1, 1, -1, -1)
        fill = None
        if state & QStyle.StateFlag.State_Selected:
            fill = colors.accent_soft
        elif state & QStyle.StateFlag.State_MouseOver:
            fill = colors.hover
        if fill:
            painter.setPen(QColor(colors.outline))
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(ground, Radius.CONTROL, Radius.CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colors.accent), _RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, Radius.CONTROL, Radius.CONTROL)

    def _paint_time(self, painter: QPainter, room: QRect, row: Row) -> int:
        painter.setFont(tabular(Type.MICRO.font()))
        painter.setPen(QColor(self._theme.colors.muted))
        _write(painter, _line(room, _UPPER), Qt.AlignmentFlag.AlignRight, row.time)
        return painter.fontMetrics().horizontalAdvance(row.time)

    def _paint_badge(self, painter: QPainter, room: QRect, row: Row, state: QStyle.StateFlag) -> int:
        if not row.badge:
            return 0
        font = Type.MICRO.font()
        metrics = QFontMetrics(font)
        text = metrics.elidedText(row.badge, Qt.TextElideMode.ElideRight, room.width() // 2)
        dot = _DOT + Space.XS + 2 if row.badge_color else 0
        width = metrics.horizontalAdvance(text) + dot + 2 * Space.S
        pill = QRectF(
            _at(painter, room, QRect(room.right() + 1 - width, room.top() + _LOWER[0], width, _LOWER[1]))
        )
        fill, ink = badge_colors(
            row.badge_tone, self._theme.colors, chosen=bool(state & QStyle.StateFlag.State_Selected)
        )
        painter.setPen(QColor(self._theme.colors.outline))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(pill, Radius.CHIP, Radius.CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        inner = pill.toRect().adjusted(Space.S, 0, -Space.S, 0)
        if row.badge_color:
            painter.setBrush(QColor(self._theme.outcome(row.badge_color)))
            place = QRect(inner.left(), inner.center().y() - _DOT // 2 + 1, _DOT, _DOT)
            painter.drawEllipse(_at(painter, inner, place))
        painter.setPen(QColor(ink))
        painter.setFont(font)
        words = _at(painter, inner, inner.adjusted(dot, 0, 0, 0))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        return width

    def _paint_texts(self, painter: QPainter, room: QRect, row: Row) -> None:
        for font, color, text, place in (
            (Type.STRONG.font(), self._theme.colors.text, row.caller.name, _UPPER),
            (Type.SMALL.font(), self._theme.colors.muted, row.detail, _LOWER),
        ):
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.setFont(font)
            painter.setPen(QColor(color))
            _write(painter, _line(room, place), Qt.AlignmentFlag.AlignLeft, shown)


def _line(room: QRect, place: tuple[int, int]) -> QRect:
    """A line of text in a row; scripts of other heights have their middle in its middle."""
    return QRect(room.left(), room.top() + place[0], room.width(), place[1])


def _at(painter: QPainter, whole: QRect, part: QRect) -> QRect:
    """Where `part` of `whole` is in the painter's direction of reading."""
    return QStyle.visualRect(painter.layoutDirection(), whole, part)


def _write(painter: QPainter, line: QRect, side: Qt.AlignmentFlag, text: str) -> None:
    """Write at the side of `line` where the language has it; the text itself is read its own way.

    A number in a language from right to left would come out group by group from the wrong end.
    """
    direction = painter.layoutDirection()
    flags = (
        QStyle.visualAlignment(direction, side | Qt.AlignmentFlag.AlignVCenter)
        | Qt.AlignmentFlag.AlignAbsolute
    )
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(line, flags | Qt.TextFlag.TextSingleLine, text)
    painter.setLayoutDirection(direction)


def badge_colors(tone: Badge, colors: Colors, *, chosen: bool = False) -> tuple[str, str]:
    """Ground and ink of a badge. On a chosen row, which is bluish itself, some have the list's ground."""
    return {
        Badge.PLAIN: (colors.surface if chosen else colors.chip, colors.text),
        Badge.WARN: (colors.warn_soft, colors.warn),
        Badge.ALERT: (colors.alert_soft, colors.alert),
        Badge.LIVE: (colors.surface if chosen else colors.accent_soft, colors.accent),
    }[tone]


class RowList(QListView):
    """The list. `opened` with the row on Enter or a double click, `picked` when another row is current."""

    opened = Signal(object)
    picked = Signal()

    def __init__(
        self, theme: Theme, name: str, *, picks: bool = False, rows: QAbstractItemModel | None = None
    ) -> None:
        """`name` is read aloud. `picks`: there is always a current row, so that its buttons show.

        `rows`: a model of its own, whose user role is a `Row`; then `show_rows` is not for it.
        """
        super().__init__()
        self._picks = picks
        self._chosen = self._showing = False
        self._rows = RowsModel(self)
        self.setModel(rows or self._rows)
        self.setItemDelegate(RowPainter(theme, self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`; the current one stays current, and the list does not jump."""
        if rows == self._rows.rows:
            return
        current, offset = self.current(), self.verticalScrollBar().value()
        self._showing = True
        self._rows.replace(rows)
        keys = [row.key for row in rows]
        if current and current.key in keys:
            self.setCurrentIndex(self._rows.index(keys.index(current.key)))
        else:
            self._pick_first()
        self._showing = False
        self.verticalScrollBar().setValue(offset)
        self.picked.emit()

    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows.rows

    def current(self) -> Row | None:
        """The row that the agent is on."""
        row = self.currentIndex().data(_ROW_ROLE)
        return row if isinstance(row, Row) else None

    def visible_range(self) -> tuple[int, int]:
        """The first and the last row in view."""
        top = max(0, self.indexAt(QPoint(1, 1)).row())
        return top, top + self.viewport().height() // HEIGHT + 1

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever turns to it begins with the first, which may have come later; but not under their eyes."""
        super().showEvent(event)
        if not self._chosen:
            self._showing = True
            self._pick_first()
            self._showing = False

    def _pick_first(self) -> None:
        self._chosen = False
        if self._picks and self._rows.rows:
            self.setCurrentIndex(self._rows.index(0))

    def _on_current(self) -> None:
        self._chosen = self._chosen or not self._showing
        self.picked.emit()

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(_ROW_ROLE))
