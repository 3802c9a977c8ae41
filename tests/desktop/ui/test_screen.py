from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cti_desktop.core.call import EndReason
from cti_desktop.core.intents import DismissCard, OpenPrompt
from cti_desktop.desktop.intents import AnyIntent, CardPainted
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import Screen, SignedOut, SigningIn, Situation, Waiting
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Theme
from tests.helpers import situations as s
from tests.screenshots.states import ASHA, all_states


def texts(window: QWidget) -> set[str]:
    """What can be read on a window."""
    return {label.full_text() for label in window.findChildren(Label) if label.isVisible()}


def up(screen: QtScreen) -> list[str]:
    """Ids of the calls whose card is up."""
    return [call_id for call_id, card in screen._board._cards.items() if card.isVisible()]


def test_is_a_screen(screen: QtScreen) -> None:
    """It is what the controller expects."""
    as_port: Screen = screen
    assert as_port is screen


def test_cards_come_and_go(screen: QtScreen) -> None:
    """What is shown follows the situation, call by call."""
    screen.render(s.situation(s.ringing("a")))
    assert ["a"] == up(screen)
    screen.render(s.situation(s.connected("a"), s.ringing("b", ASHA)))
    assert ["a", "b"] == up(screen)
    screen.render(s.situation(s.connected("a")))
    assert ["a"] == up(screen)
    screen.render(s.situation())
    assert [] == up(screen)


def test_a_card_keeps_its_window(screen: QtScreen) -> None:
    """A second call is another window: the first one is not touched."""
    screen.render(s.situation(s.connected("a")))
    first = screen.card("a")
    screen.render(s.situation(s.connected("a"), s.ringing("b", ASHA)))
    assert first is screen.card("a")
    assert first is not None
    assert "Ananya Deshmukh" in texts(first)


def test_a_pop_is_quick(screen: QtScreen) -> None:
    """Rendering a new call takes well under a quarter of a second even on a busy machine."""
    screen.render(s.situation())
    watch = QElapsedTimer()
    watch.start()
    screen.render(s.situation(s.ringing("a")))
    assert watch.elapsed() < 250


def test_a_pop_comes_before_everything_behind_it(
    screen: QtScreen, qtbot: QtBot, intents: list[AnyIntent]
) -> None:
    """An open window, the tray and the settings follow once the card is painted; it never waits for them."""
    screen.render(s.situation())
    screen.window.appear()
    qtbot.wait_until(lambda: not screen.tray.entries()[1].isEnabled())
    popped = s.situation(s.wrap_up("owed"), s.ringing("a"))
    screen.render(popped)
    screen.render(popped)  # as when the disk has it
    assert ["a"] == up(screen)
    assert not screen.tray.entries()[1].isEnabled()
    qtbot.wait_until(lambda: CardPainted in map(type, intents))
    screen.render(popped)  # as the controller does with what it hears
    assert screen.tray.entries()[1].isEnabled()


def test_prompt_in_the_corner_and_cards_above(screen: QtScreen, settle: Callable[[], None]) -> None:
    """A new call never moves the form that is being filled in."""
    screen.render(s.situation(s.wrap_up("a")))
    settle()
    place = screen.prompt.geometry()
    screen.render(s.situation(s.wrap_up("a"), s.ringing("b")))
    settle()
    assert place == screen.prompt.geometry()
    card = screen.card("b")
    assert card is not None
    assert not card.visible_rect().intersects(screen.prompt.visible_rect())


def test_prompt_goes(screen: QtScreen) -> None:
    """Saved or put aside, it is away."""
    screen.render(s.situation(s.wrap_up("a")))
    assert screen.prompt.isVisible()
    screen.render(s.situation())
    assert not screen.prompt.isVisible()


def test_prompts_follow_one_another(screen: QtScreen) -> None:
    """The same window asks for the next call, as the next call's."""
    screen.render(s.situation(s.wrap_up("a"), s.wrap_up("b", ASHA)))
    assert {"Ananya Deshmukh  …5512"} <= texts(screen.prompt)
    screen.render(s.situation(s.wrap_up("b", ASHA)))
    assert "Asha Traders  …0001" in texts(screen.prompt)
    assert "1 of 2" not in texts(screen.prompt)


