"""How much time is left for a wrap-up: a line that shrinks, and what happens at its end."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import Label, set_look, tabular
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.prompt import Countdown
from cti_desktop.desktop.viewmodels.words import prompts as words

_HEIGHT: Final = 4
_HURRY: Final = 10


class TimeLine(QWidget):
    """The line."""

    def __init__(self, theme: Theme) -> None:
        """Full."""
        super().__init__()
        self._theme = theme
        self._share, self._hurry = 1.0, False
        self.setFixedHeight(_HEIGHT)
        theme.changed.connect(self.update)

    def show_share(self, share: float, *, hurry: bool) -> None:
        """How much of it is left; `hurry` once that is little."""
        if (share, hurry) != (self._share, self._hurry):
            self._share, self._hurry = share, hurry
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and what is left."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, color in (
            (1.0, colors.chip),
            (self._share, colors.alert if self._hurry else colors.accent),
        ):
            width = self.width() * share
            left = self.width() - width if self.isRightToLeft() else 0.0
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(left, 0, width, _HEIGHT), _HEIGHT / 2, _HEIGHT / 2)
        painter.end()


class CountdownBar(QWidget):
    """Hidden while nothing counts down. `extended`: the agent wants more time."""

    extended = Signal()

    def __init__(self, theme: Theme) -> None:
        """Hidden."""
        super().__init__()
        self._model: Countdown | None = None
        self._line = TimeLine(theme)
        self._text = Label("muted")
        self._text.setFont(tabular(self._text.font()))
        more = Button("link")
        more.set_caption(words.MORE_TIME, words.MORE_TIME_HELP)
        on_click(more, self.extended.emit)
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._line)
        column.addLayout(row)
        self.hide()

    def render_countdown(self, model: Countdown | None, now: datetime) -> None:
        """Show `model`; it goes on by `tick`."""
        self._model = model
        self.setVisible(model is not None)
        self.tick(now)

    @property
    def is_running(self) -> bool:
        """Whether it wants to be ticked."""
        return self._model is not None

    def tick(self, now: datetime) -> None:
        """It is `now` by the relay's clock."""
        if self._model is None:
            return
        hurry = (self._model.until - now).total_seconds() <= _HURRY
        self._line.show_share(self._model.share(now), hurry=hurry)
        self._text.setText(self._model.text(now))
        set_look(self._text, "tone", "alert" if hurry else "")
