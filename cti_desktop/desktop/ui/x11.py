"""A connection of our own to the X server, for what Qt doesn't tell; opened once, as a pop must not wait."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NoReturn, Self

_Handler: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_MOST: Final = 1024  # numbers in a property
_LONGS: Final = 32  # how Xlib calls numbers of 64 bits
_kept: Final[list[Any]] = []  # what Xlib may call


class XServer:
    """Use `opened`. Only atoms and the root window are looked up here; callers ask the rest of `lib`."""

    def __init__(self, lib: ctypes.CDLL, display: int) -> None:
        """`display` is open."""
        self.lib = lib
        self.display = ctypes.c_void_p(display)
        self.root = ctypes.c_ulong(lib.XDefaultRootWindow(self.display))
        self._atoms: dict[bytes, ctypes.c_ulong] = {}

    @classmethod
    @cache
    def opened(cls) -> Self | None:
        """None without an X server or its library."""
        try:
            lib = ctypes.CDLL("libX11.so.6")
        except OSError:
            return None
        lib.XOpenDisplay.restype = ctypes.c_void_p
        lib.XDefaultRootWindow.restype = lib.XInternAtom.restype = ctypes.c_ulong
        lib.XGetSelectionOwner.restype = ctypes.c_ulong
        display = lib.XOpenDisplay(None)
        return cls(lib, display) if display else None

    def atom(self, name: bytes) -> ctypes.c_ulong:
        """The server's number for a name."""
        if name not in self._atoms:
            self._atoms[name] = ctypes.c_ulong(self.lib.XInternAtom(self.display, name, 0))
        return self._atoms[name]

    def numbers(self, window: int, name: bytes) -> list[int]:
        """A window's property of that name; empty where it has none, or is gone."""
        kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        form, value, ref = ctypes.c_int(), ctypes.c_void_p(), ctypes.byref
        begin, length, any_kind = ctypes.c_long(0), ctypes.c_long(_MOST), ctypes.c_ulong(0)
        self.lib.XGetWindowProperty(
            self.display,
            ctypes.c_ulong(window),
            self.atom(name),
            begin,
            length,
            0,
            any_kind,
            ref(kind),
            ref(form),
            ref(count),
            ref(rest),
            ref(value),
        )
        if value.value is None:
            return []
        found = ctypes.cast(value, ctypes.POINTER(ctypes.c_ulong))[: count.value]
        self.lib.XFree(value)
        return found if form.value == _LONGS else []


def when_lost(act: Callable[[], NoReturn]) -> None:
    """Do `act` when Xlib finds the server dead before Qt does, on its connection or on ours.

    Xlib would call `exit`, with Qt in the middle of something. It can't go on, so `act` must not return.
    Call it once the application is made: Qt sets a handler of its own then, which only says so.
    """
    try:
        lib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return
    _kept[:] = [_Handler(lambda _display: act())]
    lib.XSetIOErrorHandler(_kept[0])
