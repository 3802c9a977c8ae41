from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cti_desktop.core.intents import OpenPrompt
from cti_desktop.desktop.intents import (
    AnyIntent,
    AskToQuit,
    DiscardParked,
    DismissNotice,
    EditParked,
    RetryNow,
    SignOut,
    UseThisOne,
)
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import Notice, NoticeCode, OutboxState, SignedOut, Situation, StoodBy, Waiting
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.ui.window import MainWindow
from cti_desktop.desktop.viewmodels.window import window_model
from tests.helpers import situations as s

OFFLINE = Waiting(s.ago(seconds=60), s.NOW + timedelta(seconds=12), Trouble.LOST)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> MainWindow:
    """A window that a tray could bring back."""
    made = MainWindow(theme, may_hide=lambda: True)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    made.intended.connect(intents.append)
    made.appear()
    return made


def render(window: MainWindow, situation: Situation) -> None:
    """Show `situation`."""
    window.render_window(window_model(situation, s.ZONE))


def texts(window: MainWindow) -> set[str]:
    """What can be read, lists apart."""
    return {label.full_text() for label in window.findChildren(Label) if label.isVisible()}


def buttons(window: MainWindow) -> dict[str, QAbstractButton]:
    """The visible buttons by name."""
    return {b.accessibleName(): b for b in window.findChildren(QAbstractButton) if b.isVisible()}


def click(window: MainWindow, name: str) -> None:
    """Click on the button of that name."""
    QTest.mouseClick(buttons(window)[name], Qt.MouseButton.LeftButton)


def test_connection_and_agent(window: MainWindow) -> None:
    """Who is signed in, and whether calls will come."""
    render(window, s.situation())
    assert {"Connected", "Calls appear here as they ring", "Meera Iyer", "No calls yet"} <= texts(window)


def test_lists(window: MainWindow) -> None:
    """Calls, To do and Waiting to send have what belongs there; the tabs count."""
    render(window, s.situation(s.disposed("a"), s.wrap_up("b"), outbox=(s.saved("a"),)))
    assert ["b", "a"] == [row.key for row in window.calls.list.rows()]
    assert ["b"] == [row.key for row in window.to_do.list.rows()]
    assert 1 == len(window.outbox.list.rows())
    tabs = [window._tabs.tabText(n) for n in range(5)]
    assert ["Toda&y", "&To do (1)", "&Follow-ups", "&All calls", "&Waiting to send (1)"] == tabs


def test_whoever_signs_in_next_begins_with_today(window: MainWindow) -> None:
    """Not where somebody else was."""
    render(window, s.situation())
    window.show_page(2)
    render(window, s.situation(link=SignedOut()))
    render(window, s.situation())
    assert 0 == window._tabs.currentIndex()


def test_retry_now(window: MainWindow, intents: list[AnyIntent]) -> None:
    """Offline, nobody has to wait for the countdown."""
    render(window, s.situation(link=OFFLINE))
    click(window, "Retry now")
    assert [RetryNow()] == intents


def test_use_this_one(window: MainWindow, intents: list[AnyIntent]) -> None:
    """A second session can be taken back."""
    render(window, s.situation(link=StoodBy()))
    click(window, "Use this one")
    assert [UseThisOne()] == intents


def test_no_action_while_connected(window: MainWindow) -> None:
    """There is nothing to do about a link that works."""
    render(window, s.situation(link=OFFLINE))
    render(window, s.situation())
    assert not {"Retry now", "Use this one"} & set(buttons(window))


def test_owed_outcome_is_opened_by_enter_and_by_button(window: MainWindow, intents: list[AnyIntent]) -> None:
    """With and without a mouse."""
    render(window, s.situation(s.wrap_up("a")))
    window.show_page(1)
    click(window, "Enter outcome")
    QTest.keyClick(window.to_do.list, Qt.Key.Key_Return)
    assert [OpenPrompt("a"), OpenPrompt("a")] == intents


def test_refused_outcome_can_be_corrected(window: MainWindow, intents: list[AnyIntent]) -> None:
    """It opens the prompt again."""
    render(window, s.situation(s.disposed("a"), outbox=(s.saved("a", OutboxState.PARKED),)))
    window.show_page(4)
    click(window, "Correct it")
    assert [EditParked("disposition-of-a")] == intents