def test_timers_count_between_renders(screen: QtScreen, qtbot: QtBot) -> None:
    """The screen counts on by itself, and stops when nothing runs."""
    screen.render(s.situation(s.ringing("a")))
    assert screen._tick.isActive()
    card = screen.card("a")
    assert card is not None
    screen._situation = replace(s.situation(s.ringing("a")), now=s.NOW + timedelta(seconds=5))
    screen._on_tick()
    assert "00:12" in texts(card)
    screen.render(s.situation())
    assert not screen._tick.isActive()


def test_offline_counts_down(screen: QtScreen) -> None:
    """The next try's countdown in the window runs without the controller."""
    link = Waiting(s.ago(seconds=60), s.NOW + timedelta(seconds=12), Trouble.LOST)
    screen.render(s.situation(link=link))
    screen.window.appear()
    assert any("Next try in 12\u00a0s" in text for text in texts(screen.window))
    screen._situation = s.situation(link=link, now=s.NOW + timedelta(seconds=2))
    screen._on_tick()
    assert any("Next try in 10\u00a0s" in text for text in texts(screen.window))


def test_counting_down_the_menu_keeps_its_ticks(screen: QtScreen) -> None:
    """Each second the tray says anew when the next try is; what is switched on stays on."""
    link = Waiting(s.ago(seconds=90), s.NOW + timedelta(seconds=12), Trouble.LOST)
    screen.render(s.situation(link=link, settings=Settings(do_not_disturb=True, privacy=True)))
    screen._on_tick()
    assert (True, True) == (screen.tray._quiet.isChecked(), screen.tray._private.isChecked())


def test_signed_out_shows_the_window(screen: QtScreen) -> None:
    """Without a token nothing works: the page comes by itself, once."""
    screen.render(s.situation(link=SignedOut()))
    assert screen.window.isVisible()
    screen.window.hide()
    screen.render(s.situation(link=SignedOut()))
    assert not screen.window.isVisible()


def test_no_card_outlives_a_sign_in(screen: QtScreen) -> None:
    """A token that was revoked, or a sign-out: cards and prompt go, and come back with the agent."""
    here = s.situation(s.closed("missed"), s.wrap_up("owed"))
    screen.render(here)
    were = [type(popup) for popup in screen.popups()]
    assert 2 == len(were)
    for link in (SigningIn(), SignedOut(SignInProblem.REVOKED)):
        screen.render(replace(here, link=link))
        assert [] == screen.popups()
        assert not screen.prompt.isVisible()
    screen.render(here)
    assert were == [type(popup) for popup in screen.popups()]


@pytest.mark.parametrize("by_hand", [True, False], ids=["by-hand", "by-itself"])
def test_the_page_to_sign_in_has_the_caret(screen: QtScreen, by_hand: bool) -> None:
    """Where the window came forward, one may type at once; where it only appeared, nobody's keys go there."""
    screen.render(s.situation(link=SigningIn()))
    assert not screen.window.isVisible()
    if by_hand:
        screen.activate()
    screen.render(s.situation(link=SignedOut()))
    quietly = screen.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert (True, not by_hand) == (screen.window.isVisible(), quietly)
    assert screen.window.sign_in.code is screen.window.focusWidget()


def test_a_token_that_is_revoked_takes_the_keyboard_from_nobody(screen: QtScreen) -> None:
    """The window appears behind what the agent works with; once it was closed, it stays away."""
    screen.render(s.situation())
    screen.activate()
    screen.window.hide()
    out = s.situation(link=SignedOut(SignInProblem.REVOKED))
    screen.render(out)
    assert screen.window.isVisible()
    assert screen.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    screen.window.hide()
    screen.render(out)
    assert not screen.window.isVisible()


