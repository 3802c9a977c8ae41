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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import EditDraft, ExtendWrapUp, OpenPrompt, SnoozePrompt, SubmitDraft
from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.countdown import CountdownBar
from cti_desktop.desktop.ui.followup import FollowUpField
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, TailLabel, field_label, set_look
from cti_desktop.desktop.ui.measure import freshen, height_at
from cti_desktop.desktop.ui.notes import NotesEdit
from cti_desktop.desktop.ui.outcome import OutcomeField
from cti_desktop.desktop.ui.paint import Avatar
from cti_desktop.desktop.ui.popup import SHIELD_MS, WIDTH, Popup
from cti_desktop.desktop.ui.prompt_foot import PromptFoot
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.outcomes import MAX_SUGGESTIONS
from cti_desktop.desktop.viewmodels.prompt import PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words

_AVATAR: Final = 36
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
        self._outcome = OutcomeField(theme)
        self._outcome.picked.connect(self._on_outcome)
        self._outcome.resized.connect(self._on_growth)
        self._outcome.left.connect(self.setFocus)
        self._countdown = CountdownBar(theme)
        self._countdown.extended.connect(self._extend)
        self._follow_up = FollowUpField(theme, zone)
        self._follow_up.chosen.connect(self._on_follow_up)
        self._follow_up.wanted.connect(self.take_keyboard)
        self._follow_up.opened.connect(self._on_growth)
        self.column.setSpacing(Space.M)
        self.column.addLayout(self._build_header())
        self.column.addLayout(self._build_caller())
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
            return
        was, self.model = self.model, model
        if was is None or was.call_id != model.call_id:
            self._begin(model)
        self._title.setText(model.title)
        self._position.set_caption(model.position, words.NEXT_HELP)
        self._position.setVisible(bool(model.position))
        self._render_caller(model)
        self._foot.render_foot(model)
        self._outcome.render_outcome(model)
        self._render_fields(model)
        self._recolor()
        self.fit()

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
            ("Alt+N", self._notes.setFocus),
            ("Alt+F", self._follow_up.open_and_focus),
            ("Alt+L", self._foot.offer_times),
            ("Alt+M", self._extend),
            ("Alt+Down", self._turn),
            *((f"Alt+{n + 1}", partial(self._outcome.choose_lately_used, n)) for n in range(MAX_SUGGESTIONS)),
        )
        for keys, act in shortcuts:
            QShortcut(QKeySequence(keys), self, act)

    def _build_header(self) -> QHBoxLayout:
        self._title = Label("heading")
        self._position = Button("chip")
        on_click(self._position, self._turn)
        close = CloseButton(self.theme, words.LATER_HELP)
        on_click(close, self._later)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._title)
        row.addWidget(self._position)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _build_caller(self) -> QHBoxLayout:
        self._avatar = Avatar(self.theme, _AVATAR)
        self._name = TailLabel("strong")
        self._summary = ElidedLabel("muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._summary)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._avatar)
        row.addLayout(texts, 1)
        return row

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
        self._notes = NotesEdit()
        self._notes.setPlaceholderText(words.NOTES_HINT)
        self._notes_label = field_label(words.NOTES, self._notes)
        self._notes_error = Label("error", wraps=True)
        self._notes.wanted.connect(lambda: self.take_keyboard(self._notes))
        self._notes.edited.connect(lambda text: self._edit(replace(self._draft, notes=text)))
        self._notes.submitted.connect(self._submit)
        self._notes.left.connect(self._later)
        self._notes.grew.connect(self._on_growth)
        box = QVBoxLayout()
        box.setSpacing(Space.S - 2)
        for widget in (self._notes_label, self._notes, self._notes_error):
            box.addWidget(widget)
        self._form.addLayout(box)

    # --- rendering ----------------------------------------------------------------------------------------

    def _begin(self, model: PromptModel) -> None:
        self._draft = model.draft
        self._notes.load(model.draft.notes)
        self._follow_up.reset()
        self._outcome.begin()
        self._scroll.verticalScrollBar().setValue(0)
        self.setFocus()
        self.raise_shield()
        self.announce(model.spoken)

    def _render_caller(self, model: PromptModel) -> None:
        self._avatar.show_caller(model.caller)
        self._name.show_tailed(model.caller.brief, model.caller.last_digits)
        self._summary.show_text(model.summary)
        self._refused.show_text(model.refused)

    def _render_fields(self, model: PromptModel) -> None:
        self._notes_label.setText(words.NOTES_NEEDED if model.notes_needed else words.NOTES)
        self._notes.setReadOnly(model.saving)
        self._notes_error.show_text(model.errors.notes)
        set_look(self._notes, "wrong", bool(model.errors.notes))
        self._follow_up.render_follow_up(model.follow_up, model.errors.follow_up_at)

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
        if self.model is not None and not self.model.saving and draft != self._draft:
            self._draft = draft
            self.intended.emit(EditDraft(self.model.call_id, draft))

    def _on_outcome(self, code: str, sub_code: str | None) -> None:
        self._edit(replace(self._draft, code=code, sub_code=sub_code))

    def _on_follow_up(self, at: datetime | None) -> None:
        self._edit(replace(self._draft, follow_up_at=at))
        if self.model is not None:
            self._follow_up.render_follow_up(self.model.follow_up, self.model.errors.follow_up_at)

    def _submit(self) -> None:
        if self.model is not None and not self.model.saving and not self.shielded:
            self.intended.emit(SubmitDraft(self.model.call_id, self._draft, str(uuid4())))

    def _later(self, until: datetime | None = None) -> None:
        if self.model is not None and not self.shielded:
            self.intended.emit(SnoozePrompt(self.model.call_id, until))

    def _turn(self) -> None:
        """To the next call that waits for its outcome."""
        if self.model is not None and self.model.next_call is not None and not self.shielded:
            self.intended.emit(OpenPrompt(self.model.next_call))

    def _extend(self) -> None:
        if self.model is not None:
            self.intended.emit(ExtendWrapUp(self.model.call_id))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the prompt itself, beside all buttons, brings the keyboard."""
        super().mousePressEvent(event)
        if not self.shielded:
            self.take_keyboard(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose an outcome, letters a reason or look for one; Ctrl+Enter saves, Esc is later."""
        if self.shielded or self.model is None:
            self.raise_shield()  # whoever is still typing did not mean this call
            return
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._later()
        elif control or not self._on_letter(event.text()):
            super().keyPressEvent(event)

    def _on_letter(self, text: str) -> bool:
        """A key that chooses; else a letter begins to look for an outcome by its name."""
        if self._outcome.choose_by_key(text.lower()):
            return True
        if text == "/" or text.isalpha():
            self._outcome.begin_filter("" if text == "/" else text)
            return True
        return False
