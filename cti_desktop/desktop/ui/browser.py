"""Pages in the agent's browser: a caller's, by itself once for a call; a recording, when it was asked for.

Only https addresses are opened. What opens by itself leaves the keyboard where it is, as far as the system
lets a program ask for that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from cti_desktop.core.errands import RECORDING
from cti_desktop.core.links import host_of
from cti_desktop.desktop.intents import PageOpened
from cti_desktop.desktop.screen import Emit, ReplyState, Situation
from cti_desktop.desktop.viewmodels.crm import pages_to_open

_WITHOUT_ACTIVATING: Final = 4  # SW_SHOWNOACTIVATE

Open = Callable[[str], None]


def open_page(address: str) -> None:
    """The agent asked for it."""
    if host_of(address):
        QDesktopServices.openUrl(QUrl(address))


def open_quietly(address: str) -> None:
    """Nobody asked for it just now: behind what the agent works with, where that can be said."""
    if not host_of(address):
        return
    if sys.platform == "darwin":
        QProcess.startDetached("/usr/bin/open", ["-g", address])
    elif sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        ctypes.windll.shell32.ShellExecuteW(None, "open", address, None, None, _WITHOUT_ACTIVATING)
    else:  # without an activation token, which is what asks a window manager for the keyboard
        QDesktopServices.openUrl(QUrl(address))


class Browser:
    """Opens what a situation asks for, each page once."""

    def __init__(self, emit: Emit, *, asked: Open = open_page, unasked: Open = open_quietly) -> None:
        """`emit` is told of each page that opened by itself, for the time after a restart."""
        self._emit = emit
        self._asked = asked
        self._unasked = unasked
        self._done: set[str] = set()

    def follow(self, situation: Situation) -> None:
        """Open what is due."""
        for call_id, address in pages_to_open(situation):
            if self._is_first(call_id):
                self._emit(PageOpened(call_id))
                self._unasked(address)
        for (_, what), reply in situation.replies.items():
            is_link = what == RECORDING and reply.state is ReplyState.DONE and reply.text
            if is_link and self._is_first(reply.errand.id):
                self._asked(reply.text)

    def _is_first(self, key: str) -> bool:
        first = key not in self._done
        self._done.add(key)
        return first
