"""Whether things on the screen may move, as the user of this system wishes. Asked anew each time."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from cti_desktop.desktop.ui.session_bus import Question, has_session_bus

# Where the portals of Linux desktops say it, and what they say then: all of them lately, GNOME and its like
# for longer, KDE.
_LESS: Final = {
    ("org.freedesktop.appearance", "reduced-motion"): ("1",),
    ("org.gnome.desktop.interface", "enable-animations"): ("False",),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): ("0", "0.0"),
}
_CLIENT_AREA_ANIMATION: Final = 0x1042


class Motion:
    """`ask`, and a moment later look at `is_welcome`: a portal answers when it can."""

    def __init__(self) -> None:
        """Nobody was asked yet."""
        self._questions: list[tuple[Question, tuple[str, ...]]] = []

    def ask(self) -> None:
        """Find out what is wished now, where that takes its time."""
        if sys.platform not in ("win32", "darwin") and has_session_bus():
            self._questions = [(Question(*where), words) for where, words in _LESS.items()]

    @property
    def is_welcome(self) -> bool:
        """Whether the system has nothing against it; not while its answer is awaited."""
        if sys.platform in ("win32", "darwin"):
            return not _less_motion()
        return all(asked.is_answered and str(asked.answer) not in words for asked, words in self._questions)


if sys.platform == "win32":

    def _less_motion() -> bool:
        """“Animation effects”, in the settings of Windows."""
        animates = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0)
        return not animates.value

else:

    def _less_motion() -> bool:
        """“Reduce motion”, in the settings of macOS."""
        objc = ctypes.CDLL("/usr/lib/libobjc.dylib")
        objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
        get = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        ask = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        kind = objc.objc_getClass(b"NSWorkspace")
        workspace = get(kind, objc.sel_registerName(b"sharedWorkspace"))
        return bool(ask(workspace, objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")))
