from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent, ChangeSettings, ExportDiagnostics, TestPop
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.settings import SettingsWindow
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.settings import Machine, settings_model
from tests.helpers import situations as s

MACHINE = Machine(("DP-1", "eDP-1"), (("hi", "हिन्दी"),))


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> Iterator[SettingsWindow]:
    """The window, open."""
    made = SettingsWindow()
    qtbot.addWidget(made)
    made.intended.connect(intents.append)
    made.render_settings(settings_model(s.situation(), MACHINE))
    made.come_forward()
    yield made
    made.close()


def changes(intents: list[AnyIntent]) -> dict[str, object]:
    """What the agent changed."""
    return {k: v for i in intents if isinstance(i, ChangeSettings) for k, v in i.changes.items()}


def control(window: SettingsWindow, key: str) -> QWidget:
    """The control of a setting."""
    return window.rows[key].control


def press(window: QWidget, name: str) -> None:
    """Click on the button of that name."""
    button = next(b for b in window.findChildren(QPushButton) if b.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_opening_changes_nothing(window: SettingsWindow, intents: list[AnyIntent]) -> None:
    """Nor does rendering anew."""
    window.render_settings(settings_model(s.situation(settings=Settings(sound=True)), MACHINE))
    assert [] == intents


def test_each_change_is_an_intent_at_once(window: SettingsWindow, intents: list[AnyIntent]) -> None:
    """By switch, choice and text."""
    switch, corner, seconds, proxy = (
        control(window, key) for key in ("do_not_disturb", "corner", "card_seconds", "proxy")
    )
    assert isinstance(switch, QCheckBox)
    assert isinstance(corner, QComboBox)
    assert isinstance(seconds, QComboBox)
    assert isinstance(proxy, QLineEdit)
    switch.click()
    corner.setCurrentIndex(corner.findData("top-left"))
    seconds.setCurrentIndex(seconds.findData(30))
    proxy.setFocus()
    QTest.keyClicks(proxy, "none ")
    QTest.keyClick(proxy, Qt.Key.Key_Return)
    assert {
        "do_not_disturb": True,
        "corner": "top-left",
        "card_seconds": 30,
        "proxy": "none",
    } == changes(intents)


def test_what_is_being_typed_stays(window: SettingsWindow) -> None:
    """Calls come in meanwhile, and every one renders."""
    proxy = control(window, "proxy")
    assert isinstance(proxy, QLineEdit)
    proxy.setFocus()
    QTest.keyClicks(proxy, "http://pro")
    window.render_settings(settings_model(s.situation(s.ringing()), MACHINE))
    assert "http://pro" == proxy.text()


def test_what_it_has_fixed_says_so(window: SettingsWindow, intents: list[AnyIntent]) -> None:
    """Disabled, with the reason, for a screen reader too."""
    fixed = s.situation(locked=frozenset({"sound"}), settings=Settings(sound=True))
    window.render_settings(settings_model(fixed, MACHINE))
    sound = control(window, "sound")
    assert (False, "Fixed by your IT") == (sound.isEnabled(), sound.accessibleDescription())
    assert control(window, "corner").isEnabled()


def test_every_setting_is_reached_by_keyboard(window: SettingsWindow, qapp: QApplication) -> None:
    """Tab visits each control once, and the buttons, and comes around."""
    visited: list[QWidget] = []
    for _ in range(80):
        focused = qapp.focusWidget()
        if focused is None or (visited and focused is visited[0]):
            break
        visited.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    controls = {row.control for key, row in window.rows.items() if key != "relay_url"}
    assert controls <= set(visited)
    buttons = {b.accessibleName() for b in visited if isinstance(b, QPushButton)}
    assert {"Show a test pop", "Write a file for IT"} <= buttons


def test_everything_has_a_name(window: SettingsWindow) -> None:
    """For screen readers."""
    for row in window.rows.values():
        assert row.control.accessibleName()


def test_test_pop_and_diagnostics_are_a_click_away(window: SettingsWindow, intents: list[AnyIntent]) -> None:
    """One each."""
    press(window, "Show a test pop")
    press(window, "Write a file for IT")
    assert [TestPop(), ExportDiagnostics()] == intents


def test_a_wrong_shortcut_is_told_beside_it(window: SettingsWindow) -> None:
    """Why, and what to do."""
    wrong = replace(MACHINE, wrong={"shortcut": "Another program has it."})
    window.render_settings(settings_model(s.situation(), wrong))
    assert "Another program has it." == window.rows["shortcut"]._wrong.text()
    window.render_settings(settings_model(s.situation(), MACHINE))
    assert window.rows["shortcut"]._wrong.isHidden()


def test_escape_closes(window: SettingsWindow) -> None:
    """There is nothing to save or to cancel."""
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_screen_opens_it_from_the_tray(screen: QtScreen, settle: Callable[[], None]) -> None:
    """And keeps it up to date."""
    screen.render(s.situation())
    assert not screen.settings.is_open
    screen.tray.asked_settings.emit()
    assert screen.settings.window is not None
    screen.render(s.situation(settings=Settings(do_not_disturb=True)))
    quiet = control(screen.settings.window, "do_not_disturb")
    assert isinstance(quiet, QCheckBox)
    assert quiet.isChecked()


def test_the_main_window_opens_it_too(screen: QtScreen) -> None:
    """For desktops without a tray."""
    screen.render(s.situation())
    screen.activate()
    press(screen.window, "Settings")
    assert screen.settings.is_open


def test_another_language_leaves_the_agent_where_they_are(
    screen: QtScreen, settle: Callable[[], None]
) -> None:
    """At the setting that was changed, as far down, in a window of the same place and size."""
    situation = s.situation()
    screen.render(situation)
    screen.settings.come_forward()
    was = screen.settings.window
    assert was is not None
    was.setGeometry(40, 30, 500, 420)
    settle()
    was._scroll.verticalScrollBar().setValue(150)
    control(was, "language").setFocus(Qt.FocusReason.OtherFocusReason)
    settle()
    place = was.place
    assert (QRect(40, 30, 500, 420), "language") == (place.geometry, place.key)
    assert place.scrolled
    screen.render(replace(situation, settings=Settings(language="hi")))
    settle()
    window = screen.settings.window
    assert window is not None
    assert window is not was
    assert place == window.place
