"""What tests of widgets share: one theme per process, screens that are taken down again."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.motion import Motion
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import LIGHT, Theme
from tests.helpers.situations import ZONE

_themes: list[Theme] = []


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The theme, light."""
    if not _themes:
        _themes.append(Theme(qapp))
    _themes[0].use(LIGHT)
    return _themes[0]


@pytest.fixture
def intents() -> list[AnyIntent]:
    """What the agent wished for, in order."""
    return []


@pytest.fixture
def card(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> CallCard:
    """A card without the shield."""
    made = CallCard(theme, shield_ms=0)
    qtbot.addWidget(made)
    made.intended.connect(intents.append)
    return made


class Wish(Motion):
    """A system whose user wishes what the test says."""

    less = False
    asked = 0

    @property
    def is_welcome(self) -> bool:
        """At once."""
        return not self.less

    def ask(self) -> None:
        """It is known."""
        self.asked += 1


@pytest.fixture
def motion() -> Wish:
    """Welcome at first."""
    return Wish()


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, intents: list[AnyIntent], motion: Wish) -> Iterator[QtScreen]:
    """A screen without the typing shield, so that clicks count at once."""
    made = QtScreen(intents.append, theme=theme, zone=ZONE, shield_ms=0, motion=motion)
    yield made
    made.closed()
    QApplication.processEvents()


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[], None]:
    """Let posted events (layouts, repaints) happen."""

    def rounds() -> None:
        for _ in range(3):
            qapp.processEvents()

    return rounds
