"""Keeps the settings window out of the way until it is asked for: most days it is never built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cti_desktop.desktop.screen import Emit, Situation
from cti_desktop.desktop.viewmodels.settings import Machine, settings_model

if TYPE_CHECKING:
    from cti_desktop.desktop.ui.settings import Place, SettingsWindow


class SettingsShelf:
    """`machine` is asked whenever the window is rendered."""

    def __init__(self, emit: Emit, machine: Callable[[], Machine]) -> None:
        """No window yet."""
        self.window: SettingsWindow | None = None
        self._emit = emit
        self._machine = machine
        self._situation: Situation | None = None

    @property
    def is_open(self) -> bool:
        """Whether the agent has the window open."""
        return self.window is not None and self.window.isVisible()

    def render(self, situation: Situation) -> None:
        """What counts now; shown if the window is open."""
        self._situation = situation
        if self.window is not None and self.window.isVisible():
            self.window.render_settings(settings_model(situation, self._machine()))

    @property
    def place(self) -> Place | None:
        """Where the agent is in the window; None while it is closed."""
        return self.window.place if self.window is not None and self.is_open else None

    def come_forward(self, place: Place | None = None) -> None:
        """Open the window, with the keyboard; as it stood at `place`, if that is given."""
        if self._situation is None:
            return
        if self.window is None:
            # Its fields are a tenth of what there is to import at a start.
            from cti_desktop.desktop.ui.settings import SettingsWindow  # noqa: PLC0415

            self.window = SettingsWindow()
            self.window.intended.connect(self._emit)
        self.window.render_settings(settings_model(self._situation, self._machine()))
        if place is None:
            self.window.come_forward()
        else:
            self.window.come_back(place)

    def close(self) -> None:
        """For good."""
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None
