"""The scripted agent: presses the real buttons and keys of the real windows, and sees what they show."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget  # noqa: TID251 - only looked at

from cti_desktop.desktop.intents import RetryNow
from cti_desktop.desktop.screen import Online, Situation
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.tray import state_icon
from cti_desktop.desktop.viewmodels.connection import connection_model
from cti_desktop.desktop.viewmodels.words import calls as words

PATIENCE_SECONDS: Final = 8.0
_LOOK_EVERY_SECONDS: Final = 0.01


class StepFailed(Exception):
    """What should have happened did not, in time."""


class WatchedScreen(QtScreen):
    """The agent's screen, which also keeps what it was last told."""

    situation: Situation | None = None

    def render(self, situation: Situation) -> None:
        """Show it, as ever."""
        self.situation = situation
        super().render(situation)

    def tray_icon(self) -> QIcon:
        """What the tray shows now."""
        if self.situation is None:
            return QIcon()
        model = connection_model(self.situation)
        return state_icon(model.health, model.owed)


class Agent:
    """Sits before a screen."""

    def __init__(self, screen: WatchedScreen) -> None:
        self.screen = screen

    async def sees(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait for something to show. Raises `StepFailed`, naming `what`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise StepFailed(what)
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    async def sees_card(self, call_id: str, *texts: str) -> None:
        """A card of that call, on the screen, with all of `texts` on it."""

        def shows() -> bool:
            card = self.screen.card(call_id)
            return card is not None and card.isVisible() and all(_reads(card, text) for text in texts)

        await self.sees(f"a card saying {', '.join(texts)}", shows)

    async def sees_no_card(self, call_id: str) -> None:
        """The card of that call goes."""
        await self.sees("the card to go", lambda: self.screen.card(call_id) is None)

    async def sees_prompt(self, *texts: str) -> None:
        """The question how it went, with all of `texts` on it."""
        prompt = self.screen.prompt
        await self.sees(
            f"the prompt saying {', '.join(texts)}",
            lambda: prompt.isVisible() and all(_reads(prompt, text) for text in texts),
        )

    async def sees_no_prompt(self) -> None:
        """Nothing is asked any more."""
        await self.sees("the prompt to close", lambda: not self.screen.prompt.isVisible())

    async def is_online(self, *, online: bool = True) -> None:
        """The link is up, or is known to be down."""

        def settled() -> bool:
            link = self.screen.situation.link if self.screen.situation else None
            return (isinstance(link, Online) and link.caught_up) is online

        await self.sees("the link to be up" if online else "the link to be down", settled)

    async def has_waiting(self, count: int) -> None:
        """So many saved dispositions wait to be sent."""

        def waits() -> bool:
            situation = self.screen.situation
            return situation is not None and len(situation.outbox) == count

        await self.sees(f"{count} waiting", waits)

    async def presses(self, key: str) -> None:
        """A key on the prompt, which takes none before its shield is down."""
        await self._is_unshielded()
        QTest.keyClicks(self.screen.prompt, key)

    async def saves(self) -> None:
        """Ctrl+Enter."""
        await self._is_unshielded()
        QTest.keyClick(self.screen.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    async def clicks(self, window: QWidget, label: str) -> None:
        """The button that is called `label`."""

        def found() -> QAbstractButton | None:
            buttons = window.findChildren(QAbstractButton)
            return next(
                (b for b in buttons if b.isVisible() and label in (b.accessibleName(), b.text())), None
            )

        await self.sees(f"a button {label}", lambda: found() is not None)
        await self._is_unshielded()
        button = found()
        if button is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    async def dismisses(self, call_id: str) -> None:
        """The × of a card."""
        card = self.screen.card(call_id)
        if card is not None:
            await self.clicks(card, words.DISMISS_HELP)
        await self.sees_no_card(call_id)

    def retries(self) -> None:
        """`Retry now`, from the window or the tray; harmless when the link is up by itself already."""
        self.screen.emit(RetryNow())

    async def _is_unshielded(self) -> None:
        def is_unshielded() -> bool:
            popups = [w for w in QApplication.topLevelWidgets() if isinstance(w, Popup)]
            return not any(popup.shielded for popup in popups)

        await self.sees("the typing shield to come down", is_unshielded)


def _reads(window: QWidget, text: str) -> bool:
    labels = (label for label in window.findChildren(QLabel) if label.isVisible())
    return any(text in label.text() or text in label.accessibleName() for label in labels)