def test_what_a_line_has_no_room_for_is_below_the_list(window: MainWindow) -> None:
    """Why the chosen outcome was refused; nothing once another line is chosen."""
    why = "Choose another outcome: the team lead retired this one, as nobody buys looms any more"
    refused = s.saved("a", OutboxState.PARKED, message=why)
    render(window, s.situation(s.disposed("a"), s.disposed("b"), outbox=(refused, s.saved("b"))))
    window.show_page(4)
    assert why in {label.full_text() for label in window.outbox.findChildren(Label) if label.isVisible()}
    QTest.keyClick(window.outbox.list, Qt.Key.Key_Down)
    assert why not in {label.full_text() for label in window.outbox.findChildren(Label) if label.isVisible()}


def test_throwing_away_asks_first(window: MainWindow, intents: list[AnyIntent]) -> None:
    """No typed word goes by a single click."""
    render(window, s.situation(s.disposed("a"), outbox=(s.saved("a", OutboxState.PARKED),)))
    window.show_page(4)
    click(window, "Don’t send it")
    assert [] == intents
    click(window, "Cancel")
    click(window, "Don’t send it")
    click(window, "Throw away")
    assert [DiscardParked("disposition-of-a")] == intents


def test_what_waits_has_no_buttons(window: MainWindow) -> None:
    """It is sent by itself."""
    render(window, s.situation(s.disposed("a"), outbox=(s.saved("a"),)))
    window.show_page(4)
    assert not {"Correct it", "Don’t send it"} & set(buttons(window))


def test_sign_out_asks_first(window: MainWindow, intents: list[AnyIntent]) -> None:
    """Without a new code there is no way back; Esc means no."""
    render(window, s.situation())
    click(window, "Sign out")
    assert any("new code" in text for text in texts(window))
    QTest.keyClick(window._confirm, Qt.Key.Key_Escape)
    assert [] == intents
    window.ask_to_sign_out()
    next(b for b in window._confirm.findChildren(QAbstractButton) if b.accessibleName() == "Sign out").click()
    assert [SignOut()] == intents


def test_notices_can_be_dismissed(window: MainWindow, intents: list[AnyIntent]) -> None:
    """They stand above everything, until they are read."""
    render(
        window,
        s.situation(notices=(Notice(NoticeCode.NOT_WRITTEN, "disk_full"), Notice(NoticeCode.NOT_KEPT))),
    )
    assert any("disk is full" in text for text in texts(window))
    click(window, "Dismiss")
    assert isinstance(intents[0], DismissNotice)
    render(window, s.situation())
    assert not any("disk is full" in text for text in texts(window))


def test_notices_are_plain_text(window: MainWindow) -> None:
    """What the world says is shown letter by letter."""
    payload = '<img src="file:///etc/passwd">'
    render(window, s.situation(notices=(Notice(NoticeCode.SET_ASIDE, payload),)))
    assert any(text.endswith(payload) for text in texts(window))


def test_signed_out_is_a_page_of_its_own(window: MainWindow) -> None:
    """Nobody's calls are seen without a token."""
    render(window, s.situation(s.disposed("a")))
    render(window, s.situation(link=SignedOut()))
    assert window.sign_in.isVisible()
    assert not window.calls.isVisible()
    render(window, s.situation())
    assert window.calls.isVisible()


def test_closing_hides(window: MainWindow) -> None:
    """The program goes on in the tray; Esc is as good as the ×."""
    window.close()
    assert not window.isVisible()
    window.come_forward()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_quitting_is_asked_for(window: MainWindow, intents: list[AnyIntent]) -> None:
    """By a key; by a button, too, where there is no tray whose menu has it."""
    render(window, s.situation())
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert [AskToQuit()] == intents
    assert not window._quit.isVisible()


def test_who_is_asked_to_finish_first_sees_what(window: MainWindow) -> None:
    """The page with the open outcomes comes up once, and the agent may turn it."""
    asked = s.situation(s.wrap_up("a"), notices=(Notice(NoticeCode.FINISH_FIRST, "1"),))
    render(window, asked)
    assert 1 == window._tabs.currentIndex()
    window.show_page(0)
    render(window, asked)
    assert 0 == window._tabs.currentIndex()


def test_closing_without_a_tray_minimises(qtbot: QtBot, theme: Theme) -> None:
    """Where nothing could bring it back, it stays in the task bar."""
    made = MainWindow(theme, may_hide=lambda: False)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    made.appear()
    made.close()
    assert made.isMinimized()
    render(made, s.situation())
    assert made._quit.isVisibleTo(made)
    made.come_forward()
    assert not made.isMinimized()


def test_tabs_by_keyboard(window: MainWindow, settle: Callable[[], None]) -> None:
    """Alt and the underlined letter turn the page."""
    render(window, s.situation(s.wrap_up("a")))
    window.come_forward()
    settle()
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert window.to_do.isVisible()
