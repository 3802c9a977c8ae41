from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cti_desktop.core.call import EndReason
from cti_desktop.core.intents import DismissCard
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.screen import Situation
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Duration
from tests.desktop.ui.conftest import Wish
from tests.desktop.ui.test_board import press, timers
from tests.helpers import situations as s
from tests.screenshots.states import ASHA

FADED = 0.0
WHOLE = 1.0


def taken(*others: MyCall, **settings: object) -> Situation:
    """A colleague took the call `a`."""
    call = s.closed("a", EndReason.ANSWERED_ELSEWHERE)
    return s.situation(call, *others, settings=Settings(**settings))  # type: ignore[arg-type]  # the tests' own


def time_is_up(screen: QtScreen) -> Popup:
    """What showed the call long enough."""
    (timer,) = timers(screen, "linger")
    timer.timeout.emit()
    return screen._board._popup("a")


@pytest.fixture
def fading(screen: QtScreen, qtbot: QtBot) -> Popup:
    """A card on its way."""
    screen.render(taken())
    card = time_is_up(screen)
    qtbot.waitUntil(lambda: card.windowOpacity() < WHOLE)
    return card


def test_a_card_fades_before_it_goes(screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """Little by little, in a quarter of a second; then it asks to be dismissed, once, unseen till it is."""
    screen.render(taken())
    card = time_is_up(screen)
    seen: list[tuple[float, bool]] = []
    screen._board._fades["a"].valueChanged.connect(lambda v: seen.append((v, DismissCard("a") in intents)))
    qtbot.waitUntil(lambda: DismissCard("a") in intents)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][0] == FADED)
    assert sorted(seen, reverse=True) == seen
    assert not any(asked for opacity, asked in seen if opacity)
    assert len({opacity for opacity, _ in seen}) > 2
    assert 200 <= Duration.FADE <= 250
    screen.render(taken())
    assert (FADED, True) == (card.windowOpacity(), card.isVisible())
    screen.render(s.situation())
    assert [DismissCard("a")] == [intent for intent in intents if isinstance(intent, DismissCard)]
    assert (WHOLE, False) == (card.windowOpacity(), card.isVisible())


@pytest.mark.parametrize(("less", "setting"), [(True, "system"), (False, "off")])
def test_nothing_moves_if_that_is_wished(
    screen: QtScreen, intents: list[AnyIntent], motion: Wish, less: bool, setting: str
) -> None:
    """By the system or by the setting: then a card goes at once."""
    motion.less = less
    screen.render(taken(motion=setting))
    card = time_is_up(screen)
    assert DismissCard("a") in intents
    assert ({}, WHOLE) == (screen._board._fades, card.windowOpacity())


def test_the_system_is_asked_while_the_card_still_lingers(screen: QtScreen, motion: Wish) -> None:
    """Each time anew, as long before as it takes a portal to answer."""
    screen.render(s.situation(s.ringing("a")))
    assert 0 == motion.asked
    screen.render(taken())
    screen.render(taken())
    assert 1 == motion.asked


def stays(screen: QtScreen, card: Popup, intents: list[AnyIntent], qtbot: QtBot) -> None:
    """It is whole again, and lingers anew."""
    qtbot.waitUntil(lambda: card.windowOpacity() == WHOLE)
    assert ({}, 1) == (screen._board._fades, len(timers(screen, "linger")))
    assert DismissCard("a") not in intents


