import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QRect
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent, HideCallers, ScreenShared
from cti_desktop.desktop.sharing import Sharing as Shared
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.sharing import DWELL_MS, Asked, Sharing
from cti_desktop.desktop.ui.sharing_macos import is_mirrored
from cti_desktop.desktop.ui.sharing_screens import ScreensTeller, overlap
from cti_desktop.desktop.ui.sharing_windows import goes_twice, is_presentation, is_presented
from cti_desktop.desktop.ui.theme import Theme
from tests.helpers import situations as s
from tests.screenshots.pop_states import chosen

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusVariant

    from cti_desktop.desktop.ui.sharing_bus import BusTeller


class System:
    """A system whose screen is shared when the test says so."""

    def __init__(self) -> None:
        self.shared = False
        self.changed: Callable[[], None] | None = None

    def begin(self, changed: Callable[[], None]) -> None:
        """See `Teller`."""
        self.changed = changed

    def tells(self) -> bool:
        """See `Teller`."""
        return self.shared

    def end(self) -> None:
        """See `Teller`."""
        self.changed = None

    def share(self, *, shared: bool) -> None:
        """It tells."""
        self.shared = shared
        assert self.changed is not None
        self.changed()


@pytest.fixture
def system() -> System:
    """Nobody sees the screen yet."""
    return System()


@pytest.fixture
def told() -> list[bool]:
    """What was told, in order."""
    return []


@pytest.fixture
def sharing(qtbot: QtBot, system: System, told: list[bool]) -> Iterator[Sharing]:
    """It listens, with next to no dwell."""
    made = Sharing([system], dwell_ms=1)
    made.changed.connect(told.append)
    made.use(wanted=True)
    yield made
    made.close()


def test_told_at_once_and_left_after_a_while(
    sharing: Sharing, system: System, told: list[bool], qtbot: QtBot
) -> None:
    """Names may never flash up on somebody else's screen."""
    system.share(shared=True)
    system.share(shared=True)
    assert [True] == told
    system.share(shared=False)
    assert [True] == told
    qtbot.waitUntil(lambda: told == [True, False])


def test_a_share_that_breaks_off_for_a_moment_is_no_news(
    qtbot: QtBot, system: System, told: list[bool]
) -> None:
    """It was taken up again before the dwell was over."""
    sharing = Sharing([System(), system])
    sharing.changed.connect(told.append)
    sharing.use(wanted=True)
    for shared in (True, False, True, False):
        system.share(shared=shared)
    assert [True] == told
    assert DWELL_MS == sharing._dwell.interval()
    assert sharing._dwell.isActive()
    sharing.close()
    assert [True] == told


def test_switched_off_it_listens_to_nobody(sharing: Sharing, system: System, told: list[bool]) -> None:
    """What was hidden is shown at once; switched on again, it looks at once."""
    system.share(shared=True)
    sharing.use(wanted=False)
    assert ([True, False], None) == (told, system.changed)
    sharing.use(wanted=True)
    assert [True, False, True] == told


def test_a_system_that_tells_by_itself_of_nothing_is_asked(qtbot: QtBot, told: list[bool]) -> None:
    """From time to time, while somebody listens."""
    parent, answers = QObject(), [False, True]
    teller = Asked(lambda: answers[-1], parent)
    teller.end()
    assert not teller.tells()
    teller.begin(lambda: told.append(teller.tells()))
    teller._timer.timeout.emit()
    assert [True] == told
    teller.end()
    assert not teller.tells()
    teller._timer.timeout.emit()
    assert [True] == told


@pytest.mark.parametrize(
    ("areas", "shared"),
    [
        ([QRect(0, 0, 1280, 800)], False),
        ([QRect(0, 0, 1280, 800), QRect(1280, 0, 1280, 800)], False),
        ([QRect(0, 0, 1280, 800), QRect(0, 0, 1280, 800)], True),
        ([QRect(0, 0, 1920, 1080), QRect(0, 0, 1024, 768)], True),
        ([QRect(0, 0, 1280, 800), QRect(1280, 0, 1280, 800), QRect(1280, 0, 1920, 1080)], True),
    ],
)
def test_screens_that_show_the_same(areas: list[QRect], shared: bool) -> None:
    """A projector is seldom as large as the screen whose picture it shows."""
    assert shared is overlap(areas)


