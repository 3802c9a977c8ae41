from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Draft
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.intents import CloseCall, DismissCard, EditDraft
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.popup import WIDTH
from cti_desktop.desktop.ui.theme import DARK, Theme
from cti_desktop.desktop.viewmodels.card import card_model
from tests.helpers import situations as s

PAYLOAD = '<img src="file:///etc/passwd">'


def render(card: CallCard, call: MyCall, *earlier: MyCall) -> None:
    """Show `call` on the card."""
    card.render_card(card_model(call, s.situation(*earlier, call), s.ZONE), s.NOW)
    if not card.isVisible():
        card.appear()


def texts(card: CallCard) -> list[str]:
    """What can be read, from top to bottom as Qt has it."""
    return [
        label.full_text()
        for label in card.findChildren(Label)
        if label.isVisible() and label.full_text().strip("·")
    ]


def button(card: CallCard, name: str) -> QPushButton:
    """The visible button of that name."""
    return next(b for b in card.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == name)


def names(card: CallCard) -> set[str]:
    """The names of the visible buttons."""
    return {b.accessibleName() for b in card.findChildren(QPushButton) if b.isVisible()}


def test_shows_who_calls(card: CallCard) -> None:
    """State, queue, timer, name, number, place, line and history."""
    render(card, s.ringing(), s.disposed("old"))
    shown = texts(card)
    for text in (
        "Incoming call",
        "Renewals",
        "00:07",
        "Ananya Deshmukh",
        "+91 98200 55512  ·  Pune, IN",
        "Sales – Mumbai",
        "Last call",
        "14:02  ·  Interested  ·  02:26",
    ):
        assert text in shown


def test_markup_in_a_name_is_shown_verbatim(card: CallCard) -> None:
    """A stranger's name opens no file and hides no text, in labels as in the window's title."""
    render(card, s.ringing(caller=Caller("+919000000007", None, Contact("1", PAYLOAD))))
    assert PAYLOAD in texts(card)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in card.findChildren(QLabel))


def test_the_timer_counts_on(card: CallCard) -> None:
    """A tick is enough."""
    render(card, s.connected())
    card.tick(s.NOW + timedelta(seconds=29))
    assert "03:00" in texts(card)


def test_one_card_lives_through_a_call(card: CallCard) -> None:
    """Ringing, talking, taken elsewhere: the same window, its words follow."""
    render(card, s.ringing())
    window = card.winId()
    render(card, s.connected())
    assert "On the call" in texts(card)
    render(card, s.closed(reason=EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI))
    assert "Answered by Ravi Nair" in texts(card)
    assert "Incoming call" not in texts(card)
    assert window == card.winId()


