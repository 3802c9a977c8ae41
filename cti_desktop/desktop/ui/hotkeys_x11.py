"""System-wide shortcuts on X11, over a connection of our own: libxcb, which Qt needs anyway."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Self

from PySide6.QtCore import QObject, QSocketNotifier, Qt

if TYPE_CHECKING:
    from cti_desktop.desktop.ui.keys import Keys

_SHIFT, _LOCK, _CONTROL, _ALT, _NUM_LOCK, _SUPER = 1, 2, 4, 8, 16, 64
# Caps Lock and Num Lock are modifiers, too: a grab is for one exact set of them.
_LOCKS: Final = (0, _LOCK, _NUM_LOCK, _LOCK | _NUM_LOCK)
_ASYNC: Final = 1
_KEY_PRESS: Final = 2
_XK_F1: Final = 0xFFBE


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _KeyEvent(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("root", ctypes.c_uint32),
        ("event", ctypes.c_uint32),
        ("child", ctypes.c_uint32),
        ("places", ctypes.c_int16 * 4),
        ("state", ctypes.c_uint16),
    )


class X11Hotkeys:
    """Use `opened`. Errors come back as answers; none reaches Xlib's handler, which would end the program."""

    def __init__(self, xcb: ctypes.CDLL, keysyms: ctypes.CDLL, libc: ctypes.CDLL, connection: int) -> None:
        """`connection` is open."""
        self._xcb, self._keysyms, self._libc = xcb, keysyms, libc
        self._connection = ctypes.c_void_p(connection)
        screens = xcb.xcb_setup_roots_iterator(ctypes.c_void_p(xcb.xcb_get_setup(self._connection)))
        # The root window's id is the first field of a screen.
        self._root = int(screens.data[0])
        self._symbols = ctypes.c_void_p(keysyms.xcb_key_symbols_alloc(self._connection))
        self._actions: dict[tuple[int, int], Callable[[], None]] = {}
        self._notifier: QSocketNotifier | None = None

    @classmethod
    def opened(cls, parent: QObject) -> Self | None:
        """None without an X server or its libraries."""
        try:
            xcb, keysyms, libc = _libraries()
        except OSError:
            return None
        connection = xcb.xcb_connect(None, None)
        if xcb.xcb_connection_has_error(ctypes.c_void_p(connection)):
            xcb.xcb_disconnect(ctypes.c_void_p(connection))
            return None
        made = cls(xcb, keysyms, libc, connection)
        descriptor = xcb.xcb_get_file_descriptor(made._connection)
        made._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, parent)
        made._notifier.activated.connect(made._read)
        parent.destroyed.connect(made.disconnect)
        return made

    def grab(self, keys: Keys, pressed: Callable[[], None]) -> bool:
        """See `Hotkeys`."""
        code = self._code_of(keys.key)
        if code is None:
            return False
        held = _modifiers(keys)
        answers = [self._grab(code, held | lock) for lock in _LOCKS]
        self._actions[code, held] = pressed
        return all(answers)

    def release_all(self) -> None:
        """See `Hotkeys`."""
        for code, held in self._actions:
            for lock in _LOCKS:
                self._xcb.xcb_ungrab_key(self._connection, code, self._root, held | lock)
        self._actions.clear()
        self._xcb.xcb_flush(self._connection)

    def disconnect(self) -> None:
        """The end: the server forgets all grabs."""
        self._keysyms.xcb_key_symbols_free(self._symbols)
        self._xcb.xcb_disconnect(self._connection)
        self._notifier = None

    def _grab(self, code: int, held: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(self._connection, 1, self._root, held, code, _ASYNC, _ASYNC)
        error = self._xcb.xcb_request_check(self._connection, cookie)
        if error:
            self._libc.free(ctypes.c_void_p(error))
        return not error

    def _code_of(self, key: int) -> int | None:
        first = Qt.Key.Key_F1.value
        symbol = _XK_F1 + key - first if key >= first else ord(chr(key).lower())
        codes = self._keysyms.xcb_key_symbols_get_keycode(self._symbols, symbol)
        if not codes:
            return None
        code = int(codes[0])
        self._libc.free(codes)
        return code or None

    def _read(self) -> None:
        while event := self._xcb.xcb_poll_for_event(self._connection):
            told = ctypes.cast(event, ctypes.POINTER(_KeyEvent)).contents
            is_press = told.response_type & 0x7F == _KEY_PRESS
            held = told.state & (_SHIFT | _CONTROL | _ALT | _SUPER)
            act = self._actions.get((told.detail, held)) if is_press else None
            self._libc.free(ctypes.c_void_p(event))
            if act is not None:
                act()


def _modifiers(keys: Keys) -> int:
    pairs = ((keys.shift, _SHIFT), (keys.control, _CONTROL), (keys.alt, _ALT), (keys.meta, _SUPER))
    return sum(bit for held, bit in pairs if held)


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL, ctypes.CDLL]:
    xcb, keysyms, libc = (ctypes.CDLL(name) for name in ("libxcb.so.1", "libxcb-keysyms.so.1", "libc.so.6"))
    pointer, integer, byte = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint8
    _declare(xcb.xcb_connect, pointer, ctypes.c_char_p, pointer)
    _declare(xcb.xcb_get_setup, pointer, pointer)
    _declare(xcb.xcb_setup_roots_iterator, _Screens, pointer)
    _declare(xcb.xcb_poll_for_event, pointer, pointer)
    _declare(xcb.xcb_request_check, pointer, pointer, _Cookie)
    _declare(xcb.xcb_grab_key_checked, _Cookie, pointer, byte, integer, ctypes.c_uint16, byte, byte, byte)
    _declare(xcb.xcb_ungrab_key, _Cookie, pointer, byte, integer, ctypes.c_uint16)
    _declare(keysyms.xcb_key_symbols_alloc, pointer, pointer)
    _declare(keysyms.xcb_key_symbols_get_keycode, ctypes.POINTER(byte), pointer, integer)
    return xcb, keysyms, libc


def _declare(function: Any, result: Any, *arguments: Any) -> None:  # noqa: ANN401 - ctypes' own
    function.restype = result
    function.argtypes = arguments
