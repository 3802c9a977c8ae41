"""States in which the agent has pressed or typed something: pins, menus, filters, questions, the ring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QWidget

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import Caller
from cti_desktop.desktop.screen import OutboxState
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.ui.naming import Naming
from cti_desktop.desktop.ui.screen import QtScreen
from tests.helpers import situations as s
from tests.screenshots.pop_states import chosen
from tests.screenshots.states import UNKNOWN, State, history

_PLACE: Final = QPoint(400, 300)


def card_states() -> list[State]:
    """Cards that were pinned, named, reached with the keyboard; a corner that is full."""
    taken = s.closed("c", EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI)
    crowd = [s.ringing(f"c{n}", Caller(f"+9198765432{n:02}")) for n in range(9)]
    return [
        State("card-pinned", s.situation(s.connected("c")), act=_pin),
        State("card-naming", s.situation(s.ringing("c", UNKNOWN)), act=_name_the_caller),
        State("card-note-begun", s.situation(s.connected("c")), act=_begin_a_note),
        State("card-fading", s.situation(taken), act=_fade),
        State("card-keyboard", s.situation(s.connected("c")), act=_reach_primary),
        State("stack-overflow", s.situation(*crowd)),
    ]


def prompt_states() -> list[State]:
    """A prompt that is being used."""
    owed = s.situation(s.wrap_up("p"))
    at = s.NOW + timedelta(days=1)
    dated = s.situation(s.with_draft(s.wrap_up("p"), code="follow_up", follow_up_at=at))
    return [
        State("prompt-filter", owed, act=lambda screen: screen.prompt._outcome.begin_filter("in")),
        State("prompt-filter-nothing", owed, act=lambda screen: screen.prompt._outcome.begin_filter("zz")),
        State("prompt-follow-up-open", owed, act=lambda screen: screen.prompt._follow_up.open_and_focus()),
        State("prompt-keyboard", owed, act=_reach_primary),
        State("prompt-dated", dated),
        State("prompt-follow-up-written", dated, act=lambda screen: _write_a_time(screen, "tomorrow 3:05pm")),
        State("prompt-follow-up-unclear", owed, act=lambda screen: _write_a_time(screen, "some day")),
    ]


def window_states() -> list[State]:
    """Questions, menus, and the settings further down."""
    parked = s.saved("h4", OutboxState.PARKED, message="Choose another outcome: this one was retired")
    refused = s.situation(*history(), outbox=(parked,))
    settings = s.situation()
    return [
        State("sign-out-sure", refused, window=True, act=lambda screen: screen.window.ask_to_sign_out()),
        State(
            "discard-sure",
            refused,
            window=True,
            page=4,
            act=lambda screen: screen.window.outbox._ask_to_discard(),
        ),
        State("settings-privacy", settings, settings=True, act=_go_to_privacy),
        State("settings-below", settings, settings=True, act=_scroll_settings),
    ]


def of_qt() -> list[State]:
    """What Qt draws in our colours: a list to choose from, menus."""
    return [
        State("tray-menu", chosen(s.wrap_up("p"), do_not_disturb=True), act=_open_tray_menu),
        State("tray-menu-shared", s.situation(sharing=Sharing.HIDDEN), act=_open_tray_menu),
        State("prompt-later-menu", s.situation(s.wrap_up("p")), act=_ask_when),
        State("choices", s.situation(), settings=True, act=_open_choices),
        State("input-menu", s.situation(), window=True, page=3, act=_open_input_menu),
    ]


def all_states() -> list[State]:
    """Every state of this module."""
    return [*card_states(), *prompt_states(), *window_states()]


def _pin(screen: QtScreen) -> None:
    card = screen.card("c")
    assert card is not None
    card.state.pin.click()


def _fade(screen: QtScreen) -> None:
    (card,) = screen.popups()
    card.setWindowOpacity(0.5)  # half of the way


def _begin_a_note(screen: QtScreen) -> None:
    card = screen.card("c")
    assert card is not None
    card.open_note()


def _name_the_caller(screen: QtScreen) -> None:
    card = screen.card("c")
    assert card is not None
    for naming in card.findChildren(Naming):
        naming.begin()


def _reach_primary(screen: QtScreen) -> None:
    for popup in screen.popups():
        for button in popup.findChildren(QPushButton):
            if button.property("kind") == "primary" and button.isVisible():
                popup.take_keyboard(button)


def _ask_when(screen: QtScreen) -> Sequence[QWidget]:
    screen.prompt._foot.offer_times()
    menus = screen.prompt.findChildren(QMenu)
    for menu in menus:  # offscreen, it closes at once
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    return [screen.prompt, *menus]


def _open_tray_menu(screen: QtScreen) -> Sequence[QWidget]:
    screen.tray._menu.popup(_PLACE)
    return [screen.tray._menu]


def _scroll_settings(screen: QtScreen) -> None:
    window = screen.settings.window
    assert window is not None
    QApplication.processEvents()
    bar = window._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())


def _go_to_privacy(screen: QtScreen) -> None:
    window = screen.settings.window
    assert window is not None
    QApplication.processEvents()
    window.rows["notify_numbers"].control.setFocus(Qt.FocusReason.TabFocusReason)


def _write_a_time(screen: QtScreen, text: str) -> None:
    field = screen.prompt._follow_up
    field.open_and_focus()
    field.edit.setText(text)
    field.settle()
    screen.prompt.fit()


def _open_choices(screen: QtScreen) -> Sequence[QWidget]:
    window = screen.settings.window
    assert window is not None
    QApplication.processEvents()
    box = window.findChildren(QComboBox)[0]
    box.showPopup()
    return [window, box.view().window()]


def _open_input_menu(screen: QtScreen) -> Sequence[QWidget]:
    screen.window.found.search.setText("ravi nair")
    menu = screen.window.found.search.createStandardContextMenu()
    menu.popup(_PLACE)
    return [menu]
