"""A card made small: who, and since when. A click, Enter or Space makes it large again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout

from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.buttons import on_click
from cti_desktop.desktop.ui.glyphs import Glyph, IconButton
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, tabular
from cti_desktop.desktop.ui.paint import Dot
from cti_desktop.desktop.ui.popup import SHIELD_MS, Popup
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.card import CardModel, Tone
from cti_desktop.desktop.viewmodels.words import pops as words
from cti_desktop.desktop.viewmodels.words import times

WIDTH: Final = 272


class Pill(Popup):
    """Renders the same model as the card. `expanded`: the agent wants the card back."""

    expanded = Signal(str)

    def __init__(self, theme: Theme, *, shield_ms: int = SHIELD_MS) -> None:
        """Hidden."""
        super().__init__(theme, shield_ms=shield_ms, width=WIDTH)
        self.model: CardModel | None = None
        self.set_margins(paint.EDGE + Space.M, Space.XS, Space.XS, Space.XS)
        self._dot = Dot(theme)
        self._name = ElidedLabel("strong")
        self._timer = Label("timer")
        self._timer.setFont(tabular(self._timer.font()))
        self._expand = IconButton(theme, Glyph.EXPAND, words.EXPAND)
        on_click(self._expand, self._on_expand)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._dot)
        row.addWidget(self._name, 1)
        row.addWidget(self._timer)
        row.addWidget(self._expand)
        self.column.addLayout(row)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._recolor)

    def render_pill(self, model: CardModel, now: datetime, *, quiet: bool = False) -> None:
        """Show `model`. `quiet`: say nothing aloud."""
        if model != self.model:
            was, self.model = self.model, model
            self._dot.set_tone(model.tone)
            self._name.setText(model.caller.name)
            self._recolor()
            self.fit()
            if was is None or was.spoken != model.spoken:
                self.announce(model.spoken, urgent=model.tone is Tone.RINGING, quiet=quiet)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Count on."""
        if self.model is not None:
            since = self.model.since
            self._timer.setText(times.duration(now - since) if since else self.model.length)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """All of it is the button, once the shield is down."""
        if event.button() is Qt.MouseButton.LeftButton and not self.shielded:
            self._on_expand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With the keyboard, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_expand()
        else:
            super().keyPressEvent(event)

    def _on_expand(self) -> None:
        if self.model is not None:
            self.expanded.emit(self.model.call_id)

    def _recolor(self) -> None:
        if self.model is not None:
            self.set_edge(self.theme.caller(self.model.caller.hue))
