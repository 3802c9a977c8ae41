"""The prompt that asks how a conversation went. Renders a `PromptModel`; every change leaves as an intent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import EditDraft, SnoozePrompt, SubmitDraft
from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.choices import ChoiceButton
from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.followup import FollowUpField
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, field_label, set_look
from cti_desktop.desktop.ui.measure import freshen, height_at
from cti_desktop.desktop.ui.notes import NotesEdit
from cti_desktop.desktop.ui.paint import Avatar, Dot
from cti_desktop.desktop.ui.popup import SHIELD_MS, WIDTH, Popup
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.prompt import PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words

_COLUMNS: Final = 2
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
        self._choices: list[ChoiceButton] = []
        self._reasons: list[ChoiceButton] = []
        self._follow_up = FollowUpField(theme, zone)
        self._follow_up.chosen.connect(self._on_follow_up)
        self._follow_up.wanted.connect(self.take_keyboard)
        self._follow_up.opened.connect(self._on_growth)
        self.column.setSpacing(Space.M)
        self.column.addLayout(self._build_header())
        self.column.addLayout(self._build_caller())
        self._refused = Label("banner", wraps=True)
        self.column.addWidget(self._refused)
        self.column.addWidget(self._build_form())
        self.column.addLayout(self._build_footer())
        theme.changed.connect(self._recolor)
        QShortcut(QKeySequence("Alt+N"), self, self._notes.setFocus)
        QShortcut(QKeySequence("Alt+F"), self, self._follow_up.open_and_focus)

    def render_prompt(self, model: PromptModel) -> None:
        """Show `model`. Another call begins anew, behind the typing shield."""
        if model == self.model:
            return
        was, self.model = self.model, model
        if was is None or was.call_id != model.call_id:
            self._begin(model)
        self._position.show_text(model.position)
        self._render_caller(model)
        self._render_choices(model)
        self._render_reasons(model)
        self._render_fields(model)
        self._save.setEnabled(not model.saving)
        self._save.set_caption(words.SAVING if model.saving else words.SAVE, words.SAVE_HELP)
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

    # --- building -----------------------------------------------------------------------------------------

    def _build_header(self) -> QHBoxLayout:
        title = Label("heading")
        title.setText(words.TITLE)
        self._position = Label("chip")
        close = CloseButton(self.theme, words.LATER_HELP)
        on_click(close, self._later)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(title)
        row.addWidget(self._position)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _build_caller(self) -> QHBoxLayout:
        self._avatar = Avatar(self.theme, _AVATAR)
        self._name = ElidedLabel("strong")
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
        self._build_choices()
        self._build_notes()
        self._form.addWidget(self._follow_up)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._inner)
        return self._scroll

    def _build_choices(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.S - 2)
        self._code_error = Label("error", wraps=True)
        self._reason_box = QWidget()
        self._reason_flow = FlowLayout(self._reason_box, gap=Space.S - 2)
        self._reason_error = Label("error", wraps=True)
        box = QVBoxLayout()
        box.setSpacing(Space.S)
        box.addLayout(self._grid)
        for widget in (self._code_error, self._reason_box, self._reason_error):
            box.addWidget(widget)
        self._form.addLayout(box)

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

    def _build_footer(self) -> QHBoxLayout:
        self._swatch = Dot(self.theme, side=10)
        self._whose = ElidedLabel("muted")
        self._later_button = Button("secondary")
        self._later_button.set_caption(words.LATER, words.LATER_HELP)
        on_click(self._later_button, self._later)
        self._save = Button("primary")
        on_click(self._save, self._submit)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._swatch)
        row.addWidget(self._whose, 1)
        row.addWidget(self._later_button)
        row.addWidget(self._save)
        return row

    # --- rendering ----------------------------------------------------------------------------------------

    def _begin(self, model: PromptModel) -> None:
        self._draft = model.draft
        self._notes.load(model.draft.notes)
        self._follow_up.reset()
        self._scroll.verticalScrollBar().setValue(0)
        self.setFocus()
        self.raise_shield()
        self.announce(model.spoken)

    def _render_caller(self, model: PromptModel) -> None:
        self._avatar.show_caller(model.caller)
        self._name.setText(model.caller.brief)
        self._summary.show_text(model.summary)
        self._whose.setText(model.caller.brief)
        self._refused.show_text(model.refused)

    def _render_choices(self, model: PromptModel) -> None:
        for index, choice in enumerate(model.choices):
            if index == len(self._choices):
                button = ChoiceButton(self.theme)
                on_click(button, partial(self._choose_at, index))
                self._grid.addWidget(button, index // _COLUMNS, index % _COLUMNS)
                self._choices.append(button)
            self._choices[index].show_choice(
                choice.label, key=choice.key, color=choice.color, chosen=choice.chosen
            )
        for index, button in enumerate(self._choices):
            button.setVisible(index < len(model.choices))
        self._code_error.show_text(model.errors.code)

    def _render_reasons(self, model: PromptModel) -> None:
        for index, reason in enumerate(model.sub_choices):
            if index == len(self._reasons):
                button = ChoiceButton(self.theme, "option")
                on_click(button, partial(self._choose_reason_at, index))
                self._reason_flow.addWidget(button)
                self._reasons.append(button)
            self._reasons[index].show_choice(reason.label, key=reason.key, chosen=reason.chosen)
        for index, button in enumerate(self._reasons):
            button.setVisible(index < len(model.sub_choices))
        self._reason_box.setVisible(bool(model.sub_choices))
        self._reason_error.show_text(model.errors.sub_code)

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
            self._swatch.set_color(color)

    def _on_growth(self) -> None:
        if self.model is not None:
            self.fit()

    # --- what the agent does ------------------------------------------------------------------------------

    def _edit(self, draft: Draft) -> None:
        """`_draft` is ahead of the model: two quick changes must not undo each other."""
        if self.model is not None and not self.model.saving and draft != self._draft:
            self._draft = draft
            self.intended.emit(EditDraft(self.model.call_id, draft))

    def _choose_at(self, index: int) -> None:
        if self.model is not None:
            code = self.model.choices[index].code
            self._edit(
                self._draft if code == self._draft.code else replace(self._draft, code=code, sub_code=None)
            )

    def _choose_reason_at(self, index: int) -> None:
        if self.model is not None:
            reason = self.model.sub_choices[index].code
            self._edit(replace(self._draft, sub_code=None if reason == self._draft.sub_code else reason))

    def _on_follow_up(self, at: datetime | None) -> None:
        self._edit(replace(self._draft, follow_up_at=at))
        if self.model is not None:
            self._follow_up.render_follow_up(self.model.follow_up, self.model.errors.follow_up_at)

    def _submit(self) -> None:
        if self.model is not None and not self.model.saving and not self.shielded:
            self.intended.emit(SubmitDraft(self.model.call_id, self._draft, str(uuid4())))

    def _later(self) -> None:
        if self.model is not None and not self.shielded:
            self.intended.emit(SnoozePrompt(self.model.call_id))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the prompt itself, beside all buttons, brings the keyboard."""
        super().mousePressEvent(event)
        if not self.shielded:
            self.take_keyboard(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose an outcome, letters a reason; Ctrl+Enter saves, Esc is later."""
        if self.shielded or self.model is None:
            return
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._later()
        elif control or not self._choose_by_key(event.text().lower()):
            super().keyPressEvent(event)

    def _choose_by_key(self, key: str) -> bool:
        if self.model is None or not key:
            return False
        for index, choice in enumerate(self.model.choices):
            if choice.key == key:
                self._choose_at(index)
                return True
        for index, reason in enumerate(self.model.sub_choices):
            if reason.key == key:
                self._choose_reason_at(index)
                return True
        return False