def test_a_hidden_window_is_up_to_date_when_it_comes(screen: QtScreen) -> None:
    """It costs nothing while hidden, and shows nothing stale."""
    screen.render(s.situation())
    screen.window.hide()
    screen.render(s.situation(s.disposed("a")))
    assert () == screen.window.calls.list.rows()
    screen.activate()
    assert ["a"] == [row.key for row in screen.window.calls.list.rows()]


def test_next_prompt_opens_the_oldest_owed(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """From the tray: what was put aside is asked again."""
    aside = replace(s.wrap_up("a"), snoozed=True)
    screen.render(s.situation(aside, replace(s.wrap_up("b"), snoozed=True)))
    screen.ask_next()
    assert [OpenPrompt("a")] == intents


def test_next_prompt_brings_the_keyboard(screen: QtScreen, settle: Callable[[], None]) -> None:
    """To the prompt that is open, and to the one that was just asked for."""
    screen.render(s.situation(replace(s.wrap_up("a"), snoozed=True)))
    screen.ask_next()
    screen.render(s.situation(s.wrap_up("a")))
    settle()
    handle = screen.prompt.windowHandle()
    assert not handle.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    screen.ask_next()
    assert not handle.flags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_a_prompt_that_comes_by_itself_brings_none(screen: QtScreen, settle: Callable[[], None]) -> None:
    """The end of a call takes the keyboard from nobody."""
    screen.render(s.situation(s.wrap_up("a")))
    assert screen.prompt.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_activate(screen: QtScreen, settle: Callable[[], None]) -> None:
    """A second start of the program brings the window forward."""
    screen.render(s.situation())
    screen.window.hide()
    screen.activate()
    settle()
    assert screen.window.isVisible()
    assert screen.window.isActiveWindow()


def test_closed_leaves_nothing(qtbot: QtBot, theme: Theme) -> None:
    """After the end no window, no timer, no tray icon."""
    made = QtScreen(lambda _intent: None, theme=theme, zone=s.ZONE)
    made.render(s.situation(s.ringing("a"), s.wrap_up("b"), s.closed("c", EndReason.REJECTED)))
    windows = [made.prompt, made.window, *made._board._cards.values()]
    made.closed()
    assert [] == [window for window in windows if window.isVisible()]


@pytest.mark.parametrize("state", all_states(), ids=lambda state: state.name)
def test_every_pictured_state(screen: QtScreen, settle: Callable[[], None], state: object) -> None:
    """Each situation that is pictured renders, twice, without a warning, and every button has a name."""
    situation = getattr(state, "situation")  # noqa: B009 - parametrised
    assert isinstance(situation, Situation)
    screen.render(situation)
    screen.render(situation)
    settle()
    for window in (*screen.popups(), screen.window):
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and not button.objectName().startswith("qt_"):
                assert button.accessibleName(), f"{button!r} has no name"


def test_clicks_reach_the_controller(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """Cards, prompts, the window and the tray all speak to one queue."""
    screen.render(s.situation(s.closed("a")))
    card = screen.card("a")
    assert card is not None
    button = next(b for b in card.findChildren(QAbstractButton) if b.accessibleName() == "Got it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [DismissCard("a")] == intents


def test_screen_readers_find_names_and_roles(screen: QtScreen, settle: Callable[[], None]) -> None:
    """By the tree that a screen reader walks, every button and input has a name and a role."""
    screen.render(s.situation(s.wrap_up("a"), s.connected("b")))
    settle()
    found: dict[str, QAccessible.Role] = {}
    for window in screen.popups():
        for widget in window.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QPlainTextEdit) and widget.isVisible():
                known = QAccessible.queryAccessibleInterface(widget)
                found[known.text(QAccessible.Text.Name)] = known.role()
    assert "" not in found
    assert QAccessible.Role.EditableText is found["Notes"]
    assert QAccessible.Role.Button is found["Save"]
    assert found["Interested"] in (QAccessible.Role.CheckBox, QAccessible.Role.Button)