def test_one_screen_shows_itself_only(qtbot: QtBot, told: list[bool]) -> None:
    """Each change of the screens is looked at once they have settled; after the end, none is."""
    parent = QObject()
    teller = ScreensTeller(parent)
    teller.end()
    teller.begin(lambda: told.append(teller.tells()))
    qtbot.waitUntil(lambda: told == [False])
    screen = teller._followed[0]
    screen.geometryChanged.emit(screen.geometry())
    assert teller._settle.isActive()
    teller._forget(screen)
    assert [] == teller._followed
    teller._follow(screen)
    teller.end()
    assert not teller._settle.isActive()
    assert not teller.tells()


@pytest.mark.parametrize(("state", "shared"), [(0, False), *((n, n == 4) for n in range(1, 8))])
def test_windows_presentation_mode(state: int, shared: bool) -> None:
    """Of the seven states that Windows tells, one: a full-screen program alone has no audience."""
    assert shared is is_presentation(state)


@pytest.mark.parametrize(
    ("pictures", "shared"),
    [
        ([], False),
        ([(1, 0, 0)], False),
        ([(1, 0, 0), (1, 0, 1)], False),
        ([(1, 0, 0), (2, 0, 0)], False),
        ([(1, 0, 0), (1, 0, 0)], True),
        ([(1, 0, 0), (1, 0, 1), (1, 0, 1)], True),
    ],
)
def test_windows_duplicate_displays(pictures: list[tuple[int, int, int]], shared: bool) -> None:
    """Two paths from one picture of one adapter; the other adapter's first picture is another."""
    assert shared is goes_twice(pictures)


def test_elsewhere_neither_is_asked() -> None:
    """This test's own system has neither interface."""
    assert (False, False) == (is_presented(), is_mirrored())


def test_the_screen_passes_on_what_is_told(
    qtbot: QtBot, theme: Theme, system: System, intents: list[AnyIntent]
) -> None:
    """In another language too; not once the setting is off, and nothing after its end."""
    screen = QtScreen(intents.append, theme=theme, zone=s.ZONE, sharing=Sharing([system], dwell_ms=1))
    screen.render(s.situation())
    system.share(shared=True)
    screen.render(chosen(language="hi"))
    assert [ScreenShared(told=True)] == intents
    screen.render(chosen(privacy_when_shared=False))
    assert [ScreenShared(told=True), ScreenShared(told=False)] == intents
    screen.render(s.situation())
    screen.closed()
    assert [True, False, True] == [i.told for i in intents if isinstance(i, ScreenShared)]


def test_while_shared_who_calls_is_hidden_and_it_says_why(
    screen: QtScreen, intents: list[AnyIntent], qtbot: QtBot
) -> None:
    """Cards, window and tray; the key shows callers, which is said, too, and hides them again."""
    screen.window.appear()
    screen.render(s.situation(s.ringing("a")))
    qtbot.waitUntil(lambda: not screen._board.is_popping())
    shown: list[tuple[str, str, bool]] = []
    for sharing in (Shared.HIDDEN, Shared.REVEALED, Shared.NOT_TOLD):
        screen.render(s.situation(s.ringing("a"), sharing=sharing))
        card = screen.card("a")
        assert card is not None
        assert card.model is not None
        shown.append(
            (card.model.caller.name, screen.window._privacy.text(), screen.tray._private.isChecked())
        )
        screen._shortcuts.pressed.emit("privacy_shortcut")
    name = "Ananya Deshmukh"
    assert [
        ("A. D.", "Private while your screen is shared", True),
        (name, "Your screen is shared, and who calls can be seen", False),
        (name, "", False),
    ] == shown
    assert [False, True, True] == [i.wanted for i in intents if isinstance(i, HideCallers)]


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus of Linux")
def test_a_session_of_the_portal_does_not_count_for_the_next_time(qtbot: QtBot) -> None:
    """Notifications are held back again, for another reason: whether a session is open is asked anew."""
    parent = QObject()
    teller = BusTeller(parent, QDBusConnection("no such bus"))
    teller.end()
    teller._on_inhibited(QDBusVariant(True))
    assert not teller.tells()
    teller._on_sessions('<node><node name="1_7"/></node>')
    assert teller.tells()
    for inhibited in (False, True):
        teller._on_inhibited(QDBusVariant(inhibited))
        assert not teller.tells()
