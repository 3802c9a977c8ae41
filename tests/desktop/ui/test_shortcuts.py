from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent, HideCallers
from cti_desktop.desktop.ui.hotkeys_windows import modifiers, virtual_key
from cti_desktop.desktop.ui.keys import Keys
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.shortcuts import Fault, Shortcuts, parse
from tests.helpers import situations as s


class Keyboard:
    """A system on which some keys are another program's."""

    def __init__(self, *taken: Keys) -> None:
        self.taken = set(taken)
        self.ours: dict[Keys, Callable[[], None]] = {}

    def grab(self, keys: Keys, pressed: Callable[[], None]) -> bool:
        """See `Hotkeys`."""
        if keys in self.taken:
            return False
        self.ours[keys] = pressed
        return True

    def release_all(self) -> None:
        """See `Hotkeys`."""
        self.ours.clear()


SPACE = Keys(Qt.Key.Key_Space.value, control=True, alt=True)


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    """What shortcuts belong to."""
    return QObject()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Ctrl+Alt+Space", SPACE),
        ("Meta+J", Keys(ord("J"), meta=True)),
        ("Ctrl+Shift+F9", Keys(Qt.Key.Key_F9.value, control=True, shift=True)),
        ("Alt+5", Keys(ord("5"), alt=True)),
        ("J", None),
        ("Shift+J", None),
        ("Ctrl+K, Ctrl+C", None),
        ("Ctrl+Ä", None),
        ("whatever", None),
        ("", None),
    ],
)
def test_what_is_a_shortcut(text: str, keys: Keys | None) -> None:
    """Nothing that would take a letter from whoever types."""
    assert keys == parse(text)


def test_each_name_has_its_keys(parent: QObject) -> None:
    """A change gives the former ones back."""
    keyboard, heard = Keyboard(), list[str]()
    shortcuts = Shortcuts(parent, keyboard)
    shortcuts.pressed.connect(heard.append)
    shortcuts.use({"shortcut": "Ctrl+Alt+Space", "privacy_shortcut": ""})
    keyboard.ours[SPACE]()
    assert (["shortcut"], {}) == (heard, shortcuts.faults)
    shortcuts.use({"shortcut": "Alt+5", "privacy_shortcut": ""})
    assert [Keys(ord("5"), alt=True)] == list(keyboard.ours)


def test_what_does_not_work_says_why(parent: QObject) -> None:
    """Nonsense, and what another program has."""
    shortcuts = Shortcuts(parent, Keyboard(SPACE))
    shortcuts.use({"shortcut": "Ctrl+Alt+Space", "privacy_shortcut": "J"})
    assert {"shortcut": Fault.TAKEN, "privacy_shortcut": Fault.BAD} == shortcuts.faults
    assert all(fault.words for fault in Fault)


def test_a_system_without_shortcuts_says_so(parent: QObject) -> None:
    """As this test's own platform is one."""
    shortcuts = Shortcuts(parent)
    shortcuts.use({"shortcut": "Ctrl+Alt+Space"})
    assert {"shortcut": Fault.NOWHERE} == shortcuts.faults


def test_as_windows_wants_them() -> None:
    """Its own numbers for modifiers and function keys; a held key counts once."""
    assert 0x4000 | 1 | 2 == modifiers(SPACE)
    assert 0x4000 | 4 | 8 == modifiers(Keys(ord("J"), shift=True, meta=True))
    assert (0x78, ord("J"), 0x20) == tuple(map(virtual_key, (Qt.Key.Key_F9.value, ord("J"), 0x20)))


def test_one_key_hides_who_calls(screen: QtScreen, intents: list[AnyIntent]) -> None:
    """And shows it again; the other one brings the newest card."""
    screen.render(s.situation(s.ringing("a")))
    screen._shortcuts.pressed.emit("privacy_shortcut")
    assert HideCallers(wanted=True) in intents
    screen.render(s.situation())
    screen._shortcuts.pressed.emit("shortcut")
    assert screen.window.isVisible()
