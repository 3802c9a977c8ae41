from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cti_desktop.core.disposition import Catalogue, Code, Disposition, Draft, Fault, Problem
from cti_desktop.core.intents import EditDraft, ExtendWrapUp, OpenPrompt, SnoozePrompt, SubmitDraft
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.screen import OutboxState
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.prompt import PromptCard
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.prompt import prompt_model
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s


@pytest.fixture
def prompt(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> PromptCard:
    """A prompt without the shield."""
    made = PromptCard(theme, zone=s.ZONE, shield_ms=0)
    qtbot.addWidget(made)
    made.intended.connect(intents.append)
    return made


def render(prompt: PromptCard, *calls: MyCall, **changes: object) -> None:
    """Ask for the first of `calls`."""
    model = prompt_model(s.situation(*calls, **changes), s.ZONE)
    assert model is not None
    prompt.render_prompt(model)
    if not prompt.isVisible():
        prompt.appear()


def owed(call_id: str = "call-1", **draft: object) -> MyCall:
    """A call in wrap-up with this draft."""
    return s.with_draft(s.wrap_up(call_id), **draft)


def notes_of(prompt: PromptCard) -> QPlainTextEdit:
    """The input for notes."""
    found = prompt.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def time_of(prompt: PromptCard) -> QLineEdit:
    """The input for the follow-up's time."""
    return next(e for e in prompt.findChildren(QLineEdit) if e.accessibleName() == "Time of the follow-up")


def press(prompt: PromptCard, keys: str) -> None:
    """Press a shortcut while the prompt has the keyboard."""
    QTest.keySequence(prompt.windowHandle(), QKeySequence(keys))


def button(prompt: PromptCard, name: str) -> QAbstractButton:
    """The visible button of that name."""
    return next(
        b for b in prompt.findChildren(QAbstractButton) if b.isVisible() and b.accessibleName() == name
    )


def names(prompt: PromptCard) -> set[str]:
    """The names of the visible buttons."""
    return {b.accessibleName() for b in prompt.findChildren(QAbstractButton) if b.isVisible()}


def texts(prompt: PromptCard) -> list[str]:
    """What can be read."""
    return [label.full_text() for label in prompt.findChildren(Label) if label.isVisible()]


def drafts(intents: list[AnyIntent]) -> list[Draft]:
    """The drafts that were emitted."""
    return [intent.draft for intent in intents if isinstance(intent, EditDraft)]


def test_asks_whose_call_and_how_it_went(prompt: PromptCard) -> None:
    """Title, place in the queue, caller (above and beside Save), summary, outcomes."""
    render(prompt, owed(), owed("b"), owed("c"))
    shown = texts(prompt)
    assert {"How did it go?", "Incoming  ·  Renewals  ·  15:02  ·  02:26"} <= set(shown)
    assert button(prompt, "1 of 3").isVisible()
    assert 2 == shown.count("Ananya Deshmukh  …5512")
    assert button(prompt, "Not Interested").isVisible()


def test_click_chooses(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """A choice is a draft at once, so that nothing is lost."""
    render(prompt, owed())
    QTest.mouseClick(button(prompt, "Interested"), Qt.MouseButton.LeftButton)
    assert [EditDraft("call-1", Draft("interested"))] == intents


@pytest.mark.parametrize(("key", "code"), [("1", "interested"), ("3", "not_interested"), ("7", "escalated")])
def test_digit_chooses(
    prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot, key: str, code: str
) -> None:
    """One key per outcome."""
    render(prompt, owed())
    QTest.keyClicks(prompt, key)
    assert [Draft(code)] == drafts(intents)


def test_letter_chooses_a_reason(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """The second level has letters; the same letter again takes it back."""
    render(prompt, owed(code="not_interested"))
    QTest.keyClicks(prompt, "b")
    assert [Draft("not_interested", "competitor")] == drafts(intents)
    render(prompt, owed(code="not_interested", sub_code="competitor"))
    QTest.keyClicks(prompt, "b")
    assert Draft("not_interested") == drafts(intents)[-1]


def test_another_outcome_drops_the_reason(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """A reason belongs to its outcome; choosing the same outcome again changes nothing."""
    render(prompt, owed(code="not_interested", sub_code="price"))
    QTest.keyClicks(prompt, "3")
    assert [] == intents
    QTest.keyClicks(prompt, "1")
    assert [Draft("interested")] == drafts(intents)


def test_digits_in_the_notes_are_text(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """A price in the notes chooses no outcome."""
    render(prompt, owed())
    QTest.keyClicks(notes_of(prompt), "3")
    assert [Draft(notes="3")] == drafts(intents)


def test_two_quick_changes_don_t_undo_each_other(
    prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """Before the controller answered to the first, the second already holds both."""
    render(prompt, owed())
    QTest.keyClicks(notes_of(prompt), "GST")
    QTest.keyClicks(prompt, "1")
    assert Draft("interested", notes="GST") == drafts(intents)[-1]


def test_an_echo_does_not_overwrite_the_notes(prompt: PromptCard, qtbot: QtBot) -> None:
    """What is being typed is ahead of what is rendered."""
    render(prompt, owed())
    QTest.keyClicks(notes_of(prompt), "GST")
    render(prompt, owed(notes="G"))
    assert "GST" == notes_of(prompt).toPlainText()


def test_ctrl_enter_saves_from_anywhere(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """On the prompt, in the notes and in the time; each submit under an id of its own."""
    render(prompt, owed(code="follow_up", notes="x", follow_up_at=s.NOW + timedelta(hours=2)))
    control = Qt.KeyboardModifier.ControlModifier
    for target in (prompt, notes_of(prompt), time_of(prompt)):
        QTest.keyClick(target, Qt.Key.Key_Return, control)
    submits = [intent for intent in intents if isinstance(intent, SubmitDraft)]
    assert 3 == len({submit.disposition_id for submit in submits})
    assert {Draft("follow_up", None, "x", s.NOW + timedelta(hours=2))} == {submit.draft for submit in submits}


def test_plain_enter_saves_nothing(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Enter and Space on the prompt are no button."""
    render(prompt, owed(code="interested"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(prompt, key)
    assert [] == intents


def test_save_button(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """The mouse works, too."""
    render(prompt, owed(code="interested"))
    QTest.mouseClick(button(prompt, "Save"), Qt.MouseButton.LeftButton)
    assert isinstance(intents[0], SubmitDraft)


@pytest.mark.parametrize("where", ["prompt", "button", "close"])
def test_later(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot, where: str) -> None:
    """Esc, Later and × put it aside."""
    render(prompt, owed())
    match where:
        case "prompt":
            QTest.keyClick(prompt, Qt.Key.Key_Escape)
        case "button":
            QTest.mouseClick(button(prompt, "Later"), Qt.MouseButton.LeftButton)
        case _:
            QTest.mouseClick(
                button(prompt, "Put it aside; it stays in your To do list (Esc)"), Qt.MouseButton.LeftButton
            )
    assert [SnoozePrompt("call-1")] == intents


def test_errors_stand_beside_their_fields(prompt: PromptCard) -> None:
    """In words, and gone when mended."""
    bad = owed(code="not_interested", follow_up_at=s.ago(hours=1))
    said = {"call-1": (Problem("sub_code", Fault.MISSING), Problem("follow_up_at", Fault.IN_THE_PAST))}
    render(prompt, bad, problems=said)
    assert {"Choose a reason, too.", "This time is over. Choose a later one."} <= set(texts(prompt))
    assert time_of(prompt).property("wrong")
    render(prompt, owed(code="not_interested", sub_code="price"), problems=said)
    assert not {"Choose a reason, too.", "This time is over. Choose a later one."} & set(texts(prompt))


def test_a_missing_outcome_and_a_missing_note(prompt: PromptCard) -> None:
    """The other two fields have their errors as well."""
    render(prompt, owed(), problems={"call-1": (Problem("code", Fault.MISSING),)})
    assert "Choose how it went." in texts(prompt)
    render(prompt, owed(code="escalated"), problems={"call-1": (Problem("notes", Fault.MISSING),)})
    assert "This outcome needs a note. A few words are enough." in texts(prompt)
    assert "Notes (needed)" in texts(prompt)


def test_refused_by_the_relay(prompt: PromptCard) -> None:
    """The reason stands above the form."""
    render(prompt, owed(), outbox=(s.saved("call-1", OutboxState.PARKED, message="retired"),))
    assert "The relay did not take this: retired" in texts(prompt)


def test_follow_up_is_folded_until_needed(prompt: PromptCard, qtbot: QtBot) -> None:
    """It opens when the outcome asks for it, or when the agent does."""
    render(prompt, owed())
    assert "Tomorrow 10:00" not in names(prompt)
    QTest.mouseClick(button(prompt, "Promise a follow-up"), Qt.MouseButton.LeftButton)
    assert "Tomorrow 10:00" in names(prompt)
    render(prompt, owed("b"))
    assert "Tomorrow 10:00" not in names(prompt)
    render(prompt, owed("b", code="follow_up"))
    assert "Tomorrow 10:00" in names(prompt)
    assert "No follow-up" not in names(prompt)


def test_follow_up_shortcut(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Natural times are one click away."""
    render(prompt, owed(code="follow_up"))
    QTest.mouseClick(button(prompt, "Tomorrow 10:00"), Qt.MouseButton.LeftButton)
    at = datetime(2026, 11, 24, 10, tzinfo=s.ZONE)
    assert [Draft("follow_up", follow_up_at=at)] == drafts(intents)
    render(prompt, owed(code="follow_up", follow_up_at=at))
    assert "Tomorrow 10:00 · in 19 hours" in texts(prompt)
    assert button(prompt, "Tomorrow 10:00").isChecked()


def test_a_time_can_be_written(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """As people say it, in the agent's zone; the draft follows each letter, and says what was understood."""
    render(prompt, owed(code="follow_up"))
    QTest.keyClicks(time_of(prompt), "tomorrow 1")
    assert datetime(2026, 11, 24, 13, tzinfo=s.ZONE) == drafts(intents)[-1].follow_up_at
    QTest.keyClicks(time_of(prompt), "1")
    at = datetime(2026, 11, 24, 11, tzinfo=s.ZONE)
    assert at == drafts(intents)[-1].follow_up_at
    render(prompt, owed(code="follow_up", follow_up_at=at))
    assert "Tomorrow 11:00 · in 20 hours" in texts(prompt)
    assert "tomorrow 11" == time_of(prompt).text()


def test_half_a_sentence_is_never_saved_without_its_promise(
    prompt: PromptCard, intents: list[AnyIntent]
) -> None:
    """Nothing is complained of while it is written; with the wish to save it is, and nothing is sent."""
    render(prompt, owed(code="interested"))
    QTest.mouseClick(button(prompt, "Promise a follow-up"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(time_of(prompt), "tomorow")
    error = "This time is not understood. Write it like: tomorrow 10, or in 45m."
    assert error not in texts(prompt)
    QTest.keyClick(time_of(prompt), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert error in texts(prompt)
    assert time_of(prompt).property("wrong")
    assert time_of(prompt) is prompt.focusWidget()
    assert not [intent for intent in intents if isinstance(intent, SubmitDraft)]
    time_of(prompt).clear()
    QTest.keyClick(time_of(prompt), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(intents[-1], SubmitDraft)


def test_leaving_the_empty_line_mends_nothing(prompt: PromptCard) -> None:
    """What was complained of stays said until there is a time."""
    render(prompt, owed(code="follow_up"), problems={"call-1": (Problem("follow_up_at", Fault.MISSING),)})
    time_of(prompt).setFocus()
    notes_of(prompt).setFocus()
    assert "Say when to call back." in texts(prompt)


def test_a_written_time_that_is_over_says_so_at_once(prompt: PromptCard) -> None:
    """Before anybody tries to save it."""
    render(prompt, owed(code="follow_up"))
    QTest.keyClicks(time_of(prompt), "today 9")
    render(prompt, owed(code="follow_up", follow_up_at=datetime(2026, 11, 23, 9, tzinfo=s.ZONE)))
    assert "This time is over. Choose a later one." in texts(prompt)


def test_a_natural_time_takes_the_place_of_a_written_one(
    prompt: PromptCard, intents: list[AnyIntent]
) -> None:
    """And the other way round: there is one time only."""
    render(prompt, owed(code="follow_up"))
    QTest.keyClicks(time_of(prompt), "friday 4pm")
    QTest.mouseClick(button(prompt, "In 1 hour"), Qt.MouseButton.LeftButton)
    assert "" == time_of(prompt).text()
    assert datetime(2026, 11, 23, 16, 10, tzinfo=s.ZONE) == drafts(intents)[-1].follow_up_at


def test_follow_up_can_be_taken_back(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Unless the outcome needs it."""
    at = s.NOW + timedelta(hours=2)
    render(prompt, owed(code="interested", follow_up_at=at))
    QTest.mouseClick(button(prompt, "No follow-up"), Qt.MouseButton.LeftButton)
    assert [Draft("interested")] == drafts(intents)


def test_saving_freezes_the_form(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """While the disk is asked, nothing can be changed or saved twice."""
    render(prompt, owed(code="interested"), saving=frozenset({"call-1"}))
    assert not button(prompt, "Saving…").isEnabled()
    QTest.keyClicks(prompt, "2")
    QTest.keyClicks(notes_of(prompt), "x")
    QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [] == intents


def test_the_next_call_begins_with_nothing_of_the_last(prompt: PromptCard, qtbot: QtBot) -> None:
    """Notes, focus and follow-up of one call never reach another's form."""
    render(prompt, owed("a"))
    QTest.keyClicks(notes_of(prompt), "about a")
    render(prompt, owed("b", code="interested"))
    assert "" == notes_of(prompt).toPlainText()
    assert not notes_of(prompt).hasFocus()


def test_the_shield_holds_back_keys_and_clicks(theme: Theme, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """What was meant for another window or another call does nothing for a moment."""
    prompt = PromptCard(theme, zone=s.ZONE, shield_ms=20)
    qtbot.addWidget(prompt)
    prompt.intended.connect(intents.append)
    render(prompt, owed())
    assert prompt.shielded
    QTest.keyClicks(prompt, "1")
    QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    target = button(prompt, "Interested")
    QTest.mouseClick(
        prompt.windowHandle(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        target.mapTo(prompt, QPoint(20, 10)),
    )
    assert [] == intents
    qtbot.waitUntil(lambda: not prompt.shielded)
    QTest.keyClicks(prompt, "1")
    assert [Draft("interested")] == drafts(intents)


def test_tab_reaches_everything(prompt: PromptCard, qtbot: QtBot, settle: Callable[[], None]) -> None:
    """Every input and button is in the tab order."""
    render(prompt, owed(code="follow_up"))
    prompt.take_keyboard(prompt)
    settle()
    reached: set[str] = set()
    for _ in range(40):
        QTest.keyClick(prompt.focusWidget(), Qt.Key.Key_Tab)
        reached.add(prompt.focusWidget().accessibleName())
    for name in ("Interested", "Escalated", "Notes", "In 1 hour", "Time of the follow-up", "Later", "Save"):
        assert name in reached


def test_tab_leaves_the_corner_for_the_end(
    prompt: PromptCard, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    """Whoever presses Tab wants an outcome, then the notes; the × comes when all else was passed."""
    render(prompt, owed())
    prompt.take_keyboard(prompt)
    settle()
    QTest.keyClick(prompt, Qt.Key.Key_Tab)
    assert "Interested" == prompt.focusWidget().accessibleName()
    QTest.keyClick(prompt.focusWidget(), Qt.Key.Key_Backtab)
    QTest.keyClick(prompt, Qt.Key.Key_Backtab)
    assert prompt.focusWidget().accessibleName().startswith("Put it aside")


def test_each_field_has_a_key_that_can_be_read(
    prompt: PromptCard, intents: list[AnyIntent], settle: Callable[[], None]
) -> None:
    """Alt+N, Alt+F and Ctrl with a digit do what stands beside the fields; Ctrl+Enter stands beside Save."""
    render(prompt, owed())
    prompt.take_keyboard(prompt)
    settle()
    assert {"Alt+N", "Alt+F", "Ctrl+Enter saves"} <= set(texts(prompt))
    press(prompt, "Alt+N")
    assert notes_of(prompt).hasFocus()
    press(prompt, "Alt+F")
    assert time_of(prompt).hasFocus()
    assert "Alt+F  Ctrl+1…3" in texts(prompt)
    press(prompt, "Ctrl+2")
    assert datetime(2026, 11, 24, 10, tzinfo=s.ZONE) == drafts(intents)[-1].follow_up_at


def test_esc_goes_back_one_step(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """From a field to the prompt, with what was written; from there it is later."""
    render(prompt, owed(code="follow_up"))
    for field in (notes_of(prompt), time_of(prompt)):
        field.setFocus()
        QTest.keyClicks(field, "10")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert prompt is prompt.focusWidget()
    assert ("10", "10") == (notes_of(prompt).toPlainText(), time_of(prompt).text())
    assert not [intent for intent in intents if isinstance(intent, SnoozePrompt)]
    QTest.keyClick(prompt, Qt.Key.Key_Escape)
    assert SnoozePrompt("call-1") == intents[-1]


def test_a_chosen_outcome_leads_to_what_it_needs(prompt: PromptCard) -> None:
    """The notes, or the time; reasons have their letters, and by the mouse nothing moves."""
    for key, code, field in (("7", "escalated", notes_of(prompt)), ("2", "follow_up", time_of(prompt))):
        render(prompt, owed(code))
        QTest.keyClicks(prompt, key)
        render(prompt, owed(code, code=code))
        assert field is prompt.focusWidget()
    prompt.setFocus()
    QTest.keyClicks(prompt, "2")  # once more: at once, and never by a later render
    assert time_of(prompt) is prompt.focusWidget()
    prompt.setFocus()
    render(prompt, owed("follow_up", code="follow_up", notes="x"))
    assert prompt is prompt.focusWidget()
    render(prompt, owed("reasons"))
    QTest.keyClicks(prompt, "3")
    render(prompt, owed("reasons", code="not_interested"))
    assert prompt is prompt.focusWidget()
    render(prompt, owed("mouse"))
    QTest.mouseClick(button(prompt, "Escalated"), Qt.MouseButton.LeftButton)
    render(prompt, owed("mouse", code="escalated"))
    assert prompt is prompt.focusWidget()


@pytest.mark.parametrize(
    ("draft", "field", "name"),
    [
        ({}, "code", "Interested"),
        ({"code": "not_interested"}, "sub_code", "Price"),
        ({"code": "escalated"}, "notes", "Notes"),
        ({"code": "follow_up"}, "follow_up_at", "Time of the follow-up"),
    ],
)
def test_a_refused_save_leads_to_the_first_wrong_field(
    prompt: PromptCard, draft: dict[str, str], field: str, name: str
) -> None:
    """Each time that it is refused, also for the same reason."""
    render(prompt, owed(**draft))
    for _ in range(2):
        prompt.setFocus()
        QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        render(prompt, owed(**draft), problems={"call-1": (Problem(field, Fault.MISSING),)})
        assert name == prompt.focusWidget().accessibleName()


def test_what_a_field_does_not_want_chooses_nothing(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """Notes that can't be changed while they are saved let their letters go: they look for no outcome."""
    render(prompt, owed(code="interested"), saving=frozenset({"call-1"}))
    notes_of(prompt).setFocus()
    QTest.keyClicks(notes_of(prompt), "3p")
    QTest.keyClicks(prompt, "3p")
    assert ([], False) == (intents, filter_of(prompt).isVisible())
    assert notes_of(prompt) is prompt.focusWidget()


def test_every_control_has_a_name(prompt: PromptCard) -> None:
    """Screen readers find no nameless input or button."""
    render(prompt, owed(code="not_interested", follow_up_at=s.NOW + timedelta(hours=1)))
    for control in prompt.findChildren(QAbstractButton):
        if control.isVisible():
            assert control.accessibleName()
    assert "Notes" == notes_of(prompt).accessibleName()
    assert "Time of the follow-up" == time_of(prompt).accessibleName()


def test_a_catalogue_s_markup_is_text(prompt: PromptCard) -> None:
    """Labels of the catalogue are written by somebody else, too."""
    catalogue = Catalogue(1, (Code("a", "<b>R&D</b>", "#15803d", "1"),))
    render(prompt, owed(), catalogue=catalogue)
    assert button(prompt, "<b>R&D</b>").isVisible()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in prompt.findChildren(QLabel))


def test_a_shorter_catalogue_leaves_no_old_choice(prompt: PromptCard) -> None:
    """A catalogue that came over the wire replaces the former one."""
    render(prompt, owed())
    render(prompt, owed(), catalogue=replace(s.CATALOGUE, codes=s.CATALOGUE.codes[:2]))
    shown = [b.accessibleName() for b in prompt.findChildren(QAbstractButton) if b.isVisible()]
    assert "Follow-up" in shown
    assert "Escalated" not in shown


def test_low_screens_scroll_the_form(prompt: PromptCard, settle: Callable[[], None]) -> None:
    """At 200 % on a small laptop Save stays on the screen."""
    prompt.room = 420
    render(prompt, owed(code="not_interested", follow_up_at=s.NOW + timedelta(hours=1)))
    settle()
    assert prompt.visible_rect().height() <= 420
    save = button(prompt, "Save")
    assert save.mapTo(prompt.body, save.rect().bottomLeft()).y() < 420


# --- the queue, the clock and the filter ------------------------------------------------------------------


def filter_of(prompt: PromptCard) -> QLineEdit:
    """The input that finds outcomes."""
    return next(e for e in prompt.findChildren(QLineEdit) if e.accessibleName() == "Find an outcome")


def type_in(prompt: PromptCard, text: str) -> None:
    """Type into whatever has the keyboard by then, in the window that has it."""
    prompt.take_keyboard()
    assert QTest.qWaitForWindowActive(prompt)
    for letter in text:
        QTest.keyClicks(prompt.focusWidget(), letter)


def test_letters_find_an_outcome(prompt: PromptCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Typing begins to look, each letter after those before; Enter takes the first, with its reason."""
    render(prompt, owed())
    type_in(prompt, "price")
    assert "price" == filter_of(prompt).text()
    assert "Not Interested · Price" in names(prompt)
    QTest.keyClick(filter_of(prompt), Qt.Key.Key_Return)
    assert [Draft("not_interested", "price")] == drafts(intents)
    assert not filter_of(prompt).isVisible()


def test_no_letter_takes_the_place_of_the_first(prompt: PromptCard, qtbot: QtBot) -> None:
    """What is found is what was typed, not what was typed second."""
    render(prompt, owed())
    type_in(prompt, "not c")
    assert "not c" == filter_of(prompt).text()
    assert "Not Connected" in names(prompt)


def test_a_filter_that_fits_nothing_says_so(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """What is chosen stays in sight, and Esc drops the words and leaves the rest as it was."""
    render(prompt, owed(code="resolved"))
    type_in(prompt, "/zzz")
    assert "No outcome has this in its name. Enter puts it into the notes, Esc drops it." in texts(prompt)
    assert button(prompt, "Resolved").isChecked()
    QTest.keyClick(filter_of(prompt), Qt.Key.Key_Escape)
    assert Draft("resolved") == drafts(intents)[-1]
    assert "Interested" in names(prompt)
    assert "" == notes_of(prompt).toPlainText()


@pytest.mark.parametrize("keys", ["Return", "Alt+N"])
def test_words_that_are_no_outcome_go_into_the_notes(
    prompt: PromptCard, intents: list[AnyIntent], keys: str
) -> None:
    """By Enter or by going there, below what is written already, to be written on."""
    render(prompt, owed(code="resolved", notes="Paid."))
    type_in(prompt, "zeta one")
    press(prompt, keys)
    assert "Paid.\nzeta one" == notes_of(prompt).toPlainText()
    assert not filter_of(prompt).isVisible()
    type_in(prompt, "!")
    assert Draft("resolved", notes="Paid.\nzeta one!") == drafts(intents)[-1]


def test_saving_takes_words_that_are_no_outcome_along(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """Whoever meant a note, typed into the search and saved at once has saved the note."""
    render(prompt, owed(code="resolved"))
    type_in(prompt, "note one")
    QTest.keyClick(filter_of(prompt), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    saved = [intent.draft for intent in intents if isinstance(intent, SubmitDraft)]
    assert [Draft("resolved", notes="note one")] == saved
    assert Draft("resolved") not in drafts(intents)  # at no time without them
    assert prompt.focusWidget() is prompt


def test_words_that_are_no_outcome_are_kept_at_once(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """So that neither Later nor a countdown that ends meanwhile loses them."""
    render(prompt, owed(code="resolved"))
    type_in(prompt, "note one")
    assert Draft("resolved", notes="note one") == drafts(intents)[-1]


def test_saving_amid_a_search_asks_to_decide(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """An outcome is marked, another one is chosen: which is meant is not for us to say."""
    render(prompt, owed(code="resolved"))
    type_in(prompt, "price")
    said = "Not saved yet: Enter takes the first of these outcomes, Esc leaves the search."
    QTest.keyClick(filter_of(prompt), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [] == intents
    assert said in texts(prompt)
    type_in(prompt, " ")
    assert said not in texts(prompt)


def test_a_note_is_written_on_at_its_end(prompt: PromptCard) -> None:
    """Also when the prompt is opened again."""
    render(prompt, owed(notes="Paid"))
    press(prompt, "Alt+N")
    type_in(prompt, "!")
    assert "Paid!" == notes_of(prompt).toPlainText()


def test_the_filter_goes_with_the_call(prompt: PromptCard) -> None:
    """The next call begins with all outcomes."""
    render(prompt, owed())
    QTest.keyClicks(prompt, "/")
    render(prompt, owed("b"))
    assert not filter_of(prompt).isVisible()


def test_what_was_used_last_is_one_click_away(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """Or one shortcut."""
    used = [
        replace(
            s.disposed(str(n)), saved=Disposition(str(n), str(n), code, sub, "", None, s.ago(hours=n + 1))
        )
        for n, (code, sub) in enumerate((("not_interested", "price"), ("resolved", None)))
    ]
    render(prompt, *used, owed())
    assert "Last used" in texts(prompt)
    QTest.mouseClick(button(prompt, "Not Interested · Price"), Qt.MouseButton.LeftButton)
    assert [Draft("not_interested", "price")] == drafts(intents)


def test_the_countdown_can_be_extended(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """It says what it leads to, and goes on by itself."""
    call = replace(owed(), wrap_up_until=s.NOW + timedelta(seconds=30))
    model = prompt_model(s.situation(call, policy=Policy("timed", 60, "resolved")), s.ZONE)
    assert model is not None
    prompt.render_prompt(model, s.NOW)
    prompt.appear()
    assert "Saves “Resolved” in 00:30" in texts(prompt)
    prompt.tick(s.NOW + timedelta(seconds=25))
    assert "Saves “Resolved” in 00:05" in texts(prompt)
    QTest.mouseClick(button(prompt, "More time"), Qt.MouseButton.LeftButton)
    assert [ExtendWrapUp("call-1")] == intents


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_when_to_be_asked_again_can_be_chosen(
    prompt: PromptCard, intents: list[AnyIntent], settle: Callable[[], None]
) -> None:
    """From a menu, by mouse or Alt+L."""
    render(prompt, owed())
    QTest.mouseClick(button(prompt, "Ask again…"), Qt.MouseButton.LeftButton)
    menu = prompt.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    assert [SnoozePrompt("call-1", s.NOW + timedelta(minutes=15))] == intents
    menu.close()
    settle()


def test_the_queue_can_be_turned(prompt: PromptCard, intents: list[AnyIntent]) -> None:
    """The badge says how many wait, and turns to the next."""
    render(prompt, owed(), owed("b"))
    QTest.mouseClick(button(prompt, "1 of 2"), Qt.MouseButton.LeftButton)
    assert [OpenPrompt("b")] == intents


def test_keys_meant_for_the_call_before_do_nothing(
    qtbot: QtBot, theme: Theme, intents: list[AnyIntent]
) -> None:
    """Whoever goes on typing when another call's prompt comes keeps the shield up."""
    prompt = PromptCard(theme, zone=s.ZONE, shield_ms=400)
    qtbot.addWidget(prompt)
    prompt.intended.connect(intents.append)
    render(prompt, owed())
    for _ in range(5):
        QTest.keyClicks(prompt, "1")
        assert prompt.shielded
    assert [] == intents


def test_tab_goes_as_the_eye_does(prompt: PromptCard, settle: Callable[[], None]) -> None:
    """From the top down, although buttons are made when they are needed; the corner last."""
    call = replace(owed(code="not_interested"), wrap_up_until=s.NOW + timedelta(seconds=30))
    model = prompt_model(s.situation(call, owed("b"), policy=Policy("timed", 60, "resolved")), s.ZONE)
    assert model is not None
    prompt.render_prompt(model, s.NOW)
    prompt.appear()
    settle()
    prompt.order_stops()  # as the key does
    tops, widget = [], prompt.nextInFocusChain()
    while widget is not None and widget is not prompt:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            tops.append(widget.mapTo(prompt, widget.rect().center()).y() // 20)
        widget = widget.nextInFocusChain()
    assert 15 < len(tops)
    assert [*sorted(tops[:-1]), min(tops)] == tops