def test_a_fading_card_that_gets_the_keyboard_stays(
    screen: QtScreen, fading: Popup, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """Also while the window manager is still about to give it."""
    fading.take_keyboard()
    stays(screen, fading, intents, qtbot)


def point_at(card: Popup, settle: Callable[[], None]) -> None:
    """Move the pointer over it."""
    for step in (1, 9):
        QCursor.setPos(card.mapToGlobal(card.rect().center()) + QPoint(step, step))
        settle()


@pytest.fixture
def pointer() -> Iterator[None]:
    """The pointer, which is elsewhere before and after."""
    QCursor.setPos(0, 0)
    yield
    QCursor.setPos(0, 0)


@pytest.mark.usefixtures("pointer")
def test_a_card_that_is_pointed_at_stays(
    screen: QtScreen, fading: Popup, intents: list[AnyIntent], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    """Whoever comes to read it, or to click on it, finds it; later it does not even begin to fade."""
    point_at(fading, settle)
    stays(screen, fading, intents, qtbot)
    time_is_up(screen)
    stays(screen, fading, intents, qtbot)
    QCursor.setPos(0, 0)
    settle()
    time_is_up(screen)
    qtbot.waitUntil(lambda: DismissCard("a") in intents)


@pytest.mark.usefixtures("pointer")
def test_a_pointer_that_rests_where_a_card_appears_keeps_nothing(
    screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    """Nobody pointed."""
    screen.render(taken())
    card = screen.card("a")
    assert card is not None
    spot = card.geometry().center()
    screen.render(s.situation())
    QCursor.setPos(spot)
    settle()
    screen.render(taken())
    settle()
    assert card.underMouse()
    time_is_up(screen)
    qtbot.waitUntil(lambda: DismissCard("a") in intents)


def test_a_new_call_finds_the_board_clear(
    screen: QtScreen, fading: Popup, intents: list[AnyIntent], settle: Callable[[], None]
) -> None:
    """What fades is gone at once, and does not come back beside the new one."""
    screen.render(taken(s.ringing("b", ASHA)))
    assert DismissCard("a") in intents
    assert FADED == fading.windowOpacity()
    settle()
    assert [DismissCard("a")] == [intent for intent in intents if isinstance(intent, DismissCard)]
    new = screen.card("b")
    assert new is not None
    assert (WHOLE, True) == (new.windowOpacity(), new.isVisible())


def test_other_news_lets_it_fade_on(screen: QtScreen, fading: Popup) -> None:
    """It goes when it would have gone."""
    fade = screen._board._fades["a"]
    screen.render(taken())
    assert fade is screen._board._fades["a"]
    assert fading.windowOpacity() < WHOLE


def test_a_fading_call_that_rings_again_is_whole(
    screen: QtScreen, fading: Popup, intents: list[AnyIntent]
) -> None:
    """The hunt group came back to me."""
    screen.render(s.situation(s.ringing("a")))
    assert ({}, WHOLE) == (screen._board._fades, fading.windowOpacity())
    assert [] == timers(screen, "linger")
    assert DismissCard("a") not in intents


def test_a_fading_card_can_be_pinned(screen: QtScreen, fading: Popup, intents: list[AnyIntent]) -> None:
    """By who was quick enough."""
    press(fading, "Keep this card on the screen")
    assert ({}, WHOLE) == (screen._board._fades, fading.windowOpacity())
    assert [] == timers(screen, "linger")
    assert DismissCard("a") not in intents


def test_a_fading_card_can_be_made_small(screen: QtScreen, fading: Popup, intents: list[AnyIntent]) -> None:
    """Its pill is whole, and lingers as long."""
    press(fading, "Make this card small")
    pill = screen._board.pill("a")
    assert pill is not None
    assert ({}, WHOLE, True) == (screen._board._fades, pill.windowOpacity(), pill.isVisible())
    assert 1 == len(timers(screen, "linger"))
    assert DismissCard("a") not in intents


def test_a_pill_fades_too_and_may_still_be_opened(
    screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """Under “do not disturb”: the card that comes is whole, and lingers anew."""
    screen.render(taken(do_not_disturb=True))
    pill = time_is_up(screen)
    assert pill is screen._board.pill("a")
    qtbot.waitUntil(lambda: pill.windowOpacity() < WHOLE)
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    card = screen.card("a")
    assert card is not None
    assert ({}, WHOLE, True) == (screen._board._fades, card.windowOpacity(), card.isVisible())
    assert 1 == len(timers(screen, "linger"))
    assert DismissCard("a") not in intents


def test_the_next_call_in_a_window_that_faded_is_whole(
    screen: QtScreen, fading: Popup, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """Windows are used again."""
    qtbot.waitUntil(lambda: DismissCard("a") in intents)
    screen.render(s.situation())
    screen.render(s.situation(s.ringing("b")))
    assert fading is screen.card("b")
    assert (WHOLE, True) == (fading.windowOpacity(), fading.isVisible())


def test_a_screen_that_closes_takes_the_fade_along(screen: QtScreen, fading: Popup) -> None:
    """In the middle of it; the gate of the tests looks for what would be left."""
    screen.closed()
    assert ({}, False) == (screen._board._fades, fading.isVisible())
