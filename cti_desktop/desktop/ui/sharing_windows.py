"""On Windows: its presentation mode, and displays that show the same picture. Of a meeting, nobody tells.

By SHQueryUserNotificationState and QueryDisplayConfig.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from typing import Final

# Of QUERY_USER_NOTIFICATION_STATE. A full-screen program (QUNS_BUSY) is no audience.
_PRESENTATION_MODE: Final = 4
_ONLY_ACTIVE_PATHS: Final = 2

# Adapter (low, high) and the number of a picture on it.
Picture = tuple[int, int, int]


class _Path(ctypes.Structure):
    """DISPLAYCONFIG_PATH_INFO: the source's adapter and number, and 60 bytes on where it goes."""

    _fields_ = (
        ("adapter_low", ctypes.c_uint32),
        ("adapter_high", ctypes.c_int32),
        ("source", ctypes.c_uint32),
        ("rest", ctypes.c_uint32 * 15),
    )


class _Mode(ctypes.Structure):
    """DISPLAYCONFIG_MODE_INFO: asked for along with the paths, and not looked at."""

    _fields_ = (("all", ctypes.c_uint64 * 8),)


def is_presented() -> bool:
    """Whether presentation mode is on, or a picture goes to two displays."""
    return is_presentation(_notification_state()) or goes_twice(_pictures())


def is_presentation(state: int) -> bool:
    """What SHQueryUserNotificationState's answer means; 0: it gave none."""
    return state == _PRESENTATION_MODE


def goes_twice(pictures: Iterable[Picture]) -> bool:
    """Whether two active paths begin at the same picture: the displays are duplicates."""
    begun = list(pictures)
    return len(set(begun)) < len(begun)


def _notification_state() -> int:
    state = ctypes.c_int()
    if sys.platform == "win32":
        failed = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return 0 if failed else state.value
    return 0


def _pictures() -> list[Picture]:
    """Where each active path begins; none when it can't be known, or changes this very moment."""
    if sys.platform == "win32":
        user32, ref = ctypes.windll.user32, ctypes.byref
        wanted, some, more = _ONLY_ACTIVE_PATHS, ctypes.c_uint32(), ctypes.c_uint32()
        if user32.GetDisplayConfigBufferSizes(wanted, ref(some), ref(more)):
            return []
        paths, modes = (_Path * some.value)(), (_Mode * more.value)()
        if user32.QueryDisplayConfig(wanted, ref(some), paths, ref(more), modes, None):
            return []
        return [(path.adapter_low, path.adapter_high, path.source) for path in paths[: some.value]]
    return []