def test_dismiss(card: CallCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """The × takes the card away, not the call."""
    render(card, s.ringing())
    QTest.mouseClick(
        button(card, "Take this card off the screen; the call goes on"), Qt.MouseButton.LeftButton
    )
    assert [DismissCard("call-1")] == intents


def test_a_missed_call_is_acknowledged(card: CallCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Got it."""
    render(card, s.closed())
    QTest.mouseClick(button(card, "Got it"), Qt.MouseButton.LeftButton)
    assert [DismissCard("call-1")] == intents


def test_close_by_hand(card: CallCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """A conversation whose end never came is ended by the agent."""
    render(card, s.connected())
    QTest.mouseClick(button(card, "It’s over"), Qt.MouseButton.LeftButton)
    assert [CloseCall("call-1")] == intents


def test_copy_number(card: CallCard, qtbot: QtBot) -> None:
    """The number lands in the clipboard as it can be dialled, and the button says so."""
    render(card, s.ringing())
    QTest.mouseClick(button(card, "Copy number"), Qt.MouseButton.LeftButton)
    assert "+919820055512" == QGuiApplication.clipboard().text()
    assert "Copied" in names(card)


def test_note_while_talking(card: CallCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """A note is a draft at every keystroke, and nothing of an earlier draft is lost with it."""
    render(card, s.with_draft(s.connected(), code="interested"))
    QTest.mouseClick(button(card, "Add note"), Qt.MouseButton.LeftButton)
    notes = card.findChild(QPlainTextEdit)
    assert isinstance(notes, QPlainTextEdit)
    assert notes.isVisible()
    QTest.keyClicks(notes, "hi")
    assert [
        EditDraft("call-1", Draft("interested", notes="h")),
        EditDraft("call-1", Draft("interested", notes="hi")),
    ] == intents


def test_an_echo_does_not_overwrite_what_is_being_typed(card: CallCard, qtbot: QtBot) -> None:
    """The controller answers to an older keystroke; the newer ones stay."""
    render(card, s.connected())
    card.open_note()
    notes = card.findChild(QPlainTextEdit)
    assert isinstance(notes, QPlainTextEdit)
    QTest.keyClicks(notes, "GST")
    render(card, s.with_draft(s.connected(), notes="G"))
    assert "GST" == notes.toPlainText()


def test_a_note_from_before_is_there(card: CallCard) -> None:
    """After a restart the note is on the card again."""
    render(card, s.with_draft(s.connected(), notes="GST invoice"))
    notes = card.findChild(QPlainTextEdit)
    assert isinstance(notes, QPlainTextEdit)
    assert (True, "GST invoice") == (notes.isVisible(), notes.toPlainText())
    assert "Add note" not in names(card)


def test_a_reused_card_forgets_the_former_call(card: CallCard) -> None:
    """Nothing of one caller is ever seen on another's card."""
    render(card, s.with_draft(s.connected("a"), notes="secret"), s.disposed("old"))
    card.retire()
    assert card.model is None
    render(card, s.ringing("b", Caller("+919811234567")))
    notes = card.findChild(QPlainTextEdit)
    assert isinstance(notes, QPlainTextEdit)
    assert (False, "") == (notes.isVisible(), notes.toPlainText())
    shown = " ".join(texts(card))
    assert "Unknown caller" in shown
    assert "Ananya" not in shown
    assert "Interested" not in shown


def test_esc_in_the_note_gives_the_keyboard_back(
    card: CallCard, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    """The note stays, the focus goes."""
    render(card, s.connected())
    card.open_note()
    settle()
    notes = card.findChild(QPlainTextEdit)
    assert isinstance(notes, QPlainTextEdit)
    QTest.keyClick(notes, Qt.Key.Key_Escape)
    assert not notes.hasFocus()
    assert notes.isVisible()


def test_keys_on_an_unfocused_card_do_nothing(card: CallCard, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Enter, Space, digits: whoever was typing elsewhere answers nothing by accident."""
    render(card, s.ringing())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_1):
        QTest.keyClick(card, key)
    assert [] == intents


def test_every_control_has_a_name(card: CallCard) -> None:
    """Screen readers find no nameless button."""
    for call in (s.ringing(), s.connected(), s.closed()):
        render(card, call)
        for control in card.findChildren(QPushButton):
            assert control.accessibleName()
    assert "Missed call, Ananya Deshmukh  …5512, Renewals" == card.accessibleName()


@pytest.mark.parametrize("name", ["V" * 200, "अ" * 120, "Asha"])
def test_names_of_any_length_keep_the_width(card: CallCard, name: str, settle: Callable[[], None]) -> None:
    """A long name is cut, the card stays as wide as ever, and no child leaves it."""
    render(card, s.ringing(caller=Caller("+919000000007", name, Contact("1", name, name)), queue=name))
    settle()
    assert WIDTH == card.visible_rect().width()
    for child in card.body.findChildren(Label):
        if child.isVisible():
            assert child.mapTo(card.body, child.rect().topRight()).x() < WIDTH


def test_follows_the_theme(card: CallCard, theme: Theme) -> None:
    """The ground is drawn anew in the dark."""
    render(card, s.ringing())
    light = card.grab().toImage().pixelColor(200, 60)
    theme.use(DARK)
    assert light.lightness() > card.grab().toImage().pixelColor(200, 60).lightness()


def test_ground_without_a_compositor(card: CallCard, theme: Theme) -> None:
    """Where nothing blends windows, the card is cut to its own shape and has no shadow."""
    render(card, s.ringing())
    card._blends = False
    card._mask()
    assert card.mask().boundingRect() == card.visible_rect().translated(-card.pos())


def test_a_removed_button_is_gone(card: CallCard) -> None:
    """A withheld number that is called next on the same card can't be copied."""
    render(card, s.ringing())
    render(card, replace(s.ringing(), info=s.info(caller=Caller())))
    assert "Copy number" not in names(card)


def test_a_shorter_headline_takes_less_room(card: CallCard) -> None:
    """What stands behind the headline follows it closely, whatever stood there before."""
    render(card, s.ringing())
    rooms = [card.state.headline.sizeHint().width()]
    render(card, s.disposed())
    rooms.append(card.state.headline.sizeHint().width())
    assert rooms[1] < rooms[0]


def test_a_card_grows_with_what_is_new_on_it(card: CallCard) -> None:
    """Chips and buttons that appear while it is up are given their room in the same moment."""
    render(card, s.ringing(caller=Caller(), did_label=None, queue=None))
    render(card, s.closed(caller=Caller()))
    measured = card.body.height()
    QGuiApplication.processEvents()
    assert card.column.totalHeightForWidth(WIDTH) == measured


def test_a_long_headline_leaves_out_the_queue(card: CallCard) -> None:
    """Rather than running into it."""
    render(
        card, s.closed(reason=EndReason.ANSWERED_ELSEWHERE, answered_by=Person("a9", "Lakshmi Subramaniam"))
    )
    assert not card.state.queue.isVisible()
    assert card.state.headline.geometry().right() < card.state.pin.geometry().left()
    render(card, s.ringing())
    assert card.state.queue.isVisible()


def test_a_card_used_again_looks_like_a_new_one(
    qtbot: QtBot, theme: Theme, card: CallCard, settle: Callable[[], None]
) -> None:
    """Of the call before nothing is left: no line, no button, no room where they were."""
    before = s.disposed("before")
    render(card, s.ringing("first", s.ANANYA), before)
    render(card, s.connected("first", s.ANANYA), before)
    card.retire()
    fresh = CallCard(theme, shield_ms=0)
    qtbot.addWidget(fresh)
    stranger = s.ringing("second", Caller("+919820012345"))
    for one in (card, fresh):
        render(one, stranger)
    settle()
    assert texts(fresh) == texts(card)
    assert names(fresh) == names(card)
    assert fresh.size() == card.size()
    assert fresh.state.headline.width() == card.state.headline.width()


def test_a_headline_is_as_wide_as_its_words(card: CallCard) -> None:
    """However often it is shown: the dot behind it stands still."""
    widths = set()
    for seconds in range(3):
        render(card, replace(s.ringing(), rang_at=s.ago(seconds=seconds)))
        widths.add(card.state.headline.sizeHint().width())
    assert 1 == len(widths)
