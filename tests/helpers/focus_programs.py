"""Two programs for the focus test: a window to type into, and a screen of ours that is told what to show.

`python -m tests.helpers.focus_programs typist` answers every line on stdin with its text so far, as JSON, or
["id"] with its window's; so does `locker`, which covers the screens and takes all keys.
`python -m tests.helpers.focus_programs cards` takes one JSON array per line and answers with one JSON value:
["show", NAME, SETTINGS], ["where", BUTTON], ["shielded"], ["keyboard"], ["intents"], ["places"], ["faults"],
["tray"], ["look for tray"], ["afresh"].
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSocketNotifier, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QSystemTrayIcon, QWidget

from cti_desktop.core.call import EndReason
from cti_desktop.core.intents import EditDraft
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.screen import Situation
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.screen import QtScreen
from tests.helpers import situations as s
from tests.screenshots.states import ASHA, UNKNOWN

SITUATIONS: dict[str, Callable[[], Situation]] = {
    "nothing": s.situation,
    "one": lambda: s.situation(s.ringing("a")),
    "two": lambda: s.situation(s.connected("a"), s.ringing("b", ASHA)),
    "taken": lambda: s.situation(
        s.connected("a"), s.closed("b", EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI)
    ),
    "prompt": lambda: s.situation(s.wrap_up("a"), s.closed("c", caller=UNKNOWN)),
    "next prompt": lambda: s.situation(s.wrap_up("b", ASHA), s.ringing("d", UNKNOWN)),
    "talking": lambda: s.situation(s.connected("a")),
    "ended": lambda: s.situation(replace(s.wrap_up("a"), shown=True)),
}


class Cards:
    """Our screen, as a puppet."""

    def __init__(self) -> None:
        self.intents: list[AnyIntent] = []
        self.situation = s.situation()
        # The main window is never shown, not even for a moment: when xfwm4 is slow to map a window that is
        # hidden by then, it stays on the screen, and has the keyboard.
        self.screen = QtScreen(self.on_intent, zone=s.ZONE)
        self.screen.render(self.situation)

    def on_intent(self, intent: AnyIntent) -> None:
        """Note it; a draft is echoed as the controller would."""
        self.intents.append(intent)
        if isinstance(intent, EditDraft):
            calls = tuple(
                replace(call, draft=intent.draft) if call.id == intent.call_id else call
                for call in self.situation.calls
            )
            self.show(replace(self.situation, calls=calls))

    def show(self, situation: Situation) -> None:
        """Render it."""
        self.situation = situation
        self.screen.render(situation)

    def answer(self, command: str, argument: str = "", settings: dict[str, Any] | None = None) -> object:
        """Do what a line asks for."""
        match command:
            case "show":
                self.show(replace(SITUATIONS[argument](), settings=Settings(**settings or {})))
            case "where":
                return self.where(argument)
            case "shielded":
                return any(popup.shielded for popup in self.screen.popups())
            case "intents":
                return [repr(intent) for intent in self.intents]
            case "places":
                return [popup.visible_rect().getRect() for popup in self.screen.popups() if popup.isVisible()]
            case "keyboard":
                return [popup.windowTitle() for popup in self.screen.popups() if popup.holds_keyboard]
            case "faults":
                return {name: fault.value for name, fault in self.screen._shortcuts.faults.items()}
            case "tray":
                icon = self.screen.tray._icon
                return [QSystemTrayIcon.isSystemTrayAvailable(), icon.isVisible(), icon.geometry().width()]
            case "look for tray":
                self.screen.tray._look_again()
            case _:
                self.show(s.situation())
                self.intents.clear()
        return True

    def where(self, name: str) -> list[int] | None:
        """Where on the screen to click; None while there is nothing of that name."""
        kinds: tuple[type[QWidget], ...] = (QAbstractButton, QPlainTextEdit)
        for popup in self.screen.popups():
            for widget in (w for kind in kinds for w in popup.findChildren(kind)):
                if widget.isVisible() and widget.accessibleName() == name:
                    spot = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
                    return [spot.x(), spot.y()]
        return None


class Typist:
    """A window to type into. `locks`: it covers all others and takes every key, as a locked screen does."""

    def __init__(self, *, locks: bool) -> None:
        self.window = QPlainTextEdit()
        self.window.setWindowTitle("typist")
        self.window.setGeometry(40, 40, 500, 300)
        if locks:
            self.window.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
            self.window.setGeometry(QApplication.primaryScreen().virtualGeometry())
        self.window.show()
        if locks:
            self.window.grabKeyboard()

    def answer(self, command: str, *place: int) -> object:
        """Its text, and whether it has the keyboard, whatever was asked for but its window's id."""
        match command:
            case "id":
                return int(self.window.winId())
            case "afresh":
                self.window.clear()
                self.window.showNormal()
                self.window.setGeometry(40, 40, 500, 300)
            case "move":
                self.window.move(*place)
            case "paste":
                self.window.setPlainText(QApplication.clipboard().text())
            case "full screen":
                self.window.showFullScreen()
            case "normal":
                self.window.showNormal()
        return [self.window.toPlainText(), self.window.isActiveWindow()]


def serve(answer: Callable[..., object]) -> QSocketNotifier:
    """Answer each line on stdin by one line on stdout."""
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def on_line() -> None:
        line = sys.stdin.readline()
        if not line:
            QApplication.exit()
            return
        words: list[Any] = json.loads(line)
        print(json.dumps(answer(*words)), flush=True)  # noqa: T201 - the answer

    notifier.activated.connect(on_line)
    return notifier


def main(role: str) -> int:
    """Run one of the two programs until stdin ends."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    notifier = serve(Cards().answer if role == "cards" else Typist(locks=role == "locker").answer)
    code = app.exec()
    notifier.setEnabled(False)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
