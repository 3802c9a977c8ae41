from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import Caller
from cti_desktop.core.intents import DismissCard, EditDraft, ShowCard
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.intents import AnyIntent, CardPainted, EndTestPop, Wish
from cti_desktop.desktop.screen import Rehearsal, RehearsalState, Situation
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.pill import Pill
from cti_desktop.desktop.ui.screen import QtScreen
from tests.helpers import situations as s
from tests.screenshots.states import ASHA, UNKNOWN


def chosen(*calls: MyCall, **settings: object) -> Situation:
    """A situation with these settings."""
    return s.situation(*calls, settings=Settings(**settings))  # type: ignore[arg-type]  # the tests' own keywords


def timers(screen: QtScreen, what: str) -> list[QTimer]:
    """The timers of one kind."""
    return [timer for (_, kind), timer in screen._board._timers.items() if kind == what]


def press(window: QWidget | None, name: str) -> None:
    """Click on the button of that name."""
    assert window is not None
    button = next(b for b in window.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def pill_of(screen: QtScreen, call_id: str) -> Pill:
    """The pill of a call, which must be up."""
    pill = screen._board.pill(call_id)
    assert pill is not None
    assert pill.isVisible()
    return pill


def is_large(screen: QtScreen, call_id: str) -> bool:
    """Whether the whole card is up."""
    card = screen.card(call_id)
    return card is not None and card.isVisible()


def test_the_first_pop_finds_its_window_built(screen: QtScreen) -> None:
    """A spare card is ready before any call, and comes back after one."""
    (spare,) = screen._board._spare
    screen.render(s.situation(s.ringing("a")))
    assert spare is screen.card("a")
    screen.render(s.situation())
    assert [spare] == screen._board._spare


def test_answered_elsewhere_goes_by_itself(screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """It lingers long enough to be read, then asks to be dismissed, once."""
    screen.render(s.situation(s.closed("a", EndReason.ANSWERED_ELSEWHERE)))
    (timer,) = timers(screen, "linger")
    assert timer.interval() == 2000
    screen.render(s.situation(s.closed("a", EndReason.ANSWERED_ELSEWHERE)))
    assert [timer] == timers(screen, "linger")
    timer.start(0)
    qtbot.waitUntil(lambda: DismissCard("a") in intents)
    assert 1 == intents.count(DismissCard("a"))


def test_missed_stays(screen: QtScreen) -> None:
    """A missed call waits to be seen."""
    screen.render(s.situation(s.closed("a")))
    assert [] == timers(screen, "linger")


def test_a_card_that_rings_again_does_not_go(screen: QtScreen) -> None:
    """The hunt group came back to me: the countdown to going is off."""
    screen.render(s.situation(s.closed("a", EndReason.ANSWERED_ELSEWHERE)))
    screen.render(s.situation(s.ringing("a")))
    assert [] == timers(screen, "linger")


def test_a_pinned_card_stays(screen: QtScreen) -> None:
    """Until it is unpinned: then it goes as it would have."""
    taken = s.situation(s.closed("a", EndReason.ANSWERED_ELSEWHERE))
    screen.render(taken)
    press(screen.card("a"), "Keep this card on the screen")
    assert [] == timers(screen, "linger")
    press(screen.card("a"), "Keep this card no longer")
    assert 1 == len(timers(screen, "linger"))


def test_a_pinned_card_stays_beside_its_prompt(screen: QtScreen) -> None:
    """Then goes with the call's outcome."""
    screen.render(s.situation(s.connected("a")))
    press(screen.card("a"), "Keep this card on the screen")
    screen.render(s.situation(replace(s.wrap_up("a"), shown=True)))
    assert is_large(screen, "a")
    screen.render(s.situation())
    assert None is screen.card("a")
    assert frozenset() == screen._board.kept


def test_a_card_can_be_made_small_and_large_again(screen: QtScreen, settle: Callable[[], None]) -> None:
    """The pill goes on counting, follows the call, and stands where the card stood."""
    screen.render(s.situation(s.connected("a")))
    press(screen.card("a"), "Make this card small")
    settle()
    pill = pill_of(screen, "a")
    assert not is_large(screen, "a")
    assert "02:31" in pill._timer.text()
    assert "Ananya Deshmukh" == pill._name.full_text()
    screen.render(s.situation(s.connected("a"), s.ringing("b", ASHA)))
    assert is_large(screen, "b")
    assert not pill.geometry().intersects(screen.popups()[0].visible_rect())
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert is_large(screen, "a")
    assert None is screen._board.pill("a")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_pill_is_for_the_keyboard_too(screen: QtScreen, key: Qt.Key) -> None:
    """Enter and Space make it large."""
    screen.render(s.situation(s.connected("a")))
    press(screen.card("a"), "Make this card small")
    QTest.keyClick(pill_of(screen, "a"), key)
    assert is_large(screen, "a")


def test_cards_shrink_by_themselves_if_the_agent_wishes(screen: QtScreen, qtbot: QtBot) -> None:
    """After the seconds that the agent set; nothing is gone before it is read, only small."""
    screen.render(chosen(s.ringing("a"), card_seconds=7))
    (timer,) = timers(screen, "shrink")
    assert 7000 == timer.interval()
    timer.start(0)
    qtbot.waitUntil(lambda: not is_large(screen, "a"))
    pill_of(screen, "a")


def test_a_pinned_card_does_not_shrink(screen: QtScreen) -> None:
    """Pinned is pinned."""
    screen.render(chosen(s.ringing("a"), card_seconds=7))
    press(screen.card("a"), "Keep this card on the screen")
    assert [] == timers(screen, "shrink")


def test_do_not_disturb_shows_pills_only(screen: QtScreen) -> None:
    """Nothing is lost: each call has its pill, the missed one stays, and a click shows the card."""
    screen.render(chosen(s.connected("a"), s.closed("m"), s.ringing("b", ASHA), do_not_disturb=True))
    for call_id in ("a", "m", "b"):
        pill_of(screen, call_id)
        assert not is_large(screen, call_id)
    QTest.mouseClick(pill_of(screen, "b"), Qt.MouseButton.LeftButton)
    assert is_large(screen, "b")


@pytest.mark.parametrize("settings", [{}, {"privacy": True}, {"notify_numbers": False}])
def test_a_small_card_is_named_for_its_own_call(screen: QtScreen, settings: dict[str, bool]) -> None:
    """Quietly, while nothing shall disturb: a window that is used again keeps no former customer's name."""
    screen.render(chosen(s.ringing("a", ASHA), **settings))
    used = screen.card("a")
    screen.render(chosen(do_not_disturb=True, **settings))
    screen.render(chosen(s.ringing("b"), do_not_disturb=True, **settings))
    card = screen.card("b")
    assert card is not None
    assert card is used
    assert card.model is not None
    for window in (card, pill_of(screen, "b")):
        assert [card.model.spoken] * 2 == [window.accessibleName(), window.windowTitle()]
    QTest.mouseClick(pill_of(screen, "b"), Qt.MouseButton.LeftButton)
    assert is_large(screen, "b")
    assert card.model.spoken == card.windowTitle()


def test_a_card_that_is_asked_for_comes_whatever_is_set(screen: QtScreen) -> None:
    """From the list of calls, with pops switched off."""
    off = chosen(s.ringing("a"), pop_when="never", do_not_disturb=True)
    screen.render(off)
    assert None is screen.card("a")
    screen.window.intended.emit(ShowCard("a"))
    screen.render(off)
    assert is_large(screen, "a")


def test_the_test_pop_is_no_call(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """It is up even while nothing shall disturb, has no tools of a call, and ends as a test."""
    test = Rehearsal(RehearsalState.THROUGH, s.NOW, 0.012)
    screen.render(replace(chosen(do_not_disturb=True), rehearsal=test))
    press(screen.card("test-pop"), "Got it")
    assert EndTestPop() in intents
    card = screen.card("test-pop")
    assert card is not None
    names = {b.accessibleName() for b in card.findChildren(QPushButton) if b.isVisible()}
    assert names == {"Got it", "Take this card off the screen; the call goes on"}


def test_each_card_tells_once_when_it_was_painted(
    screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """For the latency of the day; the test pop does not count."""
    test = Rehearsal(RehearsalState.THROUGH, s.NOW, 0.012)
    screen.render(s.situation(s.ringing("a"), rehearsal=test))

    def painted() -> list[str]:
        return [i.call_id for i in intents if isinstance(i, CardPainted)]

    qtbot.waitUntil(lambda: painted() == ["a"])
    screen.render(s.situation(s.connected("a"), rehearsal=test))
    qtbot.waitUntil(lambda: not screen._board._cards["a"].testAttribute(Qt.WidgetAttribute.WA_PendingUpdate))
    assert ["a"] == painted()


def test_the_newest_card_comes_to_the_keyboard(screen: QtScreen) -> None:
    """By the shortcut: the newest one, large; without one, the window."""
    screen.render(chosen(s.connected("a"), s.ringing("b"), do_not_disturb=True))
    screen.bring_newest()
    assert is_large(screen, "b")
    assert not is_large(screen, "a")
    screen.render(s.situation())
    screen.bring_newest()
    assert screen.window.isVisible()


def test_private_cards_hide_who_calls(screen: QtScreen) -> None:
    """While a screen is shared."""
    screen.render(chosen(s.ringing("a"), privacy=True))
    card = screen.card("a")
    assert card is not None
    assert card.model is not None
    assert "A. D." == card.model.caller.name
    assert "Ananya" not in card.windowTitle()


def test_the_crm_opens_on_a_click(screen: QtScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the browser, and only where there is an address."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    screen.render(chosen(s.ringing("a"), crm_url="https://crm.example.com/?q={call_id}"))
    press(screen.card("a"), "Open in the CRM")
    assert ["https://crm.example.com/?q=a"] == opened


def writing(screen: QtScreen, qtbot: QtBot, call: MyCall, button: str) -> QWidget:
    """The field that has the keyboard after a click on `button` on the card of the call `a`."""
    screen.render(s.situation(call))
    screen.activate()
    qtbot.waitUntil(screen.window.isActiveWindow)
    card = screen.card("a")
    press(card, button)
    assert card is not None
    qtbot.waitUntil(lambda: card.in_use)
    field = card.focusWidget()
    assert field is not None
    return field


def talking_and_writing(screen: QtScreen, qtbot: QtBot, button: str, *, of: Caller = s.ANANYA) -> QWidget:
    """The same, of a conversation."""
    return writing(screen, qtbot, s.connected("a", of), button)


def over(of: Caller = s.ANANYA) -> Situation:
    """The same conversation has ended; its last keys are still on their way to the draft."""
    return s.situation(replace(s.wrap_up("a", of), shown=True))


def test_who_writes_a_note_as_the_call_ends_writes_on(
    screen: QtScreen, qtbot: QtBot, intents: list[AnyIntent]
) -> None:
    """The prompt takes the keyboard over, caret at the end; until then what the card gets goes there."""
    note = talking_and_writing(screen, qtbot, "Add note")
    QTest.keyClicks(note, "wants an ")
    screen.render(over())
    assert is_large(screen, "a")
    QTest.keyClicks(note, "off")  # before the window manager has moved the keyboard
    qtbot.waitUntil(lambda: screen.prompt.holds_keyboard and screen.card("a") is None)
    QTest.keyClicks(screen.prompt.focusWidget(), "er")
    drafts = [intent.draft.notes for intent in intents if isinstance(intent, EditDraft)]
    assert "wants an offer" == drafts[-1]


def test_a_prompt_takes_no_keyboard_that_its_card_had_not(screen: QtScreen, qtbot: QtBot) -> None:
    """Whoever left the note before the call ended is somewhere else."""
    note = talking_and_writing(screen, qtbot, "Add note")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    screen.render(over())
    assert None is screen.card("a")
    assert screen.prompt.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_a_name_is_typed_to_its_end(screen: QtScreen, qtbot: QtBot, intents: list[AnyIntent]) -> None:
    """The card stays with the form as the call ends, and goes once the contact is saved."""
    field = talking_and_writing(screen, qtbot, "Add to contacts", of=UNKNOWN)
    QTest.keyClicks(field, "Asha ")
    screen.render(over(UNKNOWN))
    QTest.keyClicks(field, "Traders")
    assert not screen.prompt.holds_keyboard
    screen.window.come_forward()
    qtbot.waitUntil(screen.window.isActiveWindow)
    screen.render(over(UNKNOWN))
    assert is_large(screen, "a")  # without the keyboard, too
    QTest.keyClick(field, Qt.Key.Key_Return)
    (wish,) = [intent for intent in intents if isinstance(intent, Wish)]
    assert "Asha Traders" == wish.errand.args["name"]
    qtbot.waitUntil(lambda: screen.card("a") is None)


def test_a_name_that_is_half_typed_outlives_newer_missed_calls(screen: QtScreen, qtbot: QtBot) -> None:
    """Whoever looked away for a while finds it, and nothing was lost."""
    missed = s.closed("a", caller=UNKNOWN)
    field = writing(screen, qtbot, missed, "Add to contacts")
    QTest.keyClicks(field, "Asha")
    screen.window.come_forward()
    qtbot.waitUntil(screen.window.isActiveWindow)
    screen.render(s.situation(missed, *(s.closed(f"c{n}") for n in range(4))))
    assert is_large(screen, "a")
    assert None is screen.card("c0")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.card("a") is None)


def test_no_card_goes_by_itself_from_under_the_keyboard(
    screen: QtScreen, qtbot: QtBot, intents: list[AnyIntent]
) -> None:
    """A saved call's lingers on while its form is open, and is let go afterwards."""
    field = talking_and_writing(screen, qtbot, "Add to contacts", of=UNKNOWN)
    screen.render(s.situation(replace(s.disposed("a", caller=UNKNOWN), shown=True)))
    (timer,) = timers(screen, "linger")
    for _ in range(2):
        timer.timeout.emit()
        assert timer.isActive()
    assert DismissCard("a") not in intents
    QTest.keyClick(field, Qt.Key.Key_Escape)
    timer.timeout.emit()
    qtbot.waitUntil(lambda: DismissCard("a") in intents)
