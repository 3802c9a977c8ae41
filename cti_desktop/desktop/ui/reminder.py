"""Cards that remind of promised calls back. What the agent does with one leaves as an intent."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.core.intents import FinishFollowUp, PutOffFollowUp
from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.card_head import AVATAR
from cti_desktop.desktop.ui.labels import ElidedLabel, Label
from cti_desktop.desktop.ui.paint import Avatar, Dot
from cti_desktop.desktop.ui.pill import Pill
from cti_desktop.desktop.ui.popup import SHIELD_MS, Popup
from cti_desktop.desktop.ui.services import Services
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.card import Tone
from cti_desktop.desktop.viewmodels.reminder import ReminderModel
from cti_desktop.desktop.viewmodels.words import reminders as words


class ReminderCard(Popup):
    """One promised call back."""

    intended = Signal(object)

    def __init__(self, theme: Theme, *, shield_ms: int = SHIELD_MS) -> None:
        """Of no call, hidden."""
        super().__init__(theme, shield_ms=shield_ms)
        self.model: ReminderModel | None = None
        self.column.addLayout(self._build_header())
        self.column.addLayout(self._build_caller())
        self.column.addWidget(self._build_panel())
        self._services = Services(self, self.intended)
        self.column.addWidget(self._services)
        self._footer = Label("muted")
        self.column.addWidget(self._footer)
        self.column.addWidget(self._build_actions())
        theme.changed.connect(self._recolor)

    def render_reminder(self, model: ReminderModel) -> None:
        """Show `model`."""
        if model == self.model:
            return
        was, self.model = self.model, model
        self._avatar.show_caller(model.caller)
        self._name.setText(model.caller.name)
        self._number.setText(model.caller.details)
        self._promised.show_text(model.promised)
        self._promised.set_tone("warn" if model.is_late else "")
        self._notes.show_text(model.notes)
        self._outcome.show_text(model.outcome)
        self._panel.setVisible(bool(model.notes or model.outcome))
        self._services.show_services(model.services)
        self._footer.show_text(model.footer)
        self._tomorrow.set_caption(words.TOMORROW, model.tomorrow_help)
        self._copy.setVisible(bool(model.caller.copyable))
        self._copy.set_caption(words.COPY_NUMBER)
        self._recolor()
        self.fit()
        if was is None:
            self.announce(model.spoken)

    # --- building -----------------------------------------------------------------------------------------

    def _build_header(self) -> QHBoxLayout:
        dot = Dot(self.theme)
        dot.set_tone(Tone.TALKING)
        headline = Label("headline")
        headline.setText(words.CALL_BACK)
        headline.set_tone("talking")
        close = CloseButton(self.theme, words.IN_TEN_HELP)
        on_click(close, self._put_off)
        self.corner = (close,)
        self._copy = Button("link")
        on_click(self._copy, self._copy_number)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(dot)
        row.addWidget(headline)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(close)
        return row

    def _build_caller(self) -> QHBoxLayout:
        self._avatar = Avatar(self.theme, AVATAR)
        self._name = ElidedLabel("title")
        self._number = ElidedLabel("muted-body")
        self._promised = ElidedLabel("muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self._name, self._number, self._promised):
            texts.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(Space.L - 2)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    def _build_panel(self) -> QFrame:
        self._panel = QFrame()
        self._panel.setProperty("role", "panel")
        self._outcome = ElidedLabel("strong")
        self._notes = Label("muted-body", wraps=True)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(Space.M + 2, Space.S + 2, Space.M + 2, Space.S + 2)
        column.setSpacing(2)
        column.addWidget(self._outcome)
        column.addWidget(self._notes)
        return self._panel

    def _build_actions(self) -> QWidget:
        done = Button("primary")
        done.set_caption(words.DONE, words.DONE_HELP)
        on_click(done, self._finish)
        later = Button("secondary")
        later.set_caption(words.IN_TEN, words.IN_TEN_HELP)
        on_click(later, self._put_off)
        self._tomorrow = Button("secondary")
        on_click(self._tomorrow, self._put_off_till_tomorrow)
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(done, 1)
        row.addWidget(later)
        row.addWidget(self._tomorrow)
        return bar

    def _recolor(self) -> None:
        if self.model is not None:
            self.set_edge(self.theme.caller(self.model.caller.hue))

    # --- what the agent does ------------------------------------------------------------------------------

    def _finish(self) -> None:
        if self.model is not None and not self.shielded:
            self.intended.emit(FinishFollowUp(self.model.call_id))

    def _put_off(self) -> None:
        if self.model is not None and not self.shielded:
            self.intended.emit(PutOffFollowUp(self.model.call_id))

    def _put_off_till_tomorrow(self) -> None:
        if self.model is not None and not self.shielded:
            self.intended.emit(PutOffFollowUp(self.model.call_id, self.model.tomorrow))

    def _copy_number(self) -> None:
        if self.model is not None and not self.shielded:
            QGuiApplication.clipboard().setText(self.model.caller.copyable)
            self._copy.set_caption(words.COPIED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it off."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_off()
        else:
            super().keyPressEvent(event)


class Reminders(QObject):
    """The reminders that are up, the earliest first. Quiet ones are pills until the agent wants the card."""

    intended = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QObject, *, shield_ms: int = SHIELD_MS) -> None:
        """None."""
        super().__init__(parent)
        self._theme = theme
        self._shield_ms = shield_ms
        self._models: tuple[ReminderModel, ...] = ()
        self._up: dict[str, ReminderCard | Pill] = {}

    def render_reminders(self, models: tuple[ReminderModel, ...], now: datetime, *, quiet: bool) -> None:
        """Show these, and no others. `quiet`: what is not up yet comes small, and says nothing."""
        self._models = models
        ids = {model.call_id for model in models}
        for call_id in [c for c in self._up if c not in ids]:
            self._take_down(call_id)
        for model in models:
            if quiet and not isinstance(self._up.get(model.call_id), ReminderCard):
                self._pill(model.call_id).render_pill(model.small, now, quiet=True)
            else:
                self._card(model.call_id).render_reminder(model)

    def cards(self) -> list[Popup]:
        """What is up."""
        return [self._up[model.call_id] for model in self._models]

    def closed(self) -> None:
        """Take all of them down, for good."""
        self._models = ()
        for call_id in list(self._up):
            self._take_down(call_id)

    def _expand(self, call_id: str) -> None:
        model = next(model for model in self._models if model.call_id == call_id)
        self._card(call_id).render_reminder(model)
        self.resized.emit()

    def _card(self, call_id: str) -> ReminderCard:
        card = self._up.get(call_id)
        if not isinstance(card, ReminderCard):
            self._take_down(call_id)
            card = self._up[call_id] = ReminderCard(self._theme, shield_ms=self._shield_ms)
            card.intended.connect(self.intended)
            card.resized.connect(self.resized)
            card.ensurePolished()
        return card

    def _pill(self, call_id: str) -> Pill:
        pill = self._up.get(call_id)
        if not isinstance(pill, Pill):
            pill = self._up[call_id] = Pill(self._theme, shield_ms=self._shield_ms)
            pill.expanded.connect(self._expand)
            pill.resized.connect(self.resized)
        return pill

    def _take_down(self, call_id: str) -> None:
        popup = self._up.pop(call_id, None)
        if popup is not None:
            popup.hide()
            popup.leave_keyboard()
            popup.deleteLater()
