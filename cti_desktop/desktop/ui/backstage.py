"""What lies behind the cards: main window, settings, tray and browser. A pop never waits for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from cti_desktop.desktop.screen import Emit, SignedOut, SigningIn, Situation, Waiting
from cti_desktop.desktop.ui.browser import Browser
from cti_desktop.desktop.ui.settings_shelf import SettingsShelf
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.ui.tray import Tray
from cti_desktop.desktop.ui.window import MainWindow
from cti_desktop.desktop.viewmodels.connection import connection_model
from cti_desktop.desktop.viewmodels.settings import Machine
from cti_desktop.desktop.viewmodels.window import window_model

# For so long at most everything here waits for a card to be painted.
PATIENCE_MS: Final = 50


class Backstage(QObject):
    """`tray`, `window` and `settings` emit for the screen what is not settled between them."""

    def __init__(
        self,
        theme: Theme,
        zone: tzinfo | None,
        emit: Emit,
        machine: Callable[[], Machine],
        browser: Browser,
        parent: QObject,
    ) -> None:
        """Everything is built, nothing is shown."""
        super().__init__(parent)
        self._zone = zone
        self._browser = browser
        self._situation: Situation | None = None
        self._later = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._later.timeout.connect(self._render)
        self.settings = SettingsShelf(emit, machine)
        self.tray = Tray(theme, self)
        self.window = MainWindow(theme, may_hide=self.tray.is_available)
        self.window.shown.connect(self._render_window)
        self.window.asked_settings.connect(self.settings.come_forward)
        self.tray.intended.connect(emit)
        self.tray.asked_to_sign_out.connect(self.window.ask_to_sign_out)
        self.tray.asked_settings.connect(self.settings.come_forward)
        QShortcut(QKeySequence("Ctrl+,"), self.window, self.settings.come_forward)

    def render(self, was: Situation | None, situation: Situation, *, card_waits: bool) -> None:
        """Show `situation`, at once unless a card waits to be painted: then the next render brings it on."""
        self._situation = situation
        if _is_out(situation) and not (was and _is_out(was)) and not self.window.isVisible():
            self.window.appear()  # without a token nothing works
        if not card_waits:
            self._render()
        elif not self._later.isActive():
            self._later.start()

    def tick(self, now: datetime) -> None:
        """Count down to the next try to connect."""
        if self._situation is not None and isinstance(self._situation.link, Waiting):
            model = connection_model(replace(self._situation, now=now))
            self.window.render_connection(model)
            self.tray.render_tray(model, signed_in=True, settings=self._situation.settings)

    def close(self) -> None:
        """Take everything off the screen, for good."""
        self._later.stop()
        self.tray.close()
        self.settings.close()
        self.window.hide()
        self.window.deleteLater()

    def _render(self) -> None:
        self._later.stop()
        if (situation := self._situation) is None:
            return
        self._render_window()
        self.settings.render(situation)
        signed_in = not isinstance(situation.link, SignedOut | SigningIn)
        self.tray.render_tray(connection_model(situation), signed_in=signed_in, settings=situation.settings)
        self._browser.follow(situation)

    def _render_window(self) -> None:
        """Hidden for most of the day."""
        if self._situation is not None and self.window.isVisible():
            self.window.render_window(window_model(self._situation, self._zone))


def _is_out(situation: Situation) -> bool:
    return isinstance(situation.link, SignedOut)
