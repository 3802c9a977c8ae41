"""System-wide shortcuts: which keys stand for what, and why one does not work. Not how a system does it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from cti_desktop.desktop.ui.hotkeys_windows import WindowsHotkeys
from cti_desktop.desktop.ui.hotkeys_x11 import X11Hotkeys
from cti_desktop.desktop.ui.keys import Keys
from cti_desktop.desktop.viewmodels.words import preferences as words

_F1, _F24 = Qt.Key.Key_F1.value, Qt.Key.Key_F24.value


class Fault(Enum):
    """Why a shortcut does not work."""

    BAD = "bad"
    TAKEN = "taken"
    NOWHERE = "nowhere"

    @property
    def words(self) -> str:
        """For the settings window."""
        return {
            Fault.BAD: words.SHORTCUT_BAD,
            Fault.TAKEN: words.SHORTCUT_TAKEN,
            Fault.NOWHERE: words.SHORTCUT_NOWHERE,
        }[self]


class Hotkeys(Protocol):
    """A system's way. `pressed` is called in the Qt thread."""

    def grab(self, keys: Keys, pressed: Callable[[], None]) -> bool:
        """Whether the keys are ours now; False: another program has them."""

    def release_all(self) -> None:
        """Give all of them back."""


def parse(text: str) -> Keys | None:
    """`Ctrl+Alt+Space` as keys; None for what is no shortcut, or would take a key from all typing."""
    sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return None
    combination = sequence[0]  # type: ignore[index]  # PySide forgot to say so
    held, key = combination.keyboardModifiers(), combination.key().value
    keys = Keys(
        key,
        bool(held & Qt.KeyboardModifier.ControlModifier),
        bool(held & Qt.KeyboardModifier.AltModifier),
        bool(held & Qt.KeyboardModifier.ShiftModifier),
        bool(held & Qt.KeyboardModifier.MetaModifier),
    )
    usable = key == Qt.Key.Key_Space.value or _F1 <= key <= _F24 or (key < 128 and chr(key).isalnum())
    return keys if usable and (keys.control or keys.alt or keys.meta) else None


class Shortcuts(QObject):
    """`pressed` carries the name of the shortcut."""

    pressed = Signal(str)

    def __init__(self, parent: QObject, system: Hotkeys | None = None) -> None:
        """None yet. `system` None: the one that this computer has."""
        super().__init__(parent)
        self._system = system or _of_this_system(self)
        self._wanted: dict[str, str] = {}
        self.faults: dict[str, Fault] = {}

    def use(self, wanted: Mapping[str, str]) -> None:
        """Listen for these from now on: name to text; an empty text is none."""
        if dict(wanted) == self._wanted:
            return
        self._wanted = dict(wanted)
        self.close()
        found = {name: self._grab(name, text) for name, text in wanted.items() if text}
        self.faults = {name: fault for name, fault in found.items() if fault is not None}

    def close(self) -> None:
        """Listen for none."""
        if self._system is not None:
            self._system.release_all()

    def _grab(self, name: str, text: str) -> Fault | None:
        keys = parse(text)
        if keys is None:
            return Fault.BAD
        if self._system is None:
            return Fault.NOWHERE
        return None if self._system.grab(keys, lambda: self.pressed.emit(name)) else Fault.TAKEN


def _of_this_system(parent: QObject) -> Hotkeys | None:
    """None on macOS and pure Wayland, which let no program listen to other programs' keys."""
    if sys.platform == "win32":
        return WindowsHotkeys()
    if QGuiApplication.platformName() == "xcb":
        return X11Hotkeys.opened(parent)
    return None


SYSTEM_WIDE: Final = ("shortcut", "privacy_shortcut")
