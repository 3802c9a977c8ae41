"""The card of one call. Renders a `CardModel`; what the agent does leaves as intents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cti_desktop.core.intents import CloseCall, DismissCard, EditDraft
from cti_desktop.core.links import host_of
from cti_desktop.desktop.ui.browser import open_page
from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.chips import ChipRow
from cti_desktop.desktop.ui.facts import FactsPanel, remove
from cti_desktop.desktop.ui.glyphs import Glyph, IconButton
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, plain_tip, tabular
from cti_desktop.desktop.ui.naming import Naming
from cti_desktop.desktop.ui.notes import NotesEdit
from cti_desktop.desktop.ui.paint import Avatar, Dot
from cti_desktop.desktop.ui.popup import SHIELD_MS, Popup
from cti_desktop.desktop.ui.services import Services
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.card import CardAction, CardModel, Tone
from cti_desktop.desktop.viewmodels.words import calls as words
from cti_desktop.desktop.viewmodels.words import pops, times

_AVATAR = 48
_HEADLINE = 210
_ROOMY = 148  # behind a longer headline, the queue would be no more than dots


class CallCard(Popup):
    """Reused for one call after another; `model` is None while it is spare."""

    intended = Signal(object)
    collapsed = Signal(str)
    pin_toggled = Signal(str)
    painted = Signal(str)

    def __init__(self, theme: Theme, *, shield_ms: int = SHIELD_MS) -> None:
        super().__init__(theme, shield_ms=shield_ms)
        self.model: CardModel | None = None
        self._is_painted = False
        self._buttons: dict[CardAction, Button] = {}
        self.column.addLayout(self._build_header())
        self.column.addLayout(self._build_caller())
        self._chips = ChipRow()
        self._facts = FactsPanel()
        self._naming = Naming(self, self.intended)
        self._services = Services(self, self.intended)
        self._notes = self._build_notes()
        self._footer = Label("muted")
        self._actions = QHBoxLayout()
        self._action_bar = QWidget()
        self._action_bar.setLayout(self._actions)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(Space.S)
        panes = (self._chips, self._facts, self._naming, self._services, self._notes, self._footer)
        for widget in (*panes, self._action_bar):
            self.column.addWidget(widget)
        self.theme.changed.connect(self._recolor)

    def render_card(self, model: CardModel, now: datetime, *, quiet: bool = False) -> None:
        """Show `model`. `now` is by the clock of `model.since`. `quiet`: announce nothing."""
        if model != self.model:
            was, self.model = self.model, model
            self._render_header(model)
            self._render_caller(model)
            self._chips.show_chips(model.chips, faded=model.faded)
            self._facts.show_facts(model.facts)
            self._naming.show_naming(model.naming)
            self._services.show_services(model.services)
            self._render_buttons(model)
            self._render_notes(was, model)
            self._footer.show_text(model.footer)
            self._recolor()
            self.fit()
            if not quiet and (was is None or was.spoken != model.spoken):
                self.announce(model.spoken, urgent=model.tone is Tone.RINGING)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Count on."""
        if self.model is not None:
            since = self.model.since
            self._timer.setText(times.duration(now - since) if since else self.model.length)

    def retire(self) -> None:
        """Hide it and forget the call, ready for another."""
        self.hide()
        self.model = None
        self._is_painted = False
        self.show_pinned(pinned=False)
        self._naming.show_naming(None)
        self._services.show_services(None)
        self._notes.load("")

    def show_pinned(self, *, pinned: bool) -> None:
        """Say whether it is kept on the screen."""
        self._pin.set_on(on=pinned)
        self._pin.name(pops.UNPIN if pinned else pops.PIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the agent can see the call now."""
        super().paintEvent(event)
        if not self._is_painted and self.model is not None:
            self._is_painted = True
            call_id = self.model.call_id
            QTimer.singleShot(0, self, lambda: self.painted.emit(call_id))  # its labels are painted after it

    # --- building -----------------------------------------------------------------------------------------

    def _build_header(self) -> QHBoxLayout:
        self._dot = Dot(self.theme)
        self._headline = ElidedLabel("headline")
        self._queue = ElidedLabel("muted")
        self._separator = Label("muted")
        self._separator.setText("·")
        self._timer = Label("timer")
        self._timer.setFont(tabular(self._timer.font()))
        self._close = CloseButton(self.theme, words.DISMISS_HELP)
        on_click(self._close, self._dismiss)
        self._pin = IconButton(self.theme, Glyph.PIN, pops.PIN)
        on_click(self._pin, lambda: self._tell(self.pin_toggled))
        self._collapse = IconButton(self.theme, Glyph.COLLAPSE, pops.COLLAPSE)
        on_click(self._collapse, lambda: self._tell(self.collapsed))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._dot)
        row.addWidget(self._headline)
        row.addWidget(self._separator)
        row.addWidget(self._queue)
        row.addStretch(1)
        row.addWidget(self._timer)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for tool in (self._pin, self._collapse, self._close):
            tools.addWidget(tool)
        row.addLayout(tools)
        return row

    def _build_caller(self) -> QHBoxLayout:
        self._avatar = Avatar(self.theme, _AVATAR)
        self._name = ElidedLabel("title")
        self._details = ElidedLabel("muted-body")
        texts = QVBoxLayout()
        texts.setSpacing(Space.XS)
        texts.addWidget(self._name)
        texts.addWidget(self._details)
        row = QHBoxLayout()
        row.setSpacing(Space.L - 2)
        self._crm = IconButton(self.theme, Glyph.OPEN, pops.OPEN_IN_CRM)
        on_click(self._crm, self._open_crm)
        row.addWidget(self._avatar)
        row.addLayout(texts, 1)
        row.addWidget(self._crm)
        return row

    def _build_notes(self) -> NotesEdit:
        notes = NotesEdit()
        notes.setAccessibleName(words.NOTE)
        notes.setPlaceholderText(words.NOTE_HINT)
        notes.hide()
        notes.wanted.connect(lambda: self.take_keyboard(notes))
        notes.edited.connect(self._on_note)
        notes.left.connect(self._leave_note)
        notes.submitted.connect(self._leave_note)
        notes.grew.connect(self._on_growth)
        return notes

    # --- rendering ----------------------------------------------------------------------------------------

    def _render_header(self, model: CardModel) -> None:
        self._headline.setText(model.headline)
        # The queue gives way first. A label's hint is never below its minimum: drop the former headline's.
        self._headline.setMinimumWidth(0)
        self._headline.setMinimumWidth(min(_HEADLINE, self._headline.sizeHint().width()))
        self._headline.set_tone(model.tone.value)
        self._dot.set_tone(model.tone)
        self._queue.show_text(queue := model.queue if self._headline.minimumWidth() <= _ROOMY else "")
        self._separator.setVisible(bool(queue))
        self._timer.setVisible(bool(model.since or model.length))
        for tool in (self._pin, self._collapse):
            tool.setVisible(model.has_tools)
        self._crm.setVisible(bool(model.crm_url))
        self._crm.setToolTip(plain_tip(f"{pops.OPEN_IN_CRM}: {host_of(model.crm_url)}"))

    def _render_caller(self, model: CardModel) -> None:
        self._avatar.show_caller(model.caller, faded=model.faded)
        self._name.setText(model.caller.name)
        self._name.set_tone("quiet" if model.faded else "")
        self._details.show_text(model.caller.details)

    def _render_buttons(self, model: CardModel) -> None:
        wanted = {spec.action for spec in model.buttons}
        for action in set(self._buttons) - wanted:
            remove(self._buttons.pop(action))
        for index, spec in enumerate(model.buttons):
            button = self._buttons.get(spec.action) or self._new_button(spec.action)
            button.set_kind("primary" if spec.primary else "secondary")
            button.set_caption(spec.label, spec.help)
            self._actions.removeWidget(button)
            self._actions.insertWidget(index, button, 1 if spec.primary else 0)
        self._action_bar.setVisible(bool(model.buttons))

    def _render_notes(self, was: CardModel | None, model: CardModel) -> None:
        """What the agent writes is ahead of the model, whose notes count for a new call only."""
        if was is None or was.call_id != model.call_id:
            self._notes.load(model.draft.notes)
            self._notes.setVisible(bool(model.draft.notes))
        if CardAction.ADD_NOTE not in self._buttons:
            self._notes.hide()
        elif self._notes.isVisibleTo(self.body):
            self._buttons[CardAction.ADD_NOTE].hide()

    def _new_button(self, action: CardAction) -> Button:
        button = Button()
        on_click(button, partial(self._act, action))
        self._buttons[action] = button
        return button

    def _recolor(self) -> None:
        if self.model is not None:
            faded = self.model.faded
            self.set_edge(
                self.theme.colors.border_strong if faded else self.theme.caller(self.model.caller.hue)
            )

    # --- what the agent does ------------------------------------------------------------------------------

    def _act(self, action: CardAction) -> None:
        if self.model is None:
            return
        match action:
            case CardAction.ADD_NOTE:
                self.open_note()
            case CardAction.COPY_NUMBER:
                QGuiApplication.clipboard().setText(self.model.caller.copyable)
                self._buttons[action].set_caption(words.COPIED)
            case CardAction.CLOSE_CALL:
                self.intended.emit(CloseCall(self.model.call_id))
            case CardAction.DISMISS:
                self._dismiss()

    def _tell(self, signal: SignalInstance) -> None:
        if self.model:
            signal.emit(self.model.call_id)

    def _open_crm(self) -> None:
        if self.model is not None:
            open_page(self.model.crm_url)

    def open_note(self) -> None:
        """Open the input for notes and give it the keyboard."""
        self._notes.show()
        if button := self._buttons.get(CardAction.ADD_NOTE):
            button.hide()
        self.fit()
        self.take_keyboard(self._notes)

    def _on_note(self, text: str) -> None:
        if self.model is not None:
            draft = replace(self.model.draft, notes=text)
            self.intended.emit(EditDraft(self.model.call_id, draft))

    def _leave_note(self) -> None:
        self._notes.clearFocus()
        self.leave_keyboard()

    def _on_growth(self) -> None:
        if self._notes.isVisibleTo(self.body):
            self.fit()

    def _dismiss(self) -> None:
        if self.model is not None:
            self.intended.emit(DismissCard(self.model.call_id))
