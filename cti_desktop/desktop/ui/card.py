"""The card of one call. Renders a `CardModel`; what the agent does leaves as intents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QPaintEvent

from cti_desktop.core.intents import CloseCall, DismissCard, EditDraft
from cti_desktop.desktop.ui.browser import open_page
from cti_desktop.desktop.ui.buttons import on_click
from cti_desktop.desktop.ui.card_actions import ActionBar
from cti_desktop.desktop.ui.card_head import CallerRow, StateRow
from cti_desktop.desktop.ui.chips import ChipRow
from cti_desktop.desktop.ui.facts import FactsPanel
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.naming import Naming, Typed
from cti_desktop.desktop.ui.notes import NotesEdit
from cti_desktop.desktop.ui.popup import SHIELD_MS, Popup
from cti_desktop.desktop.ui.services import Services
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.card import CardAction, CardModel, Tone
from cti_desktop.desktop.viewmodels.words import calls as words


class CallCard(Popup):
    """Reused for one call after another; `model` is None while it is spare."""

    intended = Signal(object)
    collapsed = Signal(str)
    pin_toggled = Signal(str)
    painted = Signal(str)

    def __init__(self, theme: Theme, *, shield_ms: int = SHIELD_MS) -> None:
        super().__init__(theme, shield_ms=shield_ms)
        self.model: CardModel | None = None
        self.is_painted = False
        # Told after the paint event: the card's labels are painted after the card.
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._on_painted)
        self.state = StateRow(theme)
        self.caller = CallerRow(theme)
        self.column.addLayout(self.state)
        self.column.addLayout(self.caller)
        self._chips = ChipRow()
        self._facts = FactsPanel()
        self._naming = Naming(self, self.intended)
        self._services = Services(self, self.intended)
        self._notes = self._build_notes()
        self._footer = Label("muted")
        self._actions = ActionBar()
        panes = (self._chips, self._facts, self._naming, self._services, self._notes, self._footer)
        for widget in (*panes, self._actions):
            self.column.addWidget(widget)
        self._connect()

    def render_card(self, model: CardModel, now: datetime, *, quiet: bool = False) -> None:
        """Show `model`. `now` is by the clock of `model.since`. `quiet`: say nothing aloud."""
        if model != self.model:
            was, self.model = self.model, model
            self.state.show_state(model)
            self.caller.show_caller(model)
            self._chips.show_chips(model.chips, faded=model.faded)
            self._facts.show_facts(model.facts)
            self._naming.show_naming(model.naming)
            self._services.show_services(model.services)
            self._actions.show_buttons(model.buttons)
            self._render_notes(was, model)
            self._footer.show_text(model.footer)
            self._recolor()
            self.fit()
            if was is None or was.spoken != model.spoken:
                self.announce(model.spoken, urgent=model.tone is Tone.RINGING, quiet=quiet)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Count on."""
        if self.model is not None:
            self.state.tick(self.model, now)

    def retire(self) -> None:
        """Hide it and forget the call, ready for another."""
        self.hide()
        self.model = None
        self.is_painted = False
        self.show_pinned(pinned=False)
        self._naming.show_naming(None)
        self._services.show_services(None)
        self._notes.load("")

    @property
    def in_use(self) -> bool:
        """Whether it must not go by itself: it has the keyboard, or a name half typed."""
        return self.model is not None and (self.holds_keyboard or self._naming.is_begun)

    @property
    def note(self) -> str | None:
        """What stands in the note that the agent writes just now; None where none is written."""
        return self._notes.toPlainText() if self._notes.hasFocus() else None

    @property
    def typed(self) -> Typed | None:
        """A contact that is half typed, to be given to `go_on`."""
        return self._naming.typed

    def go_on(self, typed: Typed) -> None:
        """Take over what was typed on another card of the same call."""
        self._naming.go_on(typed)

    @property
    def is_naming(self) -> bool:
        """Whether the agent writes a name just now."""
        return self._naming.has_focus

    def show_pinned(self, *, pinned: bool) -> None:
        """Say whether it is kept on the screen."""
        self.state.show_pinned(pinned=pinned)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the agent can see the call now."""
        super().paintEvent(event)
        if not self.is_painted and not self._telling.isActive():
            self._telling.start()

    def _on_painted(self) -> None:
        self.is_painted = self.model is not None
        self._tell(self.painted)

    # --- building -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.corner = (self.state.pin, self.state.collapse, self.state.close)
        on_click(self.state.close, self._dismiss)
        on_click(self.state.pin, lambda: self._tell(self.pin_toggled))
        on_click(self.state.collapse, lambda: self._tell(self.collapsed))
        on_click(self.caller.crm, self._open_crm)
        self._actions.chosen.connect(self._act)
        self.theme.changed.connect(self._recolor)
        self.freed.connect(self._on_freed)

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

    def _render_notes(self, was: CardModel | None, model: CardModel) -> None:
        """What the agent writes is ahead of the model, whose notes count for a new call only."""
        if was is None or was.call_id != model.call_id:
            self._notes.load(model.draft.notes)
            self._notes.setVisible(bool(model.draft.notes))
        if not self._actions.offers(CardAction.ADD_NOTE):
            # Whoever writes while the call ends writes on: a field that hides would lose the keys.
            self._notes.setVisible(self._notes.hasFocus() and self.holds_keyboard)
        elif self._notes.isVisibleTo(self.body):
            self._actions.hide_button(CardAction.ADD_NOTE)

    def _recolor(self) -> None:
        if self.model is not None:
            self.set_edge(self.theme.caller(self.model.caller.hue, faded=self.model.faded))

    # --- what the agent does ------------------------------------------------------------------------------

    def _act(self, action: CardAction) -> None:
        if self.model is None:
            return
        match action:
            case CardAction.ADD_NOTE:
                self.open_note()
            case CardAction.COPY_NUMBER:
                QGuiApplication.clipboard().setText(self.model.caller.copyable)
                self._actions.caption(action, words.COPIED)
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
        self._actions.hide_button(CardAction.ADD_NOTE)
        self.fit()
        self.take_keyboard(self._notes)

    def _on_note(self, text: str) -> None:
        if self.model is not None:
            draft = replace(self.model.draft, notes=text)
            self.intended.emit(EditDraft(self.model.call_id, draft))

    def _leave_note(self) -> None:
        self._notes.clearFocus()
        self.leave_keyboard()

    def _on_freed(self) -> None:
        """The note of a call that is over is its prompt's."""
        if self._notes.isVisibleTo(self.body) and not self._actions.offers(CardAction.ADD_NOTE):
            self._notes.hide()
            self.fit()

    def _on_growth(self) -> None:
        if self._notes.isVisibleTo(self.body):
            self.fit()

    def _dismiss(self) -> None:
        if self.model is not None:
            self.intended.emit(DismissCard(self.model.call_id))
