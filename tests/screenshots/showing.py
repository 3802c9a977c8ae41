"""Puts states on the (offscreen) screen with the real widgets, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Final, Self

from PySide6.QtWidgets import QApplication, QWidget

from cti_desktop.desktop.screen import FoundCalls
from cti_desktop.desktop.ui.browser import Browser
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Theme
from tests.helpers import situations
from tests.screenshots import acted_states, caller_states, day_states, pop_states, states
from tests.screenshots.states import State

# What one state would leave to the next.
_NOTHING: Final[dict[str, Any]] = {
    "calls": (),
    "prompt_order": (),
    "outbox": (),
    "rehearsal": None,
    "found": FoundCalls(),
}


def every_state() -> tuple[State, ...]:
    """All of them, in the order of the contact sheet."""
    return (
        *states.all_states(),
        *caller_states.all_states(),
        *day_states.all_states(),
        *pop_states.all_states(),
        *acted_states.all_states(),
    )


class Stage:
    """One screen for many states: to build all windows anew for each costs more than to look at them.

    Where something was typed or pressed, the state has a screen of its own.
    """

    def __init__(self, theme: Theme) -> None:
        """Empty, in the language of the moment."""
        self._theme = theme
        self._screen = self._new_screen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: object, _trace: TracebackType | None) -> None:
        _take_down(self._screen)

    @contextmanager
    def showing(self, state: State) -> Iterator[Sequence[QWidget]]:
        """The windows that are up in `state`, laid out."""
        with ExitStack() as own:
            screen = self._screen
            if state.act is not None or state.situation.agent is None:
                screen = self._new_screen()
                own.callback(_take_down, screen)
            yield _put(screen, state)
            screen.settings.close()

    def _new_screen(self) -> QtScreen:
        nowhere = Browser(_nothing, asked=_nothing, unasked=_nothing)
        return QtScreen(_nothing, theme=self._theme, zone=situations.ZONE, shield_ms=0, browser=nowhere)


def _nothing(_it: object) -> None:
    """What is wished or opened is only looked at."""


@contextmanager
def showing(state: State, theme: Theme) -> Iterator[Sequence[QWidget]]:
    """One state by itself."""
    with Stage(theme) as stage, stage.showing(state) as windows:
        yield windows


def _put(screen: QtScreen, state: State) -> Sequence[QWidget]:
    # Once without the calls, as nothing is news that was there at the start.
    screen.render(replace(state.situation, **_NOTHING))
    screen.render(state.situation)
    if state.window:
        screen.window.show_page(state.page)
        screen.window.appear()
    else:
        screen.window.hide()
    if state.settings:
        screen.settings.come_forward()
    chosen = state.act(screen) if state.act is not None else None
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
    if chosen is not None:
        return chosen
    if state.settings and screen.settings.window is not None:
        return [screen.settings.window]
    return [screen.window] if state.window else screen.popups()


def _take_down(screen: QtScreen) -> None:
    screen.closed()
    QApplication.processEvents()
