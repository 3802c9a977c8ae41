"""What Qt mutters goes to the log instead of stderr; what it says when the display has died is heard."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Qt has no signal for it: it says so, again and again, and ends its event loop.
_LAST_WORDS: Final = re.compile(r"The\s(X11|Wayland)\sconnection\sbroke")


class DisplayLostError(Exception):
    """The X server or the compositor has died, and Qt's event loop with it. Nothing can be shown any more."""


@dataclass(slots=True)
class Heard:
    """What Qt told so far."""

    display_is_gone: bool = False


@contextlib.contextmanager
def qt_to_log() -> Iterator[Heard]:
    """Within the block."""
    heard = Heard()

    def note(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        if _LAST_WORDS.match(text or ""):
            if heard.display_is_gone:
                return
            heard.display_is_gone = True
        logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)

    before = qInstallMessageHandler(note)
    try:
        yield heard
    except RuntimeError as error:  # qasync's, for a loop that ended under its feet
        if not heard.display_is_gone:
            raise
        raise DisplayLostError from error
    finally:
        qInstallMessageHandler(before)
