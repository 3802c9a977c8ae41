"""The strip above today's calls: four figures, and how the calls went as a bar with its legend."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.paint import Dot
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.figures import Bar, Figures
from cti_desktop.desktop.viewmodels.words import day as words

_HEIGHT: Final = 10
_GAP: Final = 2


class OutcomeBar(QWidget):
    """All outcomes of the day side by side, each as wide as its share."""

    def __init__(self, theme: Theme) -> None:
        """Empty."""
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setFixedHeight(_HEIGHT)
        theme.changed.connect(self.update)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show these."""
        self._bars = bars
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded bar; mirrored from right to left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_ends = QPainterPath()
        round_ends.addRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(round_ends)
        painter.fillRect(self.rect(), QColor(self._theme.colors.chip))
        left = 0.0
        for bar in self._bars:
            width = bar.share * self.width()
            start = self.width() - left - width if self.isRightToLeft() else left
            gap = 0 if bar is self._bars[-1] else _GAP
            at = start + gap if self.isRightToLeft() else start
            painter.fillRect(
                QRectF(at, 0, max(1.0, width - gap), _HEIGHT), QColor(self._theme.outcome(bar.color))
            )
            left += width
        painter.end()


class LegendItem(QWidget):
    """A dot in the bar's colour, the outcome and its number."""

    def __init__(self, theme: Theme) -> None:
        """Of no outcome."""
        super().__init__()
        self._dot = Dot(theme, side=8)
        self._text = Label("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._dot)
        row.addWidget(self._text)

    def show_bar(self, bar: Bar) -> None:
        """Name this one."""
        self._dot.set_color(bar.color)
        self._text.setText(words.bar(bar.label, bar.count))


class FiguresStrip(QFrame):
    """Says all of it at once to a screen reader."""

    def __init__(self, theme: Theme) -> None:
        """Without figures."""
        super().__init__()
        self._theme = theme
        self._model: Figures | None = None
        self.setProperty("role", "card")
        self._figures = QHBoxLayout()
        self._figures.setSpacing(Space.M)
        self._values: list[tuple[Label, Label]] = []
        self._bar = OutcomeBar(theme)
        self._legend = QWidget()
        self._flow = FlowLayout(self._legend, gap=Space.M)
        self._items: list[LegendItem] = []
        self._none = Label("muted")
        self._none.setText(words.NO_OUTCOMES)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(self._figures)
        for widget in (self._bar, self._legend, self._none):
            column.addWidget(widget)

    def render_figures(self, model: Figures) -> None:
        """Show `model`."""
        if model == self._model:
            return
        self._model = model
        self.setAccessibleName(model.spoken)
        for index, figure in enumerate(model.figures):
            if index == len(self._values):
                self._values.append(self._new_figure())
            name, value = self._values[index]
            name.setText(figure.name)
            value.setText(figure.value)
        for index, bar in enumerate(model.bars):
            if index == len(self._items):
                self._items.append(LegendItem(self._theme))
                self._flow.addWidget(self._items[index])
            self._items[index].show_bar(bar)
        for index, item in enumerate(self._items):
            item.setVisible(index < len(model.bars))
        self._bar.show_bars(model.bars)
        self._legend.setVisible(bool(model.bars))
        self._none.setVisible(not model.bars)

    def _new_figure(self) -> tuple[Label, Label]:
        name, value = Label("muted"), Label("title")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(value)
        column.addWidget(name)
        self._figures.addLayout(column, 1)
        return name, value
