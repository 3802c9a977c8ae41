"""System-wide shortcuts on Windows: RegisterHotKey, whose messages come to this thread's own queue."""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, Qt

if TYPE_CHECKING:
    from cti_desktop.desktop.ui.keys import Keys

_ALT, _CONTROL, _SHIFT, _WIN, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_WM_HOTKEY: Final = 0x0312
_VK_F1: Final = 0x70


class WindowsHotkeys(QAbstractNativeEventFilter):
    """One per program."""

    def __init__(self) -> None:
        """Listen to the application's native messages."""
        super().__init__()
        self._actions: dict[int, Callable[[], None]] = {}
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)

    def grab(self, keys: Keys, pressed: Callable[[], None]) -> bool:
        """See `Hotkeys`."""
        number = len(self._actions) + 1
        if not _register(number, modifiers(keys), virtual_key(keys.key)):
            return False
        self._actions[number] = pressed
        return True

    def release_all(self) -> None:
        """See `Hotkeys`."""
        if sys.platform == "win32":
            for number in self._actions:
                ctypes.windll.user32.UnregisterHotKey(None, number)
        self._actions.clear()

    def nativeEventFilter(
        self,
        _kind: QByteArray | bytes | bytearray | memoryview,
        message: Any,  # noqa: ANN401 - Qt's own
    ) -> object:
        """Qt's own: take our hotkeys, pass on everything else."""
        told = ctypes.wintypes.MSG.from_address(int(message))
        act = self._actions.get(told.wParam) if told.message == _WM_HOTKEY else None
        if act is None:
            return False, 0
        act()
        return True, 0


def modifiers(keys: Keys) -> int:
    """As RegisterHotKey wants them; a held key counts once."""
    pairs = ((keys.alt, _ALT), (keys.control, _CONTROL), (keys.shift, _SHIFT), (keys.meta, _WIN))
    return sum(bit for held, bit in pairs if held) | _NO_REPEAT


def virtual_key(key: int) -> int:
    """Letters, digits and the space have the same number there; function keys have others."""
    first = Qt.Key.Key_F1.value
    return _VK_F1 + key - first if key >= first else key


def _register(number: int, held: int, key: int) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.RegisterHotKey(None, number, held, key))
    return False
