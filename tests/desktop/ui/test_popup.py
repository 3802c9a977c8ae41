from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.compositor import blends_windows
from cti_desktop.desktop.ui.popup import SHIELD_MS, WIDTH, Popup
from cti_desktop.desktop.ui.theme import Theme


@pytest.fixture
def popup(qtbot: QtBot, theme: Theme) -> Popup:
    """A popup with an input in it."""
    made = Popup(theme, shield_ms=0)
    qtbot.addWidget(made)
    made.column.addWidget(QLineEdit())
    made.fit()
    made.appear()
    return made


@pytest.mark.parametrize(
    "flag",
    [
        Qt.WindowType.Tool,
        Qt.WindowType.FramelessWindowHint,
        Qt.WindowType.WindowStaysOnTopHint,
        Qt.WindowType.WindowDoesNotAcceptFocus,
    ],
)
def test_flags(popup: Popup, flag: Qt.WindowType) -> None:
    """Above all others, without a frame, never taking the keyboard by itself."""
    assert popup.windowFlags() & flag


@pytest.mark.parametrize(
    "attribute",
    [
        Qt.WidgetAttribute.WA_ShowWithoutActivating,
        Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow,
        Qt.WidgetAttribute.WA_AlwaysShowToolTips,
    ],
)
def test_attributes(popup: Popup, attribute: Qt.WidgetAttribute) -> None:
    """It appears inactive, stays while another program is active, and explains itself all the same."""
    assert popup.testAttribute(attribute)
    assert not popup.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_the_keyboard_comes_on_request_and_goes_again(popup: Popup) -> None:
    """The flag is off only while the agent writes."""
    handle = popup.windowHandle()
    flag = Qt.WindowType.WindowDoesNotAcceptFocus
    edit = popup.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    popup.take_keyboard(edit)
    assert not handle.flags() & flag
    assert edit is popup.focusWidget()
    popup.leave_keyboard()
    assert handle.flags() & flag


def test_it_is_not_told_at_once_that_the_keyboard_went(qtbot: QtBot, popup: Popup) -> None:
    """Who hides it because of that must not be quicker than the window manager; by the agent's wish it is."""
    told: list[bool] = []
    popup.freed.connect(lambda: told.append(True))
    popup._freeing.setInterval(60_000)
    popup.take_keyboard()
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not popup.isActiveWindow())
    assert [] == told
    popup._freeing.start(0)
    qtbot.waitUntil(lambda: told == [True])
    popup.leave_keyboard()
    assert [True, True] == told


def test_it_asks_once_more_for_its_place(qtbot: QtBot, popup: Popup) -> None:
    """A window manager may misplace it, or Qt mistake where it is; whoever moves it later has his way."""
    popup.place(QPoint(40, 50))
    popup.move(0, 0)
    qtbot.waitUntil(lambda: popup.pos() == QPoint(40, 50))
    popup.move(0, 0)
    assert not popup._placing.isActive()


def test_nothing_is_focused_beforehand(popup: Popup) -> None:
    """No key presses a button that nobody chose."""
    assert popup is popup.focusWidget()


def test_fits_its_content(popup: Popup) -> None:
    """As wide as all cards, as high as needed, its shadow included."""
    low = popup.height()
    popup.column.addWidget(QLineEdit())
    resized: list[int] = []
    popup.resized.connect(lambda: resized.append(popup.height()))
    popup.fit()
    assert low < popup.height()
    assert [popup.height()] == resized
    assert WIDTH == popup.visible_rect().width() == popup.width() - 2 * paint.SHADOW


def test_the_shield_is_long_enough_to_notice() -> None:
    """Four tenths of a second."""
    assert 400 == SHIELD_MS


def test_the_shield_comes_down(qtbot: QtBot, theme: Theme) -> None:
    """Clicks are lost while it is up, and count afterwards."""
    popup = Popup(theme, shield_ms=20)
    qtbot.addWidget(popup)
    clicks: list[int] = []
    button = Button("primary", "Go")
    on_click(button, lambda: clicks.append(1))
    popup.column.addWidget(button)
    popup.fit()
    popup.appear()
    spot = button.mapTo(popup, button.rect().center())
    nothing = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(popup.windowHandle(), Qt.MouseButton.LeftButton, nothing, spot)
    assert [] == clicks
    qtbot.waitUntil(lambda: not popup.shielded)
    QTest.mouseClick(popup.windowHandle(), Qt.MouseButton.LeftButton, nothing, spot)
    assert [1] == clicks


def test_a_card_that_only_moved_hears_keys(qtbot: QtBot, theme: Theme) -> None:
    """Its place is news for a pointer, and none for who writes in it; another call is for both."""
    popup = Popup(theme, shield_ms=5_000)
    qtbot.addWidget(popup)
    popup.raise_shield(moved=True)
    assert (True, False) == (popup.shielded, popup.ignores_keys)
    popup.raise_shield()
    popup.raise_shield(moved=True)
    assert popup.ignores_keys


def test_announces_itself(popup: Popup) -> None:
    """Its name is what a screen reader says."""
    popup.announce("Incoming call, Asha")
    assert ("Incoming call, Asha", "Incoming call, Asha") == (popup.accessibleName(), popup.windowTitle())


def test_its_name_may_be_quiet(popup: Popup) -> None:
    """Read by whoever goes there, and not said aloud: not even when it is shown later."""
    popup.hide()
    popup.announce("Incoming call, Asha", quiet=True)
    assert ("Incoming call, Asha", ("", False)) == (popup.windowTitle(), popup._unsaid)


def test_announces_only_what_is_on_the_screen(popup: Popup) -> None:
    """What comes up is said when it is up: for a window that is not there yet, no system says anything."""
    popup.hide()
    popup.announce("Incoming call, Asha", urgent=True)
    assert ("Incoming call, Asha", True) == popup._unsaid
    popup.show()
    assert ("", False) == popup._unsaid


def test_shadow_is_soft_and_corners_are_clear(popup: Popup, settle: Callable[[], None]) -> None:
    """With a compositor the margin is transparent but for the shadow."""
    settle()
    image = paint.shell(popup.size(), 1.0, popup.theme.colors, "#1d5fd1", shadow=True).toImage()
    assert 0 == image.pixelColor(0, 0).alpha()
    assert 0 < image.pixelColor(popup.width() // 2, popup.height() - paint.SHADOW + 2).alpha() < 255
    assert 255 == image.pixelColor(popup.width() // 2, popup.height() // 2).alpha()


def test_without_a_compositor_nothing_is_half_transparent(popup: Popup) -> None:
    """Inside the mask every pixel is opaque: there is no black frame."""
    image = paint.shell(popup.size(), 1.0, popup.theme.colors, "#1d5fd1", shadow=False).toImage()
    first, last_x, last_y = paint.SHADOW, popup.width() - paint.SHADOW - 1, popup.height() - paint.SHADOW - 1
    corners = [(x, y) for x in (first, last_x) for y in (first, last_y)]
    assert [255] * 4 == [image.pixelColor(x, y).alpha() for x, y in corners]


def test_the_offscreen_platform_blends() -> None:
    """Only X11 is asked; elsewhere windows always blend."""
    assert blends_windows()
