"""Cards that remind of promised calls back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from cti_desktop.core.intents import FinishFollowUp, PutOffFollowUp
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.pill import Pill
from cti_desktop.desktop.ui.reminder import ReminderCard
from cti_desktop.desktop.ui.screen import QtScreen
from tests.helpers import situations as s


def promised(call_id: str = "a", at: float = 0) -> MyCall:
    """A call back that is due since so many minutes."""
    moment = s.ago(minutes=at)
    return replace(s.disposed(call_id, "Follow-up"), follow_up_at=moment, remind_at=moment)


def card_of(screen: QtScreen) -> ReminderCard:
    """The first reminder that is up."""
    card = screen.reminders.cards()[0]
    assert isinstance(card, ReminderCard)
    return card


def click(screen: QtScreen, name: str) -> None:
    """Press the button of that name."""
    found = next(b for b in card_of(screen).findChildren(QAbstractButton) if b.accessibleName() == name)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_pops_when_due_and_goes_when_done(screen: QtScreen) -> None:
    """In the stack, beside all others."""
    screen.render(s.situation(promised(at=-1), s.ringing("c")))
    assert [] == screen.reminders.cards()
    screen.render(s.situation(promised(at=-1), s.ringing("c"), now=s.NOW + timedelta(minutes=1)))
    card = card_of(screen)
    ringing = screen.card("c")
    assert ringing is not None
    assert card.isVisible()
    assert not card.visible_rect().intersects(ringing.visible_rect())
    screen.render(s.situation(replace(promised(), remind_at=None)))
    assert [] == screen.reminders.cards()


@pytest.mark.parametrize(
    ("name", "intent"),
    [
        ("Done", FinishFollowUp("a")),
        ("In 10 min", PutOffFollowUp("a")),
        ("Tomorrow", PutOffFollowUp("a", s.NOW.replace(hour=4, minute=30, second=0) + timedelta(days=1))),
    ],
)
def test_each_button_means_one_thing(
    screen: QtScreen, intents: list[AnyIntent], name: str, intent: AnyIntent
) -> None:
    """For this call."""
    screen.render(s.situation(promised()))
    click(screen, name)
    assert [intent] == intents


def test_the_number_is_at_hand(screen: QtScreen) -> None:
    """To be dialled."""
    screen.render(s.situation(promised()))
    click(screen, "Copy number")
    assert "+919820055512" == QGuiApplication.clipboard().text()


def test_escape_puts_it_off(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """It can't be lost by a key."""
    screen.render(s.situation(promised()))
    QTest.keyClick(card_of(screen), Qt.Key.Key_Escape)
    assert [PutOffFollowUp("a")] == intents


def test_under_do_not_disturb_a_reminder_is_a_quiet_pill(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """Nothing is lost: a click shows the card, the end of the quiet shows the others."""
    quiet = Settings(do_not_disturb=True)
    screen.render(s.situation(promised("a", at=1), promised("b"), settings=quiet))
    first, second = screen.reminders.cards()
    assert isinstance(first, Pill)
    assert isinstance(second, Pill)
    assert first.isVisible()
    assert "Ananya Deshmukh" in first.accessibleName()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert [ReminderCard, Pill] == [type(card) for card in screen.reminders.cards()]
    assert card_of(screen).isVisible()
    screen.render(s.situation(promised("a", at=1), promised("b"), settings=quiet))
    assert [ReminderCard, Pill] == [type(card) for card in screen.reminders.cards()]
    click(screen, "Done")
    assert [FinishFollowUp("a")] == intents
    screen.render(s.situation(promised("b")))
    assert [ReminderCard] == [type(card) for card in screen.reminders.cards()]


def test_a_reminder_that_is_up_stays_when_quiet_begins(screen: QtScreen) -> None:
    """It was read, perhaps, and half done."""
    screen.render(s.situation(promised()))
    card = card_of(screen)
    screen.render(s.situation(promised(), settings=Settings(do_not_disturb=True)))
    assert [card] == screen.reminders.cards()


def test_what_came_due_in_a_sleep_is_there_after_it(screen: QtScreen) -> None:
    """The clock jumped over the moment by hours: it says how late it is, and under quiet waits as a pill."""
    screen.render(s.situation(promised(at=-1)))
    woken = s.NOW + timedelta(hours=8)
    screen.render(s.situation(promised(at=-1), now=woken))
    model = card_of(screen).model
    assert model is not None
    assert model.is_late
    screen.render(s.situation(now=woken))
    screen.render(s.situation(promised(at=-1), now=woken, settings=Settings(do_not_disturb=True)))
    assert [Pill] == [type(card) for card in screen.reminders.cards()]
