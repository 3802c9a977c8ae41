"""Puts a state on the (offscreen) screen with the real widgets, and takes it down again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QWidget

from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Theme
from tests.helpers import situations
from tests.screenshots import caller_states, day_states, pop_states, states
from tests.screenshots.states import State


def every_state() -> tuple[State, ...]:
    """All of them, in the order of the contact sheet."""
    return (
        *states.all_states(),
        *caller_states.all_states(),
        *day_states.all_states(),
        *pop_states.all_states(),
    )


@contextmanager
def showing(state: State, theme: Theme) -> Iterator[Sequence[QWidget]]:
    """The windows that are up in `state`, laid out."""
    screen = QtScreen(lambda _intent: None, theme=theme, zone=situations.ZONE, shield_ms=0)
    # Once without the calls, as nothing is news that was there at the start.
    screen.render(replace(state.situation, calls=(), prompt_order=()))
    screen.render(state.situation)
    if state.window:
        screen.window.show_page(state.page)
        screen.window.appear()
    else:
        screen.window.hide()
    if state.settings:
        screen.settings.come_forward()
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
    try:
        yield _windows(screen, state)
    finally:
        screen.closed()
        QApplication.processEvents()


def _windows(screen: QtScreen, state: State) -> Sequence[QWidget]:
    if state.settings and screen.settings.window is not None:
        return [screen.settings.window]
    return [screen.window] if state.window else screen.popups()
