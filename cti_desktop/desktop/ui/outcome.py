"""The part of a prompt that asks for the outcome: choices, reasons, those used last, a filter by letters."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cti_desktop.desktop.ui.buttons import on_click
from cti_desktop.desktop.ui.choices import ChoiceButton
from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import KeyHint, Label
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.outcomes import MAX_SUGGESTIONS, Outcome, matching
from cti_desktop.desktop.viewmodels.prompt import PromptModel
from cti_desktop.desktop.viewmodels.words import prompts as words

LATELY: Final = tuple(f"Alt+{number}" for number in range(1, MAX_SUGGESTIONS + 1))
_COLUMNS: Final = 2
_GAP: Final = Space.S - 2
_OPTION: Final = 28
_MOST_FOUND: Final = 8


class FilterEdit(QLineEdit):
    """Enter takes the first that fits, Esc gives up, and Ctrl+Enter is the prompt's."""

    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class OutcomeField(QWidget):
    """`picked` with code and reason; `resized` when it needs room; `left` when the filter is.

    `searched`: what is looked for is another; `noted`: Enter, where it is no outcome's name.
    """

    picked = Signal(str, object)
    resized = Signal()
    left = Signal()
    searched = Signal()
    noted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty."""
        super().__init__()
        self._theme = theme
        self._model: PromptModel | None = None
        self._choices: list[ChoiceButton] = []
        self._reasons: list[ChoiceButton] = []
        self._lately: list[ChoiceButton] = []
        self._found: list[ChoiceButton] = []
        self._fitting: tuple[Outcome, ...] = ()
        self._filter = FilterEdit()
        self._filter.setPlaceholderText(words.FILTER_HINT)
        self._filter.setAccessibleName(words.FILTER)
        self._filter.textChanged.connect(self._on_text)
        self._filter.textEdited.connect(lambda _text: self.searched.emit())
        self._filter.taken.connect(self._on_enter)
        self._filter.left.connect(self.end_filter)
        self._code_error = Label("error", wraps=True)
        self._reason_error = Label("error", wraps=True)
        self._nothing = Label("muted", wraps=True)
        self._nothing.setText(words.NOTHING_FITS)
        self._undecided = Label("error", wraps=True)
        self._lay_out()

    def begin(self) -> None:
        """Another call: no filter."""
        self._filter.clear()
        self._filter.hide()

    def render_outcome(self, model: PromptModel) -> None:
        """Show `model`."""
        self._model = model
        self._render_choices(model)
        self._render_reasons(model)
        self._render_lately(model)
        self._render_found()

    def choose_by_key(self, key: str) -> bool:
        """A digit chooses an outcome, a letter a reason. False: the key means nothing here."""
        if self._model is None or not key:
            return False
        for choice in self._model.choices:
            if choice.key == key:
                self._choose(choice.code)
                return True
        for reason in self._model.sub_choices:
            if reason.key == key:
                self._choose_reason(reason.code)
                return True
        return False

    def choose_lately_used(self, index: int) -> None:
        """The outcome that was used last, or the ones before."""
        if self._model is not None and index < len(self._model.suggestions):
            suggestion = self._model.suggestions[index]
            self.picked.emit(suggestion.code, suggestion.sub_code)

    def first_of(self, field: str) -> QWidget | None:
        """The first button of `code` or `sub_code`."""
        buttons = self._reasons if field == "sub_code" else self._choices
        return next((button for button in buttons if not button.isHidden()), None)

    def begin_filter(self, text: str = "") -> None:
        """Look for an outcome by its name, beginning with `text`."""
        self._filter.show()
        self._filter.setText(text)
        # By a shortcut, Qt would select what is in it, and the next letter would take its place.
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._render_found()
        self.searched.emit()

    def end_filter(self) -> None:
        """Show all outcomes again, and give the keys back to the prompt."""
        self.begin()
        self._render_found()
        self.searched.emit()
        self.left.emit()

    @property
    def is_looking(self) -> bool:
        """Whether outcomes were found and none of them is taken yet."""
        return bool(self._fitting)

    @property
    def unmatched(self) -> str:
        """What is written where outcomes are looked for and is no outcome's name: a note, most likely."""
        return "" if self._fitting or self._filter.isHidden() else self._filter.text().strip()

    def take_unmatched(self) -> str:
        """The same, which now belongs to the caller."""
        text = self.unmatched
        if text:
            self.begin()
            self._render_found()
            self.left.emit()
        return text

    def ask_to_decide(self) -> str:
        """Say, and give back, that an outcome is still to be taken or left."""
        self._undecided.show_text(words.UNDECIDED)
        self.resized.emit()
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)
        return words.UNDECIDED

    # --- building and rendering ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._grid_box, self._found_box = QWidget(), QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._found_column = found = QVBoxLayout(self._found_box)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(_GAP)
        found.addWidget(self._nothing)
        found.addWidget(self._undecided)
        self._reason_box, self._lately_box = QWidget(), QWidget()
        self._reason_flow = FlowLayout(self._reason_box, gap=_GAP)
        chips = QWidget()
        self._lately_flow = FlowLayout(chips, gap=_GAP)
        label, self._lately_keys = Label("field"), KeyHint()
        label.setText(words.LAST_USED)
        for beside in (label, self._lately_keys):  # in line with the first of them
            beside.setFixedHeight(_OPTION)
        row = QHBoxLayout(self._lately_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(chips, 1)
        row.addWidget(self._lately_keys, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (
            self._filter,
            self._found_box,
            self._lately_box,
            self._grid_box,
            self._code_error,
            self._reason_box,
            self._reason_error,
        ):
            column.addWidget(widget)
        self._filter.hide()
        self._found_box.hide()

    def _render_choices(self, model: PromptModel) -> None:
        for index, choice in enumerate(model.choices):
            if index == len(self._choices):
                button = ChoiceButton(self._theme)
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
                button = ChoiceButton(self._theme, "option")
                on_click(button, partial(self._choose_reason_at, index))
                self._reason_flow.addWidget(button)
                self._reasons.append(button)
            self._reasons[index].show_choice(reason.label, key=reason.key, chosen=reason.chosen)
        for index, button in enumerate(self._reasons):
            button.setVisible(index < len(model.sub_choices))
        self._reason_box.setVisible(bool(model.sub_choices))
        self._reason_error.show_text(model.errors.sub_code)

    def _render_lately(self, model: PromptModel) -> None:
        for index, suggestion in enumerate(model.suggestions):
            if index == len(self._lately):
                button = ChoiceButton(self._theme, "option")
                on_click(button, partial(self.choose_lately_used, index))
                self._lately_flow.addWidget(button)
                self._lately.append(button)
            self._lately[index].show_choice(suggestion.label)
            self._lately[index].setAccessibleDescription(suggestion.help)
        for index, button in enumerate(self._lately):
            button.setVisible(index < len(model.suggestions))
        self._lately_keys.show_run(LATELY[: len(model.suggestions)])
        self._lately_box.setVisible(bool(model.suggestions) and self._filter.isHidden())

    def _render_found(self) -> None:
        is_on = not self._filter.isHidden()
        text = self._filter.text()
        offered = self._model.offered if self._model is not None else ()
        self._fitting = matching(offered, text)[:_MOST_FOUND] if is_on and text.strip() else ()
        for index, outcome in enumerate(self._fitting):
            if index == len(self._found):
                button = ChoiceButton(self._theme)
                on_click(button, partial(self._take_found, index))
                self._found_column.addWidget(button)
                self._found.append(button)
            key = "↵" if index == 0 else " "
            self._found[index].show_choice(outcome.label, key=key, color=outcome.color, chosen=index == 0)
        for index, button in enumerate(self._found):
            button.setVisible(index < len(self._fitting))
        self._nothing.setVisible(bool(self.unmatched))
        self._filter.setAccessibleDescription(words.NOTHING_FITS if self.unmatched else "")
        self._found_box.setVisible(is_on and bool(text.strip()))
        self._grid_box.setVisible(not self._fitting)  # so that what is chosen is seen
        self._lately_box.setVisible(not is_on and bool(self._model and self._model.suggestions))
        self.resized.emit()

    # --- what the agent does ------------------------------------------------------------------------------

    def _on_text(self) -> None:
        self._undecided.show_text("")
        self._render_found()

    def _on_enter(self) -> None:
        if self.unmatched:
            self.noted.emit()
        else:
            self._take_found(0)

    def _choose_at(self, index: int) -> None:
        if self._model is not None:
            self._choose(self._model.choices[index].code)

    def _choose_reason_at(self, index: int) -> None:
        if self._model is not None:
            self._choose_reason(self._model.sub_choices[index].code)

    def _take_found(self, index: int) -> None:
        if index < len(self._fitting):
            outcome = self._fitting[index]
            self.end_filter()
            self.picked.emit(outcome.code, outcome.sub_code)

    def _choose(self, code: str) -> None:
        """The same once more changes nothing, not even the reason."""
        if self._model is not None and code != self._model.draft.code:
            self.picked.emit(code, None)

    def _choose_reason(self, reason: str) -> None:
        """The same once more takes it back."""
        if self._model is not None and self._model.draft.code is not None:
            draft = self._model.draft
            self.picked.emit(draft.code, None if reason == draft.sub_code else reason)
