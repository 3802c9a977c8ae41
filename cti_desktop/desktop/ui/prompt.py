"""The prompt that asks how a conversation went. Renders a `PromptModel`; every change leaves as an intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import EditDraft, ExtendWrapUp, OpenPrompt, SnoozePrompt, SubmitDraft
from cti_desktop.desktop.ui import followup, notes
from cti_desktop.desktop.ui.countdown import CountdownBar
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.measure import freshen, height_at
from cti_desktop.desktop.ui.outcome import LATELY, OutcomeField
from cti_desktop.desktop.ui.popup import SHIELD_MS, WIDTH, Popup
from cti_desktop.desktop.ui.prompt_foot import PromptFoot
from cti_desktop.desktop.ui.prompt_head import PromptHead
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.prompt import PromptModel

_LEAST_FORM: Final = 140


class PromptCard(Popup):
    """One for all calls; `model` is None while nothing is asked. `room` is how high it may become."""

    intended = Signal(object)

    def __init__(self, theme: Theme, *, zone: tzinfo | None = None, shield_ms: int = SHIELD_MS) -> None:
        """Hidden. `zone` is the agent's, None for the computer's."""
        super().__init__(theme, shield_ms=shield_ms)
        self.model: PromptModel | None = None
        self.room = 10_000
        self._draft = Draft()
        self._asked_to_save = self._goes_on = False
        self._outcome = OutcomeField(theme)
        self._outcome.picked.connect(lambda c, s: self._edit(replace(self._draft, code=c, sub_code=s)))
        self._outcome.resized.connect(self._on_growth)
        self._outcome.left.connect(self.setFocus)
        self._outcome.searched.connect(self._on_words)
        self._outcome.noted.connect(self._write)
        self._countdown = CountdownBar(theme)
        self._countdown.extended.connect(self._extend)
        self._follow_up = followup.FollowUpField(theme, zone)
        self._follow_up.chosen.connect(self._on_follow_up)
        self._follow_up.wanted.connect(self.take_keyboard)
        self._follow_up.left.connect(self.setFocus)
        self._follow_up.opened.connect(self._on_growth)
        self.column.setSpacing(Space.M)
        self._head = PromptHead(theme)
        self._head.put_off.connect(self._later)
        self._head.turned.connect(self._turn)
        self.corner = (self._head.close_button,)
        self.column.addWidget(self._head)
        self._refused = Label("banner", wraps=True)
        self.column.addWidget(self._countdown)
        self.column.addWidget(self._refused)
        self.column.addWidget(self._build_form())
        self._foot = PromptFoot(theme)
        self._foot.put_off.connect(self._later)
        self._foot.saved.connect(self._submit)
        self.column.addWidget(self._foot)
        theme.changed.connect(self._recolor)
        self._add_shortcuts()

    def render_prompt(self, model: PromptModel, now: datetime | None = None) -> None:
        """Show `model`. Another call begins anew, behind the typing shield. `now` is the relay's clock."""
        if now is not None:
            self._countdown.render_countdown(model.countdown, now)
        if model == self.model:
            self._answer_submit()
            return
        was, self.model = self.model, model
        if was is None or was.call_id != model.call_id:
            self._begin(model)
        self._head.render_head(model)
        self._refused.show_text(model.refused)
        self._foot.render_foot(model)
        self._outcome.render_outcome(model)
        self._notes.render_notes(model)
        self._follow_up.render_follow_up(model.follow_up, model.errors.follow_up_at)
        self._recolor()
        self.fit()
        self._answer_submit()
        self._go_on()

    def write_note(self, text: str) -> QWidget:
        """Go on with what was typed at the card; the field, with the caret at its end."""
        return self._notes.edit.go_on(text)

    def retire(self) -> None:
        """Hide it: nothing is asked any more."""
        self.model = None
        self.hide()
        self.leave_keyboard()

    def fit(self) -> None:
        """Take the height that is needed, or scroll the form where the screen is too low."""
        inside = WIDTH - self.column.contentsMargins().left() - self.column.contentsMargins().right()
        freshen(self.body)
        needed = height_at(self._form, inside)
        self._scroll.setFixedHeight(needed)
        freshen(self.body)
        chrome = height_at(self.column, WIDTH) - needed
        self._scroll.setFixedHeight(max(_LEAST_FORM, min(needed, self.room - chrome)))
        super().fit()

    @property
    def is_counting(self) -> bool:
        """Whether it wants to be ticked."""
        return self.model is not None and self._countdown.is_running

    def tick(self, now: datetime) -> None:
        """It is `now` by the relay's clock."""
        self._countdown.tick(now)

    # --- building -----------------------------------------------------------------------------------------

    def _add_shortcuts(self) -> None:
        shortcuts: tuple[tuple[str, Callable[[], object]], ...] = (
            (notes.KEYS, self._write),
            (followup.OPEN, self._follow_up.open_and_focus),
            *((keys, partial(self._follow_up.choose, n)) for n, keys in enumerate(followup.CHOOSE)),
            ("Alt+L", self._foot.offer_times),
            ("Alt+M", self._extend),
            ("Alt+Down", self._turn),
            *((keys, partial(self._choose_lately_used, n)) for n, keys in enumerate(LATELY)),
        )
        for keys, act in shortcuts:
            QShortcut(QKeySequence(keys), self, act)

    def _build_form(self) -> QScrollArea:
        self._inner = QWidget()
        self._inner.setProperty("role", "clear")
        self._form = QVBoxLayout(self._inner)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(Space.M)
        self._form.addWidget(self._outcome)
        self._build_notes()
        self._form.addWidget(self._follow_up)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._inner)
        return self._scroll

    def _build_notes(self) -> None:
        self._notes = notes.NotesField()
        edit = self._notes.edit
        edit.wanted.connect(lambda: self.take_keyboard(edit))
        edit.edited.connect(self._on_words)
        edit.submitted.connect(self._submit)
        edit.left.connect(self.setFocus)
        edit.grew.connect(self._on_growth)
        self._form.addWidget(self._notes)

    # --- rendering ----------------------------------------------------------------------------------------

    def _begin(self, model: PromptModel) -> None:
        self._draft = model.draft
        self._asked_to_save = self._goes_on = False
        self._notes.edit.load(model.draft.notes)
        self._follow_up.reset()
        self._outcome.begin()
        self._scroll.verticalScrollBar().setValue(0)
        self.setFocus()
        self.raise_shield()
        self.announce(model.spoken)

    def _recolor(self) -> None:
        if self.model is not None:
            color = self.theme.caller(self.model.caller.hue)
            self.set_edge(color)
            self._foot.set_color(color)

    def _on_growth(self) -> None:
        if self.model is not None:
            self.fit()

    # --- what the agent does ------------------------------------------------------------------------------

    def _edit(self, draft: Draft) -> None:
        """`_draft` is ahead of the model: two quick changes must not undo each other."""
        if self.model is not None and not self.model.saving:
            self._draft = draft
            self.intended.emit(EditDraft(self.model.call_id, draft))

    def _on_words(self) -> None:
        """Words that are no outcome's name are kept with the notes, wherever they are written."""
        words = self._notes.edit.with_line(self._outcome.unmatched)
        if words != self._draft.notes:
            self._edit(replace(self._draft, notes=words))

    def _write(self) -> None:
        """To the notes, with what was typed into the search and is no outcome's name."""
        self._notes.edit.add_line(self._outcome.take_unmatched())
        self._notes.edit.setFocus()

    def _on_follow_up(self, at: datetime | None) -> None:
        """Also while no time can be read yet: whoever writes is not done, and a countdown waits."""
        self._edit(replace(self._draft, follow_up_at=at))

    def _submit(self) -> None:
        if self.model is None or self.model.saving or self.ignores_keys:
            return
        self._notes.edit.add_line(self._outcome.take_unmatched())
        if self._outcome.is_looking:
            self.say(self._outcome.ask_to_decide(), urgent=True)
        elif not self._follow_up.settle():
            self._show_wrong("follow_up_at", self._follow_up.error.full_text())
        else:
            self._asked_to_save = True
            self.intended.emit(SubmitDraft(self.model.call_id, self._draft, str(uuid4())))

    def _later(self, until: datetime | None = None) -> None:
        if self.model is not None and not self.ignores_keys:
            self.intended.emit(SnoozePrompt(self.model.call_id, until))

    def _turn(self) -> None:
        """To the next call that waits for its outcome."""
        if self.model is not None and self.model.next_call is not None and not self.ignores_keys:
            self.intended.emit(OpenPrompt(self.model.next_call))

    def _choose_lately_used(self, index: int) -> None:
        self._goes_on = True
        self._outcome.choose_lately_used(index)

    def _extend(self) -> None:
        if self.model is not None:
            self.intended.emit(ExtendWrapUp(self.model.call_id))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the prompt itself, beside all buttons, brings the keyboard."""
        super().mousePressEvent(event)
        if not self.shielded:
            self.take_keyboard(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose an outcome, letters a reason or look for one; Ctrl+Enter saves.

        Esc leaves a field, with what is in it; once more is later. What a field doesn't want is not ours.
        """
        if self.ignores_keys or self.model is None:
            self.raise_shield()  # whoever is still typing did not mean this call
            return
        writes = isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit)
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setFocus() if writes else self._later()
        elif writes or control or self.model.saving or not self._on_letter(event.text()):
            super().keyPressEvent(event)

    def _on_letter(self, text: str) -> bool:
        """A key that chooses; else a letter begins to look for an outcome by its name."""
        self._goes_on = True
        if self._outcome.choose_by_key(text.lower()):
            self._go_on()  # at once where it was chosen before
            return True
        self._goes_on = False
        if text == "/" or text.isalpha():
            self._outcome.begin_filter("" if text == "/" else text)
            return True
        return False

    # --- where the keyboard goes by itself ----------------------------------------------------------------

    def _go_on(self) -> None:
        """After a key has chosen: to the next field that the outcome needs. Reasons have their letters."""
        if not self._goes_on or self.model is None or self.model.draft != self._draft:
            return  # what was chosen has not come back yet
        self._goes_on = False
        target = {"notes": self._notes.edit, "follow_up_at": self._follow_up.edit}.get(self.model.wants)
        if target is not None and self.focusWidget() is self:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer_submit(self) -> None:
        """After a refused wish to save: to the first field that is wrong, and aloud."""
        if self._asked_to_save and self.model is not None and any(self.model.errors.first):
            self._asked_to_save = False
            self._show_wrong(*self.model.errors.first)

    def _show_wrong(self, field: str, error: str) -> None:
        targets = {"notes": self._notes.edit, "follow_up_at": self._follow_up.edit}
        target = targets.get(field) or self._outcome.first_of(field) or self
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)
        self.say(error, urgent=True)
