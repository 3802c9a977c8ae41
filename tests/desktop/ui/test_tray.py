from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent, AskToQuit, RetryNow, ShowWindow, UseThisOne
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import LinkStatus, Online, SignedOut, StoodBy, Waiting
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.ui.tray import Tray, state_icon
from cti_desktop.desktop.viewmodels.connection import Health, connection_model
from tests.helpers import situations as s

BROKEN = Waiting(s.ago(seconds=60), s.NOW + timedelta(seconds=12), Trouble.LOST)


@pytest.fixture
def tray(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> Iterator[Tray]:
    """A tray icon; the offscreen platform shows none."""
    parent = QObject()
    made = Tray(theme, parent)
    made.intended.connect(intents.append)
    yield made
    made.close()
    parent.deleteLater()


def show(tray: Tray, link: LinkStatus, owed: int = 0) -> None:
    """Render this state."""
    calls = [s.wrap_up(f"c{n}") for n in range(owed)]
    model = connection_model(s.situation(*calls, link=link))
    tray.render_tray(model, signed_in=not isinstance(link, SignedOut))


def entries(tray: Tray) -> list[str]:
    """The visible entries of the menu."""
    return [action.text() for action in tray.entries()]


def choose(tray: Tray, text: str) -> None:
    """Choose an entry."""
    next(action for action in tray.entries() if action.text() == text).trigger()


def test_menu_follows_the_state(tray: Tray) -> None:
    """Only what helps just now is offered."""
    always = [
        "Open CTI Desktop",
        "Enter next outcome",
        "Show the newest card",
        "Do not disturb",
        "Hide who calls",
        "Settings…",
    ]
    show(tray, Online())
    assert [*always, "Sign out", "Quit"] == entries(tray)
    show(tray, BROKEN)
    assert [*always, "Retry now", "Sign out", "Quit"] == entries(tray)
    show(tray, StoodBy())
    assert [*always, "Use this one", "Sign out", "Quit"] == entries(tray)
    show(tray, SignedOut())
    assert [*always, "Sign in…", "Quit"] == entries(tray)


def test_entries_are_intents(tray: Tray, intents: list[AnyIntent]) -> None:
    """Each means one thing."""
    show(tray, BROKEN)
    choose(tray, "Open CTI Desktop")
    choose(tray, "Retry now")
    show(tray, StoodBy())
    choose(tray, "Use this one")
    choose(tray, "Quit")
    assert [ShowWindow(), RetryNow(), UseThisOne(), AskToQuit()] == intents


def test_next_outcome_needs_one(tray: Tray) -> None:
    """Nothing owed, nothing to enter."""
    asked: list[int] = []
    tray.asked_next.connect(lambda: asked.append(1))
    show(tray, Online())
    choose(tray, "Enter next outcome")
    show(tray, Online(), owed=2)
    choose(tray, "Enter next outcome")
    assert [1] == asked


def test_sign_out_is_asked_for_elsewhere(tray: Tray, intents: list[AnyIntent]) -> None:
    """The window asks whether it is meant."""
    asked: list[int] = []
    tray.asked_to_sign_out.connect(lambda: asked.append(1))
    show(tray, Online())
    choose(tray, "Sign out")
    assert ([1], []) == (asked, intents)


def test_tooltip(tray: Tray) -> None:
    """State and counts in a line each."""
    show(tray, Online(), owed=1)
    assert "CTI Desktop – Connected\n1 outcome still open" == tray._icon.toolTip()


def images(side: int) -> dict[str, QImage]:
    """Every look of the icon at one size."""
    size = QSize(side, side)
    return {
        f"{health.value}-{owed}": state_icon(health, owed).pixmap(size, 1.0).toImage()
        for health in Health
        for owed in (0, 3, 12)
    }


@pytest.mark.parametrize("side", [16, 22, 32])
def test_every_state_looks_different(side: int, theme: Theme) -> None:
    """At each size, with and without a badge."""
    for (one, first), (other, second) in combinations(images(side).items(), 2):
        assert first != second, f"{one} looks like {other}"


def test_states_differ_without_colour(theme: Theme) -> None:
    """Shape tells them apart as well: in grey they still differ."""
    grey = {
        name: image.convertToFormat(QImage.Format.Format_Grayscale8) for name, image in images(32).items()
    }
    for first, second in combinations(grey.values(), 2):
        assert first != second


def test_a_late_tray_is_found(tray: Tray) -> None:
    """Without a tray at the start it is looked for again."""
    assert tray._look.isActive()
    tray._look_again()
    assert tray._look.isActive()
